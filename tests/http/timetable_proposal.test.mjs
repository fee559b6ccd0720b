// An organiser has works placed and the draft planned again, compares, accepts a part, takes it back.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const EDIT = '/empathy/programme/edit';
const REPLAN = `${EDIT}/replan`;
const server = await startServer({ stage: 'programme', now: NOW });
let organiser = await server.signInAs('organiser');
async function change(sql) {
  await server.change(sql);
  organiser = organiser.at(server);
}
const draft = async (client = organiser) => (await client.get(EDIT)).expect(200).json;
const settled = (client, location) => until(async () => (await client.get(location)).expect(200).json.proposal,
  ({ state }) => !['waiting', 'running'].includes(state));

async function ask(path, body, client = organiser) {
  const asked = (await client.post(path, { seconds: 2, seed: 7, ...body }, { page: EDIT })).expect(201);
  return { location: asked.location, proposal: await settled(client, asked.location) };
}
const proposeRest = (client) => ask(`${EDIT}/proposals`, {}, client);
const replan = (body, client) => ask(REPLAN, body, client);
const accept = (location, body, client = organiser) => client.post(`${location}/accept`, body, { page: location });
const undo = (location, client = organiser) => client.post(`${location}/undo`, {}, { page: location });

const sessionsOf = ({ sessions }, kind) => sessions.filter((one) => one.kind === kind);
const placesOf = ({ sessions }) => Object.fromEntries(sessions.map((one) =>
  [one.code, [one.room_code, ...one.presentations.map(({ code, minutes }) => `${code} ${minutes}`)]]));
const placeOf = (now, work) => now.sessions.find((one) => one.presentations.some(({ submission }) => submission === work));
const wall = (rfc) => new Date(rfc).toLocaleString('sv', { timeZone: 'Europe/London' }).replace(' ', 'T').slice(0, 16);
const spanOf = ({ starts_at, ends_at }) => `${wall(starts_at)}/${wall(ends_at)}`;

async function takeOut(kind, n) {
  const codes = [];
  for (const session of sessionsOf(await draft(), kind).slice(0, n)) {
    const path = `${EDIT}/${session.code}/presentations`;
    for (const item of session.presentations) {
      const { rev } = (await draft()).sessions.find((one) => one.code === session.code);
      (await organiser.post(`${path}/${item.code}`, { do: 'remove', rev }, { page: path })).expect(200);
      codes.push(item.submission);
    }
  }
  return codes.sort();
}

async function touch({ code }, title) {
  const form = await organiser.form(`${EDIT}/${code}`, `${EDIT}/${code}`);
  (await form.fill({ title }).submit('Save the session')).expect(303);
}

test('with nothing to place, and nothing that no longer holds, it says so', async () => {
  const rest = await proposeRest();
  assert.deepEqual([rest.proposal.state, rest.proposal.message], ['failed', 'Every accepted work has its place: there is nothing to propose']);
  const page = (await organiser.page(rest.location)).expect(200);
  assert.match(page.one('main').text, /there is nothing to propose/);
  assert.ok(page.first(`main a.btn[href="${EDIT}"]`));
  const again = await replan({});
  assert.equal(again.proposal.state, 'failed');
  assert.match(again.proposal.message, /Every work may stay where it is/);
});

test('what a draft costs is told in sentences, the dearest first', async () => {
  const { cost, costs } = await draft();
  assert.equal(costs.reduce((sum, one) => sum + one.cost, 0), cost);
  assert.ok(costs.length > 0, 'the demo leaves something to wish for');
  assert.deepEqual(costs.map((one) => one.cost), costs.map((one) => one.cost).sort((x, y) => y - x));
  const page = (await organiser.page(EDIT)).expect(200);
  const section = page.one('#costs').text;
  for (const { why } of costs) assert.ok(section.includes(`${why}.`), why);
});

test('a talk on the theme of the room next door is told as a loss, and all of them on demand', async () => {
  const [first, second] = sessionsOf(await draft(), 'parallel');
  assert.equal(first.starts_at, second.starts_at);
  const before = await draft();
  const path = `${EDIT}/${first.code}/presentations`;
  const other = before.sessions.find((one) => one.kind === 'parallel' && one.starts_at !== first.starts_at
    && one.presentations.some(({ themes }) => themes[0]?.code === 'research'));
  const item = other.presentations.find(({ themes }) => themes[0].code === 'research');
  assert.ok(second.presentations.some(({ themes }) => themes[0].code === 'research'));
  (await organiser.post(`${EDIT}/${other.code}/presentations/${item.code}`, { do: 'remove', rev: other.rev }, { page: EDIT })).expect(200);
  (await organiser.post(path, { submission: item.submission, minutes: 15 }, { page: path })).expect(201);
  const { costs } = await draft();
  const loss = costs.find(({ kind }) => kind === 'parallel');
  assert.ok(costs.some(({ why }) => why.startsWith('Who follows Research would have to be in 2 rooms')));
  assert.ok(loss.why.includes(first.title) && loss.why.includes(second.title));
  assert.equal(costs[0].kind, 'parallel');
  (await organiser.page(`${EDIT}?all=1`)).expect(200);
});

