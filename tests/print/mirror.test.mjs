// Documents in a language that is written from right to left: the same pages, seen in a mirror. Hours keep
// their order, and dates are the only words that differ.
import { test, assert } from '../lib/test.mjs';
import { codesInPdf, pagesOfPdf, runTool, textOfPdf, withFile } from '../lib/pdf.mjs';
import { objectsOfPdf } from '../lib/pdf_tree.mjs';
import { readPng, writePng } from '../lib/png.mjs';
import { exampleAsPdf, exampleOf, print } from '../lib/print.mjs';

const CLOCK = /^\d\d:\d\d$/;

// The words of every page: { text, left, right, to, y }, with the distances from both edges; `to` is where
// they end, from the left.
function wordsOf(pdf) {
  const bbox = withFile(pdf, 'a.pdf', (file) => runTool('pdftotext', ['-bbox', file, '-']).text);
  return bbox.split('<page ').slice(1).map((page) => {
    const width = Number(/width="([\d.]+)"/.exec(page)[1]);
    const words = [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</g)];
    return words.map(([, from, y, to, text]) => ({ text, left: Number(from), right: width - Number(to), to: Number(to), y: Number(y) }));
  });
}

// The same in pieces: words on one line with no more than a blank between them are one.
function piecesOf(pdf) {
  const blank = 6;
  return wordsOf(pdf).map((words) => {
    const pieces = [];
    for (const word of [...words].sort((a, b) => a.left - b.left)) {
      const before = pieces.find(({ y, to }) => Math.abs(y - word.y) < 0.5 && word.left >= to && word.left - to < blank);
      if (before) Object.assign(before, { text: `${before.text} ${word.text}`, right: word.right, to: word.to });
      else pieces.push({ ...word });
    }
    return pieces;
  });
}

// The outermost times of day of every page that has some, as distances from the edge where lines begin.
function timesFromEdge(pdf, edge) {
  return wordsOf(pdf).map((words) => {
    const times = words.filter(({ text }) => CLOCK.test(text.replace(/[^\d:]/g, '')) && !text.includes('–'));
    return Math.min(...times.map((word) => word[edge]));
  });
}

const rangesOf = (pdf) => textOfPdf(pdf).join('\n').match(/\d\d:\d\d–\d\d:\d\d/g) ?? [];

function assertHoursInOrder(pdf, n) {
  const ranges = rangesOf(pdf);
  assert.ok(ranges.length > 0 && ranges.length === n, `${ranges.length} of ${n} ranges of hours`);
  for (const range of ranges) assert.ok(range.slice(0, 5) < range.slice(6), `${range} runs backwards`);
}

// Words that are found on every one of the pages stand as far from one edge of the plain document as from
// the other of the mirrored one. isOurs picks them by what is in wordsOf() or piecesOf(), told from where
// lines begin: { text, start, end, y, page }.
function assertMirrored(plain, mirrored, isOurs, read = wordsOf) {
  const [ltr, rtl] = [read(plain), read(mirrored)];
  assert.equal(rtl.length, ltr.length, 'as many pages');
  let n = 0;
  ltr.forEach((words, i) => {
    const pick = (all, start, end) => all
      .map((word) => ({ text: word.text, start: word[start], end: word[end], y: word.y, page: i + 1 })).filter(isOurs)
      .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.start - b.start));
    const here = pick(words, 'left', 'right'), there = pick(rtl[i], 'right', 'left');
    assert.deepEqual(there.map(({ text }) => text), here.map(({ text }) => text), `the same words on page ${i + 1}`);
    here.forEach((word, k) => {
      const { text, start, end } = there[k];
      assert.ok(Math.abs(word.start - start) < 1 || Math.abs(word.end - end) < 1,
        `${text} on page ${i + 1}: ${word.start} from the left, ${start} from the right`);
    });
    n += here.length;
  });
  assert.ok(n > 0, 'some words were looked at');
}

const inLanguage = (lang, model) => ({ ...model, lang });
const mirroredExample = (kind, changes = {}) => print(kind, inLanguage('he', { ...exampleOf(kind), ...changes }));

for (const kind of ['programme', 'agenda', 'glance']) {
  test(`${kind}: times stand on the right where lines begin there`, () => {
    const left = timesFromEdge(exampleAsPdf(kind), 'left');
    const right = timesFromEdge(mirroredExample(kind), 'right');
    assert.equal(right.length, left.length);
    left.forEach((distance, i) => {
      assert.ok(distance < 180, `times are found on page ${i + 1}`);
      assert.ok(Math.abs(distance - right[i]) < 1, `page ${i + 1}: ${distance} from the left, ${right[i]} from the right`);
    });
  });
}

