// The client finds every fault it promises to find, and sends forms as a browser does.
import { test, afterFile, assert } from '../test.mjs';
import { Client } from '../client.mjs';
import { multipart, urlencoded } from '../form.mjs';
import { rawExchange, statusesOf } from '../raw.mjs';
import { BREAKS, startSayer, startSite } from './site.mjs';

const site = await startSite();
afterFile(() => site.close());
const client = () => new Client(site.url);

test('a page with every header is accepted', async () => {
  const answer = (await client().page('/')).expect(200);
  assert.equal(answer.one('h1').text, 'A page');
});

for (const name of Object.keys(BREAKS)) {
  test(`an answer with a wrong header is refused: ${name}`, async () => {
    await assert.rejects(client().page(`/?break=${name}`), /faults/);
  });
}

const sayings = {
  'a second answer behind the first': ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n', /bytes after the end|Parse Error/],
  'fewer bytes than announced': ['HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok', /aborted/],
  'a body without a length': ['HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nok', /Content-Length is undefined/],
  'not HTTP at all': ['hello', /Parse Error/],
};
for (const [name, [bytes, message]] of Object.entries(sayings)) {
  test(`a badly framed answer is refused: ${name}`, async (t) => {
    const sayer = await startSayer(bytes);
    t.after(sayer.close);
    await assert.rejects(new Client(sayer.url).page('/'), message);
  });
}

test('raw bytes can be exchanged and the answers counted', async (t) => {
  const sayer = await startSayer('HTTP/1.1 400 Bad Request\r\n\r\nno');
  t.after(sayer.close);
  const text = await rawExchange(sayer.url, ['GET / HTTP/1.1\r\n', 'Host: a\r\nHost: b\r\n\r\n']);
  assert.deepEqual(statusesOf(text), [400]);
});

test('a HEAD answer without a body is accepted', async () => {
  const answer = (await client().request('HEAD', '/')).expect(200);
  assert.equal(answer.bytes.length, 0);
});

test('a page with faulty HTML is refused with its line', async () => {
  await assert.rejects(client().page('/badpage'), /line 4: <img> has no alt[^]*style attribute/);
  await assert.rejects(client().page('/broken'), /line 4: a bare </);
});

test('a stored file may carry the sandbox policy, a page may not', async () => {
  (await client().page('/file')).expect(200);
});

test('an answer in JSON is parsed and an error must be problem+json', async () => {
  assert.deepEqual((await client().get('/api')).json, { n: 1 });
  assert.equal((await client().get('/wrong')).expect(422).json.title, 'Look again');
  await assert.rejects(client().get('/wrong-type'), /type of the error/);
});

test('expect() shows what came instead', async () => {
  const answer = await client().page('/nowhere');
  assert.throws(() => answer.expect(200), /404 instead of 200[^]*Nothing is here/);
});

test('cookies are kept, sent back and deleted', async () => {
  const c = client();
  const form = await c.form('/signin/chairlinkchairlinkchairlink');
  (await form.submit()).expect(303);
  assert.equal(c.isSignedIn, true);
  assert.equal((await c.get('/echo')).json.headers.cookie, 'signin=abc');
  const twin = c.clone();
  await c.page('/out');
  assert.equal(c.isSignedIn, false);
  assert.equal(twin.isSignedIn, true);
});

test('a redirect is followed only when asked', async () => {
  const c = client();
  const answer = (await c.page('/go')).expect(303);
  assert.equal(answer.location, '/');
  assert.equal((await c.follow(answer)).path, '/');
});

test('a bearer token is sent and no csrf_token with it', async () => {
  const program = new Client(site.url, { token: 'secret' });
  const sent = (await program.post('/echo', { a: 1 })).json;
  assert.equal(sent.headers.authorization, 'Bearer secret');
  assert.equal(sent.body, '{"a":1}');
});

test('posting JSON with cookies takes the csrf_token from a page', async () => {
  const c = client();
  const sent = (await c.post('/echo', { a: 1 }, { page: '/small' })).json;
  assert.deepEqual(JSON.parse(sent.body), { a: 1, csrf_token: 'token-of-the-site' });
  const bare = (await c.post('/echo', { a: 1 }, { csrf: null })).json;
  assert.equal(bare.body, '{"a":1}');
  await assert.rejects(client().post('/echo', {}, { page: '/' }), /shows no form with a csrf_token/);
});