test('every work that waits gets a place, and nobody is in two', async () => {
  const waiting = await takeOut('parallel', 4);
  assert.equal(waiting.length, 8);
  const { location, proposal } = await proposeRest();
  assert.equal(proposal.state, 'done', proposal.message);
  assert.equal(proposal.mode, 'rest');
  assert.deepEqual(proposal.works.map((one) => one.submission).sort(), waiting);
  assert.ok(proposal.works.every(({ from, to, why }) => from === null && to.starts_at && why));
  assert.deepEqual([proposal.left, proposal.rooms, proposal.n_clashes], [[], [], 0]);
  // Eight talks of three themes in four sessions of four: each theme can keep to itself.
  assert.equal(proposal.cost_after, 0);
  const page = (await organiser.page(location)).expect(200);
  const boxes = page.all('main input[name="work"]');
  assert.deepEqual(boxes.map((box) => box.get('value')).sort(), waiting);
  for (const { title } of proposal.works) assert.ok(page.one('main').text.includes(title), title);
  (await accept(location, { all: true })).expect(200);
  const after = await draft();
  assert.deepEqual([after.works, after.clashes, after.cost], [[], [], 0]);
  for (const { submission, to, minutes } of proposal.works) {
    const session = placeOf(after, submission);
    assert.equal(session.code, to.code);
    assert.equal(session.presentations.find((one) => one.submission === submission).minutes, minutes);
  }
});

test('some are accepted, the others wait, and it is undone as it was', async () => {
  const waiting = await takeOut('parallel', 4);
  const before = await draft();
  const { location, proposal } = await proposeRest();
  const form = await organiser.form(location, `${location}/accept`);
  const [first, second] = proposal.works;
  const chosen = [first.submission, second.submission];
  (await form.set('work', chosen).submit('Accept what is ticked')).expect(303);
  const after = await draft();
  assert.deepEqual(after.works.map((one) => one.code).sort(), waiting.filter((code) => !chosen.includes(code)));
  assert.equal(placeOf(after, first.submission).code, first.to.code);
  (await accept(location, { work: [proposal.works[2].submission] })).expect(409);
  const shown = (await organiser.page(location)).expect(200);
  assert.match(shown.one('main').text, /Accepted/);
  assert.equal(shown.first('main input[name="work"]'), null);
  (await (await organiser.form(location, `${location}/undo`)).submit()).expect(303);
  assert.deepEqual(placesOf(await draft()), placesOf(before));
  assert.deepEqual((await draft()).works.map((one) => one.code).sort(), waiting);
  (await undo(location)).expect(409);
  (await accept(location, { all: true })).expect(409);
});

test('what has changed since is not accepted, and not undone', async () => {
  const { location, proposal } = await proposeRest();
  const target = proposal.works[0].to;
  await touch(target, 'Renamed meanwhile');
  assert.match((await organiser.page(location)).expect(200).one('main').text, /The draft has changed since/);
  const refused = (await accept(location, { all: true })).expect(409);
  assert.match(refused.json.detail, /“Renamed meanwhile” has changed since/);
  const elsewhere = proposal.works.find(({ to }) => to.code !== target.code);
  (await accept(location, { work: [elsewhere.submission] })).expect(200);
  await touch(elsewhere.to, 'Renamed as well');
  const stuck = (await undo(location)).expect(409);
  assert.match(stuck.json.detail, /“Renamed as well” has changed since/);
  assert.equal(placeOf(await draft(), elsewhere.submission).code, elsewhere.to.code);
});

test('two organisers at once: the second is told that it has changed', async () => {
  const second = server.client();
  await signIn(second, 'tonu@example.org');
  const mine = await proposeRest();
  const theirs = await proposeRest(second);
  assert.deepEqual(theirs.proposal.works.map((one) => one.submission), mine.proposal.works.map((one) => one.submission));
  (await second.get(mine.location)).expect(404);
  (await accept(mine.location, { all: true }, second)).expect(404);
  (await accept(mine.location, { all: true })).expect(200);
  (await accept(theirs.location, { all: true }, second)).expect(409);
  const { works, clashes } = await draft();
  assert.deepEqual([works, clashes], [[], []]);
});

