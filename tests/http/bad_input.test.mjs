// What no form of ours would send, to every act there is: always a clear answer below 500 that names
// the field, and no row anywhere. Driven by the table of routes, so that a new act is tried as well.
import { test, assert, limitFile } from '../lib/test.mjs';
import { makeCast, placesOf } from '../lib/cast.mjs';
import { tablesOf } from '../lib/database.mjs';
import { readRoutes, sampleFields, wireName } from '../lib/routes.mjs';
import { startCopy } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const LIMIT_S = 600;
const BODY_MAX = 1 << 20;
limitFile(2 * LIMIT_S);

const routes = await readRoutes();
const cast = await makeCast({ stage: 'programme', now: NOW });
const server = await startCopy(cast.server);
const tables = tablesOf(server);
const count = () => server.rows(tables.map((name) => `SELECT '${name}' AS name, count(*) AS n FROM ${name}`).join(' UNION ALL '));

// Who may do it; whoever may not would be refused for that alone.
const MAY = {
  CAP_PUBLIC: 'author', CAP_SELF: 'author', CAP_SUBMIT: 'author', CAP_OPERATE: 'organiser', CAP_EVENT_MANAGE: 'organiser',
  CAP_SELECTION: 'chair', CAP_SUBMISSIONS: 'chair', CAP_REVIEW: 'assigned', CAP_PROGRAMME_EDIT: 'organiser',
  CAP_REGISTRATIONS: 'organiser', CAP_NEEDS: 'organiser', CAP_BADGES: 'organiser', CAP_CHECKIN: 'organiser', CAP_OUTBOX: 'organiser',
  CAP_PRINT: 'organiser',
};

function personFor(route) {
  const role = MAY[route.capability];
  assert.ok(role, `${route.capability} is new: say in MAY who has it`);
  return cast.people[role].at(server);
}

// One of each act, at a place where it is somebody's.
const seen = new Set();
const acts = placesOf(routes, cast, 'POST').filter(({ route }) => !seen.has(route) && seen.add(route))
  .map((place) => ({ ...place, client: personFor(place.route) }));
const isUpload = (route) => route.flags.includes('upload');

const FORM = 'application/x-www-form-urlencoded';
const encode = (pairs) => pairs.map(([name, value]) => `${encodeURIComponent(name)}=${value.raw ?? encodeURIComponent(value)}`).join('&');
const raw = (text) => ({ raw: text });

function send({ client, path }, body, { type = FORM, accept = 'application/json', headers = {} } = {}) {
  return client.request('POST', path, { headers: { accept, 'content-type': type, 'x-csrf-token': client.csrfToken, ...headers }, body });
}

// The fault in one field of a form that is right but for it, or as right as the types go.
const withFault = ({ route }, name, value) => sampleFields(route).filter(([other]) => other !== name).concat([[name, value]]);

const WRONG = {
  int: ['x', '1.5', '1e3', '99999999999999999999', '-99999999999', '0x10', ' '.repeat(5) + '7x'],
  money: ['x', '1.234', '-5', '99999999999999999999', '1,2,3'],
  date: ['x', '2027-02-29', '2027-13-01', '0000-01-01', '2027-5-2', '99999-01-01'],
  datetime: ['x', '2027-02-29T10:00', '2027-05-02T24:01', '2027-05-02 10:00x', '0000-01-01T00:00'],
  email: ['x', 'a@', '@b', 'a b@example.org', 'a@b\r\nBcc: c@example.org', `${'a'.repeat(300)}@example.org`],
  code: ['<script>', 'a b c', '../../etc', 'ZZZZZZZZZZZZZZZZZZZZZZZZZZ'],
  word: ['A word', '../x', '<b>', 'a'.repeat(600)],
};
// No text of any kind holds these.
const BROKEN = [['NUL', raw('a%00b')], ['invalid UTF-8', raw('%C3%28')], ['an overlong form', raw('%C0%AF')],
  ['a lone surrogate', raw('%ED%A0%80')], ['a half-written escape', raw('%C')]];

async function refuses(act, what, body, options, { names, statuses = [400, 409, 413, 415, 422, 404, 410] } = {}) {
  const answer = await send(act, body, options);
  const told = `${act.route.method} ${act.name}, ${what}: ${answer.status} ${answer.text.slice(0, 300)}`;
  assert.ok(statuses.includes(answer.status), told);
  if (names && answer.status === 422) assert.ok(answer.json.fields[names], `${told}: does not name ${names}`);
  if (answer.status >= 400) assert.ok(answer.json.detail || answer.json.title, told);
  return answer;
}

