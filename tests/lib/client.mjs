// A browser without a screen, and a program that speaks JSON: the client of the HTTP tests.
//
//   const author = new Client(server.url);
//   const page = await author.page('/empathy');            // HTML, checked by html_rules.mjs
//   const form = await author.form('/empathy/submit');     // its fields, as a person sees them
//   form.fill({ title: 'Listening' });
//   const saved = (await form.submit('Save')).expect(303);
//   const same = await author.follow(saved);
//   const list = await author.get('/empathy/submissions'); // JSON
//   await author.post('/empathy/submissions', { title: 'Listening' });
//
// One connection a request. Every answer is checked for the full set of headers, every page for its
// HTML, every JSON error for RFC 9457; a fault throws where the request was made.
import assert from 'node:assert/strict';
import http from 'node:http';
import zlib from 'node:zlib';
import { faultsOfHeaders, SESSION_COOKIES } from './headers.mjs';
import { parsePage } from './html.mjs';
import { faultsOfPage } from './html_rules.mjs';
import { Form, findForm } from './form.mjs';

const TIMEOUT_MS = 30_000;

export class Answer {
  constructor(values) {
    Object.assign(this, values);
  }

  get type() {
    return (this.headers['content-type'] ?? '').split(';')[0].trim();
  }

  get text() {
    return this.bytes.toString('utf8');
  }

  get json() {
    assert.match(this.type, /^application\/(\w+\+)?json$/, `${this.name} did not answer in JSON`);
    return JSON.parse(this.text);
  }

  // The path a redirect or a 201 leads to.
  get location() {
    const location = this.headers.location;
    return location?.startsWith(this.baseUrl) ? location.slice(this.baseUrl.length) || '/' : location;
  }

  get name() {
    return `${this.method} ${this.path}`;
  }

  // Demands a status and returns itself; the message shows what came instead.
  expect(status) {
    if (this.status === status) return this;
    const body = this.root ? this.root.first('main')?.text ?? '' : this.bytes.subarray(0, 600).toString();
    assert.fail(`${this.name}: ${this.status} instead of ${status}\n${body.slice(0, 600)}`);
  }

  // The page's elements, for first(), one() and all(); see html.mjs.
  first(selector) {
    return this.tree.first(selector);
  }

  one(selector) {
    return this.tree.one(selector);
  }

  all(selector) {
    return this.tree.all(selector);
  }

  get tree() {
    assert.ok(this.root, `${this.name} answered ${this.type || 'nothing'}, not a page`);
    return this.root;
  }
}

// Bytes that came beyond status line, headers and body: the start of a second answer.
function countExcess(response, bytes, received) {
  const lines = [`HTTP/1.1 ${response.statusCode} ${response.statusMessage}`];
  for (let i = 0; i < response.rawHeaders.length; i += 2) {
    lines.push(`${response.rawHeaders[i]}: ${response.rawHeaders[i + 1]}`);
  }
  return received - Buffer.byteLength(lines.join('\r\n'), 'latin1') - 4 - bytes.length;
}

function readBody(answer) {
  const encoding = answer.headers['content-encoding'];
  answer.wireBytes = answer.bytes.length;
  if (!encoding || !answer.bytes.length) return;
  assert.equal(encoding, 'gzip', `${answer.name}: Content-Encoding`);
  answer.bytes = zlib.gunzipSync(answer.bytes);
}

function checkProblem(answer) {
  if (answer.status < 400 || !answer.wantsJson || !answer.bytes.length) return;
  assert.equal(answer.type, 'application/problem+json', `${answer.name}: type of the error`);
  const problem = answer.json;
  assert.equal(problem.status, answer.status, `${answer.name}: status within the problem`);
  assert.ok(problem.title, `${answer.name}: title of the problem`);
}

function checkAnswer(answer) {
  const faults = faultsOfHeaders(answer);
  if (answer.type === 'text/html' && answer.bytes.length) {
    try {
      assert.equal(Buffer.from(answer.text).compare(answer.bytes), 0, 'the page is not UTF-8');
      answer.root = parsePage(answer.text);
      faults.push(...faultsOfPage(answer.root));
    } catch (error) {
      faults.push(error.message);
    }
  }
  if (faults.length) {
    assert.fail(`${answer.name} (${answer.status}) has ${faults.length} faults:\n  ${faults.join('\n  ')}`);
  }
  checkProblem(answer);
}

export class Client {
  // url: where the server listens. baseUrl: what it believes to be called, when a proxy stands
  // between. token: a bearer token. headers: sent with every request. localAddress: where from, such
  // as "127.0.0.2": what is limited by address is limited for each of them.
  constructor(url, { baseUrl = url, token, headers = {}, localAddress } = {}) {
    this.url = new URL(url);
    this.localAddress = localAddress;
    this.baseUrl = baseUrl.replace(/\/$/, '');
    this.token = token;
    this.headers = headers;
    this.cookies = new Map();
    this.csrfToken = undefined; // of the last page that had one
  }

  get isSignedIn() {
    return Boolean(this.token) || SESSION_COOKIES.some((name) => this.cookies.has(name));
  }

