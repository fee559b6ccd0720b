// Registering, paying, changing, cancelling; the organisers' list; who may read what people need.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const server = await startServer({ stage: 'programme', now: NOW });
const organiser = await server.signInAs('organiser');

const ONE = { ticket: 'full', badge_name: 'Dana Ottová', badge_affiliation: 'Ústav Vltava, Praha' };
const ZOFIE = 'Žofie Nezvalová-Kříž';
let n_newcomers = 1;
const newcomer = async (email) => {
  const client = server.client({ localAddress: `127.0.1.${n_newcomers++}` });
  await signIn(client, email);
  return client;
};
const isPosting = (form) => form.get('method') === 'post' && form.closest('main');
const own = async (client) => (await client.get('/empathy/registration')).expect(200).json.registration;
const ticketOf = (code) => server.rows(`SELECT taken, capacity FROM ticket_type WHERE code = ${quote(code)}`)[0];
const mailTo = (email, template) => {
  const rows = server.rows(`SELECT model FROM outbox WHERE to_email = ${quote(email)} AND template = ${quote(template)}
    ORDER BY id DESC LIMIT 1`);
  return rows.length ? JSON.parse(rows[0].model) : null;
};
const registered = async (email, values = {}) => {
  const client = await newcomer(email);
  await client.page('/empathy/registration');
  (await client.post('/empathy/registration', { ...ONE, ...values })).expect(201);
  return { client, registration: await own(client) };
};

test('a stranger sees the tickets and is asked to sign in before typing anything', async () => {
  const stranger = server.client();
  const page = (await stranger.page('/empathy/registration')).expect(200);
  assert.match(page.one('main').text, /Three days[^]*£320\.00/);
  assert.equal(page.one('a.btn-main').get('href'), '/signin?next=/empathy/registration');
  assert.equal(page.all('main form').length, 0);
  const { tickets, is_open } = (await stranger.get('/empathy/registration')).json;
  assert.equal(is_open, true);
  const early = tickets.find(({ code }) => code.startsWith('early'));
  assert.deepEqual([early.sale, early.price], ['not_sold', { amount: 26000, currency: 'GBP' }]);
  (await stranger.post('/empathy/registration', ONE, { csrf: null })).expect(401);
  const form = (await stranger.form('/signin?next=/empathy/registration', '/signin')).get('next');
  assert.equal(form, '/empathy/registration');
});

test('a newcomer registers on one page, and what was typed survives a mistake', async () => {
  const client = await newcomer('zofie@example.org');
  const before = ticketOf('full');
  const form = await client.form('/empathy/registration');
  form.fill({ badge_name: ZOFIE, dietary: 'No nuts', payer_reference: 'PN-7' });
  const refused = (await form.submit('Register')).expect(422);
  assert.match(refused.one('.summary').text, /Ticket/);
  const again = client.formOf(refused);
  assert.deepEqual([again.get('badge_name'), again.get('dietary')], [ZOFIE, 'No nuts']);
  again.fill({ ticket: 'full' });
  const halfPaid = (await again.submit('Register')).expect(422);
  assert.match(halfPaid.one('.summary').text, /name of the person or institution/);
  const last = client.formOf(halfPaid).fill({ payer_reference: '' });
  const page = await client.follow((await last.submit('Register')).expect(303));
  const mine = await own(client);
  assert.match(page.one('main').text, new RegExp(`${mine.code}[^]*Still to pay[^]*£320\\.00[^]*${mine.purchase.code}`));
  assert.match(page.one('main').text, /Soar Valley Bank/);
  assert.equal(Number(ticketOf('full').taken), Number(before.taken) + 1);
  const mail = mailTo('zofie@example.org', 'registration');
  assert.equal(mail.link, `${server.url}/empathy/registration`);
  assert.deepEqual([mail.due, mail.reference, mail.code], ['GBP 320.00', mine.purchase.code, mine.code]);
  assert.deepEqual(mine.needs, { dietary: 'No nuts', access_needs: '', erase_on: '2027-07-18' });
  (await client.post('/empathy/registration', ONE)).expect(409);
  assert.equal(Number(ticketOf('full').taken), Number(before.taken) + 1);
});

