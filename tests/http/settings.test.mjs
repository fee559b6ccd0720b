// The organisers' settings, as a program reads and changes them.
import { test, assert } from '../lib/test.mjs';
import { startServer } from '../lib/server.mjs';

const PATH = '/empathy/settings';
const server = await startServer({ stage: 'call', now: '2027-05-02T12:00:00Z' });
const organiser = await server.signInAs('organiser');
const read = async () => (await organiser.get(PATH)).expect(200).json;

// Read as instants, sent as a clock on the wall shows them.
const wall = (at, zone) => at && new Date(at).toLocaleString('sv', { timeZone: zone }).replace(' ', 'T').slice(0, 16);
const sent = (values, zone = 'Europe/London') => Object.fromEntries(Object.entries(values)
  .map(([name, value]) => [name, name.endsWith('_at') ? wall(value, name === 'closes_at' ? 'Etc/GMT+12' : zone) : value]));

test('a program reads the settings and the call, and sends them back changed', async () => {
  const { event, call } = await read();
  assert.equal(event.title, 'Rehumanising Healthcare in a Divided World');
  assert.equal(call.deadline_zone, 'AoE');
  (await organiser.post(PATH, { ...sent(event), tagline: 'From a program' }, { page: PATH })).expect(200);
  (await organiser.post('/empathy/call', { ...sent(call), n_reviews: 2 })).expect(200);
  const after = await read();
  assert.deepEqual({ ...sent(after.event), rev: 0 }, { ...sent(event), tagline: 'From a program', rev: 0 });
  assert.deepEqual({ ...sent(after.call), rev: 0 }, { ...sent(call), n_reviews: 2, rev: 0 });
  (await organiser.post(PATH, sent(event))).expect(409);
  (await organiser.post('/empathy/call', sent(call))).expect(409);
});
