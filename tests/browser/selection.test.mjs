// An abstract from the first word to the decision, in Chromium without scripts, by clicking.
import { test, assert } from '../lib/test.mjs';
import { startServer } from '../lib/server.mjs';
import { press, see, walkIn } from '../lib/walk.mjs';

const server = await startServer({ stage: 'call', now: '2027-05-02T12:00:00Z' });
const walk = walkIn(server);

test('written on a phone without an account, proved, sent, reviewed, decided, confirmed', async () => {
  // The author writes first and is asked for an address only to save.
  const author = await walk.arrive();
  await author.goto('/empathy');
  await author.page.getByRole('link', { name: 'Write an abstract' }).first().click();
  await author.page.getByLabel('Title').fill('Silence on the night bus');
  await author.page.getByLabel('Type').selectOption('abstract');
  await author.page.getByLabel('Abstract', { exact: true }).fill('Background. Night staff ride home together and say little.');
  await author.page.getByLabel('Name', { exact: true }).fill('Žarka Žižkova');
  await author.page.getByLabel('Affiliations').fill('Depot Tromostovje, Ljubljana');
  await author.page.getByRole('checkbox', { name: 'Research' }).check();
  await author.page.getByLabel('Your e-mail address').fill('zarka@example.org');
  await author.page.getByRole('button', { name: 'Save draft' }).last().click();
  await see(author, 'Your draft is saved');
  assert.equal(await author.page.getByLabel('Title').inputValue(), 'Silence on the night bus');

  // The link of the mail, on the same phone: one button, and the text is hers.
  await author.goto(walk.mailTo('zarka@example.org', 'draft'));
  await press(author, 'Sign in');
  await see(author, 'Silence on the night bus');
  await author.page.getByRole('link', { name: 'Go on writing' }).click();
  await press(author, 'Send it');
  await see(author, 'Sent. You can change it until the call closes');
  const code = /submissions\/(\w+)/.exec(author.page.url())[1];

  // The chair assigns; the reviewer scores and submits.
  const chair = await walk.signInAs('chair');
  await chair.goto('/empathy/assignments');
  const row = chair.page.locator(`#s-${code}`);
  await row.getByRole('combobox').selectOption({ label: 'Zsófia Szőkefalvi (0)' });
  await row.getByRole('button', { name: /^Assign/ }).click();
  const reviewer = await walk.signInAs('reviewer');
  await reviewer.goto('/empathy/reviews');
  await reviewer.page.getByRole('link', { name: 'Silence on the night bus' }).click();
  await reviewer.page.getByRole('heading', { name: 'Silence on the night bus' }).waitFor();
  assert.ok(!(await reviewer.page.content()).includes('Žižkova'), 'the reviewer sees the author');
  for (const group of await reviewer.page.locator('.scale').all()) {
    await group.getByRole('radio').nth(3).check();
  }
  await reviewer.page.getByLabel('To the authors').fill('Ride with them once more.');
  await press(reviewer, 'Submit the review');
  await see(reviewer, 'Your review is in');

  // Staged, proof-read, released; nothing shows before.
  await chair.goto(`/empathy/submissions/${code}/decision`);
  await chair.page.getByRole('radio', { name: 'Accepted as a talk' }).check();
  await press(chair, 'Stage it');
  await author.goto(`/empathy/submissions/${code}`);
  assert.ok(!(await author.page.content()).includes('Accepted'), 'a staged decision shows');
  await chair.goto('/empathy/decisions');
  await chair.page.getByRole('link', { name: 'Read the letters' }).click();
  await chair.page.getByRole('button', { name: /^Release 1 decision/ }).click();
  await see(chair, 'Released. The letters are on their way');

  await author.goto(walk.mailTo('zarka@example.org', 'decision_talk'));
  await see(author, 'Accepted as a talk');
  await see(author, 'Ride with them once more.');
  await press(author, 'Yes, we come');
  await see(author, 'You have said that you come.');
  for (const visitor of [author, chair, reviewer]) await visitor.close();
});
