// Runs *.test.mjs files, each in a process of its own, and ends with "N passed, N failed".
//
//   node tests/lib/runner.mjs [--jobs N] [--only REGEX] [--limit SECONDS] [--tally FILE] PATH…
//
// PATH is a file or a directory. --only chooses tests by name. --tally appends "passed failed" to a
// file, for a sum over several runs. The exit status is 0 when something ran and nothing failed.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanUpDatabases } from './database.mjs';

const RUN_FILE = fileURLToPath(new URL('run_file.mjs', import.meta.url));
const START_S = 60; // for Node to begin, on a busy machine
const GRACE_MS = 5_000;
const LAST_LINES = 60; // of what a failing file printed

export function parseArguments(args) {
  const options = { jobs: 2, only: '', limit: 180, tally: '', paths: [] };
  for (let i = 0; i < args.length; i++) {
    const name = /^--(\w+)$/.exec(args[i])?.[1];
    if (!name) options.paths.push(args[i]);
    else if (!Object.hasOwn(options, name) || name === 'paths') throw new Error(`unknown option ${args[i]}`);
    else options[name] = typeof options[name] === 'number' ? Number(args[++i]) : args[++i];
  }
  return options;
}

export function findTests(paths) {
  return paths.flatMap((one) => {
    if (!fs.statSync(one).isDirectory()) return [one];
    const inside = fs.readdirSync(one, { withFileTypes: true }).filter((entry) => entry.name !== 'node_modules');
    const below = inside.filter((entry) => entry.isDirectory()).map((entry) => path.join(one, entry.name));
    const files = inside.filter((entry) => entry.isFile() && entry.name.endsWith('.test.mjs'));
    return [...files.map((entry) => path.join(one, entry.name)).sort(), ...findTests(below.sort())];
  });
}

const running = new Set(); // processes of test files

// Ends a process that does not come to an end: first so that it can stop its servers.
function endProcess(child) {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  child.once('exit', () => clearTimeout(timer));
}

// Resolves to { file, passed, failures: [{ name, error }], ms, output }.
export function runFile(file, { only, limit, env }) {
  const result = { file, passed: 0, failures: [], ms: 0, output: '' };
  const start = performance.now();
  return new Promise((resolve) => {
    const child = fork(RUN_FILE, [path.resolve(file), only], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    running.add(child);
    let current = '(start)';
    let isEnded = false;
    const expire = (seconds) => {
      result.failures.push({ name: current, error: `the file was not finished after ${seconds} s` });
      isEnded = true;
      endProcess(child);
    };
    let timer;
    const allow = (seconds) => {
      clearTimeout(timer);
      timer = setTimeout(expire, seconds * 1000, seconds);
    };
    allow(START_S);
    const keep = (chunk) => { result.output += chunk; };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('message', (message) => {
      if (message.kind === 'begin') current = message.name;
      if (message.kind === 'pass') result.passed++;
      if (message.kind === 'fail') result.failures.push(message);
      if (message.kind === 'end') isEnded = true;
      if (message.kind === 'ready') allow(limit);
      if (message.kind === 'limit') allow(message.seconds);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      if (!isEnded) {
        result.failures.push({ name: current, error: `the process ended early (${signal ?? `status ${code}`})` });
      }
      result.ms = Math.round(performance.now() - start);
      resolve(result);
    });
  });
}

const indent = (text) => text.trimEnd().split('\n').map((line) => `    ${line}`).join('\n');

function printResult(result, print) {
  const name = path.relative(process.cwd(), result.file);
  const n = result.passed + result.failures.length;
  const word = result.failures.length ? 'FAIL' : 'ok  ';
  print(`${word} ${name}  ${n} ${n === 1 ? 'test' : 'tests'}, ${(result.ms / 1000).toFixed(1)} s`);
  for (const failure of result.failures) print(`  ✗ ${failure.name}\n${indent(failure.error)}`);
  if (result.failures.length && result.output.trim()) {
    print(`  it printed:\n${indent(result.output.trimEnd().split('\n').slice(-LAST_LINES).join('\n'))}`);
  }
}

// Runs the files, `jobs` at a time, and returns { passed, failed }.
export async function runFiles(files, options, print = console.log) {
  const waiting = [...files];
  const total = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const result = await runFile(file, options);
      if (!result.passed && !result.failures.length && !options.only) {
        result.failures.push({ name: '(the file)', error: 'it holds no test' });
      }
      total.passed += result.passed;
      total.failed += result.failures.length;
      if (result.passed || result.failures.length) printResult(result, print);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, worker));
  return total;
}

async function main() {
  const options = parseArguments(process.argv.slice(2));
  const files = findTests(options.paths);
  const runDir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-test-'));
  fs.chmodSync(runDir, 0o755);
  // Whatever a test leaves behind goes with the folder.
  const env = { ...process.env, TEST_RUN_DIR: runDir, TMPDIR: runDir };
  const cleanUp = () => {
    cleanUpDatabases(runDir);
    fs.rmSync(runDir, { recursive: true, force: true, maxRetries: 5 });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      for (const child of running) child.kill('SIGKILL'); // their servers end with them
      cleanUp();
      process.exit(130);
    });
  }
  const total = await runFiles(files, { ...options, env });
  cleanUp();
  if (!total.passed && !total.failed) {
    total.failed = 1;
    console.log(`no test was found in: ${options.paths.join(' ')}`);
  }
  if (options.tally) fs.appendFileSync(options.tally, `${total.passed} ${total.failed}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
