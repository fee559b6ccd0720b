// The programme small and large, light and dark; and made by keyboard alone, without scripts.
import { test, assert } from '../lib/test.mjs';
import { checkEveryLook, visit } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const server = await startServer({ stage: 'live', now: NOW });
const organiser = await server.signInAs('organiser');
const { sessions } = (await organiser.get('/empathy/programme/edit')).expect(200).json;
const talks = sessions.find((one) => one.kind === 'parallel');

for (const [name, path, options] of [
  ['programme', '/empathy/programme', {}],
  ['programme-session', `/empathy/sessions/${talks.code}`, {}],
  ['programme-edit', '/empathy/programme/edit', { client: organiser }],
  ['programme-edit-session', `/empathy/programme/edit/${talks.code}`, { client: organiser }],
  ['programme-edit-presentations', `/empathy/programme/edit/${talks.code}/presentations`, { client: organiser }],
  ['programme-rooms', '/empathy/programme/rooms', { client: organiser }],
]) {
  test(`${path.replace(talks.code, 'CODE')} looks right everywhere`, () => checkEveryLook(server, path, name, options));
}

test('a session is added by keyboard alone, without scripts', async () => {
  const visitor = await visit(server, { hasScript: false, client: organiser });
  const { page } = visitor;
  await visitor.goto('/empathy/programme/edit/new');
  const type = async (label, text) => {
    await page.getByLabel(label, { exact: true }).focus();
    await page.keyboard.type(text);
  };
  await type('Kind', 'Social');
  await type('Title', 'Choir for beginners');
  await type('Name', 'Jürg Aeschbachner');
  await page.keyboard.press('Enter');
  await page.waitForURL(/programme\/edit\/\w{9}/);
  assert.match(await page.locator('main').innerText(), /“Choir for beginners” is saved/);
  await visitor.close();
});
