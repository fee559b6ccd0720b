// From rooms and sessions to a published programme: refusals, secrecy, and every form it is read in.
import { test, assert } from '../lib/test.mjs';
import { textOfPdf, checkPdf } from '../lib/pdf.mjs';
import { quote } from '../lib/database.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const server = await startServer({ stage: 'programme', now: NOW });
const organiser = await server.signInAs('organiser');
const stranger = server.client();
const EDIT = '/empathy/programme/edit';
const draft = async () => (await organiser.get(EDIT)).expect(200).json;
const [event] = server.rows(`SELECT starts_on, ends_on FROM event WHERE slug = 'empathy'`);
const dayAfter = (n) => new Date(Date.parse(`${event.starts_on}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
const wall = (day, clock) => `${dayAfter(day)}T${clock}`;
const session = (more) => ({ kind: 'panel', title: 'Late hour', starts_at: wall(0, '20:00'), ends_at: wall(0, '21:00'), ...more });
const add = async (more, status = 201) => (await organiser.post(`${EDIT}/new`, session(more), { page: `${EDIT}/new` })).expect(status);
const codeOf = (answer) => answer.location.split('/').pop();
const sessionOf = async (code) => (await draft()).sessions.find((one) => one.code === code);
const remove = async (code) => (await organiser.post(`${EDIT}/${code}/delete`, { rev: (await sessionOf(code)).rev })).expect(200);

test('before publication the public reads an honest empty page, and nothing of the draft', async () => {
  const page = (await stranger.page('/empathy/programme')).expect(200);
  assert.match(page.one('main').text, /not published yet/);
  assert.equal(page.first(`a[href="${EDIT}"]`), null);
  assert.deepEqual((await stranger.get('/empathy/programme')).expect(200).json.is_published, false);
  (await stranger.get('/empathy/programme.ics')).expect(404);
  (await stranger.get('/empathy/programme.pdf')).expect(404);
  const { sessions } = await draft();
  assert.ok(sessions.length > 15);
  (await stranger.page(`/empathy/sessions/${sessions[0].code}`)).expect(404);
  (await stranger.get(EDIT)).expect(401);
  (await (await server.signInAs('author')).get(EDIT)).expect(403);
  const work = sessions.flatMap((one) => one.presentations).find((one) => one.submission);
  (await stranger.get(`/empathy/submissions/${work.submission}`)).expect(404);
  const home = (await stranger.page('/empathy')).text;
  for (const { title } of sessions.filter((one) => one.kind === 'plenary' || one.kind === 'debate')) assert.ok(!home.includes(title));
  const own = (await organiser.page('/empathy/programme')).expect(200);
  assert.ok(own.first(`a[href="${EDIT}"]`));
});

test('the draft of the demo holds every accepted work and no clash', async () => {
  const { works, clashes, sessions } = await draft();
  assert.deepEqual([works, clashes], [[], []]);
  const placed = sessions.flatMap((one) => one.presentations).map((one) => one.submission).sort();
  const accepted = server.rows(`SELECT submission.code FROM decision JOIN submission ON submission.id = decision.submission_id
    LEFT JOIN confirmation ON confirmation.decision_id = decision.id
    WHERE outcome IN ('talk', 'poster', 'workshop') AND released_at IS NOT NULL AND state = 'submitted'
      AND (answer IS NULL OR answer <> 'no')`).map((row) => row.code).sort();
  assert.deepEqual(placed, accepted);
});

test('a session is added, changed and deleted with forms alone', async () => {
  const page = `${EDIT}/new`;
  const form = await organiser.form(page, page);
  form.fill({ kind: 'social', title: 'Walk along the river', starts_at: wall(0, '18:30'), ends_at: wall(0, '19:30') });
  form.set('person.0.who', 'Jürg Aeschbachner').set('person.0.role', 'facilitator');
  const more = (await form.submit('do=person.add')).expect(200);
  const full = organiser.formOf(more, page);
  assert.equal(full.get('title'), 'Walk along the river');
  full.set('person.1.who', 'Ada Newcomer').set('person.1.email', 'ada.newcomer@example.org').set('person.1.role', 'speaker');
  const made = (await full.submit('Save the session')).expect(303);
  const code = codeOf(made);
  const people = (await sessionOf(code)).people.map((one) => [one.name, one.role]);
  assert.deepEqual(people, [['Jürg Aeschbachner', 'facilitator'], ['Ada Newcomer', 'speaker']]);
  const again = await organiser.form(`${EDIT}/${code}`, `${EDIT}/${code}`);
  assert.match(again.get('person.0.who'), /^Jürg Aeschbachner \([0-9A-Z]{9}\)$/);
  const twin = await organiser.form(`${EDIT}/${code}`, `${EDIT}/${code}`);
  (await again.fill({ title: 'Walk by the river' }).submit('Save the session')).expect(303);
  const stale = (await twin.fill({ title: 'Walk in the rain' }).submit('Save the session')).expect(409);
  assert.match(stale.one('.summary').text, /another window/);
  assert.equal(organiser.formOf(stale, `${EDIT}/${code}`).get('title'), 'Walk in the rain');
  const ask = await organiser.form(`${EDIT}/${code}/delete`, `${EDIT}/${code}/delete`);
  (await ask.submit()).expect(303);
  assert.equal(await sessionOf(code), undefined);
  (await organiser.page(`${EDIT}/${code}`)).expect(404);
});

test('a room cannot hold two sessions at a time; the refusal names both', async () => {
  const code = codeOf(await add({ title: 'First come', room: 'main-hall' }));
  const clash = await add({ title: 'Second come', room: 'main-hall', starts_at: wall(0, '20:59'), ends_at: wall(0, '21:30') }, 422);
  assert.match(clash.json.fields.room, /Main hall is taken by “First come” \(.*20:00 to 21:00\)/);
  const after = codeOf(await add({ title: 'Straight after', room: 'main-hall', starts_at: wall(0, '21:00'), ends_at: wall(0, '21:30') }));
  const form = await organiser.form(`${EDIT}/${after}`, `${EDIT}/${after}`);
  const page = (await form.fill({ starts_at: wall(0, '20:30') }).submit('Save the session')).expect(422);
  assert.match(page.one('.summary').text, /Main hall is taken by “First come”/);
  assert.equal(organiser.formOf(page, `${EDIT}/${after}`).get('starts_at'), wall(0, '20:30'));
  assert.ok((await sessionOf(after)).starts_at.includes('T'));
  await remove(code);
  await remove(after);
});

test('nobody is in two places: chairs, speakers, presenting authors', async () => {
  const { sessions } = await draft();
  const plenary = sessions.find((one) => one.kind === 'plenary');
  const start = server.rows(`SELECT starts_at, ends_at FROM session WHERE code = ${quote(plenary.code)}`)[0];
  const local = (ms) => new Date(Number(ms)).toLocaleString('sv', { timeZone: 'Europe/London' }).replace(' ', 'T').slice(0, 16);
  const at = { starts_at: local(start.starts_at), ends_at: local(start.ends_at) };
  const chair = plenary.people.find((one) => one.role === 'chair').name;
  const busy = await add({ ...at, person: [{ who: chair, role: 'speaker' }] }, 422);
  assert.match(busy.json.fields.person, new RegExp(`${chair} cannot be in “Late hour” and in “${plenary.title}”`));
  const talks = sessions.find((one) => one.kind === 'parallel');
  const row = server.rows(`SELECT starts_at, ends_at FROM session WHERE code = ${quote(talks.code)}`)[0];
  const presenter = talks.presentations[0].authors.find((one) => one.is_presenting).name;
  const refused = await add({ starts_at: local(row.starts_at), ends_at: local(row.ends_at), person: [{ who: presenter, role: 'panellist' }] }, 422);
  assert.ok(refused.json.fields.person.includes(presenter));
  const unknown = await add({ person: [{ who: 'Nobody Atall', role: 'chair' }] }, 422);
  assert.match(unknown.json.fields['person.0.who'], /Nobody here is called Nobody Atall/);
});

test('times outside the event and times that run backwards are refused', async () => {
  const late = await add({ starts_at: wall(9, '09:00'), ends_at: wall(9, '10:00') }, 422);
  assert.match(late.json.fields.starts_at, /outside the event/);
  const backwards = await add({ ends_at: wall(0, '19:00') }, 422);
  assert.match(backwards.json.fields.ends_at, /ends before it starts/);
  (await add({ kind: 'concert' }, 422)).json.fields.kind.includes('kind');
  assert.ok((await add({ room: 'moon' }, 422)).json.fields.room);
});

test('presentations are ordered, timed, taken out and placed again', async () => {
  const before = (await draft()).sessions.find((one) => one.kind === 'parallel' && one.presentations.length > 1);
  const path = `${EDIT}/${before.code}/presentations`;
  const [first, second] = before.presentations;
  const change = async (item, body, status = 200) => (await organiser.post(`${path}/${item.code}`,
    { rev: (await sessionOf(before.code)).rev, ...body }, { page: path })).expect(status);
  await change(second, { do: 'up' });
  let now = await sessionOf(before.code);
  assert.deepEqual(now.presentations.slice(0, 2).map((one) => one.code), [second.code, first.code]);
  assert.equal(now.presentations[0].starts_at, before.starts_at);
  const long = await change(first, { do: 'minutes', minutes: 100 }, 422);
  assert.match(long.json.fields.minutes, /need \d+ minutes, the session has 60/);
  await change(first, { do: 'minutes', minutes: 20 });
  (await organiser.post(`${path}/${first.code}`, { do: 'down', rev: 1 })).expect(409);
  await change(first, { do: 'remove' });
  now = await draft();
  assert.deepEqual(now.works.map((one) => one.code), [first.submission]);
  const page = (await organiser.page(EDIT)).expect(200);
  const form = organiser.formOf(page, (node) => node.first('input[name="submission"]')?.get('value') === first.submission);
  (await form.set('session', before.code).submit()).expect(303);
  assert.deepEqual((await draft()).works, []);
  const twice = (await organiser.post('/empathy/programme/place', { submission: first.submission, session: before.code })).expect(422);
  assert.match(twice.json.fields.submission, /already/);
  (await organiser.page(path)).expect(200);
});

test('work that is not accepted, or not told so, cannot be placed', async () => {
  const rejected = server.rows(`SELECT submission.code FROM decision JOIN submission
    ON submission.id = decision.submission_id WHERE outcome = 'reject'`)[0].code;
  const { sessions } = await draft();
  const into = sessions.find((one) => one.kind === 'parallel').code;
  const answer = (await organiser.post('/empathy/programme/place', { submission: rejected, session: into })).expect(422);
  assert.match(answer.json.fields.submission, /Only accepted work/);
});

test('rooms are edited together; one in use stays', async () => {
  const page = '/empathy/programme/rooms';
  const form = await organiser.form(page, page);
  const again = organiser.formOf((await form.submit('do=room.add')).expect(200), page);
  const last = again.controls.filter((one) => /^room\.\d+\.name$/.test(one.name)).length - 1;
  (await again.set(`room.${last}.name`, 'Orangery').set(`room.${last}.capacity`, '40').submit('Save the rooms')).expect(303);
  const { rooms, rev } = (await organiser.get(page)).expect(200).json;
  assert.equal(rooms.at(-1).code, 'orangery');
  const kept = rooms.filter((one) => one.code !== 'main-hall').map(({ notes, ...one }) => ({ ...one, notes: notes ?? '' }));
  const refused = (await organiser.post(page, { room: kept, rev })).expect(422);
  assert.match(refused.json.fields.room, /A session is in Main hall/);
  (await organiser.post(page, { room: kept, rev: rev - 1 })).expect(409);
});

test('a masterclass has outcomes and sessions that repeat it', async () => {
  const page = '/empathy/programme/masterclasses/new';
  const form = await organiser.form(page, page);
  form.fill({ title: 'Asking twice', summary: 'How to ask again.', outcomes: 'ask again\nwait for the answer' });
  const code = codeOf((await form.submit('do=save')).expect(303));
  const repeat = await add({ kind: 'masterclass', title: '', masterclass: code, capacity: 12 });
  const made = (await organiser.get(`/empathy/programme/masterclasses/${code}`)).expect(200).json.masterclass;
  assert.deepEqual(made.outcomes, ['ask again', 'wait for the answer']);
  assert.deepEqual(made.sessions.map((one) => [one.title, one.capacity]), [['Asking twice', 12]]);
  (await organiser.page(`/empathy/programme/masterclasses/${code}`)).expect(200);
  (await organiser.page(`${EDIT}/new?masterclass=${code}`)).expect(200);
  const bare = await add({ kind: 'masterclass' }, 422);
  assert.ok(bare.json.fields.masterclass);
  (await organiser.post(`/empathy/programme/masterclasses/${code}/delete`, { rev: made.rev })).expect(409);
  assert.ok(codeOf(repeat));
});

test('publishing freezes a version that later edits do not touch', async () => {
  const page = (await organiser.page(EDIT)).expect(200);
  const form = organiser.formOf(page, '/empathy/programme/publish');
  (await form.fill({ note: 'The first version' }).submit('do=publish')).expect(303);
  const one = (await stranger.get('/empathy/programme')).expect(200).json;
  assert.deepEqual([one.version, one.note, one.is_published], [1, 'The first version', true]);
  const shown = (await stranger.page('/empathy/programme')).expect(200);
  const plenary = one.sessions.find((each) => each.kind === 'plenary');
  assert.ok(shown.one('main').text.includes(plenary.title));
  const edit = `${EDIT}/${plenary.code}`;
  const change = await organiser.form(edit, edit);
  (await change.fill({ title: 'Quite another title' }).submit('Save the session')).expect(303);
  assert.deepEqual((await stranger.get('/empathy/programme')).json, one);
  assert.ok(!(await stranger.page(`/empathy/sessions/${plenary.code}`)).expect(200).text.includes('Quite another'));
  (await organiser.post('/empathy/programme/publish', { version: 0 })).expect(409);
  (await organiser.post('/empathy/programme/publish', { version: 1, note: 'A new title' })).expect(200);
  const two = (await stranger.get('/empathy/programme')).json;
  assert.deepEqual([two.version, two.sessions.find((each) => each.code === plenary.code).title], [2, 'Quite another title']);
  assert.ok((await stranger.page('/empathy')).text.includes('Quite another title'));
});

test('a session page tells of people, outcomes and presentations, and leads to the abstracts', async () => {
  const { sessions } = (await stranger.get('/empathy/programme')).json;
  const talks = sessions.find((one) => one.kind === 'parallel');
  const page = (await stranger.page(`/empathy/sessions/${talks.code}`)).expect(200);
  const { title, submission } = talks.presentations[0];
  assert.ok(page.one('main').text.includes(title));
  assert.ok((await stranger.page(`/empathy/submissions/${submission}`)).expect(200).one('main').text.includes(title));
  const master = sessions.find((one) => one.kind === 'masterclass' && one.title === 'Asking twice');
  assert.match((await stranger.page(`/empathy/sessions/${master.code}`)).one('main').text, /wait for the answer/);
});

test('what is placed after publication is public only with the next version', async () => {
  const { code: into, presentations } = (await draft()).sessions.find((one) => one.kind === 'parallel');
  const code = presentations[0].submission;
  const item = (await sessionOf(into)).presentations.find((one) => one.submission === code);
  const path = `${EDIT}/${into}/presentations`;
  (await organiser.post(`${path}/${item.code}`, { do: 'remove', rev: (await sessionOf(into)).rev })).expect(200);
  (await organiser.post('/empathy/programme/publish', { version: 2, note: '' })).expect(200);
  (await stranger.get(`/empathy/submissions/${code}`)).expect(404);
  (await organiser.post(path, { submission: code, minutes: 15 })).expect(201);
  (await stranger.get(`/empathy/submissions/${code}`)).expect(404);
  assert.ok(!(await stranger.get('/empathy/programme')).text.includes(code));
  (await organiser.post('/empathy/programme/publish', { version: 3, note: '' })).expect(200);
  (await stranger.get(`/empathy/submissions/${code}`)).expect(200);
});

// RFC 5545 content lines, unfolded: [{ name, value }].
function linesOfCalendar(text) {
  assert.ok(text.endsWith('\r\n') && !/[^\r]\n/.test(text), 'lines end in CRLF');
  for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
  return text.replace(/\r\n /g, '').trim().split('\r\n').map((line) => {
    const at = line.search(/[:;]/);
    return { name: line.slice(0, at), value: line.slice(line.indexOf(':') + 1) };
  });
}

test('the calendar file holds the version, in UTC, with identities that stay', async () => {
  const { sessions, version } = (await stranger.get('/empathy/programme')).json;
  const answer = (await stranger.get('/empathy/programme.ics')).expect(200);
  assert.equal(answer.type, 'text/calendar');
  const lines = linesOfCalendar(answer.text);
  const of = (name) => lines.filter((line) => line.name === name).map((line) => line.value);
  assert.deepEqual([of('BEGIN')[0], of('VERSION')[0]], ['VCALENDAR', '2.0']);
  assert.deepEqual(of('UID').map((uid) => uid.split('@')[0]), sessions.map((one) => one.code));
  assert.deepEqual(new Set(of('SEQUENCE')), new Set([String(version)]));
  assert.deepEqual(of('DTSTART'), sessions.map((one) => one.starts_at.replace(/[-:]/g, '')));
  assert.deepEqual(of('SUMMARY').map((text) => text.replace(/\\(.)/g, '$1')), sessions.map((one) => one.title));
  const one = (await stranger.get(`/empathy/sessions/${sessions[3].code}.ics`)).expect(200);
  assert.equal(linesOfCalendar(one.text).filter((line) => line.name === 'UID').length, 1);
});

test('the printed programme has every title of the version', async () => {
  const { sessions } = (await stranger.get('/empathy/programme')).json;
  const answer = (await stranger.get('/empathy/programme.pdf')).expect(200);
  assert.equal(answer.type, 'application/pdf');
  checkPdf(answer.bytes);
  const text = textOfPdf(answer.bytes).join(' ').replace(/\s+/g, ' ');
  const squeezed = (s) => s.normalize('NFKC').replace(/[\s\u00ad-]/g, '');
  for (const { title } of sessions) assert.ok(squeezed(text).includes(squeezed(title)), title);
});

test('the printed programme says at its foot what its page says: which version, and where clocks go like this', async () => {
  const page = (await stranger.page('/empathy/programme')).expect(200);
  const version = page.all('.quiet').map((p) => p.text.replace(/\s+/g, ' ').trim()).find((text) => text.startsWith('Version '));
  assert.match(version, /^Version \d+, published .*\. Clock times are told in Leicester\.$/);
  const printed = async () => textOfPdf((await stranger.get('/empathy/programme.pdf')).expect(200).bytes).join(' ').replace(/\s+/g, ' ');
  const text = await printed();
  assert.ok(text.includes(version), text.slice(0, 400));
  assert.ok(!text.includes('Europe/London'));
  const setCity = async (city) => (await (await organiser.form('/empathy/settings', '/empathy/settings')).fill({ city }).submit()).expect(303);
  await setCity('');
  assert.match(await printed(), /Clock times are told in London\./);
  await setCity('Leicester');
});

test('the published programme is kept for strangers and renewed by the next version', async () => {
  const first = (await stranger.get('/empathy/programme', { headers: { Accept: 'text/html' } })).expect(200);
  const second = (await stranger.get('/empathy/programme', { headers: { Accept: 'text/html' } })).expect(200);
  assert.equal(first.headers.etag, second.headers.etag);
  (await organiser.post('/empathy/programme/publish', { version: 4, note: 'Again' })).expect(200);
  assert.match((await stranger.get('/empathy/programme', { headers: { Accept: 'text/html' } })).text, /Again/);
});