test('a form is read with its values', async () => {
  const form = await client().form('/big');
  assert.equal(form.get('title'), 'A & B "c"');
  assert.equal(form.get('body'), 'one\ntwo <3');
  assert.equal(form.get('is_poster'), false);
  assert.deepEqual(form.get('theme'), ['T']);
  assert.equal(form.get('format'), 'talk');
  assert.equal(form.get('room'), '');
  assert.deepEqual(form.get('day'), ['Tue']);
  assert.deepEqual(form.options('room'), ['', '7']);
});

const partsOf = ({ headers, body }) => {
  const boundary = /boundary=(.+)$/.exec(headers['content-type'])[1];
  return body.split(`--${boundary}`).slice(1, -1).map((part) => part.slice(2, -2));
};

test('a form goes out as multipart in document order', async () => {
  const form = await client().form('/big');
  form.fill({ title: 'Łukasz', theme: ['T', 'R'], format: 'poster', room: '7', day: ['Mon', 'Tue'] });
  form.set('is_poster', true).set('poster', { name: 'a "b".pdf', type: 'application/pdf', bytes: Buffer.from([0, 13, 10, 255]) });
  const parts = partsOf((await form.submit('Save')).json);
  const head = (name) => `Content-Disposition: form-data; name="${name}"`;
  assert.deepEqual(parts, [
    `${head('csrf_token')}\r\n\r\ntoken-of-the-site`,
    `${head('title')}\r\n\r\n${Buffer.from('Łukasz').toString('latin1')}`,
    `${head('body')}\r\n\r\none\r\ntwo <3`,
    `${head('is_poster')}\r\n\r\n1`,
    `${head('theme')}\r\n\r\nT`, `${head('theme')}\r\n\r\nR`,
    `${head('format')}\r\n\r\nposter`,
    `${head('room')}\r\n\r\n7`,
    `${head('day')}\r\n\r\nMon`, `${head('day')}\r\n\r\nTue`,
    `${head('poster')}; filename="a %22b%22.pdf"\r\nContent-Type: application/pdf\r\n\r\n\x00\r\n\xff`,
    `${head('do')}\r\n\r\nsave`,
    `${head('outside')}\r\n\r\nfar`,
  ]);
});

test('an empty file field is sent as a browser sends it', async () => {
  const form = await client().form('/big');
  const parts = partsOf((await form.submit('Save')).json);
  assert.ok(parts.includes('Content-Disposition: form-data; name="poster"; filename=""\r\n' +
    'Content-Type: application/octet-stream\r\n\r\n'));
});

test('a button may lead elsewhere and only the pressed one is sent', async () => {
  const form = await client().form('/big');
  const sent = (await form.submit('Add an author')).json;
  assert.equal(sent.query, '?row');
  assert.match(sent.body, /name="do"\r\n\r\nauthor\.add/);
  assert.doesNotMatch(sent.body, /name="no"|name="off"|name="late"/);
  await assert.rejects(async () => form.submit('Delete'), /0 buttons are "Delete"; there are: "Save" "Add an author"/);
});

test('a form goes out urlencoded with its origin', async () => {
  const form = await client().form('/small');
  const sent = (await form.set('name', 'Nguyễn & Co').submit()).json;
  assert.equal(sent.body, 'csrf_token=token-of-the-site&name=Nguy%E1%BB%85n+%26+Co');
  assert.equal(sent.headers.origin, site.url);
  assert.equal(sent.headers.referer, `${site.url}/small`);
});

test('a form with method get becomes a query', async () => {
  const form = await client().form('/small', (node) => !node.has('method'));
  assert.equal((await form.set('q', 'two words').submit()).json.query, '?q=two+words');
});

test('a person cannot fill in what the page does not offer', async () => {
  const form = await client().form('/big');
  assert.throws(() => form.set('nothing', 'x'), /no field nothing/);
  assert.throws(() => form.set('csrf_token', 'x'), /hidden/);
  assert.throws(() => form.set('off', 'y'), /disabled/);
  assert.throws(() => form.set('room', '9'), /does not offer 9/);
  assert.throws(() => form.set('theme', 'Z'), /does not offer Z/);
  const small = await client().form('/small');
  assert.throws(() => small.set('name', '').submit(), /would not send/);
  await assert.rejects(client().form('/'), /0 forms/);
});

test('tampering is possible when it is meant', async () => {
  const form = await client().form('/small');
  const sent = (await form.force('csrf_token', 'wrong').force('role', 'chair').submit()).json;
  assert.equal(sent.body, 'name=%C5%81ukasz&csrf_token=wrong&role=chair');
});

test('line breaks go out as CRLF in both encodings', () => {
  assert.equal(urlencoded([['a', 'x\ny']]).body, 'a=x%0D%0Ay');
  assert.match(multipart([['a', 'x\ry']]).body.toString(), /\r\n\r\nx\r\ny\r\n/);
});
