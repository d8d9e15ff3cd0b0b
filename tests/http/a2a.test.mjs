// SPDX-License-Identifier: Apache-2.0
// Agent2Agent in both versions: the card, every action, tasks, errors one by one, and what a message's id is good for.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {Agent, assertError, payment, versions} from '../support/a2a.mjs';
import {published, validateAnswer} from '../support/schemas.mjs';
import {auditEntries, call, hasShared, operator, sharedMissing, startServer} from '../support/server.mjs';
import {address, amount, buyer, lines, message, Shop, total} from '../support/ucp.mjs';

let server;
let card;
before(async () => {
  server = await startServer();
  card = (await call(server.agents, 'GET', '/.well-known/agent-card.json')).body;
});
after(() => server.stop());

const agent = options => new Agent(server, options);
/** A conversation with a checkout that can be bought. */
async function ready(options, item = 'demo-ok-1', quantity = 1) {
  const one = agent(options);
  await one.checkout('create_checkout', {line_items: lines([item, quantity]), buyer});
  const checkout = await one.checkout('set_shipping_address', {address});
  assert.equal(checkout.status, 'ready_for_complete', JSON.stringify(checkout.messages));
  return {one, checkout};
}

describe('the card', () => {
  test('one document in both shapes, cacheable', async () => {
    const answer = await call(server.agents, 'GET', '/.well-known/agent-card.json');
    assert.match(answer.headers.get('cache-control'), /max-age/);
    const again = await call(server.agents, 'GET', '/.well-known/agent-card.json', undefined, {'If-None-Match': answer.headers.get('etag')});
    assert.deepEqual([again.status, again.text], [304, '']);
    assert.deepEqual(card.supportedInterfaces.map(i => [i.url, i.protocolBinding, i.protocolVersion]), [[server.agents + '/a2a', 'JSONRPC', '1.0'], [server.agents + '/a2a', 'JSONRPC', '0.3']]);
    assert.deepEqual([card.protocolVersion, card.url, card.preferredTransport], ['0.3.0', server.agents + '/a2a', 'JSONRPC']);
    for (const key of ['name', 'description', 'version', 'defaultInputModes', 'defaultOutputModes', 'skills']) assert.ok(card[key], key);
    assert.deepEqual([card.capabilities.streaming, card.capabilities.pushNotifications], [false, false]);
  });

  test('it advertises UCP, and the UCP profile and the descriptor lead to it', async () => {
    for (const version of ['2026-04-08', '2026-08-25']) {
      const extension = card.capabilities.extensions.find(e => e.uri === `https://ucp.dev/${version}/specification/reference`);
      const profile = (await call(server.agents, 'GET', `/.well-known/ucp/${version}`)).body;
      const offered = Object.keys(extension.params.capabilities);
      for (const name of Object.keys(profile.ucp.capabilities)) assert.ok(offered.includes(name), name);
      const entry = profile.ucp.services['dev.ucp.shopping'].find(e => e.transport === 'a2a');
      assert.equal(entry.endpoint, server.agents + '/.well-known/agent-card.json');
    }
    const {surfaces} = (await call(server.agents, 'GET', '/.well-known/b2a')).body;
    const own = surfaces.find(s => s.protocol === 'a2a');
    assert.deepEqual([own.versions, own.url, own.description], [['0.3', '1.0'], server.agents + '/a2a', server.agents + '/.well-known/agent-card.json']);
  });

  test('the actions are described by schemas that their examples fit', async () => {
    const uri = card.capabilities.extensions.map(e => e.uri).find(u => u.endsWith('/a2a/actions.json'));
    const described = (await call(uri, 'GET', '')).body;
    assert.deepEqual(card.skills.map(s => s.id), described.actions.map(a => a.name));
    const ajv = new Ajv2020({strict: false, allErrors: true});
    addFormats(ajv);
    for (const {name, input, example} of described.actions) {
      const check = ajv.compile({$defs: described.$defs, ...input});
      assert.ok(check(example), `${name}: ${JSON.stringify(check.errors)}`);
      assert.equal(example.action, name);
      assert.deepEqual(card.skills.find(s => s.id === name).examples.map(text => JSON.parse(text)), [example]);
      const error = await agent().post(agent().message([example]));
      assert.notEqual(error.body.error?.message.startsWith('unknown action'), true, name);
    }
  });

  test('it fits what UCP asks of a card', {skip: sharedMissing}, () => {
    const schemas = published('2026-08-25');
    const errors = schemas.errors(schemas.id('transports/a2a_message.json') + '#/$defs/agent_card', card.capabilities);
    assert.ok(!errors, JSON.stringify(errors));
  });
});

