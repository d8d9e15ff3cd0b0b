// SPDX-License-Identifier: Apache-2.0
// ACP 2026-04-17 over the real binary: discovery, headers, the state machine over both bindings, what is in a session.
// The agent of support/acp.mjs judges every answer by the published schemas.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {AcpAgent, address, assertRefused, assertValid, authenticated, buyer, items, message, order, pay} from '../support/acp.mjs';
import {call, operator, sharedMissing, startServer} from '../support/server.mjs';

let server;
let agent;
before(async () => {
  server = await startServer();
  agent = new AcpAgent(server);
});
after(() => server.stop());

test('the published schemas judge these answers', {skip: sharedMissing}, () => {
  assert.throws(() => assertValid('Error', {type: 'invalid_request', code: 'x', message: 'y', content: 'z'}), 'closed');
});

test('discovery needs nobody\'s token, is cacheable and leads to the operations', async () => {
  const answer = await call(server.agents, 'GET', '/.well-known/acp.json', undefined, {'UCP-Agent': null});
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('cache-control'), /public, max-age=3600/);
  assertValid('DiscoveryResponse', answer.body);
  assert.equal(answer.body.api_base_url, `${server.agents}/acp`);
  assert.deepEqual(answer.body.protocol.supported_versions, ['2026-04-17']);
  assert.deepEqual(answer.body.capabilities.services, ['checkout', 'carts']);
  assert.deepEqual([...answer.body.capabilities.supported_currencies].sort(), ['eur', 'usd']);
  assert.doesNotMatch(answer.text, /merchant_sandbox|sandbox_card/);
  const descriptor = await call(server.agents, 'GET', '/.well-known/b2a', undefined, {'UCP-Agent': null});
  assert.ok(descriptor.text.includes('/.well-known/acp.json'));
});

describe('headers', () => {
  test('who asks is said by a bearer token', async () => {
    for (const Authorization of [null, 'Bearer nobody', 'Basic c2FuZGJveC1hZ2VudA==', 'Bearer']) {
      const answer = await agent.send('POST', '/checkout_sessions', order(), {Authorization});
      assertRefused(answer, 401, 'unauthorized');
      assert.match(answer.headers.get('www-authenticate'), /^Bearer/);
    }
    const profile = await agent.send('POST', '/checkout_sessions', order(), {Authorization: null, 'UCP-Agent': 'profile="https://a.test/p"'});
    assertRefused(profile, 401, 'unauthorized');
  });

  test('the API version is asked for, and which one would do is said', async () => {
    for (const [sent, code] of [[null, 'missing_api_version'], ['', 'missing_api_version'], ['2025-09-29', 'unsupported_api_version'], ['latest', 'unsupported_api_version']]) {
      const answer = await agent.send('POST', '/checkout_sessions', order(), {'API-Version': sent});
      assertRefused(answer, 400, code);
      assert.deepEqual(answer.body.supported_versions, ['2026-04-17']);
    }
    assertRefused(await agent.send('GET', `/checkout_sessions/${randomUUID()}`, undefined, {'API-Version': null}), 400, 'missing_api_version');
  });

  test('bodies are JSON and say so', async () => {
    assertRefused(await agent.send('POST', '/checkout_sessions', JSON.stringify(order()), {'Content-Type': 'text/plain'}), 415, 'unsupported_media_type');
    for (const body of ['', '{', '[]', '"x"', '{"a":1,"a":1}', `${'['.repeat(40)}${']'.repeat(40)}`])
      assertRefused(await agent.send('POST', '/checkout_sessions', body), 400, 'invalid_request');
  });

  test('Idempotency-Key and Request-Id come back', async () => {
    for (const body of [order(), {}]) {
      const answer = await agent.send('POST', '/checkout_sessions', body, {'Idempotency-Key': 'k-echo' + JSON.stringify(body).length, 'Request-Id': 'req-7'});
      assert.equal(answer.headers.get('request-id'), 'req-7');
      assert.match(answer.headers.get('idempotency-key'), /^k-echo/);
    }
  });

  test('paths that are none have ACP\'s errors', async () => {
    assertRefused(await agent.send('GET', '/orders/1'), 404, 'not_found');
    const wrong = await agent.send('DELETE', '/checkout_sessions');
    assertRefused(wrong, 405, 'method_not_allowed');
    assert.match(wrong.headers.get('allow'), /POST/);
  });
});

