// SPDX-License-Identifier: Apache-2.0
// The sandbox conventions that agent developers rely on (product.md §9), over UCP, against the real binary.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {auditEntries, b2a, call, operator, startServer} from '../support/server.mjs';
import {validatePlatformProfile, validateProfile, versions} from '../support/schemas.mjs';
import {Shop, address, buyer, order, pay, shipTo, total} from '../support/ucp.mjs';

let server;
let shop;
before(async () => {
  server = await startServer();
  shop = new Shop(server);
});
after(async () => {
  const {code} = await server.stop();
  assert.equal(code, 0, 'a clean stop');
});

const codes = checkout => (checkout.messages ?? []).map(m => m.code);

test('profile is valid, cacheable and leads to the endpoints', async () => {
  const {status, headers, body} = await call(server.agents, 'GET', '/.well-known/ucp');
  assert.equal(status, 200);
  validateProfile(body);
  assert.equal(body.ucp.version, '2026-08-25');
  const maxAge = Number(/^public, max-age=(\d+)$/.exec(headers.get('cache-control'))[1]);
  assert.ok(maxAge >= 60);
  const endpoint = transport => body.ucp.services['dev.ucp.shopping'].find(s => s.transport === transport).endpoint;
  assert.equal(endpoint('rest'), server.agents + '/ucp/v1');
  assert.equal(endpoint('mcp'), server.agents + '/mcp');
  for (const key of body.keys) assert.ok(key.kid && key.crv === 'P-256' && !key.d, 'public ES256 keys');
  assert.deepEqual(body.ucp.supported_versions, {'2026-04-08': server.agents + '/.well-known/ucp/2026-04-08'});
});

test('each version has a leaf profile of its own', async () => {
  for (const version of versions) {
    const {status, body} = await call(server.agents, 'GET', `/.well-known/ucp/${version}`);
    assert.equal(status, 200);
    validateProfile(body);
    assert.equal(body.ucp.version, version);
    assert.equal(body.ucp.supported_versions, undefined, 'a leaf has no leaves');
    assert.ok(Object.keys(body.ucp.payment_handlers).length > 0);
    assert.ok((version < '2026-08-25' ? body.signing_keys : body.keys).length > 0);
  }
  assert.equal((await call(server.agents, 'GET', '/.well-known/ucp/2020-01-01')).status, 404);
});

test('the sandbox serves agents that curl can be', async () => {
  for (const version of versions) {
    const {status, body} = await call(server.agents, 'GET', `/sandbox/agents/${version}.json`);
    assert.equal(status, 200);
    assert.equal(body.ucp.version, version);
    validatePlatformProfile(body);
  }
});

