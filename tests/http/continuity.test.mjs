// SPDX-License-Identifier: Apache-2.0
// One purchase through every dialect: begun, changed, paid and read over MCP, UCP, ACP, A2A and the native API, each with
// its own totals, status names, errors and rules for repeating, all over one state, one policy and one audit trail.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {Agent} from '../support/a2a.mjs';
import {AcpAgent, authenticated, pay as acpPay} from '../support/acp.mjs';
import {NativeApi} from '../support/native.mjs';
import {auditEntries, call, operator, startServer} from '../support/server.mjs';
import {address, amount, assertTotals, buyer, shipTo, Shop} from '../support/ucp.mjs';

const bearer = {Authorization: 'Bearer sandbox-agent'};

let server;
let ucp;
let acp;
let a2a;
let native;
before(async () => {
  server = await startServer();
  ucp = new Shop(server, {version: '2026-08-25', headers: bearer});
  acp = new AcpAgent(server);
  a2a = new Agent(server, {headers: bearer});
  native = await NativeApi.of(server);
});
after(() => server.stop());

async function tool(name, args) {
  const {body} = await call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name, arguments: args}},
    {...bearer, 'Accept': 'application/json, text/event-stream', 'UCP-Agent': null});
  assert.ok(body.result && !body.result.isError, JSON.stringify(body).slice(0, 800));
  return body.result.structuredContent;
}
const a2aRead = async id => (await a2a.send({action: 'get_checkout', checkout_id: id})).data['a2a.ucp.checkout'];
const nativeTotal = checkout => checkout.totals.total.amount;
const nativeDiscount = checkout => checkout.totals.adjustments.filter(a => a.kind.includes('discount')).reduce((sum, a) => sum + a.amount.amount, 0);

/** The same checkout in all dialects; answers what each says. */
async function everywhere(id) {
  const views = {
    ucp: (await ucp.get(id)).body, acp: (await acp.get(id)).body, a2a: await a2aRead(id), native: (await native.get(`/checkouts/${id}`)).body,
    mcp: await tool('shop_get_checkout', {checkout_id: id}),
  };
  const totals = [amount(views.ucp, 'total'), amount(views.acp, 'total'), amount(views.a2a, 'total'), nativeTotal(views.native), nativeTotal(views.mcp)];
  assert.equal(new Set(totals).size, 1, `one total: ${totals}`);
  for (const [dialect, view] of Object.entries(views)) assert.equal(view.id, id, dialect);
  return views;
}

