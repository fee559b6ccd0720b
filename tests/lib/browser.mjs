// Chromium, as a person uses it: small and large, light and dark, with scripts and without.
//
//   const visitor = await visit(server, { width: 320, scheme: 'dark', hasScript: false, client });
//   await visitor.goto('/empathy');
//   await visitor.checkPage('home');           // axe, overflow, a picture
//   await visitor.page.getByRole('link', { name: 'Programme' }).click();
//   await visitor.close();                     // else done when the file ends
//
// A visitor collects what must not happen: script errors, messages of the Content-Security-Policy,
// requests that fail, requests to any other host. close() fails when there was one.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { writeFilm } from './camera.mjs';
import { buildDir } from './server.mjs';
import { afterFile } from './test.mjs';

export const WIDTHS = [320, 768, 1280];
export const SCHEMES = ['light', 'dark'];
// Each size in each colour scheme.
export const LOOKS = WIDTHS.flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme })));

const EXECUTABLE = process.env.CHROMIUM || '/usr/bin/chromium';
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const QUIET = [
  '--disable-background-networking', '--disable-component-update', '--disable-domain-reliability',
  '--disable-sync', '--disable-default-apps', '--no-first-run', '--no-pings', '--metrics-recording-only',
  '--dns-prefetch-disable', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];
const ACTION_MS = 15_000;

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const browsers = new Map(); // by camera film, '' for none
const visitors = new Set();
let filmDir;

function launch(film = '') {
  if (!browsers.has(film)) {
    const camera = film ? ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`] : [];
    const isRoot = process.getuid() === 0; // Chromium refuses its sandbox to root
    browsers.set(film, chromium.launch({
      executablePath: EXECUTABLE, headless: true, chromiumSandbox: !isRoot, args: [...QUIET, ...camera],
    }));
  }
  return browsers.get(film);
}

function describeViolation({ id, help, nodes }) {
  const places = nodes.slice(0, 5).map((node) => `      ${node.target.join(' ')}: ${node.failureSummary.split('\n').slice(1).join(';').trim()}`);
  return `  ${id}: ${help} (${nodes.length})\n${places.join('\n')}`;
}

export class Visitor {
  constructor(context, page, { url, width, scheme, hasScript }) {
    Object.assign(this, { context, page, url, width, scheme, hasScript });
    this.faults = [];
    this.expectedFaults = [];
    page.setDefaultTimeout(ACTION_MS);
    page.on('pageerror', (error) => this.faults.push(`script error: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.faults.push(`console: ${message.text()}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') this.faults.push(`${request.method()} ${request.url()}: ${why}`);
    });
    page.on('request', (request) => {
      const isOwn = request.url().startsWith(`${this.url}/`) || /^(data|blob|about):/.test(request.url());
      if (!isOwn) this.faults.push(`a request to another host: ${request.url()}`);
    });
  }

  // Goes to a path of the server and returns the status.
  async goto(where) {
    const response = await this.page.goto(this.url + where);
    return response.status();
  }

  // The page it stands on, as another window and another choice of colours show it.
  async look({ width, scheme }) {
    if (width !== this.width) await this.page.setViewportSize({ width, height: this.page.viewportSize().height });
    if (scheme !== this.scheme) await this.page.emulateMedia({ colorScheme: scheme });
    Object.assign(this, { width, scheme });
  }

  // For a page that is meant to fail in a way Chromium reports, such as a 422.
  expectFault(pattern) {
    this.expectedFaults.push(pattern);
  }

  // Runs fn while timers work, which axe needs, also on a page without scripts: the page's own were
  // not run when it was loaded.
  async withTimers(fn) {
    if (this.hasScript) return fn();
    this.session ??= await this.context.newCDPSession(this.page);
    const disable = (value) => this.session.send('Emulation.setScriptExecutionDisabled', { value });
    await disable(true); // a session can only take back what it has set itself
    await disable(false);
    const result = await fn();
    await disable(true);
    return result;
  }

  // No violation of WCAG 2.2 AA that axe can find.
  async checkAccess() {
    const violations = await this.withTimers(async () => {
      if (!await this.page.evaluate(() => Boolean(globalThis.axe))) await this.page.evaluate(axeSource);
      return this.page.evaluate(async (values) => {
        const found = await globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
        return found.violations;
      }, WCAG);
    });
    assert.ok(!violations.length,
      `${this.name}: axe finds ${violations.length} violations\n${violations.map(describeViolation).join('\n')}`);
  }

  // Nothing makes the page scroll sideways.
  async checkOverflow() {
    const { excess, culprits } = await this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const wide = [...document.body.querySelectorAll('*')].filter((node) => {
        const box = node.getBoundingClientRect();
        const isLeaking = node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX === 'visible';
        return box.width > 0 && (box.right > clientWidth + 0.5 || box.left < -0.5 || isLeaking);
      });
      const name = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ''}${node.className && typeof node.className === 'string' ? `.${node.className.trim().replace(/\s+/g, '.')}` : ''}`;
      return { excess: scrollWidth - clientWidth, culprits: wide.slice(0, 5).map(name) };
    });
    assert.ok(excess <= 0, `${this.name}: ${excess} px wider than the window: ${culprits.join(', ')}`);
  }

  // A picture of the whole page: build/shots/NAME-WIDTH-SCHEME.png
  async shoot(name) {
    const dir = path.join(buildDir, 'shots');
    fs.mkdirSync(dir, { recursive: true });
    const file = path.join(dir, `${name}-${this.width}-${this.scheme}.png`);
    await this.page.screenshot({ path: file, fullPage: true });
    return file;
  }

  // All three.
  async checkPage(name) {
    if (name) await this.shoot(name);
    await this.checkOverflow();
    await this.checkAccess();
  }

  get name() {
    return `${this.page.url().slice(this.url.length)} at ${this.width} px, ${this.scheme}`;
  }

  async close() {
    if (!visitors.delete(this)) return;
    await this.context.close();
    const faults = this.faults.filter((fault) => !this.expectedFaults.some((pattern) => pattern.test(fault)));
    assert.ok(!faults.length, `the browser reports:\n  ${faults.join('\n  ')}`);
  }
}