test('a purchase from search to order and evidence', async () => {
  const found = await shop.search({query: 'demo'});
  assert.equal(found.status, 200);
  assert.ok(found.body.products.length > 0);
  const created = await shop.create(order('demo-ok-1', 2));
  assert.equal(created.status, 201);
  assert.equal(created.body.status, 'ready_for_complete', JSON.stringify(created.body.messages));
  assert.equal(created.body.currency, 'USD');
  const done = await shop.complete(created.body.id, pay());
  assert.equal(done.status, 200);
  assert.equal(done.body.status, 'completed');
  assert.match(done.headers.get('audit-entry'), /#\d+$/);
  const bought = await shop.order(done.body.order.id);
  assert.equal(bought.body.checkout_id, created.body.id);
  assert.equal(bought.body.line_items[0].quantity.total, 2);
  assert.equal(total(bought.body), total(done.body));
  const entries = auditEntries(server.data);
  const placed = entries.find(e => e.type === 'order.placed' && JSON.stringify(e).includes(done.body.order.id));
  assert.ok(placed, 'the order has an audit entry');
  assert.ok(!JSON.stringify(entries).includes('ada@example.com'), 'no personal data in the log');
});

test('tokens decide the payment', async () => {
  for (const [token, check] of [
    ['tok_decline', c => { assert.equal(c.status, 'ready_for_complete'); assert.ok(codes(c).includes('payment_failed')); }],
    ['tok_3ds', c => { assert.equal(c.status, 'requires_escalation'); assert.ok(c.continue_url); }],
  ]) {
    const {body} = await shop.create(order('demo-ok-1'));
    const answer = await shop.complete(body.id, pay(token));
    assert.equal(answer.status, 200);
    assert.equal(answer.body.order, undefined);
    check(answer.body);
  }
});

test('an unknown outcome settles later, once', async () => {
  for (const outcome of ['approved', 'declined']) {
    const {body} = await shop.create(order('demo-ok-2'));
    const pending = await shop.complete(body.id, pay('tok_timeout'));
    assert.equal(pending.body.status, 'complete_in_progress');
    assert.equal(pending.body.order, undefined);
    const frozen = await shop.update(body.id, {line_items: [{item: {id: 'demo-ok-1'}, quantity: 9}]});
    assert.equal(frozen.status, 200);
    assert.equal(frozen.body.status, 'complete_in_progress');
    assert.equal(frozen.body.line_items[0].item.id, 'demo-ok-2', 'the content stays as it is');
    const settled = await operator(server, '/admin/v1/sandbox/psp-settle', {checkout_id: body.id, outcome});
    assert.equal(settled.status, 200, settled.text);
    const now = await shop.get(body.id);
    if (outcome === 'approved') assert.ok(now.body.status === 'completed' && now.body.order.id);
    else assert.ok(now.body.status !== 'completed' && codes(now.body).includes('payment_failed'));
    const again = await operator(server, '/admin/v1/sandbox/psp-settle', {checkout_id: body.id, outcome});
    assert.ok(again.status >= 400 && again.status < 500, 'nothing is left to settle');
  }
});

test('stock: none, the last five, never more', async () => {
  const none = await shop.create(order('demo-oos'));
  assert.equal(none.body.ucp.status, 'error');
  assert.equal(none.body.messages[0].code, 'out_of_stock');
  const six = await shop.create(order('demo-last', 6));
  assert.equal(six.body.line_items[0].quantity, 5);
  assert.ok(codes(six.body).includes('quantity_adjusted'));
  const checkouts = await Promise.all(Array.from({length: 12}, () => shop.create(order('demo-last'))));
  const answers = await Promise.all(checkouts.map(c => shop.complete(c.body.id, pay())));
  assert.equal(answers.filter(a => a.body.status === 'completed').length, 5);
  assert.equal((await shop.create(order('demo-last'))).body.messages[0].code, 'out_of_stock');
  assert.equal((await operator(server, '/admin/v1/sandbox/restock', {variant_id: 'demo-last', quantity: 5})).status, 200);
  assert.equal((await shop.create(order('demo-last', 5))).body.status, 'ready_for_complete');
});

test('digital goods need no address', async () => {
  const created = await shop.create({line_items: [{item: {id: 'demo-digital'}, quantity: 1}], buyer});
  assert.equal(created.body.status, 'ready_for_complete', JSON.stringify(created.body.messages));
  const done = await shop.complete(created.body.id, pay());
  assert.equal(done.body.status, 'completed');
  assert.equal((await shop.order(done.body.order.id)).status, 200);
});

test('discount codes: ten per cent, expired, free shipping, unknown', async () => {
  const plain = await shop.create(order('demo-ok-1'));
  const subtotal = plain.body.totals.find(t => t.type === 'subtotal').amount;
  const shipping = plain.body.totals.find(t => t.type === 'fulfillment')?.amount ?? 0;
  const ten = await shop.create(order('demo-ok-1', 1, {discounts: {codes: ['save10']}}));
  assert.equal(ten.body.totals.find(t => t.type === 'items_discount').amount, -Math.round(subtotal / 10));
  assert.equal(ten.body.discounts.applied[0].amount, Math.round(subtotal / 10));
  const free = await shop.create(order('demo-ok-1', 1, {discounts: {codes: ['FREESHIP']}}));
  assert.ok(shipping > 0, 'the demonstration item pays for shipping');
  assert.equal(free.body.totals.find(t => t.type === 'discount').amount, -shipping);
  const bad = await shop.create(order('demo-ok-1', 1, {discounts: {codes: ['EXPIRED10', 'NOPE']}}));
  assert.ok(codes(bad.body).includes('discount_code_expired') && codes(bad.body).includes('discount_code_invalid'));
  assert.deepEqual(bad.body.discounts.codes, ['EXPIRED10', 'NOPE']);
});

test('euros for Europe', async () => {
  const german = {street_address: 'Hauptstr. 1', address_locality: 'Berlin', postal_code: '10115', address_country: 'DE'};
  const {body} = await shop.create({...order('demo-ok-1'), fulfillment: shipTo(german), context: {currency: 'EUR', address_country: 'DE'}});
  assert.equal(body.currency, 'EUR');
  assert.equal(body.status, 'ready_for_complete', JSON.stringify(body.messages));
});

test('an order ships and arrives when the operator says so', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  const done = await shop.complete(body.id, pay());
  const id = done.body.order.id;
  const early = await operator(server, '/admin/v1/sandbox/deliver', {order_id: id});
  assert.ok(early.status >= 400 && early.status < 500, 'nothing is delivered before it shipped');
  assert.equal((await operator(server, '/admin/v1/sandbox/ship', {order_id: id, carrier: 'Carrier', tracking_number: 'T1'})).status, 200);
  assert.equal((await operator(server, '/admin/v1/sandbox/deliver', {order_id: id})).status, 200);
  const {body: now} = await shop.order(id);
  assert.deepEqual(now.fulfillment.events.map(e => e.type).filter(t => t !== 'processing'), ['shipped', 'delivered']);
  assert.equal(now.line_items[0].status, 'fulfilled');
});

