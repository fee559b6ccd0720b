// Papers of one person: invoice, certificate, own programme, review pack; and what hangs on doors.
// A kind of document is tried as soon as the program draws it.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { checkPdf, textOfPdf } from '../lib/pdf.mjs';
import { runProgram, startServer } from '../lib/server.mjs';

const OFFICE = '/empathy/print';
const NOW = '2027-09-08T08:02:00Z';
const live = await startServer({ stage: 'live', now: NOW });
const organiser = await live.signInAs('organiser');
const { stdout: drawn } = await runProgram(['print', '--list']);
const has = (kind) => new RegExp(`^${kind} `, 'm').test(drawn);
const tryKind = (kind, name, body, limits) => { if (has(kind)) test(name, body, limits); };

const pdf = async (who, path) => {
  const { bytes } = (await who.request('GET', path)).expect(200);
  checkPdf(bytes);
  return textOfPdf(bytes).join('\n').replace(/\s+/g, ' ');
};
async function asked(who, what, fields = {}) {
  const form = await who.form(OFFICE, `${OFFICE}/${what}`);
  const { location } = (await form.fill(fields).submit('do=print')).expect(303);
  const job = await until(async () => (await who.get(location)).json.job, ({ state }) => !['waiting', 'running'].includes(state));
  assert.equal(job.state, 'done', job.message);
  return pdf(who, job.document);
}
const linksOf = (page) => page.all('main a').map((link) => link.get('href'));

tryKind('invoice', 'an invoice is for who pays it and for who keeps the money, and for nobody else', async () => {
  const attendee = await live.signInAs('attendee');
  const own = (await attendee.get('/empathy/registration')).json.registration;
  const other = live.rows(`SELECT registration.code, payer_name, total, purchase.code AS purchase FROM registration
    JOIN purchase ON purchase.id = purchase_id WHERE total > 0 AND purchase.state <> 'cancelled' AND registration.code <> ${quote(own.code)}
    ORDER BY registration.id`)[0];
  if (own.purchase.total.amount) {
    assert.ok(linksOf(await attendee.page('/empathy/registration')).includes('/empathy/invoice.pdf'));
    assert.ok((await pdf(attendee, '/empathy/invoice.pdf')).includes(own.purchase.payer_name));
  } else {
    (await attendee.get('/empathy/invoice.pdf')).expect(404);
  }
  (await attendee.get(`/empathy/invoice.pdf?registration=${other.code}`)).expect(404);
  const text = await pdf(organiser, `/empathy/invoice.pdf?registration=${other.code}`);
  assert.ok(text.includes(`${other.purchase.slice(0, 4)}-${other.purchase.slice(4)}`), text);
  assert.ok(text.includes((Number(other.total) / 100).toFixed(2)), text);
  assert.ok(linksOf(await organiser.page(`/empathy/registrations/${other.code}`)).includes(`/empathy/invoice.pdf?registration=${other.code}`));
  assert.equal((await live.client().get('/empathy/invoice.pdf')).status, 401);
});

tryKind('invoice', 'what was paid and cancelled gives a credit note, with what still goes back', async () => {
  const { code, total } = live.rows(`SELECT registration.code, total FROM registration JOIN purchase ON purchase.id = purchase_id
    WHERE purchase.state = 'paid' AND total > 0 AND registration.state = 'confirmed' ORDER BY registration.id DESC`)[0];
  const at = `/empathy/registrations/${code}`;
  (await organiser.post(`${at}/cancel`, { confirm: code }, { page: at })).expect(200);
  const text = await pdf(organiser, `/empathy/invoice.pdf?registration=${code}`);
  assert.match(text, /Credit note/);
  assert.match(text, new RegExp(`[−-].?${(Number(total) / 100).toFixed(2)}`));
  assert.match(await asked(organiser, 'invoices', { state: 'cancelled' }), /Credit note/);
});

tryKind('certificate', 'who was let in is certified once the event is over, and who presented', async () => {
  (await (await live.signInAs('attendee')).get('/empathy/certificate.pdf')).expect(409);
  const over = await startServer({ stage: 'over', now: '2027-09-20T10:00:00Z' });
  const attendee = await over.signInAs('attendee');
  const [{ n }] = over.rows('SELECT count(*) AS n FROM checkin');
  assert.ok(Number(n) > 0);
  const isIn = linksOf(await attendee.page('/empathy/registration')).includes('/empathy/certificate.pdf');
  if (isIn) assert.match(await pdf(attendee, '/empathy/certificate.pdf'), /certif/i);
  const author = await over.signInAs('author');
  assert.match(await pdf(author, '/empathy/certificate.pdf'), /presented/);
  const staff = await over.signInAs('organiser');
  const all = await asked(staff, 'certificates', { what: 'attendance', signatory: 'Ada Example', office: 'Chair of everything' });
  assert.match(all, /Ada Example.*Chair of everything/);
  assert.equal(all.match(/Ada Example/g).length, Number(over.rows(`SELECT count(*) AS n FROM checkin
    JOIN registration ON registration.id = registration_id WHERE state = 'confirmed'`)[0].n));
});

