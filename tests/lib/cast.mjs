// Everybody who may stand in some way to the demo's works, signed in once. Each test then copies the
// stopped server and takes its people along:
//
//   const cast = await makeCast({ stage: 'review', now: NOW });
//   const world = await startCopy(cast.server);
//   const author = cast.people.author.at(world);
import assert from 'node:assert/strict';
import { changeRows, quote } from './database.mjs';
import { fillPattern, parametersOf } from './routes.mjs';
import { startServer } from './server.mjs';
import { signIn } from './signin.mjs';

const one = (server, sql) => {
  const rows = server.rows(sql);
  assert.ok(rows.length, `the demo has nothing for: ${sql}`);
  return rows[0];
};

const codeOf = (server, title) => one(server, `SELECT submission.code FROM submission JOIN submission_version
  ON submission_version.submission_id = submission.id WHERE title LIKE ${quote(`${title}%`)}`).code;
const inState = (server, state, not) => one(server, `SELECT code FROM submission
  WHERE state = ${quote(state)} AND code <> ${quote(not)} ORDER BY id DESC`).code;

// The works that matter, and what belongs to them.
function findWorks(server) {
  const work = codeOf(server, 'Does a seated round last longer?');
  const codes = {
    work, // a usual one: three reviewers, one of whom has declared a conflict
    chairs: codeOf(server, 'Permission to sit down'), // the second chair is among its authors
    draft: inState(server, 'draft', work),
    withdrawn: inState(server, 'withdrawn', work),
  };
  const assignmentOf = (code) => server.rows(`SELECT assignment.code FROM assignment JOIN submission
    ON submission.id = assignment.submission_id WHERE submission.code = ${quote(code)}
    AND declined_at IS NULL ORDER BY assignment.id`)[0]?.code;
  const mailOf = (code) => server.rows(`SELECT outbox.code FROM outbox JOIN submission
    ON submission.id = outbox.submission_id WHERE submission.code = ${quote(code)} ORDER BY outbox.id`)[0]?.code;
  return { ...codes,
    assignments: { work: assignmentOf(work), chairs: assignmentOf(codes.chairs) },
    mails: { work: mailOf(work), chairs: mailOf(codes.chairs) },
    reviewer: one(server, `SELECT code FROM person WHERE email = 'zsofia@example.org'`).code };
}

// By the mailbox of demo/people.def and what demo/submissions.c and demo/reviews.c make of them.
const MAILBOXES = {
  nobody: 'nobody', // has an account, and nothing to do with the event
  author: 'lukasz', coauthor: 'maelle', assigned: 'emmanouil', conflicted: 'juerg', chair_author: 'tonu',
  treasurer: 'ama', catering: 'bo', organiser_reviewer: 'marharyta',
};
const LINKS = { unassigned: 'reviewer', chair: 'chair', organiser: 'organiser', desk: 'desk' };
const GRANTS = [['treasurer', 'treasurer'], ['catering', 'catering'], ['organiser_reviewer', 'organiser']];

async function grantRoles(organiser) {
  for (const [who, role] of GRANTS) {
    (await organiser.post('/empathy/settings/people', { email: `${MAILBOXES[who]}@example.org`, name: who, role },
      { page: '/empathy/settings' })).expect(200);
  }
}

async function makeToken(person, name) {
  const { token, code } = (await person.post('/account/tokens', { name, days: 30 }, { page: '/account/tokens' })).expect(200).json;
  return { code, client: person.server.client({ token }) };
}

// Somebody who only comes: nothing written, no role. From the stage of the programme on.
function findGuest(server) {
  return server.rows(`SELECT person.email FROM registration JOIN person ON person.id = registration.person_id
    WHERE registration.state = 'confirmed' AND person.account_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM author WHERE author.person_id = person.id)
      AND NOT EXISTS (SELECT 1 FROM role_grant WHERE role_grant.person_id = person.id)
      AND EXISTS (SELECT 1 FROM registration_need WHERE registration_need.registration_id = registration.id)
    ORDER BY person.email`)[0]?.email;
}

export const POSTER = { name: 'Łukasz poster.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') };

// A poster of each work, sent by its first author.
async function attachPosters(server, works, senders) {
  const files = {};
  for (const [name, sender] of Object.entries(senders)) {
    const path = `/empathy/submissions/${works[name]}`;
    const form = await sender.form(path, `${path}/files`);
    (await form.fill({ kind: 'poster', file: POSTER }).submit()).expect(303);
    files[name] = one(server, `SELECT submission_file.code FROM submission_file JOIN submission
      ON submission.id = submission_file.submission_id WHERE submission.code = ${quote(works[name])}`).code;
  }
  return files;
}

