// SPDX-License-Identifier: Apache-2.0
// What happens to an order after it was placed, and how its platform hears of it: events, adjustments, webhooks.
import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {validateOrder, versions} from '../support/schemas.mjs';
import {call, eventually, operator, startServer} from '../support/server.mjs';
import {contentDigest, verifies} from '../support/signing.mjs';
import {Shop, buyer, lines, shipTo, total} from '../support/ucp.mjs';

let server;
let platform;
before(async () => {
  server = await startServer();
  platform = await startPlatform();
});
after(async () => {
  await platform.stop();
  await server.stop();
});

const fulfil = (id, body) => operator(server, `/admin/v1/orders/${id}/fulfillment`, body);
const adjust = (id, body) => operator(server, `/admin/v1/orders/${id}/adjustments`, body);
const notices = async state => (await operator(server, `/admin/v1/notices?state=${state}`)).body.notices;

/** A shop whose platform hears of its orders at `hook`. */
function listening(version = '2026-08-25') {
  const hook = platform.hook();
  return {hook, shop: new Shop(server, {version, agent: platform.profile({version, webhook: hook.url})})};
}
const basket = {line_items: lines(['demo-ok-1', 3], ['demo-ok-2', 2]), buyer, fulfillment: shipTo()};
const eventTypes = order => order.fulfillment.events.map(e => e.type);

