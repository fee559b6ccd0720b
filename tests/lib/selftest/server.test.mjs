// Starting, steering and stopping the program, tried on a stand-in for it.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, assert } from '../test.mjs';

process.env.TEST_PROGRAM = fileURLToPath(new URL('fake_program.mjs', import.meta.url));
process.env.TEST_ENGINE = 'sqlite';
const { runProgram, startServer } = await import('../server.mjs');

test('a server starts, answers and stops', async () => {
  const server = await startServer();
  (await server.client().page('/')).expect(200);
  await server.stop();
  await assert.rejects(server.client().page('/'), /ECONNREFUSED/);
});

test('two servers have folders and ports of their own', async () => {
  const [a, b] = await Promise.all([startServer(), startServer()]);
  assert.notEqual(a.dataDir, b.dataDir);
  assert.notEqual(a.port, b.port);
});

test('the control socket takes commands and shows errors', async () => {
  const server = await startServer();
  await server.control.freeze('2027-05-02T12:00:00Z');
  await server.control.advance({ hours: 1, seconds: 2 });
  await server.control.fault('STORE_COMMIT', 3);
  await assert.rejects(server.control.fault('NONE'), /control: fault NONE 1: error: no such fault point/);
  const { commands } = (await server.client().get('/state')).json;
  assert.deepEqual(commands.slice(0, 3),
    ['clock set 1809259200000 frozen', 'clock add 3602000', 'fault STORE_COMMIT 3']);
});

test('a demo stage is made once and copied', async () => {
  const now = '2027-05-02T12:00:00Z';
  const [a, b] = await Promise.all([startServer({ stage: 'review', now }), startServer({ stage: 'review', now })]);
  await startServer({ stage: 'call', now });
  assert.equal(fs.readFileSync(path.join(a.dataDir, 'event'), 'utf8'), 'review');
  fs.writeFileSync(path.join(a.dataDir, 'event'), 'changed');
  assert.equal(fs.readFileSync(path.join(b.dataDir, 'event'), 'utf8'), 'review');
  const made = fs.readFileSync(path.join(path.dirname(a.dir), 'stages-made'), 'utf8');
  assert.equal(made.match(/review/g).length, 1);
  assert.equal((await a.client().get('/state')).json.first, 'clock set 1809259200000 frozen');
});

test('a role signs in by its demo link', async () => {
  const server = await startServer({ stage: 'review' });
  assert.equal((await server.signInAs('chair')).isSignedIn, true);
  await assert.rejects(server.signInAs('desk'), /no link for desk, but for: organiser chair/);
});

test('a restart keeps the data', async () => {
  const server = await startServer();
  fs.writeFileSync(path.join(server.dataDir, 'kept'), 'yes');
  await server.restart();
  (await server.client().page('/')).expect(200);
  assert.equal(fs.readFileSync(path.join(server.dataDir, 'kept'), 'utf8'), 'yes');
});

test('a server that does not start says why', async () => {
  await assert.rejects(startServer({ env: { FAKE_MODE: 'dies' } }), /did not start: it ended with status 3[^]*no port is free/);
});

test('a sanitizer report fails the stop', async () => {
  const server = await startServer({ env: { FAKE_MODE: 'sanitizer' } });
  await assert.rejects(server.stop(), /a sanitizer reports:[^]*signed integer overflow/);
});

test('an end with another status fails the stop', async () => {
  const server = await startServer({ env: { FAKE_MODE: 'ends badly' } });
  await assert.rejects(server.stop(), /ended with status 4/);
});

test('a server that ignores SIGTERM is killed and counted', async () => {
  const server = await startServer({ env: { FAKE_MODE: 'stays' } });
  await assert.rejects(server.stop(1000), /did not end within 1 s/);
});

test('a killed server is gone without complaint', async () => {
  const server = await startServer();
  await server.kill();
  await assert.rejects(server.client().page('/'), /ECONNREFUSED/);
});

test('a sub-command runs to its end', async () => {
  const { code, stdout } = await runProgram(['unknown']);
  assert.deepEqual([code, stdout], [0, '']);
});
