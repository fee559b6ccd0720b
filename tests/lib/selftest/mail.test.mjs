// The relay takes only mail that is encrypted and authenticated, and shows it decoded.
import { execFileSync } from 'node:child_process';
import { test, assert } from '../test.mjs';
import { startMailRelay } from '../mail.mjs';

const relay = await startMailRelay();

const MAIL = `From: Symposium <events@example.org>
To: =?utf-8?Q?=C5=81ukasz?= <lukasz@example.org>
Subject: =?utf-8?Q?Your_abstract_=E2=80=93_received?=
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Dear =C5=81ukasz,
..dots stay
`.replace(/\n/g, '\r\n');

// Sends by another program than ours; returns its exit status.
function send({ user = relay.user, password = relay.password, tls = ['--ssl-reqd', '--cacert', relay.certificate] } = {}) {
  const login = user ? ['--user', `${user}:${password}`] : [];
  try {
    execFileSync('curl', ['--silent', '--show-error', '--url', relay.env.SYMPOSIARCH_SMTP_URL, ...tls, ...login,
      '--mail-from', 'events@example.org', '--mail-rcpt', 'lukasz@example.org', '--upload-file', '-'],
    { input: MAIL, stdio: ['pipe', 'pipe', 'pipe'] });
    return 0;
  } catch (error) {
    return error.status;
  }
}

test('a mail arrives decoded', async () => {
  assert.equal(send(), 0);
  const mail = await relay.waitFor((one) => one.to.includes('lukasz@example.org'));
  assert.equal(mail.subject, 'Your abstract – received');
  assert.equal(mail.text.replace(/\r/g, ''), 'Dear Łukasz,\n..dots stay\n');
  assert.deepEqual([mail.from, mail.isEncrypted, mail.isAuthenticated, mail.html], ['events@example.org', true, true, null]);
  assert.deepEqual(mail.headers.find(([name]) => name === 'To'), ['To', 'Łukasz <lukasz@example.org>']);
});

test('a wrong password, no password or no encryption is refused', () => {
  const before = relay.mails.length;
  assert.notEqual(send({ password: 'wrong' }), 0);
  assert.notEqual(send({ user: '' }), 0);
  assert.notEqual(send({ tls: [] }), 0);
  assert.equal(relay.mails.length, before);
});

test('the relay refuses as often as it is told', async () => {
  await relay.refuse(2, 451);
  assert.deepEqual([send(), send(), send()].map((status) => status === 0), [false, false, true]);
});

test('waiting for a mail that does not come fails with those that did', async () => {
  await assert.rejects(relay.waitFor(() => false, 50), /no such mail came[^]*lukasz@example\.org: Your abstract/);
});
