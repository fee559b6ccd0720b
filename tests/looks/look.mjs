// Shows the pages of list.mjs to those who may see them, each in every look in one visit. With SHOTS=1
// each leaves its pictures in build/shots/.
import { test, assert, until } from '../lib/test.mjs';
import { visit } from '../lib/browser.mjs';
import { quote } from '../lib/database.mjs';
import { codesInPdf } from '../lib/pdf.mjs';
import { startServer } from '../lib/server.mjs';
import { findSignInLink, signIn } from '../lib/signin.mjs';
import { see } from '../lib/walk.mjs';
import { STAGE_PAGES } from './list.mjs';

// The last look of a page is the first of the next: half as many changes.
export const LOOKS = [[320, 'light'], [320, 'dark'], [1280, 'dark'], [1280, 'light']].map(([width, scheme]) => ({ width, scheme }));

export async function meet(server, role) {
  const client = server.client();
  if (role === 'stranger') return client;
  if (role !== 'nobody') return server.signInAs(role);
  await signIn(client, 'nobody@example.org'); // has an account, and no part in the event
  return client;
}

// What an error page says at the least: a sentence, a way on, what to quote.
const WAY_ON = /\w[^]*\w\.\n[^]*Front page[^]*quote \w{6}/;

const codeOf = (server, sql) => server.rows(`SELECT code FROM ${sql} LIMIT 1`)[0]?.code;
const sessionOf = (kind) => (server) => codeOf(server, `session WHERE kind = ${quote(kind)} ORDER BY starts_at, id`);
const ofList = (path, list, state) => async (_, client) => (await client.get(path)).expect(200).json[list].find((one) => one.state === state)?.code;
const waiting = `registration WHERE EXISTS (SELECT 1 FROM booking WHERE booking.registration_id = registration.id AND booking.state = 'waiting') ORDER BY id`;

// A document of the print office, printed.
async function printed(client, path, fields) {
  const { location } = (await client.post(path, { ...fields, do: 'print' }, { page: '/empathy/print' })).expect(201);
  return (await until(async () => (await client.get(location)).json.job, ({ state }) => state === 'done')).code;
}

// Seats that were worked out, or moves into free ones.
const SEATS = '/empathy/masterclasses/allocation';
async function workedOut(client, fields) {
  const { location } = (await client.post(`${SEATS}/proposals`, fields, { page: SEATS })).expect(201);
  return (await until(async () => (await client.get(location)).json, ({ proposal }) => proposal.state === 'done'));
}
// Wishes close, seats are given, somebody who has one of the most wanted cancels.
async function giveSeats(server, client) {
  const { proposal, methods } = await workedOut(client, { seed: 4711 });
  const path = `${SEATS}/proposals/${proposal.code}`;
  (await client.post(`${path}/accept`, { method: 'exact', expected: methods[1].n_seats }, { page: path })).expect(200);
  const code = codeOf(server, `registration WHERE EXISTS (SELECT 1 FROM booking JOIN session ON session.id = booking.session_id
    WHERE booking.registration_id = registration.id AND session.taken = session.capacity AND session.title LIKE 'Breaking%') ORDER BY code`);
  (await client.post(`/empathy/registrations/${code}/cancel`, { confirm: code }, { page: '/empathy/registrations' })).expect(200);
}
// A timetable that was asked for, worked out.
async function timetable(client, path, question) {
  const { location } = (await client.post(path, { seconds: 2, seed: 7, ...question }, { page: '/empathy/programme/edit' })).expect(201);
  return (await until(async () => (await client.get(location)).json.proposal, ({ state }) => state === 'done')).code;
}

