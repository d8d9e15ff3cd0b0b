// SPDX-License-Identifier: Apache-2.0
// Baskets put together over the wire: an evening look, a picnic with two allergies, lunches under a budget, what is
// impossible, and what is asked wrongly.
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
const usd = amount => ({amount, currency: 'USD'});
const products = basket => basket.lines.map(line => line.product.id);

/** Asks, and holds question and answer against the served schemas and against what no basket may break. */
async function compose(question) {
  fits('ComposeRequest', question);
  const answer = await call(server.agents, 'POST', '/b2a/v1/compose', question);
  assert.equal(answer.status, 200, answer.text.slice(0, 800));
  fits('Composed', answer.body);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  for (const basket of [answer.body.best, answer.body.runner_up].filter(Boolean)) {
    const goods = basket.lines.reduce((sum, line) => sum + line.price.amount, 0);
    assert.equal(goods, basket.totals.subtotal.amount);
    const points = [...basket.lines.flatMap(line => line.factors), ...basket.bonds].reduce((sum, f) => sum + f.points, 0);
    assert.equal(points, basket.score);
    assert.equal(basket.factors.reduce((sum, f) => sum + f.points, 0), basket.score);
    for (const line of basket.lines) for (const verdict of line.constraints) assert.equal(verdict.outcome, 'holds');
    if (question.need?.budget) assert.ok(basket.totals.total.amount <= question.need.budget.amount);
  }
  return answer.body;
}

async function refused(question, status, pointer, reason) {
  const answer = await call(server.agents, 'POST', '/b2a/v1/compose', question);
  assert.equal(answer.status, status, answer.text.slice(0, 400));
  fits('Problem', answer.body);
  if (pointer) assert.ok(answer.text.includes(JSON.stringify(pointer)), answer.text);
  if (reason) assert.ok(answer.text.includes(reason), answer.text);
}

const anna = {id: 'anna', audience: 'women', measurements: {chest: 900, waist: 720, hip: 980, foot: 250}};
const evening = [
  {name: 'dress', categories: ['Collections/Evening'], garment: 'dress', member: 'anna'},
  {name: 'shoes', products: ['nl-aurora-sandals'], member: 'anna'},
  {name: 'bag', categories: ['Accessories/Bags'], required: false},
];

test('an evening look in the size of the person, under a budget, becomes a cart', async () => {
  const question = {
    slots: evening, household: {members: [anna]},
    need: {budget: usd(60000), ship_to: {country: 'US', region: 'NY', postal_code: '10012'}},
  };
  const answer = await compose(question);
  assert.equal(answer.optimal, true);
  assert.equal(answer.score_bound, answer.best.score);
  const size = answer.best.lines[0].constraints.find(c => c.constraint === 'size');
  assert.match(size.evidence.source, /^size_chart:/);
  assert.equal(answer.best.lines[0].member, 'anna');
  assert.ok(answer.best.lines.every(line => line.reasons.length > 0));
  assert.notDeepEqual(products(answer.runner_up), products(answer.best));
  const cart = await call(server.agents, 'POST', '/b2a/v1/carts', answer.cart);
  assert.equal(cart.status, 201, cart.text.slice(0, 400));
  assert.equal(cart.body.totals.subtotal.amount, answer.best.totals.subtotal.amount);
  const again = await compose(question);
  assert.deepEqual([again.best.lines, again.best.bonds, again.runner_up.lines, again.work],
    [answer.best.lines, answer.best.bonds, answer.runner_up.lines, answer.work], 'the same again');
});

const picnic = {
  slots: [
    {name: 'bread', categories: ['Bakery']},
    {name: 'spread', categories: ['Pantry/Preserves'], quantity: 2},
    {name: 'drink', categories: ['Drinks'], quantity: 3},
    {name: 'sweet', categories: ['Sweets'], per_person: true},
  ],
  people: 6,
  household: {members: [{id: 'ada', avoid: ['milk']}, {id: 'ben', avoid: ['nuts']}, {id: 'cleo'}]},
};

test('a picnic for six with two allergies: what is shared suits all, what is not suits whom it is for', async () => {
  const answer = await compose(picnic);
  const {lines} = answer.best;
  assert.equal(lines.length, 3 + 6);
  const subjects = line => line.constraints.filter(c => c.constraint === 'allergen').map(c => `${c.member}:${c.subject}`).sort();
  assert.deepEqual(subjects(lines[0]), ['ada:milk', 'ben:nuts'], 'the bread is for all');
  for (const line of lines.filter(l => l.slot === 'sweet')) {
    const expected = {ada: ['ada:milk'], ben: ['ben:nuts'], cleo: []}[line.member] ?? ['ada:milk', 'ben:nuts'];
    assert.deepEqual(subjects(line), expected);
  }
  for (const line of lines) {
    const product = (await call(server.agents, 'GET', `/b2a/v1/products/${line.product.id}`)).body;
    for (const verdict of line.constraints.filter(c => c.constraint === 'allergen'))
      assert.equal(product.food.allergens.status[verdict.subject], 'free_from', product.id);
  }
});

