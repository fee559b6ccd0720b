// Prints badges as `symposiarch print badge` reads them: as many as asked; the same for the same number.
//   node tests/bench/badge_content.mjs 1000 > badges.json
import { EVENT, congress } from './content/congress.mjs';

const ROLES = ['Attendee', 'Speaker', 'Plenary speaker', 'Facilitator', 'Debater', 'Reviewer', 'Chair'];
const PRONOUNS = ['she/her', 'he/him', 'they/them'];
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const n_badges = Number(process.argv[2]);
if (!Number.isInteger(n_badges) || n_badges < 1) {
  console.error('usage: node tests/bench/badge_content.mjs BADGES > badges.json');
  process.exit(2);
}

const { random, pick } = congress(11);
const letters = (n) => Array.from({ length: n }, () => LETTERS[random.below(32)]).join('');

const badges = Array.from({ length: n_badges }, () => {
  const { name, lang, affiliations } = pick().person();
  const role_number = random.chance(0.6) ? 0 : random.between(1, 6);
  const badge = {
    name, lang, affiliation: affiliations[0], role: ROLES[role_number], role_number,
    qr: `https://symposium.example/t/${letters(26).toLowerCase()}`, code: `${letters(4)}-${letters(5)}`,
  };
  if (random.chance(0.4)) badge.pronouns = random.pick(PRONOUNS);
  return badge;
});
process.stdout.write(JSON.stringify({ lang: 'en-GB', event: EVENT, badges }));
