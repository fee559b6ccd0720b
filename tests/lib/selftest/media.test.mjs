// Pictures, films and PDFs: what the tools say about files whose contents are known.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test, assert } from '../test.mjs';
import { writeFilm } from '../camera.mjs';
import { checkGolden } from '../golden.mjs';
import { checkPdf, codesInPng, fontsOfPdf, infoOfPdf, pagesOfPdf, textOfPdf } from '../pdf.mjs';
import { readPng, writeIndexedPng, writePng } from '../png.mjs';
import { scaled, tinyPdf, tinyQr } from './pictures.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-media-'));

test('a picture is the same after writing and reading', () => {
  const picture = { width: 3, height: 2, rgb: Buffer.from([...Array(18).keys()].map((n) => n * 14)) };
  assert.deepEqual(readPng(writePng(picture)), picture);
});

test('a picture in a palette keeps sixteen levels, or as many as there is room for', () => {
  const few = { width: 3, height: 2, rgb: Buffer.from([...Array(18).keys()].map((n) => (n % 16) * 17)) };
  assert.deepEqual(readPng(writeIndexedPng(few)), few);
  const many = { width: 64, height: 64, rgb: Buffer.from([...Array(64 * 64 * 3).keys()].map((n) => (n * 7919) % 256)) };
  const { rgb } = readPng(writeIndexedPng(many));
  assert.ok(rgb.every((level, i) => Math.abs(level - many.rgb[i]) < 32));
});

test('a page of a PDF can be read as text and as a picture', () => {
  const pdf = tinyPdf('Hello page');
  assert.deepEqual(textOfPdf(pdf).map((page) => page.trim()), ['Hello page']);
  assert.equal(infoOfPdf(pdf).Pages, '1');
  const [font] = fontsOfPdf(pdf);
  assert.deepEqual([font.name, font.type, font.isEmbedded], ['Helvetica', 'Type 1', false]);
  const [page] = pagesOfPdf(pdf, { dpi: 50 }).map(readPng);
  assert.deepEqual([page.width, page.height], [139, 70]); // 200 x 100 pt
  assert.ok(page.rgb.some((value) => value < 100), 'the page is blank');
  checkPdf(pdf);
});

test('a damaged PDF is refused', () => {
  const damaged = Buffer.from(tinyPdf('x').toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1');
  assert.throws(() => checkPdf(damaged), /qpdf ended with/);
  assert.throws(() => textOfPdf(Buffer.from('no')), /pdftotext ended with/);
});

test('a QR code is read, and none where there is none', () => {
  assert.deepEqual(codesInPng(writePng(scaled(tinyQr, 8))), ['SYMPOSIARCH']);
  assert.deepEqual(codesInPng(writePng({ width: 50, height: 50, rgb: Buffer.alloc(7500, 255) })), []);
});

test('grey, palette, 1-bit and transparent pictures are read', () => {
  const rgb = Buffer.concat([Buffer.alloc(3 * 4, 0), Buffer.alloc(3 * 4, 255)]);
  const file = path.join(dir, 'a.png');
  for (const kind of ['gray', 'mono', '']) {
    fs.writeFileSync(path.join(dir, 'a.pdf'), tinyPdf('Hello'));
    execFileSync('pdftoppm', ['-png', '-r', '30', '-singlefile', ...(kind ? [`-${kind}`] : []), path.join(dir, 'a.pdf'), file.slice(0, -4)]);
    const { width, rgb: seen } = readPng(fs.readFileSync(file));
    assert.deepEqual([width, seen[0], seen[1], seen[2]], [84, 255, 255, 255]);
  }
  assert.equal(readPng(writePng({ width: 4, height: 2, rgb })).rgb[23], 255);
});

test('a film holds its frames in the announced size', () => {
  const file = writeFilm(path.join(dir, 'a.y4m'), [writePng(scaled(tinyQr, 4))], { width: 64, height: 48, framesEach: 2 });
  const bytes = fs.readFileSync(file);
  const head = 'YUV4MPEG2 W64 H48 F15:1 Ip A1:1 C420jpeg\n';
  assert.equal(bytes.toString('latin1', 0, head.length), head);
  assert.equal(bytes.length, head.length + 2 * (6 + 64 * 48 * 1.5));
  const centre = bytes[head.length + 6 + 24 * 64 + 32];
  assert.ok(centre <= 20 || centre >= 230, `black or white, not ${centre}`);
});

test('a golden text is compared, and written when asked', () => {
  assert.throws(() => checkGolden('a.txt', 'one\n', dir), /make golden/);
  process.env.UPDATE_GOLDEN = '1';
  checkGolden('a.txt', 'one\n', dir);
  delete process.env.UPDATE_GOLDEN;
  checkGolden('a.txt', 'one\n', dir);
  assert.throws(() => checkGolden('a.txt', 'two\n', dir), /tests\/golden\/a\.txt says otherwise/);
  fs.rmSync(dir, { recursive: true });
});
