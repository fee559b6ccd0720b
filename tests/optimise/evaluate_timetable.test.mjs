// The second opinion itself: published timetables, and the cases that the solver is held against.
import fs from 'node:fs';
import { assert, test } from '../lib/test.mjs';
import { evaluate } from './evaluate_timetable.mjs';
import { makeCases } from './small_timetables.mjs';

const read = (name) => JSON.parse(fs.readFileSync(new URL(`instances/timetable/${name}.json`, import.meta.url), 'utf8'));

const PUBLISHED = {
  N2OR: { exact: 2, extended: 2 },
  GECCO19: { exact: 1000116, extended: 2000007 },
  GECCO21: { exact: 11280, extended: 11130 },
  OR60F: { exact: 1664, extended: 433 },
  OR60F3: { exact: 1720 },
};

test('published timetables have their published values', async () => {
  for (const [name, models] of Object.entries(PUBLISHED)) {
    for (const [model, value] of Object.entries(models)) {
      const found = evaluate(read(name), read(`${name}.published-${model}`));
      assert.deepEqual(found.faults, []);
      assert.equal(found.value, value, `${name} ${model}`);
      assert.equal(found.forbidden, 0);
    }
  }
});

test('broken timetables are told from whole ones', async () => {
  const problem = read('N2OR');
  const broken = (change) => {
    const timetable = read('N2OR.published-exact');
    change(timetable);
    return evaluate(problem, timetable).faults;
  };
  assert.deepEqual(broken(() => {}), []);
  assert.match(broken((t) => { t.slots[0][0][0] = -1; })[0], /0 of 1/);
  assert.match(broken((t) => { t.slots[0][0][0] = t.slots[0][1][0]; }).join(), /2 of 1/);
  assert.match(broken((t) => { t.grid[0][0] = -1; })[0], /another track/);
  assert.deepEqual(broken((t) => { t.grid.pop(); }), ['grid']);
  assert.match(broken((t) => { [t.slots[0][3], t.slots[1][3]] = [[17, 20], [17, 18]]; })[0], /torn apart/);
});

test('the small cases are those that the evaluator makes, and all penalties occur in them', async () => {
  const cases = read('small');
  assert.deepEqual(cases, makeCases(cases.length));
  for (const kind of Object.keys(cases[0].counts)) assert.ok(cases.some((one) => one.counts[kind] > 0), kind);
});
