// Our Mustache against npm's, over templates and models made up from a fixed seed.
//
//   node tests/template/differential.mjs build/tests/render [n] [seed]
//
// Where the two differ by design the generator does not go: npm looks a dotted name up again further
// out when its tail is missing (the specification forbids it), moves a partial in the middle of a
// line, prints objects, and lets {{{x}}} print any name.
import { spawnSync } from 'node:child_process';
import Mustache from 'mustache';

const [program, count = '4000', seed = '20270502'] = process.argv.slice(2);

function random(state) {
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const pick = (r, list) => list[r(list.length)];

// One kind of value for each initial: s text, n number, b boolean, l list of texts, r rows, o object.
const texts = ['', 'a', 'Žižek', '<b>', '&', '"', "it's", 'two\nlines', '{{n1}}', ' ', '山田'];
const inner = ['s1', 's2', 'n1', 'b1', 'l1', 'r1', 'o1'];

function value(r, name, depth) {
  switch (name[0]) {
    case 's': case 'h': return pick(r, texts);
    case 'n': return pick(r, [0, 1, -3, 12, 1.5, -0.25, 260]);
    case 'b': return r(2) === 0;
    case 'l': return Array.from({ length: r(4) }, () => pick(r, texts));
    case 'r': return Array.from({ length: depth ? r(4) : 0 }, () => object(r, depth - 1));
    default: return depth ? object(r, depth - 1) : null;
  }
}

function object(r, depth) {
  const o = {};
  for (const name of inner) if (r(4)) o[name] = value(r, name, depth);
  return o;
}

function model(r) {
  const m = object(r, 3);
  m.h_html = pick(r, texts);
  m.d = { s1: pick(r, texts), n1: r(9), e: { s2: pick(r, texts), l1: ['x', '<y>'] } };
  return m;
}

const blanks = (r) => pick(r, ['', '', ' ', '  ', '\t', '    ']);
const word = (r) => pick(r, ['x', 'lorem', '<p>', '</p>', 'é', '{ x', '} x', '|', 'a b']);

function tag(r, c, sigil, name) {
  const pad = pick(r, ['', '', ' ']);
  return `${c.open}${sigil}${pad}${name}${pad}${c.close}`;
}

const values = ['s1', 's2', 'n1', 'b1', 'none', 'd.s1', 'd.n1', 'd.e.s2', 'd.none', 'd.e.none.x'];
const sections = [...inner, 'none', 'd', 'd.e', 'd.e.l1', 'd.none'];

// What may stand within a line. Never begins with a tag, so that the line is no standalone one.
function inline(r, c, depth) {
  let out = word(r);
  for (let n = r(4); n > 0; n--) {
    const kind = r(depth ? 8 : 5);
    const name = pick(r, sections);
    if (kind < 2) out += tag(r, c, '', pick(r, c.item ? [...values, '.'] : values));
    else if (kind === 2) out += blanks(r) + word(r);
    else if (kind === 3) out += c.open === '{{' ? '{{{h_html}}}' : tag(r, c, '&', 'h_html');
    else if (kind === 4) out += tag(r, c, '!', 'a comment');
    else if (kind === 5) out += tag(r, c, '>', pick(r, ['line', 'no_such']));
    else out += section(r, { ...c, item: name === 'l1' || name === 'd.e.l1' }, name,
      (inside) => pick(r, ['', ' ', '\n', 'x\n  ']) + inline(r, inside, depth - 1));
  }
  return out;
}

function section(r, c, name, body) {
  const open = tag(r, c, pick(r, ['#', '#', '^']), name);
  const inside = open.includes('^') ? { ...c, item: false } : c;
  return open + body(inside) + tag(r, c, '/', name);
}

function line(r, c, depth) {
  const kind = r(depth ? 12 : 5);
  const name = pick(r, sections);
  if (kind < 4) return blanks(r) + inline(r, c, depth) + c.newline;
  if (kind === 4) return pick(r, ['', blanks(r) + tag(r, c, '!', 'note')]) + c.newline;
  if (kind === 5) return blanks(r) + tag(r, c, '!', 'two\nlines') + blanks(r) + c.newline;
  if (kind === 6 && c.partials.length)
    return blanks(r) + tag(r, c, '>', pick(r, c.partials)) + blanks(r) + c.newline;
  if (kind === 7 && c.open === '{{') {
    const other = { ...c, open: '<%', close: '%>' };
    return `${blanks(r)}{{=<% %>=}}${c.newline}${lines(r, other, depth - 1)}<%={{ }}=%>${c.newline}`;
  }
  const item = name === 'l1' || name === 'd.e.l1';
  return blanks(r) + section(r, { ...c, item }, name, (inside) =>
    blanks(r) + c.newline + lines(r, inside, depth - 1) + blanks(r)) + blanks(r) + c.newline;
}

function lines(r, c, depth) {
  let out = '';
  for (let n = r(6); n > 0; n--) out += line(r, c, depth);
  return out;
}

function job(r) {
  const base = { open: '{{', close: '}}', item: false, newline: '\n' };
  const ending = () => pick(r, ['', '', 'end']);
  const partials = { line: inline(r, base, 0), empty: '' };
  partials.leaf = lines(r, { ...base, partials: ['empty'] }, 1) + ending();
  partials.branch = lines(r, { ...base, partials: ['leaf', 'empty', 'no_such'] }, 2) + ending();
  const newline = pick(r, ['\n', '\n', '\r\n']);
  const all = { ...base, newline, partials: ['leaf', 'branch', 'no_such'] };
  return { template: lines(r, all, 3) + line(r, all, 3) + ending(), partials, model: model(r) };
}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (v) => (typeof v === 'object' ? '' : String(v).replace(/[&<>"']/g, (c) => escapes[c]));

function theirs({ template, partials, model: m }) {
  try {
    return { output: Mustache.render(template, m, partials, { escape }) };
  } catch (error) {
    return { error: error.message };
  }
}

const r = random(Number(seed));
const jobs = Array.from({ length: Number(count) }, () => job(r));
const input = jobs.map((j) => JSON.stringify(j)).join('\n') + '\n';
const run = spawnSync(program, { input, maxBuffer: 1 << 30 });
if (run.status !== 0) {
  console.error(`${program} ended with ${run.signal ?? run.status}\n${run.stderr}`);
  process.exit(1);
}
const ours = run.stdout.toString().trimEnd().split('\n').map((l) => JSON.parse(l));

let differences = 0;
let bytes = 0;
let refused = 0;
jobs.forEach((j, i) => {
  const expected = theirs(j);
  bytes += ours[i]?.output?.length ?? 0;
  refused += expected.error ? 1 : 0;
  const same = expected.error ? ours[i]?.error : expected.output === ours[i]?.output;
  if (same) return;
  if (differences++ < 3)
    console.error('%s', JSON.stringify(j), '\nexpected', JSON.stringify(expected),
      '\nfound   ', JSON.stringify(ours[i]));
});
console.log(`template-test: ${jobs.length} templates, ${bytes} characters of output, ` +
  `${refused} refused by both, ${differences} differences`);
if (differences || ours.length !== jobs.length || bytes < 50 * jobs.length) process.exit(1);
