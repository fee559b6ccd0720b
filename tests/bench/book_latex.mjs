// Prints a book of abstracts as LaTeX for xelatex, the way conference systems make theirs: the same
// content, faces, running heads, contents, bookmarks, links and indexes as `symposiarch print book`.
//   node tests/bench/book_latex.mjs book.json > book.tex
// Light on TeX by intent: fontspec and hyphenation patterns, without polyglossia, bidi and xeCJK.
import { readFileSync } from 'node:fs';

const book = JSON.parse(readFileSync(process.argv[2], 'utf8'));

// By language: hyphenation patterns, direction.
const LANGUAGES = {
  en: { patterns: 'british' }, de: { patterns: 'ngerman' }, fr: { patterns: 'french' }, pl: { patterns: 'polish' },
  el: { patterns: 'monogreek' }, ru: { patterns: 'russian' }, he: { is_rtl: true }, ar: { is_rtl: true },
};
const SCRIPTS = [
  ['han', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u], ['thai', /\p{Script=Thai}/u],
  ['devanagari', /\p{Script=Devanagari}/u], ['hebrew', /\p{Script=Hebrew}/u], ['arabic', /\p{Script=Arabic}/u],
];
const IS_GENTIUM = '[\\p{Script=Latin}\\p{Script=Greek}\\p{Script=Cyrillic}0-9≤≥±−≈<>=%µ°²–/]';
const GENTIUM_RUN = new RegExp(`${IS_GENTIUM}(?:[ .,;]*${IS_GENTIUM})*`, 'gu');

const out = [];
const put = (line) => out.push(line);
const language_of = (lang) => LANGUAGES[(lang ?? book.lang).split('-')[0]] ?? {};
// Where lines end without blanks.
function breaks_of(text) {
  if (/\p{Script=Thai}/u.test(text)) return '\\linesbreakas{th}';
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return '\\linesbreakas{ja}';
  return /\p{Script=Han}/u.test(text) ? '\\linesbreakas{zh}' : '';
}

const face_of = (text) => SCRIPTS.find(([, letters]) => letters.test(text))?.[0];

