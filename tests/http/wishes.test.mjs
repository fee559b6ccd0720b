// Wishes for masterclasses from the first one to the last seat: ranked, closed, worked out, given,
// explained, published, taken back, moved; by form and by JSON.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const CLOSED = '2027-05-07T08:00:00Z';
const HOME = '/empathy/masterclasses';
const WISHES = `${HOME}/wishes`;
const SEATS = `${HOME}/allocation`;

const server = await startServer({ stage: 'wishes', now: NOW, attendees: 4 });
const { tokens } = server.crowd();
const people = tokens.map((token) => server.client({ token }));
const organiser = await server.signInAs('organiser');
const codes = server.rows(`SELECT code FROM masterclass WHERE title <> '' ORDER BY position, id`).map(({ code }) => code);

const place = (client, masterclass, rank, options) => client.post(WISHES, { masterclass, rank }, options);
const ranking = async (client) => (await client.get(WISHES)).expect(200).json.wishes.map(({ code }) => code);
const count = (sql) => Number(server.rows(`SELECT count(*) AS n FROM ${sql}`)[0].n);
const seating = () => server.rows('SELECT * FROM event')[0];

async function workOut(body) {
  const { location } = (await organiser.post(`${SEATS}/proposals`, body, { page: SEATS })).expect(201);
  return until(async () => (await organiser.get(location)).expect(200).json, ({ proposal }) => !['waiting', 'running'].includes(proposal.state));
}

test('people who are registered rank masterclasses, and every press is kept', async () => {
  const [person] = people;
  assert.deepEqual(await ranking(person), []);
  for (const [i, code] of codes.slice(0, 3).entries()) (await place(person, code, i + 1)).expect(200);
  assert.deepEqual(await ranking(person), codes.slice(0, 3));
  (await place(person, codes[2], 1)).expect(200);
  assert.deepEqual(await ranking(person), [codes[2], codes[0], codes[1]]);
  (await place(person, codes[2], 1)).expect(200);
  assert.deepEqual(await ranking(person), [codes[2], codes[0], codes[1]], 'said twice it changes nothing more');
  (await place(person, codes[2], 3)).expect(200);
  assert.deepEqual(await ranking(person), [codes[0], codes[1], codes[2]]);
  (await place(person, codes[1], 0)).expect(200);
  assert.deepEqual(await ranking(person), [codes[0], codes[2]]);
  (await place(person, codes[3], 40)).expect(200);
  assert.deepEqual(await ranking(person), [codes[0], codes[2], codes[3]]);
});

test('what is no wish is refused, and its field named', async () => {
  const [person] = people;
  assert.ok((await place(person, 'ZZZZZZZZZ', 1)).expect(422).json.fields.masterclass);
  assert.ok((await place(person, codes[0], 65)).expect(422).json.fields.rank);
  assert.ok((await place(person, codes[0], -1)).expect(422).json.fields.rank);
  assert.ok((await person.post(WISHES, { masterclass: codes[0], rank: 1, seats: 2 })).expect(422).json.fields.seats);
  assert.equal((await ranking(person)).length, 3);
  (await server.client().get(WISHES)).expect(401);
  const passer = server.client();
  await signIn(passer, 'passer@example.org');
  assert.equal((await passer.get(WISHES)).expect(200).json.is_registered, false);
  assert.match((await passer.page(WISHES)).one('main').text, /register for the event first/);
  await passer.page('/account');
  assert.match((await place(passer, codes[0], 1)).expect(403).json.detail, /register for the event first/);
});