for (const transport of ['rest', 'mcp'])
  describe(`states over ${transport}`, () => {
    let shop;
    before(() => { shop = new AcpAgent(server, {transport}); });

    test('a session becomes ready step by step and says what is missing', async () => {
      const created = await shop.create({line_items: items('demo-ok-1'), currency: 'usd', capabilities: {}});
      if (transport === 'rest') assert.equal(created.status, 201);
      const {id} = created.body;
      assert.equal(created.body.status, 'not_ready_for_payment');
      assert.equal(message(created.body, 'missing').resolution, 'recoverable');
      const named = await shop.update(id, {buyer});
      assert.equal(named.body.status, 'not_ready_for_payment');
      const early = await shop.complete(id, pay());
      assert.equal(early.body.status, 'not_ready_for_payment');
      const ready = await shop.update(id, {fulfillment_details: {name: 'Ada Lovelace', phone_number: '+12025550100', address}});
      assert.equal(ready.body.status, 'ready_for_payment', JSON.stringify(ready.body.messages));
      assert.deepEqual(ready.body.buyer, buyer, 'what is left out stays');
      assert.deepEqual(ready.body.fulfillment_details, {name: 'Ada Lovelace', phone_number: '+12025550100', address});
      const done = await shop.complete(id, pay());
      assert.equal(done.body.status, 'completed');
      assert.equal(done.body.order.checkout_session_id, id);
      const page = await fetch(done.body.order.permalink_url);
      assert.equal(page.status, 200);
      assert.equal((await shop.get(id)).body.order.id, done.body.order.id);
    });

    test('an option is chosen, and null gives it up', async () => {
      const {body} = await shop.create(order());
      assert.ok(body.fulfillment_options.length > 1, JSON.stringify(body.fulfillment_options));
      const [{option_id: cheapest}] = body.selected_fulfillment_options;
      const other = body.fulfillment_options.find(o => o.id !== cheapest);
      const chosen = await shop.update(body.id, {selected_fulfillment_options: [{type: 'shipping', option_id: other.id, item_ids: ['demo-ok-1']}]});
      assert.deepEqual(chosen.body.selected_fulfillment_options, [{type: 'shipping', option_id: other.id, item_ids: ['demo-ok-1']}]);
      const cheaper = await shop.update(body.id, {selected_fulfillment_options: null});
      assert.equal(cheaper.body.selected_fulfillment_options[0].option_id, cheapest);
      const unknown = await shop.update(body.id, {selected_fulfillment_options: [{type: 'shipping', option_id: 'rocket', item_ids: []}]});
      assert.equal(message(unknown.body, 'invalid').param, '$.selected_fulfillment_options[0].option_id');
      const nowhere = await shop.update(body.id, {fulfillment_details: null});
      assert.equal(nowhere.body.status, 'not_ready_for_payment');
      assert.equal(nowhere.body.fulfillment_details, undefined);
    });

    test('cancel ends it, once', async () => {
      const {body} = await shop.create(order());
      assert.equal((await shop.cancel(body.id)).body.status, 'canceled');
      const again = await shop.cancel(body.id);
      assert.equal(again.body.code, 'method_not_allowed');
      if (transport === 'rest') assert.equal(again.status, 405);
      assert.equal((await shop.get(body.id)).body.status, 'canceled');
      const late = await shop.complete(body.id, pay());
      assert.equal(late.body.status, 'canceled');
      message(late.body, 'conflict');
    });

    test('a declined payment leaves it ready for another', async () => {
      const {body} = await shop.create(order());
      const declined = await shop.complete(body.id, pay('tok_decline'));
      assert.equal(declined.body.status, 'ready_for_payment');
      assert.equal(message(declined.body, 'payment_declined').param, '$.payment_data');
      assert.equal((await shop.complete(body.id, pay())).body.status, 'completed');
    });

    test('an unknown outcome is settled later', async () => {
      const {body} = await shop.create(order());
      assert.equal((await shop.complete(body.id, pay('tok_timeout'))).body.status, 'complete_in_progress');
      assert.equal((await shop.cancel(body.id)).body.code, 'method_not_allowed', 'money may have moved');
      assert.equal((await operator(server, '/admin/v1/sandbox/psp-settle', {checkout_id: body.id, outcome: 'approved'})).status, 200);
      assert.equal((await shop.get(body.id)).body.status, 'completed');
    });

    test('3-D Secure: asked for, brought back, completed', async () => {
      const {body} = await shop.create(order());
      const asked = await shop.complete(body.id, pay('tok_3ds'));
      assert.equal(asked.body.status, 'authentication_required');
      assert.equal(asked.body.authentication_metadata.directory_server, 'visa');
      assert.equal(message(asked.body, 'requires_3ds').resolution, 'requires_buyer_input');
      const without = await shop.complete(body.id, pay('tok_3ds'));
      assertRefused(without, 400, 'requires_3ds', '$.authentication_result');
      const denied = await shop.complete(body.id, pay('tok_3ds', {authentication_result: {outcome: 'denied'}}));
      assert.equal(denied.body.status, 'ready_for_payment');
      message(denied.body, 'payment_declined');
      const done = await shop.complete(body.id, pay('tok_3ds', {authentication_result: authenticated}));
      assert.equal(done.body.status, 'completed');
    });

    test('a purchase above the cap waits for a person', async () => {
      const {body} = await shop.create(order(['demo-ok-1'], {line_items: [{id: 'demo-ok-1', quantity: 90}]}));
      const held = await shop.complete(body.id, pay());
      assert.equal(held.body.status, 'pending_approval');
      assert.equal(message(held.body, 'approval_required').resolution, 'requires_buyer_review');
      assert.ok(held.body.continue_url);
    });

    test('what is digital travels nowhere', async () => {
      const {body} = await shop.create({line_items: items('demo-digital'), currency: 'usd', capabilities: {}, buyer});
      assert.equal(body.status, 'ready_for_payment', JSON.stringify(body.messages));
      assert.deepEqual(body.selected_fulfillment_options, [{type: 'digital', option_id: 'digital', item_ids: ['demo-digital']}]);
      const same = await shop.update(body.id, {selected_fulfillment_options: body.selected_fulfillment_options});
      assert.equal(same.body.status, 'ready_for_payment');
      assert.equal((await shop.complete(body.id, pay())).body.status, 'completed');
    });
  });

