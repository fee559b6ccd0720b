// A small site that keeps every rule of the client, and breaks one on request: ?break=NAME.
import http from 'node:http';
import net from 'node:net';
import zlib from 'node:zlib';
import { FILE_CSP, PAGE_CSP, PERMISSIONS } from '../headers.mjs';

const TOKEN = 'token-of-the-site';

export function pageOf(main, { title = 'A page', head = '' } = {}) {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>${head}</head>
<body><main><h1>${title}</h1>${main}</main></body></html>
`;
}

export const bigForm = `<form method="post" action="/echo" enctype="multipart/form-data" id="big">
<input type="hidden" name="csrf_token" value="${TOKEN}">
<p><label for="t">Title</label> <input id="t" name="title" value="A &amp; B &quot;c&quot;"></p>
<p><label for="b">Text</label> <textarea id="b" name="body">
one
two &lt;3</textarea></p>
<p><label><input type="checkbox" name="is_poster" value="1"> Poster</label></p>
<fieldset><legend>Themes</legend>
<label><input type="checkbox" name="theme" value="T" checked> Teaching</label>
<label><input type="checkbox" name="theme" value="R"> Research</label></fieldset>
<fieldset><legend>Format</legend>
<label><input type="radio" name="format" value="talk" checked> Talk</label>
<label><input type="radio" name="format" value="poster"> Poster</label>
<label><input type="radio" name="format" value="none" disabled> None</label></fieldset>
<p><label for="s">Room</label> <select id="s" name="room"><option value="">Any</option><option value="7">Seven</option></select></p>
<p><label for="m">Days</label> <select id="m" name="day" multiple><option>Mon</option><option selected>Tue</option></select></p>
<p><label for="f">File</label> <input id="f" type="file" name="poster"></p>
<fieldset disabled><legend>Closed</legend><label>Late <input name="late" value="x"></label></fieldset>
<p><label for="o">Off</label> <input id="o" name="off" value="x" disabled></p>
<p><button name="do" value="save">Save</button> <button name="do" value="author.add" formaction="/echo?row">Add an author</button>
<button type="button" name="no" value="1">Nothing</button></p>
</form>
<p><label for="x">Outside</label> <input id="x" name="outside" value="far" form="big"></p>`;

const smallForm = `<form method="post" action="/echo" id="small"><input type="hidden" name="csrf_token" value="${TOKEN}">
<label>Name <input name="name" value="Łukasz" required></label> <button>Send</button></form>
<form action="/echo"><label>Search <input name="q" type="search"></label> <button>Search</button></form>`;

const signInForm = `<form method="post"><input type="hidden" name="csrf_token" value="${TOKEN}"><button>Sign in</button></form>`;

const PAGES = {
  '/': pageOf('<p>Hello</p>'), '/big': pageOf(bigForm), '/small': pageOf(smallForm),
  '/signin/chairlinkchairlinkchairlink': pageOf(signInForm),
  '/badpage': pageOf('<img src="/x.png"><p style="color:red">red</p>'),
  '/broken': pageOf('<p>a < b</p>'),
  // For the browser.
  '/script': pageOf('<p id="out">no script</p>', { head: '<script src="/good.js" defer></script>' }),
  '/grey': pageOf('<p class="grey">Hardly to be seen</p>', { head: '<link rel="stylesheet" href="/grey.css">' }),
  '/wide': pageOf(`<pre id="long">${'x'.repeat(500)}</pre>`),
  '/inline': pageOf('<p style="color:red">red</p>'),
  '/throws': pageOf('<p>a</p>', { head: '<script src="/throws.js" defer></script>' }),
  '/abroad': pageOf('<p>a</p>', { head: '<script src="/abroad.js" defer></script>' }),
};

const ASSETS = {
  '/good.js': ['text/javascript', "document.getElementById('out').textContent = 'script';"],
  '/throws.js': ['text/javascript', "throw new Error('thrown on purpose');"],
  '/abroad.js': ['text/javascript', "fetch('http://example.org/').catch(() => {});"],
  '/grey.css': ['text/css', '.grey { color: #ddd; background: #fff }'],
  '/favicon.ico': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
};

// What a test can ask to be wrong: each turns right headers into wrong ones.
export const BREAKS = {
  csp: (h) => { h['Content-Security-Policy'] = PAGE_CSP.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"); },
  nosniff: (h) => { delete h['X-Content-Type-Options']; },
  referrer: (h) => { h['Referrer-Policy'] = 'no-referrer'; },
  coop: (h) => { delete h['Cross-Origin-Opener-Policy']; },
  corp: (h) => { delete h['Cross-Origin-Resource-Policy']; },
  frame: (h) => { delete h['X-Frame-Options']; },
  permissions: (h) => { h['Permissions-Policy'] = 'camera=*'; },
  date: (h) => { delete h.Date; },
  server: (h) => { h.Server = 'civetweb/1.15'; },
  vary: (h) => { h.Vary = 'Accept'; },
  charset: (h) => { h['Content-Type'] = 'text/html'; },
  length: (h) => { delete h['Content-Length']; },
  store: (h) => { h['Cache-Control'] = 'no-cache'; h['Set-Cookie'] = 'signin=abc; Path=/; HttpOnly; SameSite=Lax'; },
  httponly: (h) => { h['Set-Cookie'] = 'visitor=abc; Path=/; SameSite=Lax'; },
  samesite: (h) => { h['Set-Cookie'] = 'visitor=abc; Path=/; HttpOnly'; },
  domain: (h) => { h['Set-Cookie'] = 'visitor=abc; Path=/; HttpOnly; SameSite=Lax; Domain=x.example'; },
  hsts: (h) => { h['Strict-Transport-Security'] = 'max-age=31536000'; },
  location: (h) => { h.Location = '//evil.example/'; },
  twice: (h) => { h['X-Content-Type-Options'] = ['nosniff', 'nosniff']; },
  cors: (h) => { h['Access-Control-Allow-Origin'] = '*'; },
};

const read = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const json = (value, type = 'application/json') => ({ type, body: Buffer.from(JSON.stringify(value)) });
const html = (body) => ({ type: 'text/html; charset=utf-8', body: Buffer.from(body) });

async function answerTo(request, url, state) {
  const body = await read(request);
  const wantsJson = /json/.test(request.headers.accept ?? '');
  if (url.pathname === '/state') return json(state());
  if (url.pathname === '/echo') {
    return json({ method: request.method, query: url.search, headers: request.headers, body: body.toString('latin1') });
  }
  if (url.pathname === '/api' && wantsJson) return json({ n: 1 });
  if (url.pathname === '/wrong') return { status: 422, ...json({ status: 422, title: 'Look again' }, 'application/problem+json') };
  if (url.pathname === '/wrong-type') return { status: 404, ...json({ error: 'no' }) };
  if (url.pathname === '/file') {
    return { type: 'application/pdf', body: Buffer.from('%PDF'), headers: { 'Content-Security-Policy': FILE_CSP, 'Content-Disposition': 'attachment; filename="a.pdf"' } };
  }
  if (url.pathname === '/go') return { status: 303, body: Buffer.alloc(0), headers: { Location: '/' } };
  if (url.pathname === '/out') return { status: 303, body: Buffer.alloc(0), headers: { Location: '/', 'Set-Cookie': 'signin=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0' } };
  if (request.method === 'POST' && url.pathname.startsWith('/signin/')) {
    return { status: 303, body: Buffer.alloc(0), headers: { Location: '/', 'Set-Cookie': 'signin=abc; Path=/; HttpOnly; SameSite=Lax' } };
  }
  const asset = ASSETS[url.pathname];
  if (asset) return { type: `${asset[0]}; charset=utf-8`, body: Buffer.from(asset[1]) };
  if (url.pathname === '/scanner') return { ...html(pageOf('<p>Scan</p>')), headers: { 'Permissions-Policy': PERMISSIONS[1] } };
  const page = PAGES[url.pathname];
  return page ? html(page) : { status: 404, ...html(pageOf('<p>Nothing is here.</p>', { title: 'Not found' })) };
}

function headersOf(answer, request) {
  const headers = {
    'Content-Security-Policy': PAGE_CSP, 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY', 'Permissions-Policy': PERMISSIONS[0], Date: new Date().toUTCString(), Vary: 'Accept, Cookie', 'Cache-Control': 'no-store',
  };
  if (answer.type) headers['Content-Type'] = answer.type;
  if (/gzip/.test(request.headers['accept-encoding'] ?? '') && answer.body.length > 500) {
    answer.body = zlib.gzipSync(answer.body);
    headers['Content-Encoding'] = 'gzip';
  }
  headers['Content-Length'] = answer.body.length;
  return Object.assign(headers, answer.headers);
}

// A server that says the same bytes to everybody and closes: { url, close }.
export async function startSayer(bytes) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(bytes));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

// Resolves to { url, close }. state: what /state tells.
export async function startSite({ state = () => ({}) } = {}) {
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://site');
    const answer = await answerTo(request, url, state);
    const headers = headersOf(answer, request);
    BREAKS[url.searchParams.get('break')]?.(headers);
    response.sendDate = false;
    response.writeHead(answer.status ?? 200, headers);
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
