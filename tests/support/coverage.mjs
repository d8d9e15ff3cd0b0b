// SPDX-License-Identifier: Apache-2.0
// Pages that say which test covers what: their tables, and whether the tests that they name exist.
import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {root} from './server.mjs';

/** What node's runner would call the tests of a file; those of the conformance suite are its scenarios. */
function titles(file) {
  if (file.endsWith('mcp_conformance.test.mjs')) {
    const sets = ['2025-11-25', '2026-07-28'].map(name => readFileSync(path.join(root, `tests/node_modules/mcp-conformance/requirements/${name}.yaml`), 'utf8'));
    return new Set([...sets.join('\n').matchAll(/^ +- (?:scenario: )?([\w-]+)$/gm)].map(m => m[1]));
  }
  const source = readFileSync(file, 'utf8');
  return new Set([...source.matchAll(/\btest\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map(m => m[2].replaceAll(/\\(.)/g, '$1').replace(/^(T\d+: )?(\$\{version\}|\d{4}-\d\d-\d\d): /, '$1')));
}

export class CoveragePage {
  constructor(file) { this.text = readFileSync(path.join(root, file), 'utf8'); }

  /** The rows of a section's table, each a list of cells. */
  rows(title) {
    const section = this.text.split(/^## /m).find(part => part.startsWith(title));
    assert.ok(section, `there is no section "${title}"`);
    return section.split('\n').filter(line => line.startsWith('|')).slice(2).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));
  }

  /** Every row of the sections names a test in its last cell, and every one that is named exists. Answers how many. */
  assertTestsExist(sections) {
    let named = 0;
    for (const title of sections)
      for (const row of this.rows(title)) {
        const cited = [...row.at(-1).matchAll(/`([\w/]+)`: \*([^*]+)\*/g)];
        assert.ok(cited.length > 0, `no test for ${row[0]}`);
        for (const [, name, wanted] of cited) {
          const file = path.join(root, 'tests', `${name}.test.mjs`);
          assert.ok(existsSync(file), file);
          assert.ok(titles(file).has(wanted.replaceAll('\\', '')), `${name} has no test "${wanted}"`);
          ++named;
        }
      }
    return named;
  }
}
