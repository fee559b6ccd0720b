// Timetables by the command, each value counted again by the evaluator of the tests.
import { test, assert } from '../lib/test.mjs';
import { evaluate } from './evaluate_timetable.mjs';
import { instance, readJson, refusal, solve, writeFile } from './solve.mjs';

const file = (name) => instance(`timetable/${name}.json`);

test('the same seed gives the same timetable, another one another', async () => {
  const run = (seed) => solve('timetable', file('N2OR'), '--seconds', '0', '--seed', seed);
  const [first, again, other] = [await run('3'), await run('3'), await run('4')];
  assert.equal(first.answer.is_cut, false);
  assert.equal(first.solution, again.solution);
  assert.notEqual(first.solution, other.solution);
}, { limitS: 120 });

test('a broken file is refused with the key or the line', async () => {
  const problem = readJson(file('N2OR'));
  const said = (change) => refusal('timetable', writeFile(typeof change === 'string' ? change : JSON.stringify({ ...problem, ...change }), '.json'));
  const [first, ...others] = problem.submissions;
  assert.match(await said(JSON.stringify(problem, null, 1).slice(0, -20)), /line \d\d\d/);
  assert.match(await said({ submissions: [first, { ...others[0], id: first.id }, ...others.slice(1)] }), /submissions\[1\]\.id/);
  assert.match(await said({ submissions: [{ ...first, track: -1 }, ...others] }), /submissions\[0\]\.track: -1/);
  assert.match(await said({ submissions: [{ ...first, slots: 1e12 }, ...others] }), /submissions\[0\]\.slots/);
  assert.match(await said({ weights: {} }), /weights\.track_session: is missing/);
  assert.match(await said({ submissions: [{ ...first, slots: 50 }, ...others] }), /longer|room|slots/);
});