test('only the hash of a ticket is stored', async () => {
  const rows = server.rows('SELECT ticket_hash, ticket_serial FROM registration');
  assert.ok(rows.length > 90);
  assert.equal(new Set(rows.map((row) => row.ticket_hash)).size, rows.length);
  for (const { ticket_hash, ticket_serial } of rows) {
    assert.match(ticket_hash, /^[0-9a-f]{64}$/);
    assert.equal(Number(ticket_serial), 1);
  }
});

test('the same key registers once and answers twice alike; another body with it is refused', async () => {
  const client = await newcomer('twice@example.org');
  await client.page('/empathy/registration');
  const headers = { 'idempotency-key': 'register-0001' };
  const before = Number(ticketOf('student').taken);
  const values = { ...ONE, ticket: 'student' };
  const first = (await client.post('/empathy/registration', values, { headers })).expect(201);
  const second = (await client.post('/empathy/registration', values, { headers })).expect(201);
  assert.equal(first.headers.location, second.headers.location);
  (await client.post('/empathy/registration', ONE, { headers })).expect(422);
  assert.equal(Number(ticketOf('student').taken), before + 1);
});

test('bad input is named by its field and changes nothing', async () => {
  const client = await newcomer('bad@example.org');
  await client.page('/empathy/registration');
  const before = server.rows('SELECT count(*) AS n FROM purchase')[0].n;
  const cases = [
    [{ ...ONE, ticket: 'golden' }, 'ticket'], [{ ...ONE, ticket: '' }, 'ticket'],
    [{ ...ONE, ticket: 'early-member-of-the-network' }, 'ticket'],
    [{ ...ONE, badge_name: ' ' }, 'badge_name'], [{ ...ONE, badge_name: 'x'.repeat(121) }, 'badge_name'],
    [{ ...ONE, payer_email: 'nowhere' }, 'payer_email'], [{ ...ONE, payer_address: 'Only a street' }, 'payer_name'],
    [{ ...ONE, dietary: 'y'.repeat(1001) }, 'dietary'], [{ ...ONE, price: '1' }, 'price'],
  ];
  for (const [values, field] of cases) {
    const answer = (await client.post('/empathy/registration', values)).expect(422);
    assert.ok(answer.json.fields[field], `${field}: ${answer.text}`);
  }
  assert.equal(server.rows('SELECT count(*) AS n FROM purchase')[0].n, before);
});

test('an institution pays: its words are kept, and changed while something is owed', async () => {
  const { client, registration } = await registered('nurse@example.org',
    { payer_name: 'Accounts, Corrib General', payer_email: 'accounts@example.org', payer_reference: 'PN-1' });
  assert.equal(registration.purchase.payer_name, 'Accounts, Corrib General');
  const form = await client.form('/empathy/registration', '/empathy/registration/payer');
  const other = await client.form('/empathy/registration', '/empathy/registration/payer');
  const refused = (await form.fill({ payer_email: '' }).submit()).expect(422);
  assert.match(refused.one('.summary').text, /receipts/);
  const page = await client.follow((await client.formOf(refused, '/empathy/registration/payer')
    .fill({ payer_email: 'money@example.org', payer_address: 'Main Street 1\nGalway' }).submit()).expect(303));
  assert.match(page.one('.note').text, /money@example\.org/);
  assert.equal((await own(client)).purchase.payer_address, 'Main Street 1\nGalway');
  const stale = (await other.fill({ payer_email: 'late@example.org' }).submit()).expect(409);
  assert.equal(client.formOf(stale, '/empathy/registration/payer').get('payer_email'), 'late@example.org');
});

