// What organisers choose before they print: what does not go together is told at the field, before
// anything is queued, and what was chosen can be told from the list of what was printed.
import { test, assert, until } from '../lib/test.mjs';
import { checkPdf, infoOfPdf, textOfPdf } from '../lib/pdf.mjs';
import { objectsOfPdf, structureOf } from '../lib/pdf_tree.mjs';
import { writePng } from '../lib/png.mjs';
import { startServer } from '../lib/server.mjs';

const OFFICE = '/empathy/print', SETTINGS = '/empathy/settings';
const server = await startServer({ stage: 'live', now: '2027-09-08T08:02:00Z' });
const organiser = await server.signInAs('organiser');
const chair = await server.signInAs('chair'); // who decides has the letters
const printerOf = (kind) => (kind === 'letters' ? chair : organiser);
const nPeople = Number(server.rows(`SELECT count(*) AS n FROM registration WHERE state = 'confirmed'`)[0].n);

const jobs = () => server.rows('SELECT code FROM print_job').length;
const send = async (kind, fields) => (await printerOf(kind).form(OFFICE, `${OFFICE}/${kind}`)).fill(fields).submit('do=print');
async function refused(kind, fields) {
  const before = jobs();
  const page = (await send(kind, fields)).expect(422);
  assert.equal(jobs(), before, 'nothing is queued');
  return { page, at: (field) => page.one(`[id="${kind}-${field}-error"]`).text };
}
async function printed(kind, fields = {}) {
  const { location } = (await send(kind, fields)).expect(303);
  const job = await until(async () => (await printerOf(kind).get(location)).expect(200).json.job, ({ state }) => !['waiting', 'running'].includes(state));
  assert.equal(job.state, 'done', job.message);
  const answer = (await printerOf(kind).request('GET', job.document)).expect(200);
  checkPdf(answer.bytes);
  return { job, location, answer, bytes: answer.bytes, text: textOfPdf(answer.bytes).join('\n').replace(/\s+/g, ' ') };
}
const imagesIn = (bytes) => bytes.toString('latin1').split('/Subtype/Image').length - 1;

test('the address of a refused form shows the print page with that form open', async () => {
  for (const kind of ['badges', 'abstracts', 'programme', 'certificates']) {
    const page = (await organiser.page(`${OFFICE}/${kind}`)).expect(200);
    assert.ok(page.one(`#${kind}`).has('open'), kind);
    assert.equal(page.all('details[open].kind').length, 1);
  }
  (await (await server.signInAs('desk')).get(`${OFFICE}/programme`)).expect(403);
  assert.equal((await organiser.page(OFFICE)).all('details[open].kind').length, 0);
});

test('a sheet that badges do not fit is told at the field, in words', async () => {
  const misfit = await refused('badges', { sheet: '10xCR80' });
  assert.match(misfit.at('sheet'), /This sheet is for badges of 85\.6 × 54 mm; these are 105 × 148 mm/);
  assert.match((await refused('badges', { sheet: '4xA6', skip: '4' })).at('skip'), /This sheet has 4 places/);
  const single = await refused('badges', { skip: '2', crop_marks: true });
  assert.match(single.at('skip'), /One badge a page/);
  assert.match(single.at('crop_marks'), /One badge a page/);
  assert.doesNotMatch(misfit.page.one('main').text, /sheet\.|4xA6|10xCR80/, 'no raw names');
});

test('sheets are called by what is on them', async () => {
  const page = (await organiser.page(OFFICE)).expect(200);
  const labels = page.one('#badges').all('[name="sheet"] option').map((option) => option.text);
  assert.deepEqual(labels, ['One badge a page', '4 badges A6 on A4', '2 badges A6, folded over, on A4', '8 badges A7 on A4', '10 cards (CR80) on A4', 'My own sheet']);
});

