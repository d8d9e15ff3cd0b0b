// SPDX-License-Identifier: Apache-2.0
// A small UCP platform: enough of the 2026-04-08 REST binding to shop with, every answer judged by the published schemas.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {call, hasShared, shared} from './server.mjs';

const schemaRoot = path.join(shared, 'protocols/ucp/2026-04-08/schemas');
const id = name => `https://ucp.dev/2026-04-08/schemas/${name}`;

function loadSchemas() {
  const ajv = new Ajv2020({strict: false, allErrors: true});
  addFormats(ajv);
  const visit = directory => {
    for (const entry of readdirSync(directory, {withFileTypes: true})) {
      const file = path.join(directory, entry.name);
      if (entry.isDirectory()) visit(file);
      else if (entry.name.endsWith('.json')) ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')));
    }
  };
  visit(schemaRoot);
  return ajv;
}

let ajv;
function validate(reference, body) {
  if (!hasShared) return;
  ajv ??= loadSchemas();
  const check = ajv.getSchema(reference) ?? ajv.compile({$ref: reference});
  assert.ok(check(body), `${reference}: ${JSON.stringify(check.errors?.slice(0, 5), null, 1)}\n${JSON.stringify(body, null, 1).slice(0, 3000)}`);
}

const isErrorResponse = body => body?.ucp?.status === 'error';

/** Sum, sign and uniqueness rules that the schemas cannot state (UCP checkout, totals). */
export function assertTotals(totals) {
  const of = type => totals.filter(t => t.type === type);
  assert.equal(of('subtotal').length, 1);
  assert.equal(of('total').length, 1);
  const sum = totals.filter(t => t.type !== 'total').reduce((a, t) => a + t.amount, 0);
  assert.equal(sum, of('total')[0].amount, JSON.stringify(totals));
}

export function validateCheckout(body) {
  if (isErrorResponse(body)) return validate(id('shopping/types/error_response.json'), body);
  validate(id('shopping/checkout.json'), body);
  validate(id('shopping/discount.json') + '#/$defs/dev.ucp.shopping.checkout', body);
  validate(id('shopping/fulfillment.json') + '#/$defs/dev.ucp.shopping.checkout', body);
  assertTotals(body.totals);
  for (const instrument of body.payment?.instruments ?? []) assert.equal(instrument.credential, undefined, 'a credential was echoed');
  assert.equal(body.signals, undefined, 'signals were echoed');
}

export function validateProfile(body) { validate(id('discovery/profile.json') + '#/$defs/business_profile', body); }

export class Shop {
  constructor(server, headers = {}) {
    this.base = server.agents + '/ucp/v1';
    this.headers = headers;
  }
  async send(method, target, body, headers = {}) {
    return call(this.base, method, target, body, {...this.headers, ...headers});
  }
  write(method, target, body, key = randomUUID()) { return this.send(method, target, body, {'Idempotency-Key': key}); }

  async search(body) {
    const answer = await this.send('POST', '/catalog/search', body);
    if (answer.status === 200) validate(id('shopping/catalog_search.json') + '#/$defs/search_response', answer.body);
    return answer;
  }
  async lookup(body) {
    const answer = await this.send('POST', '/catalog/lookup', body);
    if (answer.status === 200) validate(id('shopping/catalog_lookup.json') + '#/$defs/lookup_response', answer.body);
    return answer;
  }
  async product(body) {
    const answer = await this.send('POST', '/catalog/product', body);
    if (answer.status === 200)
      validate(isErrorResponse(answer.body) ? id('shopping/types/error_response.json') : id('shopping/catalog_lookup.json') + '#/$defs/get_product_response', answer.body);
    return answer;
  }
  async checkout(method, target, body, key) {
    const answer = method === 'GET' ? await this.send(method, target) : await this.write(method, target, body, key);
    if (answer.status === 200 || answer.status === 201) validateCheckout(answer.body);
    return answer;
  }
  create(body, key) { return this.checkout('POST', '/checkout-sessions', body, key); }
  get(checkout) { return this.checkout('GET', `/checkout-sessions/${checkout}`); }
  update(checkout, body, key) { return this.checkout('PUT', `/checkout-sessions/${checkout}`, body, key); }
  complete(checkout, body, key) { return this.checkout('POST', `/checkout-sessions/${checkout}/complete`, body, key); }
  cancel(checkout, key) { return this.checkout('POST', `/checkout-sessions/${checkout}/cancel`, undefined, key); }
  async order(order) {
    const answer = await this.send('GET', `/orders/${order}`);
    if (answer.status === 200)
      validate(isErrorResponse(answer.body) ? id('shopping/types/error_response.json') : id('shopping/order.json'), answer.body);
    return answer;
  }
}

export const buyer = {first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com'};
export const address = {street_address: '1 Market Street', address_locality: 'San Francisco', address_region: 'CA', postal_code: '94105', address_country: 'US'};
export const shipTo = (destination = address) => ({methods: [{type: 'shipping', destinations: [{id: 'home', ...destination}], selected_destination_id: 'home'}]});
export const order = (variant, quantity = 1, more = {}) => ({
  line_items: [{item: {id: variant}, quantity}], buyer, fulfillment: shipTo(), ...more,
});
export const pay = (token = 'tok_visa') => ({
  payment: {instruments: [{id: 'card_1', handler_id: 'sandbox_card', type: 'card', selected: true, credential: {type: 'token', token}}]},
});
export const total = checkout => checkout.totals.find(t => t.type === 'total').amount;
