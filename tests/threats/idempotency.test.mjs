// SPDX-License-Identifier: Apache-2.0
// One key is one effect: for one caller, one operation and one body.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, test} from 'node:test';
import {startServer} from '../support/server.mjs';
import {startPlatform} from '../support/platform.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

let server;
let platform;
let agent;  // its URL outlives the server, unlike those of the sandbox's own agents
let shop;
before(async () => {
  platform = await startPlatform();
  agent = platform.profile({version: '2026-04-08'});
  server = await startServer();
  shop = new Shop(server, {agent});
});
after(async () => {
  await server.stop();
  await platform.stop();
});

test('T16: the same request twice is one effect and the same bytes', async () => {
  const key = randomUUID();
  const first = await shop.create(order('demo-ok-1'), key);
  const second = await shop.create(order('demo-ok-1'), key);
  assert.equal(second.status, first.status);
  assert.equal(second.text, first.text);
  const payKey = randomUUID();
  const done = await shop.complete(first.body.id, pay(), payKey);
  const again = await shop.complete(first.body.id, pay(), payKey);
  assert.equal(done.body.status, 'completed');
  assert.equal(again.text, done.text);
});

test('T16: the same key for another body is refused', async () => {
  const key = randomUUID();
  await shop.create(order('demo-ok-1'), key);
  const other = await shop.create(order('demo-ok-1', 2), key);
  assert.equal(other.status, 409);
  assert.ok(other.body.code && other.body.content);
});

test('T16: the same key for another operation or platform is another request', async () => {
  const key = randomUUID();
  const mine = await shop.create(order('demo-ok-1'), key);
  const stranger = new Shop(server, {version: '2026-08-25'});
  const theirs = await stranger.create(order('demo-ok-1'), key);
  assert.notEqual(theirs.body.id, mine.body.id);
  assert.equal((await shop.cancel(mine.body.id, key)).body.status, 'canceled');
});

test('T16: keys have 255 characters at most', async () => {
  const longest = 'k'.repeat(255);
  const mine = await shop.create(order('demo-ok-1'), longest);
  assert.equal(mine.status, 201, mine.text);
  assert.equal((await shop.create(order('demo-ok-1'), longest)).text, mine.text);
  for (const key of [longest + 'k', 'k'.repeat(5000)]) {
    const refused = await shop.create(order('demo-ok-1'), key);
    assert.equal(refused.status, 400, refused.text);
    assert.ok(refused.body.code && refused.body.content);
  }
});

test('T16: concurrent duplicates make one order', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  const key = randomUUID();
  const answers = await Promise.all(Array.from({length: 8}, () => shop.complete(body.id, pay(), key)));
  const orders = new Set(answers.map(a => a.body.order?.id));
  assert.equal(orders.size, 1, JSON.stringify(answers.map(a => a.text.slice(0, 200))));
  assert.equal(new Set(answers.map(a => a.text)).size, 1);
});

test('T16: completing twice under different keys makes one order', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  const answers = await Promise.all([shop.complete(body.id, pay()), shop.complete(body.id, pay())]);
  const orders = new Set(answers.map(a => a.body.order?.id).filter(Boolean));
  assert.equal(orders.size, 1);
});

test('T16: keys and answers survive a restart', async () => {
  const data = server.data;
  const key = randomUUID();
  const before = await shop.create(order('demo-ok-1'), key);
  await server.terminate();
  server = await startServer({data});
  shop = new Shop(server, {agent});
  const afterwards = await shop.create(order('demo-ok-1'), key);
  // The public URL carries the port, which the kernel chose anew: compare what does not depend on it.
  assert.equal(afterwards.body.id, before.body.id);
  assert.equal(afterwards.text, before.text);
});
