// What is on a badge of every layout: what its wearer and those at the desk rely on.
import { test, assert } from '../lib/test.mjs';
import { textOfPdf } from '../lib/pdf.mjs';
import { exampleOf, print, schemaOf } from '../lib/print.mjs';

const layouts = schemaOf('badge').properties.layout_name.enum;
const linesOf = (pdf) => textOfPdf(pdf).join('\n').split('\n').map((line) => line.trim());

for (const layout of layouts) {
  test(`${layout}: every code stands on one line`, () => {
    const model = exampleOf('badge');
    const text = linesOf(print('badge', { ...model, layout_name: layout }));
    for (const { code } of model.badges) assert.ok(text.some((line) => line.includes(code)), `${code} is broken`);
  });
}
