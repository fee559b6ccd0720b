// What an event offers at each moment of its life, and no longer.
import { test, assert } from '../lib/test.mjs';
import { startServer } from '../lib/server.mjs';

const buttonsOf = async (client) => {
  const page = (await client.page('/empathy')).expect(200);
  return page.all('.cover a.btn').map((link) => (link.get('class').includes('btn-main') ? `${link.text}!` : link.text));
};
const headingsOf = async (client) => (await client.page('/empathy')).all('main .hang h2').map((heading) => heading.text);

test('while the call is open, to write is the thing to do', async () => {
  const server = await startServer({ stage: 'call' });
  assert.deepEqual(await buttonsOf(server.client()), ['Write an abstract!']);
  assert.equal((await headingsOf(server.client()))[0], 'Call for abstracts');
});

test('on the days of the event a stranger may register, and who has done so is not asked again', async () => {
  const server = await startServer({ stage: 'live' });
  assert.deepEqual(await buttonsOf(server.client()), ['Register!', 'Programme']);
  assert.deepEqual(await buttonsOf(await server.signInAs('attendee')), ['My registration!', 'Programme']);
  assert.deepEqual(await headingsOf(server.client()), ['Plenary speakers', 'The debate', 'Themes', 'Dates and fees']);
});

test('when all is over nobody is invited to come, to choose or to cancel', async () => {
  const server = await startServer({ stage: 'over' });
  assert.deepEqual(await buttonsOf(server.client()), ['Programme!']);
  const closed = (await server.client().page('/empathy/registration')).one('main').text;
  assert.match(closed, /The event is over/);
  assert.doesNotMatch(closed, /places? left/);
  const own = (await (await server.signInAs('attendee')).page('/empathy/registration')).one('main').text;
  assert.match(own, /My badge/);
  assert.doesNotMatch(own, /Choose masterclasses|Cancel my registration/);
});
