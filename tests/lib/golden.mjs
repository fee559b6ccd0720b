// Texts and pictures that are looked at by people before they change: tests/golden/NAME. `make golden`
// writes them anew.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readPng, writeIndexedPng, writePng } from './png.mjs';

const GOLDEN = fileURLToPath(new URL('../golden/', import.meta.url));

export function checkGolden(name, text, dir = GOLDEN) {
  const file = path.join(dir, name);
  if (process.env.UPDATE_GOLDEN) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return;
  }
  const expected = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  assert.equal(text, expected, `tests/golden/${name} says otherwise; if the new text is right, run make golden`);
}

// The mean of each pixel and its eight neighbours: what is left of an edge that was smoothed otherwise
// by another version of the renderer is little, and of one that has moved it is much.
function blur({ width, height, rgb }) {
  const out = new Float32Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sums = [0, 0, 0];
      let n = 0;
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++, n++) {
          for (let channel = 0; channel < 3; channel++) sums[channel] += rgb[(v * width + u) * 3 + channel];
        }
      }
      for (let channel = 0; channel < 3; channel++) out[(y * width + x) * 3 + channel] = sums[channel] / n;
    }
  }
  return out;
}

const TOLERANCE = 28; // of 255, in any channel, after blur()
const TOLERATED_PIXELS = 5;

// Where two pictures of one size differ: { n, left, top, right, bottom }, null when they do not.
export function differenceOf(a, b) {
  const [one, other] = [blur(a), blur(b)];
  const found = { n: 0, left: a.width, top: a.height, right: 0, bottom: 0 };
  for (let i = 0; i < a.width * a.height; i++) {
    if (![0, 1, 2].some((channel) => Math.abs(one[3 * i + channel] - other[3 * i + channel]) > TOLERANCE)) continue;
    const [x, y] = [i % a.width, Math.floor(i / a.width)];
    found.n++;
    found.left = Math.min(found.left, x);
    found.top = Math.min(found.top, y);
    found.right = Math.max(found.right, x);
    found.bottom = Math.max(found.bottom, y);
  }
  return found.n > TOLERATED_PIXELS ? found : null;
}

// Compares a picture, { width, height, rgb } of a render at so many dots per inch, with the golden one.
// What differs is kept below $BUILD/golden/ for a look. `command` writes the golden pictures anew.
export function checkGoldenPicture(name, picture, { dpi, command, dir = GOLDEN }) {
  const file = path.join(dir, name);
  const small = writeIndexedPng(picture);
  if (process.env.UPDATE_GOLDEN) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, small);
    return;
  }
  assert.ok(fs.existsSync(file), `tests/golden/${name} does not exist; look at the page, then run ${command}`);
  const golden = readPng(fs.readFileSync(file));
  assert.deepEqual([picture.width, picture.height], [golden.width, golden.height], `tests/golden/${name} has another size; if it is right, run ${command}`);
  const found = differenceOf(readPng(small), golden);
  if (!found) return;
  const kept = path.resolve(process.env.BUILD || 'build', 'golden', name);
  fs.mkdirSync(path.dirname(kept), { recursive: true });
  fs.writeFileSync(kept, writePng(picture));
  const mm = (pixels) => Math.round((pixels * 25.4) / dpi);
  assert.fail(`${kept} differs from tests/golden/${name} in ${found.n} pixels, from ${mm(found.left)} to ${mm(found.right)} mm `
    + `across and from ${mm(found.top)} to ${mm(found.bottom)} mm down; if the new page is right, run ${command}`);
}
