// SPDX-License-Identifier: Apache-2.0
// b2a-shopper against two running shops: five errands that end in orders with receipts, and ends that are none.
import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {auditEntries, b2a, call, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {shop, startSecond} from '../support/shopper.mjs';

let first;
let second;
let both;
before(async () => {
  [first, second] = await Promise.all([startServer(), startSecond()]);
  both = [first.agents, second.agents];
});
after(() => Promise.all([first.stop(), second.stop()]));

const token = {Authorization: 'Bearer sandbox-agent'};
const household = JSON.parse(readFileSync(path.join(root, 'config/demo/household.json'), 'utf8'));
const serverOf = order => (order.title === 'Aldine & Oak' ? second : first);

/** The order is there, its entry is in the log, and the log's own verifier agrees with the shopper. */
async function assertPlaced(order) {
  const server = serverOf(order);
  const {status, body} = await call(server.agents, 'GET', `/b2a/v1/orders/${order.id}`, undefined, token);
  assert.equal(status, 200);
  assert.deepEqual(body.totals.total, {amount: order.minor, currency: order.currency});
  const entries = auditEntries(server.data).filter(entry => entry.type === 'order.placed' && entry.subject === order.id);
  assert.equal(entries.length, 1);
  assert.equal(entries[0].details.total, String(order.minor));
  const receipt = path.join(server.data, `${order.id}.json`);
  writeFileSync(receipt, (await call(server.agents, 'GET', `/audit/receipts/${order.id}`, undefined, token)).text);
  const {code, out} = b2a('audit', 'verify-receipt', receipt, '--vkey', path.join(server.data, 'keys/audit.vkey'));
  assert.equal(code, 0, out);
  return body;
}

/** Runs to the end, which must be an order with a verified receipt. */
async function reach(scenario, ...args) {
  const done = await shop(scenario, both, ...args);
  assert.equal(done.code, 0, done.out + done.err);
  assert.match(done.lines.at(-1), /^ {4}receipt: entry localhost\/(audit|second)#\d+ is in the signed tree of size \d+.*: proof verified$/);
  const order = await assertPlaced(done.orders.at(-1));
  return {...done, order};
}

test('an evening look, composed over two shops, within the budget', async () => {
  const {out, order} = await reach('evening-look');
  assert.match(out, /asked B2A demonstration shop:[^]*dress[^]*asked Aldine & Oak:[^]*dress/);
  assert.match(out, /size.*for anna: holds \(size_chart:/);
  assert.ok(order.totals.total.amount <= household.budgets['evening-look']);
  assert.ok(order.line_items.length >= 3, 'a dress, shoes and a bag at least');
});

test('a swimsuit over brands that number differently', async () => {
  const {out, order} = await reach('swimsuit-sizes');
  const brands = new Set([...out.matchAll(/^ {4}(Northlight|Rue Cassis|Costa Lume|Maison Aldine) .*fits \(/gm)].map(m => m[1]));
  assert.equal(brands.size, 4);
  assert.match(out, /Rue Cassis Plage Swimsuit: 40 fits \(chest 900 in 880-919/);
  assert.match(out, /chosen over 4 brands/);
  assert.equal(order.line_items.length, 1);
});

test('a past basket, with a newer model, a substitute, and something that is gone', async () => {
  const done = await reach('rebuild-basket');
  assert.equal(done.orders.length, 2, 'the past and today');
  for (const outcome of ['exact', 'newer_model', 'substitute', 'gone']) assert.match(done.out, new RegExp(`: ${outcome}\\b`), done.out);
  const past = await assertPlaced(done.orders[0]);
  const again = await reach('rebuild-basket', '--order', past.id);
  assert.equal(again.orders.length, 1);
  assert.deepEqual(again.order.line_items.map(line => line.variant_id), done.order.line_items.map(line => line.variant_id));
});

test('a birthday picnic for six with two allergies', async () => {
  const {out, order} = await reach('birthday-picnic');
  assert.match(out, /allergen nuts for mila: holds \(allergen_declaration/);
  assert.match(out, /allergen milk for ruth: holds \(allergen_declaration/);
  assert.match(out, /diet vegetarian for jonas: holds \(/);
  const server = order.line_items[0].variant_id.startsWith('ho-') ? second : first;
  const shared = [];
  for (const {variant_id, quantity} of order.line_items) {
    const {product} = (await call(server.agents, 'GET', `/b2a/v1/variants/${variant_id}`)).body;
    const {body} = await call(server.agents, 'GET', `/b2a/v1/products/${product?.id ?? variant_id}`);
    shared.push({id: variant_id, quantity: quantity.ordered, category: body.categories[0], food: body.food});
  }
  const mains = shared.filter(item => item.category === 'Prepared/Mains');
  assert.ok(mains.length >= 3, 'nobody eats the same as more than one other');
  assert.equal(mains.reduce((sum, item) => sum + item.quantity, 0), 6, 'one for each');
  for (const item of shared.filter(one => !/Mains|drinks/.test(one.category)))
    for (const allergen of ['nuts', 'milk'])
      assert.equal(item.food.allergens.status[allergen], 'free_from', `${item.id} ${allergen}`);
});

test('five lunches that keep to a diet, within the budget', async () => {
  const {out, order} = await reach('lunch-week');
  assert.match(out, /diet vegetarian for jonas: holds \(/);
  assert.ok(order.totals.total.amount <= household.budgets['lunch-week']);
  const mains = new Set([...out.matchAll(/(?:day \d, )?main: 1 x (.*) at /g)].map(m => m[1]));
  assert.ok(mains.size >= 5, 'a different one each day');
});

test('an impossible goal ends with the reason, and buys nothing', async () => {
  const count = () => [first, second].map(server => auditEntries(server.data).filter(entry => entry.type === 'order.placed').length);
  const before = count();
  for (const scenario of ['evening-look', 'swimsuit-sizes', 'rebuild-basket', 'birthday-picnic', 'lunch-week']) {
    const done = await shop(scenario, both, '--budget', '1');
    assert.equal(done.code, 1, done.out);
    assert.match(done.lines.at(-1), /^not reached: .{10}/);
    assert.equal(done.orders.length, 0);
  }
  assert.deepEqual(count(), before);
});

test('what it was not told to do is a usage error', async () => {
  const ask = async (...args) => (await shop(...args)).code;
  assert.equal(await ask('world-peace', both), 2);
  assert.equal(await ask('evening-look', []), 2);
  assert.equal(await ask('evening-look', ['not a url']), 2);
  assert.equal(await ask('evening-look', both, '--for', 'nobody'), 2);
  assert.equal(await ask('evening-look', both, '--household', '/nowhere.json'), 2);
  const file = path.join(temporaryDirectory(), 'household.json');
  writeFileSync(file, JSON.stringify({...household, members: [{...household.members[0], allergies: ['milk']}]}));
  const done = await shop('evening-look', both, '--household', file);
  assert.equal(done.code, 2);
  assert.match(done.err, /allergies/);
});

test('a shop whose log is not the known one is not shopped at', async () => {
  const key = readFileSync(path.join(second.data, 'keys/audit.vkey'), 'utf8').trim();
  const forged = `localhost/audit${key.slice(key.indexOf('+'))}`;
  assert.equal((await shop('evening-look', both, '--vkey', forged)).code, 2, 'a key whose hash is of another name is none');
  const known = path.join(first.data, 'keys/audit.vkey');
  const pinned = await shop('swimsuit-sizes', both, '--vkey', known, '--vkey', key);
  assert.equal(pinned.code, 0, pinned.out + pinned.err);
  assert.ok(!/as the gateway shows it/.test(pinned.out));
});

test('the shopper tells a shop no more than it asks about, and none of it is in the shop\'s log', () => {
  for (const server of [first, second]) {
    assert.match(server.stderr, /native\.compose/);
    assert.ok(!/anna|mila|vegetarian|\bnuts\b/i.test(server.stderr));
  }
});

test('a shop that answers nonsense, or nothing, is survived', async () => {
  const liar = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(request.url === '/.well-known/b2a' ? '{"title": "Liar", "api_version": "v1", "brands": []}' : '{"best": 7}');
  });
  await new Promise(resolve => liar.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${liar.address().port}`;
  const done = await shop('evening-look', [url]);
  liar.close();
  assert.equal(done.code, 1);
  assert.match(done.err + done.out, /does not say how its receipts are checked/);
  assert.equal((await shop('evening-look', ['http://127.0.0.1:1'])).code, 1);
});
