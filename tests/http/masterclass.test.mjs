// Booking places: windows, clashes, waiting lists, offers that lapse; by form and by JSON.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const PATH = '/empathy/masterclasses';

// A server whose rehearsal session has `places`, and clients of people who are registered.
async function rehearsal({ places = 2, n = 12, isRunning = false } = {}) {
  const server = await startServer({ stage: 'programme', now: NOW, attendees: n, isRunning });
  const { session, tokens } = server.crowd();
  await server.change(`UPDATE session SET capacity = ${places} WHERE code = ${quote(session)}`);
  if (!isRunning) await server.control.freeze(NOW);
  return { server, session, people: tokens.map((token) => server.client({ token })) };
}

// The same people, after the server has started again on another port.
const again = (server, clients) => clients.map(({ token }) => server.client({ token }));

const act = (client, code, verb, body = {}) => client.post(`${PATH}/${code}/${verb}`, body);
const shown = async (client, code) => {
  const { masterclasses } = (await client.get(PATH)).expect(200).json;
  return masterclasses.flatMap(({ sessions }) => sessions).find((one) => one.code === code);
};
const seats = (server, code) => server.rows(`SELECT session.taken,
    (SELECT count(*) FROM booking WHERE booking.session_id = session.id AND booking.state = 'booked') AS booked,
    (SELECT count(*) FROM booking WHERE booking.session_id = session.id AND booking.state = 'offered') AS offered,
    (SELECT count(*) FROM booking WHERE booking.session_id = session.id AND booking.state = 'waiting') AS waiting
  FROM session WHERE code = ${quote(code)}`).map((row) => Object.values(row).map(Number))[0];
const offersSent = (server) => server.rows(`SELECT to_email, model FROM outbox WHERE template = 'booking_offer' ORDER BY id`);

const { server, session, people } = await rehearsal();
const sessionOf = (title, i) => server.rows(`SELECT code FROM session WHERE title = ${quote(title)} ORDER BY starts_at`)[i].code;

test('everybody sees what is offered, where, by whom, and how many places are left', async () => {
  const stranger = server.client();
  const page = (await stranger.page(PATH)).expect(200);
  assert.match(page.one('main').text, /Breaking news with an interpreter[^]*Seminar room 1[^]*Full, 4 people wait/);
  assert.match(page.one('main').text, /say bad news in sentences that survive translation/);
  assert.equal(page.all('main form').length, 0);
  const json = (await stranger.get(PATH)).json;
  const [first] = json.masterclasses;
  assert.equal(first.sessions.length, 2);
  assert.deepEqual(first.sessions.map(({ starts_at, ends_at }) => [starts_at, ends_at]),
    [['2027-06-17T13:00:00Z', '2027-06-17T14:30:00Z'], ['2027-06-17T15:00:00Z', '2027-06-17T16:30:00Z']]);
  assert.deepEqual(first.sessions[0].people.map(({ role }) => role), ['facilitator', 'facilitator']);
  assert.equal(first.outcomes.length, 3);
  assert.equal(json.is_registered, false);
  (await act(stranger, session, 'book', {}, { csrf: null }).catch(() => stranger.request('POST', `${PATH}/${session}/book`, {
    headers: { accept: 'application/json', 'content-type': 'application/json' }, body: '{}' }))).expect(401);
});

test('a place is for people who come, of sessions that can be booked', async () => {
  const passer = server.client();
  await signIn(passer, 'passer@example.org');
  await passer.page('/account');
  assert.match((await act(passer, session, 'book')).expect(403).json.detail, /register for the event first/);
  assert.match((await passer.page(PATH)).one('main').text, /Register for the event to book/);
  (await act(people[0], 'ZZZZZZZZZ', 'book')).expect(404);
  (await act(people[0], 'x', 'release')).expect(404);
  assert.ok((await act(people[0], session, 'book', { seats: 2 })).expect(422).json.fields.seats);
  (await act(people[0], session, 'release')).expect(404);
  (await act(people[0], session, 'accept')).expect(410);
  assert.deepEqual(seats(server, session), [0, 0, 0, 0]);
});

