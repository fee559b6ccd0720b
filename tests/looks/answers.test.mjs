// Pages that only come in answer to a form: what is shown once, what is refused, what was done.
import { test, limitFile } from '../lib/test.mjs';
import { visit } from '../lib/browser.mjs';
import { LOGO } from '../lib/cast.mjs';
import { startServer } from '../lib/server.mjs';
import { press, see } from '../lib/walk.mjs';
import { LOOKS, checkLooks, meet } from './look.mjs';

limitFile(600);

// [stage, who, name, path, what one does there, what comes]
const ANSWERS = [
  ['call', 'stranger', 'signin-empty', '/signin', (who) => press(who, 'Continue'), 'E-mail is missing'],
  ['call', 'stranger', 'draft-refused', '/empathy/submissions/new', (who) => who.page.getByRole('button', { name: 'Save draft' }).last().click(), /problem/],
  ['call', 'organiser', 'event-refused', '/events/new', (who) => press(who, 'Make the event'), 'First day is missing'],
  ['call', 'organiser', 'token-made', '/account/tokens', async (who) => {
    await who.page.getByLabel('Name').fill('Reading list');
    await press(who, 'Make the token');
  }, 'it is shown this once'],
  ['call', 'organiser', 'token-listed', '/account/tokens', () => {}, 'Reading list'],
  ['call', 'organiser', 'settings-refused', '/empathy/settings', async (who) => {
    await who.page.getByLabel('Last day').fill('2020-01-01');
    await press(who, 'Save the event');
  }, /problem|Last day/],
  ['call', 'organiser', 'logo-stored', '/empathy/settings', async (who) => {
    await who.page.getByLabel('What it shows').fill('A square of one colour, the mark of nobody at all');
    await who.page.getByLabel('File').setInputFiles({ name: LOGO.name, mimeType: LOGO.type, buffer: LOGO.bytes });
    await press(who, 'Add the logo');
  }, 'The logo is stored'],
  ['review', 'reviewer', 'review-refused', '/empathy/reviews', async (who) => {
    await who.page.locator('main li a, main td a, main th a').first().click();
    await press(who, 'Submit the review');
  }, /problem|missing|Choose/],
  ['live', 'nobody', 'registration-refused', '/empathy/registration', (who) => press(who, 'Register'), /problem/],
  ['live', 'organiser', 'device-made', '/empathy/checkin/devices', async (who) => {
    await who.page.getByLabel('Name of the desk').fill('Desk B');
    await press(who, 'Make the link');
  }, /once|Desk B/],
  ['live', 'organiser', 'session-refused', '/empathy/programme/edit/new', (who) => press(who, 'Save the session'), /problem/],
  ['live', 'organiser', 'letters-missing', '/empathy/registrations', async (who) => {
    await who.page.locator('main th a').first().click();
    await who.page.getByLabel('Name on the badge').fill('Ada 𐎀 Lovelace');
    await press(who, 'Save the badge');
    await who.page.getByRole('link', { name: 'Print the badge' }).click();
  }, 'Some letters cannot be printed'],
];

const servers = new Map();
for (const [stage, role, name, path, act, comes] of ANSWERS) {
  test(`${name} is fit for ${role}`, async () => {
    if (!servers.has(stage)) servers.set(stage, await startServer({ stage }));
    const server = servers.get(stage);
    const visitor = await visit(server, { ...LOOKS[0], client: await meet(server, role) });
    visitor.expectFault(/ (409|422) /);
    await visitor.goto(path);
    await act(visitor);
    await see(visitor, comes);
    await checkLooks(visitor, `answer-${name}`);
    await visitor.close();
  });
}