test('a ticket that costs nothing is paid from the start', async () => {
  const form = await organiser.form('/empathy/registrations/tickets', '/empathy/registrations/tickets');
  const rows = (await form.submit('do=ticket.add')).expect(200);
  const n = rows.all('input').filter((node) => /\.title$/.test(node.get('name'))).length - 1;
  const wider = organiser.formOf(rows, '/empathy/registrations/tickets')
    .fill({ [`ticket.${n}.title`]: 'Guest', [`ticket.${n}.price`]: '0', [`ticket.${n}.capacity`]: '1' });
  (await wider.submit('Save the tickets')).expect(303);
  const { registration } = await registered('guest-of-honour@example.org', { ticket: 'guest' });
  assert.deepEqual([registration.purchase.state, registration.purchase.total.amount, registration.state], ['paid', 0, 'confirmed']);
  assert.equal(mailTo('guest-of-honour@example.org', 'registration').due, '');
  const late = await newcomer('second-guest@example.org');
  await late.page('/empathy/registration');
  const answer = (await late.post('/empathy/registration', { ...ONE, ticket: 'guest' })).expect(422);
  assert.match(answer.json.fields.ticket, /sold out/);
  const page = await late.page('/empathy/registration');
  assert.ok(page.one('input[value="guest"]').has('disabled'));
});

test('tickets: never less than is taken, none removed that somebody has, stale forms refused', async () => {
  const path = '/empathy/registrations/tickets';
  const { rev, types } = (await organiser.get(path)).json;
  const save = (ticket, at = rev) => organiser.post(path, { rev: at, ticket });
  const rows = types.map(({ code, title, description, price, capacity }) => ({ code, title, description,
    price: (price.amount / 100).toFixed(2), capacity }));
  const full = rows.findIndex(({ code }) => code === 'full');
  const less = rows.map((row, i) => (i === full ? { ...row, capacity: 3 } : row));
  assert.match((await save(less)).expect(422).json.fields[`ticket.${full}.capacity`], /taken already/);
  assert.match((await save(rows.filter((_, i) => i !== full))).expect(422).json.fields.ticket, /Three days/);
  assert.match((await save([...rows, { title: '', price: '1', capacity: 1 }])).expect(422).json.fields[`ticket.${rows.length}.title`], /name/);
  assert.ok((await save([...rows, { title: 'X', price: '-1', capacity: 1 }])).expect(422).json.fields[`ticket.${rows.length}.price`]);
  const dearer = rows.map((row, i) => (i === full ? { ...row, price: '350.00', closes_at: '2027-06-01T12:00' } : row));
  (await save([...dearer, { title: 'Day one', price: '90', capacity: 5 }, { title: 'Day one', price: '95', capacity: 5 }])).expect(200);
  const after = (await organiser.get(path)).json;
  assert.equal(after.types.at(-2).code, 'day-one');
  assert.match(after.types.at(-1).code, /^day-one-\d+$/);
  assert.equal(after.types[full].closes_at, '2027-06-01T11:00:00Z');
  (await save(rows)).expect(409);
  const zofie = await newcomer('zofie@example.org');
  assert.equal((await own(zofie)).purchase.total.amount, 32000, 'a price that was promised stays');
  (await organiser.post(path, { rev: after.rev, ticket: rows })).expect(200);
});

test('badge and needs change; a stale form keeps what was typed', async () => {
  const { client, registration } = await registered('change@example.org', { access_needs: 'Step-free' });
  const first = await client.form('/empathy/registration', '/empathy/registration/change');
  const second = await client.form('/empathy/registration', '/empathy/registration/change');
  (await first.fill({ badge_name: 'Dr. Change', dietary: 'Vegan', access_needs: '' }).submit('Save')).expect(303);
  const refused = (await second.fill({ badge_name: 'Other Words' }).submit('Save')).expect(409);
  const shown = client.formOf(refused, '/empathy/registration/change');
  assert.equal(shown.get('badge_name'), 'Other Words');
  (await shown.fill({ dietary: '', access_needs: '' }).submit('Save')).expect(303);
  const mine = await own(client);
  assert.deepEqual([mine.badge_name, mine.needs.dietary], ['Other Words', '']);
  assert.equal(server.rows(`SELECT count(*) AS n FROM registration_need JOIN registration
    ON registration.id = registration_need.registration_id WHERE registration.code = ${quote(registration.code)}`)[0].n, 0);
});

