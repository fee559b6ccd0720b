// The door: who is let in, by which scan, and what a desk or a paired phone may learn.
import crypto from 'node:crypto';
import { test, assert } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { fillPattern, parametersOf, readRoutes, sampleFields, sendFields } from '../lib/routes.mjs';
import { codesInPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-09-08T08:02:00Z'; // 09:02 in Leicester
const DOOR = '/empathy/checkin';
const SCANS = `${DOOR}/scans`;
let made = 0;
const nonce = () => `test-scan-${made++}`;

const server = await startServer({ stage: 'live', now: NOW });
const desk = await server.signInAs('desk');
const organiser = await server.signInAs('organiser');
const list = async (who = desk) => (await who.request('GET', `${DOOR}/list`, { headers: { accept: 'application/json' } })).expect(200).json.tickets;
// Somebody who is not in yet, another one each time.
const taken = new Set();
async function findAbsent() {
  const one = (await list()).find((row) => !row.in_at && !row.is_cancelled && !taken.has(row.code));
  taken.add(one.code);
  return one;
}
const send = (who, scans, more = {}) => who.post(SCANS, { ...more, scan: scans }, { page: DOOR });
const verdicts = (answer) => answer.expect(200).json.results.map(({ verdict }) => verdict);

async function type(who, text) {
  const form = await who.form(DOOR, '#entry');
  const answer = (await form.fill({ entry: text }).submit()).expect(303);
  return who.follow(answer);
}

test('a typed code lets somebody in; typed again it says since when', async () => {
  const guest = await findAbsent();
  const first = await type(desk, guest.code.toLowerCase());
  assert.match(first.one('.verdict').text, /^In\b/);
  assert.match(first.one('.verdict .who').text, new RegExp(guest.name));
  await server.control.advance({ minutes: 5 });
  const again = await type(desk, guest.code);
  assert.match(again.one('.verdict-again').text, /Already in.*Already in at 09:02\..*Let them through/s);
  assert.equal((await list()).find((row) => row.code === guest.code).in_at, '2027-09-08T08:02:00Z');
});

test('the last scan can be taken back, once, and only by who made it', async () => {
  const guest = await findAbsent();
  const shown = await type(desk, guest.code);
  const stranger = await send(organiser, [{ nonce: nonce(), undoes: new URL(shown.path, server.url).searchParams.get('scan') }]);
  assert.notEqual(stranger.expect(200).json.results[0].in_at, null, 'another desk has no say');
  const form = desk.formOf(shown, (node) => node.get('class')?.includes('acts'));
  const undone = await desk.follow((await form.submit('Undo')).expect(303));
  assert.match(undone.one('.verdict').text, /Taken back/);
  assert.equal((await list()).find((row) => row.code === guest.code).in_at, null);
  const repeated = await desk.follow((await form.submit('Undo')).expect(303));
  assert.match(repeated.one('.verdict').text, /Taken back/);
  assert.match((await type(desk, guest.code)).one('.verdict').text, /^In\b/);
});

test('what is no ticket, and what was cancelled, is told in words', async () => {
  assert.match((await type(desk, 'HTTP://127.0.0.1/C/0123456789ABCDEFGHJKMNPQR0')).one('.verdict-bad').text, /Not on the list/);
  assert.match((await type(desk, 'https://example.org/menu')).one('.verdict-bad').text, /Not on the list/);
  const guest = await findAbsent();
  const form = await organiser.form(`/empathy/registrations/${guest.code}`, `/empathy/registrations/${guest.code}/cancel`);
  (await form.fill({ confirm: guest.code }).submit()).expect(303);
  assert.match((await type(desk, guest.code)).one('.verdict-bad').text, /Cancelled.*Ask an organiser/s);
  assert.equal((await list()).find((row) => row.code === guest.code).is_cancelled, true);
});

test('a name is looked for, and the one found is let in by a button', async () => {
  const guest = await findAbsent();
  const found = await type(desk, guest.name);
  const row = found.all('#matches li').find((li) => li.text.includes(guest.code));
  assert.ok(row, `${guest.name} is not found by name`);
  assert.doesNotMatch(found.one('main').text, /@/);
  const form = desk.formOf(found, (node) => node.all('input').some((input) => input.get('value') === guest.code));
  const shown = await desk.follow((await form.submit()).expect(303));
  assert.match(shown.one('.verdict').text, /^In\b/);
  assert.equal(server.rows(`SELECT method FROM scan WHERE verdict = 'in' ORDER BY id DESC LIMIT 1`)[0].method, 'name');
  assert.match((await type(desk, 'Nobody Atall')).one('#matches').text, /Nobody of this name/);
});

test('an empty form is refused where it stands', async () => {
  const form = await desk.form(DOOR, '#entry');
  const answer = (await form.submit()).expect(422);
  assert.match(answer.one('main').text, /Scan a badge, or type its code or a name/);
});

test('a scan that is sent again is one scan', async () => {
  const guest = await findAbsent();
  const scan = { nonce: nonce(), ticket_hash: guest.ticket_hash, method: 'camera', scanned_at: 0 };
  assert.deepEqual(verdicts(await send(desk, [scan])), ['in']);
  assert.deepEqual(verdicts(await send(desk, [scan, scan])), ['in', 'in']);
  assert.equal(server.rows(`SELECT id FROM scan WHERE nonce = ${quote(scan.nonce)}`).length, 1);
});

test('what no scanner would send is refused or harmless', async () => {
  const many = Array.from({ length: 65 }, () => ({ nonce: nonce(), code: 'X' }));
  assert.equal((await send(desk, many)).status, 422);
  assert.equal((await send(desk, [{ code: 'X' }])).status, 422, 'a scan without a nonce');
  assert.equal((await send(desk, [{ nonce: nonce(), code: 'X', scanned_at: -1 }])).status, 422);
  const own = nonce();
  assert.deepEqual(verdicts(await send(desk, [{ nonce: own, undoes: own, method: 'magic' }])), ['undo']);
  assert.deepEqual(verdicts(await send(desk, [{ nonce: nonce() }, { nonce: nonce(), ticket_hash: 'ff' }])), ['unknown', 'unknown']);
  const author = await server.signInAs('author');
  assert.equal((await author.post(SCANS, { entry: 'X' }, { page: '/account' })).status, 403);
  assert.equal((await desk.post(SCANS, { entry: 'X' }, { csrf: null })).status, 403);
});

test('of two scanners at the same moment exactly one lets in', async () => {
  for (let round = 0; round < 5; round++) {
    const guest = await findAbsent();
    const [one, other] = await Promise.all([desk, organiser].map((who) => send(who, [{ nonce: nonce(), ticket_hash: guest.ticket_hash }])));
    assert.deepEqual([...verdicts(one), ...verdicts(other)].sort(), ['again', 'in']);
    assert.equal(Number(server.rows(`SELECT count(*) AS n FROM checkin JOIN registration ON registration.id = checkin.registration_id
      WHERE code = ${quote(guest.code)}`)[0].n), 1);
  }
});

test('the earliest scan counts, also when it arrives last', async () => {
  const guest = await findAbsent();
  const at = (await server.control.now?.()) ?? Date.parse((await desk.get(DOOR)).headers.date);
  const late = { nonce: nonce(), ticket_hash: guest.ticket_hash, scanned_at: at };
  const early = { nonce: nonce(), ticket_hash: guest.ticket_hash, scanned_at: at - 600_000 };
  assert.deepEqual(verdicts(await send(desk, [late])), ['in']);
  assert.deepEqual(verdicts(await send(organiser, [early], { sent_at: at })), ['in']);
  assert.deepEqual(verdicts(await send(desk, [late])), ['again'], 'the answer is the final state');
  const [row] = server.rows(`SELECT in_at FROM checkin JOIN registration ON registration.id = checkin.registration_id WHERE code = ${quote(guest.code)}`);
  assert.equal(Number(row.in_at), at - 600_000);
  // The earlier desk had the wrong person: the later scan counts again.
  await send(organiser, [{ nonce: nonce(), undoes: early.nonce }]);
  assert.deepEqual(verdicts(await send(desk, [late])), ['in']);
});

test('a phone whose clock is wrong is put right by its own clock', async () => {
  const guest = await findAbsent();
  const now = Date.parse((await desk.get(DOOR)).headers.date);
  const wrong = now + 3 * 3600_000;
  await send(desk, [{ nonce: nonce(), ticket_hash: guest.ticket_hash, scanned_at: wrong - 60_000 }], { sent_at: wrong });
  const [row] = server.rows(`SELECT in_at FROM checkin JOIN registration ON registration.id = checkin.registration_id WHERE code = ${quote(guest.code)}`);
  assert.ok(Math.abs(Number(row.in_at) - (now - 60_000)) < 2000, String(row.in_at));
  const other = await findAbsent();
  await send(desk, [{ nonce: nonce(), ticket_hash: other.ticket_hash, scanned_at: wrong }]);
  const [future] = server.rows(`SELECT in_at FROM checkin JOIN registration ON registration.id = checkin.registration_id WHERE code = ${quote(other.code)}`);
  assert.ok(Number(future.in_at) <= now + 1000, 'no scan comes from the future');
});

test('the list holds what the door needs and nothing else', async () => {
  const answer = (await desk.request('GET', `${DOOR}/list`)).expect(200);
  for (const row of answer.json.tickets) {
    assert.deepEqual(Object.keys(row).sort(), ['code', 'in_at', 'is_cancelled', 'name', 'ticket', 'ticket_hash']);
    assert.match(row.ticket_hash, /^[0-9a-f]{64}$/);
  }
  assert.doesNotMatch(answer.text, /@|[Vv]egan|lip-read|example\.org/);
  const same = await desk.request('GET', `${DOOR}/list`, { headers: { 'if-none-match': answer.headers.etag } });
  assert.equal(same.status, 304);
  await type(desk, (await findAbsent()).code);
  (await desk.request('GET', `${DOOR}/list`, { headers: { 'if-none-match': answer.headers.etag } })).expect(200);
});

test('the page asks as much of the database for many as for few', async () => {
  const count = async (path) => {
    (await desk.page(path)).expect(200);
    let last; // the log is written after the answer
    for (let i = 0; i < 100 && last === undefined; i++) {
      const lines = server.log.split('\n').filter((line) => /method=GET route=\/:event\/checkin /.test(line));
      if (lines.length === ++seen) last = /statements=(\d+)/.exec(lines.at(-1))[1];
      else { seen--; await new Promise((resolve) => setTimeout(resolve, 10)); }
    }
    return Number(last);
  };
  await new Promise((resolve) => setTimeout(resolve, 200)); // of the requests before
  let seen = server.log.split('\n').filter((line) => /method=GET route=\/:event\/checkin /.test(line)).length;
  const few = await count(`${DOOR}?q=zzzzzz`);
  assert.ok(few > 0 && few < 20, `${few} statements`);
  assert.equal(await count(`${DOOR}?q=ma`), few);
});

test('only a desk sees whose ticket it is', async () => {
  const guest = await findAbsent();
  const badge = (await organiser.request('GET', `/empathy/badge.pdf?registration=${guest.code}`)).expect(200);
  const [payload] = codesInPdf(badge.bytes);
  assert.match(payload, /^HTTP:\/\/127\.0\.0\.1:\d+\/C\/[0-9A-Z]{26}$/);
  const token = payload.slice(-26).toLowerCase();
  assert.equal(crypto.createHash('sha256').update(token).digest('hex'), guest.ticket_hash);
  const stranger = server.client();
  const seen = (await stranger.page(`/c/${token}`)).expect(200);
  assert.match(seen.one('main').text, /This is a ticket for .*Show it at the door/s);
  assert.ok(!seen.text.includes(guest.name) && !seen.text.includes(guest.code));
  const json = (await stranger.get(`/C/${token.toUpperCase()}`)).expect(200);
  assert.deepEqual(Object.keys(json.json), ['for_event']);
  const author = await server.signInAs('author');
  assert.ok(!(await author.page(`/c/${token}`)).text.includes(guest.name));
  const mine = (await desk.page(`/C/${token.toUpperCase()}`)).expect(200);
  assert.match(mine.one('main').text, new RegExp(guest.name));
  assert.equal((await list()).find((row) => row.code === guest.code).in_at, null, 'looking changes nothing');
  const shown = await desk.follow((await desk.formOf(mine, SCANS).submit()).expect(303));
  assert.match(shown.one('.verdict').text, /^In\b/);
  (await stranger.page('/c/zzzzzzzzzzzzzzzzzzzzzzzzzz')).expect(404);
});

async function pair(name) {
  const form = await organiser.form(`${DOOR}/devices`, `${DOOR}/devices`);
  const made = (await form.fill({ name }).submit()).expect(200);
  const link = new URL(made.one('code.code').text).pathname;
  const phone = server.client();
  const opened = await phone.page(link);
  const answer = (await phone.formOf(opened.expect(200)).submit()).expect(303);
  assert.equal(answer.location, DOOR);
  return { phone, link };
}

test('a paired phone opens three routes and nothing else', async () => {
  const { phone, link } = await pair('Desk B');
  const shown = (await phone.page(DOOR)).expect(200);
  assert.deepEqual(shown.all('nav li').map((li) => li.text), ['Door', 'Desk B']);
  const guest = await findAbsent();
  assert.match((await type(phone, guest.code)).one('.verdict').text, /^In\b/);
  assert.match((await type(desk, guest.code)).one('.verdict-again').text, /Desk B/);
  assert.ok((await list(phone)).length > 50);
  const opened = [];
  for (const route of await readRoutes()) {
    if (!route.pattern.startsWith('/:event')) continue;
    const values = Object.fromEntries(parametersOf(route.pattern).map((name) => [name, 'ZZZZZZZZZ']));
    const path = fillPattern(route.pattern, { ...values, event: 'empathy' });
    const { status } = route.method === 'GET' ? await phone.get(path) : await sendFields(phone, route, path, sampleFields(route));
    if (status !== 403) opened.push(`${route.method} ${route.pattern}`);
  }
  assert.deepEqual(opened.sort(), ['GET /:event/checkin', 'GET /:event/checkin/list', 'POST /:event/checkin/scans']);
  assert.equal((await phone.page('/account')).status, 303, 'outside the event the phone is a stranger');
  const second = server.client();
  (await second.formOf((await second.page(link)).expect(200)).submit()).expect(410);
});

test('a revoked phone, and one after the last day, is a stranger', async () => {
  const { phone } = await pair('Desk C');
  const { phone: other } = await pair('Desk D');
  const page = await organiser.page(`${DOOR}/devices`);
  const row = page.all('ul.rules li').find((li) => li.text.includes('Desk C'));
  (await organiser.formOf(page, row.one('form').get('action')).submit()).expect(303);
  assert.equal((await phone.get(`${DOOR}/list`)).status, 401);
  assert.equal((await other.get(`${DOOR}/list`)).status, 200);
  await server.control.advance({ days: 3 });
  assert.equal((await other.get(`${DOOR}/list`)).status, 401);
  const late = await (await organiser.form(`${DOOR}/devices`, `${DOOR}/devices`)).fill({ name: 'Late' }).submit();
  assert.equal(late.status, 409);
});
