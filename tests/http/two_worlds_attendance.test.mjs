// Two worlds, one secret, once people have registered: what the kitchen, the desk, the treasurer and
// the other guests may not know. lib/worlds.mjs says how it is compared.
import { limitFile } from '../lib/test.mjs';
import { makeCast } from '../lib/cast.mjs';
import { quote } from '../lib/database.mjs';
import { testSecrets } from '../lib/worlds.mjs';

limitFile(1500);

const cast = await makeCast({ stage: 'programme', now: '2027-05-02T12:00:00Z' });
const { works, codes } = cast;
const registration = (column) => `(SELECT ${column} FROM registration WHERE code = ${quote(codes.registration)})`;
const submission = `(SELECT id FROM submission WHERE code = ${quote(works.work)})`;

const ORGANISERS = ['organiser', 'organiser_reviewer'];
const AUTHORS = ['author', 'author_token', 'coauthor'];

await testSecrets(cast, [], {
  'what somebody must not eat': {
    sql: [`UPDATE registration_need SET dietary = 'No quetzals', access_needs = 'A ramp'
      WHERE registration_id = ${registration('id')}`],
    mayKnow: ['catering', 'attendee', ...ORGANISERS],
  },
  'who pays for somebody, and what': {
    sql: [`UPDATE purchase SET payer_name = 'Quetzal Ltd', payer_address = '1 Xylander Way', payer_reference = 'Q-1',
      paid = CASE paid WHEN 0 THEN total ELSE 0 END, state = CASE paid WHEN 0 THEN 'paid' ELSE 'open' END
      WHERE id = ${registration('purchase_id')}`],
    mayKnow: ['treasurer', 'attendee', ...ORGANISERS],
  },
  'the name on somebody\'s badge': {
    sql: [`UPDATE registration SET badge_name = 'Quetzal', badge_affiliation = 'Xanadu' WHERE id = ${registration('id')}`],
    mayKnow: ['attendee', 'treasurer', 'catering', 'desk', 'device', ...ORGANISERS],
  },
  'what was decided about somebody else\'s work': {
    sql: [`UPDATE decision SET outcome = CASE outcome WHEN 'reject' THEN 'talk' ELSE 'reject' END, note = 'Quetzals.'
      WHERE submission_id = ${submission}`],
    mayKnow: ['chair', 'chair_author', ...AUTHORS, ...ORGANISERS, 'desk'], // badges say who speaks
  },
  'whether they come': {
    sql: [`DELETE FROM confirmation WHERE decision_id = (SELECT id FROM decision WHERE submission_id = ${submission})`],
    mayKnow: ['chair', 'chair_author', ...AUTHORS, ...ORGANISERS],
  },
});