test('places go in turn; a full session refuses, or keeps an honest list', async () => {
  for (const client of people.slice(0, 2)) {
    assert.equal((await act(client, session, 'book')).expect(200).json.state, 'booked');
  }
  assert.match((await act(people[2], session, 'book')).expect(409).json.detail, /full/);
  assert.deepEqual(seats(server, session), [2, 2, 0, 0]);
  for (const [i, client] of people.slice(2, 6).entries()) {
    const { state, place } = (await act(client, session, 'book', { or_wait: true })).expect(200).json;
    assert.deepEqual([state, place], ['waiting', i + 1]);
  }
  assert.deepEqual(seats(server, session), [2, 2, 0, 4]);
  assert.equal((await shown(people[4], session)).booking.place, 3);
  assert.match((await act(people[2], session, 'book', { or_wait: true })).expect(409).json.detail, /waiting list of this session already/);
  assert.match((await act(people[0], session, 'book')).expect(409).json.detail, /place in this session already/);
  (await act(people[3], session, 'release')).expect(200);
  assert.equal((await shown(people[4], session)).booking.place, 2, 'who leaves makes everybody behind move up');
  assert.equal((await shown(server.client(), session)).n_waiting, 3);
});

test('a freed place is offered to who has waited longest, and nobody can take it from them', async () => {
  (await act(people[0], session, 'release')).expect(200);
  assert.deepEqual(seats(server, session), [2, 1, 1, 2]);
  const { booking, can_accept } = await shown(people[2], session);
  assert.deepEqual([booking.state, booking.offered_until_at, can_accept], ['offered', '2027-05-03T12:00:00Z', true]);
  const [mail] = offersSent(server).slice(-1);
  const model = JSON.parse(mail.model);
  assert.equal(model.until, 'Monday 3 May 2027, 13:00 (Europe/London)');
  assert.equal(model.link, `${server.url}${PATH}`);
  assert.match((await act(people[6], session, 'book')).expect(409).json.detail, /full/);
  (await act(people[4], session, 'accept')).expect(410);
  (await act(people[2], session, 'accept')).expect(200);
  (await act(people[2], session, 'accept')).expect(409);
  assert.deepEqual(seats(server, session), [2, 2, 0, 2]);
});

test('who declines passes the place on at once', async () => {
  (await act(people[1], session, 'release')).expect(200);
  assert.equal((await shown(people[4], session)).booking.state, 'offered');
  (await act(people[4], session, 'release')).expect(200);
  assert.equal((await shown(people[5], session)).booking.state, 'offered');
  assert.equal((await shown(people[4], session)).booking, undefined);
  (await act(people[5], session, 'release')).expect(200);
  assert.deepEqual(seats(server, session), [1, 1, 0, 0]);
  assert.equal((await act(people[7], session, 'book')).expect(200).json.state, 'booked');
});

test('the same request twice books once and answers alike', async () => {
  (await act(people[7], session, 'release')).expect(200);
  const send = () => people[8].post(`${PATH}/${session}/book`, {}, { headers: { 'idempotency-key': 'clicked-twice-1' } });
  const first = (await send()).expect(200);
  const second = (await send()).expect(200);
  assert.equal(first.json.location, second.json.location);
  assert.deepEqual(seats(server, session), [2, 2, 0, 0]);
});

test('without a script: buttons book, refuse with the reason, and join the list', async () => {
  const visitor = server.client();
  await signIn(visitor, 'visitor@example.org');
  await visitor.page('/empathy/registration');
  (await visitor.post('/empathy/registration', { ticket: 'full', badge_name: 'Visitor' })).expect(201);
  const free = sessionOf('Assessing empathy without a checklist', 0);
  const done = await visitor.follow((await (await visitor.form(PATH, `${PATH}/${free}/book`)).submit()).expect(303));
  assert.match(done.one('.note-ok').text, /Booked: you have a place in “Assessing empathy without a checklist”/);
  const page = await visitor.page(PATH);
  assert.ok(!page.all('form').some((form) => form.get('action') === `${PATH}/${sessionOf('Assessing empathy without a checklist', 1)}/book`));
  assert.match(page.one('main').text, /You have a place in this masterclass at another time, Thursday 17 June 2027, 14:00/);

  const full = sessionOf('Close reading for clinicians', 1);
  const joined = await visitor.follow((await visitor.formOf(page, `${PATH}/${full}/book`).submit()).expect(303));
  assert.match(joined.one('.note-ok').text, /number 16 on the waiting list/);
  await visitor.follow((await visitor.formOf(joined, `${PATH}/${full}/release`).submit()).expect(303));
  const refused = (await visitor.postFields(`${PATH}/${full}/book`, { csrf_token: visitor.csrfToken })).expect(409);
  assert.match(refused.one('.summary').text, /This session is full/);
  assert.match(refused.one('title').text, /^Error: /);
});

