// Two ways to do the same thing: with the forms of a browser that runs no scripts, and with JSON and a
// token. Both know the same verbs, so that a test tells its story once and walks it in either way.
//
//   const chair = await way.signIn(server, 'chair@example.org');  // by the link that is mailed
//   const path = await way.does(chair, page, { to, values, hidden, press });  // where it leads
//   const words = await way.isRefused(chair, 422, page, { to, values });      // why not
//   const words = await way.reads(chair, page);                               // what the reader is told
//
// values: as in JSON: lists of objects are rows, objects are names with values. hidden: what the form
// carries by itself; it tells one of several forms from the others. press: the value of the button.
// carry: for JSON only, what else the form has hidden, made of what the page says as JSON.
//
// What differs more has a verb of its own: moveUp and addRow for rows, upload, isNotOffered for what a
// page has no button for, scan, letInByName and countIn for the door.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { multipart } from './form.mjs';
import { findSignInLink, openSignInLink, signIn } from './signin.mjs';

let n_clients = 0;
// Everybody comes from an address of their own: links are limited by it.
const newClient = (server, options) => {
  n_clients += 1;
  return server.client({ localAddress: `127.1.${n_clients >> 7}.${(n_clients & 127) + 1}`, ...options });
};

const isRows = (value) => Array.isArray(value) && typeof value[0] === 'object';
const isMap = (value) => typeof value === 'object' && !Array.isArray(value) && !value.bytes;

// { author: [{ name }], score: { rigour } } as a form calls it: author.0.name, score.rigour.
function fieldsOf(values, prefix = '') {
  return Object.entries(values).flatMap(([name, value]) => {
    if (isRows(value)) return value.flatMap((row, i) => fieldsOf(row, `${prefix}${name}.${i}.`));
    if (isMap(value)) return fieldsOf(value, `${prefix}${name}.`);
    return [[prefix + name, value]];
  });
}

const countRows = (form, name) => new Set(form.controls.map((one) => one.name.split('.'))
  .filter(([group]) => group === name).map(([, i]) => i)).size;

const clockIn = (zone, at) => new Date(at).toLocaleString('sv', { timeZone: zone }).slice(11, 16);

export const forms = {
  name: 'by forms',
  stranger: newClient,

  async signIn(server, email) {
    const client = newClient(server);
    await signIn(client, email);
    return client;
  },

  async follow(server, link) {
    const client = newClient(server);
    return { client, path: (await openSignInLink(client, link)).location };
  },

  // The form that has these hidden fields, with as many rows as are wanted.
  async open(client, page, { to = page, values = {}, hidden = {} }) {
    const fits = (node) => node.get('method') === 'post' && (node.get('action') || page) === to && Object.entries(hidden)
      .every(([name, value]) => node.first(`input[name="${name}"]`)?.get('value') === String(value === true ? 1 : value));
    let form = await client.form(page, fits);
    for (const [name, rows] of Object.entries(values).filter(([, value]) => isRows(value))) {
      while (countRows(form, name) < rows.length) form = client.formOf((await form.submit(`do=${name}.add`)).expect(200), fits);
    }
    return form.fill(Object.fromEntries(fieldsOf(values)));
  },

  async does(client, page, wanted = {}) {
    const form = await forms.open(client, page, wanted);
    return (await form.submit(wanted.press && `do=${wanted.press}`)).expect(303).location;
  },

  async isRefused(client, status, page, wanted = {}) {
    const form = await forms.open(client, page, wanted);
    const answer = (await form.submit(wanted.press && `do=${wanted.press}`)).expect(status);
    assert.match(answer.one('title').text, /^Error: /);
    return answer.one('.summary').text;
  },

  async reads(client, path) {
    return (await client.page(path)).expect(200).one('main').text;
  },

  status: async (client, path) => (await client.page(path)).status,

  async moveUp(client, page, name, i, { press }) {
    const form = await client.form(page, page);
    const moved = (await form.submit(`do=${name}.${i}.up`)).expect(200);
    return (await client.formOf(moved, page).submit(`do=${press}`)).expect(303).location;
  },

  async addRow(client, page, name, row) {
    const form = await client.form(page, page);
    const wider = client.formOf((await form.submit(`do=${name}.add`)).expect(200), page);
    const fields = fieldsOf(row, `${name}.${countRows(wider, name) - 1}.`);
    return (await wider.fill(Object.fromEntries(fields)).submit()).expect(303).location;
  },

  upload: (client, page, values) => forms.does(client, page, { to: `${page}/files`, values }),

  // Too late, or at the same time as something else: the page has no button for it, and says why.
  async isNotOffered(client, page, { to, press, near = 'main' }) {
    const answer = (await client.page(page)).expect(200);
    const buttons = answer.all('form').filter((form) => form.get('action') === to).flatMap((form) => form.all('button'));
    assert.ok(!buttons.some((button) => !press || button.get('value') === press), `${page} offers ${to}`);
    return answer.one(near).text;
  },

  async scan(client, door, entry) {
    const form = await client.form(door, '#entry');
    const shown = await client.follow((await form.fill({ entry }).submit()).expect(303));
    const { text } = shown.one('.verdict');
    return { verdict: /^In\b/.test(text) ? 'in' : /^Already in/.test(text) ? 'again' : text,
      name: shown.one('.verdict .who').text, at: /Already in at (\d\d:\d\d)/.exec(text)?.[1] };
  },

  async letInByName(client, door, name) {
    const form = await client.form(door, '#entry');
    const found = await client.follow((await form.fill({ entry: name }).submit()).expect(303));
    const button = client.formOf(found, (node) => node.closest('section') && node.text.includes(name));
    return (await client.follow((await button.submit()).expect(303))).one('.verdict .who').text;
  },

  async countIn(client, door) {
    return (await client.page(door)).expect(200).one('#tally').text.match(/\d+/g).map(Number);
  },
};

