// The program under test, with a data directory and a database of its own.
//
//   const server = await startServer();                             // empty
//   const server = await startServer({ stage: 'review', now: '2027-05-02T12:00:00Z' });
//   const chair = await server.signInAs('chair');                   // a client
//   await server.control.advance({ days: 3 });
//   await server.stop();                                            // else done when the file ends
//
// Whatever the program writes to standard error is kept in `log`; a sanitizer's report there, or an
// end other than the asked-for one, fails the file.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from './client.mjs';
import { Control } from './control.mjs';
import { changeRows, createDatabase, dropDatabase, engine, nameOfStage, newName, readRows } from './database.mjs';
import { openSignInLink } from './signin.mjs';
import { afterFile } from './test.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const buildDir = path.resolve(root, process.env.BUILD || 'build');
export const program = process.env.TEST_PROGRAM || path.join(buildDir, 'symposiarch-test');

const READY_MS = 30_000;
const STOP_MS = 15_000;
const STAGE_MS = 120_000;
const SANITIZER = /ERROR: (Address|Leak|Thread|Memory)Sanitizer|runtime error:/;

let ownRunDir;
function runDir() {
  if (process.env.TEST_RUN_DIR) return process.env.TEST_RUN_DIR;
  ownRunDir ??= fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-test-'));
  return ownRunDir;
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// What the program sees of the environment. The odd time zone is on purpose: the program's own zone
// must never matter.
function environment(extra) {
  return {
    PATH: process.env.PATH, HOME: runDir(), TZ: 'Pacific/Kiritimati', LC_ALL: 'C',
    ASAN_OPTIONS: 'exitcode=99:detect_leaks=1', UBSAN_OPTIONS: 'print_stacktrace=1', ...extra,
  };
}

function checkLog(log) {
  const found = SANITIZER.exec(log);
  if (found) assert.fail(`a sanitizer reports:\n${log.slice(Math.max(0, found.index - 200), found.index + 3000)}`);
}

// Runs a sub-command to its end: { code, signal, stdout, stderr }.
export async function runProgram(args, { env = {}, input, cwd } = {}) {
  const child = spawn(program, args, { env: environment(env), cwd, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = Buffer.alloc(0);
  let stderr = '';
  child.stdout.on('data', (chunk) => { stdout = Buffer.concat([stdout, chunk]); });
  child.stderr.on('data', (chunk) => { stderr += chunk; });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (...how) => resolve(how));
  });
  checkLog(stderr);
  return { code, signal, bytes: stdout, stdout: stdout.toString('utf8'), stderr };
}

// "organiser<tab>http://127.0.0.1:8080/signin/…" becomes { organiser: '/signin/…' }.
function readLinks(text) {
  const lines = text.split('\n').map((line) => line.split('\t')).filter((parts) => parts.length === 2);
  return Object.fromEntries(lines.map(([role, url]) => [role, new URL(url).pathname + new URL(url).search]));
}

async function makeStage(dir, { stage, seed, now, attendees, databaseName }) {
  const dataDir = path.join(dir, 'data');
  fs.mkdirSync(dataDir, { recursive: true });
  const args = ['demo', '--data', dataDir];
  if (databaseName) args.push('--database', createDatabase(databaseName));
  args.push('--stage', stage); // from here on what is not a setting
  if (seed !== undefined) args.push('--seed', String(seed));
  if (now) args.push('--now', now);
  if (attendees) args.push('--attendees', String(attendees));
  args.push('--no-serve');
  const { code, stdout, stderr } = await runProgram(args);
  assert.equal(code, 0, `symposiarch ${args.join(' ')}: status ${code}\n${stderr.slice(-3000)}`);
  fs.writeFileSync(path.join(dir, 'links.json'), JSON.stringify(readLinks(stdout)));
}