test('who comes is told by the name on the badge, never by an address', async () => {
  const organiser = await server.signInAs('organiser');
  (await organiser.post('/empathy/programme/publish', { version: 0 }, { page: '/empathy/programme/edit' })).expect(200);
  const code = sessionOf('Assessing empathy without a checklist', 0);
  const { bookings } = (await organiser.get(`/empathy/sessions/${code}`)).expect(200).json.session.attendance;
  assert.ok(bookings.some(({ name }) => name === 'Visitor'));
  assert.ok(!bookings.some(({ name }) => name.includes('@')));
});

test('nobody books two sessions at the same time; the reason names the other', async () => {
  const visitor = server.client();
  await signIn(visitor, 'visitor@example.org');
  const other = sessionOf('Breaking news with an interpreter', 0);
  await visitor.page(PATH);
  const { detail } = (await act(visitor, other, 'book', { or_wait: true })).expect(409).json;
  assert.equal(detail, 'You are booked into “Assessing empathy without a checklist” at that time (14:00–15:30). Give that place back first');
  const same = (await act(visitor, sessionOf('Assessing empathy without a checklist', 1), 'book')).expect(409).json.detail;
  assert.match(same, /at another time/);
});

test('who gives a session can book neither it nor what runs beside it', async () => {
  const facilitator = await server.signInAs('facilitator');
  await facilitator.page(PATH);
  const own = sessionOf('Breaking news with an interpreter', 0);
  assert.match((await act(facilitator, own, 'book', { or_wait: true })).expect(409).json.detail, /one of those who give this session/);
  const beside = sessionOf('Assessing empathy without a checklist', 1);
  const { detail } = (await act(facilitator, beside, 'book')).expect(409).json;
  assert.match(detail, /You facilitate “Breaking news with an interpreter” at that time \(16:00–17:30\)/);
});

test('those who give a session and organisers read who comes; nobody else does', async () => {
  const fresh = await startServer({ stage: 'live', now: NOW });
  const [given] = fresh.rows(`SELECT code FROM session WHERE title LIKE 'Breaking news%' ORDER BY starts_at`);
  const [other] = fresh.rows(`SELECT code FROM session WHERE title LIKE 'Assessing%' ORDER BY starts_at`);
  const read = async (client, { code }) => (await client.get(`/empathy/sessions/${code}`)).expect(200).json.session.attendance;
  const facilitator = await fresh.signInAs('facilitator');
  const list = await read(facilitator, given);
  assert.deepEqual([list.capacity, list.n_booked + list.n_offered], [16, 16]);
  assert.ok(list.n_waiting > 0 && list.bookings.every(({ name, code }) => name && code));
  assert.deepEqual(list.bookings.map(({ state }) => state), [...list.bookings.map(({ state }) => state)].sort());
  const page = (await facilitator.page(`/empathy/sessions/${given.code}`)).expect(200);
  assert.match(page.one('main').text, /Who comes[^]*of 16 places booked/);
  assert.equal(await read(facilitator, other), undefined);
  assert.ok(await read(await fresh.signInAs('organiser'), other));
  for (const role of ['chair', 'desk', 'attendee', 'catering']) {
    assert.equal(await read(await fresh.signInAs(role), given), undefined, role);
  }
  assert.equal(await read(fresh.client(), given), undefined);
});

test('whoever has a place in one repeat waits for no other; more places go to who waits', async () => {
  const { server: fresh, people: [person] } = await rehearsal({ n: 1 });
  const [first, second] = fresh.rows(`SELECT code FROM session WHERE title LIKE 'Simulated patients%' ORDER BY starts_at`).map(({ code }) => code);
  for (const code of [first, second]) (await act(person, code, 'book', { or_wait: true })).expect(200);
  const before = seats(fresh, second)[3];
  await fresh.change(`UPDATE session SET capacity = capacity + 20 WHERE code = ${quote(first)}`);
  await fresh.control.freeze('2027-05-02T12:05:00Z');
  const [back] = again(fresh, [person]);
  await until(() => seats(fresh, first), ([, , offered, waiting]) => offered > 0 && waiting === 0);
  (await act(back, first, 'accept')).expect(200);
  assert.equal(seats(fresh, second)[3], before - 1);
  assert.equal((await shown(back, second)).booking, undefined);
});