// A phone at the door, paired by its link.
async function pairDevice(organiser) {
  const { link } = (await organiser.post('/empathy/checkin/devices', { name: 'Door' }, { page: '/empathy/checkin/devices' })).expect(200).json;
  const client = organiser.server.client();
  (await (await client.form(new URL(link.url).pathname)).submit()).expect(303);
  await client.page('/empathy/checkin');
  return { code: link.code, client };
}

// The smallest PNG there is: one pixel.
export const LOGO = { name: 'mark.png', type: 'image/png', bytes: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'
  + 'AAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64') };

async function addLogo(organiser) {
  const form = await organiser.form('/empathy/settings', '/empathy/settings/logos');
  (await form.fill({ alt: 'A mark', file: LOGO }).submit()).expect(303);
  return one(organiser.server, 'SELECT code FROM logo').code;
}

// A document of the print office, asked for by one of them, that no printer has taken.
const PRINT = 'K7QF3M2XG';
const printFor = (email) => `INSERT INTO print_job (event_id, id, code, kind, person_id, is_check, state, content_hash,
    model_sha256, file_name, created_at)
  SELECT event_id, id, ${quote(PRINT)}, 'programme', id, 0, 'running', '', '', 'programme.pdf', 1809172800000 FROM person
  WHERE email = ${quote(email)}`;

// Proposals that are being worked out, one of each kind, for those who have asked for them.
const PROPOSALS = { allocation: 'M3X8R0T5N', assignment: '5AGK7RCB4', timetable: 'K7QF3M2XG' };
const proposalFor = (email, kind, roles, options) => `INSERT INTO proposal (event_id, id, code, kind, person_id, roles, options, seed, seconds, state, created_at)
  SELECT event_id, id + ${Object.keys(PROPOSALS).indexOf(kind)}, ${quote(PROPOSALS[kind])}, ${quote(kind)}, id, ${roles}, ${quote(JSON.stringify(options))}, 1, 20, 'running', 1809172800000 FROM person
  WHERE email = ${quote(email)}`;

// Bidding is never over, so that what reviewers see of everything then is looked at with the rest.
const BIDDING = 'UPDATE call SET bids_open_at = 1, bids_close_at = 1900000000000';

// { server (stopped), people: { role: client }, works, codes }. The roles are in order of power.
export async function makeCast(options) {
  const server = await startServer(options);
  const signed = {};
  for (const [role, link] of Object.entries(LINKS)) signed[role] = await server.signInAs(link);
  await grantRoles(signed.organiser);
  for (const [role, mailbox] of Object.entries(MAILBOXES)) {
    signed[role] = server.client();
    await signIn(signed[role], `${mailbox}@example.org`);
  }
  const guest = findGuest(server);
  if (guest) await signIn(signed.attendee = server.client(), guest);
  const program = await makeToken(signed.author, 'reading');
  const revoked = await makeToken(signed.author, 'lost');
  (await signed.author.post(`/account/tokens/${revoked.code}/revoke`)).expect(200);
  const stranger = server.client();
  await stranger.page('/signin');
  const device = await pairDevice(signed.organiser);
  const logo = await addLogo(signed.organiser);
  for (const client of Object.values(signed)) await client.page('/account');
  const { author, coauthor, assigned, unassigned, conflicted, ...others } = signed;
  const people = { stranger, revoked_token: revoked.client, nobody: others.nobody, device: device.client, unassigned, conflicted, assigned,
    coauthor, author, author_token: program.client, desk: others.desk, catering: others.catering,
    treasurer: others.treasurer, ...(guest && { attendee: others.attendee }), chair_author: others.chair_author, chair: others.chair,
    organiser_reviewer: others.organiser_reviewer, organiser: others.organiser };
  const works = findWorks(server);
  works.files = await attachPosters(server, works, { work: signed.author, chairs: signed.chair_author });
  const browserOf = (mailbox) => one(server, `SELECT signin.code FROM signin JOIN account ON account.id = signin.account_id
    WHERE account.email = ${quote(`${mailbox}@example.org`)}`).code;
  const firstCode = (sql) => server.rows(sql)[0]?.code ?? '999999999';
  const codes = { token: program.code, browser: browserOf(MAILBOXES.author),
    registration: firstCode(`SELECT registration.code FROM registration JOIN person ON person.id = registration.person_id
      WHERE person.email = ${quote(guest ?? '')}`),
    session: firstCode(`SELECT code FROM session WHERE kind = 'masterclass' ORDER BY starts_at, id`),
    masterclass: firstCode('SELECT code FROM masterclass ORDER BY code'),
    parallel: firstCode(`SELECT session.code FROM session JOIN presentation ON presentation.session_id = session.id
      WHERE kind = 'parallel' ORDER BY starts_at, session.code`),
    device: device.code, logo };
  codes.presentation = firstCode(`SELECT presentation.code FROM presentation JOIN session ON session.id = presentation.session_id
    WHERE session.code = ${quote(codes.parallel)} ORDER BY presentation.position`);
  await server.stop();
  changeRows(BIDDING, server);
  changeRows(printFor(`${MAILBOXES.chair_author}@example.org`), server);
  changeRows(proposalFor('catrin@example.org', 'allocation', 1, { what: 'give' }), server);
  changeRows(proposalFor('catrin@example.org', 'timetable', 1, { mode: 'rest' }), server);
  changeRows(proposalFor(`${MAILBOXES.chair_author}@example.org`, 'assignment', 2, { method: 'best' }), server);
  return { server, people, works, codes };
}