test('what people need is read by themselves, the kitchen and organisers, and stands nowhere else', async () => {
  const secret = 'Lactose, and no more than that: Qx7Zw';
  const { registration } = await registered('needs@example.org', { dietary: secret, access_needs: `Ramp ${secret}` });
  const kitchen = await server.signInAs('catering');
  const shown = (await kitchen.get('/empathy/needs')).expect(200).json;
  const row = shown.needs.find(({ code }) => code === registration.code);
  assert.deepEqual([row.dietary, row.access_needs], [secret, `Ramp ${secret}`]);
  assert.ok(shown.dietary_counts.find(({ dietary }) => /vegetarian/i.test(dietary)).n >= 3);
  (await organiser.page('/empathy/needs')).expect(200);
  for (const role of ['chair', 'desk', 'reviewer', 'attendee', 'author', 'facilitator']) {
    (await (await server.signInAs(role)).get('/empathy/needs')).expect(403);
  }
  (await server.client().get('/empathy/needs')).expect(401);
  const paths = ['/empathy/registrations?q=needs', '/empathy/registrations.csv', `/empathy/registrations/${registration.code}`];
  for (const path of paths) {
    for (const answer of [await organiser.page(path), await organiser.get(path)]) {
      assert.ok(!answer.text.includes('Qx7Zw'), `${path} tells what somebody needs`);
    }
  }
  (await kitchen.get('/empathy/registrations')).expect(403);
  assert.equal(server.rows(`SELECT count(*) AS n FROM outbox WHERE model LIKE '%Qx7Zw%'`)[0].n, 0);
});

test('the list finds names without their accents, and codes in any spelling', async () => {
  const zofie = (await own(await newcomer('zofie@example.org')));
  const find = async (query) => (await organiser.get(`/empathy/registrations?${query}`)).expect(200).json;
  for (const q of ['zofie nezval', 'kriz', 'ZOFIE', zofie.code.toLowerCase(), `${zofie.code.slice(0, 4)}-${zofie.code.slice(4)}`]) {
    const { registrations } = await find(`q=${encodeURIComponent(q)}`);
    assert.deepEqual(registrations.map(({ code }) => code), [zofie.code], q);
  }
  assert.equal((await find('q=nobody+atall')).n_found, 0);
  assert.ok((await find('q=%F0%9F%98%80')).n_found > 90);
  const open = await find('owes=open');
  assert.ok(open.registrations.every(({ purchase }) => purchase.state === 'open'));
  assert.equal(open.n_found, open.sums.n_open);
  assert.equal((await find('state=cancelled')).n_found, 0);
  (await organiser.get('/empathy/registrations?state=%27%20OR%201')).expect(422);
});

test('the list has pages, and says where one is', async () => {
  const page = (await organiser.page('/empathy/registrations')).expect(200);
  assert.equal(page.all('tbody tr').length, 50);
  const next = page.one('a[rel="next"]').get('href');
  const second = (await organiser.page(next)).expect(200);
  assert.match(second.one('.pager').text, /51 to 100 of \d+/);
  const codes = (answer) => answer.all('tbody th .code').map((node) => node.text);
  assert.equal(new Set([...codes(page), ...codes(second)]).size, 100);
  const names = (await organiser.get('/empathy/registrations')).json.registrations.map(({ name }) => name);
  assert.deepEqual(names.slice(0, 2), ['Adébáyọ̀ Ọ̀ṣúntókun-Bello', 'Ægir Sturluson']);
});

