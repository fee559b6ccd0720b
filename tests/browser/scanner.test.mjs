// The scanner in a phone's browser: the camera reads badges as they are printed, and goes on without
// a network.
import { test, assert } from '../lib/test.mjs';
import { checkEveryLook, visit } from '../lib/browser.mjs';
import { quote } from '../lib/database.mjs';
import { pagesOfPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-09-08T08:02:00Z';
const DOOR = '/empathy/checkin';
const server = await startServer({ stage: 'live', now: NOW, isRunning: true });
const desk = await server.signInAs('desk');
const organiser = await server.signInAs('organiser');

const absent = (await desk.request('GET', `${DOOR}/list`)).json.tickets.filter((row) => !row.in_at && !row.is_cancelled);
const badge = async (code) => pagesOfPdf((await organiser.request('GET', `/empathy/badge.pdf?registration=${code}`)).expect(200).bytes, { dpi: 150 })[0];
const scansOf = (code) => server.rows(`SELECT verdict, method FROM scan JOIN registration ON registration.id = scan.registration_id WHERE code = ${quote(code)} ORDER BY scan.id`);
const isVerdict = (page, verdict) => page.locator(`#verdict [data-verdict="${verdict}"]`).waitFor();
const isReady = (page) => page.locator('#desk[data-ready]').waitFor({ state: 'attached' });
const stateIs = (page, pattern) => page.locator('#net').filter({ hasText: pattern }).waitFor();
const OFFLINE = /net::ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to load resource/;

async function until(fn) {
  for (let i = 0; i < 200; i++) {
    if (fn()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`not in time: ${fn}`);
}

test('the camera reads a printed badge and lets its owner in', async () => {
  const [guest] = absent;
  const visitor = await visit(server, { width: 390, client: desk, pictures: [await badge(guest.code)] });
  await visitor.goto(DOOR);
  await isVerdict(visitor.page, 'in');
  assert.match(await visitor.page.locator('#verdict').innerText(), new RegExp(guest.name));
  await until(() => scansOf(guest.code).length >= 1);
  assert.deepEqual({ ...scansOf(guest.code)[0] }, { verdict: 'in', method: 'camera' });
  await stateIs(visitor.page, /Online.*all scans sent/s);
  await visitor.checkPage('scanner-in');
  await visitor.close();
});

test('without a network scans wait on the phone, survive a reload, and arrive once', async () => {
  const guest = absent[1];
  const visitor = await visit(server, { width: 390, client: desk });
  visitor.expectFault(OFFLINE);
  const { page, context } = visitor;
  await visitor.goto(DOOR);
  await isReady(page);
  await context.setOffline(true);
  await page.locator('#f-entry').fill(guest.code);
  await page.locator('#entry button').click();
  await isVerdict(page, 'in');
  await stateIs(page, /Offline.*1 scan to send/s);
  await page.locator('#f-entry').fill(guest.code);
  await page.locator('#entry button').click();
  await isVerdict(page, 'again');
  await stateIs(page, /2 scans to send/);
  await page.reload();
  await stateIs(page, /Offline.*List from \d\d:\d\d, 2 scans to send/s);
  assert.equal(scansOf(guest.code).length, 0);
  await visitor.shoot('scanner-offline');
  await context.setOffline(false);
  await stateIs(page, /Online.*all scans sent/s);
  assert.deepEqual(scansOf(guest.code).map(({ verdict }) => verdict), ['in', 'again']);
  await visitor.close();
});

test('a camera without a network reads the badge too', async () => {
  const guest = absent[2];
  const visitor = await visit(server, { width: 390, client: desk, pictures: [await badge(guest.code)] });
  visitor.expectFault(OFFLINE);
  const { page, context } = visitor;
  await page.route('**/checkin/scans', (route) => route.abort()); // the server gets nothing before the cut
  await visitor.goto(DOOR);
  await isReady(page);
  await context.setOffline(true);
  await isVerdict(page, 'in');
  await page.reload();
  await stateIs(page, /Offline.*\d+ scans? to send/s);
  assert.equal(scansOf(guest.code).length, 0);
  await page.unroute('**/checkin/scans');
  await context.setOffline(false);
  await stateIs(page, /Online.*all scans sent/s);
  assert.equal(scansOf(guest.code).filter(({ verdict }) => verdict === 'in').length, 1);
  await visitor.close();
});

test('an admission of another door is explained when both are back', async () => {
  const guest = absent[3];
  const visitor = await visit(server, { width: 390, client: desk });
  visitor.expectFault(OFFLINE);
  const { page, context } = visitor;
  await visitor.goto(DOOR);
  await isReady(page);
  await context.setOffline(true);
  (await organiser.post(`${DOOR}/scans`, { entry: guest.code }, { page: DOOR })).expect(200);
  await page.locator('#f-entry').fill(guest.code);
  await page.locator('#entry button').click();
  await isVerdict(page, 'in');
  await context.setOffline(false);
  await page.locator('#twice').filter({ hasText: /had come in at .*09:/ }).waitFor();
  assert.deepEqual(scansOf(guest.code).map(({ verdict }) => verdict), ['in', 'again']);
  await visitor.close();
});

test('a name is found on the phone, and the last scan taken back', async () => {
  const guest = absent[4];
  const visitor = await visit(server, { width: 390, client: desk });
  const { page } = visitor;
  await visitor.goto(DOOR);
  await isReady(page);
  await page.locator('#f-entry').fill(guest.name);
  await page.locator('#entry button').click();
  await page.locator('#matches li').filter({ hasText: guest.code }).getByRole('button').click();
  await isVerdict(page, 'in');
  await page.getByRole('button', { name: 'Undo' }).click();
  await isVerdict(page, 'undo');
  await stateIs(page, /all scans sent/);
  assert.deepEqual(scansOf(guest.code).map(({ verdict }) => verdict), ['in', 'undo']);
  assert.equal(server.rows(`SELECT in_at FROM checkin JOIN registration ON registration.id = checkin.registration_id WHERE code = ${quote(guest.code)}`).length, 0);
  await visitor.close();
});

test('a phone that may not check in any more forgets the names', async () => {
  const form = await organiser.form(`${DOOR}/devices`, `${DOOR}/devices`);
  const made = (await form.fill({ name: 'Desk E' }).submit()).expect(200);
  const phone = server.client();
  (await phone.formOf(await phone.page(new URL(made.one('code.code').text).pathname)).submit()).expect(303);
  const visitor = await visit(server, { width: 390, client: phone });
  visitor.expectFault(/40[13]|Failed to load resource/);
  const { page } = visitor;
  await visitor.goto(DOOR);
  await isReady(page);
  const devices = await organiser.page(`${DOOR}/devices`);
  const row = devices.all('ul.rules li').find((li) => li.text.includes('Desk E'));
  (await organiser.formOf(devices, row.one('form').get('action')).submit()).expect(303);
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await stateIs(page, /may not check in any more/);
  assert.deepEqual(await page.evaluate(() => caches.keys()), []);
  await visitor.close();
});

test('the pages of the door are small, accessible and quiet', async () => {
  for (const [where, name] of [[`${DOOR}?q=ma`, 'door'], [`${DOOR}/devices`, 'door-devices']]) {
    await checkEveryLook(server, where, name, { client: organiser, hasScript: false });
  }
}, { limitS: 120 });
