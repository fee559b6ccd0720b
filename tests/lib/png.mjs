// Reads and writes PNG pictures (PNG specification, third edition), not interlaced.
import assert from 'node:assert/strict';
import zlib from 'node:zlib';

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }; // by colour type

function chunksOf(bytes) {
  assert.ok(bytes.subarray(0, 8).equals(SIGNATURE), 'not a PNG');
  const chunks = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

// Undoes the line filters in place; `step` is the distance to the pixel on the left, in bytes.
function unfilter(raw, lineBytes, height, step) {
  const lines = Buffer.alloc(lineBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (lineBytes + 1)];
    for (let x = 0; x < lineBytes; x++) {
      const at = y * lineBytes + x;
      const a = x >= step ? lines[at - step] : 0;
      const b = y ? lines[at - lineBytes] : 0;
      const c = x >= step && y ? lines[at - lineBytes - step] : 0;
      const predicted = [0, a, b, (a + b) >> 1, paeth(a, b, c)][filter];
      lines[at] = raw[y * (lineBytes + 1) + 1 + x] + predicted;
    }
  }
  return lines;
}

// { width, height, rgb }: rgb holds three bytes a pixel, laid on white where it is transparent.
export function readPng(bytes) {
  const chunks = chunksOf(bytes);
  const find = (type) => chunks.find((chunk) => chunk.type === type)?.data;
  const head = find('IHDR');
  const [width, height, depth, kind] = [head.readUInt32BE(0), head.readUInt32BE(4), head[8], head[9]];
  assert.equal(head[12], 0, 'interlaced PNG');
  const packed = Buffer.concat(chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data));
  const bits = CHANNELS[kind] * depth;
  const lineBytes = Math.ceil((width * bits) / 8);
  const lines = unfilter(zlib.inflateSync(packed), lineBytes, height, Math.max(1, bits >> 3));
  const palette = find('PLTE');
  const top = (1 << Math.min(depth, 8)) - 1;
  // One sample, 0..255 (the palette's index as it is).
  const sample = (x, y, channel) => {
    const bit = x * bits + channel * depth;
    const byte = lines[y * lineBytes + (bit >> 3)];
    if (depth >= 8) return byte;
    const value = (byte >> (8 - depth - (bit & 7))) & top;
    return kind === 3 ? value : Math.round((value * 255) / top);
  };
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const alpha = kind === 4 ? sample(x, y, 1) : kind === 6 ? sample(x, y, 3) : 255;
      for (let channel = 0; channel < 3; channel++) {
        let value;
        if (kind === 3) value = palette[sample(x, y, 0) * 3 + channel];
        else value = sample(x, y, CHANNELS[kind] >= 3 ? channel : 0);
        rgb[(y * width + x) * 3 + channel] = Math.round((value * alpha + 255 * (255 - alpha)) / 255);
      }
    }
  }
  return { width, height, rgb };
}

// A smaller picture of { width, height, rgb }: each of its pixels is the mean of a square of n by n.
export function shrink({ width, height, rgb }, n) {
  const small = { width: Math.ceil(width / n), height: Math.ceil(height / n) };
  const sums = new Float64Array(small.width * small.height * 3);
  const counts = new Uint32Array(small.width * small.height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = Math.floor(y / n) * small.width + Math.floor(x / n);
      counts[at]++;
      for (let channel = 0; channel < 3; channel++) sums[3 * at + channel] += rgb[(y * width + x) * 3 + channel];
    }
  }
  return { ...small, rgb: Buffer.from(sums.map((sum, i) => Math.round(sum / counts[Math.floor(i / 3)]))) };
}

let crcTable;
function crc(bytes) {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  let c = 0xffffffff;
  for (const byte of bytes) c = crcTable[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function assemble({ width, height, depth, kind }, lines, between = []) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = depth;
  head[9] = kind;
  const packed = zlib.deflateSync(lines, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), ...between, chunk('IDAT', packed), chunk('IEND', Buffer.alloc(0))]);
}

// PNG bytes of { width, height, rgb }.
export function writePng({ width, height, rgb }) {
  const lines = [];
  for (let y = 0; y < height; y++) lines.push(Buffer.from([0]), Buffer.from(rgb.subarray(y * width * 3, (y + 1) * width * 3)));
  return assemble({ width, height, depth: 8, kind: 2 }, Buffer.concat(lines));
}

// The pixels as numbers of colours, each channel rounded to a few levels.
function indexed({ width, height, rgb }, levels) {
  const numbers = new Map();
  const lines = Buffer.alloc((width + 1) * height);
  for (let i = 0; i < width * height; i++) {
    const [r, g, b] = [0, 1, 2].map((channel) => Math.round(Math.round((rgb[3 * i + channel] * (levels - 1)) / 255) * (255 / (levels - 1))));
    const colour = (r << 16) | (g << 8) | b;
    if (!numbers.has(colour)) numbers.set(colour, numbers.size);
    lines[i + Math.floor(i / width) + 1] = numbers.get(colour);
  }
  return { lines, colours: [...numbers.keys()] };
}

// Small PNG bytes of { width, height, rgb }: sixteen levels a channel, or so few that a palette holds the
// colours.
export function writeIndexedPng(picture) {
  let [levels, found] = [16, indexed(picture, 16)];
  while (found.colours.length > 256) found = indexed(picture, --levels);
  const palette = Buffer.from(found.colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return assemble({ ...picture, depth: 8, kind: 3 }, found.lines, [chunk('PLTE', palette)]);
}
