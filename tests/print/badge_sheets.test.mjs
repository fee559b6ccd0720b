// Where sheets of badges are marked for the knife: what is drawn with crop marks and not without.
import { test, assert } from '../lib/test.mjs';
import { pagesOfPdf } from '../lib/pdf.mjs';
import { readPng } from '../lib/png.mjs';
import { exampleOf, print } from '../lib/print.mjs';

const DPI = 200;
const PER_MM = DPI / 25.4;
const SLACK = 0.3; // millimetres: half a hair, and the edge of a pixel

const CR80 = { width: 85.6, height: 54, layout: 'cr80' };
const A6 = { width: 105, height: 148, layout: 'a6' };
const LETTER = { width: 215.9, height: 279.4 };
const A3 = { width: 297, height: 420 };

// The marks of the first sheet, as points in millimetres.
function marksOf(badge, sheet) {
  const model = { ...exampleOf('badge'), layout_name: badge.layout };
  const [plain, marked] = [false, true].map((crop_marks) => readPng(
    pagesOfPdf(print('badge', { ...model, sheet: { ...sheet, duplex: false, crop_marks } }), { dpi: DPI, last: 1 })[0]));
  const points = [];
  for (let i = 0; i < plain.width * plain.height; i++) {
    if (Math.abs(plain.rgb[3 * i] - marked.rgb[3 * i]) < 40) continue;
    points.push({ x: (i % plain.width) / PER_MM, y: Math.floor(i / plain.width) / PER_MM });
  }
  return points;
}

// The places of the sheet, centred on its paper as the program does it.
function cellsOf(badge, paper, { columns, rows, gap_x = 0, gap_y = 0 }) {
  const left = (paper.width - columns * badge.width - (columns - 1) * gap_x) / 2;
  const top = (paper.height - rows * badge.height - (rows - 1) * gap_y) / 2;
  return [...Array(columns * rows).keys()].map((place) => ({
    x: left + (place % columns) * (badge.width + gap_x), y: top + Math.floor(place / columns) * (badge.height + gap_y),
  }));
}

const isIn = (point, cell, badge, bleed) => point.x > cell.x - bleed && point.x < cell.x + badge.width + bleed
  && point.y > cell.y - bleed && point.y < cell.y + badge.height + bleed;

for (const [name, badge, paper, sheet] of [
  ['cards on Letter', CR80, LETTER, { paper: 'Letter', columns: 2, rows: 4, gap_x: 6, gap_y: 6, bleed: 2 }],
  ['A6 on A3', A6, A3, { paper: 'A3', columns: 2, rows: 2, gap_x: 8, gap_y: 8, bleed: 3 }],
  ['cards far apart', CR80, LETTER, { paper: 'Letter', columns: 2, rows: 3, gap_x: 14, gap_y: 14, bleed: 2 }],
  ['one card on A3', CR80, A3, { paper: 'A3', columns: 1, rows: 1, bleed: 3 }],
]) {
  test(`sheet: no mark stands in a badge or in its bleed: ${name}`, () => {
    const cells = cellsOf(badge, paper, sheet), marks = marksOf(badge, sheet);
    for (const cell of cells) {
      const inside = marks.filter((point) => isIn(point, cell, badge, sheet.bleed - SLACK));
      assert.equal(inside.length, 0, `${JSON.stringify(inside[0])} in the badge at ${cell.x}, ${cell.y}`);
    }
    // Every cut is marked at the sheet's edges.
    for (const cell of cells) {
      for (const y of [cell.y, cell.y + badge.height]) assert.ok(marks.some((point) => point.x < cells[0].x && Math.abs(point.y - y) < SLACK), `row ${y}`);
      for (const x of [cell.x, cell.x + badge.width]) assert.ok(marks.some((point) => point.y < cells[0].y && Math.abs(point.x - x) < SLACK), `column ${x}`);
    }
  });
}

test('sheet: where badges touch, the cut itself is marked', () => {
  const paper = { width: 210, height: 297 };
  const [, , , last] = cellsOf(A6, paper, { columns: 2, rows: 2 });
  const marks = marksOf(A6, { preset: '4xA6' });
  assert.ok(marks.some(({ x, y }) => Math.hypot(x - last.x, y - last.y) < 1), 'where all four meet');
});

test('sheet: no mark stands around places that are used up, but for those that others are cut by', () => {
  const far = { paper: 'Letter', columns: 2, rows: 3, gap_x: 14, gap_y: 14, skip: 3 };
  const cells = cellsOf(CR80, LETTER, far), marks = marksOf(CR80, far);
  const around = (cell) => marks.filter((point) => isIn(point, cell, CR80, 6.5));
  [0, 1, 2].forEach((place) => assert.equal(around(cells[place]).length, 0, `place ${place}`));
  [3, 4, 5].forEach((place) => assert.ok(around(cells[place]).length > 0, `place ${place}`));
  const near = { ...far, gap_x: 3, gap_y: 3 };
  const nearCells = cellsOf(CR80, LETTER, near), nearMarks = marksOf(CR80, near);
  const leftOf = (place) => nearMarks.filter(({ x, y }) => x < nearCells[0].x - SLACK && Math.abs(y - nearCells[place].y) < SLACK);
  const above = (place) => nearMarks.filter(({ x, y }) => y < nearCells[0].y - SLACK && Math.abs(x - nearCells[place].x) < SLACK);
  assert.equal(leftOf(0).length, 0, 'the first row is used up');
  assert.ok(leftOf(2).length > 0, 'the second place of the second row is not');
  assert.ok(above(0).length > 0 && above(1).length > 0, 'both columns go on');
});
