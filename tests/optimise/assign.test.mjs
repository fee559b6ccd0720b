// Assignments by the command: the optimum, the fairest, and what cannot be.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { test, assert } from '../lib/test.mjs';
import { evaluate, readAffinities } from './evaluate_assignment.mjs';
import { instance, readCsv, readJson, refusal, solve, writeFile } from './solve.mjs';

const SYM11 = instance('review/sym11.json');
const problem = readJson(SYM11);
const csv = fs.readFileSync(instance('review/sym11.csv'), 'utf8');
const affinities = readAffinities(csv);
const value = (solution) => evaluate(problem, affinities, readCsv(solution));

test('the highest total, certified', async () => {
  const { answer, solution } = await solve('assign', SYM11);
  assert.equal(answer.value, 281.0404);
  assert.deepEqual([answer.bound, answer.gap, answer.certificate, answer.seed], [281.0404, 0, true, 1]);
  const { faults, total, min } = value(solution);
  assert.deepEqual(faults, []);
  assert.equal(total, 281040400);
  assert.equal(min, Math.round(answer.min_paper_score * 1e6));
});

test('the submission served worst is served as well as it can be, at the least loss', async () => {
  const { answer, solution } = await solve('assign', SYM11, '--fair');
  assert.equal(answer.min_paper_score, 0.5728);
  assert.equal(answer.min_paper_bound, 0.5728);
  assert.deepEqual([answer.value, answer.bound, answer.certificate, answer.best_total], [277.7054, 277.7054, true, 281.0404]);
  assert.deepEqual(value(solution), { faults: [], total: 277705400, min: 572800 });
});

// Of the sets of pairs in which no paper has less than `lowest` millionths, the highest total.
function totalByGlpk(lowest) {
  const conflicts = new Set(problem.conflicts.map((pair) => `${pair}`));
  const papers = problem.reviews_per_paper.map((_, p) => problem.max_load.flatMap((__, r) => (
    conflicts.has(`${[r, p]}`) ? [] : [{ name: `x${r}_${p}`, r, affinity: affinities.get(`${r},${p}`) ?? 0 }])));
  const sum = (terms) => terms.join(' + ');
  const weighed = (pairs) => sum(pairs.filter(({ affinity }) => affinity).map(({ name, affinity }) => `${affinity} ${name}`));
  const file = writeFile(['Maximize', `total: ${weighed(papers.flat())}`, 'Subject To',
    ...papers.map((pairs, p) => `${sum(pairs.map(({ name }) => name))} = ${problem.reviews_per_paper[p]}`),
    ...papers.map((pairs) => `${weighed(pairs)} >= ${lowest}`),
    ...problem.max_load.map((load, r) => `${sum(papers.flat().filter((one) => one.r === r).map(({ name }) => name))} <= ${load}`),
    'Binary', ...papers.flat().map(({ name }) => name), 'End', ''].join('\n'), '.lp');
  const said = execFileSync('glpsol', ['--lp', file, '-o', `${file}.out`], { encoding: 'utf8' });
  assert.match(said, /INTEGER OPTIMAL SOLUTION FOUND/);
  return Number(/^Objective:\s+total = (\S+)/m.exec(fs.readFileSync(`${file}.out`, 'utf8'))[1]);
}

test('another solver finds no higher total, nor one that costs fairness less', () => {
  const best = problem.reviews_per_paper.map((n, p) => problem.max_load.map((_, r) => (
    problem.conflicts.some(([a, b]) => a === r && b === p) ? 0 : affinities.get(`${r},${p}`) ?? 0)).sort((a, b) => b - a).slice(0, n)
    .reduce((a, b) => a + b, 0));
  assert.equal(Math.min(...best), 572800, 'no paper can have more than its best three');
  assert.equal(totalByGlpk(0), 281040400);
  assert.equal(totalByGlpk(572800), 277705400);
});

test('rules that clash are named, none is broken', async () => {
  const few = { ...problem, max_load: problem.max_load.map(() => 11) };
  const file = writeFile(JSON.stringify(few), '.json');
  fs.writeFileSync(file.replace('.json', '.csv'), csv);
  const said = await refusal('assign', file);
  assert.match(said, /cannot all be kept \(441 reviews wanted, 440 possible\)/);
  assert.match(said, /each of 0 to 39, as reviewer 0 has at most 11/);
});

test('a broken file is refused with the key or the line', async () => {
  const said = async (change, rows = csv) => {
    const file = writeFile(typeof change === 'string' ? change : JSON.stringify({ ...problem, ...change }), '.json');
    fs.writeFileSync(file.replace('.json', '.csv'), rows);
    return refusal('assign', file);
  };
  assert.match(await said(JSON.stringify(problem).slice(0, 400)), /line 1/);
  assert.match(await said({ max_load: problem.max_load.slice(1) }), /max_load/);
  assert.match(await said({ conflicts: [[40, 0]] }), /conflicts\[0\]\[0\]: 40/);
  assert.match(await said({ papers: 1e9 }), /papers/);
  assert.match(await said({}, csv.replace('0,3,', '0,-3,')), /line 5/);
  assert.match(await said({}, `${csv}0,0,0.5\n`), /line 6002/);
  assert.match(await refusal('assign', 'nowhere.json'), /nowhere\.json cannot be opened/);
  assert.match(await refusal('assign', SYM11, '--seconds', '-1'), /--seconds wants a whole number/);
});