function cookiesOf(client, url) {
  return [...client.cookies].map(([name, value]) => ({ name, value, url }));
}

// server: anything with a url. client: whose cookies to bring, so that the visitor is signed in.
// pictures: PNG bytes the camera shows in turn.
export async function visit(server, { width = 1280, height = 800, scheme = 'light', hasScript = true, client,
  pictures, locale = 'en-GB', zone = 'Europe/London', reducedMotion = 'reduce', ...more } = {}) {
  let film;
  if (pictures) {
    filmDir ??= fs.mkdtempSync(path.join(os.tmpdir(), 'symposiarch-film-'));
    film = writeFilm(path.join(filmDir, `${browsers.size}.y4m`), pictures);
  }
  const browser = await launch(film);
  const context = await browser.newContext({
    viewport: { width, height }, colorScheme: scheme, javaScriptEnabled: hasScript, locale, timezoneId: zone,
    reducedMotion, permissions: pictures ? ['camera'] : [], ...more,
  });
  if (client) await context.addCookies(cookiesOf(client, server.url));
  const url = server.url.replace(/\/$/, '');
  const visitor = new Visitor(context, await context.newPage(), { url, width, scheme, hasScript });
  visitors.add(visitor);
  return visitor;
}

// Opens a path in every look and checks it; name begins the pictures' names.
export async function checkEveryLook(server, where, name, options = {}) {
  for (const look of LOOKS) {
    const visitor = await visit(server, { ...options, ...look });
    try {
      await visitor.goto(where);
      await visitor.checkPage(name);
    } finally {
      await visitor.close();
    }
  }
}

afterFile(async () => {
  const errors = [];
  for (const visitor of visitors) await visitor.close().catch((error) => errors.push(error.message));
  for (const browser of browsers.values()) await (await browser).close();
  if (filmDir) fs.rmSync(filmDir, { recursive: true });
  if (errors.length) throw new Error(errors.join('\n'));
});
