// The executable of print: what it may load, and what is said where it is missing.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterFile, assert, test } from '../lib/test.mjs';
import { buildDir } from '../lib/server.mjs';

const whole = path.join(buildDir, 'symposiarch');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-program-'));
afterFile(() => fs.rmSync(folder, { recursive: true }));

// One that came without the executable of print.
const alone = path.join(folder, 'symposiarch');
fs.copyFileSync(whole, alone);
const data = path.join(folder, 'data');
const MISSING = `Nothing can be printed without ${alone}-print: No such file or directory; `
  + 'it is built with symposiarch and belongs beside it';

// Fonts, pictures, codes, text and PDF. A new one is a decision: it meets bytes of strangers.
const LIBRARIES = ['c', 'cjson', 'deflate', 'harfbuzz', 'harfbuzz-subset', 'hpdf', 'icui18n', 'icuuc', 'jpeg', 'm', 'png16', 'qrencode',
  'sodium'];
const FOREIGN = /lib(curl|pq|sqlite3|civetweb|cmark|ssl|crypto|gnutls|krb5|gssapi|ldap|sasl|nghttp|ssh|rtmp|resolv)/;

test('print is linked with what it prints with, and nothing else', () => {
  const listed = execFileSync('readelf', ['-dW', `${whole}-print`], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
  const names = [...listed.matchAll(/\(NEEDED\).*\[lib([^\]]*?)(?:-[\d.]+)?\.so/g)].map(([, name]) => name);
  assert.ok(names.includes('hpdf') && names.includes('c'), listed);
  assert.deepEqual(names.filter((name) => !LIBRARIES.includes(name)), []);
});

test('and none of its libraries brings one for networks or databases', () => {
  const loaded = (program) => execFileSync('ldd', [program], { encoding: 'utf8' }).split('\n').filter((line) => FOREIGN.test(line));
  assert.deepEqual(loaded(`${whole}-print`), []);
  assert.ok(loaded(whole).length > 4, 'the words that are looked for are not those of the server');
});

test('a link to symposiarch finds the executable of print where the file is', () => {
  const link = path.join(folder, 'link');
  fs.symlinkSync(whole, link);
  const { status, stdout, stderr } = spawnSync(link, ['print', '--list'], { encoding: 'utf8', cwd: '/' });
  assert.deepEqual([status, stderr], [0, '']);
  assert.match(stdout, /^badge /m);
});

test('without it symposiarch print says what is missing', () => {
  const { status, stdout, stderr } = spawnSync(alone, ['print', 'badge', '--example'], { encoding: 'utf8' });
  assert.deepEqual([status, stdout, stderr], [1, '', `symposiarch: ${MISSING}\n`]);
});

test('without it symposiarch check fails and says so', () => {
  const { status, stderr } = spawnSync(alone, ['check', '--data', data], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.ok(stderr.endsWith(`symposiarch: ${MISSING}\n`), stderr);
  const { status: sound } = spawnSync(whole, ['check', '--data', data]);
  assert.equal(sound, 0);
});

test('without it a server says so in its log before it listens, and serves all the same', async (t) => {
  const child = spawn(alone, ['serve', '--data', data, '--port', '0']);
  t.after(() => child.kill('SIGKILL'));
  let log = '';
  child.stderr.on('data', (chunk) => { log += chunk; });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const ended = once(child, 'close');
  assert.equal((await fetch(line.replace(/^listening on /, ''), { redirect: 'manual' })).status < 500, true);
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [0, null]);
  assert.ok(log.includes(`lvl=error evt=print reason="${MISSING.slice(0, MISSING.indexOf(':'))}`), log);
});
