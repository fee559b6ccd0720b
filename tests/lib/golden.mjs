// Texts that are read by people before they change: tests/golden/NAME. `make golden` writes them anew.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const GOLDEN = fileURLToPath(new URL('../golden/', import.meta.url));

export function checkGolden(name, text, dir = GOLDEN) {
  const file = path.join(dir, name);
  if (process.env.UPDATE_GOLDEN) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return;
  }
  const expected = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  assert.equal(text, expected, `tests/golden/${name} says otherwise; if the new text is right, run make golden`);
}
