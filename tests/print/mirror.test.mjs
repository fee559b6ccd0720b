// Programmes in a language that is written from right to left: the same pages, seen in a mirror. Hours keep
// their order, and dates are the only words that differ.
import { test, assert } from '../lib/test.mjs';
import { runTool, textOfPdf, withFile } from '../lib/pdf.mjs';
import { exampleAsPdf, exampleOf, print } from '../lib/print.mjs';

const CLOCK = /^\d\d:\d\d$/;

// The outermost times of day of every page that has some, as distances from the edge where lines begin.
function timesFromEdge(pdf, edge) {
  const bbox = withFile(pdf, 'a.pdf', (file) => runTool('pdftotext', ['-bbox', file, '-']).text);
  return bbox.split('<page ').slice(1).map((page) => {
    const width = Number(/width="([\d.]+)"/.exec(page)[1]);
    const words = [...page.matchAll(/<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)</g)];
    const times = words.filter(([, , , word]) => CLOCK.test(word.replace(/[^\d:]/g, '')) && !word.includes('–'));
    return Math.min(...times.map(([, from, to]) => (edge === 'left' ? Number(from) : width - Number(to))));
  });
}

for (const kind of ['programme', 'agenda', 'glance']) {
  const mirrored = () => print(kind, { ...exampleOf(kind), lang: 'he' });

  test(`${kind}: times stand on the right where lines begin there`, () => {
    const left = timesFromEdge(exampleAsPdf(kind), 'left');
    const right = timesFromEdge(mirrored(), 'right');
    assert.equal(right.length, left.length);
    left.forEach((distance, i) => {
      assert.ok(distance < 180, `times are found on page ${i + 1}`);
      assert.ok(Math.abs(distance - right[i]) < 1, `page ${i + 1}: ${distance} from the left, ${right[i]} from the right`);
    });
  });

  test(`${kind}: the earlier of two hours comes first in every language`, () => {
    const ranges = (pdf) => textOfPdf(pdf).join('\n').match(/\d\d:\d\d–\d\d:\d\d/g) ?? [];
    const hours = ranges(mirrored());
    assert.ok(hours.length > 0 && hours.length === ranges(exampleAsPdf(kind)).length);
    for (const range of hours) assert.ok(range.slice(0, 5) < range.slice(6), `${range} runs backwards`);
  });
}
