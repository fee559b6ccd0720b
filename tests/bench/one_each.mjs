// Splits a model into one a line, each with a single member of the list named.
//   node tests/bench/one_each.mjs badges < badges.json
import { readFileSync } from 'node:fs';

const list = process.argv[2], model = JSON.parse(readFileSync(0, 'utf8'));
for (const member of model[list]) console.log(JSON.stringify({ ...model, [list]: [member] }));