test('booking has its dates', async () => {
  await server.control.freeze('2027-04-10T00:00:00Z');
  const early = await shown(people[9], session);
  assert.equal(early.can_book || early.can_wait, false);
  assert.match((await act(people[9], session, 'book')).expect(409).json.detail, /not open yet/);
  await server.control.freeze('2027-06-15T17:00:01Z');
  const late = server.client({ token: people[9].token });
  assert.match((await act(late, session, 'book', { or_wait: true })).json.detail, /Booking is closed|expired/);
  await server.control.freeze(NOW);
});

test('an offer that is not answered in time goes on to the next, by itself', async () => {
  const { server: clocked, session: code, people: crowd } = await rehearsal({ isRunning: true, places: 1 });
  await clocked.control.runFrom(NOW);
  (await act(crowd[0], code, 'book')).expect(200);
  for (const client of crowd.slice(1, 4)) (await act(client, code, 'book', { or_wait: true })).expect(200);
  (await act(crowd[0], code, 'release')).expect(200);
  assert.equal((await shown(crowd[1], code)).booking.state, 'offered');
  await clocked.control.advance({ hours: 23, minutes: 58 });
  assert.equal((await shown(crowd[1], code)).can_accept, true);
  await clocked.control.advance({ minutes: 5 });
  await until(() => offersSent(clocked).filter(({ model }) => model.includes('Rehearsal')).length, (n) => n === 2);
  assert.deepEqual(seats(clocked, code), [1, 0, 1, 1]);
  (await act(crowd[1], code, 'accept')).expect(410);
  assert.equal((await shown(crowd[1], code)).booking, undefined);
  const lapsed = clocked.rows(`SELECT model FROM outbox WHERE template = 'booking_lapsed'`);
  assert.equal(lapsed.filter(({ model }) => model.includes('Rehearsal')).length, 1);
  (await act(crowd[2], code, 'accept')).expect(200);
  (await act(crowd[1], code, 'book', { or_wait: true })).expect(200);
  assert.equal((await shown(crowd[1], code)).booking.place, 2);
});

test('near the end of booking an offer holds until then, and afterwards a freed place stays free', async () => {
  const { server: clocked, session: code, people } = await rehearsal({ places: 1 });
  (await act(people[0], code, 'book')).expect(200);
  for (const client of people.slice(1, 3)) (await act(client, code, 'book', { or_wait: true })).expect(200);
  await clocked.change(`UPDATE event SET booking_closes_at = ${Date.parse('2027-05-31T15:00:00Z')} WHERE slug = 'empathy'`);
  await clocked.control.freeze('2027-05-31T12:00:00Z');
  const crowd = again(clocked, people);
  (await act(crowd[0], code, 'release')).expect(200);
  assert.equal((await shown(crowd[1], code)).booking.offered_until_at, '2027-05-31T15:00:00Z');
  await clocked.control.freeze('2027-05-31T15:00:01Z');
  (await act(crowd[1], code, 'accept')).expect(410);
  await clocked.control.freeze('2027-05-31T15:02:00Z');
  await until(() => seats(clocked, code), ([taken]) => taken === 0);
  assert.deepEqual(seats(clocked, code), [0, 0, 0, 1]);
});

test('who cancels the registration gives every place back to who waits', async () => {
  const { server: fresh, session: code, people: crowd } = await rehearsal({ places: 1 });
  (await act(crowd[0], code, 'book')).expect(200);
  (await act(crowd[1], code, 'book', { or_wait: true })).expect(200);
  (await act(crowd[2], code, 'book', { or_wait: true })).expect(200);
  (await crowd[0].post('/empathy/registration/cancel')).expect(200);
  assert.deepEqual(seats(fresh, code), [1, 0, 1, 1]);
  (await crowd[1].post('/empathy/registration/cancel')).expect(200);
  assert.deepEqual(seats(fresh, code), [1, 0, 1, 0]);
  assert.match((await act(crowd[0], code, 'book')).expect(403).json.detail, /register/);
  (await act(crowd[2], code, 'accept')).expect(200);
});

