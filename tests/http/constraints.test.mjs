// SPDX-License-Identifier: Apache-2.0
// Searching for a household: only what is known to suit is found, and every verdict shows where it comes from.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {NativeApi} from '../support/native.mjs';
import {call, startServer} from '../support/server.mjs';

let server;
let api;
before(async () => {
  server = await startServer();
  api = await NativeApi.of(server);
});
after(() => server.stop());

const fits = (schema, body) => {
  const check = api.check(`openapi#/components/schemas/${schema}`);
  assert.ok(check(body), JSON.stringify(check.errors?.slice(0, 4)));
};

/** Asks, and holds question and answer against the served schemas. */
async function search(question) {
  const answer = await call(server.agents, 'POST', '/b2a/v1/search', question);
  assert.equal(answer.status, 200, answer.text.slice(0, 800));
  fits('SearchRequest', question);
  fits('SearchResult', answer.body);
  if (question.need || question.household) assert.equal(answer.headers.get('cache-control'), 'no-store');
  return answer.body;
}
async function refused(question, status, pointer, reason) {
  const answer = await call(server.agents, 'POST', '/b2a/v1/search', question);
  assert.equal(answer.status, status, answer.text.slice(0, 800));
  fits('Problem', answer.body);
  assert.equal(answer.body.pointer, pointer, answer.text);
  assert.equal(answer.body.reason, reason);
}