test('a work that was withdrawn meanwhile is not placed', async () => {
  await takeOut('parallel', 1);
  const { location, proposal } = await proposeRest();
  const { submission } = proposal.works[0];
  await change(`UPDATE submission SET state = 'withdrawn' WHERE code = ${quote(submission)}`);
  const refused = (await accept(location, { work: [submission] })).expect(422);
  assert.match(refused.json.fields.work, /withdrawn or declined/);
  await change(`UPDATE submission SET state = 'submitted' WHERE code = ${quote(submission)}`);
  (await accept(location, { all: true })).expect(200);
});

test('a rule that the acceptance would break refuses it, with its reason', async () => {
  const waiting = await takeOut('parallel', 1);
  const { location, proposal } = await proposeRest();
  const { submission, to, presenter } = proposal.works[0];
  assert.ok(waiting.includes(submission));
  const form = { kind: 'panel', title: 'A late idea', starts_at: wall(to.starts_at), ends_at: wall(to.ends_at), person: [{ who: presenter, role: 'panellist' }] };
  const made = (await organiser.post(`${EDIT}/new`, form, { page: `${EDIT}/new` })).expect(201);
  const refused = (await accept(location, { all: true })).expect(422);
  assert.ok(refused.json.fields.work.includes(`${presenter} cannot be in`), refused.json.fields.work);
  const page = (await (await organiser.form(location, `${location}/accept`)).submit('Accept what is ticked')).expect(422);
  assert.ok(page.one('.summary').text.includes(presenter));
  (await organiser.post(`${made.location}/delete`, { rev: 1 }, { page: EDIT })).expect(200);
  (await accept(location, { all: true })).expect(200);
});

test('a speaker who cannot come then moves, and hardly anybody else', async () => {
  const before = await draft();
  const session = sessionsOf(before, 'parallel').find((one) => one.presentations.length > 0);
  const item = session.presentations[0];
  const speaker = item.authors.find((one) => one.is_presenting).name;
  const { location, proposal } = await replan({ away: [{ who: speaker, when: spanOf(session) }] });
  assert.equal(proposal.state, 'done', proposal.message);
  assert.equal(proposal.mode, 'replan');
  assert.ok(proposal.works.length >= 1 && proposal.works.length <= 3, `${proposal.works.length} moves`);
  const move = proposal.works.find((one) => one.submission === item.submission);
  assert.equal(move.from.code, session.code);
  assert.notEqual(move.to.starts_at, session.starts_at);
  assert.ok(move.why.includes(`${speaker} is away`), move.why);
  assert.deepEqual([proposal.n_clashes, proposal.left], [0, []]);
  (await accept(location, { all: true })).expect(200);
  const after = await draft();
  assert.deepEqual(after.clashes, []);
  assert.equal(placeOf(after, item.submission).code, move.to.code);
  (await undo(location)).expect(200);
  assert.deepEqual(placesOf(await draft()), placesOf(before));
});

test('somebody who is away all day leaves no session of theirs unmentioned', async () => {
  const before = await draft();
  const plenary = before.sessions.find((one) => one.kind === 'plenary');
  const { name } = plenary.people.find((one) => one.role === 'speaker');
  const { proposal } = await replan({ away: [{ who: name, when: plenary.starts_at.slice(0, 10) }] });
  const clash = proposal.remaining.find((one) => one.session === plenary.code && one.kind === 'clash');
  assert.ok(clash.why.includes(`${name} has a part in “${plenary.title}”`));
  assert.equal(proposal.n_clashes, proposal.remaining.filter((one) => one.kind === 'clash').length);
});

test('a session whose room is shut goes into a free one, and comes back', async () => {
  const before = await draft();
  const session = sessionsOf(before, 'parallel').find((one) => one.room_code === 'seminar-1');
  const { location, proposal } = await replan({ shut: [{ room: 'seminar-1', when: spanOf(session) }] });
  assert.deepEqual(proposal.rooms.map(({ code, from }) => [code, from]), [[session.code, 'seminar-1']]);
  assert.equal(proposal.works.length, 0);
  (await accept(location, { room: [session.code] })).expect(200);
  const after = await draft();
  assert.equal(after.sessions.find((one) => one.code === session.code).room_code, proposal.rooms[0].to);
  assert.deepEqual(after.clashes, []);
  (await undo(location)).expect(200);
  assert.deepEqual(placesOf(await draft()), placesOf(before));
});

