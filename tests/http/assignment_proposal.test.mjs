// A chair asks for an assignment, compares, accepts a part of it, and takes it back.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const HOME = '/empathy/assignments';
const QUESTION = { method: 'best', max_load: 30, min_load: 0, keeps: true };
const server = await startServer({ stage: 'review', now: NOW });
let chair = await server.signInAs('chair');
const board = async (client = chair) => (await client.get(HOME)).expect(200).json;

const settled = (client, location) => until(async () => (await client.get(location)).expect(200).json.proposal,
  ({ state }) => !['waiting', 'running'].includes(state));

async function ask(question = {}, client = chair) {
  const asked = (await client.post(`${HOME}/proposals`, { ...QUESTION, ...question }, { page: HOME })).expect(201);
  return { location: asked.location, proposal: await settled(client, asked.location) };
}

const pairsOf = ({ submissions }) => new Set(submissions.flatMap((one) => one.reviewers
  .filter((who) => who.state !== 'declined').map((who) => `${one.code} ${who.name}`)));

test('what is asked for is checked, field by field', async () => {
  const refused = async (question) => (await chair.post(`${HOME}/proposals`, { ...QUESTION, ...question }, { page: HOME })).expect(422).json.fields;
  assert.match((await refused({ method: 'magic' })).method, /Choose/);
  assert.match((await refused({ min_load: 31 })).min_load, /more than the most/);
  assert.ok((await refused({ max_load: 0 })).max_load);
  const page = (await chair.page(`${HOME}/proposals`)).expect(200);
  assert.match(page.text, /Propose an assignment/);
});

test('every submission gets its reviewers, nobody in conflict, and the best is proved', async () => {
  const { proposal } = await ask();
  assert.equal(proposal.state, 'done');
  assert.equal(proposal.is_certified, true);
  assert.equal(proposal.proposed.total, proposal.total_bound);
  assert.equal(proposal.proposed.n_short, 0);
  const { n_wanted } = await board();
  const barred = new Set(server.rows(`SELECT submission.code AS work, person.code AS who FROM conflict
    JOIN submission ON submission.id = conflict.submission_id JOIN person ON person.id = conflict.person_id
    UNION SELECT submission.code AS work, person.code AS who FROM author JOIN submission ON submission.id = author.submission_id
    JOIN person ON person.id = author.person_id`).map(({ work, who }) => `${work} ${who}`));
  const begun = server.rows(`SELECT submission.code AS work, person.code AS who FROM review
    JOIN submission ON submission.id = review.submission_id JOIN person ON person.id = review.person_id`);
  const all = [...proposal.changed, ...proposal.unchanged];
  for (const work of all) {
    const readers = [...work.added, ...work.stays];
    assert.ok(readers.length >= n_wanted, `${work.title} has ${readers.length}`);
    for (const { code } of readers) assert.ok(!barred.has(`${work.code} ${code}`), `${work.title} is read in conflict`);
    assert.ok(work.added.every(({ rank, loss }) => rank > 0 && loss >= 0));
  }
  for (const { work, who } of begun) {
    const row = all.find((one) => one.code === work);
    assert.ok(!row || row.stays.some(({ code }) => code === who), 'a review that was begun stays');
  }
});

test('a part is accepted, the board shows it, and it is undone as it was', async () => {
  const before = pairsOf(await board());
  const { location, proposal } = await ask({ keeps: false });
  assert.ok(proposal.changed.length > 1, 'there is something to change');
  const [first, second] = proposal.changed;
  (await chair.post(`${location}/accept`, { submission: [] }, { page: location })).expect(422);
  (await chair.post(`${location}/accept`, { submission: [first.code] }, { page: location })).expect(200);
  const after = await board();
  const now = (code) => after.submissions.find((one) => one.code === code).reviewers
    .filter(({ state }) => state !== 'declined').map(({ name }) => name).sort();
  assert.deepEqual(now(first.code), [...first.added, ...first.stays].map(({ name }) => name).sort());
  assert.deepEqual(now(second.code), [...second.removed, ...second.stays].map(({ name }) => name).sort());
  (await chair.post(`${location}/accept`, { submission: [second.code] }, { page: location })).expect(409);
  (await chair.post(`${location}/undo`, {}, { page: location })).expect(200);
  assert.deepEqual(pairsOf(await board()), before);
  (await chair.post(`${location}/undo`, {}, { page: location })).expect(409);
});

async function inConflict(work, who) {
  await server.change(`INSERT INTO conflict (event_id, submission_id, person_id, reason, declared_at, declared_by_id)
  SELECT submission.event_id, submission.id, person.id, 'colleague', 1809172800000, person.id FROM submission, person
  WHERE submission.code = ${quote(work)} AND person.code = ${quote(who)}`);
  chair = await server.signInAs('chair');
}

