// The organisers' settings, as a program reads and changes them.
import { test, assert } from '../lib/test.mjs';
import { startServer } from '../lib/server.mjs';

const PATH = '/empathy/settings';
const server = await startServer({ stage: 'call', now: '2027-05-02T12:00:00Z' });
const organiser = await server.signInAs('organiser');
const read = async () => (await organiser.get(PATH)).expect(200).json;


test('a program reads the settings and the call, and sends them back changed', async () => {
  const { event, call } = await read();
  assert.equal(event.title, 'Rehumanising Healthcare in a Divided World');
  assert.equal(call.deadline_zone, 'AoE');
  (await organiser.post(PATH, { ...event, tagline: 'From a program' }, { page: PATH })).expect(200);
  (await organiser.post('/empathy/call', { ...call, n_reviews: 2 })).expect(200);
  const after = await read();
  assert.deepEqual({ ...after.event, rev: 0 }, { ...event, tagline: 'From a program', rev: 0 });
  assert.deepEqual({ ...after.call, rev: 0 }, { ...call, n_reviews: 2, rev: 0 });
  (await organiser.post(PATH, event)).expect(409);
  (await organiser.post('/empathy/call', call)).expect(409);
});

test('a moment is sent as an instant, or as a clock on the wall shows it', async () => {
  const { call } = await read();
  for (const closes_at of ['2027-05-31T23:59', '2027-06-01T11:59:59.999Z', '2027-06-01T17:44:00+05:45']) {
    (await organiser.post('/empathy/call', { ...call, closes_at, rev: (await read()).call.rev })).expect(200);
    assert.equal(Date.parse((await read()).call.closes_at), Date.parse('2027-06-01T11:59:59.999Z'), closes_at);
  }
  const wrong = (await organiser.post('/empathy/call', { ...call, closes_at: '2027-06-01T11:59:59+5', rev: call.rev })).expect(422);
  assert.match(wrong.json.fields.closes_at, /not a date and time/);
});