const escaped = (text) => text.replace(/[\\{}$&#^_%~]/g, (c) => (/[\\^~]/.test(c) ? `\\char\`\\${c} ` : `\\${c}`));

// Text whose letters are in another face. Numbers and Latin words run left to right in their own;
// punctuation that Noto's faces lack comes from there too, parentheses turned to suit the direction.
function tex(text) {
  const face = face_of(text);
  if (!face) return escaped(text);
  const mirrored = /hebrew|arabic/.test(face) ? { '(': ')', ')': '(' } : {};
  const native = (piece) => (face === 'han' ? escaped(piece) : escaped(piece).replace(/[.,;:()·“”’-]/g,
    (c) => `\\western{${mirrored[c] ?? c}}`));
  let at = 0, inner = '';
  for (const run of text.matchAll(GENTIUM_RUN)) {
    inner += `${native(text.slice(at, run.index))}\\western{${escaped(run[0])}}`;
    at = run.index + run[0].length;
  }
  return `{\\${face}face ${breaks_of(text)}${inner}${native(text.slice(at))}}`;
}

// A piece inside a paragraph of another direction.
const piece = (text) => (/^(hebrew|arabic)$/.test(face_of(text) ?? '') ? `\\righttoleft{${tex(text)}}` : tex(text));
const for_contents = (text) => `\\texorpdfstring{${piece(text)}}{${escaped(text)}}`;

function paragraph(text, lang) {
  const { patterns, is_rtl } = language_of(lang);
  put(`{${patterns ? `\\hyphenate{${patterns}}` : '\\language255 '}${is_rtl ? '\\everypar{\\startrighttoleft}' : ''}${
    text}\\par}`);
}

function put_authors(abstract) {
  const numbers = new Map();
  const names = abstract.authors.map((author) => {
    const marks = (author.affiliations ?? []).map((name) => {
      if (!numbers.has(name)) numbers.set(name, numbers.size + 1);
      return numbers.get(name);
    });
    const name = author.presenting ? `\\underline{${piece(author.name)}}` : piece(author.name);
    return `${name}\\textsuperscript{${marks.join(',')}}`;
  });
  put(`{\\authorface ${names.join(', ')}\\par}`);
  put(`{\\affiliationface ${[...numbers].map(([name, n]) => `\\textsuperscript{${n}}${piece(name)}`).join('; ')}\\par}`);
}

// References for the indexes, collected on the way.
const indexes = { authors: new Map(), affiliations: new Map(), keywords: new Map() };
function refer(index, key, shown, label) {
  if (!index.has(key)) index.set(key, { shown, labels: new Set() });
  index.get(key).labels.add(label);
}

function put_abstract(abstract, label, is_compact) {
  const head = [abstract.code, abstract.start].filter(Boolean).join(' · ');
  put(`\\abstracthead{${label}}{${escaped(head)}}{${piece(abstract.title)}}{${for_contents(abstract.title)}}`);
  put_authors(abstract);
  put(is_compact ? '{\\compactface' : '{\\bodyface');
  if (is_compact) paragraph(tex(abstract.parts.map((part) => part.text).join(' ')), abstract.lang);
  else for (const { heading, text } of abstract.parts) paragraph(`\\parthead{${tex(heading)}} ${tex(text)}`, abstract.lang);
  put('}');
  put(`{\\noteface Keywords: ${abstract.keywords.map(piece).join(' · ')}\\par`);
  if (abstract.funding) put(`Funding: ${piece(abstract.funding)}\\par`);
  if (abstract.interests) put(`Conflicts of interest: ${piece(abstract.interests)}\\par`);
  if (abstract.doi) put(`\\href{https://doi.org/${abstract.doi}}{doi:${escaped(abstract.doi)}}\\par`);
  put('}');
  for (const { name, sort_name, affiliations } of abstract.authors) {
    refer(indexes.authors, `${sort_name}\n${name}`, sort_name, label);
    for (const affiliation of affiliations) refer(indexes.affiliations, affiliation, affiliation, label);
  }
  for (const keyword of abstract.keywords) refer(indexes.keywords, keyword, keyword, label);
}

function put_session(session, first) {
  const when = [session.on, `${session.start}–${session.end}`, session.room].filter(Boolean).map(escaped).join(' · ');
  const chairs = session.chairs.map((chair) => `${piece(chair.name)} (${piece(chair.affiliation)})`).join(', ');
  put(`\\sessionhead{${piece(session.title)}}{${for_contents(session.title)}}{${when}\\\\Chair: ${chairs}}`);
  session.abstracts.forEach((abstract, i) => put_abstract(abstract, `a${first + i}`, session.compact));
}

function put_index(title, index, columns) {
  const compare = new Intl.Collator(book.lang).compare;
  put(`\\indexhead{${title}}\\begin{multicols}{${columns}}\\indexface`);
  for (const { shown, labels } of [...index.values()].sort((a, b) => compare(a.shown, b.shown)))
    put(`\\entry{${piece(shown)}}{${[...labels].map((label) => `\\pageref{${label}}`).join(', ')}}`);
  put('\\end{multicols}');
}

put(readFileSync(new URL('book.tex', import.meta.url), 'utf8'));
put(`\\begin{document}\\frontmatter\\cover{${escaped(book.event.title)}}{${escaped(book.event.network)}}{${
  escaped(book.event.place)}, ${book.event.starts_on} – ${book.event.ends_on}}{${escaped(book.note)}}`);
for (const { title, text, signed, lang } of book.texts) {
  put(`\\indexhead{${escaped(title)}}{\\bodyface`);
  for (const one of text.split('\n\n')) paragraph(tex(one), lang);
  put(`\\hfill ${escaped(signed)}\\par}`);
}
put('\\contents\\mainmatter');
let first = 0;
for (const session of book.sessions) {
  put_session(session, first);
  first += session.abstracts.length;
}
put_index('Authors', indexes.authors, 3);
put_index('Affiliations', indexes.affiliations, 2);
put_index('Keywords', indexes.keywords, 3);
put('\\end{document}');
process.stdout.write(out.join('\n'));
