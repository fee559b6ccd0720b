// Reviewers read what came in, never by whom, say what they would like, and what they can review.
import { test, assert } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startCopy, startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const BIDS = '/empathy/reviews/bids';
const PROFILE = '/empathy/reviews/profile';
const EVER = 'UPDATE call SET bids_open_at = 1, bids_close_at = 1900000000000';

const server = await startServer({ stage: 'call', now: NOW }); // bidding is open in it
const reviewer = await server.signInAs('reviewer');
const chair = await server.signInAs('chair');
const organiser = await server.signInAs('organiser');
const read = async (client = reviewer, query = '') => (await client.get(`${BIDS}${query}`)).expect(200).json;

async function readAll(client) {
  const found = [];
  for (let page = 1; found.length < (await read(client)).n_all; page++) found.push(...(await read(client, `?page=${page}`)).submissions);
  return found;
}
const titles = (list) => list.submissions.map((one) => one.title).sort();
const bidOf = (code, email = 'zsofia@example.org') => server.rows(`SELECT bid FROM bid JOIN submission ON submission.id = bid.submission_id
  JOIN person ON person.id = bid.person_id WHERE submission.code = ${quote(code)} AND person.email = ${quote(email)}`)[0]?.bid;

test('a reviewer reads titles, abstracts and themes of all that was sent, and no author', async () => {
  const sent = server.rows(`SELECT code FROM submission WHERE state = 'submitted' ORDER BY code`).map((row) => row.code);
  const all = await readAll(reviewer);
  assert.ok(sent.length > 20);
  assert.deepEqual(all.map((one) => one.code).sort(), sent);
  for (const one of all) assert.ok(one.title && one.abstract && one.themes.length && one.bid === 'none', JSON.stringify(one));
  const names = server.rows('SELECT DISTINCT name, affiliations, email FROM author WHERE version > 0');
  const pages = [await reviewer.page(BIDS), await reviewer.page(`${BIDS}?page=2`), await reviewer.page(`${BIDS}/${sent[0]}`)];
  for (const { name, affiliations, email } of names) {
    for (const secret of [name, affiliations, email].filter(Boolean)) {
      assert.ok(pages.every((page) => !page.text.includes(secret)), secret);
    }
  }
});

test('nobody has the order of another, and everybody keeps their own', async () => {
  const other = server.client();
  await signIn(other, 'juerg@example.org');
  const [mine, again, others] = [await readAll(reviewer), await readAll(reviewer), await readAll(other)].map((all) => all.map((one) => one.code));
  assert.deepEqual(mine, again);
  assert.notDeepEqual(mine, others);
  assert.deepEqual([...mine].sort(), [...others].sort());
});

test('one save keeps the answers of a page; an answer can be changed and taken back', async () => {
  const [first, second] = (await read()).submissions;
  const form = await reviewer.form(BIDS);
  form.set(`bid.${first.code}`, 'eager').set(`bid.${second.code}`, 'reluctant');
  const saved = (await form.submit('do=next')).expect(303);
  assert.equal(saved.location, `${BIDS}?page=2`);
  assert.deepEqual([bidOf(first.code), bidOf(second.code)], ['eager', 'reluctant']);
  const list = await read();
  assert.equal(list.n_said, 2);
  assert.equal(list.submissions.find((one) => one.code === first.code).bid, 'eager');
  const again = await reviewer.form(BIDS);
  again.set(`bid.${first.code}`, 'willing').set(`bid.${second.code}`, 'none');
  (await again.submit()).expect(303);
  assert.deepEqual([bidOf(first.code), bidOf(second.code)], ['willing', undefined]);
});

test('each has a page of its own, where it is answered too', async () => {
  const { code } = (await read()).submissions[2];
  const form = await reviewer.form(`${BIDS}/${code}`, `${BIDS}/${code}`);
  (await form.set('bid', 'willing').submit()).expect(303);
  assert.equal(bidOf(code), 'willing');
  assert.equal((await reviewer.get(`${BIDS}/${code}`)).expect(200).json.bid, 'willing');
  const refused = (await reviewer.post(`${BIDS}/${code}`, { bid: 'perhaps' })).expect(422);
  assert.match(refused.json.fields.bid, /Choose one of the answers/);
});