// Makes a demo event once a run and stage; every test file copies it. Whoever makes the folder
// first does the work, the others wait for its last file.
async function findStage(wanted) {
  const key = crypto.createHash('sha256').update(JSON.stringify([engine, program, wanted])).digest('hex').slice(0, 12);
  const dir = path.join(runDir(), `stage-${key}`);
  const databaseName = engine === 'postgres' ? nameOfStage(runDir(), key) : undefined;
  const [ready, failed] = [path.join(dir, 'ready'), path.join(dir, 'failed')];
  let isMine = true;
  try {
    fs.mkdirSync(dir);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    isMine = false;
  }
  if (isMine) {
    try {
      await makeStage(dir, { ...wanted, databaseName });
      fs.writeFileSync(ready, '');
    } catch (error) {
      fs.writeFileSync(failed, error.message);
    }
  }
  for (let waited = 0; !fs.existsSync(ready) && !fs.existsSync(failed); waited += 50) {
    assert.ok(waited < STAGE_MS, `the demo event for ${wanted.stage} was not finished`);
    await sleep(50);
  }
  if (fs.existsSync(failed)) throw new Error(fs.readFileSync(failed, 'utf8'));
  return { dataDir: path.join(dir, 'data'), databaseName,
    links: JSON.parse(fs.readFileSync(path.join(dir, 'links.json'), 'utf8')) };
}

const running = new Set();

export class Server {
  constructor({ dir, args, env, commands, links, databaseName, databaseUrl }) {
    Object.assign(this, { dir, args, env, commands, links, databaseName, databaseUrl });
    this.dataDir = path.join(dir, 'data');
    this.log = '';
  }

  async start() {
    const socketPath = path.join(this.dir, 'control');
    fs.rmSync(socketPath, { force: true });
    const args = ['serve', '--data', this.dataDir, '--port', '0', ...this.args];
    if (this.databaseUrl) args.push('--database', this.databaseUrl);
    const env = { SYMPOSIARCH_CONTROL: socketPath, SYMPOSIARCH_CONTROL_FIRST: this.commands.join('\n'), ...this.env };
    this.child = spawn(program, args, { env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    this.control = new Control(socketPath);
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => resolve({ error }));
      this.child.on('close', (code, signal) => resolve({ code, signal }));
    });
    this.child.stderr.on('data', (chunk) => { this.log += chunk; });
    running.add(this);
    try {
      this.url = await this.whenListening();
    } catch (error) {
      await this.kill();
      throw error;
    }
    this.port = Number(new URL(this.url).port);
    return this;
  }

  whenListening() {
    return new Promise((resolve, reject) => {
      let text = '';
      const fail = (why) => reject(new Error(`the server did not start: ${why}\n${this.log.slice(-3000)}`));
      const timer = setTimeout(fail, READY_MS, 'no line "listening on" in time');
      this.child.stdout.on('data', (chunk) => {
        text += chunk;
        const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(text)?.[1];
        if (!url) return;
        clearTimeout(timer);
        resolve(url);
      });
      this.ended.then(({ error, code, signal }) => {
        clearTimeout(timer);
        fail(error?.message ?? `it ended with ${signal ?? `status ${code}`}`);
      });
    });
  }

  client(options) {
    const client = new Client(this.url, options);
    client.server = this;
    return client;
  }

  // A client signed in by the demo's link for the role.
  async signInAs(role, options) {
    const link = this.links[role];
    assert.ok(link, `the demo has no link for ${role}, but for: ${Object.keys(this.links).join(' ')}`);
    const client = this.client(options);
    await openSignInLink(client, link);
    return client;
  }

  // Those whom the option `attendees` has made: { session: its code, tokens }.
  crowd() {
    const [session, ...tokens] = fs.readFileSync(path.join(this.dataDir, 'attendees.tokens'), 'utf8').trim().split('\n');
    return { session, tokens };
  }

  // Rows of a SELECT, read beside the program. For what no page shows; see quote().
  rows(sql) {
    return readRows(sql, this);
  }

  // Stops, changes rows by hand, starts again. Ids are beyond what JavaScript counts: read them as text.
  async change(sql) {
    await this.stop();
    changeRows(sql, this);
    return this.start();
  }

  // A sub-command on this server's data: { code, stdout, stderr }.
  run(args, options) {
    const where = ['--data', this.dataDir, ...(this.databaseUrl ? ['--database', this.databaseUrl] : [])];
    return runProgram([...args, ...where], options);
  }

  async waitForEnd(limitMs) {
    const late = new Promise((resolve) => setTimeout(resolve, limitMs, 'late').unref());
    const how = await Promise.race([this.ended, late]);
    if (how !== 'late') return how;
    this.child.kill('SIGKILL');
    await this.ended;
    return { isLate: true };
  }

  // Ends it as systemd would, and demands that it ends well.
  async stop(limitMs = STOP_MS) {
    if (!running.delete(this)) return;
    this.control.close();
    this.child.kill('SIGTERM');
    const { code, signal, isLate } = await this.waitForEnd(limitMs);
    checkLog(this.log);
    assert.ok(!isLate, `the server did not end within ${limitMs / 1000} s of SIGTERM`);
    assert.equal(signal ?? code, 0, `the server ended with ${signal ?? `status ${code}`}\n${this.log.slice(-3000)}`);
  }

  // Ends it in the middle of whatever it does.
  async kill() {
    if (!running.delete(this)) return;
    this.control.close();
    this.child.kill('SIGKILL');
    await this.ended;
    checkLog(this.log);
  }

  // The same data and database, on another port.
  async restart() {
    await this.stop();
    return this.start();
  }
}

