// The outbox: who reads what of it, and what never stands there.
import { test, assert } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const PRODUCTION = ['--demo', '0'];

// Public codes by the rule of server/base/random.h, in rising order.
function makeCodes(n) {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const codes = [];
  for (let i = 0; codes.length < n; i++) {
    const code = i.toString().padStart(8, '0');
    const sum = [...code].reduce((so_far, symbol) => (so_far * 2 + symbols.indexOf(symbol)) % 37, 0);
    const check = (38 - (sum * 2) % 37) % 37;
    const symbol = check < 36 ? '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'[check] : '*';
    if (symbols.includes(symbol)) codes.push(code + symbol);
  }
  return codes;
}

async function submitText(client, values = {}) {
  const form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  const type = form.options('type').find(Boolean);
  form.fill({ type, title: 'Listening at night', abstract: 'Question. Method. Finding. '.repeat(12), ...values });
  form.set('theme', form.options('theme')[0]);
  if (form.has('author.0.name') && !form.get('author.0.name')) form.set('author.0.name', 'Ada Lovelace');
  return form;
}

test('only organisers open the outbox', async () => {
  const server = await startServer({ stage: 'call' });
  const { code } = server.rows('SELECT code FROM outbox WHERE event_id <> 0 LIMIT 1')[0];
  for (const role of ['chair', 'reviewer', 'author', 'attendee', 'desk']) {
    const client = await server.signInAs(role);
    for (const path of ['/empathy/outbox', `/empathy/outbox/${code}`]) (await client.get(path)).expect(403);
    const retry = await client.post(`/empathy/outbox/${code}/retry`, {}, { page: '/account' });
    retry.expect(403);
  }
  (await server.client().get('/empathy/outbox')).expect(401);
  const organiser = await server.signInAs('organiser');
  (await organiser.get('/empathy/outbox')).expect(200);
  (await organiser.get(`/empathy/outbox/${code}`)).expect(200);
});

test('the list is newest first, counts by state and goes on where it ended', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const organiser = await server.signInAs('organiser');
  const all = server.rows('SELECT code FROM outbox WHERE event_id <> 0 ORDER BY created_at DESC, id DESC').map((row) => row.code);
  const list = (await organiser.get('/empathy/outbox')).json;
  assert.deepEqual(list.mails.map((mail) => mail.code), all);
  assert.deepEqual(list.counts, { queued: all.length, sent: 0, failed: 0, all: all.length });
  assert.equal(list.next, null);
  assert.deepEqual(Object.keys(list.mails[0]).sort(), ['attempts', 'code', 'created_at', 'last_error', 'next_attempt_at',
    'sent_at', 'state', 'subject', 'to']);
  const rest = (await organiser.get(`/empathy/outbox?before=${all[9]}`)).json;
  assert.deepEqual(rest.mails.map((mail) => mail.code), all.slice(10));
  assert.deepEqual((await organiser.get('/empathy/outbox?state=sent')).json.mails, []);
  const empty = await organiser.page('/empathy/outbox?state=failed');
  assert.match(empty.one('.empty').text, /No mail is in this state/);
  assert.equal((await organiser.page('/empathy/outbox')).one('.tabs [aria-current]').text.replace(/\s+/g, ' '), `All ${all.length}`);
});

