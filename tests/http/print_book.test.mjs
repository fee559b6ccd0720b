// The book of abstracts: of what is accepted and told, as the programme has it, behind the texts that
// organisers put in front.
import { test, assert, until } from '../lib/test.mjs';
import { quote } from '../lib/database.mjs';
import { checkPdf, infoOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';

const NOW = '2027-09-08T08:02:00Z';
const OFFICE = '/empathy/print';
const TEXTS = `${OFFICE}/book`;

const finished = (who, at) => until(async () => (await who.get(at)).expect(200).json.job, ({ state }) => !['waiting', 'running'].includes(state));
async function ask(who, fields = {}, act = 'print') {
  const form = await who.form(OFFICE, `${OFFICE}/abstracts`);
  const { location } = (await form.fill(fields).submit(`do=${act}`)).expect(303);
  const job = await finished(who, location);
  assert.equal(job.state, 'done', job.message);
  return { job, location };
}
async function book(who, fields) {
  const { job } = await ask(who, fields);
  const { bytes } = (await who.request('GET', job.document)).expect(200);
  return { bytes, text: textOfPdf(bytes).join('\n').replace(/\u00ad\n/g, '').replace(/\s+/g, ' ') };
}
const squeeze = (text) => text.replace(/\s+/g, ' ');

let server = await startServer({ stage: 'live', now: NOW });
let organiser = await server.signInAs('organiser');
const worksOf = (outcomes) => server.rows(`SELECT submission.code, submission_version.title FROM submission
  JOIN submission_version ON submission_version.submission_id = submission.id AND submission_version.version = submission.version
  JOIN decision ON decision.submission_id = submission.id WHERE submission.state = 'submitted' AND outcome IN (${outcomes.map(quote)})
  AND EXISTS (SELECT 1 FROM presentation WHERE presentation.submission_id = submission.id) = ${outcomes[0] !== 'reject' ? 'TRUE' : 'FALSE'}`);

test('every work of the programme stands in the book, and nothing that was declined', async () => {
  const { bytes, text } = await book(organiser);
  checkPdf(bytes);
  const accepted = worksOf(['talk', 'poster', 'workshop']);
  assert.ok(accepted.length > 5);
  for (const { title } of accepted) assert.ok(text.includes(squeeze(title)), title);
  const declined = worksOf(['reject', 'waitlist']);
  assert.ok(declined.length > 2);
  for (const { title } of declined) assert.ok(!text.includes(squeeze(title)), title);
  assert.match(text, /Methods\./);
});

test('a poster has one number: on its label, in the book, in the programme and on the web', async () => {
  const [{ code }] = server.rows(`SELECT code FROM session WHERE kind = 'poster' ORDER BY starts_at, id`);
  const session = (await organiser.get(`/empathy/sessions/${code}`)).expect(200).json.session;
  const posters = session.presentations.filter(({ submission }) => submission);
  assert.ok(posters.length > 2, 'the demo has posters');
  assert.deepEqual(posters.map(({ number }) => number), posters.map((_, i) => `P${i + 1}`));
  const page = (await organiser.page(`/empathy/sessions/${code}`)).one('main').text;
  const office = async (kind) => {
    const { location } = (await (await organiser.form(OFFICE, `${OFFICE}/${kind}`)).submit('do=print')).expect(303);
    const { document } = await finished(organiser, location);
    const { bytes } = (await organiser.request('GET', document)).expect(200);
    return textOfPdf(bytes).map((text) => text.replace(/\u00ad\n/g, '').replace(/\s+/g, ' '));
  };
  const labels = await office('poster-labels');
  const programme = (await office('programme')).join(' ');
  const { text, bytes } = await book(organiser, { columns: 2 });
  for (const [i, { number, title }] of posters.entries()) {
    const start = squeeze(title).slice(0, 18);
    assert.ok(labels[i].includes(`${number} `) && labels[i].includes(start), `${number} is not on its label`);
    assert.ok(programme.includes(`${number} ${start}`), `${number} is not in the programme`);
    assert.ok(page.replace(/\s+/g, ' ').includes(`${number} ${start}`), `${number} is not on the page`);
    assert.match(text, new RegExp(`\\b${number} ${start.replace(/[^\w ]/g, '.')}`), `${number} is not in the book`);
  }
  checkPdf(bytes);
  for (const { code: reference } of server.rows('SELECT code FROM submission')) {
    assert.ok(!text.includes(`${reference.slice(0, 4)}-${reference.slice(4)}`), `the book prints the reference ${reference}`);
  }
  const sorted = await book(organiser, { order: 'code', columns: 2 });
  const places = posters.map(({ title }) => sorted.text.lastIndexOf(squeeze(title).slice(0, 18)));
  assert.deepEqual(places, [...places].sort((x, y) => x - y), 'as in the programme');
});

test('a work that is withdrawn after the programme was published is not printed', async () => {
  const author = await server.signInAs('author');
  const own = (await author.get('/empathy/submissions')).json.submissions.map(({ code }) => code);
  const [mine] = worksOf(['talk', 'poster', 'workshop']).filter(({ code }) => own.includes(code));
  assert.ok(mine, 'the author of the demo has an accepted work');
  (await author.post(`/empathy/submissions/${mine.code}/withdraw`, {}, { page: `/empathy/submissions/${mine.code}` })).expect(200);
  const { text } = await book(organiser);
  assert.ok(!text.includes(squeeze(mine.title)), 'it is still in the book');
});

test('paper, columns, order, watermark and indexes are as they were chosen', async () => {
  const a4 = await book(organiser, { size: 'A4' });
  const small = await book(organiser, { size: 'A5', order: 'title', watermark: 'DRAFT', index: [] });
  assert.match(infoOfPdf(a4.bytes)['Page size'], /^595.* x 841/);
  assert.match(infoOfPdf(small.bytes)['Page size'], /^419.* x 595/);
  const plain = await book(organiser, { size: 'A5', order: 'title', index: [] });
  assert.ok(small.bytes.length > plain.bytes.length && infoOfPdf(small.bytes).Pages === infoOfPdf(plain.bytes).Pages, 'a watermark is drawn over the same pages');
  assert.match(a4.text, /Brzozowicz, Łukasz/, 'the index has names by family name');
  assert.doesNotMatch(small.text, /Brzozowicz, Łukasz/);
  const titles = worksOf(['talk', 'poster', 'workshop']).map(({ title }) => squeeze(title)).filter((title) => small.text.includes(title));
  const order = [...titles].sort((x, y) => x.localeCompare(y, 'en'));
  const inBook = [...titles].sort((x, y) => small.text.lastIndexOf(x.slice(0, 12)) - small.text.lastIndexOf(y.slice(0, 12)));
  assert.deepEqual(inBook, order);
  (await organiser.post(`${OFFICE}/abstracts`, { size: 'A0', columns: 1 }, { page: OFFICE })).expect(422);
});

test('texts in front are added, moved and removed without a script, and printed in their order', async () => {
  let page = await (await organiser.form(TEXTS)).submit('do=text.add');
  let form = organiser.formOf(page);
  form.fill({ 'text.0.title': 'Thanks', 'text.0.text': 'To all who came.' });
  form = organiser.formOf(await form.submit('do=text.add'));
  form.fill({ 'text.1.title': 'Foreword', 'text.1.text': 'Welcome.\n\nSit down.', 'text.1.signature': 'Ada Example' });
  form = organiser.formOf(await form.submit('do=text.1.up'));
  assert.deepEqual([form.get('text.0.title'), form.get('text.1.title')], ['Foreword', 'Thanks']);
  assert.equal(server.rows('SELECT title FROM print_text').length, 0, 'nothing is written before it is saved');
  (await form.submit('Save the texts')).expect(303);
  assert.deepEqual((await organiser.get(TEXTS)).json.texts.map(({ title }) => title), ['Foreword', 'Thanks']);
  assert.equal(server.rows(`SELECT verb FROM audit WHERE verb = 'print.texts'`).length, 1);
  const { text } = await book(organiser);
  assert.match(text, /Foreword.*Welcome\. Sit down\. Ada Example.*Thanks.*To all who came/);
  page = await organiser.page(TEXTS);
  (await (await organiser.formOf(await organiser.formOf(page).submit('do=text.1.remove'))).submit('Save the texts')).expect(303);
  assert.deepEqual((await organiser.get(TEXTS)).json.texts.map(({ title }) => title), ['Foreword']);
});

test('half a text says what is missing, and two who write at once lose nothing', async () => {
  const send = (text, rev) => organiser.post(TEXTS, { text, rev }, { page: TEXTS });
  const { rev } = (await organiser.get(TEXTS)).json;
  const refused = (await send([{ title: '', text: 'No title' }, { title: 'No text', text: '' }], rev)).expect(422);
  assert.deepEqual(Object.keys(refused.json.fields), ['text.0.title', 'text.1.text']);
  (await send([{ title: 'First', text: 'x' }], rev)).expect(200);
  (await send([{ title: 'Second', text: 'y' }], rev)).expect(409);
  assert.deepEqual((await organiser.get(TEXTS)).json.texts.map(({ title }) => title), ['First']);
});

test('a check names the abstract with a character that no font has', async () => {
  const [{ code }] = worksOf(['talk', 'poster', 'workshop']);
  await server.change(`UPDATE submission_version SET abstract = abstract || ' 𐎀' WHERE version > 0 AND submission_id =
    (SELECT id FROM submission WHERE code = ${quote(code)})`);
  organiser = organiser.at(server);
  const { job, location } = await ask(organiser, {}, 'check');
  assert.deepEqual(job.warnings.map((warning) => [warning.code.replace('-', ''), warning.character]), [[code, 'U+10380']]);
  const page = await organiser.page(location);
  assert.equal(page.one('main .rules a').get('href'), `/empathy/submissions/${code}`);
});

test('before there is a programme, accepted works stand under their themes', async () => {
  server = await startServer({ stage: 'programme', now: '2027-06-20T12:00:00Z' });
  if (server.rows('SELECT version FROM programme_version').length) await server.change('DELETE FROM programme_version');
  organiser = await server.signInAs('organiser');
  const { text } = await book(organiser);
  for (const { title } of server.rows(`SELECT DISTINCT theme.title FROM theme
    JOIN version_theme ON version_theme.theme_id = theme.id JOIN decision ON decision.submission_id = version_theme.submission_id
    WHERE outcome IN ('talk', 'poster', 'workshop') AND theme.position = (SELECT min(position) FROM theme AS other JOIN version_theme AS its
      ON its.theme_id = other.id WHERE its.submission_id = version_theme.submission_id)`)) assert.ok(text.includes(squeeze(title)), title);
  const early = await startServer({ stage: 'review', now: '2027-05-02T12:00:00Z' });
  const refused = (await (await early.signInAs('organiser')).post(`${OFFICE}/abstracts`, { columns: 1 }, { page: OFFICE })).expect(409);
  assert.match(refused.json.detail, /would be empty/);
});

test('who makes no programme asks for no book', async () => {
  const desk = await server.signInAs('desk').catch(() => server.signInAs('reviewer'));
  (await desk.post(`${OFFICE}/abstracts`, { columns: 1 }, { page: '/account' })).expect(403);
  (await desk.get(TEXTS)).expect(403);
});
