// SPDX-License-Identifier: Apache-2.0
// A small ACP agent: it shops over REST or over MCP, and every answer is judged by the published schemas of 2026-04-17.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {call, hasShared, shared} from './server.mjs';

export const version = '2026-04-17';
const schemas = path.join(shared, 'protocols/acp', version, 'json-schema');

/** Definition → what judges it. References to the other file are turned onto its `$id`. */
const judges = new Map();
function judge(definition) {
  if (judges.size === 0) {
    const ajv = new Ajv2020({strict: false, allErrors: true});
    addFormats(ajv);
    const bundle = JSON.parse(readFileSync(path.join(schemas, 'schema.agentic_checkout.json'), 'utf8'));
    const cart = JSON.parse(readFileSync(path.join(schemas, 'schema.cart.json'), 'utf8').replaceAll('schema.agentic_checkout.json#', `${bundle.$id}#`));
    ajv.addSchema(bundle).addSchema(cart);
    for (const [base, names] of [[bundle.$id, ['CheckoutSession', 'CheckoutSessionWithOrder', 'CheckoutSessionCreateRequest', 'CheckoutSessionUpdateRequest', 'CheckoutSessionCompleteRequest', 'DiscoveryResponse', 'Error']], [cart.$id, ['Cart']]])
      for (const name of names) judges.set(name, ajv.compile({$ref: `${base}#/$defs/${name}`}));
  }
  return judges.get(definition);
}

/** The members that are required, for where the published schemas are not at hand. */
const essentials = {
  CheckoutSession: ['id', 'capabilities', 'status', 'currency', 'line_items', 'fulfillment_options', 'totals', 'messages', 'links'],
  CheckoutSessionWithOrder: ['id', 'capabilities', 'status', 'line_items', 'fulfillment_options', 'totals', 'messages', 'links', 'order'],
  Cart: ['id', 'line_items', 'currency', 'totals'],
  DiscoveryResponse: ['protocol', 'api_base_url', 'transports', 'capabilities'],
  Error: ['type', 'code', 'message'],
};

/** `document` is what the release calls `definition`. */
export function assertValid(definition, document) {
  for (const member of essentials[definition] ?? []) assert.ok(member in (document ?? {}), `${definition} without ${member}: ${JSON.stringify(document)}`);
  if (!hasShared) return;
  const check = judge(definition);
  if (check(document)) return;
  assert.fail(`${definition}: ${JSON.stringify(check.errors.slice(0, 5), null, 1)}\n${JSON.stringify(document).slice(0, 3000)}`);
}
/** What the release accepts as a request. */
export const accepts = (definition, document) => judge(definition)(document);

const amount = (totals, type) => totals.filter(t => t.type === type).reduce((sum, t) => sum + t.amount, 0);
/** What no JSON Schema says: sums, and choices that are on offer. */
function assertSession(session) {
  const {totals} = session;
  assert.equal(amount(totals, 'subtotal'), amount(totals, 'items_base_amount') - amount(totals, 'items_discount'), JSON.stringify(totals));
  assert.equal(amount(totals, 'total'), amount(totals, 'subtotal') - amount(totals, 'discount') + amount(totals, 'fulfillment') + amount(totals, 'tax') + amount(totals, 'fee'), JSON.stringify(totals));
  assert.equal(amount(totals, 'subtotal'), session.line_items.reduce((sum, line) => sum + amount(line.totals, 'total'), 0));
  for (const total of totals) assert.ok(total.amount >= 0, JSON.stringify(total));
  for (const {option_id} of session.selected_fulfillment_options ?? []) assert.ok(session.fulfillment_options.some(o => o.id === option_id), option_id);
  for (const {amount: whole, allocations} of session.discounts?.applied ?? []) assert.equal(allocations.reduce((sum, part) => sum + part.amount, 0), whole);
  if (session.status === 'authentication_required') assert.ok(session.authentication_metadata);
  if (session.status === 'requires_escalation') assert.ok(session.continue_url);
  assert.equal(session.status === 'completed', 'order' in session);
}