// What stands for the parameters of a pattern, by the name it is shown under.
function parametersFor({ works, codes }) {
  const each = (names, make) => Object.fromEntries(names.map((name) => [name, make(name)]));
  const two = ['work', 'chairs'];
  return [
    [/\/submissions\/:code\/files\/:file$/, each(two, (name) => ({ code: works[name], file: works.files[name] }))],
    [/\/reviews\/bids\/:code/, each([...two, 'draft', 'withdrawn'], (name) => ({ code: works[name] }))],
    [/\/submissions\/:code/, each([...two, 'draft', 'withdrawn'], (name) => ({ code: works[name] }))],
    [/\/assignments\/proposals\/:code/, { chair_authors: { code: PROPOSALS.assignment } }],
    [/\/edit\/proposals\/:code/, { organisers: { code: PROPOSALS.timetable } }],
    [/\/assignments\/:code/, each(two, (name) => ({ code: works.assignments[name] }))],
    [/\/proposals\/:code/, { organisers: { code: PROPOSALS.allocation } }],
    [/\/print\/:code/, { chair_authors: { code: PRINT } }],
    [/\/outbox\/:code/, each(two, (name) => ({ code: works.mails[name] }))],
    [/\/registrations\/:code/, { attendee: { code: codes.registration } }],
    [/\/programme\/edit\/:code\/presentations\/:item$/, { one: { code: codes.parallel, item: codes.presentation } }],
    [/\/programme\/edit\/:code/, { one: { code: codes.parallel } }],
    [/\/programme\/masterclasses\/:code/, { one: { code: codes.masterclass } }],
    [/\/sessions\/:code$/, { one: { code: codes.parallel } }],
    [/\/settings\/logos\/:code/, { logo: { code: codes.logo } }],
    [/\/checkin\/devices\/:code/, { paired: { code: codes.device } }],
    [/\/masterclasses\/:code/, { one: { code: codes.session } }],
    [/^\/account\/browsers\/:code/, { authors: { code: codes.browser } }],
    [/^\/account\/tokens\/:code/, { authors: { code: codes.token } }],
    [/^\/(signin|c|C|:event\/checkin\/pair)\/:token$/, { unknown: { token: 'a'.repeat(26) } }],
  ];
}

function instancesOf(pattern, parameters) {
  const names = parametersOf(pattern).filter((name) => name !== 'event');
  if (!names.length) return { '': {} };
  const found = parameters.find(([known]) => known.test(pattern));
  assert.ok(found, `${pattern} is new: say in lib/cast.mjs what may stand for :${names.join(' and :')}`);
  return found[1];
}

// Every path there is to ask for: [{ route, name, path }], where name is the pattern with what it
// was filled with: "/:event/submissions/{chairs}".
export function placesOf(routes, cast, method) {
  const parameters = parametersFor(cast);
  return routes.filter((route) => route.method === method).flatMap((route) =>
    Object.entries(instancesOf(route.pattern, parameters)).map(([instance, values]) => ({
      route,
      name: instance ? route.pattern.replace(/:(code|token)/, `{${instance}}`) : route.pattern,
      path: fillPattern(route.pattern, { event: 'empathy', ...values }),
    })));
}
