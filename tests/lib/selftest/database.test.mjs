// Databases of a run on PostgreSQL: made, copied, read and removed.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, afterFile, assert } from '../test.mjs';

const PG = fileURLToPath(new URL('../../pg.sh', import.meta.url));

if (!process.env.TEST_POSTGRES) {
  const dir = path.join(os.tmpdir(), `symposiarch-pg-${process.pid}`);
  process.env.TEST_POSTGRES = execFileSync('sh', [PG, 'start', dir], { encoding: 'utf8' }).trim();
  afterFile(() => execFileSync('sh', [PG, 'stop', dir]));
}
process.env.TEST_ENGINE = 'postgres';
const { cleanUpDatabases, createDatabase, dropDatabase, newName, quote, readRows, urlOfDatabase } = await import('../database.mjs');

const runDir = '/tmp/symposiarch-test-Self01';
const psql = (databaseUrl, sql) => execFileSync('psql', ['-X', '-q', '-d', databaseUrl, '-c', sql]);
const count = () => readRows(`SELECT datname FROM pg_database WHERE starts_with(datname, 't_self01_')`,
  { databaseUrl: process.env.TEST_POSTGRES }).length;

test('a database is made, copied and read', () => {
  const first = newName(runDir);
  const url = createDatabase(first);
  psql(url, `CREATE TABLE a (n int, t text); INSERT INTO a VALUES (1, ${quote("it's")})`);
  const copy = createDatabase(newName(runDir), first);
  psql(url, 'DELETE FROM a');
  assert.deepEqual(readRows('SELECT n, t FROM a', { databaseUrl: copy }), [{ n: 1, t: "it's" }]);
  assert.deepEqual(readRows('SELECT n FROM a', { databaseUrl: url }), []);
});

test('a run removes its databases and no others', () => {
  const other = newName('/tmp/symposiarch-test-Other2');
  createDatabase(other);
  assert.ok(count() >= 2);
  cleanUpDatabases(runDir);
  assert.equal(count(), 0);
  psql(urlOfDatabase(other), 'SELECT 1');
  dropDatabase(other);
});

test('the address of a database keeps user, host, port and options', () => {
  assert.equal(urlOfDatabase('x', 'postgres://u@127.0.0.1:5433/postgres?sslmode=disable'), 'postgres://u@127.0.0.1:5433/x?sslmode=disable');
  assert.equal(urlOfDatabase('x', 'postgresql://h'), 'postgresql://h/x');
  assert.equal(urlOfDatabase('x', 'postgres:///postgres?host=/tmp/a'), 'postgres:///x?host=/tmp/a');
});

test('rows of SQLite are read beside the program', async () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-lite-'));
  execFileSync('sqlite3', [path.join(dataDir, 'symposiarch.db'), "CREATE TABLE a (t TEXT); INSERT INTO a VALUES ('x')"]);
  assert.deepEqual(readRows('SELECT t FROM a', { dataDir }), [{ t: 'x' }]);
  assert.deepEqual(readRows('SELECT t FROM a WHERE 0', { dataDir }), []);
  fs.rmSync(dataDir, { recursive: true });
});
