// What stands inside a PDF: its objects, the operators of its pages, its structure tree and its
// bookmarks (ISO 32000-1). qpdf reads the file; what the objects mean is read here.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { runTool, withFile } from './pdf.mjs';

const isRef = (value) => typeof value === 'string' && /^\d+ \d+ R$/.test(value);

// { trailer, get(ref), stream(ref) }: get() follows references, stream() gives decoded bytes. Names
// begin with /, texts with u: (or b: and hex).
export function objectsOfPdf(bytes) {
  const { text } = withFile(bytes, 'a.pdf', (file) => runTool('qpdf', ['--json-output', '--json-stream-data=inline',
    '--decode-level=generalized', file, '-']));
  const objects = JSON.parse(text).qpdf[1];
  const get = (value) => {
    while (isRef(value)) {
      const object = objects[`obj:${value}`];
      value = object?.stream?.dict ?? object?.value ?? null;
    }
    return value;
  };
  const stream = (ref) => Buffer.from(objects[`obj:${ref}`].stream.data, 'base64');
  return { trailer: objects.trailer.value, get, stream };
}

export const textOf = (value) => {
  if (value?.startsWith('u:')) return value.slice(2);
  assert.fail(`not a text: ${value}`);
};

// Pages in order: { ref, dict }.
export function pagesIn(pdf) {
  const catalogue = pdf.get(pdf.trailer['/Root']);
  const pages = [];
  const walk = (ref) => {
    const node = pdf.get(ref);
    if (node['/Type'] === '/Page') pages.push({ ref, dict: node });
    else node['/Kids'].forEach(walk);
  };
  walk(catalogue['/Pages']);
  return pages;
}

const BLANK = /[\0\t\n\f\r ]/;
const DELIMITER = /[()<>[\]{}/%]/;

