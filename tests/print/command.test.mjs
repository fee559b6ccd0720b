// What `symposiarch print` says when something is wrong: what it is, where, and what would be right.
import fs from 'node:fs';
import { test, assert } from '../lib/test.mjs';
import { exampleOf, kinds, runPrint } from '../lib/print.mjs';

const errorsOf = (args, input, options) => runPrint(args, { input, ...options }).errors;
const errorsOfModel = (kind, model) => errorsOf([kind], JSON.stringify(model));

test('print: an event that ends before it starts is refused for every kind that has one', () => {
  const withEvents = kinds.filter((kind) => exampleOf(kind).event);
  assert.ok(withEvents.length > 10);
  for (const kind of withEvents) {
    const model = exampleOf(kind);
    const errors = errorsOfModel(kind, { ...model, event: { ...model.event, starts_on: '2027-09-08', ends_on: '2026-01-01' } });
    assert.match(errors, /event\.ends_on: This is before starts_on/, kind);
  }
});

test('print: a wrong value is told with those that are right', () => {
  assert.match(errorsOfModel('letter', { ...exampleOf('letter'), paper: 'A5' }), /paper: This is none of these: A4, Letter\n/);
});

test('print: amounts are told in plain figures', () => {
  const model = exampleOf('invoice');
  model.invoices[0].net = 1e15;
  const errors = errorsOfModel('invoice', model);
  assert.match(errors, /invoices\.0\.net: This is not a whole number from -\d+ to \d+\n/);
});

for (const [name, text, line, column] of [
  ['a value that is missing', '{"lang": "en",\n "x": ,}', 2, 7],
  ['a key that comes twice', '{"lang": "en",\n\n  "lang": "fr"}', 3, 3],
  ['letters of several bytes', '{"ä": "日本",\n"é": "ü" ?}', 2, 10],
  ['nothing at all', '', 1, 1],
]) {
  test(`print: a fault of the JSON is told with its line and column: ${name}`, () => {
    assert.match(errorsOf(['book'], text), new RegExp(`^error: The JSON is not valid at line ${line}, column ${column}: `));
  });
}

test('print: an unknown kind is told with one like it, and with where all are named', () => {
  for (const [wrong, right] of [['programm', 'programme'], ['invoices', 'invoice'], ['lable', null], ['poster_label', 'poster-label'], ['post', 'poster-label']]) {
    const { status, errors } = runPrint([wrong]);
    assert.equal(status, 2);
    assert.match(errors, new RegExp(`There is no kind of document "${wrong}"; ${right ? `perhaps you mean ${right}, and ` : ''}symposiarch print --list`));
  }
});

test('print: creep out of its range is told with the range', () => {
  for (const creep of ['3', '0.15', '-1', 'a']) {
    const { status, errors } = runPrint(['book', '--booklet', '--creep', creep]);
    assert.equal(status, 2);
    assert.match(errors, /^error: The creep is 0, 0\.1, 0\.2 and so on to 1: millimetres/);
  }
});

test('print: output that cannot be written is no fault of the document', () => {
  const model = JSON.stringify(exampleOf('letter'));
  for (const args of [['letter'], ['letter', '--svg'], ['letter', '--example'], ['--list']]) {
    const full = fs.openSync('/dev/full', 'w');
    try {
      const { status, errors } = runPrint(args, { input: model, stdio: ['pipe', full, 'pipe'] });
      assert.equal(status, 1, args.join(' '));
      assert.equal(errors, 'error: The output could not be written: No space left on device\n', args.join(' '));
    } finally {
      fs.closeSync(full);
    }
  }
});