test('five vegan lunches under a budget, none of them more than twice', async () => {
  const answer = await compose({
    slots: [{name: 'main', categories: ['Pantry/Pasta', 'Pantry/Rice & Pulses']}, {name: 'sauce', categories: ['Pantry/Sauces'], required: false}],
    days: 5, rules: [{type: 'max_per_product', count: 2}],
    need: {diets: ['vegan'], budget: usd(8000), ship_to: {country: 'US'}},
  });
  const mains = answer.best.lines.filter(line => line.slot === 'main');
  assert.deepEqual(mains.map(line => line.day).sort(), [1, 2, 3, 4, 5]);
  for (const id of products(answer.best)) assert.ok(products(answer.best).filter(other => other === id).length <= 2);
  assert.ok(answer.best.totals.adjustments.some(a => a.kind === 'fulfillment') || answer.best.totals.total.amount >= 12000);
});

test('the impossible is answered with what would help, and never with a risk', async () => {
  const poor = await compose({slots: evening, household: {members: [anna]}, need: {budget: usd(100)}});
  assert.equal(poor.best, null);
  assert.equal(poor.cart, null);
  assert.equal(poor.optimal, true);
  const [budget] = poor.relaxations.map(r => r.concessions).filter(c => c.length === 1 && c[0].kind === 'budget');
  const enough = await compose({slots: evening, household: {members: [anna]}, need: {budget: budget[0].to}});
  assert.equal(enough.best.totals.total.amount, budget[0].to.amount, 'that is exactly what it takes');
  const allergic = await compose({slots: [{name: 'sweet', products: ['cv-gianduja']}], need: {avoid: ['nuts'], colors: ['blue']}});
  assert.equal(allergic.best, null);
  assert.deepEqual(allergic.relaxations, []);
  assert.deepEqual(allergic.blocked_by.map(b => [b.slot, b.constraint, b.subject]), [['sweet', 'allergen', 'nuts']]);
});

test('the work has a bound, and the answer says when it was not enough', async () => {
  const slots = ['a', 'b', 'c', 'd', 'e', 'f'].map(name => ({name, categories: ['Women', 'Men', 'Accessories', 'Shoes']}));
  const rules = [{type: 'harmonious_color', bonus: 1000000}, {type: 'same_brand', bonus: 1000000}, {type: 'distinct_products'}];
  const answer = await compose({slots, rules, need: {budget: usd(50000)}, work_max: 20000});
  assert.equal(answer.optimal, false);
  assert.ok(answer.score_bound >= answer.best.score);
  assert.ok(answer.work_max === 20000);
  const whole = await compose({slots: slots.slice(0, 3), rules, need: {budget: usd(50000)}});
  assert.ok(whole.work <= whole.work_max + 10000);
});

test('questions that make no sense are refused with their place', async () => {
  await refused({}, 400, '');
  await refused({slots: evening, look: 'x'}, 400, '');
  await refused({slots: [{name: 'x'}]}, 400, '/slots/0');
  await refused({slots: [{name: 'x', query: 'tea', colour: 'red'}]}, 400, '/slots/0/colour');
  await refused({slots: [{name: 'x', query: 'tea'}], rules: [{type: 'max_per_product'}]}, 400, '/rules/0/count');
  await refused({slots: [{name: 'x', query: 'tea'}], work_max: 99999999}, 400, '/work_max');
  await refused({slots: evening}, 422, '/slots/0/member', 'unknown_member');
  await refused({look: 'no-such-look'}, 422, '/look', 'unknown_look');
  await refused({occasion: 'no-such-occasion'}, 422, '/occasion', 'no_look');
  await refused({slots: [{name: 'x', products: ['no-such-product']}]}, 422, '/slots/0/products/0', 'unknown_product');
  await refused({slots: [{name: 'x', query: 'tea'}], household: {members: [anna]}, for: ['bob']}, 422, '/for/0', 'unknown_member');
  await refused({slots: [{name: 'x', query: 'tea'}], need: {budget: {amount: 1, currency: 'EUR'}}}, 422, '/need/budget', 'other_currency');
  await refused({slots: [{name: 'x', query: 'tea', price_max: {amount: 1, currency: 'EUR'}}]}, 422, '/slots/0/price_max', 'other_currency');
  await refused({slots: [{name: 'x', query: 'tea', per_person: true}], people: 32, days: 14}, 422, '/slots', 'too_many_places');
});