test('a strange answer is refused with its field, and nothing of the page is saved', async () => {
  const [a, b] = (await read(reviewer, '?left=1')).submissions;
  const refused = (await reviewer.post(BIDS, { bid: { [a.code]: 'eager', [b.code]: 'never' } })).expect(422);
  assert.match(refused.json.fields[`bid.${b.code}`], /Choose one of the answers/);
  assert.equal(bidOf(a.code), undefined);
});

test('what nobody may bid on is left out without a word, be it hidden or unknown', async () => {
  const [open] = (await read(reviewer, '?left=1')).submissions;
  const draft = server.rows(`SELECT code FROM submission WHERE state = 'draft'`)[0].code;
  const withdrawn = server.rows(`SELECT code FROM submission WHERE state = 'withdrawn'`)[0].code;
  (await reviewer.post(BIDS, { bid: { [draft]: 'eager', [withdrawn]: 'eager', K7QF3M2XG: 'eager', [open.code]: 'eager' } })).expect(200);
  assert.deepEqual([bidOf(draft), bidOf(withdrawn), bidOf(open.code)], [undefined, undefined, 'eager']);
  for (const code of [draft, withdrawn, 'K7QF3M2XG']) (await reviewer.get(`${BIDS}/${code}`)).expect(404);
});

test('the list is searched by words of the text, by theme and by what is left, never by authors', async () => {
  const all = await readAll(reviewer);
  const seated = await read(reviewer, '?q=seated%20round');
  assert.ok(titles(seated).some((title) => /seated round/.test(title)) && seated.n_found < 4);
  const policy = await read(reviewer, '?theme=policy');
  const wanted = all.filter((one) => one.themes.some((theme) => theme.code === 'policy')).map((one) => one.title).sort();
  assert.deepEqual(titles(policy), wanted);
  const left = await read(reviewer, '?left=1');
  assert.equal(left.n_found, left.n_all - left.n_said);
  for (const name of ['lukasz', 'brzozowicz', 'krakow']) assert.equal((await read(reviewer, `?q=${name}`)).n_found, 0);
  const none = await reviewer.page(`${BIDS}?q=zzzz`);
  assert.match(none.text, /Nothing fits this search/);
  (await reviewer.get(`${BIDS}?theme=nowhere`)).expect(200);
  (await reviewer.get(`${BIDS}?page=0`)).expect(422);
});

test('a conflict of interest hides the submission at once and takes the answer along', async () => {
  const { code } = (await read()).submissions[4];
  (await reviewer.post(BIDS, { bid: { [code]: 'eager' } })).expect(200);
  const page = `${BIDS}/${code}`;
  const refused = (await reviewer.post(`${page}/conflict`, { reason: 'author' })).expect(422);
  assert.match(refused.json.fields.reason, /Choose what the conflict is/);
  const form = await reviewer.form(page, `${page}/conflict`);
  (await form.set('reason', 'family').submit()).expect(303);
  (await reviewer.get(page)).expect(404);
  assert.ok(!(await readAll(reviewer)).some((one) => one.code === code));
  assert.equal(bidOf(code), undefined);
  const self = server.rows(`SELECT code FROM person WHERE email = 'zsofia@example.org'`)[0].code;
  const assigned = (await chair.post('/empathy/assignments', { submission: code, reviewer: self }, { page: '/empathy/assignments' })).expect(422);
  assert.match(assigned.json.fields.reviewer, /conflict of interest/);
});

test('a chair without the role of a reviewer has nothing to answer; others have no such page', async () => {
  const list = await read(chair);
  assert.deepEqual([list.n_all, list.submissions], [0, []]);
  (await chair.get(`${BIDS}/${(await read()).submissions[0].code}`)).expect(404);
  (await organiser.get(BIDS)).expect(403);
  (await server.client().get(BIDS)).expect(401);
});

