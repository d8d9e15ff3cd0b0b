// SPDX-License-Identifier: Apache-2.0
// The UCP binding over MCP: JSON-RPC as it comes, tools as they are described, errors with their HTTP status.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {startPlatform} from '../support/platform.mjs';
import {operations, operationsOf, versions} from '../support/schemas.mjs';
import {call, startServer} from '../support/server.mjs';
import {Shop, assertRefused, buyer, lines, message, order, pay} from '../support/ucp.mjs';

let server;
let platform;
let shop;
before(async () => {
  server = await startServer();
  platform = await startPlatform();
  shop = new Shop(server, {version: '2026-08-25', transport: 'mcp'});
});
after(async () => {
  await platform.stop();
  await server.stop();
});

const post = (body, headers = {}) => call(server.agents, 'POST', '/mcp', body, {'UCP-Agent': null, ...headers});

/** UCP's tools; other protocols have theirs beside them. */
const toolsOf = async mine => (await mine.rpc('tools/list', {arguments: {meta: mine.meta()}})).body.result.tools.filter(({name}) => name in operations);

describe('JSON-RPC', () => {
  test('a client that only posts JSON is served: no session, no initialize', async () => {
    const answer = await post({jsonrpc: '2.0', id: 'a', method: 'tools/list'}, {Accept: 'application/json'});
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type'), /^application\/json/);
    assert.equal(answer.headers.get('mcp-session-id'), null);
    assert.equal(answer.body.id, 'a');
    assert.equal(answer.body.result.nextCursor, undefined, 'one page');
  });

  test('one that initializes finds the server', async () => {
    for (const protocolVersion of ['2025-06-18', '1999-01-01']) {
      const {body} = await post({jsonrpc: '2.0', id: 1, method: 'initialize', params: {protocolVersion, capabilities: {}, clientInfo: {name: 'test', version: '1'}}});
      assert.match(body.result.protocolVersion, /^\d{4}-\d{2}-\d{2}$/);
      if (protocolVersion !== '1999-01-01') assert.equal(body.result.protocolVersion, protocolVersion);
      assert.ok(body.result.serverInfo.name && body.result.capabilities.tools);
    }
    const told = await post({jsonrpc: '2.0', method: 'notifications/initialized'});
    assert.equal(told.status, 202);
    assert.equal(told.text, '');
    assert.deepEqual((await post({jsonrpc: '2.0', id: 2, method: 'ping'})).body.result, {});
  });

  test('what is no request is refused by its number', async () => {
    for (const [body, code] of [['{', -32700], ['', -32700], ['[]', -32600], ['[{"jsonrpc":"2.0","id":1,"method":"ping"}]', -32600], ['"x"', -32600], ['{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600],
      ['{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600], ['{"jsonrpc":"2.0","id":1,"method":7}', -32600], ['{"jsonrpc":"2.0","id":1}', -32600],
      ['{"jsonrpc":"2.0","id":1,"method":"ping","params":[1]}', -32600], ['{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32700]]) {
      const answer = await post(body);
      assert.ok(answer.status === 400, `${body}: ${answer.status}`);
      assert.equal(answer.body.error.code, code, body);
    }
    const unknown = await post({jsonrpc: '2.0', id: 3, method: 'tools/forget'});
    assert.deepEqual([unknown.body.error.code, unknown.body.id], [-32601, 3]);
    assert.equal((await post('{}', {'Content-Type': 'text/plain'})).status, 415);
  });

  test('GET and DELETE are not offered, pages of others neither', async () => {
    for (const method of ['GET', 'DELETE']) assert.equal((await call(server.agents, method, '/mcp')).status, 405);
    assert.equal((await post({jsonrpc: '2.0', id: 1, method: 'ping'}, {Origin: 'https://evil.test'})).status, 403);
  });

  test('parameters that are wrong are named', async () => {
    for (const params of [{name: 'no_such_tool', arguments: {}}, {}, {name: 7}]) {
      const {status, body} = await shop.rpc('tools/call', params);
      assert.equal(status, 400);
      assert.equal(body.error.code, -32602);
    }
    for (const args of [{}, {catalog: 'tote'}, {catalog: {query: 7}}, {catalog: {}}]) {
      const {status, body} = await shop.rpc('tools/call', {name: 'search_catalog', arguments: {meta: shop.meta(), ...args}});
      assert.equal(status, 400, JSON.stringify(args));
      assert.equal(body.error.code, -32602);
      assert.ok(body.error.data.code && body.error.data.content);
    }
    const many = await shop.lookup_catalog({ids: Array.from({length: 101}, (_, i) => `x${i}`)});
    assertRefused(many, 400, 'request_too_large');
    assert.equal(many.rpc.error.code, -32602);
  });
});

for (const version of versions) {
  describe(version, () => {
    test('one tool an operation, with schemas that stand alone', async () => {
      const mine = new Shop(server, {version, transport: 'mcp'});
      const tools = await toolsOf(mine);
      assert.deepEqual(tools.map(t => t.name).sort(), operationsOf(version).sort());
      const ajv = new Ajv2020({strict: false, allErrors: true});
      addFormats(ajv);
      for (const {name, title, description, inputSchema, outputSchema} of tools) {
        assert.ok(title && description, name);
        assert.ok(!JSON.stringify(inputSchema).includes('$ref'), `${name}: clients print it as it is`);
        assert.ok(ajv.compile(inputSchema) && ajv.compile(outputSchema));
        const {argument} = operations[name];
        assert.equal(inputSchema.properties[argument ?? 'id'] === undefined, false);
      }
    });

    test('every operation answers as its outputSchema and the release say', async () => {
      const mine = new Shop(server, {version, transport: 'mcp'});  // its answers are judged as they come
      assert.ok((await mine.search_catalog({query: 'tote'})).body.products.length > 0);
      assert.equal((await mine.lookup_catalog({ids: ['demo-ok-1', 'nothing']})).body.products.length, 1);
      assert.equal((await mine.get_product({id: 'nl-fjord-hoodie'})).body.product.id, 'nl-fjord-hoodie');
      const cart = (await mine.create_cart({line_items: lines(['demo-ok-1'])})).body;
      await mine.update_cart(cart.id, {line_items: lines(['demo-ok-1', 2]), discounts: {codes: ['SAVE10']}});
      assert.equal((await mine.get_cart(cart.id)).body.line_items[0].quantity, 2);
      const checkout = (await mine.create_checkout({cart_id: cart.id, line_items: []})).body;
      const {body: ready} = await mine.update_checkout(checkout.id, order('demo-ok-1', 2));
      assert.equal(ready.status, 'ready_for_complete', JSON.stringify(ready.messages));
      assert.equal((await mine.get_checkout(checkout.id)).body.status, 'ready_for_complete');
      const held = await mine.complete_checkout(checkout.id, pay('tok_3ds'));
      assert.equal(held.body.status, 'requires_escalation');
      const {body: done} = await mine.complete_checkout((await mine.create_checkout(order('demo-ok-1'))).body.id, pay());
      assert.equal((await mine.get_order(done.order.id)).body.checkout_id, done.id);
      assert.equal((await mine.cancel_checkout(checkout.id)).body.status, 'canceled');
      assert.equal((await mine.cancel_cart(cart.id)).body.id, cart.id);
      if (version >= '2026-08-25') {
        assert.ok((await mine.search_locations({})).body.locations);
        assert.deepEqual((await mine.lookup_locations({ids: ['nothing']})).body.locations, []);
      }
    });

    test('an outcome is a result, also a bad one', async () => {
      const mine = new Shop(server, {version, transport: 'mcp'});
      for (const answer of [await mine.get_checkout('chk_00000000000000000000000000'), await mine.get_cart('nonsense'), await mine.get_order('x'), await mine.get_product({id: 'nothing'}), await mine.create_checkout(order('demo-oos'))]) {
        assert.equal(answer.status, 200);
        assert.equal(answer.rpc.error, undefined);
        assert.equal(answer.body.ucp.status, 'error');
      }
    });
  });
}

test('tools are those that both sides have', async () => {
  const mine = new Shop(server, {version: '2026-08-25', transport: 'mcp', agent: platform.profile({only: ['dev.ucp.shopping.catalog.search', 'dev.ucp.shopping.cart']})});
  const tools = await toolsOf(mine);
  assert.deepEqual(tools.map(t => t.name).sort(), ['cancel_cart', 'create_cart', 'get_cart', 'search_catalog', 'update_cart']);
});

test('a call that is repeated under a new JSON-RPC id is one effect', async () => {
  const key = randomUUID();
  const body = order('demo-ok-1');
  const first = await shop.tool('create_checkout', {body, key, rpcId: 1});
  const again = await shop.tool('create_checkout', {body, key, rpcId: 'other'});
  assert.equal(again.rpc.id, 'other');
  assert.deepEqual(again.body, first.body);
  const other = await shop.tool('create_checkout', {body: order('demo-ok-1', 2), key});
  assertRefused(other, 409, 'idempotency_conflict');
  assert.equal(other.rpc.error.code, -32000);
  const header = await shop.tool('create_checkout', {body, headers: {'Idempotency-Key': key}});
  assert.deepEqual(header.body, first.body, 'the header is the same key');
});

test('a key on a read is no matter', async () => {
  const key = randomUUID();
  for (const query of ['tote', 'mug']) assert.ok((await shop.tool('search_catalog', {body: {query}, key})).body.products.length > 0);
});

test('the HTTP status says what the error is', async () => {
  const unknown = new Shop(server, {version: '2026-08-25', transport: 'mcp', headers: {Authorization: 'Bearer wrong'}});
  const answer = await unknown.create_cart({line_items: lines(['demo-ok-1'])});
  assert.equal(answer.status, 401);
  assert.equal(answer.rpc.error.code, -32000);
  assert.equal(answer.rpc.error.data.code, answer.body.code);
});

test('the header may stand for meta, and must not contradict it', async () => {
  const agent = `profile="${shop.agent}"`;
  const named = await shop.rpc('tools/call', {name: 'search_catalog', arguments: {catalog: {query: 'tote'}}}, {headers: {'UCP-Agent': agent}});
  assert.equal(named.status, 200, named.text);
  const both = await shop.tool('search_catalog', {body: {query: 'tote'}, headers: {'UCP-Agent': agent}});
  assert.equal(both.status, 200);
  assertRefused(await shop.tool('search_catalog', {body: {query: 'tote'}, headers: {'UCP-Agent': `profile="${platform.profile()}"`}}), 400, 'invalid_profile_url');
});

test('what was begun over REST goes on over MCP', async () => {
  const rest = new Shop(server, {version: '2026-08-25'});
  const {body} = await rest.create_checkout({line_items: lines(['demo-digital']), buyer});
  const done = await shop.complete_checkout(body.id, pay());
  assert.equal(done.body.status, 'completed', JSON.stringify(done.body.messages));
  assert.deepEqual((await rest.get_order(done.body.order.id)).body, (await shop.get_order(done.body.order.id)).body);
});

test('credentials are not repeated', async () => {
  const {body} = await shop.create_checkout(order('demo-ok-1'));
  const declined = await shop.complete_checkout(body.id, pay('tok_decline_hunter2'));
  message(declined.body, 'payment_failed');
  assert.ok(!JSON.stringify(declined.rpc).includes('hunter2'));
});
