// SPDX-License-Identifier: Apache-2.0
// Items side by side: facts in common units, the cost at the door, the Pareto set, a winner with its reasons, and what
// would change it.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {NativeApi} from '../support/native.mjs';
import {call, startServer} from '../support/server.mjs';

let server;
let api;
let request;
before(async () => {
  server = await startServer();
  api = await NativeApi.of(server);
  request = api.check('openapi#/components/schemas/CompareRequest');
});
after(() => server.stop());

/** Asks; question and answer must fit the served schemas. */
async function compare(question, {status = 200} = {}) {
  const answer = await api.post('/compare', question, {status});
  if (status === 200) {
    assert.ok(request(question), JSON.stringify(request.errors));
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  }
  return answer.body;
}
const row = (answer, name) => answer.attributes.find(r => r.name === name);
const ship_to = {country: 'US', region: 'NY', postal_code: '10012'};

test('facts stand in one unit and say whether they differ', async () => {
  const answer = await compare({items: ['nl-granite-boots', 'nl-fjord-hoodie', 'cv-olive-oil-500ml', 'cv-olive-oil-1l']});
  assert.deepEqual(row(answer, 'weight').values.map(v => v?.value ?? null), [980, 420, null, null]);
  const content = row(answer, 'net_content').values;
  assert.deepEqual(content.slice(0, 2), [null, null]);
  assert.deepEqual(content.slice(2).map(v => [v.value, v.unit]), [[500, 'ml'], [1000, 'ml']]);
  assert.ok(row(answer, 'nutrient:fat').values.slice(2).every(v => v.unit === 'g'));
  assert.equal(row(answer, 'nutrient:energy').values[2].unit, 'kJ');
  assert.equal(row(answer, 'weight').differs, true);
  const oils = await compare({items: ['cv-olive-oil-500ml', 'cv-olive-oil-1l']});
  assert.equal(row(oils, 'origin').differs, false);
  assert.equal(row(oils, 'net_content').differs, true);
  assert.ok(!('winner' in oils), 'nobody weighed anything');
});

test('the cost at the door is what the checkout says', async () => {
  const answer = await compare({items: ['nl-squall-jacket', 'nl-drift-parka'], need: {ship_to, quantity: 2}});
  for (const item of answer.items) {
    const lines = [{variant_id: item.variant.id, quantity: 2}];
    const address = {street_address: '1 Main St', address_locality: 'New York', address_region: 'NY', postal_code: '10012', address_country: 'US'};
    const checkout = await api.post('/checkouts', {items: lines, ship_to: address}, {status: 201});
    assert.deepEqual(item.landed.totals, checkout.body.totals);
    assert.ok(item.landed.totals.adjustments.some(part => part.kind === 'tax' && part.amount.amount > 0));
    assert.ok(item.delivery.earliest < item.delivery.latest);
    assert.equal(item.returns.withdrawal_days, 14);
  }
  const express = await compare({items: ['nl-squall-jacket', 'nl-drift-parka'], shipping_method: 'express', need: {ship_to}});
  assert.ok(express.items.every(item => item.landed.shipping.id === 'express'));
  assert.ok(express.items[0].delivery.latest < answer.items[0].delivery.latest);
});

test('weights name a winner, and the sensitivity is true', async () => {
  const items = ['nl-squall-jacket', 'nl-drift-parka', 'nl-heath-gilet', 'nl-granite-boots'];
  const weights = {price: 3, 'attribute:waterproof': 2, delivery: 1};
  const ask = changed => compare({items, weights: {...weights, ...changed}, need: {ship_to}});
  const answer = await ask({});
  assert.equal(answer.winner.variant_id, answer.ranking[0]);
  for (const item of answer.items) {
    assert.equal(item.points, item.contributions.reduce((sum, part) => sum + part.points, 0));
    for (const part of item.contributions) assert.equal(part.points, Math.abs(part.weight) * part.score_ppm);
  }
  let turns = 0;
  for (const {criterion, weight, if_less, if_more} of answer.sensitivity)
    for (const turn of [if_less, if_more].filter(Boolean)) {
      if (Math.abs(turn.weight) > 1000 || turn.weight === 0) continue;
      ++turns;
      assert.equal((await ask({[criterion]: turn.weight})).winner.variant_id, turn.winner);
      const back = turn.weight + Math.sign(weight - turn.weight);
      if (back !== 0 || criterion === 'price') assert.equal((await ask({[criterion]: back})).winner.variant_id, answer.winner.variant_id);
    }
  assert.ok(turns > 0, JSON.stringify(answer.sensitivity));
  const timeless = ({items, ...more}) => ({...more, items: items.map(({delivery, ...item}) => item)});
  assert.deepEqual(timeless(await ask({})), timeless(answer), 'the same again');
});

