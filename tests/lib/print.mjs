// Documents from the command line: `symposiarch print KIND`, for every kind there is.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = path.join(path.resolve(root, process.env.BUILD || 'build'), 'symposiarch');

// What the command did, whatever it was: { status, stdout, errors }.
export function runPrint(args, { input, env = {}, cwd = root, stdio } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, ['print', ...args], {
    input, cwd, env: { PATH: process.env.PATH, ...env }, maxBuffer: 1 << 28, stdio,
  });
  if (error) throw error;
  return { status, stdout, errors: `${stderr}` };
}

function run(args, options) {
  const { status, stdout, errors } = runPrint(args, options);
  assert.equal(errors, '', `print ${args.join(' ')}`);
  assert.equal(status, 0, `print ${args.join(' ')} ended with ${status}`);
  return stdout;
}

// The names of all kinds, in the order of their table.
export const kinds = run(['--list']).toString().trim().split('\n').map((line) => line.split(' ')[0]);

export const exampleOf = (kind) => JSON.parse(run([kind, '--example']));
export const schemaOf = (kind) => JSON.parse(run([kind, '--schema']));

// The PDF of a model, made without a warning. env and cwd are those of the program.
export function print(kind, model, options = {}) {
  return run([kind], { ...options, input: JSON.stringify(model) });
}

// The PDF of a model that has something to warn about, and the warnings, in their order, as the program words them.
export function printWarned(kind, model) {
  const { status, stdout, errors } = runPrint([kind], { input: JSON.stringify(model) });
  assert.equal(status, 0, errors);
  return { pdf: stdout, warnings: errors.split('\n').filter(Boolean).map((line) => line.replace(/^warning: /, '')) };
}

const examples = new Map();

// The PDF of the kind's example, made once a file of tests.
export function exampleAsPdf(kind) {
  if (!examples.has(kind)) examples.set(kind, print(kind, exampleOf(kind)));
  return examples.get(kind);
}

// Walks a model and its schema side by side: visit(value, { schema, path, name, ref }) for every
// value, from the outside in, in the order of the model. `schema` stands behind its references, the
// last of which is `ref`.
export function walkModel(kind, model, visit) {
  const roots = { [kind]: schemaOf(kind), common: schemaOf('common') };
  const resolve = (schema, file) => {
    let ref;
    while (schema.$ref) {
      const [, other, name] = /^(?:(\w+)\.schema\.json)?#\/\$defs\/(\w+)$/.exec(schema.$ref);
      ref = schema.$ref;
      file = other ?? file;
      schema = roots[file].$defs[name];
    }
    return { schema, file, ref };
  };
  const walk = (value, reference, from, at, name) => {
    const { schema, file, ref } = resolve(reference, from);
    visit(value, { schema, path: at, name, ref });
    if (schema.type === 'array') value.forEach((item, i) => walk(item, schema.items, file, [...at, i], name));
    if (schema.type !== 'object') return;
    for (const [key, member] of Object.entries(value)) walk(member, schema.properties[key], file, [...at, key], key);
  };
  walk(model, roots[kind], kind, [], '');
}
