// Mail from the transaction that causes it to the relay, whatever happens on the way.
import fs from 'node:fs';
import path from 'node:path';
import { test, assert } from '../lib/test.mjs';
import { startMailRelay } from '../lib/mail.mjs';
import { engine, quote } from '../lib/database.mjs';
import { findSignInLink, openSignInLink } from '../lib/signin.mjs';
import { Server, startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const header = (mail, name) => mail.headers.find(([one]) => one === name)?.[1];

// Waits for what another thread of the program will write; fails with what is there instead.
async function until(read, fits) {
  for (let i = 0; i < 150; i++) {
    const found = read();
    if (fits(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`it did not come to pass: ${JSON.stringify(read())}`);
}

// The queue is looked at twice a second: what has not happened after this does not happen.
const twoLooks = () => new Promise((resolve) => setTimeout(resolve, 1200));

const rowsTo = (server, email) => server.rows(`SELECT code, state, attempts, last_error, next_attempt_at,
  created_at, sent_at, subject, body FROM outbox WHERE to_email = ${quote(email)} ORDER BY id`);
const waitForState = (server, email, state, attempts) => until(() => rowsTo(server, email)[0],
  (row) => row?.state === state && (attempts === undefined || Number(row.attempts) === attempts));

async function askForLink(server, email) {
  const client = server.client();
  const form = await client.form('/signin', '/signin');
  await form.fill({ email }).submit();
  return client;
}

test('a sign-in link arrives encrypted, once, as plain text, and works', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ env: { ...relay.env, SYMPOSIARCH_MAIL_FROM: 'events@example.org' } });
  const client = await askForLink(server, 'ada@example.org');
  const mail = await relay.waitFor((one) => one.to.includes('ada@example.org'));
  assert.deepEqual([mail.from, mail.isEncrypted, mail.isAuthenticated, mail.html],
    ['events@example.org', true, true, null]);
  assert.equal(mail.subject, 'Your sign-in link');
  assert.equal(header(mail, 'Auto-Submitted'), 'auto-generated');
  assert.equal(header(mail, 'From'), 'Symposiarch <events@example.org>');
  const row = await waitForState(server, 'ada@example.org', 'sent', 1);
  assert.equal(header(mail, 'Message-ID'), `<${row.code}@localhost.localdomain>`);
  assert.equal(row.body, mail.text.replace(/\r/g, ''));
  assert.ok(!/[^\x00-\x7f]/.test(mail.raw), 'the mail is ASCII on the wire');
  const link = new RegExp(`${server.url}(/signin/\\S+)`).exec(mail.text)[1];
  await openSignInLink(client, link);
  assert.equal(relay.mails.length, 1);
});

test('mail of an event carries its name, and answers go to its organisers', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ stage: 'call', env: relay.env });
  const wanted = server.rows(`SELECT to_email, to_name FROM outbox WHERE event_id <> 0`);
  assert.ok(wanted.length > 15);
  await until(() => relay.mails.length, (n) => n === wanted.length);
  for (const { to_email, to_name } of wanted) {
    const mail = relay.mails.find((one) => one.to.includes(to_email));
    // Python's parser keeps the space between two encoded words of a name: spaces count once.
    assert.equal(header(mail, 'To').replace(/"/g, '').replace(/ +/g, ' '), `${to_name} <${to_email}>`);
    assert.ok(!/[^\x00-\x7f]/.test(mail.raw));
    assert.ok(mail.raw.split('\r\n').every((line) => line.length <= 78));
  }
  const event = server.rows('SELECT title, contact_email FROM event')[0];
  assert.ok(header(relay.mails[0], 'From').includes(event.title));
  assert.equal(header(relay.mails[0], 'Reply-To'), event.contact_email);
  const left = await until(() => server.rows(`SELECT state, count(*) AS n FROM outbox GROUP BY state`), (rows) => rows.length === 1);
  assert.equal(left[0].state, 'sent');
  assert.equal(new Set(relay.mails.map((mail) => header(mail, 'Message-ID'))).size, wanted.length);
});

