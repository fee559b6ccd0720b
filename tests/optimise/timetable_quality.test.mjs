// How good timetables are: what was published, or was the best known, is reached or beaten, in both
// regimes, and every value is counted again by the evaluator of the tests.
import { test, assert, limitFile } from '../lib/test.mjs';
import { evaluate } from './evaluate_timetable.mjs';
import { instance, readJson, solve } from './solve.mjs';

const SECONDS = 20;
const GOALS = {
  N2OR: { soft: 1, strict: 2 },
  GECCO19: { soft: 30, strict: 1000116 },
  GECCO21: { soft: 10933, strict: 11130 },
  OR60F: { soft: 25, strict: 433 },
  OR60F3: { soft: 290, strict: 1720 },
};
limitFile(600);

for (const [name, goals] of Object.entries(GOALS)) {
  for (const [regime, goal] of Object.entries(goals)) {
    test(`${name}, ${regime}: at most ${goal}`, async () => {
      const file = instance(`timetable/${name}.json`);
      const strict = regime === 'strict' ? ['--strict'] : [];
      const { answer, solution } = await solve('timetable', file, '--seconds', `${SECONDS}`, ...strict);
      const { value, forbidden, faults } = evaluate(readJson(file), JSON.parse(solution));
      assert.deepEqual(faults, []);
      assert.deepEqual([value, forbidden], [answer.value, answer.forbidden]);
      assert.ok(value <= goal, `${value}`);
      assert.ok(answer.bound <= value);
      if (strict.length) assert.equal(forbidden, 0);
    }, { limitS: 90 });
  }
}
