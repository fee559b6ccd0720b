// Where things stand in the book of abstracts: codes beside titles, running heads, contents.
import { test, assert } from '../lib/test.mjs';
import { runTool, textOfPdf, withFile } from '../lib/pdf.mjs';
import { exampleOf, print } from '../lib/print.mjs';

// The words of every page: { text, x, y, to, foot }, from the left and from the top.
function wordsOf(pdf) {
  const bbox = withFile(pdf, 'a.pdf', (file) => runTool('pdftotext', ['-bbox', file, '-']).text);
  const word = /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</g;
  return bbox.split('<page ').slice(1).map((page) => [...page.matchAll(word)].map(([, x, y, to, foot, text]) => (
    { text, x: Number(x), y: Number(y), to: Number(to), foot: Number(foot) })));
}

const abstractsOf = (model) => model.sessions.flatMap(({ abstracts }) => abstracts);

// The example with a code for every abstract, as changes say.
function bookWith(codeOf, changes = {}) {
  const model = { ...exampleOf('book'), ...changes };
  abstractsOf(model).forEach((abstract, i) => { abstract.code = codeOf(i); });
  return model;
}

const overlap = (a, b) => Math.min(a.to, b.to) - Math.max(a.x, b.x) > 0.5 && Math.min(a.foot, b.foot) - Math.max(a.y, b.y) > 2;

// ---- codes -------------------------------------------------------------------------------------------------

const CODES = {
  10: (i) => `4${i % 10}6P-BP${10 + i}W`,
  14: (i) => `POSTER-W${100 + i}-AB`,
  20: (i) => `WORKSHOP-MW${100 + i}-WWWWW`,
};
const FORMATS = { A4: { size: 'A4' }, B5: { size: 'B5', mirrored: true }, A5: { size: 'A5' }, 'two columns': { columns: 2 } };

for (const [n, codeOf] of Object.entries(CODES)) {
  for (const [name, page] of Object.entries(FORMATS)) {
    for (const lang of ['en-GB', 'he']) {
      test(`codes of ${n} letters stand on one line and alone, ${name}, ${lang}`, () => {
        const model = bookWith(codeOf, { page, lang });
        const pages = wordsOf(print('book', model));
        for (const { code, start, title } of abstractsOf(model)) {
          const found = pages.flatMap((words) => words.filter(({ text }) => text === code).map((word) => ({ words, word })));
          assert.equal(found.length, 2, `${code} stands whole in the contents and above its abstract`);
          for (const { words, word } of found) {
            const on = words.filter((other) => other !== word && overlap(word, other));
            assert.deepEqual(on.map(({ text }) => text), [], `what lies on ${code}`);
          }
          if (!start) continue;
          const { words, word } = found[1];
          const after = words.filter(({ text, y }) => text === start && y > word.y - 4).sort((a, b) => a.y - b.y);
          assert.ok(after[0] && after[0].y < word.y + 60, `${start} belongs to ${code}, ${title}`);
          assert.ok(after[0].y > word.foot - 4 || Math.abs(after[0].foot - word.foot) < 4, `${start} below or behind ${code}`);
        }
      });
    }
  }
}

test('in the contents a code takes no line of its own from a title', () => {
  for (const page of [{ size: 'A4' }, { size: 'A5' }]) {
    const [short, long] = [(i) => `O-${10 + i}`, CODES[10]].map((codeOf) => bookWith(codeOf, { page }));
    const contents = (model) => textOfPdf(print('book', model), { isLaidOut: true }).find((text) => text.includes('Contents'));
    const lines = contents(long).split('\n');
    for (const { code, title } of abstractsOf(long)) {
      if (title.length > 45 || !/^[\x20-\x7e]+$/.test(title)) continue;
      const line = lines.find((text) => text.includes(code));
      assert.ok(new RegExp(`^ *${code}  +\\S.* \\d+$`).test(line), `code, title and number on one line: ${line}`);
    }
    const count = (model) => contents(model).split('\n').filter((line) => line.trim()).length;
    assert.ok(count(long) <= count(short) + 3, `${count(long)} lines instead of ${count(short)}`);
  }
});

test('the column of codes is no wider than short codes ask for', () => {
  const startOf = (codeOf) => {
    const model = bookWith(codeOf);
    const words = wordsOf(print('book', model)).flat();
    return words.filter(({ text }) => text === 'Machine').at(-1).x;
  };
  const [short, long] = [startOf((i) => `O-${10 + i}`), startOf(CODES[10])];
  assert.ok(long > short + 5 && long < short + 40, `${short}, then ${long}`);
  assert.equal(startOf(CODES[20]), short, 'codes above the title leave it where it was');
});

// ---- running heads -----------------------------------------------------------------------------------------

const LONG = 'Rehumanising healthcare in a divided world: an international symposium on listening, silence, '
  + 'stories and evidence in wards, schools and homes, Leicester';