// The end of a string in round brackets that begins at `at`.
function endOfString(text, at) {
  for (let depth = 0; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  assert.fail('a string without an end');
}

function endOfToken(text, at) {
  if (text[at] === '(') return endOfString(text, at);
  if (text.startsWith('<<', at) || text.startsWith('>>', at)) return at + 2;
  if (text[at] === '<') return text.indexOf('>', at) + 1;
  if (text[at] === '[' || text[at] === ']') return at + 1;
  let end = at + 1;
  while (end < text.length && !BLANK.test(text[end]) && !DELIMITER.test(text[end])) end++;
  return end;
}

// The operators of a content stream: [{ operator, operands, from, to }], operands as written, from
// and to the place of the operator in the stream.
export function operatorsOf(bytes) {
  const text = bytes.toString('latin1');
  const found = [];
  let operands = [];
  for (let at = 0; at < text.length;) {
    if (BLANK.test(text[at])) {
      at++;
      continue;
    }
    const end = endOfToken(text, at);
    const token = text.slice(at, end);
    if (/^[A-Za-z'"*]/.test(token) && !/^(true|false|null)$/.test(token)) {
      assert.notEqual(token, 'BI', 'an image that is not an object');
      found.push({ operator: token, operands, from: at, to: end });
      operands = [];
    } else {
      operands.push(token);
    }
    at = end;
  }
  assert.deepEqual(operands, [], 'operands without an operator');
  return found;
}

export const PAINTING = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh', 'Do', 'Tj', 'TJ', "'", '"']);

// Calls visit(operator, open) for every operator; open are the marks around it, from the outside:
// { tag, mcid, from, to } (mcid undefined: none). Fails when BDC and EMC, BT and ET or q and Q do
// not belong together.
export function walkMarks(bytes, visit) {
  const open = [];
  let [isText, depth] = [false, 0];
  for (const one of operatorsOf(bytes)) {
    const { operator, operands } = one;
    if (operator === 'BMC' || operator === 'BDC') {
      const mcid = operands[operands.indexOf('/MCID') + 1];
      open.push({ tag: operands[0].slice(1), mcid: operands.includes('/MCID') ? Number(mcid) : undefined, isText, ...one });
    }
    if (operator === 'BT' || operator === 'ET') {
      assert.equal(isText, operator === 'ET', `${operator} in the wrong place`);
      isText = operator === 'BT';
    }
    if (operator === 'q') depth++;
    if (operator === 'Q') assert.ok(--depth >= 0, 'Q without q');
    visit(one, open);
    if (operator === 'EMC') {
      assert.ok(open.length, 'EMC without BDC');
      assert.equal(open.pop().isText, isText, 'a mark and a text object overlap');
    }
  }
  assert.deepEqual([open.length, isText, depth], [0, false, 0], 'a mark, a text object or a state stays open');
}

// Contents may be one stream or several that are read as one.
export function contentOf(pdf, page) {
  const contents = page.dict['/Contents'];
  return Buffer.concat([contents].flat().flatMap((ref) => [pdf.stream(ref), Buffer.from('\n')]));
}

// A number tree as a Map.
function readNumberTree(pdf, ref) {
  const node = pdf.get(ref);
  const found = new Map();
  const pairs = node['/Nums'] ?? [];
  for (let i = 0; i < pairs.length; i += 2) found.set(pairs[i], pairs[i + 1]);
  for (const kid of node['/Kids'] ?? []) for (const [key, value] of readNumberTree(pdf, kid)) found.set(key, value);
  return found;
}

// The structure tree: { elements, parentTree, root }. An element is { ref, type, dict, parent,
// children, marks: [{ page, mcid }], kids, annotations: [ref] } with pages by reference, in reading order;
// kids are children and marks as they stand.
export function structureOf(pdf) {
  const rootRef = pdf.get(pdf.trailer['/Root'])['/StructTreeRoot'];
  const root = pdf.get(rootRef);
  const elements = [];
  const walk = (ref, parent, parentRef) => {
    const dict = pdf.get(ref);
    const element = { ref, type: dict['/S']?.slice(1), dict, parent, children: [], marks: [], annotations: [], kids: [] };
    assert.equal(dict['/P'], parentRef, `${ref} names another parent than the one it hangs from`);
    assert.ok(!elements.some((other) => other.ref === ref), `${ref} hangs in the tree twice`);
    elements.push(element);
    const addMark = (mark) => {
      element.marks.push(mark);
      element.kids.push(mark);
    };
    for (const kid of [dict['/K'] ?? []].flat()) {
      const inside = pdf.get(kid);
      if (typeof inside === 'number') addMark({ page: dict['/Pg'], mcid: inside });
      else if (inside['/Type'] === '/MCR') addMark({ page: inside['/Pg'] ?? dict['/Pg'], mcid: inside['/MCID'] });
      else if (inside['/Type'] === '/OBJR') element.annotations.push(inside['/Obj']);
      else {
        element.children.push(walk(kid, element, ref));
        element.kids.push(element.children.at(-1));
      }
    }
    return element;
  };
  for (const kid of [root['/K']].flat()) walk(kid, null, rootRef);
  return { root, elements, parentTree: readNumberTree(pdf, root['/ParentTree']) };
}

const utf16 = (hex) => String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => parseInt(unit, 16)));

// What the character codes of a font stand for: code -> text, from its ToUnicode stream.
function readToUnicode(bytes) {
  const meanings = new Map();
  const text = bytes.toString('latin1');
  for (const [, section] of text.matchAll(/beginbfchar(.*?)endbfchar/gs)) {
    for (const [, code, hex] of section.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>/g)) meanings.set(parseInt(code, 16), utf16(hex));
  }
  for (const [, section] of text.matchAll(/beginbfrange(.*?)endbfrange/gs)) {
    for (const [, first, last, hex] of section.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g)) {
      const end = parseInt(hex.slice(-4), 16) - parseInt(first, 16);
      for (let code = parseInt(first, 16); code <= parseInt(last, 16); code++) {
        meanings.set(code, utf16(hex.slice(0, -4)) + String.fromCharCode(end + code));
      }
    }
  }
  return meanings;
}

