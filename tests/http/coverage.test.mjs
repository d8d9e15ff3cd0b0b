// SPDX-License-Identifier: Apache-2.0
// docs/protocols/*.md say what is covered by which test: they are held against what is served and the tests there are.
import assert from 'node:assert/strict';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {privateCertificates} from '../support/platform.mjs';
import {operationsOf, versions} from '../support/schemas.mjs';
import {call, root, startServer, temporaryDirectory} from '../support/server.mjs';

const [page, mcpPage] = ['ucp', 'mcp'].map(name => readFileSync(path.join(root, `docs/protocols/${name}.md`), 'utf8'));
const rows = (title, of = page) => of.split(/^## /m).find(part => part.startsWith(title)).split('\n').filter(line => line.startsWith('|')).slice(2).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));

/** What node's runner would call the tests of a file; those of the conformance suite are its scenarios. */
function titles(file) {
  if (file.endsWith('mcp_conformance.test.mjs')) {
    const sets = ['2025-11-25', '2026-07-28'].map(name => readFileSync(path.join(root, `tests/node_modules/mcp-conformance/requirements/${name}.yaml`), 'utf8'));
    return new Set([...sets.join('\n').matchAll(/^ +- (?:scenario: )?([\w-]+)$/gm)].map(m => m[1]));
  }
  const source = readFileSync(file, 'utf8');
  return new Set([...source.matchAll(/\btest\(\s*(['"`])((?:\\.|(?!\1).)*)\1/g)].map(m => m[2].replaceAll(/\\(.)/g, '$1').replace(/^(T\d+: )?(\$\{version\}|\d{4}-\d\d-\d\d): /, '$1')));
}

let directory;
let profiles;
before(async () => {
  // Over TLS, since permalinks are advertised with https only.
  directory = temporaryDirectory();
  const tls = privateCertificates(directory);
  const config = path.join(directory, 'tls.toml');
  writeFileSync(config, `[server]\ntls_certificate_file = "${tls.certificateFile}"\ntls_key_file = "${tls.keyFile}"\n`);
  const server = await startServer({args: ['--config', config]});
  const get = target => new Promise((resolve, reject) => https.get(server.agents + target, {ca: tls.ca}, response => {
    let text = '';
    response.on('data', c => { text += c; }).on('end', () => resolve(JSON.parse(text)));
  }).on('error', reject));
  profiles = Object.fromEntries(await Promise.all(versions.map(async version => [version, await get(`/.well-known/ucp/${version}`)])));
  await server.stop();
});
after(() => rmSync(directory, {recursive: true, force: true}));

test('what is advertised has a row, and what has a row is advertised', () => {
  const table = rows('Capabilities');
  for (const [i, version] of versions.entries()) {
    const covered = table.filter(row => row[1 + i] === 'yes').map(([name]) => name.replaceAll('`', ''));
    assert.deepEqual(covered.sort(), Object.keys(profiles[version].ucp.capabilities).sort(), version);
  }
  for (const row of table) for (const cell of row.slice(1, 3)) assert.ok(cell === 'yes' || cell === '–', row[0]);
});

test('every operation of a release is in a row of it', () => {
  for (const [i, version] of versions.entries()) {
    const listed = rows('Capabilities').filter(row => row[1 + i] === 'yes').flatMap(row => row[3].match(/\b[a-z]+_[a-z]+\b/g) ?? []);
    for (const name of operationsOf(version)) assert.ok(listed.includes(name), `${version} ${name}`);
  }
});

test('every test that is named exists, and every row names one', () => {
  let named = 0;
  for (const [title, of] of [...['Capabilities', 'Bindings', 'Outcomes of mandates', 'Errors'].map(one => [one, page]), ...['Methods', 'Rules', 'Streams'].map(one => [one, mcpPage])])
    for (const row of rows(title, of)) {
      const cited = [...row.at(-1).matchAll(/`([\w/]+)`: \*([^*]+)\*/g)];
      assert.ok(cited.length > 0, `no test for ${row[0]}`);
      for (const [, name, wanted] of cited) {
        const file = path.join(root, 'tests', `${name}.test.mjs`);
        assert.ok(existsSync(file), file);
        assert.ok(titles(file).has(wanted), `${name} has no test "${wanted}"`);
        ++named;
      }
    }
  assert.ok(named > 80);
});

test('every method of MCP is offered where the page says so', async () => {
  const modern = {'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {}};
  for (const fixtures of [false, true]) {
    const server = await startServer({args: fixtures ? ['--mcp-conformance-fixtures'] : []});
    const send = (method, params, headers) => call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method, params}, {'UCP-Agent': null, ...headers});
    const {capabilities} = (await send('initialize', {}, {})).body.result;
    for (const [cell, ...eras] of rows('Methods', mcpPage).map(row => row.slice(0, 3))) {
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