// Runs a check for every act; nothing may have been written and the program must still answer.
function everywhere(name, check) {
  test(name, async () => {
    const before = count();
    for (const act of acts) await check(act);
    assert.deepEqual(count(), before, 'rows were written');
    (await server.client().page('/empathy')).expect(200);
  }, { limitS: LIMIT_S });
}

// 4xx below which a form was not even read: the row is not theirs, or the link has expired.
const READ = [422, 400];

everywhere('values of the wrong type are refused by name', async (act) => {
  for (const field of act.route.fields) {
    for (const value of WRONG[field.type] ?? []) {
      const name = wireName(field);
      await refuses(act, `${name}=${value}`, encode(withFault(act, name, value)), {}, { names: name, statuses: READ });
    }
  }
});

everywhere('bytes that are no text are refused', async (act) => {
  for (const field of act.route.fields.filter(({ type }) => type !== 'file' && type !== 'bool')) {
    for (const [what, value] of BROKEN) {
      const name = wireName(field);
      await refuses(act, `${name} with ${what}`, encode(withFault(act, name, value)), {}, { names: name, statuses: READ });
    }
  }
});

everywhere('a name that is no text is refused', async (act) => {
  for (const name of ['%00', '%C3%28', 'a%00b', '__proto__', 'author.99999.name', 'author.-1.name', '.', '..', '']) {
    await refuses(act, `a field ${name}`, `${encode(sampleFields(act.route))}&${name}=x`, {}, { statuses: READ });
  }
});

everywhere('a field that is missing is named, when it is needed', async (act) => {
  const isNeeded = ({ type, min, shape }) => min >= 1 && shape === 'one' && !['int', 'money', 'file'].includes(type);
  for (const field of act.route.fields.filter(isNeeded)) {
    const fields = sampleFields(act.route).filter(([name]) => name !== field.name);
    for (const rest of [fields, [...fields, [field.name, '']], [...fields, [field.name, '   ']]]) {
      if (field.type === 'secret' && rest.length > fields.length) continue; // spaces may be a password
      await refuses(act, `without ${field.name}`, encode(rest), {}, { names: field.name, statuses: READ });
    }
  }
});

everywhere('a field that is sent twice is named', async (act) => {
  for (const field of act.route.fields.filter(({ shape, type }) => shape !== 'list' && type !== 'file')) {
    const name = wireName(field);
    const [, value] = sampleFields(act.route).find(([other]) => other === name);
    await refuses(act, `${name} twice`, encode([...sampleFields(act.route), [name, value]]), {}, { names: name, statuses: READ });
  }
});

everywhere('a field that nobody declared is named', async (act) => {
  for (const name of ['is_operator', 'account_id', 'event_id', 'state', 'role_grant']) {
    if (act.route.fields.some((field) => wireName(field) === name)) continue;
    await refuses(act, `with ${name}`, encode([...sampleFields(act.route), [name, '1']]), {}, { names: name, statuses: READ });
  }
});

everywhere('a million characters are refused, by the field or by the size of the body', async (act) => {
  const texts = act.route.fields.filter(({ type }) => ['text', 'block', 'secret', 'word', 'code', 'email'].includes(type));
  for (const field of texts.slice(0, 3)) {
    const name = wireName(field);
    await refuses(act, `${name} of a million`, encode(withFault(act, name, 'x'.repeat(1_000_000))), {}, { names: name, statuses: READ });
  }
  if (isUpload(act.route)) return;
  await refuses(act, 'a body over the limit', `a=${'x'.repeat(BODY_MAX)}`, {}, { statuses: [413] });
});

