// Signing in as a person does: ask for a link, find it in the mail, open it, press the button.
import assert from 'node:assert/strict';
import { quote } from './database.mjs';

const LINK = /\/signin\/[a-z0-9]{20,}/;

// The newest sign-in link written to an address. The mail waits in the outbox whether or not there
// is a relay, so the test reads it there.
export function findSignInLink(server, email) {
  const rows = server.rows(`SELECT model FROM outbox WHERE template = 'signin' AND to_email = ${quote(email)}
    ORDER BY created_at DESC, id DESC LIMIT 1`);
  const link = LINK.exec(rows[0]?.model ?? '')?.[0];
  assert.ok(link, `no sign-in link was written to ${email}`);
  return link;
}

// Opens a link and presses its button; returns the redirect.
export async function openSignInLink(client, link) {
  const form = await client.form(link);
  const answer = (await form.submit()).expect(303);
  assert.ok(client.isSignedIn, `${link}: no session cookie came`);
  return answer;
}

// next: the path one wanted to see. Returns the redirect.
export async function signIn(client, email, { next } = {}) {
  const form = await client.form(next ? `/signin?next=${encodeURIComponent(next)}` : '/signin', '/signin');
  form.set('email', email);
  const asked = await form.submit();
  assert.ok(asked.status === 200 || asked.status === 303, `asking for a link: ${asked.status}`);
  return openSignInLink(client, findSignInLink(client.server, email));
}