test('without a script: add, up, down and remove are buttons', async () => {
  const visitor = server.client();
  await signIn(visitor, 'visitor@example.org');
  await visitor.page('/empathy/registration');
  (await visitor.post('/empathy/registration', { ticket: 'full', badge_name: 'Visitor' })).expect(201);
  const press = async (label) => {
    const page = (await visitor.page(WISHES)).expect(200);
    const form = page.all('main form').find((one) => one.text.trim().replace(/\s+/g, ' ') === label);
    assert.ok(form, `no button ${label}`);
    return visitor.follow((await visitor.formOf(page, (one) => one === form).submit()).expect(303));
  };
  const titles = server.rows('SELECT title FROM masterclass ORDER BY position, id').map(({ title }) => title);
  await press(`Add ${titles[1]}`);
  await press(`Add ${titles[0]}`);
  assert.deepEqual(await ranking(visitor), [codes[1], codes[0]]);
  await press(`Up ${titles[0]}`);
  assert.deepEqual(await ranking(visitor), [codes[0], codes[1]]);
  await press(`Down ${titles[0]}`);
  const page = await press(`Remove ${titles[1]}`);
  assert.deepEqual(await ranking(visitor), [codes[0]]);
  const text = page.one('main').text;
  assert.match(text, /Wishes close[^]*4 days[^]*Thursday 6 May 2027, 18:00/);
  assert.match(text, /it does not matter how early you choose[^]*nobody gets more than 2/);
  assert.match(text, /Friday 11 June 2027, 14:00|12 June 2027, 14:00/);
});

test('one’s own duties that clash are said beside the time', async () => {
  const facilitator = await server.signInAs('facilitator');
  const page = (await facilitator.page(WISHES)).expect(200);
  assert.match(page.one('main').text, /You facilitate “Breaking news with an interpreter” at that time|You are one of those who give this session/);
});

test('nobody books while seats wait for wishes', async () => {
  const session = server.rows(`SELECT code FROM session WHERE kind = 'masterclass' ORDER BY starts_at, id`)[0].code;
  assert.match((await people[1].post(`${HOME}/${session}/book`, {})).expect(409).json.detail, /given by wishes first/);
  const page = (await people[1].get(HOME)).expect(200).json;
  assert.equal(page.seating.phase, 'open');
  assert.ok(page.masterclasses.flatMap(({ sessions }) => sessions).every(({ can_book, can_wait }) => !can_book && !can_wait));
});

test('organisers read how much is wished for, and nobody’s wishes', async () => {
  const { n_wishers, n_registered, demand } = (await organiser.get(SEATS)).expect(200).json;
  assert.equal(n_wishers, count(`wisher WHERE EXISTS (SELECT 1 FROM wish WHERE wish.registration_id = wisher.registration_id)`));
  assert.equal(n_registered, count(`registration WHERE state = 'confirmed'`));
  assert.equal(demand.reduce((n, one) => n + one.n_wishes, 0), count('wish'));
  assert.equal(demand.reduce((n, one) => n + one.n_first, 0), n_wishers);
  const answer = JSON.stringify((await organiser.get(SEATS)).json);
  for (const { code } of server.rows('SELECT code FROM wisher')) assert.ok(!answer.includes(code), 'an opaque code');
  for (const role of ['chair', 'desk', 'facilitator', 'author']) {
    const other = await server.signInAs(role);
    (await other.get(SEATS)).expect(403);
    (await other.post(`${SEATS}/proposals`, {}, { page: '/account' })).expect(403);
  }
});

test('the settings refuse dates that cannot be, and say which', async () => {
  const { rev } = (await organiser.get(SEATS)).json;
  const save = (fields) => organiser.post(SEATS, { way: 'by_wishes', wishes_open_at: '2027-04-01T09:00', wishes_close_at: '2027-05-06T18:00', most_seats: 2, rev, ...fields }, { page: SEATS });
  assert.ok((await save({ wishes_close_at: '2027-03-01T09:00' })).expect(422).json.fields.wishes_close_at);
  assert.ok((await save({ wishes_open_at: '' })).expect(422).json.fields.wishes_open_at);
  assert.ok((await save({ most_seats: 9 })).expect(422).json.fields.most_seats);
  assert.ok((await save({ way: 'auction' })).expect(422).json.fields.way);
  assert.ok((await save({ first: ['nosuch'] })).expect(422).json.fields.first);
  (await save({ rev: rev + 1 })).expect(409);
  assert.equal(Number(seating().most_seats), 2);
  (await save({ first: ['reduced'] })).expect(200);
  assert.deepEqual((await organiser.get(SEATS)).json.seating.first.map(({ code }) => code), ['reduced']);
  const again = (await organiser.get(SEATS)).json.rev;
  (await save({ rev: again })).expect(200);
});

