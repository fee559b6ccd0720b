// The way of an abstract: written before there is an account, proved, sent, changed, withdrawn.
import { test, assert } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { openSignInLink, signIn } from '../lib/signin.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const DAY_MS = 86_400_000;
const TEXT = {
  title: 'Listening while typing', type: 'abstract', abstract: 'Background. We type while people speak. '.repeat(5),
  keywords: 'attention, records', theme: ['research', 'policy'],
};
const AUTHOR = {
  'author.0.name': 'Đặng Thị Ngọc', 'author.0.email': 'ngoc@example.org',
  'author.0.affiliations': 'Sông Hàn Clinic, Đà Nẵng\nUniversity of Somewhere', 'author.0.is_presenting': true,
};
const server = await startServer({ stage: 'call', now: NOW });
const codeOf = (answer) => /submissions\/([0-9A-Z]{9})/.exec(answer.location)[1];
const linkTo = (email, template) => {
  const [row] = server.rows(`SELECT model FROM outbox WHERE to_email = ${quote(email)} AND template = ${quote(template)}
    ORDER BY id DESC LIMIT 1`);
  return new URL(JSON.parse(row.model).link).pathname;
};

async function writeAsStranger(client, email, values = {}, button = 'do=save') {
  const form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  form.fill({ ...TEXT, ...AUTHOR, email, name: 'Đặng Thị Ngọc', ...values });
  return form.submit(button);
}

test('a stranger writes first, saves, and only then proves the address', async () => {
  const client = server.client();
  const saved = (await writeAsStranger(client, 'ngoc@example.org')).expect(303);
  const code = codeOf(saved);
  const page = await client.form(saved.location, saved.location);
  assert.equal(page.get('title'), TEXT.title);
  assert.equal(page.get('abstract'), TEXT.abstract.trim());
  assert.deepEqual(page.get('theme'), ['research', 'policy']);
  assert.equal(page.get('author.0.affiliations').replace(/\r/g, ''), AUTHOR['author.0.affiliations']);

  const other = server.client();
  (await other.page(`/empathy/submissions/${code}`)).expect(404);
  (await other.get(`/empathy/submissions/${code}`)).expect(404);

  const phone = server.client();
  const signedIn = await openSignInLink(phone, linkTo('ngoc@example.org', 'draft'));
  assert.equal(signedIn.location, `/empathy/submissions/${code}`);
  const mine = (await phone.get(`/empathy/submissions/${code}`)).expect(200).json.submission;
  assert.equal(mine.abstract, TEXT.abstract.trim());
  assert.equal(mine.is_own, true);
  (await client.page(`/empathy/submissions/${code}`)).expect(404);
});

test('an account that has the address learns nothing of the text until the link is followed', async () => {
  const owner = server.client();
  await signIn(owner, 'owner@example.org');
  const code = codeOf((await writeAsStranger(server.client(), 'owner@example.org')).expect(303));
  (await owner.get(`/empathy/submissions/${code}`)).expect(404);
  assert.deepEqual((await owner.get('/empathy/submissions')).json.submissions, []);
  await openSignInLink(owner, linkTo('owner@example.org', 'draft'));
  (await owner.get(`/empathy/submissions/${code}`)).expect(200);
});

test('saving needs nothing but an address; sending names everything that is missing', async () => {
  const client = server.client();
  const form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  const refused = (await form.fill({ title: 'Half a thought' }).submit('do=save')).expect(422);
  assert.match(refused.one('.summary').text, /Give your e-mail address/);
  const again = client.formOf(refused, '/empathy/submissions/new');
  assert.equal(again.get('title'), 'Half a thought');
  const saved = (await again.fill({ email: 'half@example.org' }).submit('do=save')).expect(303);
  const editor = await client.form(saved.location, saved.location);
  const unsent = (await editor.submit('do=submit')).expect(422);
  const words = unsent.one('.summary').text;
  for (const part of ['present it', 'abstract', 'theme', 'authors']) assert.match(words, new RegExp(part, 'i'));
  assert.match(unsent.one('title').text, /^Error: /);
  (await client.formOf(unsent, saved.location).submit('do=save')).expect(303);
});

