// Runs one test file in a process of its own and reports to the runner.
import { pathToFileURL } from 'node:url';
import { describeError, runTests } from './test.mjs';

const [file, only] = process.argv.slice(2);
const report = (message) => process.send(message);

process.on('unhandledRejection', (error) => {
  report({ kind: 'fail', name: '(outside of the tests)', ms: 0, error: describeError(error) });
});

report({ kind: 'ready' });
try {
  await import(pathToFileURL(file));
  await runTests(report, only ? new RegExp(only) : undefined);
} catch (error) {
  report({ kind: 'fail', name: '(reading the file)', ms: 0, error: describeError(error) });
}
process.send({ kind: 'end' }, () => process.exit(0));
