// Two worlds, one secret: declares a test for each secret, which demands that every page is the same
// for everybody who may not know it.
//
//   await testSecrets(cast, FIRST, { 'a score': { sql: […], mayKnow: ['chair'] } });
//
// FIRST makes the first world of the cast's, sql the other one of it. The first of mayKnow must see a
// difference, unless isSilent: then no page shows it to anybody of the cast.
import { test, assert } from './test.mjs';
import { POSTER, placesOf } from './cast.mjs';
import { textOfPdf } from './pdf.mjs';
import { readRoutes } from './routes.mjs';
import { startCopy } from './server.mjs';

const LIMIT_S = 300;

// Of the query parameters that a page takes, what makes it show something else.
const QUERIES = {
  get_submissions: ['q=seated', 'q=aachen', 'q=Xanadu', 'q=%C5%81ukasz', 'q=quetzals', 'state=submitted', 'state=withdrawn', 'state=draft'],
  get_decisions: ['sort=mean', 'sort=normalised', 'sort=spread', 'take=5'],
  get_outbox: ['state=queued', 'state=sent', 'state=failed'],
  get_registrations: ['q=a', 'q=vegan', 'state=confirmed', 'state=cancelled', 'owes=yes', 'page=2'],
  get_badges: ['ticket=student', 'role=reviewer', 'anyway=1', 'layout=a6-double&sheet=4xA6'],
  get_badge: ['anyway=1', 'layout=a6-double'],
  get_badge_layout: ['start=a6-double'],
  get_badge_sample: ['start=a6-double'],
  get_invoice: ['registration=K7QF3M2XG'],
  get_checkin: ['q=a', 'q=quetzal', 'scan=in'],
  get_programme_edit: ['all=1'],
  get_session_new: ['on=2027-09-01'],
  get_bids: ['q=seated', 'q=aachen', 'q=Xanadu', 'q=%C5%81ukasz', 'q=quetzals', 'theme=research', 'left=1', 'page=2'],
  get_signin: ['next=/empathy'],
  get_signin_sent: ['email=lukasz@example.org'],
};

function pathsOf(routes, cast) {
  return placesOf(routes, cast, 'GET').flatMap(({ route, path }) => {
    assert.ok(!route.fields.length || QUERIES[route.handler], `${route.handler} takes parameters: say in lib/worlds.mjs which to try`);
    return [path, ...(QUERIES[route.handler] ?? []).map((query) => `${path}?${query}`)];
  });
}

const MASKS = [
  [/(data-csrf=")[^"]*/g, '$1'],
  [/(name="(?:csrf_token|idempotency_key|nonce)" value=")[^"]*/g, '$1'],
  [/(request:)[a-z0-9]{8}/g, '$1'],
  [/(<span class="code">)[a-z0-9]{8}(<\/span>)/g, '$1$2'], // what to quote from an error page
];
const UNEQUAL_HEADERS = ['date', 'set-cookie', 'content-length', 'etag', 'x-request-id'];

// What stands in a PDF: its QR codes hold the address of the server, which differs.
const textOf = (answer) => (answer.type === 'application/pdf'
  && !answer.bytes.subarray(0, 64).equals(POSTER.bytes.subarray(0, 64)) ? textOfPdf(answer.bytes).join('\n') : answer.bytes.toString('latin1'));

function masked(answer, server) {
  let text = textOf(answer).replaceAll(server.url, '').replaceAll(encodeURIComponent(server.url), '');
  for (const [pattern, by] of MASKS) text = text.replace(pattern, by);
  const headers = Object.entries(answer.headers).filter(([name]) => !UNEQUAL_HEADERS.includes(name))
    .map((pair) => pair.join(': ').replaceAll(server.url, ''));
  return [answer.status, ...headers.sort(), '', text].join('\n');
}

async function readWorld(server, cast, paths, roles) {
  const read = new Map();
  for (const role of roles) {
    const client = cast.people[role].at(server);
    for (const path of paths) {
      for (const accept of ['text/html', 'application/json']) {
        const answer = await client.request('GET', path, { headers: { accept, 'accept-encoding': undefined },
          isChecked: path !== '/styleguide' }); // whose forms lead nowhere
        read.set(`${role} ${path} ${accept}`, masked(answer, server));
      }
    }
  }
  return read;
}

function firstDifference(a, b) {
  const [left, right] = [a.split('\n'), b.split('\n')];
  const at = left.findIndex((line, i) => line !== right[i]);
  return `line ${at}:\n  ${left[at]?.slice(0, 300)}\n  ${right[at]?.slice(0, 300)}`;
}

const different = (a, b) => [...b].filter(([key, text]) => a.get(key) !== text).map(([key]) => key);

export async function testSecrets(cast, firstSql, secrets) {
  const paths = pathsOf(await readRoutes(), cast);
  const original = await startCopy(cast.server, firstSql);
  const first = await readWorld(original, cast, paths, Object.keys(cast.people));
  await original.stop();
  const compare = async (server, roles) => {
    const second = await readWorld(server, cast, paths, roles);
    const found = different(first, second);
    return { found, detail: found.length ? `${found.join('\n')}\n${firstDifference(first.get(found[0]), second.get(found[0]))}` : '' };
  };

  test('the same world is the same twice', async (t) => {
    const server = await startCopy(cast.server, firstSql);
    t.after(() => server.stop());
    const { found, detail } = await compare(server, ['stranger', 'author', 'chair', 'organiser']);
    assert.equal(found.length, 0, detail);
  }, { limitS: LIMIT_S });

  for (const [secret, { sql, mayKnow, isSilent }] of Object.entries(secrets)) {
    test(`nobody learns ${secret} who may not`, async (t) => {
      const server = await startCopy(cast.server, [firstSql, ...sql].join(';\n'));
      t.after(() => server.stop());
      const others = Object.keys(cast.people).filter((role) => !mayKnow.includes(role) && role !== 'revoked_token');
      const { found, detail } = await compare(server, others);
      assert.equal(found.length, 0, detail);
      const known = await compare(server, mayKnow.slice(0, 1));
      assert.ok(isSilent || known.found.length, `${mayKnow[0]} sees no difference: there is no secret`);
    }, { limitS: LIMIT_S });
  }
}
