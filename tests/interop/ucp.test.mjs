// SPDX-License-Identifier: Apache-2.0
// UCP 2026-04-08 beyond the happy path: every answer judged by ajv against the published schemas (support/ucp.mjs).
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {call, sharedMissing, startServer} from '../support/server.mjs';
import {Shop, address, buyer, order, pay, shipTo, total} from '../support/ucp.mjs';

let server;
let shop;
before(async () => {
  server = await startServer();
  shop = new Shop(server);
});
after(() => server.stop());

test('published schemas are here', {skip: sharedMissing}, () => {});

test('search: text, categories, price, pages', async () => {
  const hoodies = await shop.search({query: 'hoodie'});
  assert.equal(hoodies.body.products[0].id, 'nl-fjord-hoodie');
  const cheese = await shop.search({filters: {categories: ['Hard cheese']}});
  assert.deepEqual(cheese.body.products.map(p => p.id).sort(), ['cv-parmigiano-24', 'cv-pecorino']);
  const cheap = await shop.search({filters: {price: {max: 300}}, context: {currency: 'EUR'}});
  assert.deepEqual(cheap.body.products.map(p => p.id), ['cv-chinotto', 'cv-limonata', 'cv-peach-tea', 'cv-spring-water']);
  assert.equal(cheap.body.products[0].price_range.min.currency, 'EUR');
  const seen = new Set();
  let cursor;
  do {
    const {body} = await shop.search({query: 'northlight', pagination: {limit: 9, ...(cursor && {cursor})}});
    for (const product of body.products) assert.ok(!seen.has(product.id) && seen.add(product.id));
    cursor = body.pagination.has_next_page ? body.pagination.cursor : undefined;
  } while (cursor);
  assert.equal(seen.size, 41);
  assert.deepEqual((await shop.search({query: 'zeppelin'})).body.products, []);
  assert.equal((await shop.search({})).status, 400, 'a search needs something to search for');
});

test('lookup: products and variants, correlated, unknown ones absent', async () => {
  const {body} = await shop.lookup({ids: ['nl-fjord-hoodie', 'nl-fjord-hoodie-moss-m', 'nothing', 'demo-ok-1', 'demo-ok-1']});
  assert.deepEqual(body.products.map(p => p.id).sort(), ['demo-ok-1', 'nl-fjord-hoodie']);
  const inputs = body.products.flatMap(p => p.variants.flatMap(v => v.inputs.map(i => i.id)));
  assert.ok(inputs.includes('nl-fjord-hoodie') && inputs.includes('nl-fjord-hoodie-moss-m'));
  const many = await shop.lookup({ids: Array.from({length: 101}, (_, i) => `x${i}`)});
  assert.equal(many.status, 400);
  assert.equal(many.body.code, 'request_too_large');
  assert.equal((await shop.lookup({ids: []})).status, 400);
});

test('product: options, availability, relaxation', async () => {
  const {body} = await shop.product({id: 'nl-squall-jacket', selected: [{name: 'color', label: 'Yellow'}, {name: 'size', label: 'M'}], preferences: ['color', 'size']});
  assert.equal(body.product.variants[0].id, 'nl-squall-jacket-yellow-m');
  assert.deepEqual(body.product.options.map(o => o.name).sort(), ['color', 'size']);
  for (const option of body.product.options) for (const value of option.values) assert.equal(typeof value.available, 'boolean');
  const impossible = await shop.product({id: 'nl-squall-jacket', selected: [{name: 'color', label: 'Yellow'}, {name: 'size', label: 'XXXL'}], preferences: ['color', 'size']});
  assert.ok(impossible.body.product.variants[0].id.includes('yellow'), 'the last preference is dropped first');
  const unknown = await shop.product({id: 'nothing'});
  assert.equal(unknown.status, 200);
  assert.equal(unknown.body.ucp.status, 'error');
});

