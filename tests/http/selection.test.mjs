// From assignment to the released decision, and who learns what of it on the way.
import { test, assert } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const SCORES = { relevance: 4, rigour: 3, originality: 5, clarity: 4 };
const REVIEW = { score: SCORES, to_authors: 'Say what surprised you.', to_chairs: 'Between us: a poster.' };
const server = await startServer({ stage: 'review', now: NOW });
const chair = await server.signInAs('chair');
const reviewer = await server.signInAs('reviewer');
const titleOf = (n) => server.rows(`SELECT title FROM submission_version WHERE title LIKE ${quote(n)}`)[0].title;
const board = async () => (await chair.get('/empathy/assignments')).expect(200).json;
const queue = async (client = reviewer) => (await client.get('/empathy/reviews')).expect(200).json.reviews;
const open = async () => (await queue()).find((one) => one.state === 'open');
const toReview = (code) => `/empathy/submissions/${code}/review`;

test('a chair assigns and takes back; an author or a conflicted person can never be assigned', async () => {
  const { submissions, load } = await board();
  const short = submissions.find((one) => one.reviewers.length < load.length - 1);
  const free = load.find((one) => !short.reviewers.some((has) => has.name === one.name));
  (await chair.post('/empathy/assignments', { submission: short.code, reviewer: free.code }, { page: '/empathy/assignments' })).expect(201);
  (await chair.post('/empathy/assignments', { submission: short.code, reviewer: free.code })).expect(409);
  const now = (await board()).submissions.find((one) => one.code === short.code);
  const added = now.reviewers.find((one) => one.name === free.name);
  (await chair.post(`/empathy/assignments/${added.code}/remove`)).expect(200);
  const [conflict] = server.rows(`SELECT submission.code AS submission, person.code AS person FROM conflict
    JOIN submission ON submission.id = conflict.submission_id JOIN person ON person.id = conflict.person_id`);
  const refused = (await chair.post('/empathy/assignments', { submission: conflict.submission, reviewer: conflict.person })).expect(422);
  assert.match(refused.json.fields.reviewer, /conflict of interest/);
  const author = server.rows(`SELECT person.code FROM author JOIN person ON person.id = author.person_id
    WHERE author.version > 0 LIMIT 1`)[0].code;
  (await chair.post('/empathy/assignments', { submission: short.code, reviewer: author })).expect(422);
});

test('a review is saved as a draft, then submitted; the next one is offered', async () => {
  const { code } = await open();
  const form = await reviewer.form(toReview(code), toReview(code));
  form.set('score.relevance', '4').set('to_chairs', REVIEW.to_chairs);
  (await form.submit('do=save')).expect(303);
  const again = await reviewer.form(toReview(code), toReview(code));
  assert.equal(again.get('score.relevance'), '4');
  assert.equal(again.get('to_chairs'), REVIEW.to_chairs);
  const incomplete = (await again.submit('do=submit')).expect(422);
  assert.match(incomplete.one('.summary').text, /Score Rigour/);
  assert.match(incomplete.one('.summary').text, /sentences to the authors/);
  const full = reviewer.formOf(incomplete, toReview(code));
  for (const [name, score] of Object.entries(SCORES)) full.set(`score.${name}`, String(score));
  const done = (await full.set('to_authors', REVIEW.to_authors).submit('do=submit')).expect(303);
  assert.match(done.location, /\/review$/);
  assert.notEqual(done.location, toReview(code));
  assert.equal((await queue()).find((one) => one.code === code).state, 'submitted');
});

test('a program reads the rubric and its own draft, and sends it back', async () => {
  const { code } = await open();
  const page = toReview(code);
  (await reviewer.post(page, { score: { rigour: 2 }, to_chairs: REVIEW.to_chairs, rev: 0, do: 'save' }, { page })).expect(200);
  const { criteria, score, to_authors, to_chairs, state, rev } = (await reviewer.get(page)).expect(200).json;
  assert.deepEqual([score, to_authors, to_chairs, state, rev], [{ rigour: 2 }, '', REVIEW.to_chairs, 'draft', 1]);
  assert.deepEqual(criteria.map((one) => [one.code, one.anchors.length]), Object.keys(SCORES).map((name) => [name, 5]));
  assert.ok(criteria.every(({ weight, anchors }) => weight > 0 && anchors.every(({ score: n, text }, i) => n === i + 1 && text)));
  (await reviewer.post(page, { score: { ...score, clarity: 5 }, to_authors, to_chairs, rev, do: 'save' })).expect(200);
  assert.deepEqual((await reviewer.get(page)).json.score, { rigour: 2, clarity: 5 });
});

test('bad scores are refused with their name', async () => {
  const { code } = await open();
  const wrong = (await reviewer.post(toReview(code), { ...REVIEW, score: { ...SCORES, rigour: 6 }, rev: 0 }, { page: toReview(code) })).expect(422);
  assert.ok(wrong.json.fields['score.rigour']);
  const unknown = (await reviewer.post(toReview(code), { ...REVIEW, score: { beauty: 5 }, rev: 0 })).expect(422);
  assert.ok(unknown.json.fields['score.beauty']);
});