test('a work that was withdrawn is taken out, and back again', async () => {
  const before = await draft();
  const session = sessionsOf(before, 'parallel').find((one) => one.presentations.length > 1);
  const { submission, title } = session.presentations[0];
  await change(`UPDATE submission SET state = 'withdrawn' WHERE code = ${quote(submission)}`);
  const { location, proposal } = await replan({});
  const out = proposal.works.find((one) => one.submission === submission);
  assert.deepEqual([out.from.code, out.to], [session.code, null]);
  assert.ok(!JSON.stringify(proposal).includes(title), 'a withdrawn work keeps its title');
  (await accept(location, { work: [submission] })).expect(200);
  assert.equal(server.rows(`SELECT count(*) AS n FROM presentation JOIN submission
    ON submission.id = presentation.submission_id WHERE submission.code = ${quote(submission)}`)[0].n, 0);
  (await undo(location)).expect(200);
  await change(`UPDATE submission SET state = 'submitted' WHERE code = ${quote(submission)}`);
  assert.deepEqual(placesOf(await draft()), placesOf(before));
});

test('where there is no room for all of them, the others are named with the reason', async () => {
  const waiting = await takeOut('parallel', 4);
  const kept = sessionsOf(await draft(), 'parallel')[0];
  const others = sessionsOf(await draft(), 'parallel').slice(1);
  const codes = others.map(({ code }) => quote(code)).join(', ');
  await change(`UPDATE session SET starts_at = NULL, ends_at = NULL WHERE code IN (${codes})`);
  const { proposal } = await proposeRest();
  assert.equal(proposal.state, 'done', proposal.message);
  assert.ok(proposal.works.every(({ to }) => to.code === kept.code));
  assert.equal(proposal.works.length + proposal.left.length, waiting.length);
  assert.ok(proposal.left.length >= 4 && proposal.left.every(({ why }) => why.length > 10));
  const whenOf = (key) => others.map((one) => `WHEN code = ${quote(one.code)} THEN ${Date.parse(one[key])}`).join(' ');
  await change(`UPDATE session SET starts_at = CASE ${whenOf('starts_at')} END, ends_at = CASE ${whenOf('ends_at')} END WHERE code IN (${codes})`);
  const { location } = await proposeRest();
  (await accept(location, { all: true })).expect(200);
});

test('posters and workshops go into sessions of their kind, a workshop into the one called after it', async () => {
  const posters = await takeOut('poster', 1);
  const workshops = await takeOut('workshop', 2);
  const { location, proposal } = await proposeRest();
  assert.deepEqual(proposal.works.map(({ submission }) => submission).sort(), [...posters, ...workshops].sort());
  assert.deepEqual([proposal.left, proposal.n_clashes], [[], 0]);
  const { sessions } = await draft();
  for (const { format, title, minutes, to, why } of proposal.works) {
    assert.equal(sessions.find(({ code }) => code === to.code).kind, format);
    if (format === 'poster') assert.equal(minutes, 0);
    else assert.deepEqual([to.title, why], [title, 'The session is called after it']);
  }
  (await accept(location, { all: true })).expect(200);
  assert.deepEqual((await draft()).works, []);
});

test('a poster that can stand nowhere else is named, and stays until somebody decides', async () => {
  const before = await draft();
  const [session] = sessionsOf(before, 'poster');
  const item = session.presentations[0];
  const who = item.authors.find((one) => one.is_presenting).name;
  const { proposal } = await replan({ away: [{ who, when: spanOf(session) }] });
  assert.equal(proposal.state, 'done', proposal.message);
  const [left] = proposal.left;
  assert.deepEqual([proposal.works, left.submission, left.at.code], [[], item.submission, session.code]);
  assert.ok(left.why.includes(`${who} is away`), left.why);
  assert.deepEqual(placesOf(await draft()), placesOf(before));
});

test('the same seed proposes the same', async () => {
  await takeOut('parallel', 2);
  const one = await proposeRest();
  const two = await proposeRest();
  // A search that the clock ended, on a busy machine, cannot be repeated.
  if (!one.proposal.is_cut && !two.proposal.is_cut) assert.deepEqual(two.proposal.works, one.proposal.works);
  assert.deepEqual([one, two].map(({ proposal }) => proposal.left), [[], []]);
  (await accept(two.location, { all: true })).expect(200);
});

test('a short time is kept to', async () => {
  await takeOut('parallel', 4);
  const { location, proposal } = await ask(`${EDIT}/proposals`, { seconds: 1 });
  assert.equal(proposal.state, 'done', proposal.message);
  assert.ok(Date.parse(proposal.finished_at) - Date.parse(proposal.created_at) < 10_000);
  assert.deepEqual([proposal.left, proposal.n_clashes], [[], 0]);
  (await accept(location, { all: true })).expect(200);
});