for (const version of versions) {
  describe(`A2A ${version}`, () => {
    test('a conversation buys something, action by action', async () => {
      const one = agent({version});
      const found = (await one.send({action: 'search_catalog', query: 'hoodie'})).data['a2a.ucp.catalog'];
      assert.ok(found.products.length > 0);
      validateAnswer('2026-08-25', 'search_catalog', found);
      const product = (await one.send({action: 'get_product', id: 'demo-ok-1'})).data['a2a.ucp.product'];
      assert.equal(product.product.id, 'demo-ok-1');

      let checkout = await one.checkout('add_to_checkout', {product_id: 'demo-ok-1'});
      const {id} = checkout;
      assert.equal(checkout.status, 'incomplete');
      validateAnswer('2026-08-25', 'create_checkout', checkout);
      checkout = await one.checkout('add_to_checkout', {variant_id: 'demo-ok-1', quantity: 2});
      checkout = await one.checkout('add_to_checkout', {variant_id: 'demo-ok-2'});
      assert.equal(checkout.id, id, 'it is the same checkout');
      assert.deepEqual(checkout.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 3], ['demo-ok-2', 1]]);
      checkout = await one.checkout('remove_from_checkout', {product_id: 'demo-ok-2'});
      checkout = await one.checkout('remove_from_checkout', {line_item_id: checkout.line_items[0].id, quantity: 1});
      assert.deepEqual(checkout.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 2]]);

      checkout = await one.checkout('update_checkout', {buyer});
      assert.equal(checkout.buyer.email, buyer.email);
      assert.equal(checkout.line_items.length, 1, 'what was not sent stays');
      checkout = await one.checkout('set_shipping_address', {address});
      const [group] = checkout.fulfillment.methods[0].groups;
      const dearest = group.options.toSorted((a, b) => total(b) - total(a))[0];
      checkout = await one.checkout('select_shipping_option', {option_id: dearest.id});
      assert.equal(checkout.fulfillment.methods[0].groups[0].selected_option_id, dearest.id);
      const before = total(checkout);
      checkout = await one.checkout('apply_discount', {codes: ['SAVE10']});
      assert.ok(total(checkout) < before && amount(checkout, 'discount') !== 0);
      assert.deepEqual(await one.checkout('get_checkout'), checkout);

      checkout = await one.checkout('complete_checkout', {}, payment());
      assert.equal(checkout.status, 'completed', JSON.stringify(checkout.messages));
      assert.equal(checkout.id, id);
      assert.ok(checkout.order.permalink_url);
      const order = (await one.send({action: 'get_order', order_id: checkout.order.id})).data['a2a.ucp.order'];
      assert.equal(order.checkout_id, id);
      validateAnswer('2026-08-25', 'get_order', order);

      const next = await one.checkout('add_to_checkout', {variant_id: 'demo-ok-2'});
      assert.notEqual(next.id, id, 'after a purchase a new checkout begins');
      assert.equal((await one.checkout('cancel_checkout')).status, 'canceled');
    });

    test('a message that comes twice has one answer and one effect', async () => {
      const one = agent({version});
      const first = one.message([{action: 'add_to_checkout', variant_id: 'demo-ok-1'}]);
      const answers = [await one.post(first), await one.post(first)];
      assert.deepEqual(answers[0].body.result, answers[1].body.result);
      const {contextId} = one.read(answers[0].body.result).message ?? {};
      assert.ok(contextId, 'and one conversation, though the message named none');
      const more = one.message([{action: 'add_to_checkout', variant_id: 'demo-ok-1', quantity: 2}]);
      const again = [await one.post(more), await one.post(more)];
      assert.deepEqual(again[0].body.result, again[1].body.result);
      const shown = await one.checkout('get_checkout');
      assert.deepEqual(shown.line_items.map(l => l.quantity), [3]);

      // The same id for something else is nobody's intention.
      const other = await one.post({...more, parts: [one.part({action: 'cancel_checkout'})]});
      assert.match(JSON.stringify(assertError(other, -32000)), /idempotency_conflict/);
      assert.equal((await one.checkout('get_checkout')).status, shown.status);
    });

    test('a purchase that is repeated is one order', async () => {
      const {one} = await ready({version});
      const buy = one.message([{action: 'complete_checkout'}, payment()]);
      const [first, second] = [await one.post(buy), await one.post(buy)];
      assert.deepEqual(first.body.result, second.body.result);
      const {id} = one.read(first.body.result).data['a2a.ucp.checkout'];
      assert.equal(auditEntries(server.data).filter(e => e.type === 'order.placed' && e.details.checkout === id).length, 1);
      for (const field of ['signature', 'content-digest']) assert.equal(first.headers.get(field), null, 'signed bytes that are not there');
    });

    test('a payment that is not decided is a task that can be asked for', async () => {
      const {one, checkout} = await ready({version});
      const {task, data} = await one.send({action: 'complete_checkout'}, payment('tok_timeout'));
      assert.equal(data['a2a.ucp.checkout'].status, 'complete_in_progress');
      const state = name => (one.old ? name : `TASK_STATE_${name.toUpperCase().replace('-', '_')}`);
      assert.equal(task.status.state, state('working'));
      const get = async () => (await one.rpc(one.old ? 'tasks/get' : 'GetTask', {id: task.id})).body.result;
      assert.deepEqual(await get(), task);
      assertError(await one.rpc(one.old ? 'tasks/cancel' : 'CancelTask', {id: task.id}), -32002);
      assert.equal((await operator(server, '/admin/v1/sandbox/psp-settle', {checkout_id: checkout.id, outcome: 'approved'})).status, 200);
      const done = await get();
      assert.equal(done.status.state, state('completed'));
      assert.ok(done.artifacts[0].parts[0].data['a2a.ucp.checkout'].order);
      assert.equal(done.contextId, one.contextId);
    });

    test('one that needs a person waits for input, and can be called off', async () => {
      const {one, checkout} = await ready({version}, 'demo-ok-1', 101);
      const {task} = await one.send({action: 'complete_checkout'}, payment());
      assert.match(task.status.state, one.old ? /^input-required$/ : /^TASK_STATE_INPUT_REQUIRED$/);
      // A message about the task is one about its checkout.
      const about = await one.post({...one.message([{action: 'get_checkout'}]), taskId: task.id, contextId: undefined});
      assert.equal(one.read(about.body.result).data['a2a.ucp.checkout'].id, checkout.id);
      const called = (await one.rpc(one.old ? 'tasks/cancel' : 'CancelTask', {id: task.id})).body.result;
      assert.match(called.status.state, one.old ? /^canceled$/ : /^TASK_STATE_CANCELED$/);
      assertError(await one.rpc(one.old ? 'tasks/cancel' : 'CancelTask', {id: task.id}), -32002);
      assert.equal((await one.checkout('get_checkout')).status, 'canceled');
    });

    test('who activates the UCP extension gets messages only', async () => {
      const field = version === '0.3' ? 'X-A2A-Extensions' : 'A2A-Extensions';
      const uri = 'https://ucp.dev/2026-08-25/specification/reference';
      const {one} = await ready({version, headers: {[field]: `https://example.com/other, ${uri}`}}, 'demo-ok-1', 101);
      const answer = await one.post(one.message([{action: 'complete_checkout'}, payment()]));
      assert.equal(answer.headers.get(field), uri, 'what is active is said, what is not known is not');
      assert.equal(one.read(answer.body.result).message.parts[0].data['a2a.ucp.checkout'].status, 'requires_escalation');
      const without = await agent({version}).post(one.message(['hello']));
      assert.equal(without.headers.get(field), null);
    });

    test('free text gets the actions, and the checkout that it may be about', async () => {
      const one = agent({version});
      const hello = await one.send('Do you have hoodies?');
      assert.match(hello.text, /action/);
      const uri = hello.data['b2a.actions_schema'];
      const {actions} = (await call(uri, 'GET', '')).body;
      assert.deepEqual(hello.data['b2a.actions'].map(a => a.name), actions.map(a => a.name));
      assert.equal(hello.data['a2a.ucp.checkout'], undefined);
      const {id} = await one.checkout('add_to_checkout', {variant_id: 'demo-ok-1'});
      assert.equal((await one.send('and now?')).data['a2a.ucp.checkout'].id, id);
      const found = await one.send('Search: hoodie');
      assert.ok(found.data['a2a.ucp.catalog'].products.length > 0);
      const stranger = await agent({version, ucp: null}).send('hello');
      assert.match(stranger.text, /UCP-Agent/, 'a stranger reads how to say who it is');
    });

    test('what is refused says so in the data of the error', async () => {
      const stranger = agent({version, ucp: null});
      const error = await stranger.refused(-32602, {action: 'search_catalog', query: 'hoodie'});
      const said = version === '0.3' ? error.data : error.data[0].metadata;
      assert.equal(said.code, 'invalid_profile_url');
      assert.match(error.message, /UCP-Agent/);
      const wrong = await agent({version, ucp: null, headers: {Authorization: 'Bearer nobody'}}).refused(-32000, {action: 'get_checkout'});
      assert.match(JSON.stringify(wrong), /unauthenticated/);
      const {one} = await ready({version});
      const unpaid = await one.refused(-32602, {action: 'complete_checkout'});
      assert.match(JSON.stringify(unpaid.data), /payment/);
      const declined = await one.checkout('complete_checkout', {}, payment('tok_decline'));
      message(declined, 'payment_failed');
      const last = await one.refused(-32602, {action: 'remove_from_checkout', variant_id: 'demo-ok-1'});
      assert.match(last.message, /at least one item/);
      message(await one.checkout('remove_from_checkout', {variant_id: 'demo-ok-2'}), 'invalid_selection');
      await one.refused(-32602, {action: 'update_checkout'});
      await one.refused(-32602, {action: 'add_to_checkout'});
    });

    test('a conversation of another principal reveals nothing', async () => {
      const {one} = await ready({version});
      const bearer = {ucp: null, headers: {Authorization: 'Bearer sandbox-agent'}};
      const other = agent({version, ...bearer, contextId: one.contextId});
      const nothing = await agent({version, ...bearer, contextId: randomUUID()}).send({action: 'get_checkout'});
      const seen = await other.send({action: 'get_checkout'});
      assert.deepEqual(seen.data, nothing.data, 'it is answered like one that does not exist');
      const {id} = await one.checkout('get_checkout');
      const named = await other.send({action: 'get_checkout', checkout_id: id});
      assert.deepEqual(named.data, nothing.data);
      const started = await other.checkout('add_to_checkout', {variant_id: 'demo-ok-2'});
      assert.notEqual(started.id, id);
      assert.equal((await one.checkout('get_checkout')).id, id, 'and does not get in the way');
      assertError(await other.rpc(version === '0.3' ? 'tasks/get' : 'GetTask', {id: `${id}/${one.contextId}`}), -32001);
    });

    test('an agent with a token needs no profile', async () => {
      const {one} = await ready({version, ucp: null, headers: {Authorization: 'Bearer sandbox-agent'}});
      assert.equal((await one.checkout('complete_checkout', {}, payment())).status, 'completed');
    });
  });
}