test('a relay whose certificate is not trusted gets nothing, and is tried again', async () => {
  const [relay, other] = [await startMailRelay(), await startMailRelay()];
  const server = await startServer({ now: NOW, env: { ...relay.env, SYMPOSIARCH_SMTP_CA: other.certificate } });
  await askForLink(server, 'ada@example.org');
  const row = await waitForState(server, 'ada@example.org', 'queued', 1);
  assert.match(row.last_error, /certificate is not one we trust/);
  assert.equal(Number(row.next_attempt_at), new Date(NOW).getTime() + 60_000);
  await server.control.advance({ seconds: 61 });
  await waitForState(server, 'ada@example.org', 'queued', 2);
  assert.equal(relay.mails.length, 0);
});

test('a relay that does not know our password gets nothing, and the mail is not given up', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: { ...relay.env, SYMPOSIARCH_SMTP_PASSWORD: 'wrong' } });
  await askForLink(server, 'ada@example.org');
  const row = await waitForState(server, 'ada@example.org', 'queued', 1);
  assert.match(row.last_error, /user name and password/);
  assert.ok(!server.log.includes('wrong'), 'the password is in the log');
});

test('what is refused until later goes out a minute later', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: relay.env });
  await relay.refuse(1, 451);
  await askForLink(server, 'ada@example.org');
  const row = await waitForState(server, 'ada@example.org', 'queued', 1);
  assert.equal(row.last_error, 'The mail relay said: 451 refused for a test');
  assert.equal(Number(row.next_attempt_at) - Number(row.created_at), 60_000);
  await askForLink(server, 'bo@example.org'); // a refusal of one mail does not hold up the others
  await waitForState(server, 'bo@example.org', 'sent', 1);
  await until(() => relay.mails.length, (n) => n === 1);
  await server.control.advance({ seconds: 61 });
  await waitForState(server, 'ada@example.org', 'sent', 2);
  await until(() => relay.mails.length, (n) => n === 2);
});

test('a relay that is down is left alone for a minute, and nothing is lost', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: relay.env });
  await server.control.fault('MAIL_SEND', 1);
  await askForLink(server, 'ada@example.org');
  await waitForState(server, 'ada@example.org', 'queued', 1);
  await askForLink(server, 'bo@example.org');
  await twoLooks();
  assert.deepEqual(rowsTo(server, 'bo@example.org').map((row) => [row.state, Number(row.attempts)]), [['queued', 0]]);
  await server.control.advance({ seconds: 61 });
  await waitForState(server, 'bo@example.org', 'sent', 1);
  await waitForState(server, 'ada@example.org', 'sent', 2);
});

test('a mail is given up after ten tries within two days', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: relay.env });
  await relay.refuse(100, 451);
  await askForLink(server, 'ada@example.org');
  for (let attempt = 1; attempt < 10; attempt++) {
    await waitForState(server, 'ada@example.org', 'queued', attempt);
    await server.control.advance({ hours: 6, seconds: 1 });
  }
  const row = await waitForState(server, 'ada@example.org', 'failed', 10);
  assert.equal(row.last_error, 'The mail relay said: 451 refused for a test');
  assert.equal(row.next_attempt_at, null);
  await server.control.advance({ days: 2 });
  await twoLooks();
  assert.equal(Number(rowsTo(server, 'ada@example.org')[0].attempts), 10);
});

