// Who may do what, as the running program answers: golden/permissions.txt. Every route of the table,
// asked by everybody; a route nobody has thought of fails here. Each act is tried on data of its own.
import { test, assert, limitFile } from '../lib/test.mjs';
import { makeCast, placesOf } from '../lib/cast.mjs';
import { checkGolden } from '../lib/golden.mjs';
import { readRoutes, sampleFields, sendFields } from '../lib/routes.mjs';
import { startCopy } from '../lib/server.mjs';

const NOW = '2027-05-02T12:00:00Z';
const LIMIT_S = 900;
limitFile(LIMIT_S);

const routes = await readRoutes();
const selecting = await makeCast({ stage: 'review', now: NOW });
const attending = await makeCast({ stage: 'live', now: NOW });

// What belongs to the days themselves is asked for once there are some.
const DAYS = /^\/(c|C|:event\/(registrations?|needs|masterclasses|programme|sessions|checkin|badges?|invoice|certificate|agenda))\b/;
const isOfTheDays = ({ pattern }) => DAYS.test(pattern);
const routesOf = (cast) => routes.filter((route) => isOfTheDays(route) === (cast === attending));

// What a field must hold for the act to be possible at all.
const valuesOf = ({ works, codes }) => ({
  post_signin: { password: '', next: '/' },
  post_account: { lang: 'en', rev: '1' },
  post_event_new: { kind: 'course', zone: 'Europe/London', themes: 'Listening' },
  post_event_settings: { zone: 'Europe/London', starts_on: '2027-09-01', ends_on: '2027-09-03' },
  post_event_people: { role: 'reviewer' },
  post_call: { deadline_zone: 'AoE', blinding: 'double', closes_at: '2027-06-02T12:00' },
  post_submission_new: { type: 'abstract', theme: 'research', do: 'save' },
  post_submission_edit: { type: 'abstract', theme: 'research', rev: '2', do: 'save' },
  post_submission_file: { kind: 'poster' },
  post_bids: { 'bid.relevance': 'willing' }, // of no submission: left out
  post_bid: { bid: 'reluctant' },
  post_reviewer_profile: { theme: 'research' },
  post_review: { 'score.relevance': '3', rev: '0' },
  post_decision: { outcome: 'reject', rev: '0' },
  post_decision_confirm: { answer: 'yes' },
  post_assignment: { submission: works.work, reviewer: works.reviewer },
  post_decisions: { submission: works.work, do: 'talk' },
  post_decision_release: { expected: '0' },
  post_registration: { ticket: 'student' },
  post_registrations: { ticket: 'student' },
  post_ticket_types: { 'ticket.0.code': '', rev: '1' },
  post_payment: { method: 'cash', amount: '1.00' },
  post_payment_text: { rev: '1' },
  post_seating: { way: 'first_come', rev: '1' },
  post_allocation_proposal: { what: 'give' },
  post_allocation_accept: { method: 'exact' },
  post_programme_place: { submission: works.work, session: codes.parallel },
  post_session_new: { kind: 'parallel', 'person.0.role': 'chair' },
  post_session_edit: { kind: 'parallel', 'person.0.role': 'chair' },
  post_checkin_scans: { 'scan.0.nonce': 'n'.repeat(20), 'scan.0.method': 'code' },
});

const cells = (cast, method) => placesOf(routesOf(cast), cast, method);

async function readAll(cast, sql = []) {
  const server = await startCopy(cast.server, sql);
  const lines = [];
  for (const { name, path } of cells(cast, 'GET')) {
    for (const [role, person] of Object.entries(cast.people)) {
      const { status } = await person.at(server).get(path);
      assert.ok(status < 500, `${role} asks for ${path}: ${status}`);
      lines.push([name, role, status]);
    }
  }
  await server.stop();
  return lines;
}

function fieldsOf(cast, route) {
  const values = valuesOf(cast)[route.handler] ?? {};
  const fields = sampleFields(route, values);
  return values.do ? [...fields, ['do', values.do]] : fields;
}

// Whatever an act that succeeds has changed is gone before the next one is tried.
async function actAll(cast) {
  let server = await startCopy(cast.server);
  const lines = [];
  for (const { route, name, path } of cells(cast, 'POST')) {
    for (const [role, person] of Object.entries(cast.people)) {
      const { status } = await sendFields(person.at(server), route, path, fieldsOf(cast, route));
      assert.ok(status < 500, `${role} sends to ${path}: ${status}`);
      lines.push([name, role, status]);
      if (status >= 400 && status !== 429) continue;
      await server.stop();
      server = await startCopy(cast.server);
    }
  }
  await server.stop();
  return lines;
}

const text = (method, lines) => lines.map((line) => [method, ...line].join(' ')).join('\n') + '\n';

const both = async (cast) => text('GET', await readAll(cast)) + text('POST', await actAll(cast));

test('who may read what and do what stands in the golden file', async () => {
  checkGolden('permissions.txt', [
    '# Of the demo at the stage of reviewing. Works: {work}, {chairs}: written by a chair, {draft} and',
    '# {withdrawn}: of others. One line: method, path, who, the answer.',
    await both(selecting),
    '# Before the event is published.',
    text('GET', await readAll(selecting, 'UPDATE event SET is_published = 0')),
    '# On the first day; {attendee} is the registration of that one.',
    await both(attending),
  ].join('\n'));
}, { limitS: LIMIT_S });