describe('errors', () => {
  const post = (body, headers = {}) => call(server.agents, 'POST', '/a2a', body, {'UCP-Agent': null, 'A2A-Version': '1.0', ...headers});
  const rpc = (method, params, headers) => post({jsonrpc: '2.0', id: 'x', method, params}, headers);
  const said = (parts, more = {}) => rpc('SendMessage', {message: {role: 'ROLE_USER', messageId: 'm', parts, ...more}});

  test('what is no request', async () => {
    for (const [body, code] of [['{', -32700], ['', -32700], ['[]', -32600], ['[{"jsonrpc":"2.0","id":1,"method":"SendMessage"}]', -32600], ['7', -32600],
      ['{"jsonrpc":"1.0","id":1,"method":"SendMessage"}', -32600], ['{"jsonrpc":"2.0","method":"SendMessage"}', -32600], ['{"jsonrpc":"2.0","id":null,"method":"SendMessage"}', -32600],
      ['{"jsonrpc":"2.0","id":1}', -32600], ['{"jsonrpc":"2.0","id":1,"result":{}}', -32600], ['{"jsonrpc":"2.0","id":1,"method":"SendMessage","params":[]}', -32600]]) {
      const answer = await post(body);
      assertError(answer, code);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
    }
    const plain = await post('{}', {'Content-Type': 'text/plain'});
    assert.deepEqual([plain.status, plain.body.error.code], [415, -32600]);
    assert.equal((await call(server.agents, 'GET', '/a2a')).status, 405);
  });

  test('versions: each method belongs to one', async () => {
    for (const version of ['2.0', '0.2', '1', 'x', '1.1', '10.0']) assertError(await rpc('GetTask', {id: 'x'}, {'A2A-Version': version}), -32009);
    for (const version of ['1.0', '1.0.1', ' 1.0 ']) assertError(await rpc('GetTask', {id: 'x'}, {'A2A-Version': version}), -32001);
    for (const version of [null, '', '0.3', '0.3.0']) assertError(await rpc('tasks/get', {id: 'x'}, {'A2A-Version': version}), -32001);
    assert.match(assertError(await rpc('message/send', {}), -32601).message, /0\.3/);
    assert.match(assertError(await rpc('SendMessage', {}, {'A2A-Version': null}), -32601).message, /1\.0/);
    assertError(await rpc('Teleport', {}), -32601);
    const {error} = (await rpc('GetTask', {id: 'x'})).body;
    assert.deepEqual([error.data[0]['@type'], error.data[0].reason, error.data[0].domain], ['type.googleapis.com/google.rpc.ErrorInfo', 'TASK_NOT_FOUND', 'a2a-protocol.org']);
  });

  test('what is not offered has its number', async () => {
    const old = {'A2A-Version': null};
    for (const method of ['SendStreamingMessage', 'SubscribeToTask']) assertError(await rpc(method, {}), -32004);
    for (const method of ['message/stream', 'tasks/resubscribe']) assertError(await rpc(method, {}, old), -32004);
    for (const method of ['Create', 'Get', 'Delete']) assertError(await rpc(`${method}TaskPushNotificationConfig`, {}), -32003);
    assertError(await rpc('ListTaskPushNotificationConfigs', {}), -32003);
    for (const method of ['set', 'get', 'list', 'delete']) assertError(await rpc(`tasks/pushNotificationConfig/${method}`, {}, old), -32003);
    assertError(await rpc('GetExtendedAgentCard', {}), -32007);
    assertError(await rpc('agent/getAuthenticatedExtendedCard', {}, old), -32007);
    assertError(await rpc('SendMessage', {message: {role: 'ROLE_USER', messageId: 'm', parts: [{text: 'x'}]}, configuration: {taskPushNotificationConfig: {url: 'https://example.com'}}}), -32003);
  });

  test('parameters that are wrong are named', async () => {
    assertError(await rpc('SendMessage', {}), -32602);
    for (const [more, wanted] of [[{role: 'ROLE_AGENT'}, /role/], [{role: undefined}, /role/], [{messageId: ''}, /messageId/], [{messageId: undefined}, /messageId/], [{messageId: 'ä'}, /messageId/], [{messageId: 'x'.repeat(256)}, /messageId/],
      [{contextId: 7}, /contextId/], [{contextId: 'x'.repeat(256)}, /contextId/], [{parts: []}, /parts/], [{parts: undefined}, /parts/], [{parts: [7]}, /parts/], [{parts: [{}]}, /part/], [{parts: [{text: 7}]}, /text/], [{parts: [{data: 7}]}, /data/],
      [{parts: Array(65).fill({text: 'x'})}, /parts/], [{parts: [{data: {action: 'get_checkout'}}, {data: {action: 'get_checkout'}}]}, /one action/], [{parts: [{data: {action: 'teleport'}}]}, /unknown action/], [{parts: [{data: {action: 7}}]}, /unknown action/]])
      assert.match(assertError(await said([{text: 'x'}], more), -32602).message, wanted, JSON.stringify(more).slice(0, 80));
    for (const part of [{file: {uri: 'https://example.com/x'}}, {raw: 'AAAA'}, {url: 'https://example.com/x'}]) assertError(await said([part]), -32005);
    for (const taskId of ['x', '/x', 'x/']) assertError(await said([{data: {action: 'get_checkout'}}], {taskId}), -32001);
  });

  test('tasks that are not there', async () => {
    const one = agent();
    for (const id of ['x', 'chk_00000000000000000000000000/x', 7, undefined]) {
      assertError(await one.rpc('GetTask', {id}), -32001);
      assertError(await one.rpc('CancelTask', {id}), -32001);
    }
    const about = await one.post({...one.message([{action: 'get_checkout'}]), taskId: 'chk_00000000000000000000000000/x'});
    assertError(about, -32001);
    assertError(await one.rpc('ListTasks', {}), -32004);
    assert.deepEqual((await one.rpc('ListTasks', {contextId: 'none'})).body.result, {tasks: [], nextPageToken: '', pageSize: 0, totalSize: 0});
    const {one: busy, checkout} = await ready();
    const {tasks, totalSize} = (await busy.rpc('ListTasks', {contextId: busy.contextId})).body.result;
    assert.deepEqual([totalSize, tasks[0].id], [1, `${checkout.id}/${busy.contextId}`]);
  });
});

