// Certificates whose optional parts are missing: what is left stands together as if nothing had been there.
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf, wordsOfPdf } from '../lib/pdf.mjs';
import { readPng, writePng } from '../lib/png.mjs';
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

const LONG = 'A school of many departments and of more buildings '.repeat(3).trim();

// A logo of one colour that nothing else on the page has, and where it stands on the page, in points.
const LOGO = [255, 0, 255];
const logo = writePng({ width: 90, height: 30, rgb: Buffer.alloc(90 * 30 * 3, Buffer.from(LOGO)) }).toString('base64');

function placeOfLogo(pdf) {
  const { width, height, rgb } = readPng(pagesOfPdf(pdf, { dpi: 72, last: 1 })[0]);
  const box = { left: width, right: 0, top: height, bottom: 0 };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if (LOGO.some((value, i) => Math.abs(rgb[(y * width + x) * 3 + i] - value) > 40)) continue;
      Object.assign(box, { left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) });
    }
  }
  return box;
}

for (const lang of ['en-GB', 'he']) {
  test(`certificate: the logo ends the foot, or stands above the code, and never over a text, in ${lang}`, () => {
    const { verify, ...certificate } = exampleOf('certificate').certificates[0];
    const { signatories, ...model } = exampleOf('certificate');
    for (const [hasCode, n] of [[true, 3], [true, 0], [false, 3], [false, 0]]) {
      const what = `${hasCode ? 'with' : 'without'} a code, ${n} sign`;
      const pdf = print('certificate', {
        ...model, lang, event: { ...model.event, title: LONG, logos: [{ data: logo, alt: 'Stoneygate' }] },
        ...(n ? { signatories: Array.from({ length: n }, () => ({ ...signatories[0], office: 'Chair of many committees '.repeat(5).trim() })) } : {}),
        certificates: [{ ...certificate, ...(hasCode ? { verify } : {}), affiliation: LONG, text: LONG, work: { title: LONG.repeat(2) } }],
      });
      const box = placeOfLogo(pdf);
      const start = lang === 'he' ? WIDTHS.A4 - box.right : box.left;
      if (hasCode && n) assert.ok(Math.abs(start - MARGIN) < 2, `${what}: it begins at ${start}`);
      else assert.ok(Math.abs(start + box.right - box.left - (WIDTHS.A4 - MARGIN)) < 2, `${what}: it begins at ${start}`);
      for (const { text, left, right, top, bottom } of wordsOfPdf(pdf)[0]) {
        assert.ok(right < box.left || left > box.right || bottom < box.top || top > box.bottom, `${what}: it covers ${text}`);
      }
    }
  });
}