test('over the word limit a draft is saved and sending says how many words to cut', async () => {
  const client = await server.signInAs('author');
  const long = 'word '.repeat(263);
  const answer = (await client.post('/empathy/submissions/new', {
    ...TEXT, abstract: long, do: 'submit', author: [{ name: 'Ada', affiliations: 'Somewhere', is_presenting: true }],
  }, { page: '/empathy/submissions/new' })).expect(422);
  assert.match(answer.json.fields.abstract, /13 words over the limit of 250/);
  const saved = (await client.post('/empathy/submissions/new', { ...TEXT, abstract: long, do: 'save' })).expect(201);
  assert.match(saved.location, /\/edit$/);
});

test('a signed-in author sends, changes and sends again; every version stays', async () => {
  const client = await server.signInAs('author');
  const form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  form.fill({ ...TEXT, ...AUTHOR });
  const sent = (await form.submit('do=submit')).expect(303);
  const code = codeOf(sent);
  const shown = (await client.get(`/empathy/submissions/${code}`)).expect(200).json.submission;
  assert.equal(shown.state, 'submitted');
  assert.deepEqual(shown.themes.map((theme) => theme.code), ['research', 'policy']);
  assert.equal(shown.authors[0].affiliations.length, 2);

  const editor = await client.form(`/empathy/submissions/${code}/edit`, `/empathy/submissions/${code}/edit`);
  (await editor.fill({ title: 'Listening, then typing' }).submit('do=submit')).expect(303);
  const versions = (await client.get(`/empathy/submissions/${code}`)).json.submission.versions;
  assert.deepEqual(versions.map((version) => version.title), ['Listening, then typing', TEXT.title]);
  const receipts = server.rows(`SELECT model FROM outbox WHERE template = 'submission_received'
    AND model LIKE ${quote(`%${code}%`)}`);
  assert.equal(receipts.length, 2);
});

test('authors are added, moved and removed by buttons, and nothing typed is lost', async () => {
  const client = await server.signInAs('author');
  let form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  form.fill({ ...TEXT, ...AUTHOR });
  let page = (await form.submit('do=author.add')).expect(200);
  form = client.formOf(page, '/empathy/submissions/new');
  form.fill({ 'author.1.name': 'Ægir Sturluson', 'author.1.affiliations': 'Akureyri' });
  page = (await form.submit('do=author.1.up')).expect(200);
  form = client.formOf(page, '/empathy/submissions/new');
  assert.equal(form.get('author.0.name'), 'Ægir Sturluson');
  assert.equal(form.get('author.1.name'), AUTHOR['author.0.name']);
  assert.equal(form.get('abstract'), TEXT.abstract.trim());
  page = (await form.submit('do=author.0.remove')).expect(200);
  form = client.formOf(page, '/empathy/submissions/new');
  assert.equal(form.get('author.0.name'), AUTHOR['author.0.name']);
  assert.ok(!form.has('author.1.name'));
});

test('two windows: the stale one is told, shown both texts, and may then save', async () => {
  const client = await server.signInAs('author');
  const code = codeOf((await client.post('/empathy/submissions/new', { ...TEXT, do: 'save' },
    { page: '/empathy/submissions/new' })).expect(201));
  const path = `/empathy/submissions/${code}/edit`;
  const [first, second] = [await client.form(path, path), await client.form(path, path)];
  (await first.fill({ title: 'From the first window' }).submit('do=save')).expect(303);
  const stale = (await second.fill({ title: 'From the second window' }).submit('do=save')).expect(409);
  assert.match(stale.one('main').text, /From the first window/);
  const again = client.formOf(stale, path);
  assert.equal(again.get('title'), 'From the second window');
  (await again.submit('do=save')).expect(303);
  assert.equal((await client.form(path, path)).get('title'), 'From the second window');
});