test('the export is whole, follows the filter, and is safe to open in a spreadsheet', async () => {
  await registered('formula@example.org', { badge_name: '=HYPERLINK("http://example.org")', badge_affiliation: '+1 234' });
  const answer = (await organiser.request('GET', '/empathy/registrations.csv')).expect(200);
  assert.equal(answer.type, 'text/csv');
  assert.match(answer.headers['content-disposition'], /attachment; filename="?registrations-empathy\.csv/);
  const lines = answer.text.trim().split('\r\n');
  assert.equal(lines.length - 1, (await organiser.get('/empathy/registrations')).json.n_found);
  const row = lines.find((line) => line.includes('formula@example.org'));
  assert.match(row, /"'=HYPERLINK\(""http:\/\/example\.org""\)","'\+1 234"/);
  const filtered = (await organiser.request('GET', '/empathy/registrations.csv?q=formula')).text.trim().split('\r\n');
  assert.equal(filtered.length, 2);
  (await organiser.request('GET', '/empathy/registrations.pdf')).expect(404);
});

test('organisers add somebody, who finds the registration when they sign in', async () => {
  const form = await organiser.form('/empathy/registrations', isPosting);
  form.fill({ name: '山本 ひかり', email: 'hikari@example.org', affiliation: 'Aobayama', ticket: 'early-member-of-the-network' });
  const made = (await form.submit('Add them')).expect(303);
  const page = await organiser.follow(made);
  assert.match(page.one('h1').text, /山本 ひかり/);
  const twice = await organiser.form('/empathy/registrations', isPosting);
  const refused = (await twice.fill({ name: 'Hikari', email: 'hikari@example.org', ticket: 'full' }).submit('Add them')).expect(422);
  assert.match(refused.one('.summary').text, /registered already/);
  const mine = await own(await newcomer('hikari@example.org'));
  assert.equal(made.location, `/empathy/registrations/${mine.code}`);
  assert.equal(mailTo('hikari@example.org', 'registration').code, mine.code);

  // Somebody who is signed in already finds it without signing in anew.
  const waiting = await newcomer('invited@example.org');
  await organiser.page('/empathy/registrations');
  (await organiser.post('/empathy/registrations', { name: 'Typed Name', email: 'Invited@example.org', ticket: 'full' })).expect(201);
  assert.equal((await own(waiting)).state, 'confirmed');
  const nameless = (await organiser.post('/empathy/registrations', { name: 'No Address', ticket: 'full' })).expect(201);
  assert.equal((await organiser.get(nameless.location)).json.registration.email, '');
});

test('payments move a purchase between open and paid, and never below nothing', async () => {
  const { client, registration } = await registered('payer@example.org');
  const path = `/empathy/registrations/${registration.code}`;
  const pay = (values) => organiser.post(`${path}/payments`, { method: 'bank', received_on: '2027-05-01', reference: 'stmt 12', ...values });
  const state = async () => {
    const { purchase } = (await organiser.get(path)).json.registration;
    return [purchase.state, purchase.paid.amount, purchase.due.amount];
  };
  await organiser.page(path);
  (await pay({ amount: '100.00' })).expect(201);
  assert.deepEqual(await state(), ['open', 10000, 22000]);
  assert.equal(mailTo('payer@example.org', 'payment').is_paid, '');
  for (const [values, field] of [[{ amount: '0' }, 'amount'], [{ amount: '-5' }, 'amount'], [{ amount: 'many' }, 'amount'],
    [{ amount: '5', method: 'gold' }, 'method'], [{ amount: '5', received_on: '2027-05-03' }, 'received_on'],
    [{ amount: '5', received_on: '2027-02-30' }, 'received_on'], [{ amount: '100.01', method: 'refund' }, 'amount']]) {
    assert.ok((await pay(values)).expect(422).json.fields[field], JSON.stringify(values));
  }
  const form = await organiser.form(path, `${path}/payments`);
  assert.equal(form.get('amount'), '220.00');
  (await form.submit('Record it')).expect(303);
  assert.deepEqual(await state(), ['paid', 32000, 0]);
  assert.equal(mailTo('payer@example.org', 'payment').is_paid, '1');
  assert.match((await client.page('/empathy/registration')).one('main').text, /Paid/);
  (await pay({ amount: '20', method: 'refund' })).expect(201);
  assert.deepEqual(await state(), ['open', 30000, 2000]);
  const { payments } = (await organiser.get(path)).json.registration.purchase;
  assert.deepEqual(payments.map(({ amount }) => amount.amount).sort((a, b) => a - b), [-2000, 10000, 22000]);
  const attendee = await server.signInAs('attendee');
  await attendee.page('/empathy/registration');
  (await attendee.post(`${path}/payments`, { amount: '1', method: 'cash', received_on: '2027-05-01' })).expect(403);
});

test('cancelling gives the place back, erases needs, leaves the money to be refunded', async () => {
  const { client, registration } = await registered('leaving@example.org', { ticket: 'reduced', dietary: 'Vegan' });
  await organiser.page(`/empathy/registrations/${registration.code}`);
  (await organiser.post(`/empathy/registrations/${registration.code}/payments`, { amount: '90', method: 'bank', received_on: '2027-05-01' })).expect(201);
  const before = Number(ticketOf('reduced').taken);
  const page = (await client.page('/empathy/registration/cancel')).expect(200);
  assert.match(page.one('main').text, /You have paid £90\.00/);
  (await client.formOf(page).submit('Cancel my registration')).expect(303);
  assert.equal(Number(ticketOf('reduced').taken), before - 1);
  assert.match((await client.page('/empathy/registration')).one('h1').text, /Register/);
  assert.equal(mailTo('leaving@example.org', 'registration_cancelled').refund, 'GBP 90.00');
  const row = (await organiser.get(`/empathy/registrations?owes=refund`)).json;
  assert.deepEqual(row.registrations.map(({ code }) => code), [registration.code]);
  assert.equal(row.sums.refund.amount, 9000);
  (await client.post('/empathy/registration/cancel', {})).expect(404);
  (await client.post('/empathy/registration/change', { badge_name: 'x', rev: 1 })).expect(404);

  (await client.post('/empathy/registration', ONE)).expect(201);
  const back = await own(client);
  assert.notEqual(back.code, registration.code);
  assert.equal(back.needs.dietary, '');
  const [{ ticket_serial, n }] = server.rows(`SELECT ticket_serial, (SELECT count(*) FROM registration AS r WHERE r.person_id = registration.person_id) AS n
    FROM registration WHERE code = ${quote(back.code)}`);
  assert.deepEqual([Number(ticket_serial), Number(n)], [2, 1]);
});

test('organisers cancel by typing the code; a new ticket voids the old one', async () => {
  const { client, registration } = await registered('cancelled@example.org');
  const path = `/empathy/registrations/${registration.code}`;
  const hash = () => server.rows(`SELECT ticket_hash FROM registration WHERE code = ${quote(registration.code)}`)[0].ticket_hash;
  const old = hash();
  (await (await organiser.form(path, `${path}/ticket`)).submit()).expect(303);
  assert.notEqual(hash(), old);
  const form = await organiser.form(path, `${path}/cancel`);
  const wrong = (await form.fill({ confirm: 'K7QF3M2XG' }).submit()).expect(422);
  assert.match(wrong.one('.summary').text, /Type \w+ to cancel/);
  const badge = await organiser.form(path, path);
  (await badge.fill({ badge_name: 'Prof. Cancelled' }).submit('Save the badge')).expect(303);
  const again = await organiser.form(path, `${path}/cancel`);
  const spelt = `${registration.code.slice(0, 3)} ${registration.code.slice(3).toLowerCase()}`;
  (await again.fill({ confirm: spelt }).submit()).expect(303);
  const shown = (await organiser.get(path)).json.registration;
  assert.deepEqual([shown.state, shown.purchase.state], ['cancelled', 'cancelled']);
  assert.equal((await client.get('/empathy/registration')).json.registration, undefined);
  (await organiser.post(`${path}/cancel`, { confirm: registration.code })).expect(409);
  (await organiser.post('/empathy/registrations/ZZZZZZZZZ/cancel', { confirm: registration.code })).expect(404);
});

test('how to pay is told in the organisers\' words', async () => {
  const form = await organiser.form('/empathy/registrations/tickets', '/empathy/registrations/payment-text');
  const stale = await organiser.form('/empathy/registrations/tickets', '/empathy/registrations/payment-text');
  (await form.fill({ text: 'To <the> bank & soon' }).submit()).expect(303);
  (await stale.fill({ text: 'Never' }).submit()).expect(409);
  await registered('words@example.org');
  assert.equal(mailTo('words@example.org', 'registration').payment_text, 'To <the> bank & soon');
  assert.match((await server.client().page('/empathy/registration')).one('aside').text, /To <the> bank & soon/);
});

test('registrations belong to organisers and the treasurer', async () => {
  for (const role of ['chair', 'desk', 'reviewer', 'attendee', 'author', 'catering']) {
    const client = await server.signInAs(role);
    for (const path of ['/empathy/registrations', '/empathy/registrations.csv', '/empathy/registrations/tickets']) {
      (await client.get(path)).expect(403);
    }
  }
  (await organiser.post('/empathy/settings/people', { name: 'Trude Asurer', email: 'treasurer@example.org', role: 'treasurer' },
    { page: '/empathy/settings' })).expect(200);
  const treasurer = await newcomer('treasurer@example.org');
  (await treasurer.page('/empathy/registrations')).expect(200);
  (await treasurer.get('/empathy/needs')).expect(403);
});

test('a list of any length costs the same number of statements', async () => {
  const statements = async (path) => {
    await organiser.page(path);
    return until(() => [...server.log.matchAll(/method=GET route=\/:event\/registrations status=200 ms=\d+ statements=(\d+)/g)].at(-1)?.[1]);
  };
  const all = await statements('/empathy/registrations');
  const few = await statements('/empathy/registrations?q=zofie');
  assert.equal(all, few);
});

test('the last tickets are sold once, however many ask for them at once', async () => {
  const busy = await startServer({ stage: 'programme', now: NOW, attendees: 40 });
  const { tokens } = busy.crowd();
  const everybody = (clients, path, body) => Promise.all(clients.map((client) => client.post(path, body)));
  const first = tokens.map((token) => busy.client({ token }));
  for (const { status } of await everybody(first, '/empathy/registration/cancel')) assert.equal(status, 200);
  await busy.change(`UPDATE ticket_type SET capacity = 5 WHERE code = 'rehearsal'`);
  await busy.control.freeze(NOW);
  const second = tokens.map((token) => busy.client({ token }));
  const answers = await everybody(second, '/empathy/registration', { ...ONE, ticket: 'rehearsal' });
  const made = answers.filter(({ status }) => status === 201);
  assert.equal(made.length, 5);
  for (const answer of answers) if (!made.includes(answer)) assert.match(answer.expect(422).json.fields.ticket, /sold out/);
  const [row] = busy.rows(`SELECT taken, (SELECT count(*) FROM registration WHERE registration.ticket_type_id = ticket_type.id
    AND registration.state = 'confirmed') AS n FROM ticket_type WHERE code = 'rehearsal'`);
  assert.deepEqual([Number(row.taken), Number(row.n)], [5, 5]);
});

test('outside its dates registration is shown and refused', async () => {
  const late = await startServer({ stage: 'programme', now: NOW });
  const client = late.client();
  await late.control.freeze('2027-06-18T12:00:00Z');
  await signIn(client, 'late@example.org');
  const page = (await client.page('/empathy/registration')).expect(200);
  assert.match(page.one('main').text, /Registration is closed/);
  assert.match((await client.post('/empathy/registration', ONE, { page: '/account' })).expect(409).json.detail, /closed/);
  await late.control.freeze('2027-01-01T12:00:00Z');
  const early = late.client();
  assert.match((await early.page('/empathy/registration')).one('main').text, /not open yet[^]*It opens on/);
});

test('thirty days after the event what people needed is gone', async () => {
  const over = await startServer({ stage: 'programme', now: NOW, isRunning: true });
  const count = () => Number(over.rows('SELECT count(*) AS n FROM registration_need')[0].n);
  assert.ok(count() > 20);
  await over.control.runFrom('2027-07-17T10:00:00Z');
  await until(() => over.rows(`SELECT until_at FROM lease WHERE name = 'needs'`).length);
  assert.ok(count() > 20, 'a day early');
  await over.control.runFrom('2027-07-18T10:00:00Z');
  await until(count, (n) => n === 0);
  assert.equal(over.rows(`SELECT count(*) AS n FROM audit WHERE verb = 'needs.erase'`)[0].n, 1);
});