// Options: stage (call, review, programme, wishes, live, over), seed, now (RFC 3339: the demo's dates are
// relative to it and the server's clock stands there), attendees (so many more, who want the places of
// one masterclass; see crowd()), isRunning (the clock runs on from now), args and env for the program.
export async function startServer({ stage, seed, now, attendees, isRunning = false, args = [], env = {} } = {}) {
  const dir = fs.mkdtempSync(path.join(runDir(), 's'));
  const dataDir = path.join(dir, 'data');
  const databaseName = engine === 'postgres' ? newName(runDir()) : undefined;
  let demo;
  if (stage) {
    demo = await findStage({ stage, seed, now, attendees });
    fs.cpSync(demo.dataDir, dataDir, { recursive: true });
  } else {
    fs.mkdirSync(dataDir);
  }
  const databaseUrl = databaseName && createDatabase(databaseName, demo?.databaseName);
  const commands = now ? [`clock set ${new Date(now).getTime()} ${isRunning ? 'running' : 'frozen'}`] : [];
  const server = new Server({
    dir, env, commands, databaseName, databaseUrl, links: demo?.links ?? {},
    args: stage ? ['--demo', '1', ...args] : args,
  });
  return server.start();
}

// The data of a server that was stopped, in a server of its own: who was signed in there is signed in
// here (see Client.at). sql: statements that change it first, for a world with another secret.
export async function startCopy(original, sql = []) {
  const dir = fs.mkdtempSync(path.join(runDir(), 's'));
  const { env, commands, links, args } = original;
  fs.cpSync(original.dataDir, path.join(dir, 'data'), { recursive: true });
  const databaseName = original.databaseName && newName(runDir());
  const databaseUrl = databaseName && createDatabase(databaseName, original.databaseName);
  const server = new Server({ dir, env, commands, links, args, databaseName, databaseUrl });
  for (const statement of [sql].flat()) changeRows(statement, server);
  return server.start();
}

afterFile(async () => {
  const errors = [];
  const servers = [...running];
  for (const server of servers) await server.stop().catch((error) => errors.push(error));
  for (const { databaseName } of servers) if (databaseName) dropDatabase(databaseName);
  if (ownRunDir) fs.rmSync(ownRunDir, { recursive: true, force: true });
  if (errors.length) throw new AggregateError(errors, errors.map((error) => error.message).join('\n'));
});

// The runner ends a file that takes too long: no server may outlive it.
process.on('SIGTERM', () => {
  for (const server of running) server.child.kill('SIGKILL');
  process.exit(1);
});
