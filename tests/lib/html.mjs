// A strict reader of HTML. It accepts the subset that cannot be read in two ways: every tag closed,
// every value quoted, every reference known, nothing a browser would have to repair. So a page that
// parses here is the same tree in every browser, and a forgotten escape shows as an error.
// What a good page must have beyond that is html_rules.mjs.

const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
const BLOCK = new Set(('address article aside blockquote details dialog div dl fieldset figure ' +
  'footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul')
  .split(' '));
const RAW = new Set(['script', 'style', 'textarea', 'title']);
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad',
  ndash: '–', mdash: '—', hellip: '…', times: '×', middot: '·', minus: '−', copy: '©', deg: '°',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', larr: '←', rarr: '→', pound: '£', euro: '€',
  lrm: '\u200e', rlm: '\u200f', zwnj: '\u200c', zwj: '\u200d' };

// An element may stand only directly in one of these.
const PARENTS = {
  li: 'ul ol menu', dt: 'dl div', dd: 'dl div', option: 'select optgroup datalist', optgroup: 'select',
  tr: 'thead tbody tfoot', td: 'tr', th: 'tr', thead: 'table', tbody: 'table', tfoot: 'table',
  caption: 'table', colgroup: 'table', col: 'colgroup', legend: 'fieldset', summary: 'details',
  figcaption: 'figure', head: 'html', body: 'html', title: 'head', main: 'body div form',
};
// These may hold only such elements, and no text.
const CHILDREN = {
  html: 'head body', head: 'meta title link script base template noscript', ul: 'li', ol: 'li', menu: 'li',
  dl: 'dt dd div', table: 'caption colgroup thead tbody tfoot', thead: 'tr', tbody: 'tr',
  tfoot: 'tr', tr: 'td th', select: 'option optgroup hr', optgroup: 'option', colgroup: 'col',
};
// These may not stand anywhere inside one of their kind.
const INTERACTIVE = new Set(['a', 'button', 'input', 'select', 'textarea', 'label', 'details']);
const NOT_INSIDE = { form: ['form'], label: ['label'] };

const words = (table) => Object.fromEntries(
  Object.entries(table).map(([key, value]) => [key, new Set(value.split(' '))]));
const MAY_STAND_IN = words(PARENTS);
const MAY_HOLD = words(CHILDREN);

export class HtmlError extends Error {
  constructor(message, source, at) {
    const line = source.slice(0, at).split('\n').length;
    const excerpt = source.slice(Math.max(0, at - 30), at + 50).replace(/\s+/g, ' ');
    super(`line ${line}: ${message}, near "${excerpt}"`);
    this.name = 'HtmlError';
  }
}

export class Element {
  constructor(tag, attributes, parent, line) {
    this.tag = tag;
    this.attributes = attributes; // Map of name to decoded value, "" when it has none
    this.parent = parent;         // null for the root, whose tag is ""
    this.line = line;
    this.children = [];           // Elements and strings (decoded text)
  }

  get id() {
    return this.get('id') ?? '';
  }

  get(name) {
    return this.attributes.get(name);
  }

  has(name) {
    return this.attributes.has(name);
  }

  // Every element below this one, in document order.
  *descendants() {
    for (const child of this.children) {
      if (typeof child === 'string') continue;
      yield child;
      yield* child.descendants();
    }
  }

  *ancestors() {
    for (let node = this.parent; node && node.tag; node = node.parent) yield node;
  }

  closest(tag) {
    for (const node of this.ancestors()) if (node.tag === tag) return node;
    return null;
  }

  // Text as written, scripts and styles left out.
  get rawText() {
    return this.children.map((child) => {
      if (typeof child === 'string') return child;
      return child.tag === 'script' || child.tag === 'style' ? '' : child.rawText;
    }).join('');
  }

  // Text as read: white space collapsed.
  get text() {
    return this.rawText.replace(/[ \t\r\n\f]+/g, ' ').trim();
  }

  all(selector) {
    const matches = compile(selector);
    return [...this.descendants()].filter(matches);
  }

  // The first match, or null.
  first(selector) {
    const matches = compile(selector);
    for (const node of this.descendants()) if (matches(node)) return node;
    return null;
  }

  // The only match; anything else is an error that names the selector.
  one(selector) {
    const found = this.all(selector);
    if (found.length !== 1) throw new Error(`${found.length} elements match ${selector}, not one`);
    return found[0];
  }
}

// Selectors: tag, #id, .class, [attr], [attr="value"], joined as "a b" or "a, b".
const SIMPLE = /([a-z][a-z0-9-]*|\*)|#([\w-]+)|\.([\w-]+)|\[([\w:-]+)(?:="([^"]*)")?\]/gy;

