// Review packs, invoices, letters, certificates, statements: what stands where on their pages.
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf, textOfPdf, wordsOfPdf as wordsOf } from '../lib/pdf.mjs';
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

/* ---- invoices -------------------------------------------------------------------------------- */

// A line of nine and a half, so many of a thousand and two hundred.
function invoiceOf(lang, n = 1) {
  const model = exampleOf('invoice');
  const line = { description: 'A', quantity: 1, tax_rate: 0 };
  const lines = [{ ...line, unit_price: 950, amount: 950 }, ...Array(n).fill({ ...line, unit_price: 120000, amount: 120000 })];
  const net = 950 + n * 120000;
  const invoice = { ...model.invoices[0], lines, net, taxes: [{ rate: 0, net, tax: 0 }], tax: 0, gross: net, paid: 0, balance: net };
  return { ...model, lang, invoices: [invoice] };
}

for (const lang of ['en-GB', 'he', 'ar-MA']) {
  test(`invoice: figures of a column end at the same place, in ${lang}`, () => {
    const [words] = wordsOf(print('invoice', invoiceOf(lang)));
    const edgesOf = (figure) => words.filter(({ text }) => text.replace(/\D/g, '') === figure).map(({ right }) => right);
    const [short, long] = [edgesOf('950'), edgesOf('120000')];
    assert.equal(short.length, 2);
    assert.equal(long.length, 2);
    short.forEach((right, i) => assert.ok(Math.abs(right - long[i]) < 0.1, `${right} and ${long[i]}`));
    // The sums below them end where the amounts end.
    const amount = lang === 'en-GB' ? Math.max(...short) : Math.min(...short);
    assert.ok(edgesOf('120950').some((right) => Math.abs(right - amount) < 0.1), `${amount}: ${edgesOf('120950')}`);
  });
}

const pageTexts = (pdf) => textOfPdf(pdf).map((page) => page.replace(/\s+/g, ' '));

test('invoice: pages are numbered when there are several, each with how many there are', () => {
  const pages = pageTexts(print('invoice', invoiceOf('en-GB', 60)));
  assert.ok(pages.length > 1);
  pages.forEach((page, i) => assert.ok(page.includes(`Page ${i + 1} of ${pages.length}`), page));
  const [alone, ...others] = pageTexts(print('invoice', invoiceOf('en-GB', 2)));
  assert.equal(others.length, 0);
  assert.ok(!/Page \d/.test(alone));
});

test('invoice: a creditor reference is printed in groups of four, any other as it is', () => {
  const model = invoiceOf('en-GB');
  assert.match(pageTexts(print('invoice', model))[0], / RF39 2027 0042 /);
  model.invoices[0].payment.reference = 'Members2027';
  assert.match(pageTexts(print('invoice', model))[0], / Members2027 /);
});

/* ---- places and dates ------------------------------------------------------------------------ */

// Right to left a place comes first, so it stands on the right, then the day, then its month.
const DATED = {
  letter: { before: /^,?Leicester,?$/, of: (model) => ({ ...model, letters: model.letters.slice(0, 1) }) },
  certificate: { before: /^,?Leicester,?$|^Signed$/, of: (model) => ({
    ...model, certificates: model.certificates.slice(0, 1), signatories: [{ name: 'Lu', signed_on: '2027-09-10' }],
  }) },
  'joint-statement': { before: /^Signed$/, of: (model) => ({ ...model, articles: model.articles.slice(0, 1) }) },
};

// Letters from right to left come in the order in which they stand on the page.
const HEBREW_MONTH = /יאמ|רבמטפס/;

for (const [kind, { before, of }] of Object.entries(DATED)) {
  test(`${kind}: a Latin word before a Hebrew date leaves it whole`, () => {
    const model = of(exampleOf(kind));
    const event = { ...model.event, title: 'כנס', place: 'Leicester' };
    const [words] = wordsOf(print(kind, { ...model, lang: 'he', event, ...(model.place ? { place: 'Leicester' } : {}) }));
    let n = 0;
    for (const place of words.filter(({ text }) => before.test(text))) {
      const line = words.filter(({ top, bottom }) => top < place.bottom - 2 && bottom > place.top + 2)
        .filter(({ right }) => right < place.right + 30 && right > place.left - 150).sort((a, b) => b.left - a.left);
      const month = line.findIndex(({ text }) => HEBREW_MONTH.test(text));
      if (month < 0) continue;
      n++;
      const year = line.findIndex(({ text }) => text.includes('2027'));
      const day = line.findIndex(({ text }) => /^\d+([–-]\d+)?$/.test(text) && text !== '2027');
      assert.ok(line.indexOf(place) < day && day < month && month < year, line.map(({ text }) => text).join(' | '));
    }
    assert.ok(n > 0);
  });
}

test('invoice: an Arabic word before its number leaves the number as it is', () => {
  const words = wordsOf(print('invoice', { ...invoiceOf('ar-MA', 40), words: { invoice: 'فاتورة' } })).flat();
  const numbers = words.map(({ text }) => text).filter((text) => /2027/.test(text) && /0042/.test(text));
  assert.ok(numbers.length >= 4); // beside the address, above the table, on the pages that follow
  for (const text of numbers) assert.equal(text, '2027-0042');
});

/* ---- certificates ---------------------------------------------------------------------------- */

const NAMES = ['Margaret Eze', 'Théophile Marchand-Ndiaye', 'Ana-Marija Žižek Đurđević-Kovačić'];
const FULL = { office: 'Chair of the scientific committee', affiliation: 'School of Public Health, Zagreb' };