describe('what is in a session', () => {
  test('two of one are two items, or a quantity', async () => {
    const twice = await agent.create(order(['demo-ok-1', 'demo-ok-2', 'demo-ok-1']));
    assert.deepEqual(twice.body.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 2], ['demo-ok-2', 1]]);
    const counted = await agent.create(order([], {line_items: [{id: 'demo-ok-1', quantity: 2}]}));
    assert.equal(counted.body.line_items[0].quantity, 2);
    const older = await agent.create({...order(), line_items: undefined, items: [{product_id: 'demo-ok-1', quantity: 2}]});
    assert.equal(older.body.line_items[0].quantity, 2);
    assert.ok(counted.body.line_items.every(line => !('quantity' in line.item)));
    const cheap = await agent.create(order([], {line_items: [{id: 'demo-ok-1', unit_amount: 1, name: 'Nearly free'}]}));
    assert.deepEqual(cheap.body.line_items[0].item, {...counted.body.line_items[0].item}, 'prices and names are ours');
    const fewer = await agent.update(twice.body.id, {line_items: items('demo-ok-2')});
    assert.deepEqual(fewer.body.line_items.map(l => l.item.id), ['demo-ok-2']);
  });

  test('what is short is a message, what is gone altogether an error', async () => {
    const some = await agent.create(order(['demo-ok-1', 'demo-oos']));
    assert.deepEqual(some.body.line_items.map(l => l.item.id), ['demo-ok-1']);
    assert.equal(message(some.body, 'out_of_stock').type, 'error');
    const last = await agent.create(order([], {line_items: [{id: 'demo-last', quantity: 9}]}));
    assert.equal(last.body.line_items[0].quantity, 5);
    assert.equal(message(last.body, 'low_stock').type, 'warning');
    assertRefused(await agent.create(order(['demo-oos'])), 422, 'out_of_stock', '$.line_items');
    assertRefused(await agent.create(order(['no-such-thing'])), 400, 'invalid_item_id', '$.line_items');
    const {body} = await agent.create(order());
    assertRefused(await agent.update(body.id, {line_items: items('no-such-thing')}), 400, 'invalid_item_id');
    assert.equal((await agent.get(body.id)).body.line_items.length, 1, 'it stays as it was');
  });

  test('the currency is the agent\'s wish among ours', async () => {
    const euros = await agent.create(order(['demo-ok-1'], {currency: 'EUR'}));
    assert.equal(euros.body.currency, 'eur');
    const later = await agent.update(euros.body.id, {buyer});
    assert.equal(later.body.currency, 'eur', 'it stays over updates');
    assertRefused(await agent.create(order(['demo-ok-1'], {currency: 'jpy'})), 400, 'unsupported_currency', '$.currency');
    assertRefused(await agent.create(order(['demo-ok-1'], {currency: 'dollars'})), 400, 'invalid_request', '$.currency');
  });

  test('addresses: nobody ships there, and none that is half', async () => {
    const far = await agent.create(order(['demo-ok-1'], {fulfillment_details: {address: {...address, country: 'AQ'}}}));
    assert.equal(far.body.status, 'not_ready_for_payment');
    message(far.body, 'region_restricted');
    const {postal_code, ...half} = address;
    assertRefused(await agent.create(order(['demo-ok-1'], {fulfillment_details: {address: half}})), 400, 'invalid_request', '$.fulfillment_details.address.postal_code');
    const {body} = await agent.create(order());
    const renamed = await agent.update(body.id, {fulfillment_details: {name: 'Grace Hopper'}});
    assert.deepEqual(renamed.body.fulfillment_details.address, {...address, name: 'Grace Hopper'});
  });

  test('an e-mail address that is none is left out, and said', async () => {
    const {body} = await agent.create(order(['demo-ok-1'], {buyer: {email: 'nobody at all'}}));
    assert.equal(body.buyer, undefined);
    assert.equal(message(body, 'invalid').param, '$.buyer.email');
    const other = await agent.create(order(['demo-ok-1'], {buyer: undefined, fulfillment_details: {email: 'grace@example.com', address}}));
    assert.equal(other.body.buyer.email, 'grace@example.com');
    assert.equal(other.body.status, 'ready_for_payment');
  });

  test('what is bought can be collected', async () => {
    const {body} = await agent.create(order());
    const hint = body.messages.find(m => m.param === '$.fulfillment_groups');
    assert.equal(hint?.type, 'info', JSON.stringify(body.messages));
    const groups = await agent.update(body.id, {fulfillment_groups: [{id: 'g1', item_ids: ['demo-ok-1'], destination_type: 'pickup'}]});
    const [location] = groups.body.fulfillment_options;
    assert.equal(location.type, 'pickup');
    const chosen = await agent.update(body.id, {selected_fulfillment_options: [{type: 'pickup', option_id: location.id, item_ids: ['demo-ok-1']}]});
    assert.equal(chosen.body.status, 'ready_for_payment', JSON.stringify(chosen.body.messages));
    assert.equal(chosen.body.fulfillment_groups[0].location_id, location.id);
    assert.equal((await agent.complete(body.id, pay())).body.status, 'completed');
  });

  test('some of it is collected, the rest is shipped', async () => {
    const {body} = await agent.create(order(['demo-ok-1', 'demo-ok-2']));
    const split = await agent.update(body.id, {fulfillment_groups: [{id: 'g1', item_ids: ['demo-ok-2'], destination_type: 'pickup'}]});
    const location = split.body.fulfillment_options.find(o => o.type === 'pickup');
    const chosen = await agent.update(body.id, {selected_fulfillment_options: [{type: 'pickup', option_id: location.id, item_ids: ['demo-ok-2']}]});
    assert.equal(chosen.body.status, 'ready_for_payment', JSON.stringify(chosen.body.messages));
    assert.deepEqual(chosen.body.selected_fulfillment_options.map(o => [o.type, ...o.item_ids]).sort(), [['pickup', 'demo-ok-2'], ['shipping', 'demo-ok-1']]);
    assert.deepEqual(chosen.body.fulfillment_details.address, address, 'where it goes is not asked for twice');
  });

  test('members that are not the protocol\'s are refused by name', async () => {
    for (const [more, param] of [
      [{shipping: 1}, '$.shipping'], [{buyer: {...buyer, age: 9}}, '$.buyer.age'], [{line_items: [{id: 'demo-ok-1', price: 1}]}, '$.line_items[0].price'],
      [{capabilities: {payment_methods: ['card']}}, '$.capabilities.payment_methods'], [{discounts: {code: 'A'}}, '$.discounts.code'],
      [{fulfillment_details: {address: {...address, planet: 'Earth'}}}, '$.fulfillment_details.address.planet']])
      assertRefused(await agent.create(order(['demo-ok-1'], more)), 400, 'invalid_request', param);
    assertRefused(await agent.create({currency: 'usd', capabilities: {}}), 400, 'missing_line_items', '$.line_items');
    assertRefused(await agent.create(order([])), 400, 'missing_line_items');
    const {body} = await agent.create(order());
    assertRefused(await agent.update(body.id, {currency: 'eur'}), 400, 'invalid_request', '$.currency');
    assertRefused(await agent.complete(body.id, {...pay(), items: []}), 400, 'invalid_request', '$.items');
    assertRefused(await agent.complete(body.id, {}), 400, 'invalid_request', '$.payment_data');
  });
});
