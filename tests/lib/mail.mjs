// A mail relay for a test, and the mails it was given.
//
//   const relay = await startMailRelay();
//   const server = await startServer({ env: relay.env });
//   const mail = await relay.waitFor((one) => one.to.includes('ada@example.org'));
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterFile } from './test.mjs';

const SINK = fileURLToPath(new URL('mailsink.py', import.meta.url));
// Debian's own Python has aiosmtpd, whatever else comes first on the path.
const PYTHON = fs.existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const WAIT_MS = 15_000;

const relays = new Set();

// A certificate for 127.0.0.1 and localhost that only the test trusts.
function makeCertificate(dir) {
  const [key, certificate] = [path.join(dir, 'key.pem'), path.join(dir, 'certificate.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
    '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'], { stdio: 'pipe' });
  return { key, certificate };
}

export class MailRelay {
  constructor(dir, { user, password }) {
    Object.assign(this, { dir, user, password });
    this.mails = []; // { from, to, subject, headers, text, html, attachments, isEncrypted, raw }
    this.waiting = new Set();
    this.answers = [];
  }

  async start() {
    const { key, certificate } = makeCertificate(this.dir);
    this.certificate = certificate;
    this.child = spawn(PYTHON, [SINK, certificate, key, this.user, this.password], { stdio: ['pipe', 'pipe', 'pipe'] });
    let errors = '';
    this.child.stderr.on('data', (chunk) => { errors += chunk; });
    const ended = new Promise((_, reject) => {
      this.child.on('error', reject);
      this.child.on('close', (code) => reject(new Error(`the mail relay ended with ${code}: ${errors}`)));
    });
    ended.catch(() => {});
    const port = new Promise((resolve) => {
      readline.createInterface({ input: this.child.stdout }).on('line', (line) => this.take(JSON.parse(line), resolve));
    });
    this.port = await Promise.race([port, ended]);
    return this;
  }

  take(message, onPort) {
    if (message.port) onPort(message.port);
    else if (message.done) this.answers.shift()();
    else {
      this.mails.push(message);
      for (const wake of this.waiting) wake();
    }
  }

  // Settings of the program that make it send here.
  get env() {
    return {
      SYMPOSIARCH_SMTP_URL: `smtp://localhost:${this.port}`, SYMPOSIARCH_SMTP_USER: this.user,
      SYMPOSIARCH_SMTP_PASSWORD: this.password, SYMPOSIARCH_SMTP_CA: this.certificate,
    };
  }

  // The first mail that fits, when it is there; fails after a while.
  waitFor(fits, limitMs = WAIT_MS) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.mails.find(fits);
        if (!found) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        const seen = this.mails.map((mail) => `${mail.to}: ${mail.subject}`).join('\n  ');
        reject(new Error(`no such mail came; these did:\n  ${seen || 'none'}`));
      }, limitMs);
      this.waiting.add(look);
      look();
    });
  }

  // Answers the next mails with a refusal: 4xx "later", 5xx "never".
  refuse(count, code = 451) {
    return this.tell(`refuse ${count} ${code}`);
  }

  // Keeps the next mails without ever saying so to who sent them.
  hold(count) {
    return this.tell(`hold ${count}`);
  }

  // Takes so long for each mail from now on.
  slow(ms) {
    return this.tell(`slow ${ms}`);
  }

  tell(line) {
    return new Promise((resolve) => {
      this.answers.push(resolve);
      this.child.stdin.write(`${line}\n`);
    });
  }

  async stop() {
    if (!relays.delete(this)) return;
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin.end();
    const code = await ended;
    fs.rmSync(this.dir, { recursive: true });
    assert.equal(code, 0, 'the mail relay ended badly');
  }
}

export async function startMailRelay({ user = 'sender', password = 'not a secret' } = {}) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-mail-'));
  const relay = new MailRelay(dir, { user, password });
  relays.add(relay);
  return relay.start();
}

afterFile(async () => {
  for (const relay of relays) await relay.stop();
});
