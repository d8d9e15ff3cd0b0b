// SPDX-License-Identifier: Apache-2.0
// docs/threat-model.md keeps its word: each threat has a row, the files that it names are there, and there is a test
// whose title starts with its number, in the files that it names.
import assert from 'node:assert/strict';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {root} from '../support/server.mjs';

const threats = 31;
// T23 comes with negotiation.
const later = new Set([23]);

const rows = readFileSync(path.join(root, 'docs/threat-model.md'), 'utf8').split('\n').map(line => line.split('|').map(cell => cell.trim()))
  .filter(cells => /^T\d+$/.test(cells[1])).map(([, number, threat, control, where, tests]) => ({number: Number(number.slice(1)), threat, control, where, tests}));
const filesIn = cell => [...cell.matchAll(/`([^`]+)`/g)].map(m => m[1]);

const folder = path.join(root, 'tests');
const titles = new Map();  // number → files with a test of it
for (const file of readdirSync(folder, {recursive: true}).map(String)) {
  if (!file.endsWith('.test.mjs') || file.includes('node_modules')) continue;
  for (const [, number] of readFileSync(path.join(folder, file), 'utf8').matchAll(/\btest\(\s*['"`]T(\d+)\b/g))
    titles.set(Number(number), (titles.get(Number(number)) ?? new Set()).add(`tests/${file}`));
}

test('every threat has one row, in order', () => {
  assert.deepEqual(rows.map(row => row.number), Array.from({length: threats}, (_, i) => i + 1));
  for (const row of rows) assert.ok(row.threat && row.control, `T${row.number}`);
});

test('every threat has a test of its number where its row says, and the files of its control are there', () => {
  const problems = [];
  for (const {number, where, tests} of rows) {
    if (later.has(number)) continue;
    if (filesIn(where).length === 0 || filesIn(tests).length === 0) problems.push(`T${number} names no control or no test`);
    for (const file of filesIn(where)) if (!existsSync(path.join(root, file))) problems.push(`T${number}: ${file} is not there`);
    for (const file of filesIn(tests)) if (!titles.get(number)?.has(file)) problems.push(`T${number}: ${file} has no test 'T${number} …'`);
  }
  assert.deepEqual(problems, []);
});

test('tests name threats that there are', () => {
  for (const [number, files] of titles) {
    const row = rows.find(r => r.number === number);
    assert.ok(row, `T${number} in ${[...files]} is no threat of the table`);
    for (const file of files) assert.ok(filesIn(row.tests).includes(file), `the row of T${number} does not name ${file}`);
  }
});