test('what is refused for good is not tried again, until an organiser says so', async () => {
  const relay = await startMailRelay();
  await relay.refuse(1, 550);
  const server = await startServer({ stage: 'call', env: relay.env });
  await until(() => relay.mails.length, (n) => n >= 15);
  const [failed] = await until(() => server.rows(`SELECT code, to_email, attempts, last_error FROM outbox WHERE state = 'failed'`),
    (rows) => rows.length === 1);
  assert.deepEqual([Number(failed.attempts), failed.last_error], [1, 'The mail relay said: 550 refused for a test']);
  const organiser = await server.signInAs('organiser');
  const list = await organiser.page('/empathy/outbox?state=failed');
  assert.match(list.one('ul.rules li').text, /Not delivered[^]*Given up after 1 try\.[^]*550 refused for a test/);
  assert.equal(list.all('ul.rules li').length, 1);
  const form = await organiser.form(`/empathy/outbox/${failed.code}`, `/empathy/outbox/${failed.code}/retry`);
  const answer = (await form.submit('Try again')).expect(303);
  assert.match((await organiser.follow(answer)).one('main').text, /tried again now/);
  await waitForState(server, failed.to_email, 'sent', 2);
  await relay.waitFor((mail) => header(mail, 'Message-ID').startsWith(`<${failed.code}@`));
  const again = await organiser.post(`/empathy/outbox/${failed.code}/retry`, {}, { page: '/empathy/settings' });
  assert.equal(again.status, 409, 'a mail that was sent is not sent again');
  const trail = server.rows(`SELECT ref_code FROM audit WHERE verb = 'mail.retry'`);
  assert.deepEqual(trail.map((row) => row.ref_code), [failed.code]);
});

test('killed between sending and noting it, the server sends twice, with one Message-ID', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: relay.env });
  await relay.hold(1);
  await askForLink(server, 'ada@example.org');
  await relay.waitFor((one) => one.to.includes('ada@example.org'));
  await server.kill();
  await server.start();
  await twoLooks();
  assert.equal(relay.mails.length, 1, 'the lease of the dead process has not ended yet');
  await server.control.advance({ seconds: 61 });
  await waitForState(server, 'ada@example.org', 'sent', 1);
  await until(() => relay.mails.length, (n) => n === 2);
  assert.equal(header(relay.mails[0], 'Message-ID'), header(relay.mails[1], 'Message-ID'));
  assert.equal(relay.mails[0].raw, relay.mails[1].raw);
});

test('a server that is stopped while it sends ends in time', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: relay.env });
  await relay.hold(1);
  await askForLink(server, 'ada@example.org');
  await relay.waitFor((one) => one.to.includes('ada@example.org'));
  await server.stop(); // within 15 s, or it fails
  await server.start();
  await server.control.advance({ minutes: 2 });
  await waitForState(server, 'ada@example.org', 'sent');
  await until(() => relay.mails.length, (n) => n === 2);
  assert.equal(header(relay.mails[0], 'Message-ID'), header(relay.mails[1], 'Message-ID'));
}, { limitS: 60 });

test('without a relay mail waits, untouched, and goes out when there is one', async () => {
  const server = await startServer({ now: NOW });
  await askForLink(server, 'ada@example.org');
  await server.control.advance({ days: 3 });
  await twoLooks();
  assert.deepEqual(server.rows('SELECT attempts, owner, done_at FROM job').map((job) => ({ ...job, attempts: Number(job.attempts) })),
    [{ attempts: 0, owner: '', done_at: null }]);
  assert.equal(findSignInLink(server, 'ada@example.org').slice(0, 8), '/signin/');
  const relay = await startMailRelay();
  Object.assign(server.env, relay.env);
  await server.restart();
  await relay.waitFor((one) => one.to.includes('ada@example.org'));
});

test('a rehearsal does not send to a relay elsewhere', async () => {
  const server = await startServer({ stage: 'call', env: { SYMPOSIARCH_SMTP_URL: 'smtp://mail.example.org:587' } });
  const organiser = await server.signInAs('organiser');
  assert.equal((await organiser.get('/empathy/outbox')).json.has_relay, false);
  await twoLooks();
  assert.equal(server.rows('SELECT id FROM job WHERE attempts > 0').length, 0);
});

