// Rows and lines that are there to be filled in by hand take no page for themselves.
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf, wordsOfPdf } from '../lib/pdf.mjs';
import { readPng } from '../lib/png.mjs';
import { exampleOf, print } from '../lib/print.mjs';

function sheetOf(n, walkIns) {
  const model = exampleOf('sign-in-sheet');
  const rows = Array.from({ length: n }, (_, i) => ({ name: `Person ${i}`, affiliation: 'Here' }));
  return wordsOfPdf(print('sign-in-sheet', { ...model, sheets: [{ title: 'Plenary', rows, walk_ins: walkIns }] }));
}

// Numbers of the rows on a page, at its left edge.
const numbersOf = (words) => words.filter((word) => /^\d+$/.test(word.text) && word.left < 72).map((word) => Number(word.text));

test('sign-in sheet: no page is begun for a few empty rows when others stand on the one before', () => {
  const WALK_INS = 5;
  let nPulled = 0;
  for (let n = 12; n < 24; n++) {
    const pages = sheetOf(n, WALK_INS);
    const last = numbersOf(pages.at(-1));
    const nSpare = Math.max(...last) - n;
    assert.ok(nSpare >= 1, `${n} people and nobody else`);
    assert.ok(Math.min(...last) <= n || nSpare === WALK_INS, `${n} people: rows ${last} alone`);
    nPulled += nSpare < WALK_INS;
  }
  assert.ok(nPulled > 0);
});

test('sign-in sheet: whoever asks for pages of empty rows gets them', () => {
  const pages = sheetOf(3, 60);
  assert.equal(Math.max(...pages.flatMap(numbersOf)), 63);
});

// How many rules cross the middle of the page.
function countRules({ width, height, rgb }) {
  const isDark = (y) => rgb[3 * (y * width + (width >> 1))] < 160;
  return Array.from({ length: height }, (_, y) => y).filter((y) => y && isDark(y) && !isDark(y - 1)).length;
}

test('review pack: no form ends in a page of a few lines alone', () => {
  const model = exampleOf('review-pack');
  for (const lines of [3, 5, 15]) {
    const comments = [{ title: 'To the authors', lines: 20 }, { title: 'To the chairs', lines }];
    const pdf = print('review-pack', { ...model, submissions: model.submissions.slice(0, 1), comments });
    const isBlank = wordsOfPdf(pdf).at(-1).every((word) => word.bottom < 60 || word.top > 770);
    assert.equal(isBlank, lines === 15, 'a page full of lines was asked for, and stays');
    if (isBlank) assert.ok(countRules(readPng(pagesOfPdf(pdf, { dpi: 72 }).at(-1))) > 6);
  }
});
