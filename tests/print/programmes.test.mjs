// What dates in other scripts and little room ask of programmes.
import { test, assert } from '../lib/test.mjs';
import { infoOfPdf, pagesOfPdf, runTool, textOfPdf, withFile, wordsOfPdf } from '../lib/pdf.mjs';
import { readPng } from '../lib/png.mjs';
import { exampleOf, print, printWarned } from '../lib/print.mjs';

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

/* ---- little room ------------------------------------------------------------------------------ */

const LONG = 'On the moral geography of listening in acute hospital wards during prolonged emergencies: a stepped-wedge evaluation';
const session = (start, end, room, rest) => ({ kind: 'parallel', title: LONG, start, end, room, ...rest });
const oneDay = (kind, sessions) => {
  const { lang, event } = exampleOf(kind);
  return { lang, event, days: [{ on: '2027-09-09', sessions }] };
};

test('glance: a title too long for a quarter of an hour ends at a word within its box', () => {
  const rooms = ['Hall', 'Oak', 'Chapel', 'Study 1', 'Study 2', 'Gallery'];
  const sessions = ['09:00', '09:15'].flatMap((start) => rooms.map((room) => session(start, start === '09:00' ? '09:15' : '17:00', room)));
  const { pdf, warnings } = printWarned('glance', oneDay('glance', sessions));
  const [words] = wordsOfPdf(pdf);
  const below = words.filter((word) => word.text === '09:15–17:00');
  assert.equal(below.length, rooms.length);
  const box = words.filter((word) => word.text === 'geography' || word.text === 'hospital' || word.text === 'wards' || word.text.endsWith('…'))
    .filter((word) => word.top < below[0].top);
  assert.equal(box.filter((word) => word.text.endsWith('…')).length, rooms.length);
  assert.ok(box.every((word) => word.bottom < below[0].bottom), 'all above the box below');
  assert.deepEqual(warnings, [`A text is too long for its place: "On the moral geography of listening in acute…", in "${LONG}"`]);
});

// The rules that begin at the left margin, by a column of dots beside the figures of the times.
function rulesBesideTimes(pdf, top) {
  const DPI = 144;
  const { width, height, rgb } = readPng(pagesOfPdf(pdf, { dpi: DPI })[0]);
  const x = Math.round((74 / 72) * DPI);
  const isRule = (y) => rgb[3 * (y * width + x)] < 250;
  return Array.from({ length: height }, (_, y) => y).filter((y) => y > (top / 72) * DPI && isRule(y) && !isRule(y - 1)).length;
}

test('glance: rules of five minutes run into no time', () => {
  const clock = (minute) => `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const sessions = Array.from({ length: 60 }, (_, i) => session(clock(5 * i), clock(5 * i + 5), 'Hall', { title: `Talk ${i}` }));
  const { pdf, warnings } = printWarned('glance', oneDay('glance', sessions));
  assert.deepEqual(warnings, []);
  const times = wordsOfPdf(pdf)[0].filter((word) => /^\d\d:\d\d$/.test(word.text) && word.right < 79);
  assert.ok(times.length >= 15);
  // The one below the last session is the other one.
  assert.equal(rulesBesideTimes(pdf, times[0].top - 3), times.length + 1);
});

test('pocket: a page that begins among sessions of one time says the time again', () => {
  const sessions = Array.from({ length: 120 }, (_, i) => session('10:00', '11:00', `Room ${i}`, { title: `Talk number ${i}` }));
  const { pdf } = printWarned('pocket', oneDay('pocket', sessions));
  const middle = Number.parseFloat(infoOfPdf(pdf)['Page size']) / 2;
  let n = 0;
  for (const words of wordsOfPdf(pdf)) {
    for (const isLeft of [true, false]) {
      const panel = words.filter((word) => (word.right < middle) === isLeft);
      const first = panel.filter((word) => word.text === 'Talk').sort((a, b) => a.top - b.top)[0];
      const times = panel.filter((word) => word.text === '10:00');
      assert.equal(times.length, first ? 1 : 0);
      if (!first) continue;
      n++;
      assert.ok(Math.abs(times[0].bottom - first.bottom) < 3, 'beside the first session');
    }
  }
  assert.ok(n >= 3);
});

test('pocket: every sign beside the sessions is explained once', () => {
  const words = { plenary: 'All together', workshop: 'Hands on', parallel: 'Side by side' };
  const sessions = ['plenary', 'workshop', 'parallel'].map((kind, i) => session(`1${i}:00`, `1${i}:30`, 'Hall', { kind, title: 'Talk' }));
  const text = textOfPdf(print('pocket', { ...oneDay('pocket', sessions), words })).join('\n');
  for (const word of Object.values(words)) assert.equal(text.split(word).length - 1, 1, word);
});

test('agenda: a long title of the event is no smaller than the place below it', () => {
  const model = exampleOf('agenda');
  const title = 'Rehumanising Healthcare in a Divided World: Sixth International Symposium on Empathy and Compassion';
  const { pdf, warnings } = printWarned('agenda', { ...model, event: { ...model.event, title } });
  assert.deepEqual(warnings, []);
  const first = wordsOfPdf(pdf)[0].find((word) => word.text === 'Rehumanising');
  assert.ok(first.bottom - first.top > 12, `${first.bottom - first.top} pt`);
});
