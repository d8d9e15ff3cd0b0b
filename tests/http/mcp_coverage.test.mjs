// SPDX-License-Identifier: Apache-2.0
// docs/protocols/mcp.md says what is offered in which era and covered by which test: it is held against what is served
// and the tests there are.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {CoveragePage} from '../support/coverage.mjs';
import {call, startServer} from '../support/server.mjs';

const page = new CoveragePage('docs/protocols/mcp.md');

test('every test that is named exists, and every row names one', () => {
  assert.ok(page.assertTestsExist(['Methods', 'Rules', 'Streams']) > 40);
});

test('every method is offered where the page says so', async () => {
  const modern = {'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {}};
  for (const fixtures of [false, true]) {
    const server = await startServer({args: fixtures ? ['--mcp-conformance-fixtures'] : []});
    const send = (method, params, headers) => call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method, params}, {'UCP-Agent': null, ...headers});
    const {capabilities} = (await send('initialize', {}, {})).body.result;
    for (const [cell, ...eras] of page.rows('Methods').map(row => row.slice(0, 3))) {
      const method = cell.replaceAll('`', '');
      const port = capabilities[method.startsWith('completion') ? 'completions' : method.split('/')[0]];
      const answers = [await send(method, {}, {}), await send(method, {_meta: modern}, {'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': method})];
      for (const [i, said] of eras.entries()) {
        assert.ok(['yes', '–', 'fixtures', 'ports'].includes(said), `${method}: ${said}`);
        const offered = said === 'yes' || (said === 'fixtures' && fixtures) || (said === 'ports' && port !== undefined);
        assert.equal(answers[i].body.error?.code !== -32601, offered, `${method}, era ${i}, fixtures ${fixtures}: ${answers[i].text}`);
      }
    }
    await server.stop();
  }
});
