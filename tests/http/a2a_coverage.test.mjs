// SPDX-License-Identifier: Apache-2.0
// docs/protocols/a2a.md says what is covered by which test: it is held against the actions and the tests there are.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import {CoveragePage} from '../support/coverage.mjs';
import {root} from '../support/server.mjs';

const page = new CoveragePage('docs/protocols/a2a.md');

test('every action has its row', () => {
  const {actions} = JSON.parse(readFileSync(path.join(root, 'proto-schemas/a2a/v1/actions.json'), 'utf8'));
  assert.deepEqual(page.rows('Actions').flatMap(row => row[0].match(/\w+/g)).sort(), actions.map(a => a.name).sort());
});

test('every test that is named exists, and every row names one', () => {
  assert.ok(page.assertTestsExist(['Actions', 'Methods']) > 10);
});
