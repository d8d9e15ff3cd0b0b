// SPDX-License-Identifier: Apache-2.0
// Our signing keys: made on the first start, rotated beside a running server, published while old signatures are about.
import assert from 'node:assert/strict';
import {rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {b2a, call, eventually, startServer, temporaryDirectory} from '../support/server.mjs';
import {verifies} from '../support/signing.mjs';
import {Shop, order} from '../support/ucp.mjs';

let data;
let server;
let platform;
before(async () => {
  data = temporaryDirectory();
  server = await startServer({data});
  platform = await startPlatform();
});
after(async () => {
  await platform.stop();
  await server.stop();
  rmSync(data, {recursive: true, force: true});
});

const published = async () => (await call(server.agents, 'GET', '/.well-known/ucp')).body.keys;
const listed = () => JSON.parse(b2a('keys', 'list', '--json', '--data', data).out).keys;

test('the first start makes a key that only we can read', async () => {
  assert.equal(statSync(path.join(data, 'keys/signing.json')).mode & 0o777, 0o600);
  const keys = await published();
  assert.deepEqual(keys.map(k => k.kid), listed().map(k => k.kid));
  for (const key of keys) assert.equal(key.d, undefined, 'the private part stays here');
  assert.ok(!JSON.stringify(listed()).includes('PRIVATE'));
});

test('a rotated key signs, the old one stays published and verifies what it signed', async () => {
  const hook = platform.hook();
  const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile({webhook: hook.url})});
  await shop.buy(order('demo-digital'));
  const [before] = await hook.wait(1);
  const old = listed();
  assert.equal(b2a('keys', 'rotate', '--data', data).code, 0);
  process.kill(server.pid, 'SIGHUP');
  const keys = await eventually(published, now => now.length === old.length + 1);
  await shop.buy(order('demo-digital'));
  const [, afterwards] = await hook.wait(2);
  const covered = ['@method', '@authority', '@path', 'content-digest'];
  const kidOf = notice => /keyid="([^"]+)"/.exec(notice.headers['signature-input'])[1];
  assert.equal(kidOf(before), old.find(k => k.signs).kid);
  assert.equal(kidOf(afterwards), listed().find(k => k.signs).kid);
  assert.notEqual(kidOf(before), kidOf(afterwards));
  for (const notice of [before, afterwards]) assert.ok(await verifies(notice, keys, covered));
  assert.ok(listed().find(k => k.kid === kidOf(before)).retired);
});

test('a damaged file is never replaced', () => {
  const other = temporaryDirectory();
  try {
    assert.equal(b2a('keys', 'list', '--data', other).code, 0);
    const file = path.join(other, 'keys/signing.json');
    for (const content of ['', '{', '{"keys":[]}', '{"keys":[{"created":"2026-01-01T00:00:00Z","private_key":"x"}]}']) {
      writeFileSync(file, content);
      const {code, err} = b2a('keys', 'rotate', '--data', other);
      assert.equal(code, 2, content);
      assert.match(err, /signing\.json/);
    }
  } finally {
    rmSync(other, {recursive: true, force: true});
  }
});