for (const version of versions) {
  describe(`${version}: the order`, () => {
    let shop;
    let id;
    let tote;
    let mug;
    before(async () => {
      shop = new Shop(server, {version});
      id = (await shop.buy(basket)).order.id;
      [tote, mug] = (await shop.get_order(id)).body.line_items.map(l => l.id);
    });
    const read = async () => (await shop.get_order(id)).body;
    const state = order => order.line_items.map(l => [l.quantity.total, l.quantity.fulfilled, l.status]);

    test('leaves in parts', async () => {
      assert.deepEqual(state(await read()), [[3, 0, 'processing'], [2, 0, 'processing']]);
      const first = await fulfil(id, {type: 'shipped', line_items: [{id: tote, quantity: 2}], carrier: 'Carrier', tracking_number: 'T1', tracking_url: 'https://track.test/T1', description: 'The first parcel'});
      assert.equal(first.status, 200, first.text);
      let now = await read();
      assert.deepEqual(state(now), [[3, 2, 'partial'], [2, 0, 'processing']]);
      const event = now.fulfillment.events.find(e => e.type === 'shipped');
      assert.deepEqual([event.line_items, event.carrier, event.tracking_number, event.tracking_url, event.description],
        [[{id: tote, quantity: 2}], 'Carrier', 'T1', 'https://track.test/T1', 'The first parcel']);
      assert.equal((await fulfil(id, {type: 'shipped'})).status, 200, 'no lines: all that is left');
      now = await read();
      assert.deepEqual(state(now), [[3, 3, 'fulfilled'], [2, 2, 'fulfilled']]);
      assert.deepEqual(now.fulfillment.events.at(-1).line_items, [{id: tote, quantity: 1}, {id: mug, quantity: 2}]);
      assert.equal((await fulfil(id, {type: 'delivered', line_items: [{id: mug, quantity: 1}]})).status, 200);
      assert.deepEqual(eventTypes(await read()).filter(t => t !== 'processing'), ['shipped', 'shipped', 'delivered']);
    });

    test('refuses what cannot have happened, and stays as it was', async () => {
      const before = await read();
      for (const body of [{type: 'shipped'}, {type: 'shipped', line_items: [{id: tote, quantity: 1}]}, {type: 'delivered', line_items: [{id: mug, quantity: 5}]},
        {type: 'shipped', line_items: [{id: 'nothing', quantity: 1}]}, {type: 'delivered', line_items: [{id: mug, quantity: 0}]}, {type: 'delivered', line_items: [{id: mug, quantity: -1}]},
        {type: 'eaten'}, {}, {type: 'delivered', line_items: []}]) {
        const answer = await fulfil(id, body);
        assert.ok(answer.status === 400 || answer.status === 409 || answer.status === 422, `${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
      }
      assert.deepEqual(await read(), before);
      assert.equal((await fulfil('ord_00000000000000000000000000', {type: 'shipped'})).status, 404);
      assert.equal((await call(server.operators, 'POST', `/admin/v1/orders/${id}/fulfillment`, {type: 'shipped'})).status, 401);
    });

    test('is adjusted: cancellation, refund, a pending one', async () => {
      const other = (await shop.buy(basket)).order.id;
      const [first, second] = (await shop.get_order(other)).body.line_items.map(l => l.id);
      const paid = total((await shop.get_order(other)).body);
      assert.equal((await adjust(other, {type: 'cancellation', line_items: [{id: first, quantity: -1}, {id: second, quantity: -2}], amount: -5300, description: 'Sold out after all'})).status, 200);
      let now = (await shop.get_order(other)).body;
      assert.deepEqual(state(now), [[2, 0, 'processing'], [0, 0, 'removed']]);
      const [{type, status, line_items, totals, description}] = now.adjustments;
      assert.deepEqual([type, status, line_items, description], ['cancellation', 'completed', [{id: first, quantity: -1}, {id: second, quantity: -2}], 'Sold out after all']);
      assert.equal(totals.find(t => t.type === 'total')?.amount ?? totals[0].amount, -5300);
      assert.equal((await adjust(other, {type: 'return', status: 'pending', line_items: [{id: first, quantity: -1}]})).status, 200);
      now = (await shop.get_order(other)).body;
      assert.deepEqual(state(now)[0], [2, 0, 'processing'], 'what is pending has not happened');
      for (const body of [{type: 'refund', amount: -(paid + 1)}, {type: 'cancellation', line_items: [{id: first, quantity: -3}]}, {type: 'return', line_items: [{id: 'nothing', quantity: -1}]}, {}, {type: 'refund', status: 'maybe', amount: -1}]) {
        const answer = await adjust(other, body);
        assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(body)}: ${answer.status} ${answer.text}`);
      }
      assert.equal((await shop.get_order(other)).body.adjustments.length, 2);
    });
  });

  test(`T17: ${version}: the platform hears of the order, in its version, signed`, async () => {
    const {hook, shop} = listening(version);
    const bought = await shop.buy(basket);
    const id = bought.order.id;
    await hook.wait(1);
    assert.equal((await operator(server, '/admin/v1/sandbox/ship', {order_id: id, carrier: 'Carrier', tracking_number: 'T1'})).status, 200);
    assert.equal((await operator(server, '/admin/v1/sandbox/deliver', {order_id: id})).status, 200);
    const received = await hook.wait(3);
    const business = (await call(server.agents, 'GET', version < '2026-08-25' ? '/.well-known/ucp/2026-04-08' : '/.well-known/ucp')).body;
    for (const notice of received) {
      assert.equal(notice.method, 'POST');
      assert.match(notice.headers['content-type'], /^application\/json/);
      assert.match(notice.headers['webhook-id'], /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
      assert.ok(Math.abs(Number(notice.headers['webhook-timestamp']) - Date.now() / 1000) < 120);
      assert.equal(notice.headers['ucp-agent'], `profile="${server.agents}/.well-known/ucp"`);
      assert.equal(notice.headers['content-digest'], contentDigest(notice.body));
      const covered = ['@method', '@authority', '@path', 'ucp-agent', 'content-digest', 'content-type', 'webhook-id', 'webhook-timestamp'];
      assert.ok(await verifies(notice, business.keys ?? business.signing_keys, covered), JSON.stringify(notice.headers));
      assert.ok(!await verifies({...notice, headers: {...notice.headers, 'webhook-id': 'x'}}, business.keys ?? business.signing_keys, covered), 'the verifier would notice');
      validateOrder(version, notice.json);
      assert.equal(notice.json.ucp.version, version);
      assert.equal(notice.json.id, id);
    }
    assert.equal(new Set(received.map(n => n.headers['webhook-id'])).size, 3);
    assert.deepEqual(received.map(n => eventTypes(n.json).filter(t => t !== 'processing')), [[], ['shipped'], ['shipped', 'delivered']], 'the whole order each time, in order');
    const {body: current} = await shop.get_order(id);
    assert.deepEqual(received[2].json, current, 'what is told is what is read');
  });
}

test('T17: what is not acknowledged is repeated under the same id, in the order of events', async () => {
  const {hook, shop} = listening();
  hook.answer(503, null, 500);
  const id = (await shop.buy(basket)).order.id;
  await hook.wait(1);
  assert.equal((await operator(server, '/admin/v1/sandbox/ship', {order_id: id})).status, 200);
  const received = await hook.wait(5);
  const [first, second, third, fourth, fifth] = received;
  for (const again of [second, third, fourth]) {
    assert.equal(again.headers['webhook-id'], first.headers['webhook-id']);
    assert.deepEqual(again.body, first.body);
  }
  assert.equal(fourth.status, 204);
  assert.notEqual(fifth.headers['webhook-id'], first.headers['webhook-id']);
  assert.deepEqual([eventTypes(first.json).includes('shipped'), eventTypes(fifth.json).includes('shipped')], [false, true], 'the second event waited for the first');
  const waits = received.slice(1, 4).map((notice, i) => notice.at - received[i].at);
  assert.ok(waits[0] >= 400 && waits[2] > waits[0], `each time longer: ${waits}`);
});

test('one order that waits holds up no other', async () => {
  const {hook, shop} = listening();
  hook.otherwise = 503;
  const stuck = (await shop.buy(basket)).order.id;
  await hook.wait(1);
  const {hook: quick, shop: other} = listening();
  await other.buy(basket);
  await quick.wait(1);
  hook.otherwise = 204;
  await hook.wait(received => received.some(n => n.status === 204 && n.json.id === stuck));
});

test('gone is gone: a dead letter, that the operator sees and may send again', async () => {
  const {hook, shop} = listening();
  hook.answer(410);
  const id = (await shop.buy(basket)).order.id;
  const [first] = await hook.wait(1);
  const dead = await eventually(() => notices('dead'), list => list.some(n => JSON.stringify(n).includes(id)));
  const notice = dead.find(n => JSON.stringify(n).includes(id));
  assert.equal(notice.attempts, 1);
  assert.match(String(notice.last_result), /410/);
  assert.equal((await operator(server, '/admin/v1/sandbox/ship', {order_id: id})).status, 200);
  const [, shipped] = await hook.wait(2);
  assert.ok(eventTypes(shipped.json).includes('shipped'), 'what follows is not held up by a dead letter');
  const replayed = await operator(server, '/admin/v1/notices/replay', {ids: [notice.id]});
  assert.equal(replayed.status, 200, replayed.text);
  const [, , again] = await hook.wait(3);
  assert.equal(again.headers['webhook-id'], first.headers['webhook-id']);
  assert.deepEqual(again.body, first.body);
  const delivered = await eventually(() => notices('delivered'), list => list.some(n => n.id === notice.id));
  assert.ok(delivered.length >= 2);
  assert.ok(!(await notices('dead')).some(n => n.id === notice.id));
});

test('replaying needs the operator and an id that exists', async () => {
  assert.equal((await call(server.operators, 'POST', '/admin/v1/notices/replay', {ids: ['ntc_00000000000000000000000000']})).status, 401);
  assert.equal((await operator(server, '/admin/v1/notices/replay', {ids: ['ntc_00000000000000000000000000']})).status, 404);
  assert.equal((await operator(server, '/admin/v1/notices/replay', {ids: 'all'})).status, 400);
  assert.equal((await operator(server, '/admin/v1/notices?state=lost')).status, 400);
});

test('a platform without a webhook URL is told nothing', async () => {
  const before = (await notices('pending')).length;
  const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile()});
  await shop.buy(basket);
  assert.equal((await notices('pending')).length, before);
});

test('a declined payment tells nobody anything', async () => {
  const {hook, shop} = listening();
  const {body} = await shop.create_checkout(basket);
  const declined = await shop.complete_checkout(body.id, {payment: {instruments: [{id: 'c', handler_id: 'sandbox_card', type: 'card', credential: {type: 'token', token: 'tok_decline'}}]}});
  assert.equal(declined.body.order, undefined);
  await shop.buy(basket);
  await hook.wait(1);
  assert.equal(hook.received.length, 1);
});

test('an outcome that was unknown is told when it is known', async () => {
  const {hook, shop} = listening();
  const {body} = await shop.create_checkout(basket);
  await shop.complete_checkout(body.id, {payment: {instruments: [{id: 'c', handler_id: 'sandbox_card', type: 'card', credential: {type: 'token', token: 'tok_timeout'}}]}});
  assert.equal(hook.received.length, 0);
  assert.equal((await operator(server, '/admin/v1/sandbox/psp-settle', {checkout_id: body.id, outcome: 'approved'})).status, 200);
  const [notice] = await hook.wait(1);
  assert.equal(notice.json.checkout_id, body.id);
});