test('what contains an allergen, or may, or of which nobody knows, does not win', async () => {
  const items = ['cv-pesto-basil', 'cv-pesto-vegan', 'cv-arrabbiata', 'demo-ok-1'];
  const need = {avoid: ['milk', 'celery']};
  const answer = await compare({items, weights: {price: 1}, need});
  const of = id => answer.items.find(item => item.asked === id);
  const milk = id => of(id).constraints.find(v => v.constraint === 'allergen' && v.subject === 'milk')?.outcome;
  assert.equal(milk('cv-pesto-basil'), 'fails');
  assert.equal(of('cv-pesto-basil').may_win, false);
  assert.equal(of('cv-arrabbiata').may_win, false, 'it may contain celery');
  for (const id of answer.ranking) {
    const item = answer.items.find(i => i.variant.id === id);
    assert.ok(item.constraints.every(v => v.outcome === 'holds'), id);
    for (const verdict of item.constraints) assert.equal(verdict.evidence.catalog_revision, answer.catalog_revision);
  }
  assert.ok(answer.items.every(item => item.may_win === answer.ranking.includes(item.variant.id)));
});

test('a household decides which variant stands for a product', async () => {
  const household = {members: [{id: 'anna', audience: 'women', measurements: {chest: 900, waist: 720, hip: 980}}]};
  const answer = await compare({items: ['nl-seal-swimsuit', 'rc-plage-swimsuit', 'cl-onda-swimsuit'], weights: {price: 1}, household, for: ['anna']});
  const size = item => item.variant.options.find(o => o.name === 'size').label;
  assert.deepEqual(answer.items.map(size), ['M', '40', '44']);
  assert.equal(answer.ranking.length, 3);
});

test('what makes no sense is refused with its pointer', async () => {
  const items = ['nl-squall-jacket', 'nl-drift-parka'];
  const refused = async (question, status, pointer, reason) => {
    const problem = await compare(question, {status});
    assert.match(JSON.stringify(problem), pointer);
    if (reason) assert.equal(problem.reason, reason, JSON.stringify(problem));
  };
  await refused({items: [...items, 'nothing']}, 422, /items\/2/, 'unknown_item');
  await refused({items: [items[0], items[0]]}, 422, /items\/1/, 'same_item');
  await refused({items: [items[0]]}, 400, /items/);
  await refused({items: Array.from({length: 21}, (_, i) => `p${i}`)}, 400, /items/);
  await refused({items, weights: {price: -1}}, 400, /weights\/price/);
  await refused({items, weights: {'attribute:weight': 0}}, 400, /weights/);
  await refused({items, weights: {price: 0}}, 400, /weights/);
  await refused({items, weights: {beauty: 1}}, 400, /weights\/beauty/);
  await refused({items, weights: {'attribute:colour_of_the_sea': 1}}, 422, /weights/, 'unknown_criterion');
  await refused({items, weights: {delivery: 1}}, 422, /weights\/delivery/, 'no_destination');
  await refused({items, shipping_method: 'balloon'}, 422, /shipping_method/, 'unknown_shipping_method');
  await refused({items, need: {budget: {amount: 1, currency: 'EUR'}}}, 422, /need\/budget/, 'other_currency');
  await refused({items, for: ['nobody']}, 422, /for\/0/, 'unknown_member');
  await refused({items, color: 'red'}, 400, /color/);
});

test('as a tool it answers the same', async () => {
  const question = {items: ['nl-squall-jacket', 'nl-drift-parka'], weights: {price: 1}};
  const {body} = await call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name: 'shop_compare', arguments: question}}, {
    Accept: 'application/json, text/event-stream', Authorization: 'Bearer sandbox-agent',
  });
  assert.deepEqual(body.result.structuredContent, await compare(question));
});
