// SPDX-License-Identifier: Apache-2.0
// More buyers than stock, all at once, and the process killed among them: what was sold is what was there.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {rmSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {auditEntries, b2a, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

const stock = 5;
const buyers = 100;
let platform;
let agent;
before(async () => {
  platform = await startPlatform();
  agent = platform.profile({version: '2026-04-08'});
});
after(() => platform.stop());

const codes = body => (body.messages ?? []).map(m => m.code);
const prepare = shop => Promise.all(Array.from({length: buyers}, async () => ({id: (await shop.create(order('demo-last'))).body.id, key: randomUUID()})));

/** The orders in the log, and that nothing is left to sell. */
async function assertSoldOut(server, data, expected) {
  const shop = new Shop(server, {agent});
  assert.equal((await shop.create(order('demo-last'))).body.messages[0].code, 'out_of_stock');
  for (const id of expected) assert.equal((await shop.order(id)).body.id, id);
  await server.stop();
  const placed = auditEntries(data, 100000).filter(e => e.type === 'order.placed').map(e => e.subject);
  assert.deepEqual([...placed].sort(), [...expected].sort());
  assert.equal(b2a('audit', 'verify', '--data', data).code, 0);
}

test('T11: a hundred completions of the last five make five orders, after kill -9 too', {timeout: 240000}, async () => {
  const data = temporaryDirectory();
  try {
    let server = await startServer({data});
    const shop = new Shop(server, {agent});
    const checkouts = await prepare(shop);
    const answers = await Promise.all(checkouts.map(({id, key}) => shop.complete(id, pay(), key)));
    await server.kill();
    const sold = answers.filter(a => a.body.status === 'completed').map(a => a.body.order.id);
    assert.equal(sold.length, stock);
    const refused = answers.filter(a => a.body.status !== 'completed');
    assert.equal(refused.length, buyers - stock);
    for (const {body, text} of refused) assert.ok(codes(body).includes('out_of_stock'), text.slice(0, 500));
    server = await startServer({data});
    await assertSoldOut(server, data, new Set(sold));
  } finally {
    rmSync(data, {recursive: true, force: true});
  }
});

test('T11: killed in the middle, the buyers repeat themselves: still five orders', {timeout: 240000}, async () => {
  const data = temporaryDirectory();
  try {
    let server = await startServer({data});
    let shop = new Shop(server, {agent});
    const checkouts = await prepare(shop);
    const first = checkouts.map(({id, key}) => shop.complete(id, pay(), key).catch(() => null));
    await Promise.any(first.map(async answer => assert.equal((await answer)?.body.status, 'completed')));
    await server.kill();
    const acknowledged = (await Promise.all(first)).map(a => a?.body?.order?.id).filter(Boolean);
    assert.ok(acknowledged.length >= 1 && acknowledged.length <= stock);
    server = await startServer({data});
    shop = new Shop(server, {agent});
    const again = await Promise.all(checkouts.map(({id, key}) => shop.complete(id, pay(), key)));
    const sold = new Set(again.map(a => a.body.order?.id).filter(Boolean));
    assert.equal(sold.size, stock, JSON.stringify(again.map(a => codes(a.body))));
    for (const id of acknowledged) assert.ok(sold.has(id), 'what was acknowledged before the kill is among them');
    await assertSoldOut(server, data, sold);
  } finally {
    rmSync(data, {recursive: true, force: true});
  }
});