test('reviewers see no author, before their own review no other, and nothing after a conflict', async () => {
  const { code } = await open();
  const names = server.rows(`SELECT author.name, author.affiliations, author.email FROM author JOIN submission
    ON submission.id = author.submission_id WHERE submission.code = ${quote(code)}`);
  const answers = [await reviewer.page(toReview(code)), await reviewer.get(toReview(code)),
    await reviewer.page(`/empathy/submissions/${code}`), await reviewer.get(`/empathy/submissions/${code}`)];
  for (const answer of answers) {
    for (const { name, affiliations, email } of names) {
      for (const secret of [name, affiliations, email]) assert.ok(!answer.text.includes(secret), `${answer.name} tells ${secret}`);
    }
    assert.ok(!answer.text.includes('Review 1'));
  }
  (await reviewer.post(`${toReview(code)}/conflict`, { reason: 'colleague' }, { page: toReview(code) })).expect(200);
  (await reviewer.get(toReview(code))).expect(404);
  (await reviewer.get(`/empathy/submissions/${code}`)).expect(404);
  assert.ok(!(await queue()).some((one) => one.code === code));
});

test('a chair who is an author is only an author of that work, in every list and count', async () => {
  const second = server.client();
  await signIn(second, 'tonu@example.org');
  const own = titleOf('Permission to sit down%');
  const listed = (await second.get('/empathy/submissions')).json;
  const { code } = listed.submissions.find((one) => one.title === own);
  assert.ok(!listed.selection.some((one) => one.code === code));
  for (const path of ['/empathy/assignments', '/empathy/decisions']) {
    const text = (await second.get(path)).expect(200).text;
    assert.ok(!text.includes(code) && !text.includes(own), `${path} knows of it`);
  }
  const mine = (await second.get(`/empathy/submissions/${code}`)).json.submission;
  assert.equal(mine.is_own, true);
  (await second.get(`/empathy/submissions/${code}/decision`)).expect(404);
  const all = (await chair.get('/empathy/decisions')).json.n;
  assert.equal((await second.get('/empathy/decisions')).json.n, all - 1);
  const [reviewerOfIt] = server.rows(`SELECT person.code FROM assignment JOIN submission ON submission.id = assignment.submission_id
    JOIN person ON person.id = assignment.person_id WHERE submission.code = ${quote(code)} AND declined_at IS NULL`);
  const load = async (client) => (await client.get('/empathy/assignments')).json.load.find((one) => one.code === reviewerOfIt.code);
  assert.equal((await load(second)).n_assigned, (await load(chair)).n_assigned - 1);
});

test('decisions are staged unseen, proof-read, released at once, and answered', async () => {
  const author = await server.signInAs('author');
  const { submissions } = (await chair.get('/empathy/decisions')).json;
  const own = (await author.get('/empathy/submissions')).json.submissions.find((one) => one.state === 'submitted');
  const before = [(await author.page('/empathy/submissions')).text, (await author.get(`/empathy/submissions/${own.code}`)).text];
  const codes = submissions.map((one) => one.code);
  (await chair.post('/empathy/decisions', { submission: codes, do: 'talk' }, { page: '/empathy/decisions' })).expect(200);
  const reject = codes.find((code) => code !== own.code);
  const one = await chair.form(`/empathy/submissions/${reject}/decision`, `/empathy/submissions/${reject}/decision`);
  (await one.fill({ outcome: 'reject', note: 'There was so much this time.' }).submit()).expect(303);
  assert.equal((await author.page('/empathy/submissions')).text.replace(/value="[^"]+"/g, ''), before[0].replace(/value="[^"]+"/g, ''));
  assert.equal((await author.get(`/empathy/submissions/${own.code}`)).text, before[1]);
  (await author.get(`/empathy/submissions/${own.code}/decision`)).expect(404);
  (await author.post(`/empathy/submissions/${own.code}/confirm`, { answer: 'yes' }, { page: '/account' })).expect(409);

  const letters = (await chair.get('/empathy/decisions/letters')).json;
  assert.equal(letters.n, codes.length);
  (await chair.post('/empathy/decisions/release', { expected: letters.n - 1 })).expect(409);
  const mails = () => Number(server.rows(`SELECT count(*) AS n FROM outbox WHERE template LIKE 'decision_%'`)[0].n);
  assert.equal(mails(), 0);
  const form = await chair.form('/empathy/decisions/letters', '/empathy/decisions/release');
  (await form.submit()).expect(303);
  assert.ok(mails() >= codes.length);
  (await chair.post('/empathy/decisions/release', { expected: letters.n })).expect(409);
  (await chair.post(`/empathy/submissions/${own.code}/decision`, { outcome: 'reject', rev: 2 })).expect(409);

  const told = (await author.get(`/empathy/submissions/${own.code}/decision`)).expect(200).json;
  assert.equal(told.decision.outcome, 'talk');
  assert.ok(!JSON.stringify(told).includes('to_chairs'));
  (await author.post(`/empathy/submissions/${own.code}/confirm`, { answer: 'yes' }, { page: '/account' })).expect(200);
  assert.equal((await author.get(`/empathy/submissions/${own.code}/decision`)).json.confirmation, 'yes');
});
