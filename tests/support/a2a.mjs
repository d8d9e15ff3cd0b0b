// SPDX-License-Identifier: Apache-2.0
// A small A2A client that speaks both versions by hand, so that tests see the bytes: messages are lists of parts, and a
// part is an action's data or a text.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {call, sandboxProfile} from './server.mjs';

export const versions = ['0.3', '1.0'];

export class Agent {
  /** `ucp` is the version of the profile that it names; null: it names none. */
  constructor(server, {version = '1.0', ucp = '2026-08-25', headers = {}, contextId} = {}) {
    this.server = server;
    this.version = version;
    this.contextId = contextId;
    this.headers = {
      'UCP-Agent': ucp && `profile="${sandboxProfile(server.agents, ucp)}"`,
      ...(version === '1.0' && {'A2A-Version': '1.0'}),
      ...headers,
    };
    this.rpcId = 0;
  }

  get old() { return this.version === '0.3'; }

  /** A JSON-RPC request, unjudged. */
  rpc(method, params, headers = {}) {
    return call(this.server.agents, 'POST', '/a2a', {jsonrpc: '2.0', id: ++this.rpcId, method, ...(params && {params})}, {...this.headers, ...headers});
  }

  part(part) {
    if (typeof part === 'string') return this.old ? {kind: 'text', text: part} : {text: part};
    return this.old ? {kind: 'data', data: part} : {data: part, mediaType: 'application/json'};
  }
  message(parts, more = {}) {
    return {
      ...(this.old && {kind: 'message'}), role: this.old ? 'user' : 'ROLE_USER', messageId: randomUUID(),
      ...(this.contextId && {contextId: this.contextId}), parts: parts.map(part => this.part(part)), ...more,
    };
  }
  /** The answer to a message as it came. */
  post(message, {headers, ...more} = {}) {
    return this.rpc(this.old ? 'message/send' : 'SendMessage', {message, ...more}, headers);
  }

  /** Sends parts; answers {message | task, data, text, result}, whose shape is judged. The conversation goes on. */
  async send(...parts) {
    const answer = await this.post(this.message(parts));
    assert.equal(answer.status, 200, answer.text);
    assert.ok(answer.body.result, answer.text);
    assert.equal(answer.body.id, this.rpcId);
    return this.read(answer.body.result);
  }
  read(result) {
    const message = this.old ? (result.kind === 'message' ? result : undefined) : result.message;
    const task = this.old ? (result.kind === 'task' ? result : undefined) : result.task;
    assert.ok(Boolean(message) !== Boolean(task), JSON.stringify(result));
    if (message) assert.equal(message.role, this.old ? 'agent' : 'ROLE_AGENT');
    const context = (message ?? task).contextId;
    if (this.contextId) assert.equal(context, this.contextId);
    this.contextId = context;
    const parts = message?.parts ?? task.artifacts[0].parts;
    for (const part of parts) assert.equal(part.kind, this.old ? ('data' in part ? 'data' : 'text') : undefined);
    return {result, message, task, data: parts.find(part => part.data)?.data, text: parts.find(part => part.text)?.text};
  }

  /** One action about the checkout; answers the checkout. */
  async checkout(action, input = {}, ...parts) { return (await this.send({action, ...input}, ...parts)).data['a2a.ucp.checkout']; }
  /** What a JSON-RPC error says. */
  async refused(code, ...parts) { return assertError(await this.post(this.message(parts)), code); }
}

/** Errors of JSON-RPC travel with HTTP 200. */
export function assertError(answer, code) {
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.body?.error?.code, code, answer.text);
  assert.equal(typeof answer.body.error.message, 'string');
  return answer.body.error;
}

export const payment = (token = 'tok_visa') => ({
  'a2a.ucp.checkout.payment': {instruments: [{id: 'card_1', handler_id: 'sandbox_card', type: 'card', selected: true, credential: {type: 'token', token}}]},
});
