// The door of the test program (tests/control.c): its clock, its fault points, its random source.
import net from 'node:net';

export class Control {
  constructor(socketPath) {
    this.socketPath = socketPath;
    this.waiting = [];
  }

  async open() {
    if (this.socket) return;
    this.socket = await new Promise((resolve, reject) => {
      const socket = net.connect(this.socketPath, () => resolve(socket));
      socket.once('error', reject);
    });
    let text = '';
    this.socket.on('data', (chunk) => {
      const lines = (text + chunk).split('\n');
      text = lines.pop();
      for (const line of lines) this.waiting.shift()?.resolve(line);
    });
    const fail = () => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error('the control socket was closed'));
      this.socket = undefined;
    };
    this.socket.on('close', fail);
    this.socket.on('error', () => {});
    this.socket.unref();
  }

  // One command line; an answer other than "ok" is an error.
  async send(line) {
    await this.open();
    const answer = await new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.ref();
      this.socket.write(`${line}\n`);
    });
    if (!this.waiting.length) this.socket?.unref();
    if (answer !== 'ok') throw new Error(`control: ${line}: ${answer}`);
  }

  // Stops the clock at an instant: a Date, milliseconds or RFC 3339.
  freeze(at) {
    return this.send(`clock set ${new Date(at).getTime()} frozen`);
  }

  // Lets it run from an instant.
  runFrom(at) {
    return this.send(`clock set ${new Date(at).getTime()} running`);
  }

  // Moves it; a frozen clock stays frozen.
  advance({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) {
    return this.send(`clock add ${(((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms}`);
  }

  releaseClock() {
    return this.send('clock release');
  }

  // The point (base/fault.h) fails the next `count` times; 0 disarms it.
  fault(name, count = 1) {
    return this.send(`fault ${name} ${count}`);
  }

  seed(n) {
    return this.send(`seed ${n}`);
  }

  close() {
    this.socket?.destroy();
  }
}
