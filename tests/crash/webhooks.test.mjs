// SPDX-License-Identifier: Apache-2.0
// kill -9 between an order and its webhook: the platform hears of every acknowledged order all the same.
import assert from 'node:assert/strict';
import {rmSync} from 'node:fs';
import {test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {b2a, eventually, operator, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, buyer, lines, order, pay} from '../support/ucp.mjs';

const rounds = 3;

test('an outbox survives SIGKILL: nothing is lost, one id an event', {timeout: 240000}, async () => {
  const data = temporaryDirectory();
  const platform = await startPlatform();
  const hook = platform.hook();
  const agent = platform.profile({webhook: hook.url});
  const orders = new Set();
  try {
    let server = await startServer({data});
    for (let round = 0; round < rounds; ++round) {
      // Some are refused, some never answered, some taken: each state that a notice can be in when the process dies.
      hook.script = Array.from({length: 30}, (_, i) => [503, null, 204][(i + round) % 3]);
      hook.otherwise = 503;
      const shop = new Shop(server, {version: '2026-08-25', agent});
      await Promise.all(Array.from({length: 12}, async () => {
        const {body} = await shop.create_checkout({line_items: lines(['demo-digital']), buyer});
        const done = await shop.complete_checkout(body.id, pay());
        if (done.body.order) orders.add(done.body.order.id);
      }));
      await server.kill();
      server = await startServer({data});
    }
    hook.script = [];
    hook.otherwise = 204;
    const told = () => new Set(hook.accepted.map(n => n.json.id));
    await hook.wait(() => [...orders].every(id => told().has(id)), 120);
    const ids = new Map();
    for (const notice of hook.received) {
      const known = ids.get(notice.json.id) ?? ids.set(notice.json.id, new Set()).get(notice.json.id);
      known.add(notice.headers['webhook-id']);
    }
    for (const id of orders) assert.equal(ids.get(id).size, 1, 'one event, one id, however often it was sent');
    await eventually(async () => (await operator(server, '/admin/v1/notices?state=pending')).body.notices, list => list.length === 0);
    // What was taken and recorded is not sent again after one more restart.
    const count = hook.received.length;
    await server.kill();
    server = await startServer({data});
    const shop = new Shop(server, {version: '2026-08-25', agent});
    const last = (await shop.buy(order('demo-ok-1'))).order.id;
    await hook.wait(() => told().has(last));
    assert.equal(hook.received.length, count + 1, 'only the new order was told');
    await server.stop();
    assert.equal(b2a('audit', 'verify', '--data', data).code, 0);
  } finally {
    await platform.stop();
    rmSync(data, {recursive: true, force: true});
  }
});
