// SPDX-License-Identifier: Apache-2.0
// A past basket as today's: exact, newer model, substitute, gone; and bodies that every protocol takes.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {AcpAgent} from '../support/acp.mjs';
import {NativeApi} from '../support/native.mjs';
import {versions} from '../support/schemas.mjs';
import {b2a, call, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop} from '../support/ucp.mjs';

const usd = amount => ({amount, currency: 'USD'});
const variant = (id, price, more = {}) => ({id, title: id, options: [], offers: [{currency: 'USD', price}], stock: 10, ...more});
const spread = (id, milk, price) => ({
  type: 'product', id, brand: 'Alm', title: `${id} spread`, categories: ['Spreads'], variants: [variant(`${id}-v`, price)],
  food: {ingredients: 'x', allergens: {contains: milk === 'contains' ? ['milk'] : [], free_from: milk === 'free' ? ['milk'] : [], complete: false}},
});
/** Lamps of three generations, of which the first is not sold any more, and spreads for an allergy. */
const catalog = [
  {type: 'product', id: 'lamp-1', brand: 'Lux', title: 'Desk lamp', categories: ['Lamps'], variants: [{id: 'lamp-1-white', title: 'Desk lamp', options: [{name: 'color', label: 'White'}]}]},
  {type: 'product', id: 'lamp-2', brand: 'Lux', title: 'Desk lamp 2', categories: ['Lamps'], edges: [{type: 'replaces', target: 'lamp-1'}], variants: [variant('lamp-2-black', 5200, {options: [{name: 'color', label: 'Black'}], stock: 0, barcodes: [{type: 'gtin13', value: '4006381333931'}]}), variant('lamp-2-white', 5200, {options: [{name: 'color', label: 'White'}]})]},
  {type: 'product', id: 'lamp-3', brand: 'Lux', title: 'Desk lamp 3', categories: ['Lamps'], edges: [{type: 'replaces', target: 'lamp-2'}], variants: [variant('lamp-3-white', 6100, {options: [{name: 'color', label: 'White'}]}), variant('lamp-3-black', 6100, {options: [{name: 'color', label: 'Black'}]})]},
  {type: 'product', id: 'lamp-x', brand: 'Nox', title: 'Reading lamp', categories: ['Lamps'], variants: [variant('lamp-x', 5000, {sku: 'NOX-1', stock: 3})]},
  {type: 'product', id: 'lamp-y', brand: 'Nox', title: 'Night lamp', categories: ['Lamps'], variants: [variant('lamp-y', 5040, {stock: 0})]},
  spread('butter', 'contains', 400), spread('oat', 'free', 350), spread('riddle', 'unknown', 390),
  {type: 'shipping_method', id: 'post', title: 'Post', countries: ['US'], prices: [{currency: 'USD', amount: 500}], days_min: 2, days_max: 4},
];

let server;
let api;
before(async () => {
  const data = temporaryDirectory();
  const file = path.join(data, 'lamps.jsonl');
  writeFileSync(file, catalog.map(line => JSON.stringify(line)).join('\n') + '\n');
  const imported = b2a('import', path.join(root, 'config/demo/catalog.jsonl'), file, '--data', data);
  assert.equal(imported.code, 0, imported.err + imported.out);
  server = await startServer({data});
  api = await NativeApi.of(server);
});
after(() => server.stop());

async function rebuild(question, {status = 200} = {}) {
  const request = api.check('openapi#/components/schemas/RebuildRequest');
  if (status === 200) assert.ok(request(question), JSON.stringify(request.errors));
  return (await api.post('/rebuild', question, {status})).body;
}
const told = ({outcome, change, variant: now, quantity}) => [outcome, change ?? null, now?.id ?? null, quantity];

test('exact, newer model, substitute and gone', async () => {
  const {lines} = await rebuild({items: [
    {id: 'lamp-x', quantity: 2, price: usd(4500)}, {id: 'lamp-2-black', price: usd(5200)}, {id: 'lamp-1'}, {id: 'lamp-y'},
    {gtin: '4006381333931'}, {sku: 'NOX-1'}, {text: 'perpetuum mobile'},
  ]});
  assert.deepEqual(lines.map(told), [
    ['exact', null, 'lamp-x', 2], ['newer_model', 'out_of_stock', 'lamp-3-black', 1], ['newer_model', 'not_sold', 'lamp-3-white', 1],
    ['substitute', 'out_of_stock', 'lamp-x', 1], ['newer_model', 'out_of_stock', 'lamp-3-black', 1],
    told(lines[5]), ['gone', 'unknown', null, 0]]);
  assert.deepEqual(lines[0].price_change, {was: usd(4500), now: usd(5000), difference: 500});
  assert.equal(lines[1].source, 'edge:replaces catalog');
  assert.equal(lines[1].meant.variant_id, 'lamp-2-black');
  assert.equal(lines[3].source, 'rule:same_category/1');
  assert.equal(lines[5].outcome, 'substitute', 'three were there, and the lines before took them');
});