function bytesOfString(token) {
  if (token[0] === '<') return Buffer.from(token.slice(1, -1), 'hex');
  const plain = token.slice(1, -1).replace(/\\([nrtbf()\\]|[0-7]{1,3})/g, (_, what) => (/[0-7]/.test(what)
    ? String.fromCharCode(parseInt(what, 8)) : { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[what] ?? what));
  return Buffer.from(plain, 'latin1');
}

const decode = (token, meanings) => [...bytesOfString(token)].reduce((text, byte, i, bytes) => (
  i % 2 ? text + (meanings.get(bytes[i - 1] * 256 + byte) ?? '') : text), '');

// The text of every marked content of a page: MCID -> text. Fonts have codes of two bytes.
function textsOfMarks(pdf, page) {
  const fonts = pdf.get(pdf.get(page.dict['/Resources'])['/Font']) ?? {};
  const read = new Map();
  const texts = new Map();
  let meanings;
  walkMarks(contentOf(pdf, page), ({ operator, operands }, open) => {
    const mcid = open.find((mark) => mark.mcid !== undefined)?.mcid;
    const spoken = (mark) => mark.operands[mark.operands.indexOf('/ActualText') + 1];
    const instead = open.filter((mark) => mark.operands.includes('/ActualText'));
    const add = (text) => texts.set(mcid, (texts.get(mcid) ?? '') + text);
    if (operator === 'Tf') {
      const ref = fonts[operands[0]];
      if (!read.has(ref)) read.set(ref, readToUnicode(pdf.stream(pdf.get(ref)['/ToUnicode'])));
      meanings = read.get(ref);
    } else if (operator === 'BDC' && instead.length === 1 && instead[0] === open.at(-1)) {
      add(utf16(spoken(instead[0]).slice(1, -1)).replace('\ufeff', ''));
    } else if (/^(Tj|TJ)$/.test(operator) && !instead.length) {
      add(operands.filter((token) => /^[(<]/.test(token)).map((token) => decode(token, meanings)).join(''));
    }
  });
  return texts;
}

// The text in the order of the structure tree, an entry for each element that has some, as a screen reader
// comes by it. What runs right to left stands as it is drawn, from the left.
export function spokenTextOf(pdf) {
  const pages = new Map(pagesIn(pdf).map((page) => [page.ref, textsOfMarks(pdf, page)]));
  const found = [];
  const walk = (element) => {
    found.push('');
    for (const kid of element.kids) {
      if (kid.kids) walk(kid);
      else found[found.length - 1] += pages.get(kid.page).get(kid.mcid) ?? '';
    }
  };
  walk(structureOf(pdf).elements[0]);
  return found.filter(Boolean);
}

// Bookmarks in order: { title, level, page }, page a reference.
export function bookmarksOf(pdf) {
  const found = [];
  const walk = (ref, level) => {
    for (let at = ref; at; at = pdf.get(at)['/Next']) {
      const dict = pdf.get(at);
      found.push({ title: textOf(dict['/Title']), level, page: pdf.get(dict['/Dest'])[0] });
      if (dict['/First']) walk(dict['/First'], level + 1);
    }
  };
  const outlines = pdf.get(pdf.get(pdf.trailer['/Root'])['/Outlines']);
  if (outlines?.['/First']) walk(outlines['/First'], 0);
  return found;
}

// The same file with its artifacts taken out: running heads and feet no longer interrupt the text.
export function withoutArtifacts(bytes) {
  const plain = withFile(bytes, 'a.pdf', (file, dir) => {
    runTool('qpdf', ['--qdf', '--normalize-content=n', '--object-streams=disable', file, path.join(dir, 'plain.pdf')]);
    return fs.readFileSync(path.join(dir, 'plain.pdf'));
  });
  const pdf = objectsOfPdf(bytes);
  for (const page of pagesIn(pdf)) {
    const content = contentOf(pdf, page).subarray(0, -1);
    const start = plain.indexOf(content);
    assert.ok(start >= 0, 'qpdf has written another content');
    let from;
    walkMarks(content, ({ operator, to }, open) => {
      if (operator === 'BMC' && open.at(-1).tag === 'Artifact' && open.length === 1) from = to;
      if (operator !== 'EMC' || open.length !== 1 || open[0].tag !== 'Artifact') return;
      plain.fill(' ', start + from, start + to - 'EMC'.length);
    });
  }
  return plain;
}