everywhere('JSON of another shape is refused', async (act) => {
  const json = (what, text, statuses = READ) => refuses(act, what, text, { type: 'application/json' }, { statuses });
  const valid = Object.fromEntries(act.route.fields.filter(({ shape, type }) => shape === 'one' && type !== 'file')
    .map((field) => [field.name, sampleFields(act.route).find(([name]) => name === field.name)[1]]));
  for (const text of ['[]', '1', '"x"', 'null', '{', '{"a":1,}', '{"a":1}{"b":2}', "{'a':1}", '\u0000', '{"a":"\\ud800"}', '{"a":"\\u0000"}',
    '{"a":1,"a":2}', '{"a":1e999}', `{"a":"${'\u0001'}"}`]) await json(text.slice(0, 20), text);
  await json('deep arrays', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  await json('deep objects', '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000));
  await json('many members', `{${Array.from({ length: 20_000 }, (_, i) => `"f${i}":1`).join(',')}}`);
  for (const field of act.route.fields.filter(({ shape, type }) => shape === 'one' && type !== 'file')) {
    for (const value of [{ a: 1 }, [1, 2], [[1]], { a: { b: { c: 1 } } }]) {
      await json(`${field.name} as ${JSON.stringify(value)}`, JSON.stringify({ ...valid, [field.name]: value }));
    }
    if (field.type !== 'bool') await json(`${field.name} as true`, JSON.stringify({ ...valid, [field.name]: true }));
    if (['text', 'block', 'email'].includes(field.type)) await json(`${field.name} with NUL`, JSON.stringify({ ...valid, [field.name]: 'a\0b' }));
  }
});

everywhere('another type of content is refused', async (act) => {
  const body = encode(sampleFields(act.route));
  for (const type of ['text/plain', 'application/xml', 'application/json-patch+json', 'application/x-www-form-urlencoded2', 'nonsense', '']) {
    await refuses(act, `as ${type}`, body || 'a=b', { headers: { 'content-type': type || undefined } }, { statuses: [415] });
  }
  const multipart = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb';
  await refuses(act, 'as half a multipart', multipart, { type: 'multipart/form-data; boundary=x' }, { statuses: isUpload(act.route) ? [400] : [415] });
});

everywhere('a revision that nobody has seen changes nothing', async (act) => {
  if (!act.route.fields.some(({ name }) => name === 'rev')) return;
  const body = encode(withFault(act, 'rev', '4503599627370496'));
  await refuses(act, 'a revision of tomorrow', body, {}, { statuses: [403, 404, 409, 422] });
});

everywhere('without the page\'s token nothing is done', async (act) => {
  if (act.route.flags.includes('no-csrf')) return;
  for (const token of [undefined, '', 'x', 'a'.repeat(64)]) {
    const answer = await refuses(act, `token ${token}`, encode(sampleFields(act.route)), { headers: { 'x-csrf-token': token } }, { statuses: [403, 422] });
    assert.equal(answer.status, 403, `${act.name}: token ${token}`);
  }
  const { csrfToken } = act.client;
  await refuses(act, 'another origin', encode(sampleFields(act.route)),
    { headers: { 'x-csrf-token': csrfToken, origin: 'https://evil.example' } }, { statuses: [403] });
});

test('what belongs to one event is not there in another', async () => {
  const organiser = cast.people.organiser.at(server);
  const made = (await organiser.post('/events/new', { kind: 'course', title: 'Elsewhere', starts_on: '2027-10-01', ends_on: '2027-10-02',
    zone: 'Europe/London', venue: 'Hall', city: 'Leicester', country: 'United Kingdom', themes: 'Listening' })).expect(201);
  const slug = made.location.split('/')[1];
  for (const role of ['chair', 'reviewer']) {
    (await organiser.post(`/${slug}/settings/people`, { email: 'catrin@example.org', name: 'Catrin', role })).expect(200);
  }
  const before = count();
  const isForeign = ({ route }) => /^\/:event\/.*:/.test(route.pattern) && !route.pattern.endsWith('/:token');
  for (const { path } of placesOf(routes, cast, 'GET').filter(isForeign)) {
    const there = path.replace('/empathy/', `/${slug}/`);
    (await organiser.get(there)).expect(404);
  }
  for (const place of placesOf(routes, cast, 'POST').filter(isForeign)) {
    const act = { ...place, path: place.path.replace('/empathy/', `/${slug}/`), client: organiser };
    await refuses(act, 'from another event', encode(sampleFields(act.route)), {}, { statuses: [404, 422, 403] });
  }
  assert.deepEqual(count(), before, 'rows were written');
}, { limitS: LIMIT_S });

everywhere('codes and links of nothing lead nowhere', async (act) => {
  const names = [...act.route.pattern.matchAll(/:(\w+)/g)].map(([, name]) => name);
  for (const name of names) {
    for (const value of ['ZZZZZZZZZ', '..', '%00', '%C3%28', 'x'.repeat(2000), "'; DROP TABLE person; --"]) {
      const segments = act.route.pattern.split('/');
      const real = act.path.split('/');
      const path = segments.map((segment, i) => (segment === `:${name}` ? value.startsWith('%') ? value : encodeURIComponent(value) : real[i])).join('/');
      const answer = await send({ ...act, path }, encode(sampleFields(act.route)));
      assert.ok([400, 401, 403, 404, 405, 409, 410, 414, 422].includes(answer.status), `POST ${path.slice(0, 80)}: ${answer.status}`);
    }
  }
});