test('an allergy never gets what contains it, or what nobody knows', async () => {
  const need = {avoid: ['milk']};
  const {lines, cart} = await rebuild({items: [{id: 'butter-v'}], need});
  assert.deepEqual(told(lines[0]), ['substitute', 'constraints', 'oat-v', 1]);
  assert.deepEqual(lines[0].differences.find(d => d.name === 'allergen:milk'), {name: 'allergen:milk', was: 'contains', now: 'free_from'});
  assert.deepEqual(cart.native.items, [{variant_id: 'oat-v', quantity: 1}]);
  const many = await rebuild({items: [{id: 'butter-v', quantity: 11}], need});
  assert.deepEqual(told(many.lines[0]), ['gone', 'out_of_stock', null, 0], 'the riddle does not stand in for the oats');
  assert.equal(many.cart, null);
  assert.equal(many.landed, null);
});

test('words are looked up, and what else they may mean is said', async () => {
  const {lines: [line]} = await rebuild({items: [{text: 'lamp'}]});
  assert.ok(['exact', 'newer_model', 'substitute'].includes(line.outcome));
  assert.ok(line.alternatives.length >= 2 && line.alternatives.length <= 3);
});

describe('one body for every protocol', () => {
  let cart;
  before(async () => {
    ({cart} = await rebuild({items: [{id: 'demo-ok-1', quantity: 2}, {id: 'demo-ok-2'}, {id: 'demo-ok-1'}], need: {ship_to: {country: 'US', region: 'NY'}}}));
  });

  test('native', async () => {
    const made = await api.post('/carts', cart.native, {status: 201});
    assert.deepEqual(made.body.line_items.map(l => l.quantity), [3, 1]);
    await api.post('/checkouts', cart.native, {status: 201});
  });
  for (const version of versions)
    test(`UCP ${version}`, async () => {
      const shop = new Shop(server, {version});
      for (const made of [await shop.create_cart(cart.ucp), await shop.create_checkout(cart.ucp)]) {
        assert.equal(made.status, 201, made.text);
        assert.deepEqual(made.body.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 3], ['demo-ok-2', 1]]);
      }
    });
  test('ACP', async () => {
    const made = await new AcpAgent(server).create(cart.acp);
    assert.equal(made.status, 201, made.text);
    assert.deepEqual(made.body.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 3], ['demo-ok-2', 1]]);
  });
});

test('a past order, by its owner only', async () => {
  const buyer = {first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com'};
  const ship_to = {street_address: '1 Main St', address_locality: 'Springfield', address_region: 'IL', postal_code: '62701', address_country: 'US'};
  const checkout = await api.post('/checkouts', {items: [{variant_id: 'demo-ok-1', quantity: 2}], buyer, ship_to}, {status: 201});
  const done = await api.post(`/checkouts/${checkout.body.id}/complete`, {payment: {handler_id: 'sandbox_card', token: 'tok_ok'}});
  const order_id = done.body.order.id;
  const answer = await rebuild({order_id, need: {budget: usd(1)}});
  assert.deepEqual(answer.lines.map(told), [['exact', null, 'demo-ok-1', 2]]);
  assert.equal(answer.lines[0].price_change.difference, 0);
  assert.deepEqual(answer.constraints.map(v => [v.constraint, v.outcome]), [['budget', 'fails']]);
  const stranger = await call(server.agents, 'POST', '/b2a/v1/rebuild', {order_id});
  assert.ok([401, 403, 422].includes(stranger.status), stranger.text);
  assert.ok(!stranger.text.includes('demo-ok-1'));
  const inEuros = await rebuild({order_id, currency: 'EUR'});
  assert.equal(inEuros.lines[0].price_change, null, 'it was paid in dollars');
});

test('what makes no sense is refused with its pointer', async () => {
  const refused = async (question, status, pointer, reason) => {
    const problem = await rebuild(question, {status});
    assert.match(JSON.stringify(problem), pointer);
    if (reason) assert.equal(problem.reason, reason);
  };
  await refused({}, 400, /items/);
  await refused({items: []}, 400, /items/);
  await refused({items: [{}]}, 400, /items\/0/);
  await refused({items: [{id: 'a', text: 'b'}]}, 400, /items\/0\/text/);
  await refused({items: [{gtin: '12'}]}, 400, /gtin/);
  await refused({items: [{id: 'a', quantity: 0}]}, 400, /quantity/);
  await refused({items: [{id: 'a', price: {amount: 1, currency: 'EUR'}}]}, 422, /items\/0\/price\/currency/, 'other_currency');
  await refused({order_id: 'ord_1'}, 422, /order_id/);
  await refused({order_id: 'ord_01K0XJ3M4T8Z2Q5R7V9B1C3D5F'}, 422, /order_id/);
  await refused({items: Array.from({length: 101}, () => ({id: 'a'}))}, 400, /items/);
});
