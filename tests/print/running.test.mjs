// Heads and feet: one line each, whose parts keep out of each other's way.
import { test, assert } from '../lib/test.mjs';
import { wordsOfPdf } from '../lib/pdf.mjs';
import { exampleOf, printWarned } from '../lib/print.mjs';

const MM = 72 / 25.4;
const TITLE = 'Rehumanising Healthcare in a Divided World: the Sixth International Interdisciplinary Symposium on Empathy, '
  + 'Compassion and Listening in Clinical Practice';
const NOTE = 'Version 4, published 20 August 2027. Times are local to Leicester. Rooms may change on short notice: look at the '
  + 'programme on the web, or ask at the registration desk, before you walk over';

// The words between two heights of a page, line by line, from left to right.
function linesOf(words, top, bottom) {
  const lines = new Map();
  for (const word of words.filter((one) => one.top >= top && one.bottom <= bottom).sort((a, b) => a.left - b.left)) {
    const middle = (word.top + word.bottom) / 2;
    const known = [...lines.keys()].find((y) => Math.abs(y - middle) < 3) ?? middle;
    lines.set(known, [...(lines.get(known) ?? []), word]);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line);
}

const isFree = (line) => line.every((word, i) => !i || word.left > line[i - 1].right);

const withFrame = (kind, event, note) => {
  const model = exampleOf(kind);
  return { ...model, note, event: { ...model.event, ...event } };
};

test('programme: a long title leaves the date its place, in one line above the rule', () => {
  const { pdf, warnings } = printWarned('programme', withFrame('programme', { title: TITLE }, 'Version 4'));
  const page = wordsOfPdf(pdf)[1];
  const lines = linesOf(page, 0, 19.5 * MM);
  assert.equal(lines.length, 1);
  assert.ok(isFree(lines[0]));
  const text = lines[0].map((word) => word.text).join(' ');
  assert.match(text, /^Rehumanising .*… \w+day \d+ \w+ 2027$/);
  assert.deepEqual(warnings, []);
});

test('programme: a long note ends before the number of the page, and is told of once', () => {
  const { pdf, warnings } = printWarned('programme', withFrame('programme', {}, NOTE));
  const pages = wordsOfPdf(pdf);
  for (const i of [1, 2]) {
    const lines = linesOf(pages[i], 297 * MM - 18 * MM, 297 * MM);
    assert.equal(lines.length, 1);
    assert.ok(isFree(lines[0]));
    assert.equal(lines[0].at(-1).text, String(i + 1));
    assert.match(lines[0].at(-2).text, /…$/);
  }
  assert.deepEqual(warnings, ['A text is too long for its place: "Version 4, published 20 August 2027. Times are…"']);
});

test('sign-in sheet: note and event stand in a line each at the foot', () => {
  const { pdf, warnings } = printWarned('sign-in-sheet', withFrame('sign-in-sheet', { title: TITLE }, NOTE));
  const height = Number(exampleOf('sign-in-sheet').page?.orientation === 'landscape' ? 210 : 297) * MM;
  const lines = linesOf(wordsOfPdf(pdf)[0], height - 16 * MM, height);
  assert.deepEqual(lines.map((line) => [line[0].text, isFree(line)]), [['Version', true], ['Rehumanising', true]]);
  assert.equal(warnings.length, 2);
});
