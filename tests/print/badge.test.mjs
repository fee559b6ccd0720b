// What is on a badge of every layout: what its wearer and those at the desk rely on.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf, textOfPdf, wordsOfPdf } from '../lib/pdf.mjs';
import { readPng } from '../lib/png.mjs';
import { exampleOf, print, printWarned, schemaOf } from '../lib/print.mjs';

const layouts = schemaOf('badge').properties.layout_name.enum;
const linesOf = (pdf) => textOfPdf(pdf).join('\n').split('\n').map((line) => line.trim());

for (const layout of layouts) {
  test(`${layout}: every code stands on one line`, () => {
    const model = exampleOf('badge');
    const text = linesOf(print('badge', { ...model, layout_name: layout }));
    for (const { code } of model.badges) assert.ok(text.some((line) => line.includes(code)), `${code} is broken`);
  });
}

// A day of n appointments on the back of one badge, of which not all have room.
function fullBadge(n, words) {
  const model = exampleOf('badge');
  const items = [...Array(n).keys()].map((i) => ({ time: '09:00', title: `Appointment ${i + 1}.`, room: 'Study 1' }));
  model.badges = [{ ...model.badges[0], schedule: [{ on: '2027-09-08', items }, { on: '2027-09-09', items: items.slice(0, 1) }] }];
  return { ...model, layout_name: 'a6-double', ...(words && { words }) };
}

test('who wears a badge learns how many appointments are not on it', () => {
  const program = fileURLToPath(new URL(`../../${process.env.BUILD || 'build'}/symposiarch`, import.meta.url));
  for (const [words, word] of [[null, 'more'], [{ more: 'weitere' }, 'weitere']]) {
    const { stdout, stderr } = spawnSync(path.resolve(program), ['print', 'badge'], { input: JSON.stringify(fullBadge(30, words)) });
    const text = linesOf(stdout);
    const shown = text.filter((line) => /Appointment \d+\./.test(line)).length;
    assert.ok(shown > 10 && shown < 30, `${shown} are shown`);
    assert.ok(text.includes(`+ ${31 - shown} ${word}`), text.join('|'));
    assert.ok(!text.some((line) => /9 September/.test(line) && !/8/.test(line)), 'a date without appointments');
    assert.match(`${stderr}`, new RegExp(`${31 - shown} of its entries`));
  }
});

test('a badge whose appointments all have room says nothing of more', () => {
  assert.ok(!linesOf(print('badge', fullBadge(12))).some((line) => line.startsWith('+')));
});

test('badges that touch on a sheet are parted by a white line', () => {
  const model = { ...exampleOf('badge'), sheet: { preset: '4xA6' } };
  const perMm = 288 / 25.4;
  const page = readPng(pagesOfPdf(print('badge', model), { dpi: 288, last: 1 })[0]);
  const levelAt = (x, y) => Math.min(...page.rgb.subarray(3 * (y * page.width + x), 3 * (y * page.width + x) + 3));
  /* A column of pixels 70 mm from the left: the band of the first badge, the cut, the head of the third. */
  const levels = [];
  for (let y = Math.round(146.5 * perMm); y < 150.5 * perMm; y++) levels.push(levelAt(Math.round(70 * perMm), y));
  assert.ok(levels[0] < 100 && levels.at(-1) < 100, 'bands on both sides');
  assert.ok(Math.max(...levels) > 230, 'nothing white between them');
});

/* ---- long names ------------------------------------------------------------------------------ */

// One badge with some of its members changed: its words, and what is said of it.
function badgeOf(layout_name, members) {
  const model = exampleOf('badge');
  const { pdf, warnings } = printWarned('badge', { ...model, layout_name, badges: [{ ...model.badges[0], ...members }] });
  return { words: wordsOfPdf(pdf)[0], warnings };
}

const LONG = 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch';

for (const [layout, least] of Object.entries({ a6: 14, a7: 11, cr80: 8 })) {
  test(`${layout}: a very long name is parted with a hyphen, and stays legible`, () => {
    const { words, warnings } = badgeOf(layout, { name: LONG, lang: 'cy' });
    const parts = words.filter(({ text }) => LONG.includes(text.replace(/[-\u00ad]$/, '')) && text.length > 5);
    assert.ok(parts.length > 1, `${parts.length} parts`);
    assert.equal(parts.map(({ text }) => text.replace(/[-\u00ad]$/, '')).join(''), LONG);
    parts.slice(0, -1).forEach(({ text }) => assert.match(text, /[-\u00ad]$/));
    parts.forEach(({ top, bottom }) => assert.ok(bottom - top > 0.98 * least, `${bottom - top} high`));
    assert.deepEqual(warnings, []);
  });
}

for (const layout of ['a6', 'cr80']) {
  test(`${layout}: a Thai name is broken at its blank`, () => {
    const name = 'ณัฏฐ์ธนันท์พงศ์ภัค วงศ์สุวรรณเลิศลักษณ์ชัย';
    const lines = linesOf(print('badge', { ...exampleOf('badge'), layout_name: layout, badges: [{ ...exampleOf('badge').badges[0], name, lang: 'th' }] }));
    for (const part of name.split(' ')) assert.ok(lines.includes(part), `${part} in ${lines.join('|')}`);
  });
}

test('cr80: nothing is printed over what stands below a very long name, and a warning says what is missing', () => {
  const { words, warnings } = badgeOf('cr80', {
    name: 'Maria Wilhelmina Alexandra '.repeat(7).slice(0, 160).trim(), lang: 'de', pronouns: 'she/her',
    affiliation: 'University Hospital Centre of Zagreb and the School of Public Health '.repeat(4).slice(0, 200).trim(),
  });
  words.forEach((one, i) => words.slice(i + 1).forEach((other) => {
    const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    assert.ok(width < 1 || height < 0.35 * Math.min(one.bottom - one.top, other.bottom - other.top), `${one.text} over ${other.text}`);
  }));
  assert.ok(!words.some(({ text }) => text === 'she/her'));
  assert.match(warnings.join('|'), /no room on the badge for this: "she\/her"/);
});