for (const [lang, paper] of [['en-GB', 'A4'], ['en-US', 'Letter'], ['he', 'Letter']]) {
  test(`certificate: those who sign are named in one size, in ${lang} on ${paper}`, () => {
    const model = exampleOf('certificate');
    const signatories = NAMES.map((name, i) => ({ name, ...(i ? FULL : {}) }));
    const [certificate] = model.certificates;
    const pdf = print('certificate', { ...model, lang, paper, signatories, certificates: [certificate] });
    const heightOf = (name) => wordsOf(pdf)[0].filter(({ text }) => text === name.split(' ')[0]).map(({ top, bottom }) => bottom - top)[0];
    const heights = NAMES.map(heightOf);
    heights.forEach((height) => assert.ok(Math.abs(height - heights[0]) < 0.05, `${heights}`));
  });
}

test('certificate: two who sign have the room of three', () => {
  const model = exampleOf('certificate');
  const [page] = wordsOf(print('certificate', { ...model, paper: 'Letter', certificates: model.certificates.slice(0, 1) }));
  const committee = page.filter(({ text }) => text === 'committee');
  const scientific = page.filter(({ text }) => text === 'scientific');
  assert.equal(committee.length, 1);
  assert.ok(Math.abs(committee[0].bottom - scientific[0].bottom) < 1, 'an office on one line');
});

test('certificate: type made smaller for one who signs leaves no word alone below another', () => {
  const model = exampleOf('certificate');
  const long = 'Head of the department of communication, narrative and compassionate practice';
  const signatories = [
    { name: NAMES[2], office: long }, { name: NAMES[1] },
    { name: NAMES[0], office: 'Chair of the scientific committee and board' },
  ];
  const [page] = wordsOf(print('certificate', { ...model, signatories, certificates: model.certificates.slice(0, 1) }));
  const bottomOf = (word) => page.findLast(({ text }) => text === word).bottom;
  assert.ok(bottomOf('board') > bottomOf('Chair') + 5, 'two lines');
  assert.ok(Math.abs(bottomOf('board') - bottomOf('committee')) < 1, 'no word alone on the last line');
});

/* ---- forms of review packs ------------------------------------------------------------------- */

test('review pack: what a criterion asks ends with no word alone', () => {
  const model = exampleOf('review-pack');
  const words = wordsOf(print('review-pack', { ...model, submissions: model.submissions.slice(0, 1) })).at(-1);
  const asked = words.findIndex(({ text }) => text === 'conclusions?');
  assert.ok(asked > 0);
  assert.ok(Math.abs(words[asked].bottom - words[asked - 1].bottom) < 1, words[asked - 1].text);
});

test('review pack: words for the ends of a scale stand in the middle below their boxes', () => {
  const model = exampleOf('review-pack');
  const long = ['not at all surprising to me', 'most surprising of all'];
  const criteria = [['known', 'new'], ['unconvincing', 'persuasive'], long].map((anchors, i) => ({ name: `C${i}`, anchors }));
  const words = wordsOf(print('review-pack', { ...model, criteria, submissions: model.submissions.slice(0, 1) })).at(-1);
  const middleOf = (text) => words.filter((word) => word.text === text).map(({ left, right }) => (left + right) / 2);
  for (const [box, ends] of [['1', ['known', 'unconvincing']], ['5', ['new', 'persuasive']]]) {
    const [middle] = middleOf(box);
    for (const end of ends) assert.ok(Math.abs(middleOf(end)[0] - middle) < 0.5, `${end}: ${middleOf(end)} below ${middle}`);
  }
  // What is too long begins with the first box.
  assert.ok(words.find(({ text }) => text === 'not').left < middleOf('1')[0]);
});

/* ---- statements ------------------------------------------------------------------------------ */

test('joint statement: the pages on which the signatures go on say so', () => {
  const model = exampleOf('joint-statement');
  const signatories = Array.from({ length: 40 }, (_, i) => ({ name: `Signer${i}`, affiliation: 'Network', country: 'Poland' }));
  for (const [words, [first, again]] of [
    [undefined, ['Signatories', 'Signatories (continued)']],
    [{ signatories: 'Undersigned', continued: 'more' }, ['Undersigned', 'Undersigned (more)']],
  ]) {
    const pages = pageTexts(print('joint-statement', { ...model, signatories, ...(words ? { words } : {}) }))
      .filter((page) => /Signer\d/.test(page));
    assert.ok(pages.length > 1);
    pages.forEach((page, i) => assert.ok(page.includes(i ? again : `${first} We sign`), page));
  }
});

test('joint statement: every page with people who sign says that they do', () => {
  const model = exampleOf('joint-statement');
  for (let n = 1; n <= 40; n += 3) {
    const signatories = Array.from({ length: n }, (_, i) => ({ name: `Signer${i}`, affiliation: 'Network', country: 'Poland' }));
    const pages = pageTexts(print('joint-statement', { ...model, signatories, words: { signatories: 'Undersigned' } }));
    for (const page of pages) {
      const headings = page.match(/Undersigned/g) ?? [];
      assert.equal(headings.length, /Signer\d/.test(page) ? 1 : 0, page);
    }
  }
});

test('joint statement: nobody signs alone on a page', () => {
  const model = exampleOf('joint-statement');
  for (let n = 4; n <= 30; n++) {
    const signatories = Array.from({ length: n }, (_, i) => ({ name: `Signer${i}`, affiliation: 'Network', country: 'Poland' }));
    const last = pageTexts(print('joint-statement', { ...model, signatories })).at(-1);
    const names = last.match(/Signer\d+/g);
    assert.ok(names.length >= 4, `${n}: ${names}`);
  }
});