test('mails written in the same instant are each shown once, page after page', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const { id } = server.rows('SELECT CAST(id AS TEXT) AS id FROM outbox ORDER BY outbox.id LIMIT 1')[0];
  const columns = 'event_id, template, lang, model, to_name, to_email, state, next_attempt_at, created_at';
  const values = makeCodes(120).map((code, i) => `SELECT event_id, template, lang, model, to_name, to_email, state,
    next_attempt_at, created_at, id + ${i + 1}, '${code}' FROM outbox WHERE id = ${id}`);
  const sql = `INSERT INTO outbox (${columns}, id, code) ${values.join(' UNION ALL ')}`;
  await server.change(sql);
  const organiser = await server.signInAs('organiser');
  const seen = [];
  let pages = 0;
  for (let path = '/empathy/outbox'; path; pages++) {
    const page = await organiser.page(path);
    seen.push(...page.all('ul.rules .title a').map((a) => a.get('href')));
    path = page.first('a[rel="next"]')?.get('href');
  }
  const total = Number(server.rows('SELECT count(*) AS n FROM outbox WHERE event_id <> 0')[0].n);
  assert.equal(seen.length, total);
  assert.equal(new Set(seen).size, total);
  assert.equal(pages, Math.ceil(total / 50));
  await server.stop(); // so that the whole log is here
  const lines = server.log.split('\n').filter((line) => /evt=request .*route=\S*outbox/.test(line));
  const counts = lines.map((line) => Number(/statements=(\d+)/.exec(line)[1]));
  assert.ok(counts.length === 3 && Math.max(...counts) - Math.min(...counts) <= 1, `statements: ${counts}`);
});

test('a mail is shown as it will be sent, with the instant it was written', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const organiser = await server.signInAs('organiser');
  const row = server.rows(`SELECT code, to_name, to_email, model FROM outbox WHERE event_id <> 0 LIMIT 1`)[0];
  const { title } = JSON.parse(row.model);
  const { mail } = (await organiser.get(`/empathy/outbox/${row.code}`)).json;
  assert.equal(mail.subject, 'We have received your submission');
  assert.ok(mail.body.startsWith(`“${title}” has arrived.`));
  assert.deepEqual(mail.to, { name: row.to_name, email: row.to_email });
  const page = await organiser.page(`/empathy/outbox/${row.code}`);
  assert.equal(page.one('.verbatim').text.trim(), mail.body.trim().replace(/\s+/g, ' '));
  assert.equal(page.all('.verbatim a').length, 0, 'links of others cannot be followed');
  assert.equal(page.all('main form').length, 0, 'there is nothing to try again');
  (await organiser.get('/empathy/outbox/AAAAAAAAA')).expect(404);
  await organiser.page('/empathy/settings'); // for its csrf_token
  const again = await organiser.postFields(`/empathy/outbox/${row.code}/retry`, { csrf_token: organiser.csrfToken });
  assert.match(again.expect(409).one('.summary').text, /has not failed/);
});

test('sign-in links of others are nobody’s to read', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const organiser = await server.signInAs('organiser');
  const client = server.client();
  await (await client.form('/signin', '/signin')).fill({ email: 'stranger@example.org' }).submit();
  const { code } = server.rows(`SELECT code FROM outbox WHERE to_email = 'stranger@example.org'`)[0];
  (await organiser.get(`/empathy/outbox/${code}`)).expect(404);
  (await organiser.post(`/empathy/outbox/${code}/retry`, {}, { page: '/empathy/settings' })).expect(404);
  (await organiser.get(`/empathy/outbox?before=${code}`)).expect(200);
  assert.ok(!(await organiser.get('/empathy/outbox')).text.includes('stranger@example.org'));
});

test('a rehearsal shows sign-in links too, to be followed', async () => {
  const server = await startServer({ stage: 'call' });
  const organiser = await server.signInAs('organiser');
  const client = server.client();
  await (await client.form('/signin', '/signin')).fill({ email: 'stranger@example.org' }).submit();
  const list = await organiser.page('/empathy/outbox');
  assert.match(list.all('ul.rules li')[0].text, /Your sign-in link[^]*stranger@example\.org/);
  const page = await organiser.page(list.all('ul.rules .title a')[0].get('href'));
  const href = page.one('.verbatim a').get('href');
  assert.ok(href.startsWith(`${server.url}/signin/`));
  const form = await client.form(new URL(href).pathname);
  (await form.submit()).expect(303);
  assert.ok(client.isSignedIn);
});

test('the text of a draft, and the link to it, stay with who wrote it', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const organiser = await server.signInAs('organiser');
  const writer = server.client();
  const form = await submitText(writer, { email: 'writer@example.org', name: 'Wren Writer' });
  assert.ok((await form.submit()).status < 400);
  const [draft] = server.rows(`SELECT code, submission_id FROM outbox WHERE to_email = 'writer@example.org' AND template = 'draft'`);
  assert.ok(draft.submission_id);
  (await organiser.get(`/empathy/outbox/${draft.code}`)).expect(404);
  assert.ok(!(await organiser.get('/empathy/outbox')).text.includes('writer@example.org'));
});

