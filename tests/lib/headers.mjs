// The headers every answer carries, whatever it is. The client checks them on each answer it gets,
// so no test can forget to.

export const PAGE_CSP = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
  "font-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'",
  "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');
// Of stored files, which people have sent in: nothing in them may run.
export const FILE_CSP = "sandbox; default-src 'none'; frame-ancestors 'none'";
// The camera is for the scanner's page alone.
export const PERMISSIONS = ['', 'self'].map((who) =>
  `camera=(${who}), microphone=(), geolocation=(), payment=(), usb=()`);

const FIXED = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
const UNWANTED = ['server', 'x-powered-by', 'access-control-allow-origin', 'transfer-encoding'];
// Names of the cookies that mean "somebody is signed in".
export const SESSION_COOKIES = ['signin', 'session', '__Host-signin', '__Host-session'];
// What a script of ours may read: the reader's time zone.
const SCRIPT_COOKIES = ['zone', '__Host-zone'];

const sorted = (csp) => (csp ?? '').split(';').map((part) => part.trim()).filter(Boolean).sort().join('; ');
const list = (value) => (value ?? '').toLowerCase().split(',').map((word) => word.trim());

export function isOwnPath(path) {
  return /^\/(?![/\\])[^\s\u0000-\u001f\u007f]*$/.test(path);
}

function checkType(answer, say) {
  const type = answer.headers['content-type'];
  if (!answer.bytes.length) return;
  if (!type) return say('no Content-Type');
  const needsCharset = /^(text\/|application\/javascript)/.test(type);
  if (needsCharset && !/;\s*charset=utf-8$/i.test(type)) say(`Content-Type without charset: ${type}`);
}

function checkLength(answer, say) {
  const isEmptyByRule = answer.method === 'HEAD' || answer.status === 204 || answer.status === 304;
  const length = answer.headers['content-length'];
  if (isEmptyByRule) {
    if (answer.wireBytes) say(`${answer.wireBytes} bytes of body with ${answer.method} ${answer.status}`);
  } else if (!/^\d+$/.test(length ?? '')) {
    say(`Content-Length is ${length}`);
  } else if (Number(length) !== answer.wireBytes) {
    say(`Content-Length is ${length}, but ${answer.wireBytes} bytes came`);
  }
  if (answer.excessBytes > 0) say(`${answer.excessBytes} bytes after the end of the answer`);
}

function checkCaching(answer, say) {
  const cache = list(answer.headers['cache-control']);
  const vary = list(answer.headers.vary);
  const type = answer.headers['content-type'] ?? '';
  const isAsset = cache.includes('immutable');
  if (isAsset && answer.headers['set-cookie']) say('an immutable answer sets a cookie');
  if (isAsset) return;
  if (answer.hasSession && !cache.includes('no-store')) {
    say(`a session, but Cache-Control is ${answer.headers['cache-control']}`);
  }
  if (answer.hasSession && cache.includes('public')) say('a session, but Cache-Control is public');
  const isDocument = /^(text\/html|application\/(problem\+)?json)/.test(type);
  if (isDocument && !vary.includes('cookie') && !vary.includes('*')) say(`Vary is ${answer.headers.vary}`);
}

function checkCookies(answer, say) {
  for (const line of answer.headers['set-cookie'] ?? []) {
    const [pair, ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const has = (wanted) => attributes.some((attribute) => attribute.toLowerCase() === wanted);
    if (!has('path=/')) say(`cookie ${name} without Path=/`);
    if (!has('samesite=lax') && !has('samesite=strict')) say(`cookie ${name} without SameSite`);
    if (!has('httponly') && !SCRIPT_COOKIES.includes(name)) say(`cookie ${name} without HttpOnly`);
    if (attributes.some((attribute) => /^domain=/i.test(attribute))) say(`cookie ${name} with a Domain`);
    if (answer.isHttps && (!has('secure') || !name.startsWith('__Host-'))) {
      say(`cookie ${name} is not __Host- and Secure`);
    }
  }
}

function checkLocation(answer, say) {
  const location = answer.headers.location;
  const needsOne = [201, 301, 302, 303, 307, 308].includes(answer.status);
  if (needsOne && location === undefined) say(`${answer.status} without Location`);
  if (location === undefined) return;
  const path = location.startsWith(answer.baseUrl) ? location.slice(answer.baseUrl.length) : location;
  if (!isOwnPath(path)) say(`Location leads to ${location}`);
}

// The faults of an answer of the client; empty when there is none.
export function faultsOfHeaders(answer) {
  const faults = [];
  const say = (fault) => faults.push(fault);
  const { headers } = answer;
  const isFile = /^attachment/i.test(headers['content-disposition'] ?? '');
  const csp = headers['content-security-policy'];
  const isRight = sorted(csp) === sorted(PAGE_CSP) || (isFile && sorted(csp) === sorted(FILE_CSP));
  if (!isRight) say(`Content-Security-Policy is ${csp}`);
  for (const [name, value] of Object.entries(FIXED)) {
    if (headers[name] !== value) say(`${name} is ${headers[name]}`);
  }
  for (const name of UNWANTED) if (headers[name] !== undefined) say(`${name} is ${headers[name]}`);
  for (const name of answer.repeatedHeaders) say(`${name} is there twice`);
  if (!PERMISSIONS.includes(headers['permissions-policy'])) say(`permissions-policy is ${headers['permissions-policy']}`);
  if (!/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/.test(headers.date ?? '')) say(`date is ${headers.date}`);
  const hsts = headers['strict-transport-security'];
  if (answer.isHttps && !/max-age=[1-9]\d{6,}/.test(hsts ?? '')) say(`strict-transport-security is ${hsts}`);
  if (!answer.isHttps && hsts !== undefined) say('strict-transport-security without https');
  checkType(answer, say);
  checkLength(answer, say);
  checkCaching(answer, say);
  checkCookies(answer, say);
  checkLocation(answer, say);
  return faults;
}
