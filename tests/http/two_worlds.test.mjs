// Two worlds that differ in one secret are the same for everybody who may not know it: every page and
// every list, in every order, is compared byte by byte. Whoever may know it sees a difference, which
// proves that there is one to see.
import { limitFile } from '../lib/test.mjs';
import { makeCast } from '../lib/cast.mjs';
import { quote } from '../lib/database.mjs';
import { testSecrets } from '../lib/worlds.mjs';

const NOW = '2027-05-02T12:00:00Z';
limitFile(1500);

const cast = await makeCast({ stage: 'review', now: NOW });
const { works } = cast;

// ---- the first world: the demo, with two decisions that wait for their release ----

const submission = (code) => `(SELECT id FROM submission WHERE code = ${quote(code)})`;
const person = (mailbox) => `(SELECT id FROM person WHERE email = ${quote(`${mailbox}@example.org`)})`;
const review = (code, mailbox) => `(SELECT id FROM review WHERE submission_id = ${submission(code)} AND person_id = ${person(mailbox)})`;
const stage = (code, outcome) => `INSERT INTO decision (event_id, id, code, submission_id, version, outcome, staged_at, staged_by_id)
  SELECT event_id, id + 3, 'D' || substr(code, 2), id, version, ${quote(outcome)}, 1809000000000, ${person('siobhan')}
  FROM submission WHERE code = ${quote(code)}`;
const FIRST = [stage(works.work, 'talk'), stage(works.chairs, 'talk')].join(';\n');

// ---- the secrets: what makes the other world, and who may know ----

const CHAIRS = ['chair', 'chair_author'];
const AUTHORS = ['author', 'author_token', 'coauthor'];
// One that differs from the row's own, whatever that begins with.
const OTHER_CODE = "CASE substr(code, 1, 1) WHEN 'R' THEN 'S' ELSE 'R' END || substr(code, 2)";
const SECRETS = {
  'who reviews a work': {
    sql: [`INSERT INTO assignment (event_id, id, code, submission_id, person_id, label, assigned_at, assigned_by_id)
        SELECT event_id, id + 3, ${OTHER_CODE}, submission_id, ${person('olabisi')}, label, assigned_at, assigned_by_id
        FROM assignment WHERE submission_id = ${submission(works.work)} AND person_id = ${person('emmanouil')}`,
      `UPDATE review SET person_id = ${person('olabisi')} WHERE submission_id = ${submission(works.work)} AND person_id = ${person('emmanouil')}`,
      `DELETE FROM assignment WHERE submission_id = ${submission(works.work)} AND person_id = ${person('emmanouil')}`,
      `UPDATE outbox SET person_id = ${person('olabisi')}, to_name = 'Ọlábísí', to_email = 'olabisi@example.org'
        WHERE submission_id = ${submission(works.work)} AND person_id = ${person('emmanouil')}`],
    mayKnow: [...CHAIRS, 'assigned'],
  },
  'what was decided and not released': {
    sql: [`UPDATE decision SET outcome = 'reject', note = 'We are sorry.' WHERE submission_id = ${submission(works.work)}`],
    mayKnow: CHAIRS,
  },
  'that something was decided at all': {
    sql: [`DELETE FROM decision WHERE submission_id = ${submission(works.work)}`], mayKnow: CHAIRS,
  },
  'what was decided about a chair\'s own work': {
    sql: [`UPDATE decision SET outcome = 'reject' WHERE submission_id = ${submission(works.chairs)}`], mayKnow: ['chair'],
  },
  'who wrote a double-blind work': {
    sql: [`UPDATE author SET name = 'Zebedee Xylander', email = 'zebedee@example.org', affiliations = 'Xanadu'
        WHERE submission_id = ${submission(works.work)} AND position = 1`,
      `UPDATE author SET name = 'Aaron Aardvark', affiliations = 'Aachen'
        WHERE submission_id = ${submission(works.work)} AND position = 0`,
      `UPDATE submission_file SET file_name = 'Aardvark.pdf' WHERE submission_id = ${submission(works.work)}`],
    mayKnow: [...CHAIRS, ...AUTHORS, 'organiser'],
  },
  'the note to the chairs': {
    sql: [`UPDATE submission_version SET note = 'One of us was a patient there.' WHERE submission_id = ${submission(works.work)}`],
    mayKnow: [...CHAIRS, ...AUTHORS],
  },
  'a confidential comment': {
    sql: [`UPDATE review SET to_chairs = 'I know these people.' WHERE id = ${review(works.work, 'emmanouil')}`],
    mayKnow: [...CHAIRS, 'assigned'],
  },
  'a score': {
    sql: [`UPDATE review_score SET score = 6 - score WHERE review_id = ${review(works.work, 'emmanouil')}`,
      `UPDATE review_score SET score = 5 WHERE score = 3 AND review_id = ${review(works.work, 'emmanouil')}`],
    mayKnow: [...CHAIRS, 'assigned', 'organiser_reviewer'],
  },
  'a score of a chair\'s own work': {
    sql: [`UPDATE review_score SET score = CASE score WHEN 1 THEN 5 ELSE 1 END WHERE review_id = ${review(works.chairs, 'olabisi')}`],
    mayKnow: ['chair', 'unassigned'],
  },
  'whether a review is in': {
    sql: [`UPDATE review SET state = 'draft', saved_at = saved_at + 777000 WHERE id = ${review(works.work, 'emmanouil')}`],
    mayKnow: [...CHAIRS, 'assigned', 'organiser_reviewer'],
  },
  'what somebody would like to review': {
    sql: [`DELETE FROM bid WHERE submission_id = ${submission(works.work)} AND person_id = ${person('emmanouil')}`,
      `INSERT INTO bid (event_id, submission_id, person_id, bid, bid_at) SELECT event_id, id, ${person('emmanouil')}, 'eager', 1
        FROM submission WHERE code = ${quote(works.work)}`],
    mayKnow: ['assigned', ...CHAIRS],
  },
  'what a reviewer can review': {
    sql: [`UPDATE reviewer_profile SET can_review = 'Quaggas.' WHERE person_id = ${person('emmanouil')}`],
    mayKnow: ['assigned', ...CHAIRS],
  },
  'who has declared a conflict': {
    sql: [`UPDATE conflict SET reason = 'family', declared_at = declared_at + 777000`], mayKnow: CHAIRS, isSilent: true,
  },
  'what stands in a draft': {
    sql: [`UPDATE submission_version SET title = 'Quetzals', abstract = 'Quagga.' WHERE submission_id = ${submission(works.draft)}`],
    mayKnow: [], isSilent: true,
  },
  'that there is a draft': {
    sql: ['author', 'version_theme', 'submission_version'].map((table) => `DELETE FROM ${table} WHERE submission_id = ${submission(works.draft)}`)
      .concat(`DELETE FROM submission WHERE code = ${quote(works.draft)}`),
    mayKnow: [], isSilent: true,
  },
};

await testSecrets(cast, FIRST, SECRETS);
