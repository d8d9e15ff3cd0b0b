// SPDX-License-Identifier: Apache-2.0
// Carts and what they become, promotions that apply by themselves or rest on a claim, consent, pickup: in both versions.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {versions} from '../support/schemas.mjs';
import {claim, startSelling} from '../support/selling.mjs';
import {generateKey} from '../support/signing.mjs';
import {Shop, amount, buyer, lines, message, order, pay, shipTo, total} from '../support/ucp.mjs';

let server;
let platform;
before(async () => {
  server = await startSelling();
  platform = await startPlatform();
});
after(async () => {
  await platform.stop();
  await server.stop();
});

for (const version of versions) {
  describe(version, () => {
    const key = generateKey('ES256');
    const newer = version >= '2026-08-25';
    let shop;    // declared
    let signer;  // proves who it is
    let stranger;
    before(() => {
      shop = new Shop(server, {version});
      signer = new Shop(server, {version, key, agent: platform.profile({version, keys: [key.jwk]})});
      stranger = new Shop(server, {version, agent: platform.profile({version})});
    });

    test('a cart is made, changed, read and dropped', async () => {
      const made = await shop.create_cart({line_items: lines(['demo-ok-1', 2]), buyer, attribution: {utm_source: 'letter'}});
      assert.equal(made.status, 201);
      const cart = made.body;
      assert.deepEqual(Object.keys(cart.ucp.capabilities).sort(),
        ['dev.ucp.shopping.cart', 'dev.ucp.shopping.discount', ...(newer ? ['dev.ucp.shopping.buyer_consent'] : [])].sort());
      assert.equal(cart.status, undefined, 'a cart has no status');
      assert.equal(total(cart), 5000);
      assert.equal(amount(cart, 'fulfillment'), undefined, 'shipping is known at checkout');
      assert.equal(cart.attribution.utm_source, 'letter');
      assert.ok(new Date(cart.expires_at) > new Date());
      assert.deepEqual((await shop.get_cart(cart.id)).body, cart);
      const changed = await shop.update_cart(cart.id, {line_items: [...lines(['demo-ok-2']), {...lines(['demo-ok-1', 3])[0], id: cart.line_items[0].id}]});
      assert.equal(changed.status, 200);
      assert.deepEqual(changed.body.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-2', 1], ['demo-ok-1', 3]]);
      assert.equal(changed.body.line_items[1].id, cart.line_items[0].id, 'line ids are stable');
      assert.equal(changed.body.buyer?.email, undefined, 'PUT replaces: what is left out is gone');
      const dropped = await shop.cancel_cart(cart.id);
      assert.equal(dropped.body.id, cart.id, 'its last state, once');
      for (const answer of [await shop.get_cart(cart.id), await shop.cancel_cart(cart.id), await shop.update_cart(cart.id, {line_items: []})]) {
        assert.equal(answer.status, 200);
        message(answer.body, 'not_found');
      }
    });

    test('a cart may be empty', async () => {
      const {status, body} = await shop.create_cart({line_items: []});
      assert.equal(status, 201);
      assert.equal(total(body), 0);
    });

    test('the same request twice makes one cart, another platform sees none of it', async () => {
      const again = randomUUID();
      const first = await shop.create_cart({line_items: lines(['demo-ok-1'])}, again);
      assert.equal((await shop.create_cart({line_items: lines(['demo-ok-1'])}, again)).text, first.text);
      assert.equal((await shop.create_cart({line_items: lines(['demo-ok-1', 2])}, again)).status, 409);
      const seen = await stranger.get_cart(first.body.id);
      const unknown = await stranger.get_cart('crt_00000000000000000000000000');
      assert.deepEqual(seen.body, unknown.body, 'the same answer as for a cart that never was');
      message(seen.body, 'not_found');
    });

    test('a cart becomes a checkout, and wins over what the request says', async () => {
      const cart = (await shop.create_cart({line_items: lines(['demo-ok-1', 2], ['demo-ok-2']), discounts: {codes: ['SAVE10', 'EXPIRED10']}, buyer})).body;
      message(cart, 'discount_code_expired');
      const made = await shop.create_checkout({cart_id: cart.id, line_items: lines(['demo-digital', 7]), fulfillment: shipTo()});
      assert.equal(made.status, 201);
      const checkout = made.body;
      assert.deepEqual(checkout.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 2], ['demo-ok-2', 1]]);
      assert.equal(checkout.buyer.email, buyer.email);
      assert.deepEqual(checkout.discounts.codes, ['SAVE10', 'EXPIRED10'], 'codes carry over');
      message(checkout, 'discount_code_expired');
      assert.equal(amount(checkout, 'items_discount'), amount(cart, 'items_discount'));
      const again = await shop.create_checkout({cart_id: cart.id, line_items: []});
      assert.ok(again.status === 200 || again.status === 201);
      assert.equal(again.body.id, checkout.id, 'while it is open, it is the checkout of that cart');
      assert.equal(checkout.status, 'ready_for_complete', JSON.stringify(checkout.messages));
      assert.equal((await shop.complete_checkout(checkout.id, pay())).body.status, 'completed');
      const next = await shop.create_checkout({cart_id: cart.id, line_items: []});
      assert.notEqual(next.body.id, checkout.id, 'a completed one is not opened again');
    });

    test('a cart that is not there makes no checkout', async () => {
      const cart = (await shop.create_cart({line_items: lines(['demo-ok-1'])})).body;
      for (const [who, id] of [[stranger, cart.id], [shop, 'crt_00000000000000000000000000'], [shop, 'nonsense']]) {
        const answer = await who.create_checkout({cart_id: id, line_items: []});
        assert.equal(answer.body.ucp.status, 'error', answer.text);
        message(answer.body, 'not_found');
      }
    });

    test('a promotion without a code applies by itself from its minimum', async () => {
      const below = (await shop.create_cart({line_items: lines(['demo-ok-1', 7])})).body;
      assert.deepEqual(below.discounts?.applied ?? [], []);
      const above = (await shop.create_cart({line_items: lines(['demo-ok-1', 8])})).body;
      const [applied] = above.discounts.applied;
      assert.equal(applied.automatic, true);
      assert.equal(applied.code, undefined);
      assert.equal(applied.amount, 500);
      assert.equal(total(above), 20000 - 500);
      assert.equal(applied.allocations.reduce((a, {amount: part}) => a + part, 0), 500);
    });

    test('a claim lowers the price provisionally, and must be proven to pay it', async () => {
      const claiming = order('demo-ok-1', 2, {context: {eligibility: [claim, 'org.example.nobody']}});
      const {body} = await shop.create_checkout(claiming);
      const [applied] = body.discounts.applied;
      assert.deepEqual([applied.amount, applied.automatic, applied.provisional, applied.eligibility], [1000, true, true, claim]);
      message(body, 'eligibility_accepted');
      assert.equal(message(body, 'eligibility_not_accepted').type, 'warning');
      const refused = await shop.complete_checkout(body.id, pay());
      assert.equal(refused.status, 200);
      assert.equal(refused.body.order, undefined);
      const {severity, path} = message(refused.body, 'eligibility_invalid');
      assert.equal(severity, 'recoverable');
      assert.equal(path, '$.context.eligibility[0]');
      assert.equal(total(refused.body), total(body), 'nothing else changed');
      const without = await shop.update_checkout(body.id, order('demo-ok-1', 2));
      assert.equal(amount(without.body, 'items_discount'), undefined);
      assert.equal((await shop.complete_checkout(body.id, pay())).body.status, 'completed');
    });

    test('who signs vouches for the claim', async () => {
      const {body} = await signer.create_checkout(order('demo-ok-1', 2, {context: {eligibility: [claim]}}));
      assert.ok(!body.discounts.applied[0].provisional, 'nothing is open about it');
      const done = await signer.complete_checkout(body.id, pay());
      assert.equal(done.body.status, 'completed', JSON.stringify(done.body.messages));
      assert.equal(amount(done.body, 'items_discount'), -1000);
    });

    test('consent is kept as the version has it', async () => {
      const consent = newer
        ? {'dev.ucp.consent.marketing': {granted: true, source: 'platform'}, 'dev.ucp.consent.analytics': {granted: false, source: 'platform'}}
        : {marketing: true, analytics: false};
      const {body} = await shop.create_checkout(order('demo-ok-1', 1, {buyer: {...buyer, consent}}));
      const granted = checkout => newer
        ? [checkout.buyer.consent['dev.ucp.consent.marketing'].granted, checkout.buyer.consent['dev.ucp.consent.analytics'].granted]
        : [checkout.buyer.consent.marketing, checkout.buyer.consent.analytics];
      assert.deepEqual(granted(body), [true, false]);
      if (newer) assert.ok(body.buyer.consent['dev.ucp.consent.marketing'].description.length > 0, 'it says what for');
      const kept = await shop.update_checkout(body.id, order('demo-ok-1', 1, {buyer}));
      if (newer) assert.deepEqual(granted(kept.body), [true, false], 'what is not named stays');
      const other = newer ? {'dev.ucp.consent.marketing': {granted: false, source: 'platform'}} : {marketing: false, analytics: false};
      const changed = await shop.update_checkout(body.id, order('demo-ok-1', 1, {buyer: {...buyer, consent: other}}));
      assert.deepEqual(granted(changed.body), [false, false]);
      for (const bad of newer ? [{marketing: true}, {'dev.ucp.consent.marketing': true}, 'yes'] : [{marketing: 'yes'}, 'yes', []]) {
        const answer = await shop.create_checkout(order('demo-ok-1', 1, {buyer: {...buyer, consent: bad}}));
        assert.ok(answer.status === 400 || answer.status === 201, answer.text);
        if (answer.status === 201) assert.deepEqual(Object.keys(answer.body.buyer.consent ?? {}).filter(name => name === 'marketing'), newer ? [] : ['marketing']);
      }
    });

    test('an order is collected in a store', async () => {
      const {body} = await shop.create_checkout({line_items: lines(['demo-ok-1']), buyer, fulfillment: {methods: [{type: 'pickup'}]}});
      const [method] = body.fulfillment.methods;
      assert.equal(method.type, 'pickup');
      const offered = method.destinations.map(d => d.id);
      assert.ok(offered.includes('test-berlin') && offered.includes('test-potsdam'), 'where orders can be collected');
      assert.ok(!offered.includes('test-oakland'), 'and not where they cannot');
      if (newer) for (const destination of method.destinations) assert.equal(destination.type, 'business_location');
      assert.equal(body.status, 'incomplete');
      const choose = id => shop.update_checkout(body.id, {line_items: lines(['demo-ok-1']), buyer,
        fulfillment: {methods: [{id: method.id, type: 'pickup', line_item_ids: method.line_item_ids, selected_destination_id: id}]}});
      const chosen = await choose('test-berlin');
      assert.equal(chosen.body.status, 'ready_for_complete', JSON.stringify(chosen.body.messages));
      const now = chosen.body.fulfillment.methods[0];
      assert.equal(now.selected_destination_id, 'test-berlin');
      assert.equal(now.destinations.filter(d => d.id === 'test-berlin').length, 1);
      assert.equal(amount(chosen.body, 'fulfillment') ?? 0, 0, 'collecting costs nothing');
      const wrong = await choose('test-nowhere');
      assert.equal(wrong.status, 200);
      const error = wrong.body.messages.find(m => m.type === 'error');
      assert.equal(error.severity, 'recoverable');
      assert.equal(error.path, '$.fulfillment.methods[0].selected_destination_id');
      assert.equal(wrong.body.fulfillment.methods[0].selected_destination_id, 'test-berlin', 'the checkout stays as it was');
      const done = await shop.complete_checkout(body.id, pay());
      assert.equal(done.body.status, 'completed', JSON.stringify(done.body.messages));
      const placed = (await shop.get_order(done.body.order.id)).body;
      assert.equal(placed.fulfillment.expectations[0].method_type, 'pickup');
      assert.equal(placed.fulfillment.expectations[0].destination.address_locality, 'Berlin');
    });

    test('some of it is shipped, some of it is collected', async () => {
      const started = (await shop.create_checkout({line_items: lines(['demo-ok-1'], ['demo-ok-2'], ['demo-digital']), buyer})).body;
      const [tote, mug] = started.line_items.map(l => l.id);
      const {body} = await shop.update_checkout(started.id, {
        line_items: lines(['demo-ok-1'], ['demo-ok-2'], ['demo-digital']), buyer,
        fulfillment: {methods: [{...shipTo().methods[0], line_item_ids: [tote]}, {type: 'pickup', line_item_ids: [mug], selected_destination_id: 'test-potsdam'}]},
      });
      assert.equal(body.status, 'ready_for_complete', JSON.stringify(body.messages));
      assert.deepEqual(body.fulfillment.methods.map(m => [m.type, m.line_item_ids]), [['shipping', [tote]], ['pickup', [mug]]]);
      const done = (await shop.complete_checkout(body.id, pay())).body;
      assert.equal(done.status, 'completed', JSON.stringify(done.messages));
      const expectations = (await shop.get_order(done.order.id)).body.fulfillment.expectations;
      assert.deepEqual(expectations.map(e => e.method_type).filter(t => t !== 'digital').sort(), ['pickup', 'shipping']);
    });

    test('signals and attribution change nothing', async () => {
      const plain = (await shop.create_checkout(order('demo-ok-1'))).body;
      const marked = (await shop.create_checkout(order('demo-ok-1', 1, {
        signals: {'dev.ucp.buyer_ip': '203.0.113.7', 'com.example.device_id': 'd1'}, attribution: {gclid: 'x', utm_campaign: 'y'},
      }))).body;
      assert.equal(total(marked), total(plain));
      assert.equal(marked.status, plain.status);
      assert.ok(!JSON.stringify(marked).includes('203.0.113.7'));
    });
  });
}

test('2026-08-25: another unit of quantity is a mismatch, "each" is none', async () => {
  const shop = new Shop(server, {version: '2026-08-25'});
  const counted = unit => shop.create_checkout({...order('demo-ok-1'), line_items: [{item: {id: 'demo-ok-1', quantity_unit: {display_text: unit, unit}}, quantity: 2}]});
  assert.equal((await counted('C62')).body.status, 'ready_for_complete');
  const refused = (await counted('KGM')).body;
  assert.equal(message(refused, 'quantity_unit_mismatch').severity, 'recoverable');
  assert.equal(refused.ucp.status, 'error', 'there is nothing to show yet');
  const made = (await shop.create_checkout(order('demo-ok-1'))).body;
  const {body} = await shop.update_checkout(made.id, {...order('demo-ok-1', 5), line_items: [{item: {id: 'demo-ok-1', quantity_unit: {display_text: 'kg', unit: 'KGM'}}, quantity: 5}]});
  assert.equal(message(body, 'quantity_unit_mismatch').path, '$.line_items[0].item.quantity_unit');
  assert.equal(body.line_items[0].quantity, 1, 'the checkout stays as it was');
});
