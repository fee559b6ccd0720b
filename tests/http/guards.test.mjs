// Rules that the matrix of permissions does not tell: what an answer says, and what it leaves alone.
import { test, assert } from '../lib/test.mjs';
import { makeCast } from '../lib/cast.mjs';
import { quote } from '../lib/database.mjs';
import { startCopy } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const cast = await makeCast({ stage: 'review', now: NOW });
const { works, codes } = cast;
const server = await startCopy(cast.server);
const as = (role) => cast.people[role].at(server);

test('nobody ends a browser or revokes a token of somebody else, nor is told that they did', async () => {
  for (const path of [`/account/browsers/${codes.browser}/end`, `/account/tokens/${codes.token}/revoke`]) {
    (await as('unassigned').post(path)).expect(404);
  }
  (await as('author').get('/account')).expect(200);
  (await as('author_token').get('/account')).expect(200);
});

test('a program that was given a token can neither make itself another nor take the account', async () => {
  const program = as('author_token');
  (await program.post('/account/tokens', { name: 'mine', days: 366 })).expect(403);
  (await program.post(`/account/tokens/${codes.token}/revoke`)).expect(403);
  (await program.post('/account/password', { password: 'correct horse battery staple' })).expect(403);
  (await program.post(`/account/browsers/${codes.browser}/end`)).expect(403);
  (await as('author').get('/account')).expect(200);
});

test('what was withdrawn takes no decision', async () => {
  const path = `/empathy/submissions/${works.withdrawn}/decision`;
  (await as('chair').post(path, { outcome: 'talk', rev: 0 })).expect(409);
  (await as('chair').post('/empathy/decisions', { submission: [works.withdrawn], do: 'talk' })).expect(409);
  assert.deepEqual(server.rows('SELECT code FROM decision'), []);
});

test('an organiser who reviews a work finds its authors in no list and by no search', async () => {
  const [{ name, affiliations }] = server.rows(`SELECT author.name, affiliations FROM author JOIN submission
    ON submission.id = author.submission_id WHERE submission.code = ${quote(works.work)}
    AND author.version = submission.version AND position = 0`);
  const person = as('organiser_reviewer');
  const rowOf = async (query) => (await person.get(`/empathy/submissions${query}`)).expect(200).json
    .selection.find((row) => row.code === works.work);
  const listed = await rowOf('');
  assert.ok(listed, 'the text itself is the organiser\'s to see');
  assert.ok(!JSON.stringify(listed).includes(name), `the list tells ${name}`);
  for (const word of [...name.split(' '), ...affiliations.split(/[ ,]+/)]) {
    const found = await rowOf(`?q=${encodeURIComponent(word)}`);
    const isInText = (await person.get(`/empathy/submissions/${works.work}`)).text.toLowerCase().includes(word.toLowerCase());
    assert.ok(!found || isInText, `the search for ${word} finds the work`);
  }
  assert.ok(await rowOf('?q=seated'), 'words of the title are found');
  const others = (await as('organiser').get('/empathy/submissions')).json.selection;
  assert.ok(others.find((row) => row.code === works.work).first_author, 'other organisers are told');
});

test('letters carry every word of every review, however long', async () => {
  const world = await startCopy(cast.server, [
    `UPDATE review SET to_authors = ${quote('長い'.repeat(5000))} || to_authors`,
  ]);
  const chair = cast.people.chair.at(world);
  const written = world.rows(`SELECT review.to_authors FROM review JOIN submission ON submission.id = review.submission_id
    WHERE submission.code = ${quote(works.work)} AND review.state = 'submitted'`);
  assert.ok(written.length >= 2);
  (await chair.post(`/empathy/submissions/${works.work}/decision`, { outcome: 'talk', rev: 0 })).expect(200);
  (await chair.post('/empathy/decisions/release', { expected: 1 })).expect(200);
  const mails = world.rows(`SELECT model FROM outbox WHERE template = 'decision_talk'`);
  assert.ok(mails.length);
  for (const { model } of mails) {
    const { comments } = JSON.parse(model);
    for (const { to_authors } of written) assert.ok(comments.includes(to_authors), 'a review is cut short');
  }
});