// Of a page, from its top: where the rule below the head lies.
const RULES = { A4: 56.6, A5: 42 };

for (const [size, rule] of Object.entries(RULES)) {
  for (const lang of ['en-GB', 'he']) {
    test(`a long title above the pages is one line that ends at a word, ${size}, ${lang}`, () => {
      const model = { ...exampleOf('book'), page: { size, mirrored: true }, lang };
      model.event.title = LONG;
      const heads = wordsOf(print('book', model)).slice(1).map((words) => words.filter(({ y }) => y < rule));
      const longOnes = heads.filter(([first]) => first.text === LONG.split(' ')[0]);
      assert.ok(longOnes.length > 3, 'pages with the title of the event');
      for (const head of longOnes) {
        const text = head.map((word) => word.text).join(' ');
        assert.ok(head.every(({ y, foot }) => Math.abs(y - head[0].y) < 1 && foot < rule + 1), `one line above the rule: ${text}`);
        const n = text.length - 1;
        assert.ok(n > 60 && text === `${LONG.slice(0, n)}…` && /[ ,:]/.test(LONG[n]), text);
      }
    });
  }
}

// ---- the head of a session ---------------------------------------------------------------------------------

test('no line begins with the dot that parts day, hours and room, and none parts the hours', () => {
  const rooms = ['Hall', 'Great Hall', 'Great Hall of the Physicians', 'Lecture theatre 2, second floor of the west wing'];
  for (const page of [{ size: 'B5', columns: 2 }, { size: 'A4', columns: 2 }, { size: 'A5' }]) {
    for (const room of rooms) {
      const model = { ...exampleOf('book'), page };
      for (const session of model.sessions) session.room = room;
      const lines = textOfPdf(print('book', model)).join('\n').split('\n');
      assert.ok(lines.some((line) => line.includes(' · ') || line.includes('\u00a0· ')), 'facts are parted by dots');
      for (const line of lines) assert.doesNotMatch(line, /^\s*·|\d\d:\d\d–$/);
    }
  }
});

// ---- contents ----------------------------------------------------------------------------------------------

// One session of n abstracts, whose contents take the more lines the more there are.
function bookOf(n, indexes) {
  const { sessions: [session], ...model } = exampleOf('book');
  const [abstract] = session.abstracts;
  const abstracts = Array.from({ length: n }, (_, i) => ({ ...abstract, code: `O-${100 + i}`, title: `Abstract ${i}`, parts: [] }));
  return { ...model, indexes, texts: [], page: { size: 'A5' }, sessions: [{ ...session, abstracts }] };
}

for (const [name, indexes, last] of [
  ['with indexes', { authors: true, affiliations: true, keywords: true }, /^(Authors|Affiliations|Keywords)\b/],
  ['with one index', { authors: true, affiliations: false, keywords: false }, /^Authors\b/],
  ['without', { authors: false, affiliations: false, keywords: false }, /^never/],
]) {
  test(`the contents never end with a line or with indexes alone on a page: ${name}`, () => {
    const sizes = new Set();
    for (let n = 20; n < 34; n++) {
      const pages = textOfPdf(print('book', bookOf(n, indexes)), { isLaidOut: true });
      const i = pages.findLastIndex((page) => /^ *Contents *$/m.test(page) || (/^ *O-1\d\d +Abstract \d+ .*\d$/m.test(page)));
      const lines = pages[i].split('\n').map((line) => line.trim()).filter((line) => /\D+\d+$/.test(line));
      const ofAbstracts = lines.filter((line) => !last.test(line));
      sizes.add(pages.slice(0, i).some((page) => /^ *Contents *$/m.test(page)));
      assert.ok(ofAbstracts.length > 1, `${n} abstracts end with ${JSON.stringify(lines)}`);
      assert.ok(!last.test(lines[0]), `${n} abstracts end with ${lines[0]}`);
    }
    assert.equal(sizes.size, 2, 'on one page and on two');
  });
}

// ---- indexes -----------------------------------------------------------------------------------------------

test('an index has the letters of scripts without capitals above their names', () => {
  const names = ['אבני, דנה', 'תמיר, נועה', 'أحمد، ليلى', 'कुमार, अनिल', 'เชียงใหม่ กมล', '김서연', 'がもう けん'];
  const model = { ...exampleOf('book'), indexes: { authors: true, affiliations: false, keywords: false } };
  const [session] = model.sessions;
  session.abstracts[0].authors = names.map((name) => ({ name, affiliations: [] }));
  const index = textOfPdf(print('book', model)).at(-1).split('\n').map((line) => line.replace(/[\u200e-\u202e]/g, '').trim());
  for (const letter of ['א', 'ת', 'ا', 'क', 'ช', 'ㄱ', 'か']) assert.ok(index.includes(letter), `${letter} in ${index.join(' | ')}`);
});
