// tests/all.sh adds up what programs print, and takes silence, crashes and sanitizers for failures.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, afterFile, assert } from '../test.mjs';

const ALL = fileURLToPath(new URL('../../all.sh', import.meta.url));
// The address is never used: it keeps all.sh from starting a PostgreSQL.
const ENV = { PATH: process.env.PATH, ENGINES: 'sqlite', TEST_POSTGRES: 'postgres://127.0.0.1:1/none' };
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-all-'));
afterFile(() => fs.rmSync(dir, { recursive: true }));

const PASSES = 'echo "[==========] 2 test(s) run."; echo "[  PASSED  ] 2 test(s)."';
const FAILS = 'echo "[  PASSED  ] 1 test(s)."; echo "[  FAILED  ] 2 test(s), listed below:"; echo "[  FAILED  ] a"; exit 2';
const PROGRAMS = {
  'a program that passes': [PASSES, '2 passed, 0 failed', 0],
  'two groups in one program': [`${PASSES}; ${PASSES}`, '4 passed, 0 failed', 0],
  'a program that fails': [FAILS, '1 passed, 2 failed', 1],
  'a newer cmocka that names its group': ['echo "[  FAILED  ] store: 3 test(s), listed below:"; exit 3', '0 passed, 3 failed', 1],
  'a program that crashes after its tests': [`${PASSES}; kill -SEGV $$`, '2 passed, 1 failed', 1],
  'a program that tests nothing': ['exit 0', '0 passed, 1 failed', 1],
  'a program a sanitizer complains of': [`${PASSES}; echo "x.c:1:1: runtime error: overflow" >&2`, '2 passed, 1 failed', 1],
};

for (const [name, [body, line, status]] of Object.entries(PROGRAMS)) {
  test(`the count is right for ${name}`, () => {
    const program = path.join(dir, name.replace(/\W/g, '_'));
    fs.writeFileSync(program, `#!/bin/sh\n${body}\n`, { mode: 0o755 });
    const result = spawnSync('sh', [ALL], {
      encoding: 'utf8', env: { ...ENV, BUILD: path.join(dir, 'build'), UNIT: program },
    });
    assert.equal(result.stdout.trimEnd().split('\n').pop(), line);
    assert.equal(result.status, status);
  });
}

test('a failing target and test files are part of the count', () => {
  const make = path.join(dir, 'make');
  fs.writeFileSync(make, '#!/bin/sh\necho "making $2"; [ "$2" = good ]\n', { mode: 0o755 });
  const api = new URL('../test.mjs', import.meta.url).href;
  fs.mkdirSync(path.join(dir, 'suite'));
  fs.writeFileSync(path.join(dir, 'suite', 'a.test.mjs'), `import { test } from '${api}'; test('a', () => {}); test('b', () => { throw new Error('no'); });`);
  const result = spawnSync('sh', [ALL], {
    encoding: 'utf8',
    env: { ...ENV, BUILD: path.join(dir, 'build'), MAKE: make, TARGETS: 'good bad', NODE: path.join(dir, 'suite') },
  });
  assert.match(result.stdout, /ok {3}make good\nFAIL make bad\n {4}making bad\n[^]*✗ b[^]*\n2 passed, 2 failed\n$/);
  assert.doesNotMatch(result.stdout, /1 passed, 1 failed/);
});

test('nothing at all is a failure', () => {
  const result = spawnSync('sh', [ALL], { encoding: 'utf8', env: { ...ENV, BUILD: path.join(dir, 'build') } });
  assert.equal(result.stdout, '0 passed, 0 failed\n');
  assert.equal(result.status, 1);
});
