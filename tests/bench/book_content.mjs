// Prints a book of abstracts as `symposiarch print book` reads it: as many abstracts as asked, about
// 250 words each, in ten scripts; the same for the same number.
//   node tests/bench/book_content.mjs 1000 > book.json
import { EVENT, congress } from './content/congress.mjs';

const SESSION_SIZE = 25;
const N_DAYS = 4;
const ROOMS = ['Great Hall', 'Gallery', 'Orangery', 'Library', 'Rotunda', 'Chapter House', 'Long Room', 'Foyer'];
const THEMES = ['Communication', 'Ethics', 'Education', 'Arts and narrative', 'Systems of care', 'Public health'];

const n_abstracts = Number(process.argv[2]);
if (!Number.isInteger(n_abstracts) || n_abstracts < 1) {
  console.error('usage: node tests/bench/book_content.mjs ABSTRACTS > book.json');
  process.exit(2);
}

const { random, english, speakers, share_of, pick } = congress(7);

// People write more than one abstract: about two for each of them.
const people = new Map(speakers.map((speaker, i) =>
  [speaker, Array.from({ length: Math.max(8, Math.round(2.1 * n_abstracts * share_of(i))) }, speaker.person)]));

const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function authors_by(speaker) {
  const found = new Map();
  for (let n = random.between(1, 7); n > 0; n--) {
    const one = random.pick(people.get(random.chance(0.9) ? speaker : pick()));
    found.set(one.name, { ...one });
  }
  const authors = [...found.values()];
  random.pick(authors).presenting = true;
  return authors;
}

function abstract_of(number, session) {
  const speaker = pick();
  const abstract = {
    code: `${session.compact ? 'P' : 'O'}-${String(number).padStart(4, '0')}`,
    title: speaker.title(),
    lang: speaker.language.lang,
    authors: authors_by(speaker),
    parts: speaker.parts(),
    keywords: [...new Set(Array.from({ length: random.between(3, 6) }, speaker.keyword))],
  };
  if (random.chance(0.2)) abstract.funding = `${english.person().affiliations[0]}, grant ${random.between(1000, 9999)}`;
  if (random.chance(0.3)) abstract.interests = 'None declared';
  if (random.chance(0.5)) abstract.doi = `10.5555/humane.2027.${number}`;
  return abstract;
}

// Four sessions at a time, six times a day; three in ten are posters.
function session_of(index, first, n) {
  const day = Math.floor(index / 10) % N_DAYS, slot = Math.floor((index % 10) / 2);
  const start = 9 * 60 + slot * 105, theme = index % THEMES.length;
  const session = {
    title: english.heading(),
    on: `2027-09-${String(8 + day).padStart(2, '0')}`,
    start: clock(start), end: clock(start + 90),
    room: ROOMS[index % ROOMS.length],
    theme: { letter: 'ABCDEF'[theme], name: THEMES[theme], hue: theme + 1 },
    chairs: [english, pick()].map((speaker) => {
      const { name, lang, affiliations } = speaker.person();
      return { name, lang, affiliation: affiliations[0] };
    }),
    compact: index % 10 >= 7,
  };
  session.abstracts = Array.from({ length: n }, (_, i) => abstract_of(first + i + 1, session));
  if (!session.compact) session.abstracts.forEach((abstract, i) => { abstract.start = clock(start + Math.floor(i * 3.5)); });
  return session;
}

const sessions = [];
for (let first = 0; first < n_abstracts; first += SESSION_SIZE)
  sessions.push(session_of(sessions.length, first, Math.min(SESSION_SIZE, n_abstracts - first)));

const book = {
  lang: 'en-GB',
  event: EVENT,
  note: 'Second edition',
  texts: [{
    title: 'Foreword', lang: 'en-GB', signed: 'The committee',
    text: [90, 120, 70].map((n) => english.passage(n, 0)).join('\n\n'),
  }],
  sessions,
};
process.stdout.write(JSON.stringify(book));