test('withdrawn and brought back as it was', async () => {
  const client = await server.signInAs('author');
  const form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  const code = codeOf((await form.fill({ ...TEXT, ...AUTHOR }).submit('do=submit')).expect(303));
  const path = `/empathy/submissions/${code}`;
  (await client.post(`${path}/withdraw`, {}, { page: path })).expect(200);
  assert.equal((await client.get(path)).json.submission.state, 'withdrawn');
  (await client.post(`${path}/withdraw`, {}, { page: path })).expect(409);
  (await client.post(`${path}/restore`, {}, { page: path })).expect(200);
  assert.equal((await client.get(path)).json.submission.state, 'submitted');
});

test('the same idempotency key sends once; with another text it is refused', async () => {
  const client = await server.signInAs('author');
  const before = (await client.get('/empathy/submissions')).json.submissions.length;
  const headers = { 'idempotency-key': 'twice-clicked-1' };
  const body = { ...TEXT, title: 'Once', do: 'save' };
  const first = (await client.post('/empathy/submissions/new', body, { headers, page: '/empathy/submissions/new' })).expect(201);
  const second = (await client.post('/empathy/submissions/new', body, { headers })).expect(201);
  assert.equal(first.location, second.location);
  (await client.post('/empathy/submissions/new', { ...body, title: 'Other' }, { headers })).expect(422);
  assert.equal((await client.get('/empathy/submissions')).json.submissions.length, before + 1);
});

test('a poster is kept as it came; what is no PDF is refused', async () => {
  const client = await server.signInAs('author');
  const form = await client.form('/empathy/submissions/new', '/empathy/submissions/new');
  const code = codeOf((await form.fill({ ...TEXT, ...AUTHOR, type: 'poster' }).submit('do=submit')).expect(303));
  const path = `/empathy/submissions/${code}`;
  const upload = async (bytes) => {
    const page = await client.form(path, `${path}/files`);
    page.set('kind', 'poster').set('file', { name: 'Poster Ærøskøbing.pdf', type: 'application/pdf', bytes });
    return page.submit();
  };
  const pdf = Buffer.from('%PDF-1.4\n%âãÏÓ\nnot much of a poster\n%%EOF\n');
  (await upload(Buffer.from('MZ not a pdf'))).expect(422);
  (await upload(pdf)).expect(303);
  const [file] = (await client.get(path)).json.submission.files;
  const stored = (await client.request('GET', `${path}/files/${file.code}`, {})).expect(200);
  assert.equal(Buffer.compare(stored.bytes, pdf), 0);
  assert.match(stored.headers['content-disposition'], /^attachment/);
  assert.match(stored.headers['content-security-policy'], /sandbox/);
});

test('after the deadline a draft is kept but no longer sent; the server clock decides', async () => {
  const client = await server.signInAs('author');
  const code = codeOf((await client.post('/empathy/submissions/new', { ...TEXT, do: 'save' },
    { page: '/empathy/submissions/new' })).expect(201));
  const { at } = (await client.get('/empathy/submissions')).json.call;
  const path = `/empathy/submissions/${code}/edit`;
  await server.control.freeze(new Date(at).getTime() + 1);
  const late = await client.form(path, path);
  assert.ok(!late.buttons.some((button) => button.get('value') === 'submit'), 'the page offers to send');
  const body = { ...TEXT, do: 'submit', author: [{ name: 'Ada', affiliations: 'Somewhere', is_presenting: true }] };
  const rev = Number(late.get('rev'));
  const answer = (await client.post(path, { ...body, rev })).expect(409);
  assert.match(answer.json.detail, /call is closed/i);
  await server.control.freeze(new Date(at).getTime());
  (await client.post(path, { ...body, rev })).expect(200);
  await server.control.freeze(new Date(NOW).getTime());
});

test('what was sent unproved lapses into a draft after a day, and nothing is lost', async () => {
  const client = server.client();
  const code = codeOf((await writeAsStranger(client, 'late@example.org', {}, 'do=submit')).expect(303));
  await server.control.freeze(new Date(NOW).getTime() + DAY_MS + 1000);
  const phone = server.client();
  await signIn(phone, 'late@example.org');
  const shown = (await phone.get(`/empathy/submissions/${code}`)).expect(200).json.submission;
  assert.equal(shown.state, 'draft');
  assert.equal(shown.title, TEXT.title);
  await server.control.freeze(new Date(NOW).getTime());
});