const product = async id => (await call(server.agents, 'GET', `/b2a/v1/products/${id}`)).body;
const ids = answer => answer.items.map(item => item.product.id);
const at = (document, pointer) =>
  pointer.split('/').slice(1).reduce((value, key) => value?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const anna = {id: 'anna', audience: 'women', measurements: {chest: 900, waist: 720, hip: 980}, avoid: ['nuts']};

test('an allergen is avoided only where somebody says so', async () => {
  const answer = await search({categories: ['Pantry', 'Sweets', 'Bakery'], need: {avoid: ['nuts']}, limit: 100});
  assert.ok(answer.total > 5 && answer.total === answer.items.length);
  for (const item of answer.items) {
    const verdict = item.constraints.find(v => v.constraint === 'allergen');
    assert.equal(verdict.outcome, 'holds');
    assert.equal(verdict.evidence.catalog_revision, answer.catalog_revision);
    const document = await product(item.product.id);
    assert.ok(at(document, verdict.evidence.path), `${verdict.evidence.path} leads somewhere in ${item.product.id}`);
    assert.equal(document.food.allergens.status.nuts, 'free_from');
  }
  for (const id of ['cv-pesto-basil', 'cv-pesto-vegan', 'cv-gianduja']) assert.ok(!ids(answer).includes(id), id);
  const traces = await search({categories: ['Pantry'], need: {avoid: ['nuts'], accept_traces: true}, limit: 100});
  assert.ok(ids(traces).includes('cv-pesto-vegan') && !ids(traces).includes('cv-pesto-basil'));
});

test('sizes are those of the body, and coats are not eaten', async () => {
  const answer = await search({categories: ['Women/Swimwear'], household: {members: [anna]}, for: ['anna']});
  assert.ok(answer.total >= 3);
  for (const item of answer.items) {
    const verdict = item.constraints.find(v => v.constraint === 'size');
    assert.deepEqual([verdict.outcome, verdict.member], ['holds', 'anna']);
    assert.match(verdict.evidence.source, /^size_chart:/);
    assert.ok(!item.constraints.some(v => v.constraint === 'allergen'));
    const answer = await call(server.agents, 'POST', '/b2a/v1/fit',
      {person: {measurements: anna.measurements}, products: [item.product.id], sizes_per_product: 20});
    const fitting = answer.body.items.filter(i => i.verdict === 'fits').map(i => i.size);
    for (const variant of item.matching_variants)
      assert.ok(fitting.includes(variant.options.find(o => o.name === 'size').label), `${variant.id} is what fit says`);
  }
});

test('a report shows everything, what suits first', async () => {
  const question = {categories: ['Pantry'], need: {diets: ['vegan'], price_max: {amount: 1500, currency: 'USD'}},
    constraint_mode: 'report', limit: 3};
  const seen = [];
  let answer = await search(question);
  const {total, answering} = answer;
  assert.ok(answering > 0 && answering < total);
  assert.equal(answer.ranking.factors[0].name, 'constraints');
  for (;;) {
    seen.push(...answer.items);
    assert.equal(answer.total, total);
    if (!answer.next_cursor) break;
    answer = await search({...question, cursor: answer.next_cursor});
  }
  assert.equal(seen.length, total);
  assert.equal(new Set(seen.map(item => item.product.id)).size, total);
  seen.forEach((item, i) => {
    assert.equal(item.outcome === 'holds', i < answering, `${i} ${item.product.id}`);
    assert.equal(item.matching_variant_count > 0, i < answering);
    const worst = ['holds', 'unknown', 'fails'].findLast(o => item.constraints.some(v => v.outcome === o));
    assert.equal(item.outcome, worst);
  });
  const other = {...question, need: {...question.need, diets: ['vegetarian']}};
  const {next_cursor: cursor} = await search(question);
  await refused({...other, cursor}, 400, '/cursor', undefined);
});

test('when nothing suits, the answer says what to give up, and never an allergy', async () => {
  const dear = await search({categories: ['Pantry'], need: {avoid: ['nuts'], price_max: {amount: 1, currency: 'USD'}}});
  assert.equal(dear.total, 0);
  assert.deepEqual(dear.relaxations[0].without, [{constraint: 'price', subject: '0.01 USD'}]);
  const without = await search({categories: ['Pantry'], need: {avoid: ['nuts']}});
  assert.equal(dear.relaxations[0].total, without.total);
  assert.deepEqual(dear.blocked_by.map(b => [b.constraint, b.subject]), [['allergen', 'nuts']]);
  const cheese = await search({categories: ['Cheese & Dairy/Hard cheese'], need: {avoid: ['milk']}});
  assert.deepEqual([cheese.total, cheese.relaxations], [0, []]);
  assert.deepEqual(cheese.blocked_by, [{constraint: 'allergen', subject: 'milk', excludes: 2}]);
  const two = await search({categories: ['Pantry'],
    need: {price_max: {amount: 1, currency: 'USD'}, ship_to: {country: 'BR'}}});
  assert.deepEqual(two.relaxations[0].without.map(r => r.constraint), ['price', 'market'], 'only both together help');
});

test('constraints that contradict each other are answered with nothing', async () => {
  const answer = await search({household: {members: [
    {id: 'a', audience: 'women', measurements: {chest: 900, waist: 720, hip: 980}},
    {id: 'b', audience: 'women', measurements: {chest: 1120, waist: 960, hip: 1200}}]}, categories: ['Women/Swimwear']});
  assert.equal(answer.total, 0);
  assert.deepEqual(answer.relaxations.map(r => r.without[0].constraint), ['size', 'size']);
});

test('bad needs are refused, with the place', async () => {
  const household = {members: [anna]};
  await refused({household, for: ['eve']}, 422, '/for/0', 'unknown_member');
  await refused({household: {members: [anna, anna]}}, 422, '/household/members/1/id', 'repeated_member');
  await refused({need: {budget: {amount: 5, currency: 'EUR'}}}, 422, '/need/budget', 'other_currency');
  await refused({currency: 'EUR', need: {price_max: {amount: 5, currency: 'USD'}}}, 422, '/need/price_max', 'other_currency');
  await refused({household: {members: [{id: 'a', measurements: {chest: 9}}]}}, 422,
    '/household/members/0/measurements/chest', undefined);
  await refused({need: {quantity: 0}}, 422, '/need/quantity', undefined);
  await refused({need: {needed_by: '2001-01-01'}}, 422, '/need/needed_by', undefined);
  await refused({need: {needed_by: '2026-02-30'}}, 400, '/need/needed_by', undefined);
  await refused({need: {avoids: ['nuts']}}, 400, '/need/avoids', undefined);
  await refused({need: {avoid: ['nutz']}}, 400, '/need/avoid', undefined);
  await refused({household: {members: Array.from({length: 17}, (_, i) => ({id: `m${i}`}))}}, 400, '/household/members', undefined);
  await refused({need: {}, constraint_mode: 'lenient'}, 400, '/constraint_mode', undefined);
});

test('UCP takes the same need under the brand\'s own name', async () => {
  const ask = (need, filters = {}) => call(server.agents, 'POST', '/ucp/v1/catalog/search',
    {filters: {categories: ['Pantry'], ...filters, 'localhost.b2a': need}, pagination: {limit: 100}});
  const answer = await ask({need: {avoid: ['nuts'], diets: ['vegan']}});
  assert.equal(answer.status, 200, answer.text.slice(0, 500));
  assert.ok(answer.body.products.length > 3);
  for (const {metadata} of answer.body.products) {
    const own = metadata['localhost.b2a'];
    assert.equal(own.outcome, 'holds');
    assert.deepEqual([...new Set(own.constraints.map(v => v.outcome))], ['holds']);
  }
  const native = await search({categories: ['Pantry'], need: {avoid: ['nuts'], diets: ['vegan']}, limit: 100});
  assert.deepEqual(answer.body.products.map(p => p.id), ids(native));
  const bad = await ask({need: {avoid: ['nutz']}});
  assert.ok(bad.status >= 400 && bad.status < 500, bad.text);
});