test('a setting that cannot work stops the start and says why', async () => {
  for (const [env, why] of [
    [{ SYMPOSIARCH_SMTP_URL: 'http://example.org' }, /smtp_url must look like/],
    [{ SYMPOSIARCH_SMTP_URL: 'smtp://me:secret@example.org' }, /smtp_user and smtp_password/],
    [{ SYMPOSIARCH_SMTP_URL: 'smtp://example.org', SYMPOSIARCH_SMTP_CA: '/nonexistent' }, /smtp_ca/],
    [{ SYMPOSIARCH_MAIL_FROM: 'somebody' }, /mail_from must be an address/],
  ]) {
    await assert.rejects(startServer({ env }), why);
  }
});

test('organisers may write a letter of their own', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ stage: 'call' });
  Object.assign(server.env, relay.env);
  await server.change(`INSERT INTO letter (event_id, kind, subject, body) SELECT id, 'submission_received',
    'Danke für {{title}}', 'Ihr Code: {{code}}.
{{nothing}}{{#t}}as written{{/t}}' FROM event`);
  const mail = await relay.waitFor(() => true);
  assert.match(mail.subject, /^Danke für ./);
  assert.match(mail.text.replace(/\r/g, ''), /^Ihr Code: [0-9A-Z]{9}\.\nas written\n$/);
});

test('what is over is cleared away', async () => {
  const relay = await startMailRelay();
  const server = await startServer({ now: NOW, env: relay.env });
  await askForLink(server, 'ada@example.org');
  await waitForState(server, 'ada@example.org', 'sent', 1);
  assert.equal(server.rows('SELECT id FROM job').length, 1);
  await server.control.advance({ days: 6 });
  await until(() => server.rows('SELECT token_hash FROM signin_link'), (rows) => rows.length === 0);
  assert.equal(server.rows('SELECT id FROM job').length, 1, 'jobs of the last seven days stay');
  await server.control.advance({ days: 2 });
  await until(() => server.rows('SELECT id FROM job'), (rows) => rows.length === 0);
  assert.equal(rowsTo(server, 'ada@example.org')[0].state, 'sent', 'the mail itself is kept');
});

test('texts whose address nobody proves are reported after a month, and kept', async () => {
  const server = await startServer({ stage: 'call' });
  const writer = server.client();
  const form = await writer.form('/empathy/submissions/new', '/empathy/submissions/new');
  form.fill({ title: 'Listening at night', email: 'writer@example.org', name: 'Wren Writer' });
  assert.ok((await form.submit()).status < 400);
  const [{ submission_id }] = server.rows(`SELECT CAST(submission_id AS TEXT) AS submission_id FROM draft_claim`);
  await server.control.advance({ days: 31 });
  await until(() => server.log, (log) => /evt=drafts-unproved event=empathy n=1 days=30/.test(log));
  assert.equal(server.rows(`SELECT id FROM submission WHERE id = ${submission_id}`).length, 1);
});

if (engine === 'postgres') {
  test('servers that share a database share the work, and no mail goes twice', async () => {
    const relay = await startMailRelay();
    await relay.slow(200); // so that the first server cannot have sent all before the second one looks
    const one = await startServer({ stage: 'call' });
    await one.stop();
    const total = one.rows('SELECT id FROM outbox').length;
    const dir = path.join(one.dir, 'two');
    fs.cpSync(one.dataDir, path.join(dir, 'data'), { recursive: true });
    const two = new Server({ ...one, dir, databaseName: undefined });
    for (const server of [one, two]) {
      server.commands = [`clock set ${Date.UTC(2020, 0)} frozen`]; // before any of it was written
      server.env = { ...server.env, ...relay.env };
      await server.start();
    }
    await Promise.all([one, two].map((server) => server.control.advance({ days: 20_000 })));
    await until(() => one.rows("SELECT id FROM outbox WHERE state = 'sent'").length, (n) => n === total);
    await until(() => relay.mails.length, (n) => n === total);
    assert.equal(new Set(relay.mails.map((mail) => header(mail, 'Message-ID'))).size, total);
    const owners = one.rows('SELECT owner, count(*) AS n FROM job GROUP BY owner').map((row) => Number(row.n));
    assert.equal(owners.length, 2, `one server did it all: ${owners}`);
  });
}
