// SPDX-License-Identifier: Apache-2.0
// The A2A project's own client buys something, speaking 1.0, and speaking 0.3 in its mode for older agents.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory} from '@a2a-js/sdk/client';
import {Role, TaskState} from '@a2a-js/sdk';
import {payment} from '../support/a2a.mjs';
import {call, startServer} from '../support/server.mjs';
import {address, buyer} from '../support/ucp.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** A client that found the agent by its card; `seen` collects the bodies and fields that went over the wire. */
async function connect(mode, seen) {
  const fetchImpl = async (url, options = {}) => {
    let answer = await fetch(url, options);
    if (options.method === 'POST') seen.push({body: JSON.parse(options.body), version: new Headers(options.headers).get('a2a-version')});
    if (mode === 'old' && String(url).endsWith('agent-card.json')) {
      // The card of an agent that only knows 0.3: without what 1.0 looks at first.
      const {supportedInterfaces, ...old} = await answer.json();
      answer = Response.json(old);
    }
    return answer;
  };
  const legacyCompat = {enabled: mode === 'old'};
  const factory = new ClientFactory({
    transports: [new JsonRpcTransportFactory({fetchImpl, legacyCompat})],
    cardResolver: new DefaultAgentCardResolver({fetchImpl, legacyCompat}),
  });
  return factory.createFromUrl(server.agents);
}

for (const [mode, version, method] of [['new', '1.0', 'SendMessage'], ['old', '0.3', 'message/send']]) {
  describe(`speaking ${version}`, () => {
    const seen = [];
    const options = {serviceParameters: {Authorization: 'Bearer sandbox-agent'}};
    let client;
    let contextId = '';
    const data = value => ({content: {$case: 'data', value}, metadata: undefined, filename: '', mediaType: 'application/json'});
    const text = value => ({content: {$case: 'text', value}, metadata: undefined, filename: '', mediaType: 'text/plain'});
    const ask = async (...parts) => {
      const message = {messageId: randomUUID(), contextId, taskId: '', role: Role.ROLE_USER, parts, metadata: undefined, extensions: [], referenceTaskIds: []};
      const answer = await client.sendMessage({tenant: '', message, configuration: undefined, metadata: undefined}, options);
      contextId = answer.contextId;
      return answer;
    };
    const dataOf = parts => parts.find(p => p.content?.$case === 'data').content.value;
    const checkout = async (action, input, ...more) => {
      const answer = await ask(data({action, ...input}), ...more);
      return dataOf(answer.parts ?? answer.artifacts[0].parts)['a2a.ucp.checkout'];
    };

    before(async () => { client = await connect(mode, seen); });

    test('it finds the agent and reads its card', async () => {
      const card = await client.getAgentCard();
      const served = (await call(server.agents, 'GET', '/.well-known/agent-card.json')).body;
      assert.equal(card.name, served.name);
      assert.deepEqual(card.skills.map(s => s.id), served.skills.map(s => s.id));
    });

    test('it asks in words, and learns what to do', async () => {
      const answer = await ask(text('What can you do?'));
      assert.ok(dataOf(answer.parts)['b2a.actions'].length > 5);
    });

    test('it buys', async () => {
      await checkout('add_to_checkout', {product_id: 'demo-ok-1', quantity: 2});
      await checkout('update_checkout', {buyer});
      const ready = await checkout('set_shipping_address', {address});
      assert.equal(ready.status, 'ready_for_complete', JSON.stringify(ready.messages));
      const done = await checkout('complete_checkout', {}, data(payment()));
      assert.equal(done.status, 'completed', JSON.stringify(done.messages));
      assert.match(done.order.id, /^ord_/);
    });

    test('it asks for a task until the payment is decided', async () => {
      contextId = '';
      const {id} = await checkout('add_to_checkout', {product_id: 'demo-ok-2'});
      await checkout('update_checkout', {buyer});
      await checkout('set_shipping_address', {address});
      const task = await ask(data({action: 'complete_checkout'}), data(payment('tok_timeout')));
      assert.equal(task.status.state, TaskState.TASK_STATE_WORKING);
      const settled = await call(server.operators, 'POST', '/admin/v1/sandbox/psp-settle', {checkout_id: id}, {Authorization: 'Bearer sandbox-admin'});
      assert.equal(settled.status, 200, settled.text);
      const later = await client.getTask({tenant: '', id: task.id, historyLength: undefined}, options);
      assert.equal(later.status.state, TaskState.TASK_STATE_COMPLETED);
    });

    test('what goes wrong reaches it as the error it is', async () => {
      await assert.rejects(client.getTask({tenant: '', id: 'none', historyLength: undefined}, options), error => error.name === 'TaskNotFoundError');
      await assert.rejects(client.cancelTask({tenant: '', id: 'none', metadata: undefined}, options), error => error.name === 'TaskNotFoundError');
    });

    test('it really spoke that version', () => {
      assert.ok(seen.some(({body}) => body.method === method));
      for (const {version: said} of seen) assert.equal(said ?? '0.3', version);
    });
  });
}
