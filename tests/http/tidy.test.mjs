// What is of no more use goes by itself, and nothing else does.
import { test, assert, until } from '../lib/test.mjs';
import { startServer } from '../lib/server.mjs';

const server = await startServer({ stage: 'call', now: '2027-05-02T12:00:00Z' });
const count = (from) => Number(server.rows(`SELECT count(*) AS n FROM ${from}`)[0].n);

test('links, their mails and idempotency keys go when their time is over; letters stay', async () => {
  const author = await server.signInAs('author');
  await author.post('/signin', { email: 'newcomer@example.org' }, { page: '/signin' });
  const draft = { title: 'Once', type: 'abstract', theme: ['research'], do: 'save' };
  const headers = { 'idempotency-key': 'written-once' };
  const path = '/empathy/submissions/new';
  (await author.post(path, draft, { page: path, headers })).expect(201);
  const letters = count('outbox WHERE event_id <> 0');
  assert.ok(letters > 0);
  assert.deepEqual([count('idempotency') > 0, count('outbox WHERE event_id = 0') > 0, count('signin_link') > 0], [true, true, true]);

  await server.control.advance({ days: 2 });
  await until(() => count('signin_link WHERE is_reusable = 0'), (n) => n === 0);
  assert.equal(count('idempotency'), 1);
  await server.control.advance({ days: 6 });
  await until(() => count('idempotency'), (n) => n === 0);
  assert.ok(count('outbox WHERE event_id = 0') > 0, 'who asks why no mail came is answered for a month');
  await server.control.advance({ days: 23 });
  await until(() => count('outbox WHERE event_id = 0'), (n) => n === 0);
  assert.equal(count('outbox WHERE event_id <> 0'), letters);
  assert.equal(count(`submission_version WHERE title = 'Once'`), 1);
});