// What a {word} of a path stands for.
const WORDS = {
  ahead: async (_, client) => (await workedOut(client, {})).proposal.code,
  async seats(server, client) {
    await server.control.advance({ days: 5 });
    return (await workedOut(client, { seed: 4711 })).proposal.code;
  },
  async moves(server, client) {
    await giveSeats(server, client);
    return (await workedOut(client, { what: 'chain' })).proposal.code;
  },
  async assigned(_, client) {
    const home = '/empathy/assignments';
    const { location } = (await client.post(`${home}/proposals`, { method: 'best' }, { page: home })).expect(201);
    return (await until(async () => (await client.get(location)).json.proposal, ({ state }) => state === 'done')).code;
  },
  own: ofList('/empathy/submissions', 'submissions', 'submitted'),
  any: ofList('/empathy/submissions', 'selection', 'submitted'),
  biddable: async (_, client) => (await client.get('/empathy/reviews/bids')).expect(200).json.submissions[0].code,
  open: ofList('/empathy/reviews', 'reviews', 'open'),
  done: ofList('/empathy/reviews', 'reviews', 'submitted'),
  mail: (server) => codeOf(server, 'outbox WHERE event_id > 0 AND submission_id IS NOT NULL ORDER BY id DESC'),
  parallel: (server) => codeOf(server, `session WHERE kind = 'parallel' AND EXISTS (SELECT 1 FROM presentation WHERE presentation.session_id = session.id) ORDER BY starts_at, id`),
  masterclass: sessionOf('masterclass'),
  plenary: sessionOf('plenary'),
  class: (server) => codeOf(server, 'masterclass ORDER BY position'),
  registration: (server) => codeOf(server, `registration WHERE state = 'confirmed' ORDER BY id`),
  waiting: (server) => codeOf(server, waiting),
  async link(server) {
    const form = await server.client().form('/signin', '/signin');
    await form.fill({ email: 'ada@example.org' }).submit();
    return findSignInLink(server, 'ada@example.org').split('/').pop();
  },
  async pair(server) {
    const organiser = await server.signInAs('organiser');
    const { link } = (await organiser.post('/empathy/checkin/devices', { name: 'Door' }, { page: '/empathy/checkin/devices' })).expect(200).json;
    return link.url.split('/').pop();
  },
  async replanned(_, client) {
    const { sessions } = (await client.get('/empathy/programme/edit')).json;
    const talks = sessions.find(({ kind }) => kind === 'parallel');
    const { name } = talks.presentations[0].authors.find((one) => one.is_presenting);
    const speaker = sessions.find(({ kind }) => kind === 'keynote').people[0].name;
    const day = talks.starts_at.slice(0, 10);
    return timetable(client, '/empathy/programme/edit/replan',
      { away: [name, speaker].map((who) => ({ who, when: day })), shut: [{ room: talks.room_code, when: day }] });
  },
  async proposed(_, client) {
    const { sessions } = (await client.get('/empathy/programme/edit')).json;
    for (const { code, presentations } of sessions.filter(({ kind }) => kind === 'parallel' || kind === 'workshop'))
      for (const [i, item] of presentations.entries())
        (await client.post(`/empathy/programme/edit/${code}/presentations/${item.code}`,
          { do: 'remove', rev: sessions.find((one) => one.code === code).rev + i }, { page: '/empathy/programme/edit' })).expect(200);
    return timetable(client, '/empathy/programme/edit/proposals', {});
  },
  printed: (_, client) => printed(client, '/empathy/print/programme'),
  async warned(server, client) {
    const { code, rev } = server.rows(`SELECT code, rev FROM registration WHERE state = 'confirmed' ORDER BY id DESC`)[0];
    await client.post(`/empathy/registrations/${code}`, { badge_name: 'Ada 𐎀 Lovelace', rev: Number(rev) }, { page: '/empathy/registrations' });
    return printed(client, '/empathy/print/badges');
  },
  async ticket(server) {
    const badge = (await (await server.signInAs('attendee')).request('GET', '/empathy/badge.pdf')).expect(200);
    return codesInPdf(badge.bytes)[0].slice(-26).toLowerCase();
  },
};

async function fill(path, server, client) {
  const word = /\{(\w+)\}/.exec(path)?.[1];
  if (!word) return path;
  const value = await WORDS[word](server, client);
  assert.ok(value, `the demo has nothing to put for {${word}}`);
  return path.replace(`{${word}}`, value);
}

const nameOf = (...parts) => parts.join('-').replace(/[^a-z0-9]+/gi, '-').replace(/-$/, '');

export async function checkLooks(visitor, name) {
  for (const look of visitor.width === LOOKS[0].width ? LOOKS : [...LOOKS].reverse()) {
    await visitor.look(look);
    if (process.env.SHOTS) await visitor.shoot(name);
    await visitor.checkOverflow();
    await visitor.checkAccess();
  }
}

// Declares the tests of some stages.
export async function lookAt(stages) {
  for (const stage of stages) {
    const server = await startServer({ stage });
    for (const [role, pages] of Object.entries(STAGE_PAGES[stage])) {
      const client = await meet(server, role);
      const visitor = await visit(server, { ...LOOKS[0], client });
      for (const page of pages) {
        const [path, expected] = [page].flat();
        test(`${path} is fit for ${role} at the stage "${stage}"`, async () => {
          if (expected) visitor.expectFault(new RegExp(String(expected)));
          assert.equal(await visitor.goto(await fill(path, server, client)), expected ?? 200);
          if (expected) await see(visitor, WAY_ON);
          await checkLooks(visitor, nameOf(stage, role, path));
        });
      }
    }
  }
}
