// The program's own table of routes, for tests that go through all of it: a route that is new is
// tested without anybody having to think of it.
import assert from 'node:assert/strict';
import { multipart } from './form.mjs';
import { runProgram } from './server.mjs';

// [{ method, pattern, capability, handler, fields: [{ name, group, type, shape, min, max }], … }]
export async function readRoutes() {
  const { code, stdout } = await runProgram(['routes', '--json']);
  assert.equal(code, 0);
  return JSON.parse(stdout);
}

export const parametersOf = (pattern) => [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name);

export function fillPattern(pattern, values) {
  return pattern.replace(/:(\w+)/g, (_, name) => {
    assert.ok(values[name] !== undefined, `${pattern}: nothing to put for :${name}`);
    return encodeURIComponent(values[name]);
  });
}

// The name of a field in a form: of its first row or of a made-up key.
export function wireName(field, key = 'relevance') {
  if (field.shape === 'rows') return `${field.group}.0.${field.name}`;
  return field.shape === 'map' ? `${field.name}.${key}` : field.name;
}

const SAMPLES = {
  text: 'Ada', block: 'Some words.', email: 'ada@example.org', money: '12.50', date: '2027-05-02',
  datetime: '2027-05-02T12:00', code: 'ZZZZZZZZZ', word: 'other', bool: 'true', secret: 'correct horse battery',
};

// A value that the field's type takes; whether the act takes it is another question.
export function sampleOf(field) {
  if (field.type === 'int') return String(Math.max(field.min, Math.min(field.max, 1)));
  const sample = SAMPLES[field.type];
  assert.ok(sample !== undefined || field.type === 'file', `no sample for a field of type ${field.type}`);
  return sample;
}

const PDF = { name: 'poster.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') };

// [name, value] for every field of a route; values: others by name.
export function sampleFields(route, values = {}) {
  return route.fields.filter((field) => field.type !== 'file')
    .map((field) => [wireName(field), values[wireName(field)] ?? sampleOf(field)]);
}

// Sends a form to a route's path as a program would, and asks for JSON. The client must have seen a
// page with a form, or bear a token.
export function sendFields(client, route, path, fields, { headers = {} } = {}) {
  const all = client.token ? fields : [...fields, ['csrf_token', client.csrfToken ?? '']];
  const isUpload = route.flags.includes('upload');
  const { type, body } = isUpload ? multipart([...all, ['file', PDF]])
    : { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(all).toString() };
  return client.request('POST', path, {
    headers: { accept: 'application/json', 'content-type': type, ...headers }, body,
  });
}