for (const kind of ['programme', 'agenda', 'glance', 'book']) {
  test(`${kind}: the earlier of two hours comes first in every language`, () => {
    assertHoursInOrder(mirroredExample(kind), rangesOf(exampleAsPdf(kind)).length);
  });
}

// A picture of one colour that nothing else has.
function redLogo(width, height) {
  const rgb = Buffer.alloc(width * height * 3);
  for (let i = 0; i < rgb.length; i += 3) rgb[i] = 0xff;
  return { data: writePng({ width, height, rgb }).toString('base64'), alt: 'A red mark' };
}

// The columns of a page that have a pixel of that colour, as distances from both edges.
function edgesOfRed(pdf, page = 1) {
  const { width, rgb } = readPng(pagesOfPdf(pdf, { dpi: 72, first: page, last: page })[0]);
  const columns = [];
  for (let i = 0; i < rgb.length; i += 3) {
    if (rgb[i] > 0xf0 && rgb[i + 1] < 0x10 && rgb[i + 2] < 0x10) columns.push(i / 3 % width);
  }
  return { left: Math.min(...columns), right: width - 1 - Math.max(...columns) };
}

for (const [kind, changes] of [['programme'], ['book'], ['badge', { sheet: undefined }]]) {
  test(`${kind}: the logo begins where lines do`, () => {
    const model = exampleOf(kind);
    const withLogo = { ...model, ...changes, event: { ...model.event, logos: [redLogo(60, 30)] } };
    const [plain, mirrored] = ['en-GB', 'ar'].map((lang) => edgesOfRed(print(kind, inLanguage(lang, withLogo))));
    assert.ok(plain.left < plain.right, 'the logo is found on the left');
    assert.ok(Math.abs(plain.left - mirrored.right) <= 1, `${plain.left} from the left, ${mirrored.right} from the right`);
  });
}

test('two pages side by side are shown in the order in which they are read', () => {
  const direction = (pdf) => {
    const objects = objectsOfPdf(pdf);
    return objects.get(objects.get(objects.trailer['/Root'])['/ViewerPreferences'])['/Direction'];
  };
  assert.equal(direction(mirroredExample('letter')), '/R2L');
  assert.equal(direction(exampleAsPdf('letter')), undefined);
});

// ---- the book ----------------------------------------------------------------------------------------------

const CODE = /^[OP]-\d\d$/;

test('book: codes and times of abstracts hang on the right', () => {
  assertMirrored(exampleAsPdf('book'), mirroredExample('book'), ({ text }) => CODE.test(text) || CLOCK.test(text));
});

test('book: page numbers of contents and pages stand on the left', () => {
  assertMirrored(exampleAsPdf('book'), mirroredExample('book'),
    ({ text, end, y, page }) => /^\d+$/.test(text) && page > 1 && (page === 3 ? end < 100 : y > 780));
});

test('book: dots of the contents lead from the title to the number on its left', () => {
  const [, , contents] = textOfPdf(mirroredExample('book'), { isLaidOut: true });
  assert.match(contents, /^ *\d+ .*nine hospitals +O-01$/m);
});

test('book: columns of an index follow one another to the left', () => {
  assertMirrored(exampleAsPdf('book'), mirroredExample('book'), ({ text, page }) => /^[A-XZΓΕΠВКМСХ]$/.test(text) && page > 9);
  const names = wordsOf(mirroredExample('book'))[9];
  const find = (text) => names.find((word) => word.text.startsWith(text));
  assert.ok(find('Eze').right < find('Whitlock').right, 'the alphabet begins on the right');
});

test('book: two columns of abstracts follow one another to the left', () => {
  const page = { columns: 2 };
  const [ltr, rtl] = ['en-GB', 'he'].map((lang) => wordsOf(print('book', { ...exampleOf('book'), lang, page })));
  const columnOf = (pages, code, edge) => {
    const i = pages.findLastIndex((words) => words.some(({ text }) => text === code));
    return [i, pages[i].find(({ text }) => text === code)[edge] < 297 ? 0 : 1];
  };
  for (const code of ['O-01', 'O-02', 'O-03', 'O-04', 'P-01', 'P-02']) {
    assert.deepEqual(columnOf(rtl, code, 'right'), columnOf(ltr, code, 'left'), code);
  }
});

test('book: bound on the right, the wide margin and the folio change sides', () => {
  const page = { mirrored: true, size: 'B5' };
  const [ltr, rtl] = ['en-GB', 'he'].map((lang) => print('book', { ...exampleOf('book'), lang, page }));
  assertMirrored(ltr, rtl, ({ text, y, page: number }) => text === String(number) && y > 600);
});