tryKind('agenda', 'one\'s own programme has what one booked, and nobody else\'s', async () => {
  const attendee = await live.signInAs('attendee');
  const { bookings } = (await attendee.get('/empathy/registration')).json.registration;
  const text = await pdf(attendee, '/empathy/agenda.pdf');
  for (const { title } of bookings) assert.ok(text.includes(title.replace(/\s+/g, ' ')), title);
  assert.ok(linksOf(await attendee.page('/empathy/programme')).includes('/empathy/agenda.pdf'));
  (await organiser.get('/empathy/agenda.pdf')).expect(live.rows(`SELECT registration.id FROM registration JOIN role_grant
    ON role_grant.person_id = registration.person_id WHERE role = 'organiser' AND state = 'confirmed'`).length ? 200 : 404);
});

tryKind('review-pack', 'a reviewer\'s pack names no author of a blinded call; the table of scores is for chairs', async () => {
  const server = await startServer({ stage: 'review', now: '2027-05-02T12:00:00Z' });
  const reviewer = await server.signInAs('reviewer');
  const text = await asked(reviewer, 'review-packs');
  const { reviews } = (await reviewer.get('/empathy/reviews')).json;
  const open = reviews.filter(({ state }) => state !== 'submitted');
  assert.ok(open.length > 0);
  for (const { code, title } of open) {
    assert.ok(text.includes(title.replace(/\s+/g, ' ').slice(0, 20)), title);
    for (const { name } of server.rows(`SELECT DISTINCT author.name FROM author JOIN submission ON submission.id = submission_id
      WHERE code = ${quote(code)}`)) assert.ok(!text.includes(name), `the pack tells ${name}`);
  }
  (await reviewer.post(`${OFFICE}/review-packs`, { variant: 'summary' }, { page: OFFICE })).expect(403);
  const chair = await server.signInAs('chair');
  assert.match(await asked(chair, 'review-packs', { variant: 'summary' }), /[1-5]\.\d/);
});

tryKind('poster-label', 'posters are numbered through, each with its code', async () => {
  const text = await asked(organiser, 'poster-labels', { size: 'A6' });
  const posters = live.rows(`SELECT submission.code FROM presentation JOIN session ON session.id = session_id
    JOIN submission ON submission.id = presentation.submission_id WHERE session.kind = 'poster'`);
  assert.ok(posters.length > 1);
  for (const [i, { code }] of posters.entries()) {
    assert.match(text, new RegExp(`P${i + 1}\\b`));
    assert.ok(text.includes(`${code.slice(0, 4)}-${code.slice(4)}`), code);
  }
  assert.doesNotMatch(text, /P0\b/);
});

tryKind('door-sign', 'every room has a sign for each day on which something happens there', async () => {
  const text = await asked(organiser, 'door-signs', {});
  for (const { name } of live.rows(`SELECT DISTINCT room.name FROM session JOIN room ON room.id = room_id
    WHERE starts_at IS NOT NULL`)) assert.ok(text.includes(name), name);
});

tryKind('sign-in-sheet', 'who has booked stands on the sheet of that masterclass', async () => {
  const text = await asked(organiser, 'sign-in-sheets', { walk_ins: '3' });
  const { name } = live.rows(`SELECT badge_name AS name FROM booking JOIN registration ON registration.id = registration_id
    WHERE booking.state = 'booked' AND registration.state = 'confirmed' ORDER BY registration.id`).find((row) => /^[A-Za-z ]+$/.test(row.name));
  assert.ok(text.includes(name), name);
});

tryKind('letter', 'letters of decisions are for chairs, word by word as they went out', async () => {
  const chair = await live.signInAs('chair');
  const text = await asked(chair, 'letters', { outcome: 'reject' });
  const bodies = live.rows(`SELECT subject, to_name FROM outbox WHERE template = 'decision_reject' AND state = 'sent'`);
  for (const { subject } of bodies.filter((row) => row.subject)) assert.ok(text.includes(subject.replace(/\s+/g, ' ').slice(0, 30)), subject);
  assert.ok(text.length > 500);
  (await organiser.post(`${OFFICE}/letters`, { outcome: 'reject' }, { page: OFFICE })).expect(403);
});
