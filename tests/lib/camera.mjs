// Films for Chromium's fake camera: pictures shown one after the other, over and over, as YUV4MPEG2
// with 4:2:0 samples.
import fs from 'node:fs';
import { readPng } from './png.mjs';

// The picture as a frame: shrunk when too large, centred on grey, which a camera sees around paper.
function layOnFrame({ width, height, rgb }, frameWidth, frameHeight, share) {
  const scale = Math.min((frameWidth * share) / width, (frameHeight * share) / height);
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)];
  const [left, top] = [(frameWidth - w) >> 1, (frameHeight - h) >> 1];
  const frame = Buffer.alloc(frameWidth * frameHeight * 3, 160);
  for (let y = 0; y < h; y++) {
    const sourceY = Math.min(height - 1, Math.floor((y + 0.5) / scale));
    for (let x = 0; x < w; x++) {
      const from = (sourceY * width + Math.min(width - 1, Math.floor((x + 0.5) / scale))) * 3;
      rgb.copy(frame, ((top + y) * frameWidth + left + x) * 3, from, from + 3);
    }
  }
  return frame;
}

// BT.601, video range, as webcams send it.
function toYuv(rgb, width, height) {
  const yuv = Buffer.alloc((width * height * 3) / 2);
  const [u, v] = [width * height, (width * height * 5) / 4];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const [r, g, b] = [rgb[at * 3], rgb[at * 3 + 1], rgb[at * 3 + 2]];
      yuv[at] = 16 + (65.738 * r + 129.057 * g + 25.064 * b) / 256;
      if (y & 1 || x & 1) continue;
      const half = (y >> 1) * (width >> 1) + (x >> 1);
      yuv[u + half] = 128 + (-37.945 * r - 74.494 * g + 112.439 * b) / 256;
      yuv[v + half] = 128 + (112.439 * r - 94.154 * g - 18.285 * b) / 256;
    }
  }
  return yuv;
}

// pngs: PNG bytes. framesEach: how long each is shown, in frames. share: of the frame's smaller fit
// that the picture fills.
export function writeFilm(file, pngs, { width = 1280, height = 720, fps = 15, framesEach = 3, share = 0.9 } = {}) {
  const out = fs.openSync(file, 'w');
  fs.writeSync(out, `YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
  for (const png of pngs) {
    const frame = toYuv(layOnFrame(readPng(png), width, height, share), width, height);
    for (let i = 0; i < framesEach; i++) {
      fs.writeSync(out, 'FRAME\n');
      fs.writeSync(out, frame);
    }
  }
  fs.closeSync(out);
  return file;
}
