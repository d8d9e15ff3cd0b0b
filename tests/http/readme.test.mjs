// SPDX-License-Identifier: Apache-2.0
// The README's commands work when pasted and print what it says; so do those that `serve --sandbox` prints.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {test} from 'node:test';
import {binary, startServer} from '../support/server.mjs';
import {blocks, normalise, run} from '../support/readme.mjs';

test('README blocks run and print what the README shows', async () => {
  const list = blocks();
  assert.ok(list.length >= 6);
  const outputs = await run(list);
  list.forEach(({expected}, i) => assert.equal(normalise(outputs[i]), normalise(expected)));
});

test('what the sandbox prints can be pasted', async () => {
  const server = await startServer();
  const commands = server.stdout.slice(server.stdout.indexOf('Try this'), server.stdout.indexOf('Stop with'))
    .split('\n').filter(line => line.startsWith('  ')).join('\n').replaceAll('build/release/bin/b2a', binary);
  const {status, stdout, stderr} = spawnSync('bash', ['-euo', 'pipefail', '-c', commands], {encoding: 'utf8'});
  await server.stop();
  assert.equal(status, 0, stderr);
  assert.match(stdout, /"nl-fjord-hoodie"/);
  assert.match(stdout, /"type": "order.placed"/);
  assert.match(stdout, /^sound: /m);
});
