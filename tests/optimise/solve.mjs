// Runs `symposiarch optimise` as people do, and reads what it wrote.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assert, afterFile } from '../lib/test.mjs';
import { root, runProgram } from '../lib/server.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-optimise-'));
afterFile(() => fs.rmSync(folder, { recursive: true }));
let n_files = 0;

export const instance = (name) => path.join(root, 'tests/optimise/instances', name);
export const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
export const readCsv = (text) => text.split('\n').slice(1).filter(Boolean).map((line) => line.split(',').map(Number));

export function writeFile(text, ending) {
  const file = path.join(folder, `${++n_files}${ending}`);
  fs.writeFileSync(file, text);
  return file;
}

// { answer, solution }: the line of JSON and the text of the file.
export async function solve(kind, file, ...options) {
  const out = path.join(folder, `${++n_files}.out`);
  const { code, stdout, stderr } = await runProgram(['optimise', kind, file, '--out', out, ...options]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout.trim().split('\n').length, 1);
  return { answer: JSON.parse(stdout), solution: fs.readFileSync(out, 'utf8') };
}

export async function verify(file) {
  const { code, stdout, stderr } = await runProgram(['optimise', 'verify', file]);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
}

export async function refusal(kind, file, ...options) {
  const { code, stdout, stderr } = await runProgram(['optimise', kind, file, ...options]);
  assert.ok(code === 1 || code === 2, `exit ${code}`);
  assert.equal(stdout, '');
  return stderr;
}
