// SPDX-License-Identifier: Apache-2.0
// Official clients of both eras buy something: @modelcontextprotocol/sdk 1.x initializes, @modelcontextprotocol/client
// 2.x sends requests that stand alone. Nothing here speaks HTTP or JSON-RPC itself.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {Client as ModernClient, StreamableHTTPClientTransport as ModernTransport} from '@modelcontextprotocol/client';
import {Client as LegacyClient} from '@modelcontextprotocol/sdk/client/index.js';
import {StreamableHTTPClientTransport as LegacyTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {sandboxProfile, startServer} from '../support/server.mjs';
import {buyer, order, pay} from '../support/ucp.mjs';

let server;
before(async () => { server = await startServer({args: ['--mcp-conformance-fixtures']}); });
after(async () => { await server.stop(); });

const info = {name: 'shopper', version: '1.0.0'};
const bearer = {requestInit: {headers: {Authorization: 'Bearer sandbox-agent'}}};
const clients = {
  '@modelcontextprotocol/sdk 1.x, 2025-11-25': async options => {
    const client = new LegacyClient(info, {capabilities: {elicitation: {}}});
    await client.connect(new LegacyTransport(new URL(`${server.agents}/mcp`), options));
    return client;
  },
  '@modelcontextprotocol/client 2.x, 2026-07-28': async options => {
    const client = new ModernClient(info, {versionNegotiation: {mode: {pin: '2026-07-28'}}});
    await client.connect(new ModernTransport(new URL(`${server.agents}/mcp`), options));
    return client;
  },
  '@modelcontextprotocol/client 2.x, as it negotiates': async options => {
    const client = new ModernClient(info, {versionNegotiation: {mode: 'auto'}});
    await client.connect(new ModernTransport(new URL(`${server.agents}/mcp`), options));
    return client;
  },
};

async function toolsOf(client) {
  const tools = [];
  let cursor;
  do {
    const page = await client.listTools({cursor});
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor);
  return tools.map(tool => tool.name);
}

/** What a tool answers; the text for the model says the same. */
async function use(client, name, args) {
  const result = await client.callTool({name, arguments: args});
  assert.ok(!result.isError, JSON.stringify(result));
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  return result.structuredContent;
}

async function buyOverUcp(client) {
  const meta = () => ({'ucp-agent': {profile: sandboxProfile(server.agents, '2026-08-25')}, 'idempotency-key': randomUUID()});
  const found = await use(client, 'search_catalog', {meta: meta(), catalog: {query: 'tote'}});
  assert.ok(found.products.length > 0);
  const checkout = await use(client, 'create_checkout', {meta: meta(), checkout: order('demo-ok-1', 2)});
  assert.equal(checkout.status, 'ready_for_complete', JSON.stringify(checkout.messages));
  const done = await use(client, 'complete_checkout', {meta: meta(), id: checkout.id, checkout: pay()});
  assert.equal(done.status, 'completed', JSON.stringify(done.messages));
  const kept = await use(client, 'get_order', {meta: meta(), id: done.order.id});
  assert.equal(kept.checkout_id, checkout.id);
}

async function buyOverAcp(client) {
  const meta = () => ({api_version: '2026-04-17', idempotency_key: randomUUID()});
  const payload = {currency: 'usd', line_items: [{id: 'demo-digital', quantity: 1}], capabilities: {}, buyer};
  const session = await use(client, 'create_checkout_session', {meta: meta(), payload});
  const payment_data = {handler_id: 'sandbox_card', instrument: {type: 'card', credential: {type: 'spt', token: 'spt_visa'}}};
  const done = await use(client, 'complete_checkout_session', {meta: meta(), id: session.id, payload: {buyer, payment_data}});
  assert.equal(done.status, 'completed', JSON.stringify(done.messages));
  assert.equal((await use(client, 'get_checkout_session', {meta: meta(), id: session.id})).order.id, done.order.id);
}

async function buyNatively(client) {
  const checkout = await use(client, 'shop_create_checkout', {items: [{variant_id: 'demo-digital', quantity: 1}], buyer, idempotency_key: randomUUID()});
  const done = await use(client, 'shop_complete_checkout', {checkout_id: checkout.id, payment: {handler_id: 'sandbox_card', token: 'tok_visa'}, idempotency_key: randomUUID()});
  assert.equal(done.status, 'completed', JSON.stringify(done));
  assert.equal((await use(client, 'shop_get_order', {order_id: done.order.id})).id, done.order.id);
}

for (const [name, connect] of Object.entries(clients)) {
  describe(name, () => {
    test('buys with the tools of UCP', async () => {
      const client = await connect();
      await buyOverUcp(client);
      await client.close();
    });

    test('buys with the other tools that there are', async t => {
      const client = await connect(bearer);
      const names = await toolsOf(client);
      for (const [tool, buy] of [['create_checkout_session', buyOverAcp], ['shop_create_checkout', buyNatively]]) {
        if (names.includes(tool)) await buy(client);
        else t.diagnostic(`${tool} is not offered`);
      }
      await client.close();
    });

    test('hears errors as what they are', async () => {
      const client = await connect();
      await assert.rejects(client.callTool({name: 'no_such_tool', arguments: {}}), error => error.code === -32602);
      await assert.rejects(client.readResource({uri: 'test://nothing'}), error => [-32002, -32602].includes(error.code));
      const failed = await client.callTool({name: 'test_error_handling', arguments: {}});
      assert.equal(failed.isError, true);
      await client.close();
    });

    test('hears of progress, and reads documents and prompts', async () => {
      const client = await connect();
      const heard = [];
      await client.callTool({name: 'test_tool_with_progress', arguments: {}}, ...(client instanceof LegacyClient ? [undefined] : []), {onprogress: one => heard.push(one.progress)});
      assert.deepEqual(heard, [0, 50, 100]);
      assert.match((await client.readResource({uri: 'test://static-text'})).contents[0].text, /static text/);
      assert.ok((await client.listResources()).resources.length >= 3);
      assert.match((await client.getPrompt({name: 'test_prompt_with_arguments', arguments: {arg1: 'a', arg2: 'b'}})).messages[0].content.text, /'a'.*'b'/);
      const {completion} = await client.complete({ref: {type: 'ref/prompt', name: 'test_prompt_with_arguments'}, argument: {name: 'arg1', value: 'par'}});
      assert.deepEqual(completion.values, ['paris', 'park', 'party']);
      await client.close();
    });
  });
}
