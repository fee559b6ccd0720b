// The designer of badges: from a built-in layout to the organisers' own, and onto paper.
import { execFileSync } from 'node:child_process';
import { test, assert, limitFile, until } from '../lib/test.mjs';
import { program, startServer } from '../lib/server.mjs';
import { checkPdf, codesInPdf, infoOfPdf, textOfPdf } from '../lib/pdf.mjs';

limitFile(300);
const PATH = '/empathy/badges/layout';
const server = await startServer({ stage: 'live', now: '2027-09-08T08:02:00Z' });
const organiser = await server.signInAs('organiser');
const attendee = await server.signInAs('attendee');
const pdf = async (who, path) => (await who.request('GET', path)).expect(200).bytes;
const sizeOf = (bytes) => infoOfPdf(bytes)['Page size'].match(/[\d.]+/g).slice(0, 2).map((points) => Math.round(Number(points) * 25.4 / 72));
const own = () => pdf(attendee, '/empathy/badge.pdf');

test('badges are A6 until the organisers say otherwise, and then as they say', async () => {
  assert.deepEqual(sizeOf(await own()), [105, 148]);
  const form = await organiser.form(`${PATH}?start=a7`, PATH);
  assert.equal(form.get('width'), '74');
  assert.equal(form.get('front.0.what'), 'name');
  (await form.submit('Save the layout')).expect(303);
  const bytes = await own();
  checkPdf(bytes);
  assert.deepEqual(sizeOf(bytes), [74, 105]);
  assert.equal(codesInPdf(bytes, { dpi: 100 }).length, 1);
  const [{ rev }] = server.rows('SELECT rev FROM badge_layout');
  assert.equal(Number(rev), 1);
});

test('items are added, moved and removed without a script, and the preview follows', async () => {
  const before = await organiser.form(PATH, PATH);
  const count = (form) => form.get('front.0.what') && [...Array(64).keys()].filter((i) => form.has(`front.${i}.what`)).length;
  const n = count(before);
  const added = (await before.submit('Add an item to the front')).expect(200);
  const longer = organiser.formOf(added, PATH);
  assert.equal(count(longer), n + 1);
  const shown = (await longer.fill({ [`front.${n}.what`]: 'text', [`front.${n}.text`]: 'Quiet, please', [`front.${n}.x`]: '6', [`front.${n}.y`]: '54', [`front.${n}.width`]: '28', [`front.${n}.height`]: '4', [`front.${n}.size`]: '8' }).submit('Show the preview')).expect(200);
  assert.match(shown.one('#preview-body img').get('src'), /^data:image\/svg\+xml;base64,/);
  assert.equal(organiser.formOf(shown, PATH).get(`front.${n}.text`), 'Quiet, please');
  assert.doesNotMatch(textOfPdf(await own()).join(''), /Quiet, please/, 'a preview saves nothing');
  (await organiser.formOf(shown, PATH).submit('Save the layout')).expect(303);
  assert.match(textOfPdf(await own()).join(''), /Quiet, please/);
  const following = (await (await organiser.form(PATH, PATH)).fill({ [`front.${n}.follows`]: true }).submit('Show the preview')).expect(200);
  assert.equal(following.all('#preview-body img').length, 1, 'a text that follows leaves its own place behind');
  const again = await organiser.form(PATH, PATH);
  const removed = (await again.submit(`Remove item ${n + 1}`)).expect(200);
  assert.equal(count(organiser.formOf(removed, PATH)), n);
});

test('a layout that scanners or printers would fail on is refused at the field', async () => {
  const form = await organiser.form(`${PATH}?start=a7`, PATH);
  const qr = [...Array(20).keys()].find((i) => form.get(`front.${i}.what`) === 'qr');
  const small = (await form.fill({ [`front.${qr}.width`]: '20', [`front.${qr}.height`]: '20' }).submit('Save the layout')).expect(422);
  assert.match(small.one(`[id="f-front.${qr}.width-error"]`).text, /28 mm/);
  const preview = (await organiser.formOf(small, PATH).submit('Show the preview')).expect(200);
  assert.equal(preview.all('#preview-body img').length, 0);
  assert.match(preview.one('#preview-body').text, /at least 28 mm/);
  const wrong = (await organiser.formOf(preview, PATH).fill({ [`front.${qr}.width`]: 'wide' }).submit('Save the layout')).expect(422);
  assert.match(wrong.one(`[id="f-front.${qr}.width-error"]`).text, /a number such as 12\.5/);
  const { layout } = (await organiser.get(PATH)).expect(200).json;
  assert.equal(layout.front[qr].width, '28', 'nothing was saved');
});

