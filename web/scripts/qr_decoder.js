// The decoder alone, as one script: what stands in a picture of a camera, or '' when nothing does.
import decodeQR from 'qr/decode.js';

globalThis.decodeQr = (image) => {
  try {
    return decodeQR(image);
  } catch {
    return ''; // how the library says that it found none
  }
};
