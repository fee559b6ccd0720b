// The browser helper finds what it promises to find, and its camera shows what it is given.
import fs from 'node:fs';
import { test, afterFile, assert } from '../test.mjs';
import { checkEveryLook, visit } from '../browser.mjs';
import { Client } from '../client.mjs';
import { codesInPng } from '../pdf.mjs';
import { readPng, writePng } from '../png.mjs';
import { scaled, tinyQr } from './pictures.mjs';
import { startSite } from './site.mjs';

const site = await startSite();
afterFile(() => site.close());

test('a good page passes in every size and colour scheme', async () => {
  await checkEveryLook(site, '/', 'selftest');
}, { limitS: 120 });

test('a page works without scripts, and can be checked all the same', async () => {
  const visitor = await visit(site, { width: 320, hasScript: false });
  assert.equal(await visitor.goto('/script'), 200);
  assert.equal(await visitor.page.locator('#out').innerText(), 'no script');
  await visitor.checkPage();
  await visitor.goto('/script'); // still without, after axe has run
  assert.equal(await visitor.page.locator('#out').innerText(), 'no script');
  await visitor.close();
});

test('scripts run when they are on', async () => {
  const visitor = await visit(site);
  await visitor.goto('/script');
  assert.equal(await visitor.page.locator('#out').innerText(), 'script');
  await visitor.close();
});

test('a violation of WCAG is found and named', async () => {
  const visitor = await visit(site);
  await visitor.goto('/grey');
  await assert.rejects(visitor.checkAccess(), /axe finds 1 violations\n {2}color-contrast[^]*p/);
  await visitor.close();
});

test('a page that is too wide is found with the culprit', async () => {
  const visitor = await visit(site, { width: 320 });
  await visitor.goto('/wide');
  await assert.rejects(visitor.checkOverflow(), /\/wide at 320 px, light: \d+ px wider than the window: .*pre#long/);
  await visitor.close();
});

const FAULTS = {
  '/inline': /Content Security Policy/, '/throws': /script error: thrown on purpose/,
  '/abroad': /example\.org.*Content Security Policy/, '/nowhere': /console: .*404/,
};
for (const [path, message] of Object.entries(FAULTS)) {
  test(`what the browser reports fails the visit: ${path}`, async () => {
    const visitor = await visit(site);
    await visitor.goto(path);
    await visitor.page.waitForLoadState('networkidle');
    await assert.rejects(visitor.close(), message);
  });
}

test('going to another host fails the visit', async () => {
  const visitor = await visit(site);
  await visitor.goto('/');
  await visitor.page.goto('http://example.org/').catch(() => {});
  await assert.rejects(visitor.close(), /another host: http:\/\/example\.org/);
});

test('an expected complaint passes', async () => {
  const visitor = await visit(site);
  visitor.expectFault(/404/);
  await visitor.goto('/nowhere');
  await visitor.close();
});

test('a visitor brings the cookies of a client', async () => {
  const client = new Client(site.url);
  await (await client.form('/signin/chairlinkchairlinkchairlink')).submit();
  const visitor = await visit(site, { client });
  await visitor.goto('/echo');
  assert.match(await visitor.page.content(), /signin=abc/);
  await visitor.close();
});

test('a picture of the page has the width of the window', async () => {
  const visitor = await visit(site, { width: 320, scheme: 'dark' });
  await visitor.goto('/');
  const file = await visitor.shoot('selftest');
  assert.match(file, /shots\/selftest-320-dark\.png$/);
  assert.equal(readPng(fs.readFileSync(file)).width, 320);
  await visitor.close();
});

test('the camera shows the pictures it is given', async () => {
  const visitor = await visit(site, { pictures: [writePng(scaled(tinyQr, 10))] });
  await visitor.goto('/scanner');
  const picture = await visitor.page.evaluate(async () => {
    const video = document.createElement('video');
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 } });
    await video.play();
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const canvas = Object.assign(document.createElement('canvas'), { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext('2d').drawImage(video, 0, 0);
    return canvas.toDataURL('image/png').split(',')[1];
  });
  assert.deepEqual(codesInPng(Buffer.from(picture, 'base64')), ['SYMPOSIARCH']);
  await visitor.close();
});