test('a program reads the layout and sends it back changed, and a stale one is refused', async () => {
  const { layout, rev } = (await organiser.get(PATH)).expect(200).json;
  const change = (width) => ({ ...layout, width, front: layout.front.map((item) => ({ ...item })), rev });
  (await organiser.post(PATH, change('80'))).expect(200);
  assert.deepEqual(sizeOf(await own()), [80, 105]);
  (await organiser.post(PATH, change('82'))).expect(409);
  const narrow = (await organiser.post(PATH, { ...change('60'), rev: rev + 1 })).expect(422);
  assert.match(JSON.stringify(narrow.json.fields), /outside the badge/);
});

test('badges go on sheets, with places to skip, or on labels one by one', async () => {
  const form = await organiser.form(`${PATH}?start=a6`, PATH);
  (await form.submit('Save the layout')).expect(303);
  const n = Number(infoOfPdf(await pdf(organiser, '/empathy/badges.pdf')).Pages);
  const pages = async (query) => Number(infoOfPdf(await pdf(organiser, `/empathy/badges.pdf?${query}`)).Pages);
  assert.equal(await pages('sheet=4xA6'), Math.ceil(n / 4));
  assert.equal(await pages('sheet=4xA6&skip=3&crop_marks=1'), Math.ceil((n + 3) / 4));
  assert.equal(await pages('sheet=10xCR80&layout=cr80'), Math.ceil(n / 10));
  const misfit = (await organiser.get('/empathy/badges.pdf?sheet=8xA7')).expect(422);
  assert.match(JSON.stringify(misfit.json), /105 × 74 mm/);
  const [{ code }] = server.rows(`SELECT code FROM registration WHERE state = 'confirmed' ORDER BY id LIMIT 1`);
  const desk = await server.signInAs('desk');
  const label = await pdf(desk, `/empathy/badge.pdf?registration=${code}&layout=label-62`);
  assert.deepEqual(sizeOf(label), [62, 100]);
  assert.equal(codesInPdf(label, { dpi: 100 }).length, 1);
});

test('the print office puts badges on sheets too', async () => {
  const form = await organiser.form('/empathy/print', '/empathy/print/badges');
  const { location } = (await form.fill({ layout: 'a7', sheet: '8xA7', skip: '2' }).submit('do=print')).expect(303);
  const job = await until(async () => (await organiser.get(location)).expect(200).json.job, ({ state }) => !['waiting', 'running'].includes(state));
  assert.equal(job.state, 'done', job.message);
  const [{ n }] = server.rows(`SELECT count(*) AS n FROM registration WHERE state = 'confirmed'`);
  assert.equal(Number(infoOfPdf(await pdf(organiser, job.document)).Pages), Math.ceil((Number(n) + 2) / 8));
});

test('what one has booked stands on the back of the badge', async () => {
  const [booked] = server.rows(`SELECT registration.code, session.title FROM booking
    JOIN registration ON registration.event_id = booking.event_id AND registration.id = booking.registration_id
    JOIN session ON session.event_id = booking.event_id AND session.id = booking.session_id
    WHERE booking.state = 'booked' AND registration.state = 'confirmed' ORDER BY booking.id LIMIT 1`);
  const [front, back, ...more] = textOfPdf(await pdf(organiser, `/empathy/badge.pdf?registration=${booked.code}&layout=a6-double`));
  const words = (text) => text.replace(/\s+/g, ' ');
  assert.equal(more.filter((page) => page.trim()).length, 0);
  assert.doesNotMatch(words(front), /\d\d:\d\d/);
  assert.match(words(back), /\d\d:\d\d/);
  assert.ok(words(back).includes(booked.title), back);
});

test('every example is read by a scanner in every layout that is built in', async () => {
  const run = (args, input) => execFileSync(program, ['print', 'badge', ...args], { input, maxBuffer: 1 << 26 });
  const example = JSON.parse(run(['--example']));
  const codes = example.badges.map(({ qr }) => qr);
  for (const layout_name of ['a6', 'a6-foldover', 'a7', 'cr80', 'label-62', 'label-4x6']) {
    const bytes = run([], JSON.stringify({ ...example, layout_name }));
    checkPdf(bytes);
    assert.deepEqual(codesInPdf(bytes, { dpi: 100 }), codes, layout_name);
  }
  const sheet = run([], JSON.stringify({ ...example, layout_name: 'a7', sheet: { preset: '8xA7', crop_marks: true } }));
  assert.deepEqual(codesInPdf(sheet, { dpi: 100 }).sort(), [...codes].sort());
}, { limitS: 120 });

test('a sample shows invented people, and only organisers design', async () => {
  const sample = await pdf(organiser, '/empathy/badges/sample.pdf');
  checkPdf(sample);
  assert.equal(Number(infoOfPdf(sample).Pages), 2);
  assert.match(textOfPdf(sample)[0], /Abernathy/);
  for (const path of [PATH, '/empathy/badges/sample.pdf']) {
    (await (await server.signInAs('desk')).get(path)).expect(403);
    assert.equal((await server.client().get(path)).status, 401);
  }
});
