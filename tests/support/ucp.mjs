// SPDX-License-Identifier: Apache-2.0
// A small UCP platform: it shops in either version, over REST or over MCP, signed or not, and every answer is judged by
// the published schemas (support/schemas.mjs). The operations of UCP are its methods: create_cart, get_order, …
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {isWrite, operations, operationsOf, validateAnswer, validateRpc} from './schemas.mjs';
import {call, sandboxProfile} from './server.mjs';
import {signedHeaders} from './signing.mjs';

export {assertTotals, validateProfile} from './schemas.mjs';

const sound = status => status === 200 || status === 201;

/** Output schemas that a server published, compiled once for each server and version. */
const outputs = new Map();

export class Shop {
  /** `agent` is the URL of the platform's profile; `key` (support/signing.mjs) signs every request. */
  constructor(server, {version = '2026-04-08', transport = 'rest', agent, key, headers = {}} = {}) {
    this.server = server;
    this.version = version;
    this.transport = transport;
    this.agent = agent ?? sandboxProfile(server.agents, version);
    this.key = key;
    this.headers = headers;
    this.base = server.agents + '/ucp/v1';
    this.rpcId = 0;
  }

  /** The headers of a request as this platform sends them. */
  async prepare(method, url, body, headers) {
    const all = {'UCP-Agent': `profile="${this.agent}"`, ...(body !== undefined && {'Content-Type': 'application/json'}), ...this.headers, ...headers};
    if (!this.key) return all;
    const [sent, withheld] = [false, true].map(none => Object.fromEntries(Object.entries(all).filter(([, value]) => (value === null) === none)));
    return {...withheld, ...await signedHeaders({method, url, body, key: this.key, headers: sent})};
  }

  /** A REST request, unjudged. */
  async send(method, target, body, headers = {}) {
    const text = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    return call(this.base, method, target, text, await this.prepare(method, this.base + target, text, headers));
  }
  write(method, target, body, key = randomUUID()) { return this.send(method, target, body, key === null ? {} : {'Idempotency-Key': key}); }

  /** A JSON-RPC request to the MCP endpoint, unjudged. */
  async rpc(method, params, {id = ++this.rpcId, headers = {}} = {}) {
    const url = this.server.agents + '/mcp';
    const text = JSON.stringify({jsonrpc: '2.0', ...(id !== null && {id}), method, ...(params && {params})});
    return call(url, 'POST', '', text, await this.prepare('POST', url, text, {Accept: 'application/json, text/event-stream', 'UCP-Agent': null, ...headers}));
  }
  meta(key) { return {'ucp-agent': {profile: this.agent}, ...(key && {'idempotency-key': key})}; }

  /** Calls a tool; the answer looks like one over REST: {status, headers, body, text} and `rpc`, the whole message. */
  async tool(name, {id, body, key, rpcId, headers} = {}) {
    const args = {meta: this.meta(key), ...(id !== undefined && {id}), ...(body !== undefined && {[operations[name].argument]: body})};
    const answer = await this.rpc('tools/call', {name, arguments: args}, {id: rpcId, headers});
    const rpc = answer.body;
    if (!rpc?.result) return {...answer, rpc, body: rpc?.error?.data ?? rpc};
    assert.equal(answer.status, 200, answer.text);
    validateRpc(rpc);
    const {structuredContent, content} = rpc.result;
    assert.deepEqual(JSON.parse(content[0].text), structuredContent, 'the text block says the same');
    await this.judgeOutput(name, structuredContent);
    return {...answer, rpc, body: structuredContent, text: content[0].text};
  }

  /** The compiled output schemas of the tools that `shop` is offered. */
  static async outputsOf(shop) {
    const known = `${shop.server.agents} ${shop.agent}`;
    if (!outputs.has(known)) {
      const ajv = new Ajv2020({strict: false, allErrors: true});
      addFormats(ajv);
      const {tools} = (await shop.rpc('tools/list', {arguments: {meta: shop.meta()}})).body.result;
      outputs.set(known, Object.fromEntries(tools.map(tool => [tool.name, ajv.compile(tool.outputSchema)])));
    }
    return outputs.get(known);
  }

