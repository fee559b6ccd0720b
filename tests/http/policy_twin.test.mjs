// The policy stands twice, in C and in SQL. Whatever a list names can be opened, and whatever can be
// opened is in a list: for every person and every work of the demo, and of a world made to be awkward.
import { test, assert } from '../lib/test.mjs';
import crypto from 'node:crypto';
import { quote } from '../lib/database.mjs';
import { startCopy, startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const EXPIRES_AT = new Date('2028-01-01T00:00:00Z').getTime();
const tokenOf = (email) => crypto.createHash('md5').update(email).digest('hex').slice(0, 25) + '0';

// A token for everybody, as /account/tokens would make it.
function tokenRows(server) {
  return server.rows(`SELECT email FROM person WHERE account_id IS NOT NULL ORDER BY email`).map(({ email }) => {
    const hash = crypto.createHash('sha256').update(tokenOf(email)).digest('hex');
    return `INSERT INTO access_token (token_hash, account_id, code, name, created_at, expires_at)
      SELECT ${quote(hash)}, account_id, code, 'twin', 0, ${EXPIRES_AT} FROM person WHERE email = ${quote(email)}`;
  });
}

// Relations that the demo itself does not have.
const AWKWARD = [
  // The first chair is in conflict with a work; an organiser reviews three, one of them declined.
  `INSERT INTO conflict SELECT submission.event_id, submission.id, person.id, 'family', 1, person.id FROM submission, person
     WHERE person.email = 'siobhan@example.org' AND submission.code = (SELECT max(code) FROM submission WHERE state = 'submitted')`,
  `INSERT INTO role_grant SELECT event_id, id, 'reviewer', 1, id FROM person WHERE email = 'catrin@example.org'`,
  `INSERT INTO assignment (event_id, id, code, submission_id, person_id, label, assigned_at, assigned_by_id, declined_at)
     SELECT submission.event_id, submission.id + 7, 'T' || substr(submission.code, 2), submission.id, person.id, 9, 1, person.id,
       CASE WHEN submission.code = (SELECT min(code) FROM submission WHERE state = 'submitted') THEN 5 END
     FROM submission, person WHERE person.email = 'catrin@example.org'
       AND submission.state <> 'draft' AND submission.code < (SELECT max(code) FROM submission WHERE state = 'submitted')`,
  // A reviewer of a work becomes one of its authors; another one loses the role.
  `UPDATE author SET person_id = (SELECT id FROM person WHERE email = 'zsofia@example.org')
     WHERE position = 1 AND submission_id IN (SELECT submission_id FROM assignment JOIN person ON person.id = assignment.person_id
       WHERE person.email = 'zsofia@example.org')`,
  // Somebody was an author of an older version only.
  `UPDATE submission SET version = 2 WHERE code = (SELECT max(code) FROM submission WHERE state = 'submitted')`,
  `INSERT INTO submission_version (event_id, submission_id, version, type_id, title, sort_key, abstract, keywords, note, n_words, saved_at)
     SELECT event_id, submission_id, 2, type_id, title, sort_key, abstract, keywords, note, n_words, saved_at FROM submission_version
     WHERE version = 1 AND submission_id = (SELECT id FROM submission WHERE version = 2)`,
  `DELETE FROM author WHERE version = 0 AND position > 0 AND submission_id = (SELECT id FROM submission WHERE version = 2)`,
];

const listed = (rows) => (rows ?? []).map((row) => row.code);

// What the lists name to a person; a list that is not theirs names nothing.
async function listsOf(client) {
  const own = (await client.get('/empathy/submissions')).expect(200).json;
  const reviews = await client.get('/empathy/reviews');
  return new Set([...listed(own.submissions), ...listed(own.selection),
    ...(reviews.status === 200 ? listed(reviews.json.reviews) : [])]);
}

// The works that everybody may read, by the rows of a published programme.
const publicWorks = (server) => listed(server.rows(`SELECT submission.code FROM submission
  JOIN published_work ON published_work.submission_id = submission.id
  JOIN decision ON decision.submission_id = submission.id AND released_at IS NOT NULL
  WHERE outcome NOT IN ('reject', 'waitlist')`));

// What may be bid on, from all pages of the list; null for whoever has no such list.
async function biddableTo(client) {
  const codes = [];
  for (let page = 1; ; page++) {
    const answer = await client.get(`/empathy/reviews/bids?page=${page}`);
    if (answer.status !== 200) return null;
    const found = listed(answer.json.submissions);
    if (!found.length) return new Set(codes);
    codes.push(...found);
  }
}

// Where the page of a work and the list of those to bid on differ. Without the list there is no page.
async function bidDifferences(client, works) {
  const inBids = await biddableTo(client);
  const differences = [];
  for (const { code } of inBids ? works : works.slice(0, 1)) {
    const { status } = await client.get(`/empathy/reviews/bids/${code}`);
    const expected = !inBids ? 403 : inBids.has(code) ? 200 : 404;
    if (status !== expected) differences.push(`${code} to bid on: ${status} instead of ${expected}`);
  }
  return { differences, n: inBids?.size ?? 0 };
}

async function compareAll(stage, sql, isBidding = false) {
  const original = await startServer({ stage, now: NOW });
  const tokens = tokenRows(original);
  await original.stop();
  const server = await startCopy(original, [...tokens, ...sql].join(';\n'));
  const works = server.rows('SELECT code FROM submission ORDER BY code');
  const published = publicWorks(server);
  const people = server.rows('SELECT email FROM person WHERE account_id IS NOT NULL ORDER BY email');
  assert.ok(works.length > 20 && people.length > 30);
  const differences = [];
  let n_seen = 0, n_biddable = 0;
  for (const { email } of people) {
    const client = server.client({ token: tokenOf(email) });
    const inLists = await listsOf(client);
    const bids = await bidDifferences(client, works);
    differences.push(...bids.differences.map((one) => `${email} ${one}`));
    n_biddable += bids.n;
    for (const { code } of works) {
      const { status } = await client.get(`/empathy/submissions/${code}`);
      const isListed = inLists.has(code) || published.includes(code);
      n_seen += isListed;
      if (status !== (isListed ? 200 : 404)) differences.push(`${email} ${code}: ${isListed ? 'in a list' : 'in no list'}, ${status}`);
    }
  }
  assert.deepEqual(differences, []);
  assert.ok(n_seen > works.length * 2);
  assert.equal(n_biddable > works.length * 2, isBidding);
  const stranger = server.client();
  for (const { code } of works) {
    (await stranger.get(`/empathy/submissions/${code}`)).expect(published.includes(code) ? 200 : 404);
  }
}

for (const stage of ['call', 'review', 'programme', 'live']) {
  test(`at the stage ${stage} lists and pages agree on who may see what`, () => compareAll(stage, [], stage === 'call'));
}

test('they agree when people stand to a work in two ways', () => compareAll('review', AWKWARD));

const BIDDING = 'UPDATE call SET bids_open_at = 1, bids_close_at = 1900000000000';
test('and when they may bid besides', () => compareAll('review', [...AWKWARD, BIDDING], true));
