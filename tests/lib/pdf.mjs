// What a PDF says, looks like and is worth, by the tools people have: poppler, qpdf and zbar.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// Runs fn(file) with the bytes in a file of a folder that is removed afterwards.
export function withFile(bytes, name, fn) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-pdf-'));
  try {
    const file = path.join(dir, name);
    fs.writeFileSync(file, bytes);
    return fn(file, dir);
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

export function runTool(command, args, goodStatuses = [0]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { maxBuffer: 1 << 29 });
  if (error) throw error;
  assert.ok(goodStatuses.includes(status), `${command} ended with ${status}: ${stderr}${stdout}`.slice(0, 2000));
  return { status, text: stdout.toString('utf8'), errors: stderr.toString('utf8') };
}

// The text, page after page, as a reader copies it. isLaidOut keeps columns apart.
export function textOfPdf(bytes, { isLaidOut = false } = {}) {
  return withFile(bytes, 'a.pdf', (file) => {
    const { text, errors } = runTool('pdftotext', [...(isLaidOut ? ['-layout'] : []), '-enc', 'UTF-8', file, '-']);
    assert.equal(errors, '', 'pdftotext complains');
    return text.split('\f').slice(0, -1);
  });
}

// The words of the pages with their boxes, in points: [[{ text, left, right, top, bottom }]]
export function wordsOfPdf(bytes) {
  const pages = withFile(bytes, 'a.pdf', (file) => runTool('pdftotext', ['-bbox', file, '-']).text).split('<page ').slice(1);
  const word = /<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)<\/word>/g;
  return pages.map((page) => [...page.matchAll(word)].map(([, left, top, right, bottom, text]) => (
    { text, left: +left, right: +right, top: +top, bottom: +bottom })));
}

// { Title, Pages, 'Page size', … } as pdfinfo prints them.
export function infoOfPdf(bytes) {
  return withFile(bytes, 'a.pdf', (file) => {
    const lines = runTool('pdfinfo', [file]).text.trim().split('\n');
    return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  });
}

// [{ name, type, isEmbedded, isSubset, hasToUnicode }]
export function fontsOfPdf(bytes) {
  return withFile(bytes, 'a.pdf', (file) => runTool('pdffonts', [file]).text.trim().split('\n').slice(2).map((line) => {
    const [embedded, subset, unicode] = line.trim().split(/\s+/).slice(-5);
    const [name] = line.split(/\s+/);
    const type = line.slice(name.length).trim().split(/\s{2,}/)[0];
    return { name, type, isEmbedded: embedded === 'yes', isSubset: subset === 'yes', hasToUnicode: unicode === 'yes' };
  }));
}

// Pages as PNG bytes.
export function pagesOfPdf(bytes, { dpi = 100, first, last } = {}) {
  return withFile(bytes, 'a.pdf', (file, dir) => {
    const range = [...(first ? ['-f', String(first)] : []), ...(last ? ['-l', String(last)] : [])];
    runTool('pdftoppm', ['-png', '-r', String(dpi), ...range, file, path.join(dir, 'page')]);
    const names = fs.readdirSync(dir).filter((name) => name.endsWith('.png')).sort();
    return names.map((name) => fs.readFileSync(path.join(dir, name)));
  });
}

// Structure and streams without error or warning.
export function checkPdf(bytes) {
  withFile(bytes, 'a.pdf', (file) => runTool('qpdf', ['--check', file]));
}

// Debian's mutool says of itself how it was built.
const MUTOOL_WITHOUT_COLOUR = /^warning: ICC support is not available\n/gm;

// What poppler and mutool say while they read every object and every page; '' when they are content.
export function complaintsAboutPdf(bytes) {
  return withFile(bytes, 'a.pdf', (file, dir) => [
    ['pdfinfo', ['-struct-text', file]],
    ['pdftotext', [file, '-']],
    ['pdftocairo', ['-r', '20', '-png', file, path.join(dir, 'page')]],
    ['mutool', ['draw', '-q', '-F', 'text', '-o', path.join(dir, 'a.txt'), file]],
    ['mutool', ['clean', '-gg', file, path.join(dir, 'clean.pdf')]],
  ].map(([command, args]) => runTool(command, args).errors).join('')
    .replace(MUTOOL_WITHOUT_COLOUR, ''));
}

// What the QR codes and bar codes in a PNG say, in the order they are found.
export function codesInPng(bytes) {
  return withFile(bytes, 'a.png', (file) => {
    const { text } = runTool('zbarimg', ['--quiet', '--raw', '--nodbus', file], [0, 4]); // 4: none
    return text.split('\n').filter(Boolean);
  });
}

export function codesInPdf(bytes, { dpi = 200, ...range } = {}) {
  return pagesOfPdf(bytes, { dpi, ...range }).flatMap(codesInPng);
}
