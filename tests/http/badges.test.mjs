// Badges, from the registration to the printed page that a scanner reads.
import crypto from 'node:crypto';
import { test, assert, limitFile } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { checkPdf, codesInPdf, infoOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';

limitFile(600); // the demo of a thousand takes its time on a busy machine
const NOW = '2027-09-08T08:02:00Z';
const ALL = '/empathy/badges.pdf';
const hashOf = (payload) => crypto.createHash('sha256').update(payload.slice(-26).toLowerCase()).digest('hex');
const pdf = async (who, path) => {
  const answer = (await who.request('GET', path)).expect(200);
  assert.equal(answer.type, 'application/pdf');
  return answer.bytes;
};

const server = await startServer({ stage: 'live', now: NOW });
const organiser = await server.signInAs('organiser');
const listed = server.rows(`SELECT registration.code, registration.ticket_hash, registration.badge_name FROM registration
  JOIN person ON person.event_id = registration.event_id AND person.id = registration.person_id
  WHERE registration.state = 'confirmed' ORDER BY person.sort_key, registration.id`);

test('everybody who comes has a badge, in order of names, and its code opens the door', async () => {
  const bytes = await pdf(organiser, ALL);
  checkPdf(bytes);
  assert.equal(Number(infoOfPdf(bytes).Pages), listed.length);
  const pages = textOfPdf(bytes);
  for (const [i, { code }] of listed.entries()) assert.ok(pages[i].includes(`${code.slice(0, 4)}-${code.slice(4)}`), `page ${i + 1} is not ${code}'s`);
  for (const i of [0, 7, 20, listed.length - 1]) {
    const [payload, ...more] = codesInPdf(bytes, { dpi: 100, first: i + 1, last: i + 1 });
    assert.equal(more.length, 0);
    assert.equal(payload, payload.toUpperCase());
    assert.ok(payload.startsWith(`${server.url.toUpperCase()}/C/`), payload);
    assert.equal(hashOf(payload), listed[i].ticket_hash);
  }
}, { limitS: 120 });

test('a badge is printed for its owner and for those who print badges, and for nobody else', async () => {
  const attendee = await server.signInAs('attendee');
  const own = await pdf(attendee, '/empathy/badge.pdf');
  assert.equal(Number(infoOfPdf(own).Pages), 1);
  const mine = listed.find(({ ticket_hash: hash }) => hash === hashOf(codesInPdf(own)[0]));
  const other = listed.find(({ code }) => code !== mine.code);
  (await attendee.get(`/empathy/badge.pdf?registration=${other.code}`)).expect(404);
  (await attendee.get(ALL)).expect(403);
  (await (await server.signInAs('author')).get('/empathy/badge.pdf')).expect(404);
  assert.equal((await server.client().get('/empathy/badge.pdf')).status, 401);
  const desk = await server.signInAs('desk');
  assert.equal(hashOf(codesInPdf(await pdf(desk, `/empathy/badge.pdf?registration=${other.code}`))[0]), other.ticket_hash);
  (await desk.get('/empathy/badge.pdf?registration=ZZZZZZZZZ')).expect(422);
}, { limitS: 120 });

test('badges can be printed by kind of ticket and by role', async () => {
  const students = server.rows(`SELECT registration.id FROM registration JOIN ticket_type ON ticket_type.event_id = registration.event_id
    AND ticket_type.id = registration.ticket_type_id WHERE ticket_type.code = 'student' AND state = 'confirmed'`);
  assert.equal(Number(infoOfPdf(await pdf(organiser, `${ALL}?ticket=student`)).Pages), students.length);
  for (const page of textOfPdf(await pdf(organiser, `${ALL}?role=speaker`))) assert.match(page, /Speaker/);
  assert.doesNotMatch(textOfPdf(await pdf(organiser, ALL)).join(''), /Reviewer/, 'who reviews is not printed on a badge');
  (await organiser.get(`${ALL}?ticket=nosuch`)).expect(404);
}, { limitS: 120 });

test('a letter that no font has is told before it is missing on a badge', async () => {
  const [{ code }] = listed;
  const form = await organiser.form(`/empathy/registrations/${code}`, `/empathy/registrations/${code}`);
  (await form.fill({ badge_name: 'Ada 𐎀 Lovelace' }).submit()).expect(303);
  const path = `/empathy/badge.pdf?registration=${code}`;
  const warned = (await organiser.page(path)).expect(409);
  assert.match(warned.one('main').text, /cannot be printed.*Ada 𐎀 Lovelace.*U\+10380/s);
  const data = (await organiser.get(path)).expect(409);
  assert.match(data.json.detail ?? data.json.title, /U\+10380.*anyway=1/);
  const bytes = await pdf(organiser, warned.all('main a').at(-1).get('href'));
  assert.equal(Number(infoOfPdf(bytes).Pages), 1);
}, { limitS: 120 });

test('a voided ticket no longer opens the door; the new badge does', async () => {
  const guest = listed[3];
  const [before] = codesInPdf(await pdf(organiser, `/empathy/badge.pdf?registration=${guest.code}`));
  const form = await organiser.form(`/empathy/registrations/${guest.code}`, `/empathy/registrations/${guest.code}/ticket`);
  (await form.submit()).expect(303);
  const [after] = codesInPdf(await pdf(organiser, `/empathy/badge.pdf?registration=${guest.code}`));
  const scan = async (payload) => (await organiser.post('/empathy/checkin/scans', { entry: payload }, { page: '/empathy/checkin' })).expect(200).json.scan.verdict;
  assert.equal(await scan(before), 'unknown');
  assert.ok(['in', 'again'].includes(await scan(after)));
}, { limitS: 120 });

test('a thousand badges are printed in one go, and every sampled code is read', async () => {
  const large = await startServer({ stage: 'live', now: NOW, attendees: 1000 });
  const [{ n }] = large.rows(`SELECT count(*) AS n FROM registration WHERE state = 'confirmed'`);
  assert.ok(Number(n) >= 1000, `${n} are registered`);
  const started = performance.now();
  const bytes = await pdf(await large.signInAs('organiser'), ALL);
  const seconds = (performance.now() - started) / 1000;
  assert.equal(Number(infoOfPdf(bytes).Pages), Number(n));
  const seen = new Set();
  for (const page of [1, 250, 500, 750, 1000]) {
    const codes = codesInPdf(bytes, { dpi: 100, first: page, last: page });
    assert.equal(codes.length, 1, `page ${page}`);
    assert.equal(large.rows(`SELECT id FROM registration WHERE ticket_hash = ${quote(hashOf(codes[0]))}`).length, 1);
    seen.add(codes[0]);
  }
  assert.equal(seen.size, 5);
  console.log(`      ${n} badges: ${(bytes.length / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s`);
}, { limitS: 400 });

test('a title that no badge has room for is told once, as a fault of all badges', async () => {
  const SETTINGS = '/empathy/settings';
  const title = 'M'.repeat(150);
  const form = await organiser.form(SETTINGS, SETTINGS);
  (await form.fill({ title }).submit()).expect(303);
  const path = `/empathy/badge.pdf?registration=${listed[4].code}`;
  const page = (await organiser.page(path)).expect(409);
  const rows = page.all('main .rules li').map((row) => row.text.replace(/\s+/g, ' ').trim());
  assert.equal(rows.filter((row) => row.startsWith('All badges') && row.includes('MMM')).length, 1);
  const data = (await organiser.get(path)).expect(409);
  assert.match(data.json.detail ?? data.json.title, /"MMM.*on every badge\. Change the layout/);
}, { limitS: 120 });