test('while wishes are open it is a look ahead, and cannot be given', async () => {
  const { proposal, can_accept, methods } = await workOut({ seed: 7 });
  assert.equal(proposal.state, 'done', proposal.message);
  assert.equal(can_accept, false);
  const { n_seats } = methods.find(({ method }) => method === 'exact');
  const path = `${SEATS}/proposals/${proposal.code}`;
  assert.match((await organiser.post(`${path}/accept`, { method: 'exact', expected: n_seats }, { page: path })).expect(409).json.detail, /can still be changed/);
  assert.equal(count('booking'), 0);
});

let given; // the proposal that is accepted below

test('after the end nobody changes a wish, and both ways stand side by side', async () => {
  await server.control.freeze(CLOSED);
  assert.match((await place(people[0], codes[0], 2)).expect(409).json.detail, /Wishes are closed/);
  given = await workOut({ seed: 4711 });
  assert.equal(given.proposal.state, 'done', given.proposal.message);
  assert.equal(given.proposal.seed, 4711);
  const [draft, exact] = given.methods;
  assert.deepEqual([draft.method, exact.method], ['draft', 'exact']);
  assert.ok(exact.is_certified && exact.value === exact.bound);
  assert.ok(exact.value >= draft.value && exact.n_without <= draft.n_without);
  assert.equal(given.n_letters, given.n_wishers);
  const page = (await organiser.page(`${SEATS}/proposals/${given.proposal.code}`)).expect(200);
  assert.match(page.one('main').text, /Without a seat[^]*Nothing better exists[^]*proved/);
});

test('a proposal is for who asked, and gives what is typed or nothing', async () => {
  const path = `${SEATS}/proposals/${given.proposal.code}`;
  const accept = (body, client = organiser) => client.post(`${path}/accept`, body, { page: path });
  const { n_seats } = given.methods[1];
  assert.ok((await accept({ method: 'exact', expected: n_seats - 1 })).expect(422).json.fields.expected);
  (await accept({ method: 'lottery', expected: n_seats })).expect(404);
  assert.ok((await accept({ method: 'exact' })).expect(422).json.fields.expected);
  (await people[0].post(`${path}/accept`, { method: 'exact', expected: n_seats })).expect(403);
  assert.equal(count('booking'), 0);
  assert.equal(Number(seating().seats_given_at ?? 0), 0);
  (await server.client().get(`${SEATS}/result`)).expect(404);
  (await server.client().request('GET', `${SEATS}/result.json`)).expect(404);
});

test('what has changed since is not given', async () => {
  const [{ id, capacity }] = server.rows(`SELECT CAST(id AS text) AS id, capacity FROM session WHERE kind = 'masterclass' ORDER BY starts_at, id`);
  await server.change(`UPDATE session SET capacity = capacity + 1 WHERE id = ${id}`);
  await server.control.freeze(CLOSED);
  const back = organiser.at(server);
  const path = `${SEATS}/proposals/${given.proposal.code}`;
  const { n_seats } = given.methods[1];
  assert.match((await back.post(`${path}/accept`, { method: 'exact', expected: n_seats }, { page: path })).expect(409).json.detail, /have changed since this was worked out/);
  await server.change(`UPDATE session SET capacity = ${capacity} WHERE id = ${id}`);
  await server.control.freeze(CLOSED);
});
