// The runner counts what happened, whatever way a file ends.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test, afterFile, assert } from '../test.mjs';
import { findTests, parseArguments, runFiles } from '../runner.mjs';

const TEST_API = new URL('../test.mjs', import.meta.url).href;
const RUNNER = fileURLToPath(new URL('../runner.mjs', import.meta.url));

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-runner-'));
afterFile(() => fs.rmSync(dir, { recursive: true }));

function write(name, body) {
  const file = path.join(dir, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `import { test, afterFile, limitFile, assert } from '${TEST_API}';\n${body}\n`);
  return file;
}

// Runs files and returns the count and what was printed.
async function run(files, options = {}) {
  let printed = '';
  const total = await runFiles([files].flat(), { jobs: 2, limit: 20, only: '', env: process.env, ...options },
    (line) => { printed += `${line}\n`; });
  return { ...total, printed };
}

test('passes and failures are counted and the failure is shown with its difference', async () => {
  const result = await run(write('mixed.test.mjs', `
    test('holds', () => assert.equal(1, 1));
    test('does not hold', async () => assert.deepEqual({ a: 1 }, { a: 2 }));
    test('holds too', () => {});`));
  assert.equal(result.passed, 2);
  assert.equal(result.failed, 1);
  assert.match(result.printed, /FAIL .*mixed\.test\.mjs {2}3 tests[^]*✗ does not hold[^]*a: 1[^]*a: 2/);
});

const ENDS = {
  'a file that cannot be read': ["import './missing.mjs';", /reading the file/],
  'a file that ends its process': ["test('quits', () => process.exit(0));", /quits[^]*ended early/],
  'a file that is killed': ["test('dies', () => process.kill(process.pid, 'SIGKILL'));", /dies[^]*SIGKILL/],
  'a file without tests': ['', /holds no test/],
  'a rejection nobody waits for': ["test('a', async () => { Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 50)); });", /lost/],
  'a cleanup that fails': ["test('a', (t) => t.after(() => { throw new Error('cleanup') }));", /✗ a\n[^]*cleanup/],
  'an end of the file that fails': ["test('a', () => {}); afterFile(() => { throw new Error('at the end') });", /at the end/],
  'a test that never ends': ["test('waits', () => new Promise((r) => setTimeout(r, 60000)), { limitS: 0.2 });", /waits[^]*not finished after 0.2 s/],
  'two tests of one name': ["test('a', () => {}); test('a', () => {});", /two tests are called: a/],
};
for (const [name, [body, message]] of Object.entries(ENDS)) {
  test(`a failure is counted: ${name}`, async () => {
    const result = await run(write(`${name.replace(/\W/g, '_')}.test.mjs`, body));
    assert.equal(result.failed, 1);
    assert.match(result.printed, message);
  });
}

test('a file over its limit is ended and counted', async () => {
  const endless = write('endless.test.mjs', "test('spins', () => { for (;;); });");
  const result = await run(endless, { limit: 2 });
  assert.equal(result.failed, 1);
  assert.match(result.printed, /the file was not finished after 2 s/);
}, { limitS: 30 });

test('a file may ask for more time', async () => {
  const slow = write('slow.test.mjs', "limitFile(30); test('a', () => new Promise((r) => setTimeout(r, 3500)));");
  assert.equal((await run(slow, { limit: 3 })).passed, 1);
});

test('cleanups run last first, also after a failure', async () => {
  const result = await run(write('cleanup.test.mjs', `
    test('a', (t) => { t.after(() => console.log('first')); t.after(() => console.log('second')); assert.fail('no'); });`));
  assert.match(result.printed, /second\s+first/);
});

test('tests are chosen by name', async () => {
  const file = write('only.test.mjs', "test('red apple', () => {}); test('green pear', () => { throw new Error('x'); });");
  const result = await run(file, { only: '^red' });
  assert.deepEqual([result.passed, result.failed], [1, 0]);
});

test('files are found in folders, node_modules left out', () => {
  write('tree/b.test.mjs', '');
  write('tree/a.test.mjs', '');
  write('tree/sub/c.test.mjs', '');
  write('tree/helper.mjs', '');
  write('tree/node_modules/d.test.mjs', '');
  const names = findTests([path.join(dir, 'tree')]).map((file) => path.relative(dir, file));
  assert.deepEqual(names, ['tree/a.test.mjs', 'tree/b.test.mjs', 'tree/sub/c.test.mjs']);
});

test('the last line is the count and the exit status follows it', () => {
  const good = write('good.test.mjs', "test('a', () => {}); test('b', () => {});");
  const bad = write('bad.test.mjs', "test('c', () => assert.fail('no'));");
  const tally = path.join(dir, 'tally');
  const output = execFileSync(process.execPath, [RUNNER, '--tally', tally, good], { encoding: 'utf8' });
  assert.match(output, /\n2 passed, 0 failed\n$/);
  const both = spawnSync(process.execPath, [RUNNER, '--tally', tally, good, bad], { encoding: 'utf8' });
  assert.match(both.stdout, /\n2 passed, 1 failed\n$/);
  assert.equal(both.status, 1);
  assert.equal(fs.readFileSync(tally, 'utf8'), '2 0\n2 1\n');
});

test('finding nothing is a failure', () => {
  fs.mkdirSync(path.join(dir, 'empty'));
  const result = spawnSync(process.execPath, [RUNNER, path.join(dir, 'empty')], { encoding: 'utf8' });
  assert.match(result.stdout, /no test was found[^]*\n0 passed, 1 failed\n$/);
  assert.equal(result.status, 1);
});

test('an unknown option is refused', () => {
  assert.throws(() => parseArguments(['--quick', 'a']), /unknown option --quick/);
});
