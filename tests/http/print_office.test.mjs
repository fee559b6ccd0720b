// The print office: what is asked for is printed in the queue, once, for who asked, and can be called
// off; what would not print well is told first.
import fs from 'node:fs';
import path from 'node:path';
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { checkPdf, infoOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-09-08T08:02:00Z';
const OFFICE = '/empathy/print';
const server = await startServer({ stage: 'live', now: NOW });
const organiser = await server.signInAs('organiser');

const ask = async (who, what, fields = {}, act = 'print') => {
  const form = await who.form(OFFICE, `${OFFICE}/${what}`);
  return (await form.fill(fields).submit(`do=${act}`)).expect(303).location;
};
const jobAt = async (who, at) => (await who.get(at)).expect(200).json.job;
const isOver = ({ state }) => !['waiting', 'running'].includes(state);
const finished = (who, at) => until(() => jobAt(who, at), isOver);
const printed = async (who, what, fields) => {
  const at = await ask(who, what, fields);
  const job = await finished(who, at);
  assert.equal(job.state, 'done', job.message);
  return { at, job, bytes: (await who.request('GET', job.document)).expect(200).bytes };
};
const rowOf = (at) => server.rows(`SELECT * FROM print_job WHERE code = ${quote(at.split('/').pop())}`)[0];

// The processes that print, children of the server.
function printers(of = server) {
  const { pid } = of.child;
  const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((name) => {
    try {
      return new RegExp(`^PPid:\\t${pid}$`, 'm').test(fs.readFileSync(`/proc/${name}/status`, 'utf8'));
    } catch {
      return false; // it has just ended
    }
  });
  return pids.map(Number);
}
// Printers that take a document and go on no further.
async function withHeldPrinters(body) {
  const held = printers();
  assert.ok(held.length, 'no printer runs yet');
  for (const pid of held) process.kill(pid, 'SIGSTOP');
  try {
    return await body();
  } finally {
    for (const pid of held) try { process.kill(pid, 'SIGCONT'); } catch { /* was ended meanwhile */ }
  }
}

test('badges are printed in the queue and fetched from the page of the job', async () => {
  const { at, job, bytes } = await printed(organiser, 'badges', { role: 'speaker' });
  checkPdf(bytes);
  const [{ n }] = server.rows(`SELECT count(*) AS n FROM registration WHERE state = 'confirmed'`);
  assert.ok(Number(infoOfPdf(bytes).Pages) > 0 && Number(infoOfPdf(bytes).Pages) < Number(n));
  for (const page of textOfPdf(bytes)) assert.match(page, /Speaker/);
  assert.deepEqual([job.percent, job.size_bytes, job.warnings], [100, bytes.length, []]);
  const page = (await organiser.page(at)).expect(200);
  assert.equal(page.one('main .btn-main').get('href'), `${at}.pdf`);
  const answer = await organiser.request('GET', `${at}.pdf`);
  assert.match(answer.headers.get?.('content-disposition') ?? answer.headers['content-disposition'], /attachment.*empathy-badges\.pdf/);
  assert.deepEqual((await organiser.get(OFFICE)).json.jobs.map(({ code, state }) => [code, state]), [[job.code, 'done']]);
  assert.deepEqual(server.rows(`SELECT verb, ref_code FROM audit WHERE verb = 'print.ask'`), [{ verb: 'print.ask', ref_code: job.code }]);
});

test('the programme is printed as it was published', async () => {
  const { bytes } = await printed(organiser, 'programme');
  checkPdf(bytes);
  const inPublic = (await server.client().request('GET', '/empathy/programme.pdf')).expect(200).bytes;
  assert.ok(bytes.equals(inPublic), 'the office and the public page print the same');
});

test('the same content is there at once, without a printer', async () => {
  const first = await printed(organiser, 'badges', { ticket: 'student' });
  await server.control.fault('PRINT_WORKER', 1);
  const at = await ask(organiser, 'badges', { ticket: 'student' });
  assert.equal((await jobAt(organiser, at)).state, 'done');
  assert.equal(rowOf(at).sha256, rowOf(first.at).sha256);
  assert.equal((await jobAt(organiser, await ask(organiser, 'badges', { ticket: 'student' }, 'check'))).state, 'done');
  await server.control.fault('PRINT_WORKER', 0);
  (await organiser.post(`/empathy/registrations/${server.rows(`SELECT registration.code FROM registration JOIN ticket_type
    ON ticket_type.id = ticket_type_id WHERE ticket_type.code = 'student' AND state = 'confirmed' ORDER BY registration.id`)[0].code}`,
  { badge_name: 'Somebody Else', rev: 1 }, { page: '/empathy/registrations' })).expect(200);
  const changed = await printed(organiser, 'badges', { ticket: 'student' });
  assert.notEqual(rowOf(changed.at).sha256, rowOf(first.at).sha256);
  assert.match(textOfPdf(changed.bytes).join(''), /Somebody\s+Else/);
});

test('a check tells whose letters no font has, and keeps no document', async () => {
  const [{ code, rev }] = server.rows(`SELECT code, rev FROM registration WHERE state = 'confirmed' ORDER BY id`);
  (await organiser.post(`/empathy/registrations/${code}`, { badge_name: 'Ada 𐎀 Lovelace', rev: Number(rev) }, { page: '/empathy/registrations' })).expect(200);
  const at = await ask(organiser, 'badges', {}, 'check');
  const job = await finished(organiser, at);
  assert.equal(job.state, 'done');
  assert.equal(job.document, null);
  const [warning, ...others] = job.warnings;
  assert.deepEqual(others, []);
  assert.equal(warning.character, 'U+10380');
  assert.equal(warning.code.replace('-', ''), code);
  const page = (await organiser.page(at)).expect(200);
  assert.match(page.one('main').text, /Look at this first.*Ada 𐎀 Lovelace.*U\+10380/s);
  assert.ok(page.all('main a').some((link) => link.get('href') === `/empathy/registrations/${code}`));
  assert.equal(page.all('a').filter((link) => /\.pdf$/.test(link.get('href') ?? '')).length, 0);
  (await organiser.request('GET', `${at}.pdf`)).expect(404);
  // The print itself says the same before it offers the download.
  const print = await printed(organiser, 'badges');
  const shown = (await organiser.page(print.at)).one('main').text;
  assert.ok(shown.indexOf('U+10380') > 0 && shown.indexOf('U+10380') < shown.indexOf('Download'), shown);
});

test('only who asked for a document gets it, and only what their role prints', async () => {
  const { at } = await printed(organiser, 'badges', { role: 'facilitator' });
  const desk = await server.signInAs('desk');
  for (const path of [at, `${at}.pdf`]) (await desk.get(path)).expect(404);
  (await desk.post(`${at}/cancel`, {}, { page: OFFICE })).expect(404);
  (await (await server.signInAs('attendee')).get(at)).expect(403);
  assert.equal((await server.client().get(at)).status, 401);
  const page = (await desk.page(OFFICE)).expect(200);
  const offered = page.all('main form').map((form) => form.get('action').split('/').pop());
  assert.deepEqual(offered.filter((kind) => kind !== 'sign-in-sheets'), ['badges']);
  (await desk.post(`${OFFICE}/programme`, {}, { page: OFFICE })).expect(403);
  assert.equal((await printed(desk, 'badges', { role: 'facilitator' })).job.state, 'done');
  // What one had printed goes with the role.
  const chair = await server.signInAs('chair');
  const mine = await printed(chair, 'programme');
  (await chair.post(`${OFFICE}/badges`, {}, { page: OFFICE })).expect(403);
  (await chair.get(mine.at)).expect(200);
});

test('every kind that is offered is printed as it stands', async () => {
  const page = (await organiser.page(OFFICE)).expect(200);
  const kinds = page.all('main form').map((form) => form.get('action').split('/').pop());
  assert.ok(kinds.length >= 3, kinds.join(' '));
  for (const kind of kinds) {
    const { bytes } = await printed(organiser, kind);
    checkPdf(bytes);
    assert.match(textOfPdf(bytes).join(' '), /\w{3}/, kind);
  }
}, { limitS: 180 });

test('what nobody has is said at the form', async () => {
  const form = await organiser.form(OFFICE, `${OFFICE}/badges`);
  const answer = (await form.fill({ ticket: 'student', role: 'organiser' }).submit('do=print')).expect(422);
  assert.match(answer.one('main .summary').text, /Nobody is registered so/);
  assert.ok(answer.one('#badges').has('open'), 'the refused form stands open');
  const empty = await startServer({ stage: 'call', now: '2027-05-02T12:00:00Z' });
  const refused = (await (await empty.signInAs('organiser')).post(`${OFFICE}/programme`, {}, { page: OFFICE })).expect(409);
  assert.match(refused.json.detail ?? refused.json.title, /not published yet/);
});

test('a document under way is called off, and its printer with it', async () => {
  await printed(organiser, 'programme');
  await withHeldPrinters(async () => {
    const before = printers().length;
    const at = await ask(organiser, 'badges', { role: 'attendee' });
    await until(() => jobAt(organiser, at), ({ state }) => state === 'running');
    const page = (await organiser.page(at)).expect(200);
    assert.equal(page.one('main progress').get('max'), '100');
    (await (await organiser.form(at, `${at}/cancel`)).submit()).expect(303);
    assert.equal((await jobAt(organiser, at)).state, 'cancelled');
    await until(() => printers().length, (n) => n < before);
    (await organiser.post(`${at}/cancel`, {}, { page: OFFICE })).expect(409);
    (await organiser.request('GET', `${at}.pdf`)).expect(404);
  });
  assert.equal((await printed(organiser, 'badges', { role: 'attendee' })).job.state, 'done');
});

test('a printer that dies is replaced once; a document that kills two is given up', async () => {
  (await organiser.post(`/empathy/registrations/${server.rows(`SELECT code FROM registration WHERE state = 'confirmed' ORDER BY id`)[1].code}`,
    { badge_name: 'A new name', rev: 1 }, { page: '/empathy/registrations' })).expect(200);
  await server.control.fault('PRINT_WORKER', 1);
  const at = await ask(organiser, 'badges');
  await until(() => jobAt(organiser, at), ({ state }) => state === 'waiting' && server.rows(`SELECT run_at FROM job
    WHERE kind = 'print' AND done_at IS NULL AND lease_until_at IS NULL AND attempts = 1`).length === 1);
  await server.control.advance({ seconds: 6 });
  assert.equal((await finished(organiser, at)).state, 'done');
  await server.control.fault('PRINT_WORKER', 2);
  const bad = await ask(organiser, 'badges', { role: 'attendee' });
  await until(() => server.rows(`SELECT run_at FROM job WHERE kind = 'print' AND done_at IS NULL AND lease_until_at IS NULL AND attempts = 1`), (rows) => rows.length === 1);
  await server.control.advance({ seconds: 6 });
  const job = await finished(organiser, bad);
  assert.equal(job.state, 'failed');
  assert.match((await organiser.page(bad)).one('main').text, /Not printed.*\w\..*Back to all documents/s);
});

test('a job outlives its server, whether that was stopped or killed', async () => {
  const someone = await startServer({ stage: 'live', now: NOW });
  const who = await someone.signInAs('organiser');
  const held = async (options) => {
    const pids = printers(someone);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const at = await ask(who.at(someone), 'badges', options);
    await until(() => jobAt(who.at(someone), at), ({ state }) => state === 'running');
    return { at, pids };
  };
  await printed(who, 'badges', { role: 'speaker' });

  const stopped = await held({ role: 'facilitator' });
  await someone.restart();
  assert.equal((await finished(who.at(someone), stopped.at)).state, 'done');

  const killed = await held({ role: 'attendee' });
  await someone.kill();
  for (const pid of killed.pids) process.kill(pid, 'SIGKILL');
  await someone.start();
  assert.equal((await jobAt(who.at(someone), killed.at)).state, 'running', 'its lease goes on');
  await someone.control.advance({ seconds: 61 });
  assert.equal((await finished(who.at(someone), killed.at)).state, 'done');
}, { limitS: 120 });

test('documents and models are gone after a week, rows and files', async () => {
  const files = () => fs.readdirSync(path.join(server.dataDir, 'prints'), { recursive: true }).filter((name) => /[0-9a-f]{64}$/.test(name));
  const { at } = await printed(organiser, 'badges', { role: 'speaker' });
  await server.control.advance({ days: 6 });
  const young = await printed(organiser, 'programme');
  assert.ok(files().length > 4);
  await server.control.advance({ days: 1, minutes: 2 });
  await until(() => server.rows('SELECT code FROM print_job').length, (n) => n === 1);
  const { sha256, model_sha256: model } = rowOf(young.at);
  await until(files, (names) => names.length === 2);
  assert.deepEqual(files().map((name) => path.basename(name)).sort(), [sha256, model].sort());
  (await organiser.get(at)).expect(404);
  (await organiser.request('GET', `${young.at}.pdf`)).expect(200);
});