test('badges go on a sheet of one’s own', async () => {
  const own = { layout: 'a7', sheet: 'own', paper: 'Letter', columns: '2', rows: '2', left: '20', top: '15.5', gap_x: '8', gap_y: '8', bleed: '3', crop_marks: true };
  const { bytes, job } = await printed('badges', own);
  assert.match(infoOfPdf(bytes)['Page size'], /^612 x 792/);
  assert.equal(Number(infoOfPdf(bytes).Pages), Math.ceil(nPeople / 4));
  assert.match(job.about, /A7, upright, 2 × 2, Letter, \d+ badges/);
  const label = await printed('badges', { layout: 'cr80', sheet: 'own', paper: 'own', paper_width: '100', paper_height: '70', columns: '1', rows: '1' });
  assert.match(infoOfPdf(label.bytes)['Page size'], /^283\.\d+ x 198\.\d+/);
});

test('a sheet of one’s own that cannot be is told at its fields', async () => {
  const empty = await refused('badges', { sheet: 'own', left: 'wide', paper: 'own' });
  assert.match(empty.page.one('main .summary').text, /Columns: Write how many.*Margin on the left: Write a number/s, 'each line says which field it is about');
  assert.match(empty.at('columns'), /how many/);
  assert.match(empty.at('rows'), /how many/);
  assert.match(empty.at('left'), /a number such as 12\.5/);
  assert.match(empty.at('paper_width'), /millimetres/);
  assert.ok(empty.page.one('#badges details').has('open'), 'what is wrong is in sight');
  const wide = await refused('badges', { layout: 'a6', sheet: 'own', columns: '3', rows: '2' });
  assert.match(wide.at('columns'), /315 mm wide, and the paper 210 mm/);
  const touching = await refused('badges', { layout: 'a7', sheet: 'own', columns: '2', rows: '2', bleed: '3' });
  assert.match(touching.at('bleed'), /room for 0 mm/);
  const far = await refused('badges', { layout: 'a7', sheet: 'own', columns: '1', rows: '1', left: '600' });
  assert.ok(far.at('left'));
  assert.match((await refused('badges', { layout: 'a7', sheet: '8xA7', columns: '2' })).at('sheet'), /My own sheet/);
});

test('the form says how large badges are now, and leads to their design', async () => {
  const about = async () => (await organiser.page(OFFICE)).one('#badges').first('summary').text;
  assert.match(await about(), /105 × 148 mm/);
  assert.ok((await organiser.page(OFFICE)).one('#badges').all('a').some((link) => link.get('href') === '/empathy/badges/layout'));
  (await (await organiser.form('/empathy/badges/layout?start=cr80', '/empathy/badges/layout')).submit('Save the layout')).expect(303);
  assert.match(await about(), /85\.6 × 54 mm/);
  assert.doesNotMatch(await about(), /A6/);
  (await (await organiser.form('/empathy/badges/layout?start=a6', '/empathy/badges/layout')).submit('Save the layout')).expect(303);
});

test('who signs has an office, and an office has somebody', async () => {
  for (const kind of ['certificates', 'letters']) {
    assert.match((await refused(kind, { office: 'Chair of the committee' })).at('signatory'), /Say who signs/);
    assert.match((await refused(kind, { signatory: 'Ottilie Brandt' })).at('office'), /in what office Ottilie Brandt signs/);
  }
  const { text } = await printed('certificates', { what: 'presentation', signatory: 'Ottilie Brandt', office: 'Chair of the committee' });
  assert.match(text, /Ottilie Brandt/);
});