test('parts of senders who write "type", and roles of the other version, are taken', async () => {
  const one = agent({version: '0.3'});
  const answer = await one.post({role: 'ROLE_USER', messageId: randomUUID(), parts: [{type: 'data', data: {action: 'add_to_checkout', product_id: 'demo-ok-1'}}, {type: 'text', text: 'please'}]});
  assert.equal(one.read(answer.body.result).data['a2a.ucp.checkout'].line_items.length, 1);
});

test('a product in several variants has to be chosen', async () => {
  const one = agent();
  const {'a2a.ucp.checkout': answer} = (await one.send({action: 'add_to_checkout', product_id: 'nl-fjord-hoodie'})).data;
  assert.match(message(answer, 'invalid_selection').content, /nl-fjord-hoodie-moss-m/);
  const {id} = await one.checkout('add_to_checkout', {variant_id: 'nl-fjord-hoodie-moss-m'});
  const still = await one.checkout('add_to_checkout', {product_id: 'nl-fjord-hoodie'});
  message(still, 'invalid_selection');
  assert.deepEqual([still.id, still.line_items.length], [id, 1]);
});

test('a checkout begun here is continued over UCP, and the other way round', async () => {
  const bearer = {Authorization: 'Bearer sandbox-agent'};
  const {one, checkout} = await ready({headers: bearer});
  const shop = new Shop(server, {version: '2026-08-25', headers: bearer});
  assert.equal((await shop.get(checkout.id)).body.id, checkout.id);
  const {body} = await shop.create({line_items: lines(['demo-ok-2']), buyer});
  const taken = await one.checkout('add_to_checkout', {variant_id: 'demo-ok-1', checkout_id: body.id});
  assert.deepEqual([taken.id, taken.line_items.length], [body.id, 2]);
  assert.equal((await one.checkout('get_checkout')).id, checkout.id, 'the conversation goes on about its own');
});

