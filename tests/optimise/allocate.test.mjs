// Seats in masterclasses by the command: the proved optimum, the lots, and the published result.
import { test, assert } from '../lib/test.mjs';
import { evaluate } from './evaluate_allocation.mjs';
import fs from 'node:fs';
import { instance, readCsv, readJson, refusal, solve, verify, writeFile } from './solve.mjs';

const BEST = { mc1: 10270170, mc2: 10019429 };

for (const [name, best] of Object.entries(BEST)) {
  const file = instance(`allocation/${name}.json`);
  const problem = readJson(file);

  test(`${name}: everybody has a seat, and no allocation is worth more`, async () => {
    const { answer, solution } = await solve('allocate', file);
    assert.deepEqual([answer.value, answer.bound, answer.gap, answer.certificate, answer.without_seat], [best, best, 0, true, 0]);
    assert.deepEqual(evaluate(problem, readCsv(solution)), { faults: [], value: best, without: 0 });
  });

  test(`${name}: lots that anybody can draw again`, async () => {
    const draw = (seed) => solve('allocate', file, '--draft', '--seed', seed);
    const [first, again, other] = [await draw('7'), await draw('7'), await draw('8')];
    assert.equal(first.solution, again.solution);
    assert.notEqual(first.solution, other.solution);
    const { faults, value, without } = evaluate(problem, readCsv(first.solution));
    assert.deepEqual(faults, []);
    assert.deepEqual([value, without], [first.answer.value, first.answer.without_seat]);
    assert.ok(value < best);
  });
}

test('a published result is proved without anything else, and refused with one wish or one seat changed', async () => {
  for (const options of [[], ['--draft']]) {
    const out = writeFile('', '.json');
    const { answer } = await solve('allocate', instance('allocation/mc1.json'), '--seed', '5', '--result', out, ...options);
    const said = await verify(out);
    assert.equal(said.value, answer.value);
    assert.equal(said.is_repeated, true);
    const result = fs.readFileSync(out, 'utf8');
    const [wish] = /"wishes":\[\d+,\d+/.exec(result);
    const [, first, second] = /(\d+),(\d+)$/.exec(wish);
    const swapped = result.replace(wish, wish.replace(`${first},${second}`, `${second},${first}`));
    assert.notEqual(swapped, result);
    assert.match(await refusal('verify', writeFile(swapped, '.json')), /digest/);
    const seat = /\{"attendee":\d+,"offering":(\d+),/.exec(result);
    const moved = result.replace(seat[0], seat[0].replace(`"offering":${seat[1]}`, `"offering":${(Number(seat[1]) + 1) % 30}`));
    assert.notEqual(moved, result);
    assert.ok(await refusal('verify', writeFile(moved, '.json')));
  }
});

test('a broken file is refused with the key', async () => {
  const problem = readJson(instance('allocation/mc1.json'));
  const said = (change) => refusal('allocate', writeFile(JSON.stringify({ ...problem, ...change }), '.json'));
  assert.match(await said({ preferences: problem.preferences.slice(1) }), /preferences/);
  assert.match(await said({ preferences: problem.preferences.with(3, [1, 1]) }), /preferences\[3\]/);
  assert.match(await said({ preferences: problem.preferences.with(3, [1e9]) }), /preferences\[3\]\[0\]: 1000000000/);
  assert.match(await said({ workshops: [{ ...problem.workshops[0], capacity: -1 }, ...problem.workshops.slice(1)] }), /workshops\[0\]\.capacity/);
  assert.match(await said({ format: 'allocation-2' }), /format/);
});