describe('one purchase, five dialects', () => {
  let id;
  let order;

  test('a cart over MCP becomes a checkout over UCP', async () => {
    const cart = await tool('shop_create_cart', {items: [{variant_id: 'demo-ok-1', quantity: 2}]});
    const created = await ucp.create({cart_id: cart.id, line_items: [], buyer, fulfillment: shipTo()});
    assert.equal(created.status, 201, created.text);
    assert.deepEqual(created.body.line_items.map(line => [line.item.id, line.quantity]), [['demo-ok-1', 2]]);
    id = created.body.id;
    const {ucp: u, acp: a, native: n} = await everywhere(id);
    assert.deepEqual([u.status, a.status, n.status], ['ready_for_complete', 'ready_for_payment', 'ready_for_complete']);
    assert.deepEqual([u.currency, a.currency], ['USD', 'usd']);
  });

  test('ACP discounts it: positive there, negative elsewhere', async () => {
    const cheaper = await acp.update(id, {discounts: {codes: ['SAVE10']}});
    assert.equal(cheaper.status, 200, cheaper.text);
    const {ucp: u, acp: a, a2a: two, native: n} = await everywhere(id);
    const off = amount(a, 'items_discount');
    assert.ok(off > 0);
    assert.deepEqual([amount(u, 'items_discount'), amount(two, 'items_discount'), nativeDiscount(n)], [-off, -off, -off]);
    assertTotals(u.totals);
  });

  test('A2A adds to it, the native API sends it elsewhere, UCP sees both', async () => {
    await a2a.send({action: 'get_checkout', checkout_id: id});
    const more = (await a2a.send({action: 'add_to_checkout', checkout_id: id, variant_id: 'demo-digital', quantity: 1})).data['a2a.ucp.checkout'];
    assert.deepEqual(more.line_items.map(line => line.item.id), ['demo-ok-1', 'demo-digital']);
    const moved = await native.patch(`/checkouts/${id}`, {ship_to: {...address, postal_code: '94107'}});
    assert.equal(moved.body.status, 'ready_for_complete', moved.text);
    const {ucp: u, acp: a} = await everywhere(id);
    assert.equal(u.fulfillment.methods[0].destinations[0].postal_code, '94107');
    assert.equal(a.fulfillment_details.address.postal_code, '94107');
    assert.deepEqual(u.discounts.codes, ['SAVE10'], 'what ACP set stays');
  });

  test('ACP pays: the bank wants the buyer, and each dialect says so in its words', async () => {
    const asked = await acp.complete(id, acpPay('spt_3ds'));
    assert.equal(asked.body.status, 'authentication_required', asked.text);
    const {ucp: u, native: n} = await everywhere(id);
    assert.equal(u.status, 'requires_escalation');
    assert.ok(u.continue_url);
    assert.equal(n.status, 'requires_escalation');
    const done = await acp.complete(id, acpPay('spt_3ds', {authentication_result: authenticated}));
    assert.equal(done.body.status, 'completed', done.text);
    order = done.body.order.id;
  });

  test('the order is one, whoever asks', async () => {
    const {ucp: u, acp: a, a2a: two, native: n, mcp: m} = await everywhere(id);
    assert.deepEqual([u, a, two, n, m].map(view => view.status), Array(5).fill('completed'));
    assert.deepEqual([u, a, two, n, m].map(view => view.order.id), Array(5).fill(order));
    const placed = (await ucp.order(order)).body;
    assert.equal(amount(placed, 'total'), amount(u, 'total'));
    assert.equal((await native.get(`/orders/${order}`)).body.id, order);
    assert.equal((await a2a.send({action: 'get_order', order_id: order})).data['a2a.ucp.order'].id, order);
    assert.equal((await tool('shop_get_order', {order_id: order})).id, order);
  });

  test('what is over is over in every dialect, each with its own error', async () => {
    assert.equal((await acp.cancel(id)).status, 405);
    const late = await ucp.cancel(id);
    assert.equal(late.body.messages[0].code, 'invalid_transition', late.text);
    const again = await native.post(`/checkouts/${id}/cancel`, {}, {status: [200, 409]});
    assert.match(again.text, /invalid_transition/);
  });

  test('one trail: every step of one agent, in order, with the dialect that it came through', () => {
    const trail = auditEntries(server.data).filter(entry => entry.subject === id || entry.subject === order);
    assert.deepEqual(new Set(trail.map(entry => entry.agent)), new Set(['sandbox-agent']));
    assert.deepEqual(trail.map(entry => `${entry.type} ${entry.protocol}`), [
      'checkout.created ucp', 'checkout.updated acp', 'checkout.updated a2a', 'checkout.updated native',
      'payment.requires_action acp', 'checkout.completed acp', 'order.placed acp',
    ]);
    for (const entry of trail) assert.match(entry.decision_id, /^dec_/);
  });
});

describe('whose purchase it is', () => {
  test('a token does not open what a UCP platform began, in no dialect', async () => {
    const platform = new Shop(server, {version: '2026-08-25'});
    const {body: {id}} = await platform.create({line_items: [{item: {id: 'demo-ok-1'}, quantity: 1}], buyer});
    assert.equal((await acp.get(id)).status, 404);
    assert.equal((await native.get(`/checkouts/${id}`, {status: 404})).body.code, 'not_found');
    assert.notEqual((await ucp.get(id)).body.id, id);
    const refused = await a2a.post(a2a.message([{action: 'get_checkout', checkout_id: id}]));
    assert.doesNotMatch(refused.text, /demo-ok-1/);
  });

  test('an idempotency key of one dialect answers for no other', async () => {
    const key = randomUUID();
    const first = await ucp.create({line_items: [{item: {id: 'demo-ok-1'}, quantity: 1}], buyer}, key);
    const second = await acp.create({line_items: [{id: 'demo-ok-1'}], currency: 'usd', capabilities: {}}, {'Idempotency-Key': key});
    assert.equal(second.status, 201, second.text);
    assert.notEqual(second.body.id, first.body.id);
    assert.equal(second.headers.get('idempotent-replayed'), null);
  });

  test('a stop of one dialect leaves the others open', async () => {
    const {body: {id}} = await acp.create({line_items: [{id: 'demo-ok-1'}], currency: 'usd', capabilities: {}});
    const stop = await operator(server, '/admin/v1/stops', {scope: {protocol: 'acp'}, reason: 'test'});
    assert.ok(stop.status < 300, stop.text);
    for (let i = 0; i < 50 && (await acp.get(id)).status !== 503; ++i) await new Promise(resolve => setTimeout(resolve, 50));
    assert.equal((await acp.get(id)).status, 503);
    assert.equal((await native.get(`/checkouts/${id}`)).body.id, id);
  });
});
