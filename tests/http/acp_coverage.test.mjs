// SPDX-License-Identifier: Apache-2.0
// docs/protocols/acp.md says what is covered by which test: it is held against what is served and the tests there are.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {CoveragePage} from '../support/coverage.mjs';
import {call, startServer} from '../support/server.mjs';

const page = new CoveragePage('docs/protocols/acp.md');
let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

test('every operation in the table is served, and refused without a token only where it needs one', async () => {
  const served = page.rows('Operations').map(row => /^(\w+) `([^`]+)`$/.exec(row[1]));
  assert.equal(served.length, 10);
  for (const [, method, target] of served) {
    const answer = await call(server.agents, method, target.replace('{id}', 'none'), method === 'GET' ? undefined : {}, {'UCP-Agent': null});
    assert.equal(answer.status, target.startsWith('/.well-known/') ? 200 : 401, `${method} ${target}`);
  }
});

test('every tool in the table is listed', async () => {
  const {body} = await call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/list'}, {'UCP-Agent': null, Accept: 'application/json, text/event-stream'});
  const listed = body.result.tools.map(tool => tool.name);
  const named = page.rows('Operations').flatMap(row => [...row[2].matchAll(/`(\w+)`/g)].map(m => m[1]));
  assert.equal(named.length, 5);
  for (const name of named) assert.ok(listed.includes(name), name);
});

test('every test that is named exists, and every row names one', () => {
  assert.ok(page.assertTestsExist(['Operations', 'The rest of the protocol', 'States', 'Errors']) > 50);
});