test('a stop of a2a stops purchases here and nowhere else, and the log names the protocol', async () => {
  const {one} = await ready();
  const entry = auditEntries(server.data).findLast(e => e.type === 'checkout.updated');
  assert.equal(entry.protocol, 'a2a', JSON.stringify(entry));
  const stop = await operator(server, '/admin/v1/stops', {scope: {protocol: 'a2a'}, reason: 'Closed for a test.', lasts: '1h'});
  assert.equal(stop.status, 201, stop.text);
  const error = await one.refused(-32000, {action: 'complete_checkout'}, payment());
  assert.match(JSON.stringify(error.data), /stopped_by_brand/);
  const shop = new Shop(server, {version: '2026-08-25'});
  assert.equal((await shop.create({line_items: lines(['demo-ok-1']), buyer})).status, 201);
  assert.equal((await call(server.operators, 'DELETE', `/admin/v1/stops/${stop.body.id}`, undefined, {Authorization: 'Bearer sandbox-admin'})).status, 200);
  assert.equal((await one.checkout('complete_checkout', {}, payment())).status, 'completed');
});

test('messages fit UCP\'s envelope', {skip: sharedMissing}, async () => {
  assert.ok(hasShared);
  const schemas = published('2026-08-25');
  const one = agent({version: '0.3', contextId: randomUUID()});
  const request = {jsonrpc: '2.0', id: 1, method: 'message/send', params: {message: one.message([{action: 'search_catalog', query: 'hoodie'}])}};
  const answer = await call(server.agents, 'POST', '/a2a', request, one.headers);
  for (const [name, body] of [['message_request', request], ['message_response', answer.body]]) {
    const errors = schemas.errors(schemas.id('transports/a2a_message.json') + `#/$defs/${name}`, body);
    assert.ok(!errors, `${name}: ${JSON.stringify(errors)}`);
  }
});
