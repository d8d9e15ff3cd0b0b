// SPDX-License-Identifier: Apache-2.0
// Buying over the native API, judged by the OpenAPI document that it serves itself.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {NativeApi} from '../support/native.mjs';
import {auditEntries, call, operator, root} from '../support/server.mjs';
import {startPlatform} from '../support/platform.mjs';
import {claim, startSelling} from '../support/selling.mjs';
import {generateKey, signedHeaders} from '../support/signing.mjs';
import {Shop, pay} from '../support/ucp.mjs';

let server;
let api;
before(async () => {
  server = await startSelling();
  api = await NativeApi.of(server);
});
after(() => server.stop());

const ship_to = {street_address: '1 Main St', address_locality: 'Springfield', address_region: 'IL', postal_code: '62701', address_country: 'US'};
const buyer = {first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com'};
const items = (...ids) => ids.map(id => (typeof id === 'string' ? {variant_id: id} : {variant_id: id[0], quantity: id[1]}));
const payment = token => ({payment: {handler_id: 'sandbox_card', token}});
const codes = answer => answer.body.messages.map(message => message.code);
const total = answer => answer.body.totals.total.amount;

/** A checkout that can be paid. */
async function ready(...what) {
  const made = await api.post('/checkouts', {items: items(...what), buyer, ship_to}, {status: 201});
  assert.equal(made.body.status, 'ready_for_complete', made.text);
  return made;
}

test('a whole purchase: cart, checkout, payment, order, delivery', async () => {
  const cart = await api.post('/carts', {items: items(['demo-ok-1', 2]), discount_codes: ['SAVE10']}, {status: 201});
  assert.match(cart.headers.get('audit-entry'), /#\d+$/);
  assert.ok(cart.body.totals.adjustments.some(part => part.kind === 'items_discount' && part.amount.amount < 0));
  const checkout = await api.post('/checkouts', {cart_id: cart.body.id}, {status: 201});
  assert.equal(checkout.body.cart_id, cart.body.id);
  assert.equal((await api.post('/checkouts', {cart_id: cart.body.id})).body.id, checkout.body.id, 'one unfinished checkout a cart');
  const target = `/checkouts/${checkout.body.id}`;
  const filled = await api.patch(target, {buyer, ship_to});
  assert.equal(filled.body.status, 'ready_for_complete', filled.text);
  const done = await api.post(`${target}/complete`, payment('tok_ok'));
  assert.equal(done.body.status, 'completed');
  assert.ok(!done.text.includes('tok_ok'), 'no credential is echoed');
  const order = `/orders/${done.body.order.id}`;
  const placed = await api.get(order);
  assert.equal(total(placed), total(done));
  assert.equal((await operator(server, '/admin/v1/sandbox/ship', {order_id: done.body.order.id, tracking_number: 'T1'})).status, 200);
  const shipped = await api.get(order);
  assert.equal(shipped.body.fulfillment.events.at(-1).tracking_number, 'T1');
  assert.equal(shipped.body.line_items[0].quantity.fulfilled, 2);
  assert.ok(auditEntries(server.data).some(entry => entry.type === 'order.placed'));
});

test('a partial update changes what it names', async () => {
  const {body: {id}} = await ready('demo-ok-1');
  const target = `/checkouts/${id}`;
  const before = await api.get(target);
  const more = await api.patch(target, {add: items(['demo-ok-1', 2], 'demo-digital')});
  assert.deepEqual(more.body.line_items.map(line => line.quantity), [3, 1]);
  assert.equal(more.body.line_items[0].id, before.body.line_items[0].id);
  assert.deepEqual(more.body.buyer, before.body.buyer);
  const cut = await api.patch(target, {discount_codes: ['SAVE10', 'EXPIRED10']});
  assert.ok(total(cut) < total(more));
  assert.deepEqual(codes(cut), ['discount_code_expired']);
  assert.equal(cut.body.messages[0].path, '$.discounts.codes[1]');
  const options = cut.body.fulfillment.methods[0].options.map(option => option.id);
  const other = options.find(option => option !== cut.body.fulfillment.methods[0].selected_option_id);
  const fast = await api.patch(target, {selected_fulfillment_options: [{option_id: other}]});
  assert.equal(fast.body.fulfillment.methods[0].selected_option_id, other);
  assert.deepEqual(fast.body.discounts.codes, ['SAVE10', 'EXPIRED10']);
  const refused = await api.patch(target, {selected_fulfillment_options: [{option_id: 'teleport'}]});
  assert.deepEqual([codes(refused)[0], refused.body.version], ['selection_rejected', fast.body.version]);
  const moved = await api.patch(target, {ship_to: {...ship_to, postal_code: '62702'}});
  assert.equal(moved.body.fulfillment.methods[0].destinations[0].postal_code, '62702');
  assert.equal(moved.body.fulfillment.methods[0].selected_option_id, other, 'the choice stays');
  const collected = await api.patch(target, {pickup: {location_id: 'test-berlin'}});
  assert.equal(collected.body.fulfillment.methods[0].kind, 'pickup');
  const swapped = await api.patch(target, {items: items('demo-ok-2')});
  assert.deepEqual(swapped.body.line_items.map(line => line.variant_id), ['demo-ok-2']);
});

test('a cart is replaced by PUT, changed by PATCH, given up by DELETE', async () => {
  const {body: {id}} = await api.post('/carts', {items: items('demo-ok-1'), attribution: {utm_source: 'a'}}, {status: 201});
  const target = `/carts/${id}`;
  assert.deepEqual((await api.patch(target, {add: items('demo-ok-2')})).body.attribution, {utm_source: 'a'});
  const replaced = await api.put(target, {items: items(['demo-ok-2', 4])});
  assert.equal(replaced.body.attribution, undefined);
  assert.deepEqual(replaced.body.line_items.map(line => [line.variant_id, line.quantity]), [['demo-ok-2', 4]]);
  assert.equal((await api.delete(target)).body.status, 'canceled');
  assert.equal((await api.get(target, {status: 404})).body.code, 'not_found');
});

test('entity tags are versions, and a change may be meant for one of them', async () => {
  const {body: {id}} = await ready('demo-ok-1');
  const target = `/checkouts/${id}`;
  const tag = (await api.get(target)).headers.get('etag');
  const changed = await api.patch(target, {discount_codes: []}, {headers: {'If-Match': tag}});
  const late = await api.patch(target, {discount_codes: ['SAVE10']}, {headers: {'If-Match': tag}, status: 412});
  assert.equal(late.body.reason, 'version_changed');
  const unpaid = await api.post(`${target}/complete`, payment('tok_ok'), {headers: {'If-Match': tag}, status: 412});
  assert.equal(unpaid.body.remedy, 'read_again');
  assert.equal((await api.get(target)).body.version, changed.body.version);
  const ten = await Promise.all(Array.from({length: 10}, () => call(server.agents, 'PATCH', `/b2a/v1${target}`, {discount_codes: ['SAVE10']},
    {'Authorization': 'Bearer sandbox-agent', 'If-Match': `"${changed.body.version}"`})));
  assert.deepEqual(ten.map(answer => answer.status).sort(), [200, ...Array(9).fill(412)], 'one of ten at the same time');
});

test('a key makes a request one effect; another body under it is refused', async () => {
  const headers = {'Idempotency-Key': randomUUID()};
  const made = await api.post('/checkouts', {items: items('demo-ok-1')}, {status: 201, headers});
  assert.equal((await api.post('/checkouts', {items: items('demo-ok-1')}, {status: 201, headers})).text, made.text);
  const conflict = await api.post('/checkouts', {items: items('demo-ok-2')}, {status: 409, headers});
  assert.equal(conflict.body.code, 'idempotency_conflict');
  const {body: {id}} = await ready('demo-ok-1');
  const pays = Array.from({length: 5}, () => call(server.agents, 'POST', `/b2a/v1/checkouts/${id}/complete`, payment('tok_ok'),
    {'Authorization': 'Bearer sandbox-agent', ...headers, 'Idempotency-Key': `pay-${id}`}));
  const answers = await Promise.all(pays);
  assert.equal(new Set(answers.map(answer => answer.body.order.id)).size, 1, 'one order');
});

test('what is wrong is named by its pointer, and how it would be right', async () => {
  for (const [method, target, body, status, pointer] of [
    ['POST', '/carts', {items: [{variant_id: 'demo-ok-1', quantity: 1.5}]}, 400, '/items/0/quantity'],
    ['POST', '/carts', {items: [{variant_id: 'demo-ok-1', quantity: 0}]}, 400, '/items/0/quantity'],
    ['POST', '/carts', {items: [{variant_id: 'demo-ok-1', price: 1}]}, 400, '/items/0/price'],
    ['POST', '/carts', {items: Array.from({length: 101}, () => ({variant_id: 'demo-ok-1'}))}, 400, '/items'],
    ['POST', '/carts', '{"items":[],"items":[]}', 400, undefined],
    ['POST', '/checkouts', {}, 400, '/items'],
    ['POST', '/checkouts', {items: items('no-such-thing')}, 422, 'no-such-thing'],
    ['POST', '/checkouts', {items: items('demo-oos')}, 409, 'demo-oos'],
    ['POST', '/checkouts', {cart_id: 'crt_00000000000000000000000000'}, 422, '/cart_id'],
  ]) {
    const template = '/b2a/v1' + target;
    const answer = await api.send(method, template, body, {template, status});
    assert.equal(answer.body.pointer, pointer, answer.text);
  }
  const {body: {detail}} = await api.post('/carts', {itmes: []}, {status: 400});
  assert.match(detail, /itmes unknown member; there are: items, discount_codes/);
  const nothing = await api.get('/orders/ord_00000000000000000000000000', {status: 404});
  assert.equal(nothing.body.code, 'not_found');
  const plain = await api.send('POST', '/b2a/v1/carts', '{}', {status: 415, headers: {'Content-Type': 'text/plain'}});
  assert.equal(plain.body.code, 'unsupported_media');
});

test('nobody sees what another one made', async () => {
  const {body: cart} = await api.post('/carts', {items: items('demo-ok-1')}, {status: 201});
  const {body: checkout} = await ready('demo-ok-1');
  const other = {headers: {'Authorization': null, 'UCP-Agent': `profile="${server.agents}/sandbox/agents/2026-08-25.json"`}, status: 404};
  const anonymous = {headers: {'Authorization': null, 'UCP-Agent': null}};
  for (const [method, target, body] of [
    ['GET', `/carts/${cart.id}`], ['PATCH', `/carts/${cart.id}`, {add: items('demo-ok-2')}], ['DELETE', `/carts/${cart.id}`],
    ['GET', `/checkouts/${checkout.id}`], ['PATCH', `/checkouts/${checkout.id}`, {discount_codes: []}],
    ['POST', `/checkouts/${checkout.id}/complete`, payment('tok_ok')], ['POST', `/checkouts/${checkout.id}/cancel`],
  ]) {
    const foreign = await api.send(method, '/b2a/v1' + target, body, other);
    const never = await api.send(method, '/b2a/v1' + target.replace(/_[^/]+/, '_00000000000000000000000000'), body, other);
    assert.deepEqual({...foreign.body, pointer: null}, {...never.body, pointer: null}, 'as if it had never been');
    await api.send(method, '/b2a/v1' + target, body, {...anonymous, status: 404});
  }
  assert.equal((await api.post('/carts', {items: items('demo-ok-1')}, {...anonymous, status: 403})).body.reason, 'agent_identity_required');
});

test('a checkout that was begun over UCP is read, changed and paid over either', async () => {
  const platform = new Shop(server, {version: '2026-08-25', headers: {Authorization: 'Bearer sandbox-agent'}});
  const begun = (await platform.create_checkout({line_items: [{item: {id: 'demo-ok-1'}, quantity: 1}]})).body;
  const seen = await api.get(`/checkouts/${begun.id}`);
  assert.equal(seen.body.status, 'incomplete');
  assert.deepEqual(seen.body.messages.map(message => message.path), begun.messages.filter(message => message.type === 'error').map(message => message.path));
  const filled = await api.patch(`/checkouts/${begun.id}`, {buyer, ship_to, add: items('demo-ok-2')});
  assert.equal(filled.body.status, 'ready_for_complete', filled.text);
  const over = (await platform.get_checkout(begun.id)).body;
  assert.equal(over.totals.find(entry => entry.type === 'total').amount, total(filled));
  const done = (await platform.complete_checkout(begun.id, pay())).body;
  assert.equal(done.status, 'completed');
  const order = await api.get(`/orders/${done.order.id}`);
  assert.equal(order.body.line_items.length, 2);
  assert.equal((await platform.get_order(done.order.id)).body.totals.find(entry => entry.type === 'total').amount, total(order));
});

test('who signs is who asks: over REST, as a tool, and over UCP', async t => {
  const platform = await startPlatform();
  t.after(() => platform.stop());
  const key = generateKey('ES256');
  const agent = platform.profile({version: '2026-08-25', keys: [key.jwk]});
  const signed = async (target, content, {sent, extra = {}} = {}) => {
    const text = JSON.stringify(content);
    const headers = await signedHeaders({method: 'POST', url: server.agents + target, body: text, key,
      headers: {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json', ...extra}});
    return {again: () => call(server.agents, 'POST', target, text, headers), ...await call(server.agents, 'POST', target, sent ?? text, headers)};
  };
  // A signature from before the server started cannot be told from a repeat, and times in signatures are whole seconds.
  await new Promise(resolve => setTimeout(resolve, 1500));
  // A claim is taken from whoever proved who they are, and provisionally from everybody else.
  const wanted = {items: items(['demo-ok-1', 2]), buyer, ship_to, context: {eligibility: [claim]}};
  const proven = checkout => checkout.discounts.applied.find(discount => discount.eligibility === claim).provisional === false;
  const made = await signed('/b2a/v1/checkouts', wanted);
  assert.equal(made.status, 201, made.text);
  assert.ok(proven(made.body));
  assert.equal((await made.again()).status, 401, 'a signature without a key is good for one change');
  const tampered = await signed('/b2a/v1/checkouts', wanted, {sent: JSON.stringify({...wanted, discount_codes: ['SAVE10']})});
  assert.deepEqual([tampered.status, tampered.body.reason], [400, 'digest_mismatch']);
  const keyed = await signed('/b2a/v1/checkouts', wanted, {extra: {'Idempotency-Key': 'signed-1'}});
  assert.equal((await keyed.again()).text, keyed.text, 'with a key it is the same change');
  const tool = await signed('/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name: 'shop_create_checkout', arguments: wanted}});
  assert.ok(proven(tool.body.result.structuredContent), tool.text);
  const declared = await api.post('/checkouts', wanted, {status: 201, headers: {'Authorization': null, 'UCP-Agent': `profile="${agent}"`}});
  assert.ok(!proven(declared.body));
  const ucp = new Shop(server, {version: '2026-08-25', agent, key});
  assert.equal((await ucp.complete_checkout(made.body.id, pay())).body.status, 'completed');
});

test('payments that fail leave the checkout open, and say what to do', async () => {
  const {body: {id}} = await ready('demo-ok-1');
  const complete = (body, status = 200) => api.post(`/checkouts/${id}/complete`, body, {status});
  const declined = await complete(payment('tok_decline'));
  assert.deepEqual([codes(declined)[0], declined.body.messages[0].remedy], ['payment_failed', 'pay_otherwise']);
  const strange = await complete({payment: {handler_id: 'no_such_handler', token: 'tok'}});
  assert.equal(strange.body.messages[0].path, '$.payment.handler_id');
  const card = await complete({payment: {handler_id: 'sandbox_card', token: 'tok', credential_type: 'card'}});
  assert.equal(card.body.messages[0].path, '$.payment.credential_type');
  assert.equal((await complete({payment: {handler_id: 'sandbox_card', token: 'tok', number: '4242424242424242'}}, 400)).body.pointer, '/payment/number');
  const asked = await complete(payment('tok_3ds'));
  assert.deepEqual([asked.body.status, asked.body.payment.state], ['requires_escalation', 'requires_action']);
  assert.equal((await complete({payment: {...payment('tok_3ds').payment, authentication: {outcome: 'authenticated', cryptogram: 'abc'}}})).body.status, 'completed');
});

test('what law demands is said, with a path into the answer', async () => {
  const {body} = await api.post('/checkouts', {items: items('demo-ok-1'), context: {address_country: 'DE', currency: 'EUR'}}, {status: 201});
  assert.equal(body.currency, 'EUR');
  assert.ok(body.disclosures.some(disclosure => disclosure.code === 'withdrawal_right'));
  for (const {path: at} of body.disclosures) if (at !== '$') assert.match(at, /^\$\.(line_items|totals)/, at);
});

test('the shop says who it is and on which terms', async () => {
  assert.ok((await api.get('/brand')).body.brands.length > 0);
  const {body} = await api.get('/policies');
  assert.deepEqual(body.pickup.map(store => store.location_id).filter(id => id.startsWith('test-')), ['test-berlin', 'test-potsdam'], 'stores that only show are none');
  assert.ok(body.shipping.methods.every(method => method.prices.length > 0));
  const {body: {operations}} = await call(server.agents, 'GET', '/.well-known/b2a');
  assert.ok(operations.some(entry => entry.tool === 'shop_create_checkout' && entry.path === '/b2a/v1/checkouts'));
});

test('docs/native.md has a row for every operation, and the tests that it names exist', async () => {
  const page = readFileSync(path.join(root, 'docs/native.md'), 'utf8');
  const {body: {operations}} = await call(server.agents, 'GET', '/.well-known/b2a');
  const listed = operations.flatMap(({method, path: at, tool}) => [`${method} ${at}`, ...(tool ? [tool] : [])]);
  const table = page.slice(page.indexOf('## Operations'), page.indexOf('## A purchase'));
  const shown = [...table.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/[^`]*|shop_\w+)`/g)].map(match => match[1]);
  assert.deepEqual(shown.sort(), listed.sort());
  for (const [, file, title] of table.matchAll(/`(http\/\w+)`: \*([^*]+)\*/g))
    assert.ok(readFileSync(path.join(root, 'tests', `${file}.test.mjs`), 'utf8').includes(`test('${title}'`), title);
});

test('docs/native.md shows what happens', async () => {
  const page = readFileSync(path.join(root, 'docs/native.md'), 'utf8');
  const shown = [...page.matchAll(/^```http\n(GET|POST|PUT|PATCH|DELETE) (\S+)\n(?:\n([\s\S]*?)\n)?```\n\n```json (\d+)\n([\s\S]*?)\n```/gm)];
  assert.ok(shown.length >= 10);
  const kept = {};
  const fill = text => text.replace(/\{(cart|checkout|order)\}/g, (_, name) => kept[name]);
  for (const [, method, target, body, status, expected] of shown) {
    const answer = await call(server.agents, method, fill(target), body && JSON.parse(fill(body)), {Authorization: 'Bearer sandbox-agent'});
    assert.equal(answer.status, Number(status), `${method} ${target} ${answer.text}`);
    for (const [prefix, name] of [['crt_', 'cart'], ['chk_', 'checkout'], ['ord_', 'order']])
      if (answer.body.id?.startsWith(prefix)) kept[name] = answer.body.id;
    if (answer.body.order) kept.order = answer.body.order.id;
    assertShows(answer.body, JSON.parse(expected), `${method} ${target}`);
  }
});

/** Everything that is shown is there; a value "…" stands for any. */
function assertShows(actual, shown, at) {
  if (shown === '…') return assert.notEqual(actual, undefined, at);
  if (shown === null || typeof shown !== 'object') return assert.equal(actual, shown, at);
  assert.ok(actual !== null && typeof actual === 'object', at);
  for (const [key, value] of Object.entries(shown)) assertShows(actual[key], value, `${at}/${key}`);
}
