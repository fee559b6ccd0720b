// The database of a test: which engine, a fresh one, a copy, and a look inside.
//
// TEST_ENGINE is sqlite or postgres. TEST_POSTGRES is the address of a running PostgreSQL whose user
// may create databases (tests/pg.sh starts one).
import { execFileSync } from 'node:child_process';
import path from 'node:path';

export const engine = process.env.TEST_ENGINE || 'sqlite';
if (!['sqlite', 'postgres'].includes(engine)) throw new Error(`TEST_ENGINE is ${engine}`);

const SQLITE_FILE = 'symposiarch.db';

function adminUrl() {
  const url = process.env.TEST_POSTGRES;
  if (!url) throw new Error('TEST_ENGINE is postgres, but TEST_POSTGRES names no server');
  return url;
}

// The same server, another database.
export function urlOfDatabase(name, url = adminUrl()) {
  return url.replace(/^(postgres(?:ql)?:\/\/[^/?]*)(?:\/[^?]*)?/, `$1/${name}`);
}

function psql(url, sql) {
  return execFileSync('psql', ['-X', '-q', '-A', '-t', '-v', 'ON_ERROR_STOP=1', '-d', url, '-c', sql],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd();
}

// Databases carry the name of the run's folder, so that a run can remove all of its own.
function prefixOf(runDir) {
  return `t_${path.basename(runDir).replace(/^symposiarch-test-/, '').toLowerCase()}_`;
}

let counter = 0;
export function newName(runDir, what = `p${process.pid}`) {
  return `${prefixOf(runDir)}${what}_${counter++}`.replace(/[^a-z0-9_]/g, '');
}

export function nameOfStage(runDir, key) {
  return `${prefixOf(runDir)}stage_${key}`.replace(/[^a-z0-9_]/g, '');
}

// template: a database nobody is connected to, to begin as a copy of.
export function createDatabase(name, template = 'template0') {
  psql(adminUrl(), `CREATE DATABASE "${name}" TEMPLATE "${template}" ENCODING 'UTF8'`);
  return urlOfDatabase(name);
}

export function dropDatabase(name) {
  psql(adminUrl(), `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}

export function cleanUpDatabases(runDir) {
  if (!process.env.TEST_POSTGRES || engine !== 'postgres') return;
  const names = psql(adminUrl(), `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefixOf(runDir)}')`);
  for (const name of names.split('\n').filter(Boolean)) dropDatabase(name);
}

// Rows as objects, read beside the running server; text in single quotes through quote().
export function readRows(sql, { dataDir, databaseUrl }) {
  if (databaseUrl) {
    return JSON.parse(psql(databaseUrl, `SELECT coalesce(json_agg(found), '[]') FROM (${sql}) AS found`));
  }
  const text = execFileSync('sqlite3', ['-readonly', '-json', '-cmd', '.timeout 5000', path.join(dataDir, SQLITE_FILE), sql],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'] });
  return text.trim() ? JSON.parse(text) : [];
}

// Changes rows behind the program's back, while it is not running: for what no page can do.
export function changeRows(sql, { dataDir, databaseUrl }) {
  if (databaseUrl) psql(databaseUrl, sql);
  else execFileSync('sqlite3', ['-bail', path.join(dataDir, SQLITE_FILE), sql], { stdio: 'pipe' });
}

// Names of the tables a program's data is in.
export function tablesOf(where) {
  const sql = where.databaseUrl
    ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`
    : `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1`;
  return readRows(sql, where).map(({ name }) => name);
}

export function quote(text) {
  return `'${String(text).replace(/'/g, "''")}'`;
}
