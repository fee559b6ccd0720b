// Bytes to the server and bytes back, for what no proper client would ever send.
import net from 'node:net';

// Sends each piece, reads until the server closes, and returns everything it said as text.
// isClosing: also close our half after the last piece.
export function rawExchange(url, pieces, { timeoutMs = 15_000, isClosing = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const chunks = [];
    const finish = () => {
      socket.destroy();
      resolve(Buffer.concat(chunks).toString('latin1'));
    };
    socket.setTimeout(timeoutMs, () => {
      socket.destroy();
      reject(new Error(`the server kept the connection open; it said: ${Buffer.concat(chunks)}`));
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', finish);
    socket.on('error', (error) => (chunks.length || error.code === 'ECONNRESET' ? finish() : reject(error)));
    for (const piece of [pieces].flat()) socket.write(piece);
    if (isClosing) socket.end();
  });
}

// The status codes in it: more than one means that a body was read as a request.
export function statusesOf(text) {
  return [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map((found) => Number(found[1]));
}