export function assertAnswer(target, {status, body, text}) {
  if (status >= 400) return assertValid('Error', body);
  if (/^\/(acp\/)?carts/.test(target)) return assertValid('Cart', body);
  assertValid(body?.status === 'completed' ? 'CheckoutSessionWithOrder' : 'CheckoutSession', body);
  return assertSession(body, text);
}

export class AcpAgent {
  constructor(server, {token = 'sandbox-agent', transport = 'rest', headers = {}} = {}) {
    Object.assign(this, {server, token, transport, headers});
  }

  /** A request as it comes: a header that is null is not sent. The answer is judged. */
  async send(method, target, body, headers = {}) {
    const answer = await call(this.server.agents, method, `/acp${target}`, body, {
      'UCP-Agent': null, Authorization: `Bearer ${this.token}`, 'API-Version': version, ...(method !== 'GET' && {'Idempotency-Key': randomUUID()}), ...this.headers, ...headers,
    });
    assertAnswer(target, answer);
    return answer;
  }

  /** Calls a tool of the MCP binding; the answer looks like one over REST, and `rpc` is the whole message. */
  async tool(name, {id, payload, meta = {}} = {}) {
    const args = {meta: {api_version: version, idempotency_key: randomUUID(), ...meta}, ...(id !== undefined && {id}), ...(payload !== undefined && {payload})};
    const answer = await call(this.server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name, arguments: args}}, {
      'UCP-Agent': null, Authorization: `Bearer ${this.token}`, Accept: 'application/json, text/event-stream',
    });
    const rpc = answer.body;
    const body = rpc.result?.structuredContent ?? rpc.error?.data;
    const judged = {...answer, rpc, body, status: rpc.result ? 200 : 400};
    if (rpc.error?.data || rpc.result) assertAnswer('/checkout_sessions', judged);
    return judged;
  }

  operation(name, path, {id, payload, headers} = {}) {
    if (this.transport === 'mcp') return this.tool(name, {id, payload});
    return this.send(name.startsWith('get_') ? 'GET' : 'POST', path, payload, headers);
  }
  create(payload, headers) { return this.operation('create_checkout_session', '/checkout_sessions', {payload, headers}); }
  get(id) { return this.operation('get_checkout_session', `/checkout_sessions/${id}`, {id}); }
  update(id, payload, headers) { return this.operation('update_checkout_session', `/checkout_sessions/${id}`, {id, payload, headers}); }
  complete(id, payload, headers) { return this.operation('complete_checkout_session', `/checkout_sessions/${id}/complete`, {id, payload, headers}); }
  cancel(id, payload, headers) { return this.operation('cancel_checkout_session', `/checkout_sessions/${id}/cancel`, {id, payload, headers}); }
}

export const address = {name: 'Ada Lovelace', line_one: '1 Market Street', city: 'San Francisco', state: 'CA', country: 'US', postal_code: '94105'};
export const buyer = {first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com'};
/** Items by id, strictly as the release has them: two of one are two items. */
export const items = (...ids) => ids.map(id => ({id}));
/** A session that is ready at once. */
export const order = (ids = ['demo-ok-1'], more = {}) => ({
  line_items: items(...ids), currency: 'usd', capabilities: {interventions: {supported: ['3ds']}, extensions: ['discount']},
  buyer, fulfillment_details: {name: 'Ada Lovelace', address}, ...more,
});
export const pay = (token = 'tok_visa', more = {}) => ({
  payment_data: {handler_id: 'sandbox_card', instrument: {type: 'card', credential: {type: 'spt', token}}}, ...more,
});
export const authenticated = {
  outcome: 'authenticated', outcome_details: {three_ds_cryptogram: 'AAIBBYNoEwAAAACKhAJkdQAAAAA=', electronic_commerce_indicator: '05', transaction_id: '6c6a8f2e', version: '2.2.0'},
};
export function assertRefused(answer, status, code, param) {
  assert.equal(answer.status, status, answer.text.slice(0, 500));
  assert.equal(answer.body.code, code, answer.text.slice(0, 500));
  if (param !== undefined) assert.equal(answer.body.param, param);
}
export function message(body, code) {
  const found = body.messages.find(m => m.code === code);
  assert.ok(found, `no ${code} among ${JSON.stringify(body.messages)}`);
  return found;
}