test('a place freed while many ask goes to one of them only, the first who waited', async () => {
  const { server: busy, session: code, people: crowd } = await rehearsal({ places: 1 });
  (await act(crowd[0], code, 'book')).expect(200);
  (await act(crowd[1], code, 'book', { or_wait: true })).expect(200);
  const answers = await Promise.all([act(crowd[0], code, 'release'),
    ...crowd.slice(2).flatMap((client) => [act(client, code, 'book'), act(client, code, 'book', { or_wait: true })])]);
  for (const { status } of answers) assert.ok([200, 409].includes(status), String(status));
  const [taken, booked, offered] = seats(busy, code);
  assert.deepEqual([taken, booked, offered], [1, 0, 1]);
  assert.equal((await shown(crowd[1], code)).booking.state, 'offered');
});

test('presenters are kept free for their talk, once they may know of it', async () => {
  const { server: talks } = await rehearsal({ n: 1 });
  const [row] = talks.rows(`SELECT CAST(registration.person_id AS TEXT) AS person_id, CAST(submission.id AS TEXT) AS submission_id,
      CAST(submission.event_id AS TEXT) AS event_id, person.email, submission_version.title
    FROM decision JOIN submission ON submission.id = decision.submission_id
    JOIN author ON author.submission_id = submission.id AND author.version = submission.version AND author.is_presenting = 1
    JOIN registration ON registration.person_id = author.person_id AND registration.state = 'confirmed'
    JOIN person ON person.id = author.person_id
    JOIN submission_version ON submission_version.submission_id = submission.id AND submission_version.version = submission.version
    WHERE decision.outcome IN ('talk', 'workshop') AND decision.released_at IS NOT NULL AND submission.state = 'submitted'
      AND person.id NOT IN (SELECT person_id FROM session_person)
      AND registration.id NOT IN (SELECT registration_id FROM booking) ORDER BY submission.id`);
  assert.ok(row, 'the demo has a registered presenter who has booked nothing');
  const at = Date.parse('2027-06-17T13:30:00Z');
  await talks.change(`INSERT INTO session (event_id, id, code, kind, title, starts_at, ends_at)
      VALUES (${row.event_id}, 4200, 'TALKS0000', 'parallel', 'Talks', ${at}, ${at + 3_600_000});
    DELETE FROM presentation WHERE submission_id = ${row.submission_id};
    INSERT INTO presentation (event_id, id, code, session_id, submission_id, minutes, position)
      VALUES (${row.event_id}, 4300, 'TALK00000', 4200, ${row.submission_id}, 15, 0)`);
  await talks.control.freeze(NOW);
  const presenter = talks.client();
  await signIn(presenter, row.email);
  await presenter.page(PATH);
  const beside = talks.rows(`SELECT code FROM session WHERE title LIKE 'Assessing%' ORDER BY starts_at`)[0].code;
  const { detail } = (await act(presenter, beside, 'book')).expect(409).json;
  assert.equal(detail, `You present “${row.title}” at that time (14:30–15:30). Ask the organisers if it must be moved`);
  await talks.change(`UPDATE decision SET released_at = NULL WHERE submission_id = ${row.submission_id}`);
  await talks.control.freeze('2027-05-02T12:10:00Z');
  const later = talks.client();
  await signIn(later, row.email);
  await later.page(PATH);
  assert.equal((await act(later, beside, 'book')).expect(200).json.state, 'booked');
});

test('a page of any length costs the same number of statements', async () => {
  const statements = () => [...server.log.matchAll(/method=GET route=\/:event\/masterclasses status=200 ms=\d+ statements=(\d+)/g)].map((found) => Number(found[1]));
  await people[10].get(PATH);
  const before = await until(() => statements().at(-1));
  await server.change(`INSERT INTO masterclass (event_id, id, code, title, position)
    SELECT event_id, 77, 'MORE00000', 'More', 50 FROM masterclass LIMIT 1`);
  await server.control.freeze(NOW);
  await again(server, people)[10].get(PATH);
  assert.equal(statements().at(-1), before);
});