// A program that has taken the link once and goes on with a token.
async function withToken(client) {
  const { token } = (await client.post('/account/tokens', { name: 'a program', days: 30 }, { page: '/account/tokens' })).expect(200).json;
  return newClient(client.server, { token });
}

async function send(client, page, { to = page, values = {}, hidden = {}, press, carry }) {
  const carried = carry ? carry((await client.get(page)).expect(200).json) : {};
  return client.post(to, { ...values, ...hidden, ...carried, ...(press && { do: press }) }, { page });
}

const done = (answer) => {
  assert.ok([200, 201].includes(answer.status), `${answer.name}: ${answer.status} ${answer.text}`);
  return answer.location ?? answer.json.location;
};

export const json = {
  name: 'by JSON',
  stranger: newClient,

  async signIn(server, email) {
    const client = newClient(server);
    (await client.post('/signin', { email })).expect(200);
    return (await json.follow(server, findSignInLink(server, email))).client;
  },

  async follow(server, link) {
    const client = newClient(server);
    return { path: done(await client.post(link)), client: await withToken(client) };
  },

  does: async (client, page, wanted = {}) => done(await send(client, page, wanted)),

  async isRefused(client, status, page, wanted = {}) {
    const { detail, fields } = (await send(client, page, wanted)).expect(status).json;
    return [detail, ...Object.values(fields ?? {})].join('\n');
  },

  reads: async (client, path) => (await client.get(path)).expect(200).text,

  status: async (client, path) => (await client.get(path)).status,

  async moveUp(client, page, name, i, wanted) {
    const rows = [...wanted.values[name]];
    rows.splice(i - 1, 2, rows[i], rows[i - 1]);
    return json.does(client, page, { ...wanted, values: { ...wanted.values, [name]: rows } });
  },

  addRow: (client, page, name, row, carry) => json.does(client, page,
    { carry: (seen) => ({ ...carry(seen), [name]: [...carry(seen)[name], row] }) }),

  async upload(client, page, values) {
    const { type, body } = multipart(Object.entries(values));
    return done(await client.request('POST', `${page}/files`, { headers: { accept: 'application/json', 'content-type': type }, body }));
  },

  isNotOffered: (client, page, wanted) => json.isRefused(client, 409, page, wanted),

  // As the camera's script sends it.
  async scan(client, door, payload, zone) {
    const ticket_hash = crypto.createHash('sha256').update(payload.slice(-26).toLowerCase()).digest('hex');
    const scan = [{ nonce: crypto.randomBytes(12).toString('hex'), ticket_hash, method: 'camera' }];
    const [{ verdict, name, in_at }] = (await client.post(`${door}/scans`, { scan })).expect(200).json.results;
    return { verdict, name, at: verdict === 'again' ? clockIn(zone, in_at) : undefined };
  },

  async letInByName(client, door, name) {
    const { matches } = (await client.get(`${door}?q=${encodeURIComponent(name)}`)).expect(200).json;
    assert.deepEqual(matches.map((one) => one.name), [name]);
    return (await client.post(`${door}/scans`, { entry: matches[0].code, method: 'name' })).expect(200).json.scan.name;
  },

  async countIn(client, door) {
    const { n_in, n_all } = (await client.get(door)).expect(200).json.counts;
    return [n_in, n_all];
  },
};