test('a price change reaches new checkouts and stops an old one', async () => {
  const {body} = await shop.create(order('demo-ok-2'));
  const before = total(body);
  const changed = await operator(server, '/admin/v1/sandbox/price-change', {variant_id: 'demo-ok-2', currency: 'USD', price: 12345});
  assert.equal(changed.status, 200, changed.text);
  const late = await shop.complete(body.id, pay());
  assert.notEqual(late.body.status, 'completed', 'an old price is not charged silently, nor a new one');
  assert.notEqual(total(late.body), before);
  const fresh = await shop.create(order('demo-ok-2'));
  assert.equal(fresh.body.line_items[0].item.price, 12345);
});

test('the clock moves when told, and checkouts expire', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  assert.equal((await operator(server, '/admin/v1/sandbox/advance-clock', {seconds: 7 * 3600})).status, 200);
  const {body: later} = await shop.get(body.id);
  assert.equal(later.status, 'canceled');
  const refused = await shop.complete(body.id, pay());
  assert.equal(refused.body.order, undefined);
});

test('the operator side asks for its token', async () => {
  const without = await call(server.operators, 'POST', '/admin/v1/sandbox/restock', {variant_id: 'demo-last', quantity: 1});
  assert.equal(without.status, 401);
  const outside = await call(server.agents, 'POST', '/admin/v1/sandbox/restock', {variant_id: 'demo-last', quantity: 1});
  assert.equal(outside.status, 404, 'the agent listener knows nothing of it');
});

test('above the cap a human is asked', async () => {
  const {body} = await shop.create(order('demo-ok-1', 90));
  assert.ok(total(body) > 50000);
  const held = await shop.complete(body.id, pay());
  assert.equal(held.status, 200);
  assert.equal(held.body.status, 'requires_escalation');
  assert.ok(held.body.continue_url);
  assert.ok(held.body.messages.some(m => m.severity === 'requires_buyer_review'));
  const smaller = await shop.update(body.id, order('demo-ok-1', 1));
  assert.equal(smaller.body.status, 'ready_for_complete', JSON.stringify(smaller.body.messages));
});

test('a client cannot set prices', async () => {
  const {body} = await shop.create({
    ...order('demo-ok-1'),
    line_items: [{item: {id: 'demo-ok-1', price: 1, title: 'gift'}, quantity: 1, totals: [{type: 'total', amount: 1}]}],
    totals: [{type: 'total', amount: 1}], currency: 'JPY', status: 'completed', order: {id: 'ord_x'},
  });
  assert.equal(body.currency, 'USD');
  assert.ok(body.line_items[0].item.price > 1);
  assert.equal(body.status, 'ready_for_complete');
});

test('one platform does not see what another bought', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  const stranger = new Shop(server, {version: '2026-08-25'});
  const seen = await stranger.get(body.id);
  assert.equal(seen.body.ucp.status, 'error');
  assert.equal(seen.body.messages[0].code, 'not_found');
});

test('the log is sound after all of that', async () => {
  const {code, out} = b2a('audit', 'verify', '--data', server.data);
  assert.equal(code, 0, out);
  assert.match(out, /^sound: \d+ entries/);
});
