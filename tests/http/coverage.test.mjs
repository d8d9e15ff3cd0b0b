// SPDX-License-Identifier: Apache-2.0
// docs/protocols/ucp.md says what is covered by which test: it is held against the served profiles and the tests there are.
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {CoveragePage} from '../support/coverage.mjs';
import {privateCertificates} from '../support/platform.mjs';
import {operationsOf, versions} from '../support/schemas.mjs';
import {startServer, temporaryDirectory} from '../support/server.mjs';

const page = new CoveragePage('docs/protocols/ucp.md');

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
  const table = page.rows('Capabilities');
  for (const [i, version] of versions.entries()) {
    const covered = table.filter(row => row[1 + i] === 'yes').map(([name]) => name.replaceAll('`', ''));
    assert.deepEqual(covered.sort(), Object.keys(profiles[version].ucp.capabilities).sort(), version);
  }
  for (const row of table) for (const cell of row.slice(1, 3)) assert.ok(cell === 'yes' || cell === '–', row[0]);
});

test('every operation of a release is in a row of it', () => {
  for (const [i, version] of versions.entries()) {
    const listed = page.rows('Capabilities').filter(row => row[1 + i] === 'yes').flatMap(row => row[3].match(/\b[a-z]+_[a-z]+\b/g) ?? []);
    for (const name of operationsOf(version)) assert.ok(listed.includes(name), `${version} ${name}`);
  }
});

test('every test that is named exists, and every row names one', () => {
  assert.ok(page.assertTestsExist(['Capabilities', 'Bindings', 'Outcomes of mandates', 'Errors']) > 40);
});
