#!/usr/bin/env node
// Stands in for the program, for the tests of the harness: it keeps to the program's contract on the
// command line and answers as FAKE_MODE tells it to.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { startSite } from './site.mjs';

const args = process.argv.slice(2);
const option = (name) => args[args.indexOf(name) + 1];
const mode = process.env.FAKE_MODE ?? '';
const dataDir = option('--data');

if (args[0] === 'demo') {
  fs.appendFileSync(path.join(process.env.HOME, 'stages-made'), `${option('--stage')}\n`);
  fs.writeFileSync(path.join(dataDir, 'event'), option('--stage'));
  console.log('organiser\thttp://127.0.0.1:8080/signin/organiserlinkorganiserlink');
  console.log('chair\thttp://127.0.0.1:8080/signin/chairlinkchairlinkchairlink');
} else if (args[0] === 'serve') {
  if (mode === 'dies') {
    console.error('no port is free');
    process.exit(3);
  }
  const commands = [];
  net.createServer((socket) => socket.on('data', (chunk) => {
    for (const line of String(chunk).trim().split('\n')) {
      commands.push(line);
      socket.write(line.startsWith('fault NONE') ? 'error: no such fault point\n' : 'ok\n');
    }
  })).listen(process.env.SYMPOSIARCH_CONTROL).unref();
  const site = await startSite({ state: () => ({ commands, first: process.env.SYMPOSIARCH_CONTROL_FIRST }) });
  if (mode === 'sanitizer') console.error('server/x.c:1:2: runtime error: signed integer overflow');
  // Before the line, because the test may stop it at once.
  process.on('SIGTERM', () => {
    if (mode !== 'stays') process.exit(mode === 'ends badly' ? 4 : 0);
  });
  console.log(`listening on ${site.url}`);
}
