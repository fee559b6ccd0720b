// Logos, from the organisers' settings to what is printed.
import fs from 'node:fs';
import path from 'node:path';
import { test, assert } from '../lib/test.mjs';
import { LOGO } from '../lib/cast.mjs';
import { checkPdf } from '../lib/pdf.mjs';
import { writePng } from '../lib/png.mjs';
import { startServer } from '../lib/server.mjs';

const PATH = '/empathy/settings', LOGOS = `${PATH}/logos`;
const server = await startServer({ stage: 'live', now: '2027-09-08T08:02:00Z' });
const organiser = await server.signInAs('organiser');
const stranger = server.client();
const logos = async () => (await organiser.get(PATH)).expect(200).json.logos;

// A picture of one colour, so that each has bytes of its own.
const picture = (colour, side = 60) => writePng({ width: side, height: side,
  rgb: Buffer.from(Array.from({ length: side * side }, () => colour).flat()) });
const png = (bytes, name = 'mark.png') => ({ name, type: 'image/png', bytes });

async function add(alt, file) {
  const form = await organiser.form(PATH, LOGOS);
  return form.fill({ alt, file }).submit();
}

const press = async (code, verb) => (await (await organiser.form(PATH, `${LOGOS}/${code}/${verb}`)).submit()).expect(303);

async function pictureCount(who, file) {
  const { type, bytes } = (await who.request('GET', `/empathy/${file}`)).expect(200);
  assert.equal(type, 'application/pdf');
  checkPdf(bytes);
  return bytes.toString('latin1').split('/Subtype/Image').length - 1;
}

test('a logo is shown as it was sent, and to nobody who does not keep the event', async () => {
  assert.equal(await pictureCount(stranger, 'programme.pdf'), 0);
  assert.equal(await pictureCount(organiser, 'badges.pdf'), 0);
  const bytes = picture([100, 30, 70]);
  (await add('Two rings', png(bytes, 'rings of ours.png'))).expect(303);
  const [logo] = await logos();
  assert.deepEqual({ ...logo, code: '' }, { code: '', alt: 'Two rings', mime_type: 'image/png', size_bytes: bytes.length });
  const page = await organiser.page(PATH);
  assert.equal(page.one('#logos img').get('src'), `${LOGOS}/${logo.code}`);
  assert.equal(page.one('#logos img').get('alt'), 'Two rings');
  const shown = (await organiser.request('GET', `${LOGOS}/${logo.code}`)).expect(200);
  assert.equal(Buffer.compare(shown.bytes, bytes), 0);
  assert.equal(shown.type, 'image/png');
  assert.match(shown.headers['content-disposition'], /^attachment/);
  assert.match(shown.headers['content-security-policy'], /^sandbox; default-src 'none'/);
  assert.equal(shown.headers['x-content-type-options'], 'nosniff');
  assert.equal((await stranger.get(`${LOGOS}/${logo.code}`)).status, 401);
  (await (await server.signInAs('attendee')).get(`${LOGOS}/${logo.code}`)).expect(403);
  (await organiser.get(`${LOGOS}/999999999`)).expect(404);
});

test('logos are printed: all on the programme, the first on badges, and no longer than they stand there', async () => {
  // Strangers get the programme from a cache, which must not keep the old one.
  assert.equal(await pictureCount(stranger, 'programme.pdf'), 1);
  (await add('Green', png(picture([20, 120, 60])))).expect(303);
  assert.equal(await pictureCount(stranger, 'programme.pdf'), 2);
  assert.equal(await pictureCount(organiser, 'badges.pdf'), 1);
  const [, second] = await logos();
  const rev = () => server.rows(`SELECT rev FROM event WHERE title LIKE 'Rehumanising%'`)[0].rev;
  const before = rev(); // what other servers go by
  await press(second.code, 'delete');
  assert.ok(rev() > before);
  assert.equal(await pictureCount(stranger, 'programme.pdf'), 1);
});

