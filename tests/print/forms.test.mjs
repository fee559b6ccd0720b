// Review packs, invoices, letters, certificates, statements: what stands where on their pages.
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf } from '../lib/pdf.mjs';
import { readPng } from '../lib/png.mjs';
import { exampleOf, print } from '../lib/print.mjs';

const DPI = 180;
const MM = 72 / 25.4;

/* ---- review packs ---------------------------------------------------------------------------- */

// One row a list of scores.
function summaryOf(scores, scale = { from: 1, to: 5 }) {
  const { lang, event } = exampleOf('review-pack');
  const submissions = scores.map((list, i) => ({
    code: `S${i}`, title: 'Ward rounds', scores: list, mean: list.reduce((sum, score) => sum + score, 0) / list.length,
  }));
  return { lang, event, label: 'Chairs', variant: 'summary', scale, submissions };
}

// Where the scores' squares are, in points: nothing else on the right half of the page is wine.
function wineOf(model) {
  const { width, height, rgb } = readPng(pagesOfPdf(print('review-pack', model), { dpi: DPI })[0]);
  const points = [];
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [((i % width) * 72) / DPI, (Math.floor(i / width) * 72) / DPI];
    const isWine = [0x64, 0x1d, 0x45].every((level, c) => Math.abs(rgb[3 * i + c] - level) < 8);
    if (isWine && x > 100 * MM) points.push({ x, y });
  }
  return points;
}

const SCORES_END = (20 + 88 + 30) * MM;

for (const [name, scores, scale] of [
  ['five equal ones', [5, 5, 5, 5, 5]],
  ['twenty of the highest', Array(20).fill(5)],
  ['near ones', [4, 4, 4, 4.5]],
  ['a scale from 0 to 10', [10, 10, 10, 9.5, 9], { from: 0, to: 10 }],
]) {
  test(`summary: scores keep to their column: ${name}`, () => {
    const points = wineOf(summaryOf([scores], scale));
    assert.ok(points.length > 0);
    assert.ok(Math.max(...points.map((point) => point.x)) <= SCORES_END);
  });
}

test('summary: equal scores and near ones do not cover each other', () => {
  const apart = wineOf(summaryOf([[1, 2, 3, 4]])).length;
  for (const scores of [[4, 4, 4, 4.5], [5, 5, 5, 5], [3, 3.1, 3.2, 3.3]]) {
    const covered = wineOf(summaryOf([scores])).length;
    assert.ok(Math.abs(covered - apart) < 0.15 * apart, `${scores}: ${covered} dots instead of ${apart}`);
  }
});
