// From five questions to an open call, and one's own account, in Chromium without scripts.
import { test, assert } from '../lib/test.mjs';
import { startServer } from '../lib/server.mjs';
import { choose, press, readMain, see, walkIn } from '../lib/walk.mjs';

const server = await startServer({ stage: 'call', now: '2027-05-02T12:00:00Z' });
const walk = walkIn(server);
const CHAIR = { name: 'Žarka Žižkova', email: 'zarka@example.org' };

test('an event is made by five questions, set up, given a chair, and its call opened', async () => {
  const organiser = await walk.signInAs('organiser');
  const { page } = organiser;
  organiser.expectFault(/422/);
  await organiser.goto('/');
  await choose(organiser, 'Make an event');
  await page.getByLabel('2. What is it called?').fill('Listening after hours');
  await press(organiser, 'Make the event');
  await see(organiser, 'Last day is missing');
  await page.getByRole('radio', { name: /^Workshop/ }).check();
  await page.getByLabel('First day').fill('2027-11-04');
  await page.getByLabel('Last day').fill('2027-11-05');
  await page.getByLabel('City').fill('Ljubljana');
  await page.getByLabel('Country').fill('Slovenia');
  await page.getByLabel('Time zone of the venue').selectOption('Europe/Ljubljana');
  await page.getByLabel('5. Which themes?').fill('Night work\nSilence');
  await press(organiser, 'Make the event');
  await see(organiser, 'Your event is made. Look through its settings, then publish it');
  assert.equal(new URL(page.url()).pathname, '/listening-after-hours/settings');

  await page.getByLabel('Summary').fill('For people who listen at night.');
  await press(organiser, 'Save the event');
  await see(organiser, 'The settings are saved');
  await page.getByLabel('Text of the call').fill('Tell us *what you heard*.');
  await page.getByLabel('Opens', { exact: true }).fill('2027-05-01T09:00');
  await page.getByLabel('Closes at the end of this minute').fill('2027-08-31T23:59');
  await page.getByRole('checkbox', { name: 'The call is public' }).check();
  await press(organiser, 'Save the call');
  await see(organiser, 'The call is saved');
  const people = page.locator('form').filter({ hasText: 'Give someone a role' });
  await people.getByLabel('Name').fill(CHAIR.name);
  await people.getByLabel('E-mail').fill(CHAIR.email);
  await people.getByLabel('Role').selectOption('chair');
  await press(organiser, 'Give the role');
  await see(organiser, `${CHAIR.name} has the role as soon as they sign in`);

  const stranger = await walk.arrive();
  stranger.expectFault(/404/);
  assert.equal(await stranger.goto('/listening-after-hours/call'), 404);
  await press(organiser, 'Make it public');
  await see(organiser, 'The event is public');
  await stranger.goto('/');
  await choose(stranger, 'Listening after hours');
  await press(stranger, 'Menu');
  await choose(stranger, 'Call for abstracts');
  for (const text of ['Tell us what you heard.', 'Night work', 'Silence', '31 August 2027']) await see(stranger, text);
  await choose(stranger, 'Write an abstract');
  await stranger.page.getByRole('checkbox', { name: 'Night work' }).check();

  const chair = await walk.arrive();
  await walk.signInByMail(chair, CHAIR.email);
  await chair.goto('/listening-after-hours/assignments');
  await chair.page.getByRole('heading', { level: 1 }).waitFor();
  for (const who of [organiser, stranger, chair]) await who.close();
});

test('an account is named, given a password and a token, and signed out elsewhere', async () => {
  const [here, there] = [await walk.arrive(), await walk.arrive()];
  for (const who of [here, there]) await walk.signInByMail(who, 'nela@example.org');
  await here.goto('/account');
  await here.page.getByLabel('Name').fill('Nela Horská');
  await press(here, 'Save');
  await see(here, 'Saved');
  await here.page.getByLabel('New password').fill('sedm tichých hodin');
  await press(here, 'Set the password');
  await see(here, 'Your password is set. Other browsers were signed out');
  await there.goto('/account');
  assert.match(there.page.url(), /\/signin\?/);
  await there.page.getByLabel('E-mail address').fill('nela@example.org');
  await there.page.getByText('I have set a password').click();
  await there.page.getByLabel('Password').fill('sedm tichých hodin');
  await press(there, 'Continue');
  assert.equal(await there.page.getByLabel('Name').inputValue(), 'Nela Horská');

  await choose(here, 'Access tokens for your own programs');
  await here.page.getByLabel('Name').fill('Reading list');
  await here.page.getByLabel('Days it works').fill('7');
  await press(here, 'Make the token');
  await see(here, 'it is shown this once and never again');
  const token = await here.page.locator('main code').innerText();
  const program = server.client({ token });
  assert.equal((await program.get('/account')).expect(200).json.email, 'nela@example.org');
  await choose(here, 'Access tokens');
  assert.ok(!(await readMain(here)).includes(token));
  await press(here, 'Revoke');
  await see(here, 'The token is revoked');
  (await program.get('/account')).expect(401);
  await here.goto('/account');
  await press(here, 'Sign out');
  await here.goto('/account');
  assert.match(here.page.url(), /\/signin\?/);
  for (const who of [here, there]) await who.close();
});