test('tokens in mails that organisers may read are blanked out', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const organiser = await server.signInAs('organiser');
  const token = new URL(`http://x${server.links.desk}`).pathname.slice(8);
  const { code } = server.rows('SELECT code FROM outbox WHERE event_id <> 0 LIMIT 1')[0];
  const sql = `UPDATE outbox SET model = '{"title":"T","code":"C","link":"${server.url}/signin/${token}"}' WHERE code = ${quote(code)}`;
  await server.change(sql);
  const again = await server.signInAs('organiser');
  for (const answer of [await again.get(`/empathy/outbox/${code}`), await again.page(`/empathy/outbox/${code}`)]) {
    assert.ok(!answer.text.includes(token));
    assert.ok(answer.text.includes('/signin/…'));
  }
  assert.ok(organiser);
});

test('organisers read no mail about what they wrote, review or are in conflict with', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const organiser = await server.signInAs('organiser');
  const before = (await organiser.get('/empathy/outbox')).json.counts.all;
  const mine = server.rows(`SELECT outbox.code, CAST(outbox.submission_id AS TEXT) AS submission_id,
    CAST(outbox.event_id AS TEXT) AS event_id FROM outbox
    JOIN submission ON submission.event_id = outbox.event_id AND submission.id = outbox.submission_id
    WHERE submission.state = 'submitted' ORDER BY outbox.id`);
  const { id } = server.rows(`SELECT CAST(id AS TEXT) AS id FROM person WHERE email = 'catrin@example.org'`)[0];
  const [a, b, c] = mine;
  const sql = `INSERT INTO conflict (event_id, submission_id, person_id, reason, declared_at, declared_by_id)
      VALUES (${a.event_id}, ${a.submission_id}, ${id}, 'colleague', 1, ${id});
    INSERT INTO assignment (event_id, id, code, submission_id, person_id, label, assigned_at, assigned_by_id)
      VALUES (${b.event_id}, 1, 'AAAAAAAAA', ${b.submission_id}, ${id}, 9, 1, ${id});
    UPDATE submission SET submitter_id = ${id} WHERE event_id = ${c.event_id} AND id = ${c.submission_id};`;
  await server.change(sql);
  const later = await server.signInAs('organiser');
  const list = (await later.get('/empathy/outbox')).json;
  assert.equal(list.counts.all, before - 3);
  for (const { code } of [a, b, c]) {
    (await later.get(`/empathy/outbox/${code}`)).expect(404);
    assert.ok(!list.mails.some((mail) => mail.code === code));
  }
});

test('reviews quoted in a mail are for chairs, and mails that name reviewers too', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const [quoting, naming] = server.rows(`SELECT outbox.code FROM outbox JOIN submission ON submission.event_id = outbox.event_id
    AND submission.id = outbox.submission_id WHERE submission.state = 'submitted' ORDER BY outbox.id`);
  const sql = `UPDATE outbox SET discloses = 'reviews' WHERE code = ${quote(quoting.code)};
    UPDATE outbox SET discloses = 'reviewers' WHERE code = ${quote(naming.code)};`;
  await server.change(sql);
  const organiser = await server.signInAs('organiser');
  const { mail } = (await organiser.get(`/empathy/outbox/${quoting.code}`)).json;
  assert.deepEqual([mail.is_secret, mail.body], [true, '']);
  assert.ok(!(await organiser.page(`/empathy/outbox/${quoting.code}`)).text.includes('has arrived'));
  (await organiser.get(`/empathy/outbox/${naming.code}`)).expect(404);
});

test('who signs in for the first time finds no outbox', async () => {
  const server = await startServer({ stage: 'call', args: PRODUCTION });
  const client = server.client();
  await signIn(client, 'newcomer@example.org');
  (await client.get('/empathy/outbox')).expect(403);
});
