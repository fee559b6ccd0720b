// From a masterclass in the programme to people at the door, in Chromium without scripts, by clicking.
import { test, assert } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { checkPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';
import { choose, press, readMain, see, walkIn } from '../lib/walk.mjs';

const server = await startServer({ stage: 'programme', now: '2027-05-02T12:00:00Z' });
const FIRST_DAY = '2027-06-16T08:02:00Z'; // 09:02 in Leicester
const walk = walkIn(server);
const ADA = { name: 'Ådne Ødegård-Sæther', email: 'adne@example.org' };
const BEE = { name: 'Bérénice Ndongala', email: 'berenice@example.org' };
const CLASS = 'Waiting with somebody';
const CLASH = /You are booked into “Assessing empathy without a checklist” at that time/;

async function register(who, { name, email }) {
  await who.goto('/empathy');
  await choose(who, 'Register');
  await see(who, '£320.00');
  await choose(who, 'Sign in to register');
  await walk.signInByMail(who, email);
  await who.page.getByLabel('Name, as on your badge').fill(name);
  await who.page.getByLabel('Organisation and country').fill('Fjordklinikken, Norway');
  await who.page.getByRole('radio', { name: /^Three days/ }).check();
  await who.page.getByLabel('What should the kitchen know?').fill('No nuts');
  await press(who, 'Register');
  await see(who, `You are registered. We have written to ${email}`);
}

test('an organiser announces a masterclass with one place and publishes it', async () => {
  const organiser = await walk.signInAs('organiser');
  const { page } = organiser;
  await organiser.goto('/empathy/programme/edit');
  await choose(organiser, 'Add a masterclass');
  await page.getByLabel('Title').fill(CLASS);
  await page.getByLabel('Learning outcomes').fill('sit still\nsay when you come back');
  await press(organiser, 'Save the masterclass');
  await choose(organiser, 'Add a session');
  await page.getByLabel('Start').fill('2027-06-18T08:00');
  await page.getByLabel('End').fill('2027-06-18T08:45');
  await page.getByLabel('Places to book').fill('1');
  await press(organiser, 'Save the session');
  await see(organiser, `“${CLASS}” is saved; nobody sees it before you publish`);
  await choose(organiser, 'Programme, draft');
  await page.getByLabel('What has changed').fill('The first version');
  await press(organiser, 'Publish version 1');
  await see(organiser, 'Version 1 is published');
  const stranger = await walk.arrive();
  await stranger.goto('/empathy/programme');
  await choose(stranger, CLASS);
  await see(stranger, 'say when you come back');
  for (const who of [organiser, stranger]) await who.close();
});

test('a newcomer registers, pays, books, is refused a clash, waits, is promoted, and comes in', async () => {
  const organiser = await walk.signInAs('organiser');
  const [ada, bee] = [await walk.arrive(), await walk.arrive()];
  await register(ada, ADA);
  await register(bee, BEE);

  await organiser.goto('/empathy/registrations');
  await organiser.page.getByLabel('Name, address or code').fill('adne');
  await press(organiser, 'Search');
  await choose(organiser, ADA.name);
  await see(organiser, '£320.00 to pay');
  await press(organiser, 'Record it');
  await see(organiser, /payment is recorded/);
  await ada.goto('/empathy/registration');
  await see(ada, 'Paid');

  // Two windows: what is booked in one is refused in the other, which does not know yet.
  await choose(ada, 'Choose masterclasses');
  const late = { page: await ada.context.newPage() };
  await late.page.goto(ada.page.url());
  await press(ada, /^Book Assessing empathy without a checklist, .*14:00/);
  await see(ada, 'Booked: you have a place in “Assessing empathy without a checklist”');
  await press(late, /Breaking news with an interpreter, .*14:00/);
  await see(late, CLASH);
  await late.page.close();
  await see(ada, CLASH);
  assert.equal(await ada.page.getByRole('button', { name: /Breaking news with an interpreter, .*14:00/ }).count(), 0);

  // The one place goes to Bee, who then cannot come.
  await bee.goto('/empathy/masterclasses');
  await press(bee, new RegExp(`^Book ${CLASS}`));
  await see(bee, `Booked: you have a place in “${CLASS}”`);
  await ada.goto('/empathy/masterclasses');
  await press(ada, new RegExp(`^Join the waiting list ${CLASS}`));
  await see(ada, `You are number 1 on the waiting list of “${CLASS}”`);
  await bee.goto('/empathy/registration');
  await choose(bee, 'Cancel my registration');
  await see(bee, CLASS);
  await press(bee, 'Cancel my registration');
  await see(bee, 'Your registration is cancelled');
  await ada.goto(walk.mailTo(ADA.email, 'booking_offer'));
  await see(ada, 'A place is yours if you accept it until');
  await press(ada, new RegExp(`^Accept ${CLASS}`));
  await ada.goto('/empathy/registration');
  const mine = ada.page.locator('li').filter({ hasText: CLASS });
  assert.match(await mine.innerText(), /Booked/);

  const badge = await ada.page.getByRole('link', { name: 'My badge, with the ticket' }).getAttribute('href');
  const printed = await ada.context.request.get(server.url + badge);
  assert.deepEqual([printed.status(), printed.headers()['content-type']], [200, 'application/pdf']);
  checkPdf(await printed.body());
  const [code] = /\b[0-9A-HJKMNP-TV-Z]{9}\b/.exec(await readMain(ada));

  // Six weeks later, at the door.
  await server.control.freeze(FIRST_DAY);
  const desk = await walk.arrive();
  await desk.goto('/empathy/checkin');
  await walk.signInByMail(desk, server.rows(`SELECT email FROM person JOIN role_grant ON role_grant.person_id = person.id WHERE role = 'desk'`)[0].email);
  const enter = async (text) => {
    await desk.page.getByLabel('Code or name').fill(text);
    await press(desk, 'Check in');
  };
  const tally = () => desk.page.locator('#tally b').innerText();
  assert.equal(await tally(), '0');
  await enter(`${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
  await see(desk, ADA.name);
  await see(desk, 'Three days');
  assert.equal(await tally(), '1');
  await server.control.advance({ minutes: 5 });
  await enter(code);
  await see(desk, 'Already in at 09:02.');
  assert.equal(await tally(), '1');

  const guest = server.rows(`SELECT badge_name FROM registration WHERE state = 'confirmed' AND code <> ${quote(code)} ORDER BY id`)[0].badge_name;
  await enter(guest);
  await see(desk, `Found for “${guest}”`);
  await press(desk, `Check in ${guest}`);
  assert.equal(await tally(), '2');
  for (const who of [organiser, ada, bee, desk]) await who.close();
}, { limitS: 180 });