function compileCompound(text) {
  const tests = [];
  let at = 0;
  while (at < text.length) {
    SIMPLE.lastIndex = at;
    const found = SIMPLE.exec(text);
    if (!found) throw new Error(`selector not understood: ${text}`);
    const [, tag, id, name, attribute, value] = found;
    if (tag && tag !== '*') tests.push((n) => n.tag === tag);
    if (id) tests.push((n) => n.id === id);
    if (name) tests.push((n) => (n.get('class') ?? '').split(/\s+/).includes(name));
    if (attribute && value === undefined) tests.push((n) => n.has(attribute));
    if (attribute && value !== undefined) tests.push((n) => n.get(attribute) === value);
    at = SIMPLE.lastIndex;
  }
  return (node) => tests.every((test) => test(node));
}

// Splits outside of quotes and brackets.
function splitSelector(text, separator) {
  const parts = text.match(/(?:\[[^\]]*\]|[^[])+?/g).reduce((done, piece) => {
    if (piece === separator) return [...done, ''];
    return [...done.slice(0, -1), done[done.length - 1] + piece];
  }, ['']);
  return parts.map((part) => part.trim()).filter(Boolean);
}

function compile(selector) {
  const alternatives = splitSelector(selector, ',').map((alternative) => {
    const chain = splitSelector(alternative, ' ').map(compileCompound);
    const last = chain.pop();
    return (node) => {
      if (!last(node)) return false;
      let left = chain.length;
      for (const above of node.ancestors()) {
        if (left && chain[left - 1](above)) left--;
      }
      return left === 0;
    };
  });
  return (node) => alternatives.some((matches) => matches(node));
}

class Parser {
  constructor(source) {
    this.source = source;
    this.at = 0;
    this.root = new Element('', new Map(), null, 1);
    this.open = this.root;
    this.counted = { at: 0, line: 1 };
  }

  // Counts on from the last call: positions only grow.
  lineOf(position) {
    const { at, line } = this.counted;
    const breaks = this.source.slice(at, position).split('\n').length - 1;
    this.counted = { at: position, line: line + breaks };
    return this.counted.line;
  }

  fail(message, at = this.at) {
    throw new HtmlError(message, this.source, at);
  }

  match(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  decode(text, from) {
    return text.replace(/&(?:#x([0-9a-f]+);|#([0-9]+);|([a-z]+);)?/gi, (whole, hex, decimal, name, offset) => {
      const at = from + offset;
      if (name) {
        if (!Object.hasOwn(NAMED, name)) this.fail(`unknown reference ${whole}`, at);
        return NAMED[name];
      }
      if (!hex && !decimal) this.fail('a bare &: write &amp;', at);
      const code = hex ? parseInt(hex, 16) : Number(decimal);
      const isBad = code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ||
        (code < 32 && code !== 9 && code !== 10) || (code >= 0x7f && code <= 0x9f);
      if (isBad) this.fail(`reference to a forbidden character ${whole}`, at);
      return String.fromCodePoint(code);
    });
  }

  isForeign() {
    return this.open.tag === 'svg' || this.open.closest('svg') !== null;
  }

  addText(text, from) {
    const decoded = this.decode(text, from);
    if (/\S/.test(decoded)) {
      if (this.open === this.root) this.fail('text outside the document', from);
      if (MAY_HOLD[this.open.tag]) this.fail(`text directly in <${this.open.tag}>`, from);
    }
    this.open.children.push(decoded);
  }

  checkPlace(tag, from) {
    const parent = this.open.tag;
    if (MAY_STAND_IN[tag] && !MAY_STAND_IN[tag].has(parent)) {
      this.fail(`<${tag}> directly in <${parent}>`, from);
    }
    const isData = tag === 'template' || tag === 'script';
    if (MAY_HOLD[parent] && !MAY_HOLD[parent].has(tag) && !isData) {
      this.fail(`<${tag}> directly in <${parent}>`, from);
    }
    const inside = [this.open, ...this.open.ancestors()].map((node) => node.tag);
    if (BLOCK.has(tag) && inside.includes('p')) this.fail(`<${tag}> inside <p>`, from);
    if (INTERACTIVE.has(tag) && (inside.includes('a') || inside.includes('button'))) {
      this.fail(`<${tag}> inside <a> or <button>`, from);
    }
    for (const other of NOT_INSIDE[tag] ?? []) {
      if (inside.includes(other)) this.fail(`<${tag}> inside <${other}>`, from);
    }
  }

  readAttributes(isForeign) {
    const attributes = new Map();
    for (;;) {
      const space = this.match(/\s*/y)[0];
      if (this.match(/(?=\/?>)/y)) return attributes;
      const start = this.at;
      const name = this.match(/[a-zA-Z_:][-\w:.]*/y)?.[0];
      if (!name) this.fail('not an attribute');
      if (!space) this.fail('no space before an attribute', start);
      if (attributes.has(name)) this.fail(`attribute ${name} twice`, start);
      if (!isForeign && name !== name.toLowerCase()) {
        this.fail(`attribute ${name} in upper case`, start);
      }
      let value = '';
      if (this.match(/\s*=\s*/y)) {
        const from = this.at + 1;
        const quoted = this.match(/"([^"]*)"|'([^']*)'/y);
        if (!quoted) this.fail(`value of ${name} without quotes`);
        const text = quoted[1] ?? quoted[2];
        if (text.includes('<')) this.fail(`a bare < in the value of ${name}`, from);
        value = this.decode(text, from);
      }
      attributes.set(name, value);
    }
  }

