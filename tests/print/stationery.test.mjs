// The paper of letters and invoices: head, address and foot, when they are longer than is usual.
import { test, assert } from '../lib/test.mjs';
import { wordsOfPdf } from '../lib/pdf.mjs';
import { exampleOf, print, printWarned } from '../lib/print.mjs';

const MM = 72 / 25.4;
const PAGE = { A4: 297 * MM, Letter: 792 };
const WINDOW = { top: 45 * MM, bottom: 90 * MM, right: 106 * MM };
const SEVEN = [0, 1, 2, 3, 4, 5, 6];

// Six or seven lines a list, some of them longer than their column, as offices have them.
const OFFICE = {
  name: 'International Society for the Advancement of Compassionate and Humane Care e. V.',
  address: ['c/o Stoneygate Centre for Empathic Healthcare', 'Leicester Medical School, George Davies Centre',
    'University Road', 'Leicester LE1 7RH', 'England, United Kingdom'],
  contact: ['accounts@rehumanising.symposium.example', 'symposium.example', '+44 116 496 0182'],
  register: ['Charity registered in England and Wales no. 1999182', 'Trustees: Margaret Eze (chair), Owain Prŷs, Ingrid Sørensen'],
  tax_id: 'GB 999 1822 47',
};
const CUSTOMER = {
  name: 'The President and Fellows of Queen Adelaide University Hospitals',
  lines: ['Department of General Practice and Primary Care', 'Division of Population Health Sciences, Accounts Payable Office',
    'Building 7, Floor 12, Room 1207', 'Gwendolen Road', 'Leicester LE5 4PW', 'UNITED KINGDOM'],
};

// As long as the schema allows.
const full = (words, most) => words.repeat(most).slice(0, most).trim();
const LONGEST = {
  sender: {
    name: full('Society for Humane Care ', 120),
    ...Object.fromEntries(['address', 'contact', 'register'].map((list) => [list, SEVEN.map((i) => full(`${list} line number ${i} of the office `, 120))])),
    tax_id: 'GB 999 1822 47',
  },
  customer: { name: full('Adelaide University Hospitals ', 160), lines: SEVEN.map((i) => full(`Recipient line ${i} `, 120)) },
};

function invoiceFrom(sender, customer, others = {}) {
  const model = exampleOf('invoice');
  return { ...model, ...others, sender, invoices: [{ ...model.invoices[0], customer }] };
}

function letterFrom(sender, address, others = {}) {
  const { verify, ...letter } = exampleOf('letter').letters[0];
  return { ...exampleOf('letter'), ...others, sender, letters: [{ ...letter, address }] };
}

const footOf = (words, paper) => words.filter(({ bottom }) => bottom > PAGE[paper] - 24 * MM);
const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.35 * Math.min(a.bottom - a.top, b.bottom - b.top);

for (const [kind, make] of [['invoice', invoiceFrom], ['letter', letterFrom]]) {
  for (const [lang, paper] of [['en-GB', 'A4'], ['he', 'A4'], ['en-US', 'Letter']]) {
    test(`${kind}: what follows the longest address stands below it, in ${lang} on ${paper}`, () => {
      const { pdf, warnings } = printWarned(kind, make(LONGEST.sender, LONGEST.customer, { lang, paper }));
      assert.equal(warnings.length, 1, warnings.join());
      assert.match(warnings[0], /longer than the window/);
      for (const words of wordsOfPdf(pdf)) {
        for (const word of words) assert.ok(word.bottom < PAGE[paper] - 4 * MM, `${word.text} runs off the sheet`);
        words.forEach((one, i) => words.slice(i + 1).forEach((other) => (
          assert.ok(!overlap(one, other), `${one.text} is printed over ${other.text}, ${one.top} from the top`))));
      }
      const [first] = wordsOfPdf(pdf);
      assert.ok(first.some(({ text, bottom }) => text === 'Recipient' && bottom > WINDOW.bottom), 'no more than the window has');
    });
  }
}

test('invoice: ordinary lengths give no warning, and the address stands in the window', () => {
  const [words] = wordsOfPdf(print('invoice', invoiceFrom(OFFICE, CUSTOMER)));
  const last = words.find(({ text }) => text === 'KINGDOM');
  assert.ok(last.bottom < WINDOW.bottom && last.right < WINDOW.right);
  const title = words.filter(({ text }) => text === 'Invoice').at(-1);
  assert.ok(Math.abs(title.top - 98.5 * MM) < 5 * MM, `what follows begins at ${title.top / MM} mm`);
});

test('invoice: no line of the return address begins with a dot', () => {
  for (const sender of [OFFICE, LONGEST.sender]) {
    const [words] = wordsOfPdf(printWarned('invoice', invoiceFrom(sender, CUSTOMER)).pdf);
    const above = words.filter(({ top, bottom, right }) => top > 30 * MM && bottom < 62 * MM && right < WINDOW.right);
    const starts = above.filter(({ left }) => Math.abs(left - 25 * MM) < 1);
    assert.ok(starts.length > 1, 'several lines');
    for (const { text } of starts) assert.notEqual(text, '·');
  }
});

test('invoice: the columns of the foot have one size of type, which can be read', () => {
  for (const paper of ['A4', 'Letter']) {
    const foot = footOf(wordsOfPdf(print('invoice', invoiceFrom(OFFICE, CUSTOMER, { paper })))[0], paper);
    const heights = ['United', 'symposium.example', 'Trustees:'].map((word) => foot.filter(({ text }) => text === word)[0])
      .map(({ top, bottom }) => bottom - top);
    for (const height of heights) assert.ok(Math.abs(height - heights[0]) < 0.05, `${heights}`);
    assert.ok(heights[0] > 6.4, `${heights[0]}`);
  }
});
