// Every page of every example looks as it did when somebody last looked at it: tests/golden/print/, in
// forty dots an inch, each the mean of sixteen, so that a glyph that is set a hair's breadth elsewhere does
// not count. A line that moves by two millimetres or a band in another colour is seen.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, assert } from '../lib/test.mjs';
import { checkGoldenPicture, differenceOf } from '../lib/golden.mjs';
import { pagesOfPdf } from '../lib/pdf.mjs';
import { readPng, shrink } from '../lib/png.mjs';
import { exampleAsPdf, exampleOf, kinds, print } from '../lib/print.mjs';

const DPI = 40;
const COMMAND = 'make golden FILES=tests/print/pictures.test.mjs';
const GOLDEN = fileURLToPath(new URL('../golden/print/', import.meta.url));

const picturesOf = (pdf) => pagesOfPdf(pdf, { dpi: 4 * DPI }).map((page) => shrink(readPng(page), 4));

function goldenNamesOf(kind) {
  const names = fs.existsSync(GOLDEN) ? fs.readdirSync(GOLDEN) : [];
  return names.filter((name) => name.replace(/-\d+\.png$/, '') === kind);
}

for (const kind of kinds) {
  test(`${kind}: the pages look as they did`, () => {
    const pictures = picturesOf(exampleAsPdf(kind));
    if (process.env.UPDATE_GOLDEN) goldenNamesOf(kind).forEach((name) => fs.rmSync(path.join(GOLDEN, name)));
    const names = pictures.map((_, i) => `${kind}-${i + 1}.png`);
    pictures.forEach((picture, i) => checkGoldenPicture(`print/${names[i]}`, picture, { dpi: DPI, command: COMMAND }));
    const others = goldenNamesOf(kind).filter((name) => !names.includes(name));
    assert.deepEqual(others, [], `pages that are there no longer; if that is right, run ${COMMAND}`);
  }, { limitS: 180 });
}

test('golden pictures are small', () => {
  for (const name of fs.readdirSync(GOLDEN)) {
    assert.ok(fs.statSync(path.join(GOLDEN, name)).size < 20_000, `${name} is larger than 20 kB`);
  }
});

// What the comparison is for, and what it must pass over.
test('a line that has moved by two millimetres is seen, and edges that are a little softer are not', () => {
  const page = picturesOf(exampleAsPdf('programme'))[1];
  const line = page.width * 3;
  const isInk = (y) => page.rgb.subarray(y * line, (y + 1) * line).some((level) => level < 200);
  let top = Math.round(page.height / 3);
  while (isInk(top) || !isInk(top + 1)) top++;
  const moved = { ...page, rgb: Buffer.from(page.rgb) };
  const [from, to] = [(top + 1) * line, (top + 5) * line];
  moved.rgb.fill(255, from, to);
  page.rgb.copy(moved.rgb, from + Math.round((2 / 25.4) * DPI) * line, from, to);
  assert.ok(differenceOf(page, moved));
  const softer = { ...page, rgb: Buffer.from(page.rgb.map((level, i) => 0.85 * level + 0.15 * page.rgb[Math.max(0, i - 3)])) };
  assert.equal(differenceOf(page, softer), null);
});

test('a band in another colour is seen, though it is as light', () => {
  const model = exampleOf('badge');
  const pictures = [0, 1, 2, 3, 4, 5, 6].map((number) => {
    const badge = { ...model.badges[0], role_number: number };
    return picturesOf(print('badge', { ...model, badges: [badge] }))[0];
  });
  for (const a of pictures) for (const b of pictures) assert.equal(differenceOf(a, b) === null, a === b);
});