test('a reviewer tells themes and what they can review', async () => {
  const form = await reviewer.form(PROFILE, PROFILE);
  const saved = (await form.fill({ theme: ['teaching', 'policy'], can_review: 'Wards at night.' }).submit()).expect(303);
  assert.equal(saved.location, BIDS);
  const profile = (await reviewer.get(PROFILE)).expect(200).json;
  assert.deepEqual([profile.can_review, profile.themes.map((one) => one.code)], ['Wards at night.', ['teaching', 'policy']]);
  const { load } = (await chair.get('/empathy/assignments')).expect(200).json;
  assert.deepEqual(load.find((one) => /Zsófia/.test(one.name)).themes.map((one) => one.code), ['teaching', 'policy']);
  const refused = (await reviewer.post(PROFILE, { theme: ['cooking'], can_review: '' })).expect(422);
  assert.match(refused.json.fields.theme, /themes of the call/);
  (await reviewer.post(PROFILE, { theme: [], can_review: 'x'.repeat(4001) })).expect(422);
  (await reviewer.post(PROFILE, { theme: [], can_review: '' })).expect(200);
  assert.deepEqual((await reviewer.get(PROFILE)).json.themes, []);
});

test('the organisers set from when and until when, both or neither, in their order', async () => {
  const { call } = (await organiser.get('/empathy/settings')).expect(200).json;
  const values = { ...call, rev: undefined };
  const send = async (dates) => {
    const { rev } = (await organiser.get('/empathy/settings')).json.call;
    return organiser.post('/empathy/call', { ...values, rev, ...dates }, { page: '/empathy/settings' });
  };
  assert.match((await send({ bids_open_at: null })).expect(422).json.fields.bids_open_at, /from when/);
  assert.match((await send({ bids_close_at: null })).expect(422).json.fields.bids_close_at, /until when/);
  assert.match((await send({ bids_open_at: call.bids_close_at, bids_close_at: call.bids_open_at })).expect(422).json.fields.bids_close_at,
    /end after it begins/);
  (await send({ bids_open_at: null, bids_close_at: null })).expect(200);
  assert.equal((await read()).bidding.is_open, false);
  (await send({})).expect(200);
  assert.equal((await read()).bidding.is_open, true);
});

// ---- copies of the stopped server, each with something changed ----

// The code of an open submission, once the server has stopped.
let stopping;
const stopServer = () => stopping ??= (async () => {
  const [{ code }] = (await read()).submissions;
  await server.stop();
  return code;
})();

test('their own work is not among what reviewers answer', async () => {
  const own = await stopServer();
  const copy = await startCopy(server, `UPDATE author SET person_id = (SELECT id FROM person WHERE email = 'zsofia@example.org')
    WHERE position = 0 AND submission_id = (SELECT id FROM submission WHERE code = ${quote(own)})`);
  const client = reviewer.at(copy);
  assert.ok(!(await readAll(client)).some((one) => one.code === own));
  (await client.get(`${BIDS}/${own}`)).expect(404);
  await copy.stop();
});

test('before and after bidding there is nothing to see and nothing to save', async () => {
  const code = await stopServer();
  for (const [sql, says] of [
    ['UPDATE call SET bids_open_at = 1890000000000, bids_close_at = 1900000000000', /It opens on/],
    ['UPDATE call SET bids_open_at = 1, bids_close_at = 2', /Bidding is over/],
    ['UPDATE call SET bids_open_at = NULL, bids_close_at = NULL', /have set no dates/]]) {
    const copy = await startCopy(server, sql);
    const client = reviewer.at(copy);
    const list = await read(client);
    assert.deepEqual([list.n_all, list.submissions, list.bidding.is_open], [0, [], false]);
    assert.match((await client.page(BIDS)).text, says);
    (await client.get(`${BIDS}/${code}`)).expect(404);
    const refused = (await client.post(BIDS, { bid: { [code]: 'eager' } })).expect(409);
    assert.match(refused.json.detail, /Bidding is not open/);
    await copy.stop();
  }
});

test('a list of any length costs the same number of statements', async () => {
  await stopServer();
  const copy = await startCopy(server, EVER);
  const client = reviewer.at(copy);
  await client.get(BIDS);
  await client.get(`${BIDS}?q=seated`);
  await client.get('/healthz');
  const counts = [...copy.log.matchAll(/method=GET route=\/:event\/reviews\/bids status=200 ms=\d+ statements=(\d+)/g)].map((found) => Number(found[1]));
  assert.equal(counts.length, 2);
  assert.equal(counts[0], counts[1]);
  await copy.stop();
});
