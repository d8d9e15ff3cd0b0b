// SPDX-License-Identifier: Apache-2.0
// kill -9 while orders are being placed: no acknowledged order is lost, none is doubled, and the log still verifies.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {rmSync} from 'node:fs';
import {test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {auditEntries, b2a, operator, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, buyer, pay} from '../support/ucp.mjs';

const rounds = 3;
const buyers = 16;
const stock = 100000;

/** Buys until the server goes away; `attempts` is filled with {checkout, key, order?}. */
async function shopUntilDeath(shop, attempts, alive) {
  while (alive()) {
    const attempt = {key: randomUUID()};
    try {
      const created = await shop.create({line_items: [{item: {id: 'demo-digital'}, quantity: 1}], buyer});
      attempt.checkout = created.body.id;
      attempts.push(attempt);
      const done = await shop.complete(attempt.checkout, pay(), attempt.key);
      attempt.order = done.body.order?.id;
    } catch (error) {
      if (error.code === 'ERR_ASSERTION') throw error;
      return;  // the connection died with the server
    }
  }
}

test('acknowledged orders survive SIGKILL, once each', {timeout: 240000}, async () => {
  const data = temporaryDirectory();
  const attempts = [];
  const platform = await startPlatform();
  const agent = platform.profile({version: '2026-04-08'});
  try {
    let server = await startServer({data});
    assert.equal((await operator(server, '/admin/v1/sandbox/restock', {variant_id: 'demo-digital', quantity: stock})).status, 200);
    for (let round = 0; round < rounds; ++round) {
      let alive = true;
      const shop = new Shop(server, {agent});
      const mine = [];
      const running = Array.from({length: buyers}, () => shopUntilDeath(shop, mine, () => alive));
      // Kill in the middle of the load: after a number of acknowledged orders, not after a time.
      while (mine.filter(a => a.order).length < 60 * (round + 1)) await new Promise(resolve => setImmediate(resolve));
      alive = false;
      await server.kill();
      await Promise.all(running);
      attempts.push(...mine);
      server = await startServer({data});
    }
    const shop = new Shop(server, {agent});
    for (const attempt of attempts) {
      if (attempt.order) {
        assert.equal((await shop.order(attempt.order)).body.id, attempt.order, 'an acknowledged order is there');
        continue;
      }
      // The client does not know: it repeats the request with the same key and must end with exactly one order.
      const again = await shop.complete(attempt.checkout, pay(), attempt.key);
      if (again.body.order) attempt.order = again.body.order.id;
    }
    const orders = attempts.map(a => a.order).filter(Boolean);
    assert.equal(new Set(orders).size, orders.length, 'no order twice');
    assert.ok(orders.length >= 60 * rounds);
    await server.stop();

    const placed = auditEntries(data, 1000000).filter(e => e.type === 'order.placed').map(e => e.subject);
    assert.equal(new Set(placed).size, placed.length, 'no order placed twice');
    for (const id of orders) assert.ok(placed.includes(id), `${id} has its evidence`);
    assert.equal(placed.length, orders.length, 'no order that no client can account for');
    const verified = b2a('audit', 'verify', '--data', data);
    assert.equal(verified.code, 0, verified.out);
  } finally {
    await platform.stop();
    rmSync(data, {recursive: true, force: true});
  }
});
