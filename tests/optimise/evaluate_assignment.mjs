// What an assignment is worth, written from the description of the format alone and sharing nothing
// with the solver. affinities: "reviewer,paper" -> millionths.
export function readAffinities(csv) {
  const rows = csv.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => line.trim().split(','));
  return new Map(rows.map(([reviewer, paper, affinity]) => [`${reviewer},${paper}`, Math.round(Number(affinity) * 1e6)]));
}

export function evaluate(problem, affinities, pairs) {
  const conflicts = new Set(problem.conflicts.map(([reviewer, paper]) => `${reviewer},${paper}`));
  const loads = problem.max_load.map(() => 0);
  const papers = problem.reviews_per_paper.map(() => []);
  const faults = [];
  for (const [reviewer, paper] of pairs) {
    const pair = `${reviewer},${paper}`;
    if (conflicts.has(pair)) faults.push(`conflict ${pair}`);
    if (papers[paper].includes(reviewer)) faults.push(`twice ${pair}`);
    papers[paper].push(reviewer);
    loads[reviewer] += 1;
  }
  papers.forEach((readers, paper) => { if (readers.length !== problem.reviews_per_paper[paper]) faults.push(`paper ${paper}`); });
  loads.forEach((load, i) => { if (load > problem.max_load[i] || load < problem.min_load[i]) faults.push(`reviewer ${i}`); });
  const scores = papers.map((readers, paper) => readers.reduce((total, one) => total + (affinities.get(`${one},${paper}`) ?? 0), 0));
  return { faults, total: scores.reduce((a, b) => a + b, 0), min: Math.min(...scores) };
}
