// A thousand people want the same thirty places at the same moment, each from an address of their own.
import http from 'node:http';
import { test, assert, limitFile } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { startServer } from '../lib/server.mjs';

const N = 1000;
const PLACES = 30;
limitFile(300);

// 127.1.0.1, 127.1.0.2 …: all of 127.0.0.0/8 is this machine.
const addressOf = (i) => `127.1.${i >> 8}.${(i & 255) || 255}`;

// One request as a program sends it; whatever goes wrong on the way is part of the answer.
function ask(server, path, token, i, body) {
  const text = JSON.stringify(body);
  return new Promise((resolve) => {
    const request = http.request({
      host: '127.0.0.1', port: server.port, method: 'POST', path, agent: false, localAddress: addressOf(i),
      headers: { authorization: `Bearer ${token}`, accept: 'application/json', 'content-type': 'application/json',
        'content-length': Buffer.byteLength(text), connection: 'close' },
    }, (response) => {
      let answer = '';
      response.on('data', (chunk) => { answer += chunk; });
      response.on('error', (error) => resolve({ dropped: error.message }));
      response.on('end', () => resolve({ status: response.statusCode, json: JSON.parse(answer) }));
    });
    request.on('error', (error) => resolve({ dropped: error.message }));
    request.end(text);
  });
}

function tally(answers) {
  const counts = { booked: 0, waiting: 0, refused: 0, other: [] };
  for (const { status, json, dropped } of answers) {
    if (status === 200) counts[json.state]++;
    else if (status === 409 && /full/.test(json.detail)) counts.refused++;
    else counts.other.push(dropped ?? `${status} ${JSON.stringify(json)}`);
  }
  return counts;
}

async function rush(server, makeBody) {
  const { session, tokens } = server.crowd();
  const path = `/empathy/masterclasses/${session}/book`;
  const answers = await Promise.all(tokens.map((token, i) => ask(server, path, token, i, makeBody(i))));
  const [row] = server.rows(`SELECT session.taken,
      (SELECT count(*) FROM booking WHERE booking.session_id = session.id AND booking.state = 'booked') AS booked,
      (SELECT count(*) FROM booking WHERE booking.session_id = session.id AND booking.state = 'waiting') AS waiting,
      (SELECT count(*) FROM booking WHERE booking.session_id = session.id AND booking.state = 'offered') AS offered
    FROM session WHERE code = ${quote(session)}`);
  return { answers, counts: tally(answers), row: Object.fromEntries(Object.entries(row).map(([key, n]) => [key, Number(n)])) };
}

const startCrowd = () => startServer({ stage: 'programme', attendees: N });

test('a thousand who book at once fill thirty places exactly, and all others are told', async () => {
  const server = await startCrowd();
  const { counts, row } = await rush(server, () => ({}));
  assert.deepEqual(counts.other.slice(0, 5), []);
  assert.deepEqual([counts.booked, counts.refused], [PLACES, N - PLACES]);
  assert.deepEqual(row, { taken: PLACES, booked: PLACES, waiting: 0, offered: 0 });
}, { limitS: 120 });

test('a thousand who would also wait stand in a list without gaps or doubles', async () => {
  const server = await startCrowd();
  const { answers, counts, row } = await rush(server, () => ({ or_wait: true }));
  assert.deepEqual(counts.other.slice(0, 5), []);
  assert.deepEqual([counts.booked, counts.waiting], [PLACES, N - PLACES]);
  assert.deepEqual(row, { taken: PLACES, booked: PLACES, waiting: N - PLACES, offered: 0 });
  const places = answers.filter(({ json }) => json.state === 'waiting').map(({ json }) => json.place).sort((a, b) => a - b);
  assert.deepEqual(places, Array.from({ length: N - PLACES }, (_, i) => i + 1));
}, { limitS: 120 });

test('a place is freed in the middle of the rush and still belongs to one person only', async () => {
  const server = await startCrowd();
  const { session, tokens } = server.crowd();
  const base = `/empathy/masterclasses/${session}`;
  const early = await Promise.all(tokens.slice(0, PLACES).map((token, i) => ask(server, `${base}/book`, token, i, {})));
  assert.equal(tally(early).booked, PLACES);
  const late = tokens.slice(PLACES, 300);
  const answers = await Promise.all([
    ...late.map((token, i) => ask(server, `${base}/book`, token, PLACES + i, { or_wait: i % 2 === 0 })),
    ...tokens.slice(0, 10).map((token, i) => ask(server, `${base}/release`, token, i, {})),
  ]);
  for (const { status, dropped } of answers) assert.ok(status === 200 || status === 409, dropped ?? String(status));
  const [row] = server.rows(`SELECT taken, (SELECT count(*) FROM booking WHERE booking.session_id = session.id
    AND booking.state <> 'waiting') AS held FROM session WHERE code = ${quote(session)}`);
  assert.equal(Number(row.held), Number(row.taken));
  assert.ok(Number(row.taken) <= PLACES);
}, { limitS: 120 });