test('a checkout becomes ready step by step, and says what is missing', async () => {
  const bare = await shop.create({line_items: [{item: {id: 'demo-ok-1'}, quantity: 1}]});
  assert.equal(bare.status, 201);
  assert.equal(bare.body.status, 'incomplete');
  const paths = bare.body.messages.map(m => m.path);
  assert.ok(paths.some(p => p.includes('buyer')) && paths.some(p => p.includes('fulfillment')), paths.join());
  const early = await shop.complete(bare.body.id, pay());
  assert.equal(early.status, 200);
  assert.equal(early.body.order, undefined);
  const ready = await shop.update(bare.body.id, {line_items: [{id: bare.body.line_items[0].id, item: {id: 'demo-ok-1'}, quantity: 3}], buyer, fulfillment: shipTo()});
  assert.equal(ready.body.status, 'ready_for_complete', JSON.stringify(ready.body.messages));
  assert.equal(ready.body.line_items[0].id, bare.body.line_items[0].id, 'line ids are stable');
  const group = ready.body.fulfillment.methods[0].groups[0];
  assert.ok(group.options.length >= 2);
  const express = await shop.update(bare.body.id, {line_items: [{item: {id: 'demo-ok-1'}, quantity: 3}], buyer,
    fulfillment: {methods: [{...shipTo().methods[0], line_item_ids: ready.body.line_items.map(l => l.id), groups: [{id: group.id, selected_option_id: 'express'}]}]}});
  assert.equal(express.body.totals.find(t => t.type === 'fulfillment').amount, 1890);
  const emptied = await shop.update(bare.body.id, {line_items: [{item: {id: 'demo-ok-1'}, quantity: 3}]});
  assert.equal(emptied.body.status, 'incomplete', 'PUT replaces: what is left out is gone');
});

test('relevant capabilities only, credentials never', async () => {
  const {body} = await shop.create(order('demo-ok-1', 1, {signals: {'dev.ucp.buyer_ip': '203.0.113.7'}, ...pay('tok_secret')}));
  assert.deepEqual(Object.keys(body.ucp.capabilities).sort(), ['buyer_consent', 'checkout', 'discount', 'fulfillment'].map(n => `dev.ucp.shopping.${n}`));
  const done = await shop.complete(body.id, pay('tok_secret'));
  assert.ok(!done.text.includes('tok_secret'));
  assert.deepEqual(Object.keys((await shop.order(done.body.order.id)).body.ucp.capabilities), ['dev.ucp.shopping.order']);
});

test('card numbers are refused and never stored', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  const card = {payment: {instruments: [{id: 'c', handler_id: 'sandbox_card', type: 'card', selected: true, credential: {type: 'card', number: '4111111111111111', expiry_month: 1, expiry_year: 2030}}]}};
  const answer = await shop.complete(body.id, card);
  assert.ok(answer.status === 400 || answer.body.messages.some(m => m.code === 'payment_failed'), answer.text);
  assert.ok(!answer.text.includes('4111'));
});

test('closed checkouts stay closed', async () => {
  const {body} = await shop.create(order('demo-ok-1'));
  assert.equal((await shop.cancel(body.id)).body.status, 'canceled');
  for (const again of [await shop.cancel(body.id), await shop.update(body.id, order('demo-ok-1')), await shop.complete(body.id, pay())]) {
    assert.equal(again.status, 200);
    assert.equal(again.body.status, 'canceled');
    assert.ok(again.body.messages.some(m => m.type === 'error'));
    assert.equal(again.body.continue_url, undefined);
  }
  const bought = await shop.create(order('demo-ok-1'));
  const done = await shop.complete(bought.body.id, pay());
  const after = await shop.cancel(bought.body.id);
  assert.equal(after.body.status, 'completed');
  assert.equal(after.body.order.id, done.body.order.id);
});

test('an address nobody ships to', async () => {
  const {body} = await shop.create({...order('demo-ok-1'), fulfillment: shipTo({...address, address_country: 'AQ'})});
  assert.equal(body.status, 'incomplete');
  assert.ok(body.messages.some(m => m.code === 'address_undeliverable'));
});

test('the hand-off page is for humans and escapes what agents wrote', async () => {
  const {body} = await shop.create(order('demo-ok-1', 90, {buyer: {...buyer, first_name: '<script>alert(1)</script>'}}));
  const held = await shop.complete(body.id, pay());
  const page = await call('', 'GET', held.body.continue_url);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /text\/html/);
  assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
  assert.ok(!page.text.includes('<script>alert'));
  assert.ok(total(held.body) > 0);
});