  // The text of script, style, textarea and title, up to their end tag.
  readRaw(element) {
    const start = this.at;
    const end = this.source.indexOf(`</${element.tag}>`, start);
    if (end < 0) this.fail(`<${element.tag}> is not closed`, start);
    const text = this.source.slice(start, end);
    const isCode = element.tag === 'script' || element.tag === 'style';
    if (!isCode && text.includes('<')) this.fail(`a bare < in <${element.tag}>`, start + text.indexOf('<'));
    element.children.push(isCode ? text : this.decode(text, start));
    this.at = end + element.tag.length + 3;
  }

  // A browser drops a line break directly after these tags.
  skipFirstBreak(tag) {
    if (tag === 'textarea' || tag === 'pre') this.match(/\r?\n|&#(?:10|x0*a);/yi);
  }

  readStart(from) {
    const tag = this.match(/[a-zA-Z][a-zA-Z0-9-]*/y)[0];
    if (tag !== tag.toLowerCase() && !this.isForeign()) this.fail(`<${tag}> in upper case`, from);
    if (!this.isForeign()) this.checkPlace(tag, from);
    const isForeign = tag === 'svg' || this.isForeign();
    const attributes = this.readAttributes(isForeign);
    const isClosed = Boolean(this.match(/\//y));
    if (!this.match(/>/y)) this.fail(`<${tag}> is not closed by >`);
    const element = new Element(tag, attributes, this.open, this.lineOf(from));
    this.open.children.push(element);
    if (isClosed && !isForeign && !VOID.has(tag)) this.fail(`<${tag}/> closes nothing`, from);
    if (isClosed || VOID.has(tag)) return;
    this.skipFirstBreak(tag);
    if (RAW.has(tag) && !isForeign) this.readRaw(element);
    else this.open = element;
  }

  readEnd(from) {
    const tag = this.match(/[a-zA-Z][a-zA-Z0-9-]*/y)?.[0];
    if (!tag || !this.match(/\s*>/y)) this.fail('not an end tag', from);
    if (tag !== this.open.tag) {
      const opened = this.open.tag ? `<${this.open.tag}> of line ${this.open.line}` : 'nothing';
      this.fail(`</${tag}> while ${opened} is open`, from);
    }
    this.open = this.open.parent;
  }

  parse() {
    const forbidden = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\ufffe\uffff]/.exec(this.source);
    if (forbidden) this.fail('a control character', forbidden.index);
    while (this.at < this.source.length) {
      const from = this.at;
      const text = this.match(/[^<]+/y);
      if (text) this.addText(text[0], from);
      else if (this.match(/<!--/y)) {
        if (!this.match(/(?:(?!--)[^])*-->/y)) this.fail('a comment is not closed', from);
      } else if (this.match(/<\//y)) this.readEnd(from);
      else if (this.match(/<(?=[a-zA-Z])/y)) this.readStart(from);
      else this.fail('a bare <: write &lt;');
    }
    if (this.open !== this.root) {
      this.fail(`<${this.open.tag}> of line ${this.open.line} is not closed`);
    }
    return this.root;
  }
}

// A part of a page. The root has the tag "" and the top elements as children.
export function parseFragment(source) {
  const parser = new Parser(source);
  parser.open = new Element('body', new Map(), parser.root, 1);
  const holder = parser.open;
  parser.root.children.push(holder);
  parser.source += '</body>';
  parser.parse();
  return holder;
}

// A whole page; the result is its root, above <html>.
export function parsePage(source) {
  const doctype = /^\s*<!doctype html>/i.exec(source);
  if (!doctype) throw new HtmlError('no <!doctype html> first', source, 0);
  const blank = doctype[0].replace(/\S/g, ' ');
  return new Parser(blank + source.slice(doctype[0].length)).parse();
}
