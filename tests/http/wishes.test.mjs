// Wishes for masterclasses from the first one to the last seat: ranked, closed, worked out, given,
// explained, published, taken back, moved; by form and by JSON.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { runProgram, startServer } from '../lib/server.mjs';

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

test('one wish changed makes no difference to anybody else', async () => {
  const world = async (sql) => {
    const other = await startServer({ stage: 'wishes', now: NOW, attendees: 4 });
    if (sql) {
      await other.change(sql);
      await other.control.freeze(NOW);
    }
    const seen = {};
    let demand;
    for (const role of ['stranger', 'attendee', 'facilitator', 'chair', 'desk', 'author', 'catering', 'organiser']) {
      const client = role === 'stranger' ? other.client() : await other.signInAs(role);
      for (const where of ['/empathy', HOME, WISHES, '/empathy/registrations', '/empathy/outbox', `${SEATS}/result`, SEATS]) {
        const answer = await client.get(where);
        const told = answer.status === 200 ? answer.json : {};
        demand = told.demand ?? demand;
        delete told.demand; // how much is wished for is the organisers' to know
        seen[`${role} ${where}`] = [answer.status, JSON.stringify(told).replaceAll(other.url, '')];
      }
    }
    await other.stop();
    return { seen, demand };
  };
  const [person] = server.rows(`SELECT CAST(registration.id AS text) AS id FROM registration JOIN person ON person.id = registration.person_id
    WHERE (SELECT count(*) FROM wish WHERE wish.registration_id = registration.id) = 2
      AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person_id = person.id)
      AND NOT EXISTS (SELECT 1 FROM author WHERE author.person_id = person.id) ORDER BY registration.id DESC`);
  const before = await world();
  const after = await world(`UPDATE wish SET rank = 3 - rank WHERE registration_id = ${person.id}`);
  assert.notDeepEqual(after.demand, before.demand, 'the wish is another one');
  assert.deepEqual(after.seen, before.seen);
  assert.ok(Object.values(before.seen).filter(([status]) => status === 200).length >= 20);
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

test('what is asked for must be something that can be', async () => {
  const ask = (body) => organiser.post(`${SEATS}/proposals`, body, { page: SEATS });
  assert.ok((await ask({ seed: -1 })).expect(422).json.fields.seed);
  assert.ok((await ask({ seed: 1e9 })).expect(422).json.fields.seed);
  assert.ok((await ask({ method: 'exact' })).expect(422).json.fields.method);
  assert.match((await ask({ what: 'chain' })).expect(409).json.detail, /No seats are given yet/);
  (await organiser.get(`${SEATS}/proposals/ZZZZZZZZZ`)).expect(404);
  (await organiser.post(`${SEATS}/proposals/ZZZZZZZZZ/accept`, { method: 'exact', expected: 1 }, { page: SEATS })).expect(404);
  (await organiser.post(`${SEATS}/undo`, {}, { page: SEATS })).expect(409);
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

const own = async (client) => (await client.at(server).get(WISHES)).expect(200).json;
const seatsSold = () => server.rows(`SELECT code, capacity, taken, (SELECT count(*) FROM booking WHERE booking.session_id = session.id
  AND booking.state IN ('booked', 'offered')) AS booked FROM session WHERE kind = 'masterclass' ORDER BY starts_at, id`)
  .map(({ code, ...row }) => ({ code, capacity: Number(row.capacity), taken: Number(row.taken), booked: Number(row.booked) }));
const checkNoOversell = () => {
  for (const { capacity, taken, booked } of seatsSold()) assert.ok(taken === booked && taken <= capacity, `${booked} booked, ${taken} taken of ${capacity}`);
};
const mailsOf = (template) => server.rows(`SELECT to_email, model FROM outbox WHERE template = ${quote(template)} ORDER BY id`);
const give = async (method) => {
  const back = organiser.at(server);
  const asked = (await back.post(`${SEATS}/proposals`, { seed: 4711 }, { page: SEATS })).expect(201);
  const made = await until(async () => (await back.get(asked.location)).expect(200).json, ({ proposal }) => proposal.state === 'done');
  const chosen = made.methods.find((one) => one.method === method);
  const page = (await back.page(asked.location)).expect(200);
  const form = back.formOf(page, `${asked.location}/accept`);
  const done = await back.follow((await form.fill({ method, expected: String(chosen.n_seats) }).submit()).expect(303));
  return { made, chosen, done };
};

test('given: every seat is a booking, everybody is written to, nothing is oversold', async () => {
  const { made, chosen, done } = await give('draft');
  assert.match(done.one('.note-ok').text, /The seats are given/);
  assert.equal(count('booking'), chosen.n_seats);
  checkNoOversell();
  assert.equal(mailsOf('allocation_result').length, made.n_letters);
  assert.equal(count(`booking AS one JOIN booking AS two ON two.registration_id = one.registration_id AND two.id <> one.id
    JOIN session AS s ON s.id = one.session_id JOIN session AS t ON t.id = two.session_id
    WHERE s.starts_at < t.ends_at AND t.starts_at < s.ends_at`), 0, 'nobody is in two places');
  assert.equal(count(`booking JOIN session ON session.id = booking.session_id WHERE NOT EXISTS (SELECT 1 FROM wish
    WHERE wish.registration_id = booking.registration_id AND wish.masterclass_id = session.masterclass_id)`), 0, 'nobody has what they did not wish for');
});

test('nobody gives them twice, or changes how they are given', async () => {
  const back = organiser.at(server);
  const { proposals, rev, can_undo_seats } = (await back.get(SEATS)).expect(200).json;
  const accepted = proposals.find(({ accepted_at }) => accepted_at);
  const path = `${SEATS}/proposals/${accepted.code}`;
  (await back.post(`${path}/accept`, { method: 'exact', expected: 1 }, { page: path })).expect(409);
  (await back.post(`${SEATS}/proposals`, {}, { page: SEATS })).expect(409);
  (await back.post(SEATS, { way: 'first_come', most_seats: 1, rev }, { page: SEATS })).expect(409);
  assert.equal(can_undo_seats, true);
});

test('all is taken back while nobody has acted, and wishes are kept', async () => {
  const back = organiser.at(server);
  const n_wishes = count('wish');
  const form = await back.form(SEATS, `${SEATS}/undo`);
  await back.follow((await form.submit()).expect(303));
  assert.equal(count('booking'), 0);
  assert.equal(count('wish'), n_wishes);
  assert.ok(seatsSold().every(({ taken }) => taken === 0));
  (await server.client().get(`${SEATS}/result`)).expect(404);
  assert.equal(mailsOf('allocation_withdrawn').length, mailsOf('allocation_result').length);
  const { has_outcome, seating: { phase } } = await own(people[0]);
  assert.deepEqual([has_outcome, phase], [false, 'closed']);
  (await back.post(`${SEATS}/undo`, {}, { page: SEATS })).expect(409);
});

test('the result is public under codes, and proves itself', async () => {
  const { chosen } = await give('exact');
  checkNoOversell();
  assert.equal(count('booking'), chosen.n_seats);
  const stranger = server.client();
  const page = (await stranger.page(`${SEATS}/result`)).expect(200);
  assert.match(page.one('main').text, /4711[^]*Numbers in the file[^]*Breaking news with an interpreter/);
  const file = (await stranger.request('GET', `${SEATS}/result.json`)).expect(200);
  const text = file.text;
  assert.equal(file.json.format, 'allocation-result-1');
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-result-'));
  const name = path.join(dir, 'result.json');
  fs.writeFileSync(name, text);
  const verified = await runProgram(['optimise', 'verify', name]);
  assert.equal(verified.code, 0, verified.stderr);
  assert.match(verified.stdout, /"is_repeated":true/);
  const changed = text.replace(/("wishes":\[)(\d+),(\d+)/, '$1$3,$2');
  assert.notEqual(changed, text);
  fs.writeFileSync(name, changed);
  assert.notEqual((await runProgram(['optimise', 'verify', name])).code, 0, 'a wish changed is refused');
  fs.rmSync(dir, { recursive: true });
  for (const row of server.rows(`SELECT registration.code, person.name, person.email FROM registration
    JOIN person ON person.id = registration.person_id JOIN wisher ON wisher.registration_id = registration.id`)) {
    for (const secret of [row.code, row.name, row.email]) assert.ok(!text.includes(secret) && !page.text.includes(secret), secret);
  }
  const codesInFile = new Set(text.match(/"[0-9A-Z]{9}"/g));
  assert.equal(codesInFile.size, given.n_attendees);
  const known = new Set(server.rows('SELECT code FROM wisher').map(({ code }) => `"${code}"`));
  assert.ok([...codesInFile].every((code) => known.has(code)));
  assert.ok(given.n_attendees < given.n_wishers, 'who facilitates all afternoon is not in it');
});

test('everybody reads what they have and why, and of nobody else', async () => {
  const mine = await own(people[0]);
  assert.equal(mine.has_outcome, true);
  assert.equal(mine.wishes.length, 3);
  for (const wish of mine.wishes) {
    assert.ok(wish.reasons.length > 0);
    assert.equal(wish.is_got, wish.reasons.some(({ why }) => why === 'got'));
  }
  const booked = server.rows(`SELECT session.code FROM booking JOIN session ON session.id = booking.session_id
    JOIN wisher ON wisher.registration_id = booking.registration_id WHERE wisher.code = ${quote(mine.code)} ORDER BY session.code`).map(({ code }) => code);
  const got = mine.wishes.flatMap(({ reasons }) => reasons.filter(({ why }) => why === 'got').map(({ session }) => session)).sort();
  assert.deepEqual(got, booked);
  assert.ok(got.length >= 1);
  assert.deepEqual((await own(people[3])).wishes, [], 'who had no wishes reads nobody’s');
  const visitor = server.client();
  await signIn(visitor, 'visitor@example.org');
  const page = (await visitor.page(WISHES)).expect(200);
  assert.match(page.one('main').text, /Your code: [0-9A-Z]{9}/);
  assert.match(page.one('main').text, /Yours\./);
  const others = server.rows('SELECT code FROM wisher').map(({ code }) => code).filter((code) => !page.text.includes(code));
  assert.equal(others.length, count('wisher') - 1);
  for (const { model } of mailsOf('allocation_result')) assert.ok(JSON.parse(model).link.endsWith(WISHES));
});

test('what is left goes to who books first; then nothing can be taken back', async () => {
  const free = seatsSold().find(({ capacity, taken }) => taken < capacity);
  assert.ok(free, 'the demo has a seat left');
  assert.equal((await people[3].at(server).post(`${HOME}/${free.code}/book`, {})).expect(200).json.state, 'booked');
  checkNoOversell();
  const { can_undo_seats, undo_why } = (await organiser.at(server).get(SEATS)).json;
  assert.equal(can_undo_seats, false);
  assert.match(undo_why, /has booked what was left since/);
  assert.match((await organiser.at(server).post(`${SEATS}/undo`, {}, { page: SEATS })).expect(409).json.detail, /can no longer all be taken back/);
  checkNoOversell();
});

// A seat in something that somebody wished for and did not get, held by somebody with one seat.
test('after a cancellation moves are proposed that better everybody in them, and one press makes them', async () => {
  const back = organiser.at(server);
  const before = server.rows(`SELECT CAST(booking.registration_id AS text) AS id, session.code FROM booking
    JOIN session ON session.id = booking.session_id ORDER BY booking.id`).map(({ id, code }) => `${id} ${code}`);
  const ranks = new Map(server.rows(`SELECT CAST(wish.registration_id AS text) AS id, session.code, wish.rank FROM wish
    JOIN session ON session.masterclass_id = wish.masterclass_id`).map(({ id, code, rank }) => [`${id} ${code}`, Number(rank)]));
  const giver = server.rows(`SELECT registration.code, CAST(registration.id AS text) AS id FROM registration
    WHERE EXISTS (SELECT 1 FROM booking JOIN session ON session.id = booking.session_id
      WHERE booking.registration_id = registration.id AND session.taken = session.capacity
        AND session.title = 'Breaking news with an interpreter')
    ORDER BY registration.code`)[0];
  await server.control.freeze('2027-04-01T08:00:00Z'); // booking is not open, so that nobody is asked first
  await server.change(`UPDATE event SET booking_opens_at = booking_closes_at - 1000`);
  await server.control.freeze(CLOSED);
  const desk = `/empathy/registrations/${giver.code}`;
  const now = organiser.at(server);
  (await now.post(`${desk}/cancel`, { confirm: giver.code }, { page: desk })).expect(200);
  assert.equal(count(`wisher WHERE registration_id = ${giver.id}`), 0, 'the wishes go along');
  checkNoOversell();
  const asked = (await now.post(`${SEATS}/proposals`, { what: 'chain' }, { page: SEATS })).expect(201);
  const made = await until(async () => (await now.get(asked.location)).expect(200).json, ({ proposal }) => proposal.state === 'done');
  assert.ok(made.moves.length >= 1);
  assert.ok(made.moves.every(({ name, to }) => name && to.code));
  const page = (await now.page(asked.location)).expect(200);
  const n_mails = mailsOf('allocation_moved').length;
  const done = await now.follow((await now.formOf(page, `${asked.location}/move`).submit()).expect(303));
  assert.match(done.one('.note-ok').text, /Moved/);
  checkNoOversell();
  assert.equal(mailsOf('allocation_moved').length, n_mails + made.moves.length);
  const after = server.rows(`SELECT CAST(booking.registration_id AS text) AS id, session.code FROM booking
    JOIN session ON session.id = booking.session_id ORDER BY booking.id`).map(({ id, code }) => `${id} ${code}`);
  const lost = before.filter((one) => !after.includes(one) && !one.startsWith(`${giver.id} `));
  const won = after.filter((one) => !before.includes(one));
  assert.equal(won.length, made.moves.length);
  for (const one of won) {
    const left = lost.find((other) => other.split(' ')[0] === one.split(' ')[0]);
    if (left) assert.ok(ranks.get(one) < ranks.get(left), `${left} -> ${one} is no better`);
    else assert.ok(ranks.has(one), `${one} was not wished for`);
  }
  assert.equal(lost.filter((one) => !won.some((other) => other.split(' ')[0] === one.split(' ')[0])).length, 0, 'nobody lost a seat');
  (await now.post(`${asked.location}/move`, {}, { page: asked.location })).expect(409);
});