test('book: figures stand with the text, beside the column of codes', () => {
  const { event } = exampleOf('book');
  const abstract = { code: 'O-01', title: 'Red', authors: [{ name: 'Ann Lee' }], figures: [{ image: redLogo(300, 600), caption: 'Red' }] };
  const [ltr, rtl] = ['en-GB', 'he'].map((lang) =>
    edgesOfRed(print('book', { lang, event, sessions: [{ title: 'Colours', abstracts: [abstract] }] }), 3));
  assert.ok(ltr.left > 100 && ltr.left < ltr.right, `${ltr.left} from the left`);
  assert.ok(Math.abs(ltr.left - rtl.right) <= 1, `${ltr.left} from the left, ${rtl.right} from the right`);
});

test('book: an abstract keeps the direction of its own language', () => {
  const title = 'Machine';
  const [ltr, rtl] = [exampleAsPdf('book'), mirroredExample('book')].map((pdf) =>
    wordsOf(pdf).flat().filter(({ text }) => text === title).at(-1));
  assert.ok(rtl.left < ltr.left, 'begins on the left, where no code hangs');
});

// ---- signs, lists and forms --------------------------------------------------------------------------------

// Pieces that are one run of Latin letters and figures look the same in both documents; Nino's other name is
// Georgian.
const isPlain = (text) => /^[\x20-\x7E]+$/.test(text) && !/September|Page|Nino|[:(]/.test(text);

test('sign-in-sheet: the table begins on the right', () => {
  const names = ({ text }) => /^(No\.|Name|Affiliation|Signature|Hours|\d\d?|\d\.\d)$/.test(text);
  const [ltr, rtl] = [exampleAsPdf('sign-in-sheet'), mirroredExample('sign-in-sheet')];
  assertMirrored(ltr, rtl, (piece) => isPlain(piece.text) && !names(piece), piecesOf);
  const [first] = wordsOf(rtl);
  const at = (text) => first.find((word) => word.text === text).right;
  assert.ok(at('No.') < at('Name') && at('Name') < at('Affiliation') && at('Hours') < at('Signature'));
  const figures = first.filter(({ text, right }) => /^\d\d?$/.test(text) && right < 60).map(({ right }) => right);
  assert.ok(figures.length > 9 && Math.max(...figures) - Math.min(...figures) < 1, 'tens stand below tens');
});

test('review-pack: codes, headings and the scale begin on the right', () => {
  const ours = /^(\w{4}-\w{5}|Background|Methods|Results|Conclusions|Keywords|Recommendation|Reject|Reviewer 7|For the authors|Relevance|[1-5]|not at all|very much|Research|R)$/;
  assertMirrored(exampleAsPdf('review-pack'), mirroredExample('review-pack'),
    ({ text }) => ours.test(text), piecesOf);
});

test('review-pack: the list of submissions has its page numbers on the left', () => {
  const [cover] = wordsOf(mirroredExample('review-pack'));
  const numbers = cover.filter(({ text, y }) => /^\d+$/.test(text) && y > 400 && y < 700);
  assert.ok(numbers.length >= 5 && numbers.filter(({ left }) => left < 58).length >= 5);
});

test('review-pack: scores and decisions for chairs stand left of the submissions', () => {
  const model = exampleOf('review-pack');
  const submissions = model.submissions.map(({ code, title, lang }) =>
    ({ code, title, lang, scores: [2, 2.5, 5], mean: 3.17, decision: 'Accept', is_staged: true }));
  const summary = (lang) => print('review-pack', { ...model, lang, variant: 'summary', submissions });
  const [ltr, rtl] = [summary('en-GB'), summary('ar')];
  assertMirrored(ltr, rtl, ({ text }) => /^(\w{4}-\w{5}|Submission|Mean|3\.17|Decision|Accept|not yet released)$/.test(text), piecesOf);
  const score = (pdf, number) => wordsOf(pdf)[0].find(({ text }) => text.replace(/,/g, '') === number);
  assert.ok(score(ltr, '2').left < score(ltr, '2.5').left, 'the first score comes first');
  assert.ok(score(rtl, '2').right < score(rtl, '2.5').right, 'and in the mirror too');
  // The squares: the two low scores are at that end of the axis where reading begins. Only the label and the
  // mark are wine above them.
  const beginsOnLeft = (pdf) => {
    const { width, rgb } = readPng(pagesOfPdf(pdf, { dpi: 144, last: 1 })[0]);
    const columns = [];
    for (let i = 460 * width * 3; i < rgb.length; i += 3) {
      if ([0x64, 0x1d, 0x45].every((level, c) => Math.abs(rgb[i + c] - level) < 8)) columns.push(i / 3 % width);
    }
    const middle = (Math.min(...columns) + Math.max(...columns)) / 2;
    return columns.filter((x) => x < middle).length > columns.length / 2;
  };
  assert.ok(beginsOnLeft(ltr) && !beginsOnLeft(rtl), 'the scale begins on the right');
});

for (const [kind, words] of [
  ['door-sign', ['Ground floor, step-free from the garden; hearing loop', '09:00–10:15', 'Keynote', 'P', 'Policy', 'Now', 'Rules with a human face']],
  ['poster-label', ['P-117', '8', 'R', 'Research', 'Posters, first viewing', 'Abstract K7QF-3M2XA']],
]) {
  test(`${kind}: what began on the left begins on the right`, () => {
    const [ltr, rtl] = [exampleAsPdf(kind), mirroredExample(kind)];
    const found = new Set();
    assertMirrored(ltr, rtl, ({ text }) => {
      const isOurs = words.includes(text);
      if (isOurs) found.add(text);
      return isOurs;
    }, piecesOf);
    assert.deepEqual(words.filter((word) => !found.has(word)), []);
  });

  test(`${kind}: the code to scan stands at the other side and is read as before`, () => {
    // The outer edge of the symbol: its corner is black.
    const [left, right] = ['left', 'right'].map((edge) => {
      const pdf = edge === 'left' ? mirroredExample(kind) : exampleAsPdf(kind);
      const { width, height, rgb } = readPng(pagesOfPdf(pdf, { dpi: 72, last: 1 })[0]);
      const columns = [];
      for (let i = Math.floor(height * 0.845) * width; i < Math.floor(height * 0.86) * width; i++) {
        if (rgb[3 * i] < 0x40) columns.push(i % width);
      }
      return edge === 'left' ? Math.min(...columns) : width - 1 - Math.max(...columns);
    });
    assert.ok(left < 60 && Math.abs(left - right) <= 1, `${left} from the left, ${right} from the right`);
    assert.deepEqual(codesInPdf(mirroredExample(kind), { last: 1 }), codesInPdf(exampleAsPdf(kind), { last: 1 }));
  });
}

test('door-sign: the earlier of two hours comes first', () => {
  assertHoursInOrder(mirroredExample('door-sign'), rangesOf(exampleAsPdf('door-sign')).length);
});

// ---- badges ------------------------------------------------------------------------------------------------

// Badges on paper of their own size.
function badges(lang, changes) {
  const { event, badges: people } = exampleOf('badge');
  return print('badge', { lang, event, badges: people.slice(0, 4), ...changes });
}

test('badge: a layout that is built in is mirrored, front and back', () => {
  const layouts = { layout_name: 'a6-double' };
  assertMirrored(badges('en-GB', layouts), badges('he', layouts),
    ({ text }) => CLOCK.test(text) || /^(Speaker|Attendee|he\/him|\w{4}-\w{5}|Great Hall|Dinner|Study 1)$/.test(text), piecesOf);
});

test('badge: with a logo the words of the event make room on the right', () => {
  const { event, badges: people } = exampleOf('badge');
  const model = { event: { ...event, logos: [redLogo(60, 20)] }, badges: people.slice(0, 1) };
  const [ltr, rtl] = ['en-GB', 'he'].map((lang) => print('badge', { lang, ...model }));
  assertMirrored(ltr, rtl, ({ text }) => text.startsWith('Rehumanising'), piecesOf);
  assert.ok(wordsOf(rtl)[0].find(({ text }) => text === 'Healthcare').right > edgesOfRed(rtl).right + 20);
});

test('badge: an own layout keeps its places and sides, and texts without a side begin on the right', () => {
  const at = { width: 60, height: 10 };
  const layout = {
    size: { width: 105, height: 148 },
    front: [
      { kind: 'text', of: 'role', x: 10, y: 10, align: 'left', ...at },
      { kind: 'text', of: 'code', x: 10, y: 30, ...at },
    ],
    back: [{ kind: 'schedule', x: 10, y: 10, width: 60, height: 100 }],
  };
  const [front, back] = wordsOf(badges('he', { layout }));
  const point = 72 / 25.4, find = (words, text) => words.find((word) => word.text === text);
  assert.ok(Math.abs(find(front, 'Speaker').left - 10 * point) < 1);
  assert.ok(Math.abs(find(front, 'K7QF-3M2XA').right - 35 * point) < 1);
  assert.ok(Math.abs(find(back, '10:00').right - 35 * point) < 1, 'times stand on the right of the list');
});
