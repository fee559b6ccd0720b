// A text that is too long is quoted, and what it belongs to is named: a person, a session, or, once, all
// of the document.
import { test, assert } from '../lib/test.mjs';
import { exampleOf, printWarned } from '../lib/print.mjs';

const LONG = 'Rehumanising healthcare in a divided world: the sixth international interdisciplinary symposium on empathy, '
  + 'compassion and listening in clinical practice';
const QUOTED = '"Rehumanising healthcare in a divided world: the…"';
const UNBREAKABLE = 'M'.repeat(160);
const small = (quote) => `A text is so long that it is set very small: ${quote}`;
const sentence = (quote) => `A text is too long for its place: ${quote}`;
const withEvent = (model, event) => ({ ...model, event: { ...model.event, ...event } });

function badges(texts) {
  const item = (of, y, rest) => ({ kind: 'text', of, x: 5, y, width: 60, height: 8, size: 12, least: 12, ...rest });
  const layout = { size: { width: 70, height: 50 }, front: [item('name', 5), item('event', 15), item('affiliation', 25), item('text', 35, { text: 'Hello' })] };
  const model = exampleOf('badge');
  return { ...withEvent(model, texts.event), layout, badges: [0, 1].map((i) => ({ ...model.badges[i], name: `Person ${i}`, affiliation: 'Here', ...texts.badges?.[i] })) };
}

test('badge: a title too long for the badge is one fault of the document, not one of every person', () => {
  const { warnings } = printWarned('badge', badges({ event: { title: LONG } }));
  assert.deepEqual(warnings, [small(QUOTED)]);
});

test('badge: a text of one person is that person\'s', () => {
  const { warnings } = printWarned('badge', badges({ event: { title: 'Care' }, badges: [{}, { affiliation: UNBREAKABLE }] }));
  assert.deepEqual(warnings, [`${small(`"${'M'.repeat(48)}…"`)}, in "Person 1"`]);
});

test('sign-in sheet: a title too long for the foot is blamed on nobody, and once', () => {
  const model = exampleOf('sign-in-sheet');
  const rows = Array(60).fill(model.sheets[0].rows[0]);
  const { warnings } = printWarned('sign-in-sheet', { ...withEvent(model, { title: LONG }), sheets: [{ ...model.sheets[0], rows }] });
  assert.deepEqual(warnings, [sentence(QUOTED)]);
});

test('review pack: the event at the foot is no fault of a submission', () => {
  const { warnings } = printWarned('review-pack', withEvent(exampleOf('review-pack'), { title: `${LONG} ${LONG}`.slice(0, 160) }));
  assert.deepEqual(warnings.filter((text) => text.includes(', in ')), []);
  assert.ok(warnings.length <= 1);
});

test('agenda: the name is the person\'s, the event is everybody\'s', () => {
  const model = exampleOf('agenda');
  const people = model.people.map((person, i) => ({ ...person, name: i ? UNBREAKABLE.slice(0, 150) : person.name }));
  const { warnings } = printWarned('agenda', { ...withEvent(model, { title: UNBREAKABLE }), people });
  assert.equal(warnings.filter((text) => text.startsWith(sentence('"MMM')) && !text.includes(', in ')).length, 1);
  for (const text of warnings.filter((line) => line.includes(', in '))) assert.match(text, /, in "M{150}"$/);
});

test('glance: the head of the second day is not about the last session of the first', () => {
  const model = exampleOf('glance');
  const { warnings } = printWarned('glance', withEvent(model, { title: UNBREAKABLE }));
  assert.deepEqual(warnings, [sentence(`"${'M'.repeat(48)}…"`)]);
});
