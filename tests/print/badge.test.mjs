// What is on a badge of every layout: what its wearer and those at the desk rely on.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { readPng } from '../lib/png.mjs';
import { exampleOf, print, schemaOf } from '../lib/print.mjs';

const layouts = schemaOf('badge').properties.layout_name.enum;
const linesOf = (pdf) => textOfPdf(pdf).join('\n').split('\n').map((line) => line.trim());

for (const layout of layouts) {
  test(`${layout}: every code stands on one line`, () => {
    const model = exampleOf('badge');
    const text = linesOf(print('badge', { ...model, layout_name: layout }));
    for (const { code } of model.badges) assert.ok(text.some((line) => line.includes(code)), `${code} is broken`);
  });
}

// A day of n appointments on the back of one badge, of which not all have room.
function fullBadge(n, words) {
  const model = exampleOf('badge');
  const items = [...Array(n).keys()].map((i) => ({ time: '09:00', title: `Appointment ${i + 1}.`, room: 'Study 1' }));
  model.badges = [{ ...model.badges[0], schedule: [{ on: '2027-09-08', items }, { on: '2027-09-09', items: items.slice(0, 1) }] }];
  return { ...model, layout_name: 'a6-double', ...(words && { words }) };
}

test('who wears a badge learns how many appointments are not on it', () => {
  const program = fileURLToPath(new URL(`../../${process.env.BUILD || 'build'}/symposiarch`, import.meta.url));
  for (const [words, word] of [[null, 'more'], [{ more: 'weitere' }, 'weitere']]) {
    const { stdout, stderr } = spawnSync(path.resolve(program), ['print', 'badge'], { input: JSON.stringify(fullBadge(30, words)) });
    const text = linesOf(stdout);
    const shown = text.filter((line) => /Appointment \d+\./.test(line)).length;
    assert.ok(shown > 10 && shown < 30, `${shown} are shown`);
    assert.ok(text.includes(`+ ${31 - shown} ${word}`), text.join('|'));
    assert.ok(!text.some((line) => /9 September/.test(line) && !/8/.test(line)), 'a date without appointments');
    assert.match(`${stderr}`, new RegExp(`${31 - shown} of its entries`));
  }
});

test('a badge whose appointments all have room says nothing of more', () => {
  assert.ok(!linesOf(print('badge', fullBadge(12))).some((line) => line.startsWith('+')));
});

test('badges that touch on a sheet are parted by a white line', () => {
  const model = { ...exampleOf('badge'), sheet: { preset: '4xA6' } };
  const perMm = 288 / 25.4;
  const page = readPng(pagesOfPdf(print('badge', model), { dpi: 288, last: 1 })[0]);
  const levelAt = (x, y) => Math.min(...page.rgb.subarray(3 * (y * page.width + x), 3 * (y * page.width + x) + 3));
  /* A column of pixels 70 mm from the left: the band of the first badge, the cut, the head of the third. */
  const levels = [];
  for (let y = Math.round(146.5 * perMm); y < 150.5 * perMm; y++) levels.push(levelAt(Math.round(70 * perMm), y));
  assert.ok(levels[0] < 100 && levels.at(-1) < 100, 'bands on both sides');
  assert.ok(Math.max(...levels) > 230, 'nothing white between them');
});
