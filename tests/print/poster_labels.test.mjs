// Poster labels with more authors than a label has room for.
import { test, assert } from '../lib/test.mjs';
import { wordsOfPdf } from '../lib/pdf.mjs';
import { exampleOf, print, printWarned } from '../lib/print.mjs';

const MM = 72 / 25.4;
const HEIGHTS = { A4: 210 * MM, A5: 148 * MM, A6: 105 * MM };
const FOOT = 139 / 148.5; // of the height: where the authors end at the latest

// So many authors; the last one presents. An author is counted by the word in front of a number.
function modelWith(n, size, words) {
  const { authors, ...label } = exampleOf('poster-label').labels[0];
  const list = [...Array(n).keys()].map((i) => ({
    name: `Wilhelmina Author${i + 1}`, affiliation: 'University Hospital Centre', ...(i + 1 === n && { presenting: true }),
  }));
  const title = 'Narrative medicine, moral injury and the ethics of listening in intensive care: three countries';
  return { ...exampleOf('poster-label'), ...(words && { words }), page: { size }, labels: [{ ...label, title, authors: list }] };
}

const authorsIn = (words) => words.filter(({ text }) => /^Author\d+/.test(text)).length;
const heightOf = (words, pattern) => words.filter(({ text }) => pattern.test(text)).map(({ top, bottom }) => bottom - top)[0];

for (const [size, height] of Object.entries(HEIGHTS)) {
  test(`poster label: no author runs off a label of ${size}`, () => {
    for (const n of [12, 20, 30, 40, 60]) {
      const { pdf, warnings } = printWarned('poster-label', modelWith(n, size));
      const [words] = wordsOfPdf(pdf);
      for (const word of words.filter(({ right }) => right < 140 * (height / 148.5))) {
        assert.ok(word.bottom < FOOT * height, `${n} authors: ${word.text} ends at ${word.bottom} of ${height}`);
      }
      const text = words.map((word) => word.text).join(' ').replaceAll('\u00a0', ' ');
      const [, more] = /and (\d+) more/.exec(text) ?? [0, 0];
      assert.equal(authorsIn(words) + Number(more), n);
      assert.equal(warnings.length, more ? 1 : 0, warnings.join());
      if (more) assert.match(warnings[0], new RegExp(`no room for ${more} of its authors`));
      assert.ok(words.some(({ text }) => text === `Author${n}`), 'who presents is named');
    }
  });
}

test('poster label: title and authors shrink together, and stay legible', () => {
  const of = (n) => wordsOfPdf(printWarned('poster-label', modelWith(n, 'A5')).pdf)[0];
  const [few, many, most] = [of(3), of(16), of(60)];
  const ratioOf = (words) => heightOf(words, /^Narrative/) / heightOf(words, /^Author1$/);
  for (const words of [many, most]) {
    assert.ok(heightOf(words, /^Narrative/) < heightOf(few, /^Narrative/));
    assert.ok(Math.abs(ratioOf(words) - ratioOf(few)) < 0.15 * ratioOf(few));
  }
  assert.ok(heightOf(most, /^Author1$/) > 7);
});

test('poster label: a few authors are all named, and the words of the model are used', () => {
  const [few] = wordsOfPdf(print('poster-label', modelWith(4, 'A5')));
  assert.equal(authorsIn(few), 4);
  const [many] = wordsOfPdf(printWarned('poster-label', modelWith(60, 'A5', { and: 'und', more: 'weitere' })).pdf);
  assert.match(many.map(({ text }) => text).join(' '), /und.\d+.weitere/);
});
