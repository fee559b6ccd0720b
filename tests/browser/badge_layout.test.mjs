// The preview of the designer of badges follows what is typed, with scripts.
import { test, assert, limitFile } from '../lib/test.mjs';
import { visit } from '../lib/browser.mjs';
import { startServer } from '../lib/server.mjs';

limitFile(180);

test('the preview of a badge follows what is typed, and says what is wrong', async () => {
  const server = await startServer({ stage: 'live' });
  const { page } = await visit(server, { width: 1280, scheme: 'light', client: await server.signInAs('organiser') });
  await page.goto(`${server.url}/empathy/badges/layout`);
  const picture = () => page.evaluate(() => document.querySelector('#preview-body img')?.src ?? '');
  const before = await picture();
  assert.match(before, /^data:image\/svg/);
  await page.fill('[name="front.0.size"]', '20');
  await page.waitForFunction((old) => ![old, undefined].includes(document.querySelector('#preview-body img')?.src), before);
  assert.notEqual(await picture(), before);
  await page.fill('[name="front.4.width"]', '10');
  await page.waitForFunction(() => !document.querySelector('#preview-body img'));
  assert.match(await page.innerText('#preview-body'), /as wide as high/);
  assert.equal(await page.inputValue('[name="front.0.size"]'), '20', 'what was typed stays');
  assert.equal(server.rows('SELECT rev FROM badge_layout').length, 0, 'nothing is saved');
});
