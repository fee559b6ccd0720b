// Certificates whose optional parts are missing: what is left stands together as if nothing had been there.
import { test, assert } from '../lib/test.mjs';
import { wordsOfPdf } from '../lib/pdf.mjs';
import { exampleOf, print } from '../lib/print.mjs';

const MM = 72 / 25.4;
const [MARGIN, TOLERANCE] = [32 * MM, 0.5 * MM];
const WIDTHS = { A4: 297 * MM, Letter: 792 };

// The words of one certificate without some of its parts, told from the edge where lines begin.
function wordsWithout(parts, { lang = 'en-GB', paper = 'A4' } = {}) {
  const { verify, ...certificate } = exampleOf('certificate').certificates[0];
  const { signatories, ...model } = exampleOf('certificate');
  const [words] = wordsOfPdf(print('certificate', {
    ...model, lang, paper, place: 'Issuetown', issued_on: '2027-11-24',
    ...(parts.includes('signatories') ? {} : { signatories }),
    certificates: [{ ...certificate, ...(parts.includes('verify') ? {} : { verify }) }],
  }));
  const width = WIDTHS[paper];
  return words.map((word) => (lang === 'he' ? { ...word, start: width - word.right } : { ...word, start: word.left }));
}

const find = (words, pattern) => words.filter(({ text }) => pattern.test(text)).sort((a, b) => a.start - b.start)[0];

for (const [lang, paper] of [['en-GB', 'A4'], ['en-US', 'Letter'], ['he', 'A4']]) {
  test(`certificate: without a code the foot begins where lines begin, in ${lang} on ${paper}`, () => {
    const words = wordsWithout(['verify'], { lang, paper });
    for (const pattern of [/Issuetown/, /Margaret|Eze/]) {
      assert.ok(Math.abs(find(words, pattern).start - MARGIN) < TOLERANCE, `${pattern} begins at ${find(words, pattern).start}`);
    }
  });

  test(`certificate: without signatories place and date end the sentence, in ${lang} on ${paper}`, () => {
    for (const parts of [['signatories'], ['signatories', 'verify']]) {
      const words = wordsWithout(parts, { lang, paper });
      const [place, dates] = [find(words, /Issuetown/), find(words, /Leicester/)];
      assert.ok(Math.abs(place.start - MARGIN) < TOLERANCE, `${parts}: it begins at ${place.start}`);
      assert.ok(place.top > dates.bottom && place.top - dates.bottom < 18 * MM, `${parts}: ${place.top - dates.bottom} below the dates`);
    }
  });
}

test('certificate: a code keeps its corner, and those who sign the side beside it', () => {
  const words = wordsWithout([]);
  assert.ok(find(words, /Issuetown/).start > MARGIN + 70 * MM);
  assert.ok(find(words, /^K7QF/).start < MARGIN + 30 * MM);
});

test('certificate: with nothing at its foot the sentence stands in the middle of the page', () => {
  const words = wordsWithout(['signatories', 'verify']);
  const above = Math.min(...words.map(({ top }) => top));
  const below = 210 * MM - Math.max(...words.map(({ bottom }) => bottom));
  assert.ok(Math.abs(above - below) < 16 * MM, `${above} above, ${below} below`);
});
