// SPDX-License-Identifier: Apache-2.0
// docs/protocols/ucp.md says what is covered by which test: it is held against the served profiles and the tests there are.
import assert from 'node:assert/strict';
import {existsSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {privateCertificates} from '../support/platform.mjs';
import {operationsOf, versions} from '../support/schemas.mjs';
import {root, startServer, temporaryDirectory} from '../support/server.mjs';

const page = readFileSync(path.join(root, 'docs/protocols/ucp.md'), 'utf8');
const a2a = readFileSync(path.join(root, 'docs/protocols/a2a.md'), 'utf8');
const section = title => page.split(/^## /m).find(part => part.startsWith(title));
const rows = title => section(title).split('\n').filter(line => line.startsWith('|')).slice(2).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));

/** What node's runner would call the tests of a file. */
function titles(file) {
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

/** The tests that a text names as `file`: *title*, each of which must exist. */
function cited(text) {
  const found = [...text.matchAll(/`([\w/]+)`: \*([^*]+)\*/g)];
  for (const [, name, wanted] of found) {
    const file = path.join(root, 'tests', `${name}.test.mjs`);
    assert.ok(existsSync(file), file);
    assert.ok(titles(file).has(wanted), `${name} has no test "${wanted}"`);
  }
  return found.length;
}

test('every test that is named exists, and every row names one', () => {
  let named = 0;
  for (const title of ['Capabilities', 'Bindings', 'Outcomes of mandates', 'Errors'])
    for (const row of rows(title)) {
      const count = cited(row.at(-1));
      assert.ok(count > 0, `no test for ${row[0]}`);
      named += count;
    }
  assert.ok(named > 40);
  assert.ok(cited(a2a) > 20);
});

test('every action of A2A has its row', async () => {
  const {actions} = JSON.parse(readFileSync(path.join(root, 'proto-schemas/a2a/v1/actions.json'), 'utf8'));
  const table = a2a.split(/^## /m).find(part => part.startsWith('Actions')).split('\n').filter(line => line.startsWith('|')).slice(2);
  const listed = table.flatMap(line => line.split('|')[1].match(/\w+/g));
  assert.deepEqual(listed.sort(), actions.map(a => a.name).sort());
});
