// SPDX-License-Identifier: Apache-2.0
// The UCP binding over MCP: JSON-RPC as it comes, tools as they are described, errors with their HTTP status.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {startPlatform} from '../support/platform.mjs';
import {operations, operationsOf, versions} from '../support/schemas.mjs';
import {call, eventually, startServer, temporaryDirectory} from '../support/server.mjs';
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
      for (const words of [/ucp-agent/, /api_version/, /shop_search/]) assert.match(body.result.instructions, words, 'each set of tools says how it wants to be called');
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
      assert.equal(status, 200, 'an error of JSON-RPC, not of HTTP: clients of the older eras read it only so');
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

describe('transport', () => {
  const ping = {jsonrpc: '2.0', id: 1, method: 'ping'};
  const meta = {'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {}};
  const modern = (method, params = {}, headers = {}) => post({jsonrpc: '2.0', id: 7, method, params: {...params, _meta: meta}},
    {'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': method, ...(params.name && {'Mcp-Name': params.name}), ...headers});
  const refused = (answer, status, code) => assert.deepEqual([answer.status, answer.body?.error?.code], [status, code], answer.text);
  /** fetch() does not let the Host be chosen. */
  const withHost = (host, headers = {}) => new Promise((resolve, reject) => {
    const {hostname, port} = new URL(server.agents);
    const body = JSON.stringify(ping);
    const request = http.request({hostname, port, path: '/mcp', method: 'POST', headers: {'Content-Type': 'application/json', 'Content-Length': body.length, Host: host, ...headers}}, response => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    request.on('error', reject).end(body);
  });

  test('T31: hosts and origins: ours, and those of this machine', async () => {
    const own = new URL(server.agents).host;
    for (const host of [own, 'localhost:1', '[::1]:1']) assert.equal(await withHost(host), 200, host);
    for (const host of ['evil.example', `${own}.evil.example`]) assert.equal(await withHost(host), 403, host);
    assert.equal(await withHost(own, {Origin: 'http://localhost:6274'}), 200);
    for (const origin of ['null', 'http://evil.example', `http://${own}.evil.example`]) assert.equal(await withHost(own, {Origin: origin}), 403, `${origin} with a good Host`);
  });

  test('hosts and origins that the configuration allows', async () => {
    const directory = temporaryDirectory();
    const file = path.join(directory, 'mcp.toml');
    writeFileSync(file, '[mcp]\nallowed_hosts = ["shop.internal"]\nallowed_origins = ["https://inspector.example"]\n');
    const other = await startServer({args: ['--config', file]});
    const {agents} = server;
    server.agents = other.agents;
    try {
      assert.equal(await withHost('shop.internal:8080', {Origin: 'https://inspector.example'}), 200);
      assert.equal(await withHost('shop.internal', {Origin: 'https://other.example'}), 403);
      const asked = await call(other.agents, 'OPTIONS', '/mcp', undefined, {Origin: 'https://inspector.example', 'Access-Control-Request-Method': 'POST'});
      assert.deepEqual([asked.status, asked.headers.get('access-control-allow-origin')], [204, 'https://inspector.example']);
    } finally {
      server.agents = agents;
      await other.stop();
      rmSync(directory, {recursive: true, force: true});
    }
  });

  test('media types', async () => {
    refused(await post(ping, {'Content-Type': 'text/plain'}), 415, -32600);
    refused(await post(ping, {Accept: 'text/event-stream'}), 406, -32600);
    assert.equal((await post(ping, {Accept: 'application/json'})).status, 200);
  });

  test('what says nothing gets nothing back', async () => {
    for (const body of [{jsonrpc: '2.0', method: 'notifications/initialized'}, {jsonrpc: '2.0', id: 'x', result: {}}, {jsonrpc: '2.0', id: 'x', error: {code: 1, message: 'no'}}]) {
      const answer = await post(body, {'MCP-Protocol-Version': '2025-11-25'});
      assert.deepEqual([answer.status, answer.text], [202, '']);
    }
  });

  test('versions and sessions that are not ours', async () => {
    refused(await post(ping, {'MCP-Protocol-Version': '2024-11-05'}), 400, -32022);
    refused(await post(ping, {'Mcp-Session-Id': 'of-another-server'}), 404, -32600);
    for (const method of ['GET', 'DELETE']) {
      const answer = await call(server.agents, method, '/mcp');
      assert.equal(answer.status, 405);
      assert.match(answer.headers.get('allow'), /POST/);
    }
  });

  test('modern: a request that stands alone', async () => {
    const found = await modern('server/discover');
    assert.equal(found.status, 200, found.text);
    assert.deepEqual(found.body.result.supportedVersions, ['2026-07-28']);
    const {result} = (await modern('tools/list')).body;
    assert.deepEqual([result.resultType, result.cacheScope, typeof result.ttlMs], ['complete', 'private', 'number']);
    assert.equal(result._meta['io.modelcontextprotocol/serverInfo'].name, 'b2a');
    const name = 'search_catalog';
    const bought = await modern('tools/call', {name, arguments: {meta: shop.meta(), catalog: {query: 'tote'}}}, {'Mcp-Name': `=?base64?${Buffer.from(name).toString('base64')}?=`});
    assert.ok(bought.body.result.structuredContent.products.length > 0, bought.text);
  });

  test('modern: what contradicts itself, asks too much or lacks something', async () => {
    refused(await modern('tools/list', {}, {'Mcp-Method': 'tools/call'}), 400, -32020);
    refused(await modern('tools/list', {}, {'MCP-Protocol-Version': null}), 400, -32020);
    refused(await modern('tools/call', {name: 'search_catalog'}, {'Mcp-Name': 'get_product'}), 400, -32020);
    refused(await modern('tools/call', {name: 'search_catalog'}, {'Mcp-Name': '=?base64?!?='}), 400, -32020);
    for (const method of ['initialize', 'ping', 'nothing']) refused(await modern(method), 404, -32601);
    const lacking = await post({jsonrpc: '2.0', id: 7, method: 'tools/list'}, {'MCP-Protocol-Version': '2026-07-28', 'Mcp-Method': 'tools/list'});
    refused(lacking, 400, -32602);
    assert.equal(lacking.body.id, 7);
  });

  test('one page of tools is small enough to read', async () => {
    const {text} = await post({jsonrpc: '2.0', id: 1, method: 'tools/list'});
    assert.ok(text.length < 400 * 1024, `${text.length} bytes`);
  });
});

describe('streams', () => {
  let fixtures;
  before(async () => { fixtures = await startServer({args: ['--mcp-conformance-fixtures']}); });
  after(async () => { await fixtures.stop(); });
  const open = (name, {args = {}, signal, accept = 'application/json, text/event-stream', meta = {}} = {}) => fetch(`${fixtures.agents}/mcp`, {
    method: 'POST', signal, headers: {'Content-Type': 'application/json', Accept: accept},
    body: JSON.stringify({jsonrpc: '2.0', id: 'call', method: 'tools/call', params: {name, arguments: args, _meta: meta}}),
  });
  /** The next message of a stream at each call; undefined at its end. */
  const reading = response => {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    return async () => {
      for (;;) {
        const end = rest.indexOf('\n\n');
        if (end >= 0) {
          const [message] = events(rest.slice(0, end));
          rest = rest.slice(end + 2);
          if (message) return message;
          continue;
        }
        const {value, done} = await reader.read();
        if (done) return undefined;
        rest += value;
      }
    };
  };
  const events = text => text.split('\n\n').filter(one => one && !one.startsWith(':')).map(one => JSON.parse(/^event: message\ndata: (.*)$/.exec(one)[1]));

  test('what is said before the answer makes it a stream', async () => {
    const response = await open('test_tool_with_progress', {meta: {progressToken: 9}});
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    assert.equal(response.headers.get('x-accel-buffering'), 'no');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    const told = events(await response.text());
    assert.deepEqual(told.slice(0, 3).map(one => [one.method, one.params.progressToken, one.params.progress]), [0, 50, 100].map(progress => ['notifications/progress', 9, progress]));
    assert.equal(told[3].id, 'call');
    assert.equal(told.length, 4);
  });

  test('a client that reads no events gets JSON', async () => {
    const response = await open('test_tool_with_progress', {meta: {progressToken: 9}, accept: 'application/json'});
    assert.match(response.headers.get('content-type'), /^application\/json/);
    assert.equal((await response.json()).id, 'call');
  });

  test('a question is answered by a request of its own', async () => {
    const response = await open('test_elicitation', {args: {message: 'Who are you?'}});
    const next = reading(response);
    const question = await next();
    assert.equal(question.method, 'elicitation/create');
    const answer = await call(fixtures.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: question.id, result: {action: 'accept', content: {username: 'ada', email: 'a@example.com'}}}, {'UCP-Agent': null});
    assert.equal(answer.status, 202);
    const result = await next();
    assert.match(result.result.content[0].text, /ada/);
  });

  test('a server that stops ends its streams', async () => {
    const other = await startServer({args: ['--mcp-conformance-fixtures']});
    const {agents} = fixtures;
    fixtures.agents = other.agents;
    try {
      const response = await open('test_elicitation', {args: {message: 'Still there?'}});
      const next = reading(response);
      assert.equal((await next()).method, 'elicitation/create');
      const stopped = other.stop();
      assert.equal((await next()).result.isError, true);
      assert.equal(await next(), undefined);
      assert.equal((await stopped).code, 0);
    } finally {
      fixtures.agents = agents;
    }
  });

  test('clients that leave cost nothing', async () => {
    for (let i = 0; i < 20; ++i) {
      const leaving = new AbortController();
      const response = await open('test_elicitation', {args: {message: 'Wait'}, signal: leaving.signal});
      await response.body.getReader().read();
      leaving.abort();
    }
    await eventually(() => call(fixtures.operators, 'GET', '/metrics'), ({text}) => /^b2a_event_streams_open 0$/m.test(text));
    assert.equal((await open('test_simple_text')).status, 200);
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
