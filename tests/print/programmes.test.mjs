// What dates in other scripts ask of programmes.
import { test, assert } from '../lib/test.mjs';
import { runTool, textOfPdf, withFile } from '../lib/pdf.mjs';
import { exampleOf, print } from '../lib/print.mjs';

for (const lang of ['ja', 'ko', 'zh-Hans', 'hu']) {
  test(`programme: a weekday in ${lang} is not broken on the cover`, () => {
    const model = exampleOf('programme');
    const [cover] = textOfPdf(print('programme', { ...model, lang }));
    const weekday = new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' });
    for (const { on } of model.days) {
      const word = weekday.format(new Date(on));
      assert.ok(cover.includes(word), `${word} in:\n${cover}`);
    }
  });
}

// The rows of the page, each as the share of its dots that are dark.
function darknessOfRows(pdf) {
  const pgm = withFile(pdf, 'a.pdf', (file, dir) => {
    runTool('pdftoppm', ['-gray', '-r', '150', '-f', '1', '-l', '1', '-singlefile', file, `${dir}/page`]);
    return runTool('od', ['-An', '-v', '-tu1', '-w1', `${dir}/page.pgm`]).text;
  }).trim().split(/\s+/).map(Number);
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(String.fromCharCode(...pgm.slice(0, 32)));
  const [width, height] = [Number(head[1]), Number(head[2])];
  const dots = pgm.slice(head[0].length);
  return Array.from({ length: height }, (_, y) => dots.slice(y * width, (y + 1) * width).filter((dot) => dot < 128).length / width);
}

for (const lang of ['en', 'th']) {
  test(`glance: the day in ${lang} stands clear of the rule below it`, () => {
    const rows = darknessOfRows(print('glance', { ...exampleOf('glance'), lang }));
    const rule = rows.findIndex((share) => share > 0.8);
    assert.ok(rule > 0);
    assert.equal(rows[rule - 2], 0);
    assert.ok(rows.slice(0, rule).some((share) => share > 0), 'a date stands above');
  });
}

test('pocket: each day is named once, and the bar of sessions without a theme is explained', () => {
  const model = exampleOf('pocket');
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
  const withWords = { ...model, words: { ...model.words, poster: 'Pinned sheets' } };
  const text = textOfPdf(print('pocket', withWords)).join('\n');
  for (const { on } of model.days) {
    const words = date.format(new Date(on)).replace(',', '');
    assert.equal(text.split(words).length - 1, 1, words);
  }
  assert.equal(text.split('Pinned sheets').length - 1, 1);
});