  // A second window of the same person: same cookies now, its own from here on.
  clone() {
    const twin = new Client(this.url.href, this);
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  // The same person at a copy of the server they signed in to; see startCopy().
  at(server) {
    const twin = this.clone();
    twin.url = new URL(server.url);
    twin.baseUrl = server.url;
    twin.server = server;
    twin.csrfToken = this.csrfToken;
    return twin;
  }

  keepCookies(answer) {
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [pair, ...attributes] = line.split(';').map((part) => part.trim());
      const split = pair.indexOf('=');
      const name = pair.slice(0, split);
      const age = attributes.find((attribute) => /^max-age=/i.test(attribute));
      const isGone = age !== undefined && Number(age.slice(8)) <= 0;
      if (isGone) this.cookies.delete(name);
      else this.cookies.set(name, pair.slice(split + 1));
      if (SESSION_COOKIES.includes(name)) this.csrfToken = undefined;
    }
  }

  requestHeaders(headers, body) {
    const all = { host: new URL(this.baseUrl).host, 'accept-encoding': 'gzip', connection: 'close' };
    if (this.cookies.size) all.cookie = [...this.cookies].map(([n, v]) => `${n}=${v}`).join('; ');
    if (this.token) all.authorization = `Bearer ${this.token}`;
    if (body !== undefined) all['content-length'] = String(Buffer.byteLength(body));
    Object.assign(all, this.headers, headers);
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  }

  // Resolves when the server has closed the connection, so that nothing after the answer is missed.
  send(method, path, headers, body) {
    return new Promise((resolve, reject) => {
      const fail = (error) => reject(new Error(`${method} ${path}: ${error.message}`));
      const request = http.request({
        host: this.url.hostname, port: this.url.port, method, path, headers, agent: false,
        setHost: false, setDefaultHeaders: false, timeout: TIMEOUT_MS, localAddress: this.localAddress,
      });
      let socket;
      request.on('socket', (opened) => { socket = opened; });
      request.on('timeout', () => request.destroy(new Error('no answer in time')));
      request.on('error', fail);
      request.on('response', (response) => {
        const chunks = [];
        const done = () => resolve({ response, bytes: Buffer.concat(chunks), received: socket.bytesRead });
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => (socket.closed || socket.destroyed ? done() : socket.once('close', done)));
      });
      request.end(body);
    });
  }

  // Any request at all. headers with the value undefined are left out. isChecked false: for answers
  // that do not come from the program.
  async request(method, path, { headers = {}, body, isChecked = true } = {}) {
    const sent = this.requestHeaders(headers, body);
    const { response, bytes, received } = await this.send(method, path, sent, body);
    const names = response.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    const answer = new Answer({
      method, path, bytes, status: response.statusCode, headers: response.headers,
      repeatedHeaders: names.filter((name, i) => name !== 'set-cookie' && names.indexOf(name) !== i),
      baseUrl: this.baseUrl, isHttps: this.baseUrl.startsWith('https:'),
      wantsJson: /json/.test(sent.accept ?? '') || /json/.test(sent['content-type'] ?? ''),
      hasSession: this.isSignedIn, root: undefined,
      excessBytes: countExcess(response, bytes, received),
    });
    readBody(answer);
    this.keepCookies(answer);
    answer.hasSession ||= this.isSignedIn;
    if (isChecked) checkAnswer(answer);
    const token = answer.root?.first('input[name="csrf_token"]')?.get('value');
    if (token) this.csrfToken = token;
    return answer;
  }

  // A page, as a browser asks for it. Redirects are not followed.
  page(path, { headers = {} } = {}) {
    return this.request('GET', path, { headers: { accept: 'text/html', ...headers } });
  }

  // JSON.
  get(path, { headers = {} } = {}) {
    return this.request('GET', path, { headers: { accept: 'application/json', ...headers } });
  }

  // Sends JSON. A client with cookies must prove its origin: the token is taken from the last page
  // it saw, else from `page` (the path itself unless named). csrf: another one; null: none.
  async post(path, body = {}, { headers = {}, page = path, csrf } = {}) {
    let token = csrf;
    if (token === undefined && !this.token) token = this.csrfToken ?? await this.findCsrfToken(page);
    const text = JSON.stringify(token ? { ...body, csrf_token: token } : body);
    return this.request('POST', path, {
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers }, body: text,
    });
  }

  async findCsrfToken(path) {
    const answer = await this.page(path);
    assert.ok(this.csrfToken, `${answer.name} (${answer.status}) shows no form with a csrf_token`);
    return this.csrfToken;
  }

  // Sends fields as a browser would, without a form: pairs, or an object.
  postFields(path, fields, { headers = {} } = {}) {
    return this.request('POST', path, {
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(fields).toString(),
    });
  }

  // Opens a page and takes a form of it; see findForm() for `which`.
  async form(path, which) {
    const answer = await this.page(path);
    answer.expect(200);
    return this.formOf(answer, which);
  }

  // A form of a page one already has, such as one shown again with its errors.
  formOf(answer, which) {
    return new Form(this, answer, findForm(answer, which));
  }

  // Goes where a redirect leads, up to five times.
  async follow(answer) {
    let last = answer;
    for (let i = 0; i < 5 && last.location && last.status >= 300; i++) {
      last = await this.page(last.location.split('#')[0]);
    }
    assert.ok(last.status < 300 || last.status >= 400, `${answer.name}: redirects without end`);
    return last;
  }
}
