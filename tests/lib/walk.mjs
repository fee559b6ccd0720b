// People in Chromium without scripts: what they press, see and find in their mail.
//
//   const walk = walkIn(server);
//   const chair = await walk.signInAs('chair');            // by the demo's link
//   const ada = await walk.arrive();                       // a stranger, on a phone
//   await ada.goto(walk.mailTo('ada@example.org', 'booking_offer'));
import assert from 'node:assert/strict';
import { visit } from './browser.mjs';
import { quote } from './database.mjs';
import { findSignInLink } from './signin.mjs';

export const press = (who, name) => who.page.getByRole('button', { name, exact: typeof name === 'string' }).click();
export const choose = (who, name) => who.page.getByRole('link', { name, exact: typeof name === 'string' }).first().click();

export const readMain = (who) => who.page.locator('main').innerText();

export async function see(who, text) {
  const shown = await readMain(who);
  const isSeen = text instanceof RegExp ? text.test(shown) : shown.includes(text);
  assert.ok(isSeen, `"${text}" is not to be seen on ${who.page.url()}, but: ${shown.slice(0, 600)}`);
}

export function walkIn(server) {
  const arrive = (options = {}) => visit(server, { hasScript: false, width: 390, ...options });

  // The path of the link in the newest mail of a kind.
  function mailTo(email, template) {
    const [row] = server.rows(`SELECT model FROM outbox WHERE to_email = ${quote(email)} AND template = ${quote(template)}
      ORDER BY id DESC LIMIT 1`);
    assert.ok(row, `no mail "${template}" was written to ${email}`);
    return new URL(JSON.parse(row.model).link).pathname;
  }

  async function signInAs(role) {
    const who = await arrive({ width: 1280 });
    await who.goto(server.links[role]);
    await press(who, 'Sign in');
    return who;
  }

  // From a page that asks who one is, or from /signin.
  async function signInByMail(who, email) {
    if (!/\/signin\b/.test(who.page.url())) await who.goto('/signin');
    await who.page.getByLabel('E-mail').fill(email);
    await press(who, 'Continue');
    await who.goto(findSignInLink(server, email));
    await press(who, 'Sign in');
  }

  return { arrive, mailTo, signInAs, signInByMail };
}
