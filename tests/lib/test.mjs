// What a test file imports: tests named after a behaviour, run one after the other.
//
//   test('a withdrawn abstract leaves the reviewer\'s list', async (t) => {
//     const server = await startServer({ stage: 'review' });
//     …
//   });
//
// t.after(fn) runs when the test ends, last first, whatever happened; afterFile(fn) when the file
// does. Assertions are node:assert/strict.
export { strict as assert } from 'node:assert';

const TEST_LIMIT_S = 60;

const tests = [];
const afterwards = [];

// limitS: seconds until the test counts as failed.
export function test(name, body, { limitS = TEST_LIMIT_S } = {}) {
  if (tests.some((other) => other.name === name)) throw new Error(`two tests are called: ${name}`);
  tests.push({ name, body, limitS });
}

export function afterFile(fn) {
  afterwards.push(fn);
}

// Waits for what another thread of the program will do; fails with what is there instead.
export async function until(read, fits = Boolean) {
  for (let i = 0; i < 150; i++) {
    const found = await read();
    if (fits(found)) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not come to pass: ${JSON.stringify(await read())}`);
}

// For a file that needs more than the runner's usual limit.
export function limitFile(seconds) {
  process.send?.({ kind: 'limit', seconds });
}

async function withLimit(promise, limitS) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${limitS} s`)), limitS * 1000);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

async function runOne({ body, limitS }) {
  const cleanups = [];
  const errors = [];
  try {
    await withLimit(Promise.resolve(body({ after: (fn) => cleanups.push(fn) })), limitS);
  } catch (error) {
    errors.push(error);
  }
  for (const cleanup of cleanups.reverse()) {
    try {
      await withLimit(Promise.resolve(cleanup()), limitS);
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}

export function describeError(error) {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line) && !/node:internal/.test(line));
  const cause = error.cause ? `\ncause: ${describeError(error.cause)}` : '';
  return `${error.message}\n${frames.slice(0, 6).join('\n')}${cause}`;
}

// Runs what the file has declared and reports { kind, name, ms, error }. only: a RegExp for names.
export async function runTests(report, only) {
  for (const one of tests.filter(({ name }) => !only || only.test(name))) {
    report({ kind: 'begin', name: one.name });
    const start = performance.now();
    const errors = await runOne(one);
    const ms = Math.round(performance.now() - start);
    if (errors.length) report({ kind: 'fail', name: one.name, ms, error: errors.map(describeError).join('\n') });
    else report({ kind: 'pass', name: one.name, ms });
  }
  const errors = [];
  for (const fn of afterwards.reverse()) {
    try {
      await withLimit(Promise.resolve(fn()), TEST_LIMIT_S);
    } catch (error) {
      errors.push(describeError(error));
    }
  }
  if (errors.length) report({ kind: 'fail', name: '(end of the file)', ms: 0, error: errors.join('\n') });
}