test('whoever is in conflict since is not proposed again, however well they fit', async () => {
  const { proposal } = await ask({ keeps: false });
  const work = proposal.changed.find(({ added }) => added.length);
  const [best] = work.added;
  await inConflict(work.code, best.code);
  const { proposal: again } = await ask({ keeps: false });
  const row = [...again.changed, ...again.unchanged].find(({ code }) => code === work.code);
  assert.ok(![...row.added, ...row.stays].some(({ code }) => code === best.code));
  assert.ok(row.added.length + row.stays.length >= (await board()).n_wanted);
});

test('an undo puts back what still may be, and leaves out who is in conflict since', async () => {
  const before = pairsOf(await board());
  const { location, proposal } = await ask({ keeps: false });
  const leaves = proposal.changed.filter(({ removed }) => removed.length);
  assert.ok(leaves.length > 1);
  (await chair.post(`${location}/accept`, { submission: leaves.map(({ code }) => code) }, { page: location })).expect(200);
  const [gone] = leaves[0].removed;
  await inConflict(leaves[0].code, gone.code);
  (await chair.post(`${location}/undo`, {}, { page: location })).expect(200);
  before.delete(`${leaves[0].code} ${gone.name}`);
  assert.deepEqual(pairsOf(await board()), before);
});

test('a proposal that no longer may be is refused as a whole, with the work it is about', async () => {
  const before = pairsOf(await board());
  const { location, proposal } = await ask({ keeps: false });
  const codes = proposal.changed.map(({ code }) => code);
  const work = proposal.changed.findLast(({ added }) => added.length);
  await inConflict(work.code, work.added[0].code);
  const { json } = (await chair.post(`${location}/accept`, { submission: codes }, { page: location })).expect(409);
  assert.ok(json.detail.includes(work.title) && /conflict of interest/.test(json.detail), json.detail);
  assert.deepEqual(pairsOf(await board()), before);
});

test('a proposal of another kind is none here', async () => {
  const { location } = (await chair.post('/empathy/programme/edit/proposals', { seconds: 2 }, { page: '/empathy/programme/edit' })).expect(201);
  (await chair.get(`${HOME}/proposals/${location.split('/').pop()}`)).expect(404);
});

test('rules that clash are named with the works and people they are about', async () => {
  const { proposal } = await ask({ max_load: 1, keeps: false });
  assert.equal(proposal.state, 'failed');
  assert.match(proposal.message, /cannot all be kept/);
  assert.match(proposal.message, /\d+ submissions want their reviewers/);
  assert.match(proposal.message, /reviewers may have no more than they may/);
});

test('after a decline only what has to change does', async () => {
  const { location, proposal } = await ask({ keeps: true, max_load: 12 });
  const codes = proposal.changed.map(({ code }) => code);
  if (codes.length) (await chair.post(`${location}/accept`, { submission: codes }, { page: location })).expect(200);
  const [pair] = server.rows(`SELECT assignment.code AS code, person.code AS who, submission.code AS work FROM assignment
    JOIN submission ON submission.id = assignment.submission_id JOIN person ON person.id = assignment.person_id
    WHERE declined_at IS NULL AND submission.state = 'submitted' AND NOT EXISTS (SELECT 1 FROM review
      WHERE review.submission_id = assignment.submission_id AND review.person_id = assignment.person_id) LIMIT 1`);
  (await chair.post(`${HOME}/${pair.code}/remove`, {}, { page: HOME })).expect(200);
  const { proposal: repair } = await ask({ method: 'repair', keeps: false, max_load: 12 });
  assert.equal(repair.n_removed, 0);
  assert.equal(repair.n_added, 1);
  assert.deepEqual(repair.changed.map(({ code }) => code), [pair.work]);
});

test('the fairest serves the worst no worse than the best does', async () => {
  const { proposal: best } = await ask({ keeps: false });
  const { proposal: fair } = await ask({ method: 'fair', keeps: false });
  assert.ok(fair.proposed.min_submission >= best.proposed.min_submission);
  assert.ok(fair.proposed.total <= best.proposed.total);
  assert.ok(fair.min_submission_bound >= fair.proposed.min_submission);
});

test('a proposal is its asker\'s alone, and knows nothing of a chair\'s own work', async () => {
  const second = server.client();
  await signIn(second, 'tonu@example.org');
  const { location, proposal } = await ask({}, second);
  (await chair.get(location)).expect(404);
  (await chair.post(`${location}/undo`)).expect(404);
  const [own] = server.rows(`SELECT submission.code FROM submission_version JOIN submission
    ON submission.id = submission_version.submission_id WHERE title LIKE ${quote('Permission to sit down%')}`);
  assert.equal(proposal.state, 'done');
  assert.ok(!JSON.stringify(proposal).includes(own.code));
  assert.ok(!server.rows(`SELECT result FROM proposal WHERE code = ${quote(proposal.code)}`)[0].result.includes(own.code));
});

test('the page works without a script: it is looked at again, and says how it stands', async () => {
  const { location } = await ask();
  const page = (await chair.page(location)).expect(200);
  assert.match(page.text, /Fit of all reviews together/);
  assert.match(page.text, /Proved: no assignment/);
});