test('letters end, are signed, and set the reviewers’ words apart', async () => {
  const { text, answer } = await printed('letters', { signatory: 'Ottilie Brandt', office: 'Chair of the committee' });
  assert.match(text, /Yours sincerely Ottilie Brandt,? Chair of the committee/);
  const [{ model }] = server.rows(`SELECT model FROM outbox WHERE template LIKE 'decision%' AND model LIKE '%Review 1%'`);
  const { comments } = typeof model === 'string' ? JSON.parse(model) : model;
  const words = comments.split('\n')[1].slice(0, 30);
  assert.ok(text.includes(words), words);
  // A heading of the document, not a line of the text.
  assert.ok(structureOf(objectsOfPdf(answer.bytes)).elements.some(({ type }) => type === 'H2'), 'reviews stand below headings');
  for (const { name } of server.rows(`SELECT DISTINCT person.name FROM review JOIN person ON person.event_id = review.event_id AND person.id = review.person_id
    WHERE person.id NOT IN (SELECT person_id FROM author WHERE person_id IS NOT NULL)`)) assert.ok(!text.includes(name), `${name} reviewed`);
  const unsigned = await printed('letters');
  const [{ host }] = server.rows('SELECT host FROM event');
  assert.match(unsigned.text, new RegExp(`Yours sincerely ${host}`));
  assert.doesNotMatch((await printed('letters', { closing: '' })).text, /Yours sincerely/);
});

test('the logo of the organisers is on all that goes out', async () => {
  const kinds = ['letters', 'invoices', 'certificates', 'door-signs', 'pocket'];
  const what = (kind) => (kind === 'certificates' ? { what: 'presentation' } : {});
  for (const kind of kinds) assert.equal(imagesIn((await printed(kind, what(kind))).bytes), 0, kind);
  const side = 60, bytes = writePng({ width: side, height: side, rgb: Buffer.alloc(side * side * 3, 90) });
  (await (await organiser.form(SETTINGS, `${SETTINGS}/logos`)).fill({ alt: 'Two rings', file: { name: 'rings.png', type: 'image/png', bytes } }).submit()).expect(303);
  for (const kind of kinds) assert.equal(imagesIn((await printed(kind, what(kind))).bytes), 1, kind);
});

test('jobs can be told apart, and files are named alike', async () => {
  const badges = await printed('badges', { sheet: '4xA6', role: 'speaker' });
  assert.match(badges.job.about, /^Speaker, 4 badges A6 on A4, \d+ badges$/);
  const listed = (await organiser.page(OFFICE)).one('main section .rules').text;
  assert.match(listed, /Badges: Speaker, 4 badges A6 on A4, \d+ badges/);
  const nameOf = ({ answer }) => answer.headers['content-disposition'].match(/filename="?([^";]+)/)[1];
  assert.equal(nameOf(badges), 'empathy-badges.pdf');
  assert.equal(nameOf(await printed('abstracts')), 'empathy-abstracts.pdf');
  assert.match((await printed('door-signs', { size: 'A3', day: '2027-09-09' })).job.about, /^A3, Thursday,? 9 September, \d+ signs$/);
  const page = (await organiser.page(badges.location)).one('main').text;
  assert.match(page, /Printed\. Everything fits\./);
  assert.match(page, /\d+ kB/);
  assert.doesNotMatch(page, /0\.0 MB/);
});

test('a logo that is too large is told the limit it has', async () => {
  const form = await organiser.form(SETTINGS, `${SETTINGS}/logos`);
  const answer = (await form.fill({ alt: 'Large', file: { name: 'large.png', type: 'image/png', bytes: Buffer.alloc(691_958, 1) } }).submit()).expect(422);
  assert.match(answer.root.first('.summary').text, /too large: at most 500 kB fit/);
});

test('a fault of the design of badges names the item it is about', async () => {
  const form = await organiser.form('/empathy/badges/layout?start=a6', '/empathy/badges/layout');
  const name = [...Array(20).keys()].find((i) => form.get(`front.${i}.what`) === 'affiliation');
  const answer = (await form.fill({ [`front.${name}.width`]: '', 'front.0.size': 'big' }).submit('Save the layout')).expect(422);
  assert.match(answer.one('main .summary').text, /Front, item 1 \(.+\), type: Write a number such as 12\.5/);
  const missing = (await (await organiser.form('/empathy/badges/layout?start=a6', '/empathy/badges/layout')).fill({ [`front.${name}.width`]: '' }).submit('Save the layout')).expect(422);
  assert.match(missing.one('main .summary').text, new RegExp(`Front, item ${name + 1} \\(Affiliation\\)`));
});
