// SPDX-License-Identifier: Apache-2.0
// What ACP refuses and what it repeats: errors one by one, idempotency keys, carts, sessions that are over. The agent of
// support/acp.mjs judges every answer by the published schemas.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import http from 'node:http';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {AcpAgent, assertRefused, buyer, items, message, order, pay} from '../support/acp.mjs';
import {auditEntries, operator, root, startServer, temporaryDirectory} from '../support/server.mjs';

let directory;
let server;
let agent;
before(async () => {
  directory = temporaryDirectory();
  server = await startServer();
  agent = new AcpAgent(server);
});
after(async () => {
  await server.stop();
  rmSync(directory, {recursive: true, force: true});
});
// Without their own [[test]] cases, which one more rule may contradict.
const sandboxRules = readFileSync(path.join(root, 'config/policies/sandbox.toml'), 'utf8').split('[[test]]')[0];
const file = (name, content) => {
  const target = path.join(directory, name);
  writeFileSync(target, content);
  return target;
};

describe('errors', () => {
  test('what is not there, or not yours, is not found', async () => {
    for (const id of [randomUUID(), 'nonsense', '..%2f']) {
      assertRefused(await agent.get(id), 404, 'not_found');
      assertRefused(await agent.update(id, {}), 404, 'not_found');
      assertRefused(await agent.complete(id, pay()), 404, 'not_found');
      assertRefused(await agent.cancel(id), 404, 'not_found');
    }
  });

  test('a refusal of the policy has its reason and a decision', async () => {
    const rules = file('forbid.toml', `${sandboxRules}
[[rule]]
id = "acp"
effect = "forbid"
actions = ["checkout.update"]
when.protocol.eq = "acp"
reason_code = "not_over_acp"
agent_message = "Not over ACP."
`);
    const other = await startServer({args: ['--config', file('forbid-server.toml', `[policy]\nfile = "${rules}"\n`)]});
    const shop = new AcpAgent(other);
    const {body} = await shop.create(order());
    const refused = await shop.update(body.id, {});
    assertRefused(refused, 403, 'not_over_acp');
    assert.match(refused.body.message, /^Not over ACP\. \(decision /);
    await other.stop();
  });

  test('payments that are not for us are said to be so, and charge nothing', async () => {
    const {body} = await agent.create(order());
    for (const [payment_data, param] of [
      [{...pay().payment_data, handler_id: 'nobody'}, '$.payment_data.handler_id'],
      [{handler_id: 'sandbox_card', instrument: {type: 'card', credential: {type: 'card', token: '4242424242424242'}}}, '$.payment_data.instrument.credential.type'],
      [{purchase_order_number: 'PO-1', payment_terms: 'net_30'}, '$.payment_data.purchase_order_number']]) {
      const answer = await agent.complete(body.id, {payment_data});
      assert.equal(answer.body.status, 'ready_for_payment');
      assert.equal(message(answer.body, 'invalid').param, param);
    }
    assertRefused(await agent.complete(body.id, {payment_data: {handler_id: 'sandbox_card'}}), 400, 'invalid_request', '$.payment_data.instrument');
    assert.doesNotMatch(server.stdout + server.stderr, /4242424242424242/);
  });
});

describe('idempotency', () => {
  test('every POST and PUT needs a key', async () => {
    const {body} = await agent.create(order());
    const cart = await agent.send('POST', '/carts', {line_items: items('demo-ok-1')});
    for (const [method, target, payload] of [['POST', '/checkout_sessions', order()], ['POST', `/checkout_sessions/${body.id}`, {}], ['POST', `/checkout_sessions/${body.id}/complete`, pay()],
      ['POST', `/checkout_sessions/${body.id}/cancel`], ['POST', '/carts', {line_items: items('demo-ok-1')}], ['PUT', `/carts/${cart.body.id}`, {line_items: items('demo-ok-1')}], ['POST', `/carts/${cart.body.id}/cancel`]])
      for (const key of [null, ' '])
        assertRefused(await agent.send(method, target, payload, {'Idempotency-Key': key}), 400, 'idempotency_key_required');
    assertRefused(await agent.create(order(), {'Idempotency-Key': 'k'.repeat(256)}), 400, 'invalid_request');
    assert.equal((await agent.get(body.id)).body.status, 'ready_for_payment');
  });

  test('an equal request gets the first answer, whatever its bytes', async () => {
    const key = randomUUID();
    const headers = {'Idempotency-Key': key, 'Content-Type': 'application/json'};
    const first = await agent.send('POST', '/checkout_sessions', '{"currency":"usd","capabilities":{},"line_items":[{"id":"demo-ok-1","quantity":2}]}', headers);
    assert.equal(first.headers.get('idempotent-replayed'), null);
    const again = await agent.send('POST', '/checkout_sessions', ' {"line_items": [{"quantity": 2, "id": "demo-ok-1"}],\n"capabilities": {}, "currency": "\\u0075sd"}', headers);
    assert.equal(again.status, 201);
    assert.equal(again.text, first.text);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.equal(again.headers.get('idempotency-key'), key);
  });

  test('another request under the same key is a conflict for good', async () => {
    const key = {'Idempotency-Key': randomUUID()};
    const {body} = await agent.create(order(), key);
    for (const other of [order(['demo-ok-2']), order(['demo-ok-1'], {locale: null}), order(['demo-ok-1'], {line_items: [{id: 'demo-ok-1', quantity: 1}]})])
      assertRefused(await agent.create(other, key), 422, 'idempotency_conflict');
    const list = {'Idempotency-Key': randomUUID()};
    await agent.create(order(['demo-ok-1', 'demo-ok-2']), list);
    assertRefused(await agent.create(order(['demo-ok-2', 'demo-ok-1']), list), 422, 'idempotency_conflict');
    // The key belongs to the path and to the caller.
    assert.equal((await agent.cancel(body.id, undefined, key)).body.status, 'canceled');
  });

  test('one purchase, whoever asks how often', async () => {
    const {body} = await agent.create(order());
    const key = {'Idempotency-Key': randomUUID()};
    const answers = await Promise.all(Array.from({length: 12}, () => agent.complete(body.id, pay(), key)));
    const done = answers.filter(a => a.status === 200);
    assert.ok(done.length >= 1);
    assert.equal(new Set(done.map(a => a.text)).size, 1);
    for (const busy of answers.filter(a => a.status !== 200)) assertRefused(busy, 409, 'idempotency_in_flight');
    const placed = auditEntries(server.data).filter(entry => JSON.stringify(entry).includes('order.placed') && JSON.stringify(entry).includes(body.id));
    assert.equal(placed.length, 1);
  });

  test('while the first one runs the second is told to wait', async () => {
    // A decision point that takes its time keeps the first request where it is.
    let asked;
    const waiting = new Promise(resolve => { asked = resolve; });
    const point = http.createServer((request, response) => { request.resume().on('end', () => asked(response)); });
    await new Promise(resolve => point.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${point.address().port}/access/v1/evaluation`;
    const slow = await startServer({args: ['--config', file('slow.toml', `[decision_point]\nurl = "${url}"\nactions = ["checkout.complete"]\ntimeout = "5s"\n`)]});
    try {
      const shop = new AcpAgent(slow);
      const {body} = await shop.create(order());
      const key = {'Idempotency-Key': randomUUID()};
      const first = shop.complete(body.id, pay(), key);
      const response = await waiting;
      const second = await shop.complete(body.id, pay(), key);
      assertRefused(second, 409, 'idempotency_in_flight');
      assert.equal(second.headers.get('retry-after'), '1');
      response.setHeader('Content-Type', 'application/json').end('{"decision":true}');
      assert.equal((await first).body.status, 'completed');
      const third = await shop.complete(body.id, pay(), key);
      assert.equal(third.headers.get('idempotent-replayed'), 'true');
      assert.equal(third.body.status, 'completed');
    } finally {
      await slow.stop();
      point.closeAllConnections();
      point.close();
    }
  });

  test('over MCP a key is kept as well, and none is accepted', async () => {
    const shop = new AcpAgent(server, {transport: 'mcp'});
    const meta = {idempotency_key: randomUUID()};
    const first = await shop.tool('create_checkout_session', {payload: order(), meta});
    const again = await shop.tool('create_checkout_session', {payload: order(), meta});
    assert.equal(again.body.id, first.body.id);
    const conflict = await shop.tool('create_checkout_session', {payload: order(['demo-ok-2']), meta});
    assert.equal(conflict.rpc.error.code, -32000);
    assert.equal(conflict.body.code, 'idempotency_conflict');
    const keyless = await shop.tool('create_checkout_session', {payload: order(), meta: {idempotency_key: undefined}});
    assert.equal(keyless.body.status, 'ready_for_payment');
  });
});

test('carts are made, replaced, read and dropped', async () => {
  const created = await agent.send('POST', '/carts', {line_items: items('demo-ok-1', 'demo-ok-1', 'demo-oos'), buyer, locale: 'en-US'});
  assert.equal(created.status, 201);
  assert.deepEqual(created.body.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 2]]);
  assert.equal(message(created.body, 'out_of_stock').type, 'error');
  const target = `/carts/${created.body.id}`;
  const replaced = await agent.send('PUT', target, {line_items: items('demo-ok-2')});
  assert.equal(replaced.status, 200);
  assert.equal(replaced.body.buyer, undefined, 'a replacement is a whole one');
  assert.deepEqual((await agent.send('GET', target)).body, replaced.body);
  assertRefused(await agent.send('PUT', target, {line_items: items('demo-ok-2'), locale: 'en'}), 400, 'invalid_request', '$.locale');
  assertRefused(await agent.send('POST', '/carts', {line_items: []}), 400, 'missing_line_items');
  assert.equal((await agent.send('POST', `${target}/cancel`)).status, 200);
  assertRefused(await agent.send('GET', target), 404, 'not_found');
});

test('time runs out: the session expires and says so', async () => {
  const aging = await startServer();
  const shop = new AcpAgent(aging);
  const {body} = await shop.create(order());
  assert.equal((await operator(aging, '/admin/v1/sandbox/advance-clock', {seconds: 7 * 3600})).status, 200);
  const late = await shop.get(body.id);
  assert.equal(late.body.status, 'expired');
  assert.ok(late.body.messages.some(m => m.param === '$.status'));
  assert.equal((await shop.complete(body.id, pay())).body.status, 'expired');
  assertRefused(await shop.cancel(body.id), 405, 'method_not_allowed');
  await aging.stop();
});