test('the order is changed one place at a time, and is kept', async () => {
  (await add('Blue', png(picture([20, 60, 200])))).expect(303);
  (await add('Grey', png(picture([90, 90, 90])))).expect(303);
  const alts = async () => (await logos()).map(({ alt }) => alt);
  assert.deepEqual(await alts(), ['Two rings', 'Blue', 'Grey']);
  await press((await logos())[2].code, 'up');
  assert.deepEqual(await alts(), ['Two rings', 'Grey', 'Blue']);
  await press((await logos())[1].code, 'up');
  assert.deepEqual(await alts(), ['Grey', 'Two rings', 'Blue']);
  const [first, , last] = await logos();
  (await organiser.post(`${LOGOS}/${first.code}/up`, {}, { page: PATH })).expect(200);
  assert.deepEqual(await alts(), ['Grey', 'Two rings', 'Blue']);
  assert.equal((await organiser.page(PATH)).all(`#logos form[action="${LOGOS}/${first.code}/up"]`).length, 0, 'the first can be moved up');
  await press(last.code, 'delete');
  (await organiser.post(`${LOGOS}/${last.code}/delete`, {}, { page: PATH })).expect(404);
  (await organiser.post(`${LOGOS}/${last.code}/up`, {}, { page: PATH })).expect(404);
  assert.deepEqual(await alts(), ['Grey', 'Two rings']);
  const trail = server.rows(`SELECT verb, ref_code FROM audit WHERE verb LIKE 'logo.%' ORDER BY id`);
  assert.deepEqual(trail.map(({ verb }) => verb), ['logo.add', 'logo.add', 'logo.remove', 'logo.add', 'logo.add', 'logo.move', 'logo.move', 'logo.remove']);
  assert.equal(trail.at(-1).ref_code, last.code);
});

test('what is no sound picture is refused, in words, and what was typed stays', async () => {
  const before = await logos();
  const good = picture([1, 2, 3]);
  const wrong = Buffer.from(good);
  wrong[wrong.length - 20] ^= 1;
  const refused = async (file, pattern, alt = 'A mark') => {
    const answer = (await add(alt, file)).expect(422);
    const page = answer.root;
    assert.match(page.first('.summary').text, pattern);
    assert.equal(answer.one('[name="alt"]').get('value'), alt);
  };
  await refused(png(good.subarray(0, good.length - 30)), /damaged or cut short/);
  await refused(png(wrong), /damaged or cut short/);
  await refused(png(Buffer.from('%PDF-1.4\n%%EOF\n')), /PNG or JPEG/);
  await refused(png(Buffer.from('GIF89a\x01\x00\x01\x00;')), /PNG or JPEG/);
  await refused(png(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')), /PNG or JPEG/);
  await refused(png(Buffer.concat([good, Buffer.alloc(500_000)])), /too large/);
  await refused(png(Buffer.alloc(0)), /empty file/);
  await refused(png(good), /What it shows/, '');
  const wide = Buffer.from(good);
  wide.writeUInt32BE(9000, 16);
  await refused(png(wide), /8,000 pixels/);
  assert.deepEqual(await logos(), before);
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');
  await refused({ name: 'a.jpg', type: 'image/jpeg', bytes: jpeg }, /damaged/);
});

test('eight logos are taken, and a ninth is refused', async () => {
  for (let n = (await logos()).length; n < 8; n++) (await add(`Mark ${n}`, png(picture([n, n * 9, 40])))).expect(303);
  assert.equal(await pictureCount(stranger, 'programme.pdf'), 8);
  const ninth = (await add('One more', LOGO)).expect(422);
  assert.match(ninth.first('.summary').text, /8 logos already/);
  assert.equal((await logos()).length, 8);
});

test('printing goes on without a logo whose file is lost', async () => {
  const [{ code }] = await logos();
  const [{ sha256 }] = server.rows(`SELECT sha256 FROM logo WHERE code = '${code}'`);
  fs.rmSync(path.join(server.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256));
  assert.equal(await pictureCount(organiser, 'badges.pdf'), 1);
  (await organiser.request('GET', `${LOGOS}/${code}`)).expect(404);
});
