// What a document says: every text of its model, in order, in every script.
import { test, assert } from '../lib/test.mjs';
import { infoOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { objectsOfPdf, spokenTextOf, withoutArtifacts } from '../lib/pdf_tree.mjs';
import { exampleAsPdf, exampleOf, kinds, print, walkModel } from '../lib/print.mjs';

// Texts that are there for machines, or are printed in another form: schemas tell by format (dates
// are written out), enum (codes of the program), encoding (pictures), or what they refer to.
const UNPRINTED_FORMATS = new Set(['lang', 'date', 'clock', 'colour']);
const UNPRINTED_REFS = new Set(['common.schema.json#/$defs/qr', '#/$defs/qr']);
const isPrinted = ({ schema, ref, name }) => schema.type === 'string' && !UNPRINTED_FORMATS.has(schema.format)
  && !schema.enum && !schema.contentEncoding && !UNPRINTED_REFS.has(ref) && name !== 'alt';

// The event is the same object for every kind, and of its members a kind prints what it has room for;
// its name stands at least in the document's title.
const isOfEvent = (path) => path[0] === 'event';

// What a kind leaves out: for want of room, of a model that it shares with another; or because the model
// says so, as a book does of headings in sessions set small and of abstracts under embargo.
const isLeftOut = (kind, path, model) => {
  const name = path.join('.');
  if (kind === 'glance' || kind === 'pocket') return /\.(chairs|speakers)\./.test(name);
  if (kind === 'badge') return path[2] === 'schedule'; // the layout of the example has no back
  if (kind === 'agenda') return /\.theme\.name$/.test(name);
  const session = kind === 'book' && path[0] === 'sessions' && model.sessions[path[1]];
  if (!session || path[2] !== 'abstracts') return false;
  const isWithheld = session.abstracts[path[3]].embargo_until > (model.as_of ?? '');
  return (session.compact && path.at(-1) === 'heading') || (isWithheld && ['parts', 'figures'].includes(path[4]));
};

// Kinds whose pages are tables, grids or sheets to be folded: a cell of several lines stands beside
// others, so that nobody reads the page from top to bottom. They are in order for screen readers alone;
// at a glance, what happens at one time is in the order of the rooms.
const GRIDS = new Set(['sign-in-sheet', 'certificate', 'invoice', 'glance', 'pocket']);
const BY_ROOM = new Set(['glance']);

const STEERING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g;
const letters = (text) => text.normalize('NFC').replace(STEERING, '').replace(/[\s\u00ad\u2010-]+/g, '');

// pdftotext takes a stop or a comma among letters that run right to left for part of a figure: it stands
// behind its blank then, or parts the line, in every program's files. Words are compared.
const RTL = /[\u0590-\u08ff\ufb1d-\ufefc]/;
const partsOf = (text) => text.split(RTL.test(text) ? /[^\p{L}\p{M}]+/u : '\n').map(letters);

// All of the document in one string, without white space and hyphens: lines end anywhere. The second
// half has no running heads and feet, which would part a paragraph that goes over the page.
function lettersOf(pdf) {
  return [pdf, withoutArtifacts(pdf)].map((bytes) => letters(textOfPdf(bytes).join('\n')));
}

// For each list of the model, with those it stands in: the texts that name the entries, in order.
function entriesByList(kind, model) {
  const lists = new Map();
  walkModel(kind, model, (value, { schema, path }) => {
    if (schema.type !== 'object' || typeof path.at(-1) !== 'number') return;
    const title = (schema.required ?? []).find((name) => typeof value[name] === 'string'
      && !schema.properties[name].enum && schema.properties[name].format !== 'paragraphs' && !schema.properties[name].contentEncoding
      && !/(date|clock|lang|colour|qr)$/.test(schema.properties[name].$ref ?? ''));
    const place = path.filter((step) => typeof step === 'string').join('.');
    if (title) lists.set(place, [...(lists.get(place) ?? []), { path: path.join('.'), steps: path, text: value[title] }]);
  });
  return lists;
}

// A list's entries among those of the lists around it, as they stand in the model.
function inOrder(lists, place) {
  const around = [...lists].filter(([other]) => place === other || place.startsWith(`${other}.`)).flatMap(([, entries]) => entries);
  const steps = (path) => path.split('.').map((step) => (/^\d+$/.test(step) ? step.padStart(6, '0') : step));
  const key = (entry) => steps(entry.path).filter((step) => /^\d/.test(step)).join('.');
  return around.map((entry) => ({ ...entry, key: key(entry) })).sort((a, b) => (a.key < b.key ? -1 : 1));
}

// Without punctuation, which pdftotext sets elsewhere on pages that mostly run right to left.
const bare = (words) => letters(words).replace(/[^\p{L}\p{M}\p{N}]/gu, '');

function checkOrder(kind, text, isCompared = () => true) {
  const model = exampleOf(kind);
  const lists = entriesByList(kind, model);
  for (const place of lists.keys()) {
    let at = 0;
    const entries = inOrder(lists, place).filter(({ steps }) => !isOfEvent(steps) && !isLeftOut(kind, [...steps, 'name'], model));
    for (const entry of entries.filter(isCompared)) {
      const found = text.indexOf(bare(entry.text), at);
      assert.ok(found >= 0, `${entry.path}, "${entry.text}", does not stand behind the entry before it`);
      at = found + bare(entry.text).length;
    }
  }
}

for (const kind of kinds) {
  test(`${kind}: every text of the model can be copied from the document`, () => {
    const model = exampleOf(kind);
    const texts = lettersOf(exampleAsPdf(kind));
    texts.push(letters(spokenTextOf(objectsOfPdf(exampleAsPdf(kind))).join('\n'))); // where cells have several lines
    let n = 0;
    walkModel(kind, model, (value, about) => {
      if (!isPrinted(about) || isOfEvent(about.path) || isLeftOut(kind, about.path, model)) return;
      n++;
      for (const part of partsOf(value)) {
        assert.ok(texts.some((text) => text.includes(part)), `${about.path.join('.')} is not printed: ${value}`);
      }
    });
    assert.ok(n > 3);
    texts.push(letters(infoOfPdf(exampleAsPdf(kind)).Title));
    if (model.event) assert.ok(texts.some((text) => text.includes(letters(model.event.title))), 'whose document is this?');
  });

  if (BY_ROOM.has(kind)) continue;
  test(`${kind}: entries are spoken in the order of the model`, () => {
    const spoken = bare(spokenTextOf(objectsOfPdf(exampleAsPdf(kind))).join('\n'));
    checkOrder(kind, spoken, (entry) => !RTL.test(entry.text));
  });

  if (GRIDS.has(kind)) continue;
  test(`${kind}: entries are read in the order of the model`, () => {
    checkOrder(kind, bare(lettersOf(exampleAsPdf(kind))[1]), (entry) => !RTL.test(entry.text) || !/[^\p{L}\p{M}\s]/u.test(entry.text));
  });
}

// Two or three sentences each, longer than a line. No hyphens, so that those of line ends are known.
const PARAGRAPHS = {
  Latin: 'Ægir and Łukasz sat down beside the bed, and for three minutes nobody spoke. What was said afterwards was said slowly: “I am afraid of the nights”, and the whole ward round listened (β = 0.42, p ≤ 0.01).',
  Greek: 'Η ενσυναίσθηση στην πρωτοβάθμια φροντίδα δεν διδάσκεται με διαλέξεις. Οι γιατροί κάθονται δίπλα στον άρρωστο, ακούνε τι φοβάται και επαναλαμβάνουν τα λόγια του πριν απαντήσουν.',
  Cyrillic: 'Сестра села рядом с кроватью и три минуты молчала. Потом больной рассказал, чего он боится по ночам, и обход остановился, чтобы его дослушать до конца.',
  Chinese: '护士在病床旁边坐了下来,三分钟里没有人说话。后来病人慢慢地说出了他夜里害怕的事情,整个查房的人都停下来听他把话说完,然后才继续往前走。',
  Japanese: '看護師はベッドのそばに座り、三分のあいだ誰も話さなかった。それから患者は夜がこわいのだとゆっくり語り、回診の一行は最後まで耳を傾けてから次の部屋へ向かった。',
  Korean: '간호사는 침대 옆에 앉아 삼 분 동안 아무 말도 하지 않았다. 그 뒤에 환자는 밤이 무섭다고 천천히 이야기했고, 회진을 돌던 사람들은 모두 멈추어 서서 끝까지 들었다.',
  Hebrew: 'האחות התיישבה ליד המיטה ובמשך שלוש דקות איש לא דיבר. אחר כך סיפר החולה לאט ממה הוא פוחד בלילות, וכל הרופאים שבסבב עצרו והקשיבו לו עד הסוף.',
  Arabic: 'جلست الممرضة بجانب السرير ولم يتكلم أحد لمدة ثلاث دقائق. ثم حكى المريض ببطء عما يخيفه في الليل، فتوقف جميع الأطباء واستمعوا إليه حتى أنهى كلامه.',
  Devanagari: 'नर्स बिस्तर के पास बैठ गई और तीन मिनट तक कोई नहीं बोला। फिर रोगी ने धीरे धीरे बताया कि रात में उसे किस बात से डर लगता है, और सब लोग रुककर अंत तक सुनते रहे।',
  Thai: 'พยาบาลนั่งลงข้างเตียงและไม่มีใครพูดอะไรเลยเป็นเวลาสามนาที จากนั้นผู้ป่วยค่อยๆ เล่าว่ากลัวอะไรในเวลากลางคืน และทุกคนก็หยุดฟังจนจบ',
};

// The text as it may stand in lines: white space is folded, a line may end anywhere, after a hyphen.
function patternOf(text) {
  const escaped = [...text.normalize('NFC').replace(/\s+/g, ' ')]
    .map((c) => (c === ' ' ? '[ \\n]+' : c.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')));
  return new RegExp(escaped.join('(?:[-\\u2010\\u00ad]?\\n)?'), 'u');
}

// Right to left, words are compared without what stands between them, as for partsOf().
const words = (text) => text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu).join(' ');
const holds = (text, paragraph) => (RTL.test(paragraph) ? words(text).includes(words(paragraph)) : patternOf(paragraph).test(text));

function textInProgramme(paragraph) {
  const model = {
    lang: 'en-GB', event: { title: 'Reading', starts_on: '2027-09-08', ends_on: '2027-09-08' },
    days: [{ on: '2027-09-08', sessions: [{ title: 'One', kind: 'plenary', start: '09:00', end: '10:00', about: paragraph }] }],
  };
  return textOfPdf(print('programme', model)).join('\n').normalize('NFC').replace(STEERING, '');
}

function textInBook(paragraph) {
  const model = {
    lang: 'en-GB', event: { title: 'Reading', starts_on: '2027-09-08', ends_on: '2027-09-08' },
    sessions: [{ title: 'One', abstracts: [{ title: 'Two', authors: [{ name: 'Three' }], parts: [{ text: paragraph }] }] }],
  };
  return textOfPdf(print('book', model)).join('\n').normalize('NFC').replace(STEERING, '');
}

for (const [script, paragraph] of Object.entries(PARAGRAPHS)) {
  for (const [kind, read] of Object.entries({ programme: textInProgramme, book: textInBook })) {
    test(`${kind}: a paragraph in ${script} is copied as it was written`, () => {
      const text = read(paragraph);
      assert.ok(holds(text, paragraph), `written:\n${paragraph}\ncopied:\n${text}`);
    });
  }
}

test('the contents of a book lead to the texts in front of it and to its indexes', () => {
  const model = exampleOf('book');
  const pages = textOfPdf(print('book', model));
  const contents = pages.find((page) => page.includes('Contents\n'));
  const parts = [...model.texts.map(({ title }) => title), 'Authors', 'Affiliations', 'Keywords'];
  for (const part of parts) {
    assert(contents.split('\n').some((line) => line.startsWith(part)), `${part} is in the contents`);
    assert(pages.some((page) => page !== contents && page.split('\n').includes(part)), `${part} has a page`);
  }
  assert(parts.every((part, i) => !i || contents.indexOf(parts[i - 1]) < contents.indexOf(part)), 'in order');
});