test('one that waits is cancelled, and changes nothing', async () => {
  const before = await draft();
  await change(`INSERT INTO proposal (event_id, id, code, kind, person_id, roles, options, seed, seconds, state, created_at)
    SELECT event_id, 4242, 'K7QF3M2XG', kind, person_id, roles, options, seed, seconds, 'waiting', created_at FROM proposal
    WHERE id = (SELECT max(id) FROM proposal WHERE kind = 'timetable')`);
  const location = `${EDIT}/proposals/K7QF3M2XG`;
  const page = (await organiser.page(location)).expect(200);
  assert.equal(page.one('main progress').get('max'), '100');
  const twice = (await organiser.post(`${EDIT}/proposals`, { seconds: 2 }, { page: EDIT })).expect(409);
  assert.match(twice.json.detail, /under way/);
  (await accept(location, { all: true })).expect(409);
  (await (await organiser.form(location, `${location}/cancel`)).submit()).expect(303);
  assert.equal((await organiser.get(location)).json.proposal.state, 'cancelled');
  (await organiser.post(`${location}/cancel`, {}, { page: location })).expect(409);
  assert.deepEqual(placesOf(await draft()), placesOf(before));
});

test('bad questions are refused, field by field', async () => {
  const refused = async (path, body) => (await organiser.post(path, body, { page: EDIT })).expect(422).json.fields;
  assert.ok((await refused(`${EDIT}/proposals`, { seconds: 0 })).seconds);
  assert.ok((await refused(`${EDIT}/proposals`, { seconds: 601 })).seconds);
  const who = async (name, when = '') => refused(REPLAN, { seconds: 2, away: [{ who: name, when }] });
  assert.match((await who('Nobody Atall'))['away.0.who'], /Nobody here is called Nobody Atall/);
  const somebody = (await draft()).sessions.flatMap((one) => one.people)[0].name;
  for (const when of ['tomorrow', '2027-13-01', '2027-06-16T10:00', '2027-06-16T11:00/2027-06-16T10:00', '/'])
    assert.match((await who(somebody, when))['away.0.when'], /Choose when/);
  assert.match((await refused(REPLAN, { seconds: 2, shut: [{ room: 'moon', when: '' }] }))['shut.0.room'], /no such room/);
  const { location } = await replan({ shut: [{ room: 'seminar-1', when: '' }] });
  assert.match((await accept(location, { work: [] })).expect(422).json.fields.work, /Choose at least one/);
  (await accept(location, { work: ['nonsense'] })).expect(422);
  (await organiser.get(`${EDIT}/proposals/K7QF3M2XQ`)).expect(404);
  (await undo(location)).expect(409);
});

test('with forms alone: people and rooms are added, and what was typed comes back', async () => {
  const form = await organiser.form(REPLAN, REPLAN);
  form.set('away.0.who', 'Nobody Atall');
  const more = organiser.formOf((await form.submit('do=away.add')).expect(200), REPLAN);
  assert.equal(more.get('away.0.who'), 'Nobody Atall');
  const page = (await more.submit('Work it out')).expect(422);
  assert.match(page.one('.summary').text, /Nobody here is called Nobody Atall/);
  const again = organiser.formOf((await organiser.formOf(page, REPLAN).submit('do=shut.add')).expect(200), REPLAN);
  const options = page.all('select[name="away.0.when"] option').map((one) => one.get('value'));
  assert.ok(options.includes('') && options.some((one) => one.includes('/')));
  const name = (await draft()).sessions.flatMap((one) => one.people)[0].name;
  again.set('away.0.who', name).set('away.0.when', options[1]).set('shut.0.room', 'seminar-2');
  const made = (await again.submit('Work it out')).expect(303);
  assert.equal((await settled(organiser, made.location)).state, 'done');
});

test('only who makes the programme asks for it', async () => {
  const { location } = await replan({ shut: [{ room: 'seminar-1', when: '' }] });
  const author = await server.signInAs('author');
  const stranger = server.client();
  for (const path of [REPLAN, location]) {
    (await author.get(path)).expect(403);
    (await stranger.get(path)).expect(401);
  }
  (await author.post(`${EDIT}/proposals`, { seconds: 2 }, { page: '/account' })).expect(403);
  (await author.post(`${location}/accept`, { all: true }, { page: '/account' })).expect(403);
  const chair = await server.signInAs('chair');
  (await chair.get(REPLAN)).expect(200);
  (await chair.get(location)).expect(404);
});