  async judgeOutput(name, content) {
    // An agent may call what it was not offered: then the schema is the one of an agent that has everything.
    const own = await Shop.outputsOf(this);
    const check = own[name] ?? (await Shop.outputsOf(new Shop(this.server, {version: this.version})))[name];
    assert.ok(check(content), `${name} against its outputSchema: ${JSON.stringify(check.errors?.slice(0, 5), null, 1)}\n${JSON.stringify(content).slice(0, 3000)}`);
  }

  /** One operation over the transport of this shop, judged. `key` null: without an idempotency key. */
  async operation(name, {id, body, key, headers} = {}) {
    const chosen = isWrite(name) && key === undefined ? randomUUID() : key ?? undefined;
    const {method, path} = operations[name];
    const answer = this.transport === 'mcp'
      ? await this.tool(name, {id, body, key: chosen, headers})
      : await this.send(method, path.replace('{id}', () => encodeURIComponent(id)), body, {...(chosen && {'Idempotency-Key': chosen}), ...headers});
    if (sound(answer.status) && answer.body?.ucp) validateAnswer(this.version, name, answer.body);
    return answer;
  }

  // Shorter names, for tests that are about checkouts.
  search(body) { return this.search_catalog(body); }
  lookup(body) { return this.lookup_catalog(body); }
  product(body) { return this.get_product(body); }
  create(body, key) { return this.create_checkout(body, key); }
  get(id) { return this.get_checkout(id); }
  update(id, body, key) { return this.update_checkout(id, body, key); }
  complete(id, body, key) { return this.complete_checkout(id, body, key); }
  cancel(id, key) { return this.cancel_checkout(id, key); }
  order(id) { return this.get_order(id); }

  /** Buys `body` with `token`; answers the completed checkout. */
  async buy(body, token) {
    const created = await this.create_checkout(body);
    assert.equal(created.body.status, 'ready_for_complete', JSON.stringify(created.body.messages ?? created.body));
    const done = await this.complete_checkout(created.body.id, pay(token));
    assert.equal(done.body.status, 'completed', JSON.stringify(done.body.messages ?? done.body));
    return done.body;
  }
}
for (const name of operationsOf('9')) {
  const {argument, path} = operations[name];
  Shop.prototype[name] = path.includes('{id}')
    ? argument
      ? function (id, body, key) { return this.operation(name, {id, body, key}); }
      : function (id, key) { return this.operation(name, {id, key}); }
    : function (body, key) { return this.operation(name, {body, key}); };
}

/** What every UCP transport says when it refuses: a flat {code, content}, over MCP with a JSON-RPC error beside it. */
export function assertRefused(answer, status, code) {
  assert.equal(answer.status, status, answer.text.slice(0, 500));
  assert.equal(answer.body?.code, code, answer.text.slice(0, 500));
  assert.equal(typeof answer.body.content, 'string');
}
/** The message of that code, or a failure that shows what there was. */
export function message(body, code) {
  const found = (body.messages ?? []).find(m => m.code === code);
  assert.ok(found, `no ${code} among ${JSON.stringify(body.messages)}`);
  return found;
}

export const buyer = {first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com'};
export const address = {street_address: '1 Market Street', address_locality: 'San Francisco', address_region: 'CA', postal_code: '94105', address_country: 'US'};
export const shipTo = (destination = address) => ({methods: [{type: 'shipping', destinations: [{id: 'home', ...destination}], selected_destination_id: 'home'}]});
export const lines = (...pairs) => pairs.map(([id, quantity = 1]) => ({item: {id}, quantity}));
export const order = (variant, quantity = 1, more = {}) => ({
  line_items: lines([variant, quantity]), buyer, fulfillment: shipTo(), ...more,
});
export const pay = (token = 'tok_visa') => ({
  payment: {instruments: [{id: 'card_1', handler_id: 'sandbox_card', type: 'card', selected: true, credential: {type: 'token', token}}]},
});
export const amount = (resource, type) => resource.totals.find(t => t.type === type)?.amount;
export const total = resource => amount(resource, 'total');
