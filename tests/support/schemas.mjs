// SPDX-License-Identifier: Apache-2.0
// The published UCP schemas as judges: every answer against its version, operation and active extensions, and requests
// as their `ucp_request` annotations resolve them.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {schemaFile} from './platform.mjs';
import {hasShared, shared} from './server.mjs';

export const versions = ['2026-04-08', '2026-08-25'];
const directory = version => path.join(shared, 'protocols/ucp', version, 'schemas');

const [checkout, cart, order, search, lookup] = ['checkout', 'cart', 'order', 'catalog.search', 'catalog.lookup'].map(n => `dev.ucp.shopping.${n}`);
const [locationSearch, locationLookup] = ['search', 'lookup'].map(n => `dev.ucp.common.location.${n}`);

/** Operation → root capability, where its answer is described in that capability's schema, and how it is annotated. */
export const operations = {
  create_checkout: {root: checkout, annotated: 'create', method: 'POST', path: '/checkout-sessions', argument: 'checkout'},
  get_checkout: {root: checkout, method: 'GET', path: '/checkout-sessions/{id}'},
  update_checkout: {root: checkout, annotated: 'update', method: 'PUT', path: '/checkout-sessions/{id}', argument: 'checkout'},
  complete_checkout: {root: checkout, annotated: 'complete', method: 'POST', path: '/checkout-sessions/{id}/complete', argument: 'checkout'},
  cancel_checkout: {root: checkout, method: 'POST', path: '/checkout-sessions/{id}/cancel'},
  create_cart: {root: cart, annotated: 'create', method: 'POST', path: '/carts', argument: 'cart'},
  get_cart: {root: cart, method: 'GET', path: '/carts/{id}'},
  update_cart: {root: cart, annotated: 'update', method: 'PUT', path: '/carts/{id}', argument: 'cart'},
  cancel_cart: {root: cart, method: 'POST', path: '/carts/{id}/cancel'},
  search_catalog: {root: search, annotated: 'read', method: 'POST', path: '/catalog/search', argument: 'catalog', part: 'search'},
  lookup_catalog: {root: lookup, annotated: 'read', method: 'POST', path: '/catalog/lookup', argument: 'catalog', part: 'lookup'},
  get_product: {root: lookup, annotated: 'read', method: 'POST', path: '/catalog/product', argument: 'catalog', part: 'get_product'},
  get_order: {root: order, method: 'GET', path: '/orders/{id}'},
  search_locations: {root: locationSearch, annotated: 'read', method: 'POST', path: '/locations/search', argument: 'location', part: 'search', since: '2026-08-25'},
  lookup_locations: {root: locationLookup, annotated: 'read', method: 'POST', path: '/locations/lookup', argument: 'location', part: 'lookup', since: '2026-08-25'},
};
export const operationsOf = version => Object.keys(operations).filter(name => (operations[name].since ?? '') <= version);
/** Reads have no key and no effect. */
export const isWrite = name => /^(create|update|complete|cancel)_/.test(name);

function files(version) {
  const found = [];
  const visit = folder => {
    for (const entry of readdirSync(folder, {withFileTypes: true})) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(file);
      else if (entry.name.endsWith('.json')) found.push(JSON.parse(readFileSync(file, 'utf8')));
    }
  };
  visit(directory(version));
  return found;
}

/**
 * A schema as it holds for the request of one operation: what is annotated "omit" is neither described nor required,
 * "required" and "optional" say what they say, a transition counts as what it comes from.
 */
export function resolveRequest(schema, operation) {
  if (Array.isArray(schema)) return schema.map(part => resolveRequest(part, operation));
  if (schema === null || typeof schema !== 'object') return schema;
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const dropped = new Set();
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    let rule = property?.ucp_request;
    if (rule === undefined) continue;
    if (typeof rule === 'object' && !rule.transition) rule = rule[operation];
    if (rule?.transition) rule = rule.transition.from;
    if (rule === 'omit') dropped.add(name);
    if (rule === 'required') required.add(name);
    else if (rule !== undefined) required.delete(name);
  }
  const resolved = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'ucp_request' || key === 'ucp_response' || key === 'required') continue;
    const kept = key === 'properties' ? Object.fromEntries(Object.entries(value).filter(([name]) => !dropped.has(name))) : value;
    resolved[key] = resolveRequest(kept, operation);
  }
  if (Array.isArray(schema.required) || required.size > 0) resolved.required = [...required];
  else if (schema.required !== undefined) resolved.required = resolveRequest(schema.required, operation);
  return resolved;
}

class Published {
  constructor(version, operation) {
    this.version = version;
    this.ajv = new Ajv2020({strict: false, allErrors: true});
    addFormats(this.ajv);
    for (const schema of files(version)) {
      // Every pickup place with a name matches both branches of this oneOf: ucp.md 4.2, a defect mended in the next release.
      if (schema.$id.endsWith('/fulfillment_destination.json') && schema.oneOf) {
        schema.anyOf = schema.oneOf;
        delete schema.oneOf;
      }
      this.ajv.addSchema(operation ? resolveRequest(schema, operation) : schema);
    }
  }
  id(name) { return `https://ucp.dev/${this.version}/schemas/${name}`; }
  check(reference) { return this.ajv.getSchema(reference) ?? this.ajv.compile({$ref: reference}); }
  /** Nothing when `body` fits, else the errors. */
  errors(reference, body) {
    const check = this.check(reference);
    return check(body) ? undefined : check.errors;
  }
}

const cache = new Map();
export function published(version, operation = '') {
  const key = `${version} ${operation}`;
  if (!cache.has(key)) cache.set(key, new Published(version, operation));
  return cache.get(key);
}

function mustFit(version, name, body) {
  const schemas = published(version);
  const errors = schemas.errors(schemas.id(name), body);
  assert.ok(!errors, `${version} ${name}: ${JSON.stringify(errors?.slice(0, 5), null, 1)}\n${JSON.stringify(body, null, 1).slice(0, 3000)}`);
}

const isError = body => body?.ucp?.status === 'error';
const typesOf = version => (version < '2026-08-25' ? 'shopping/types' : 'common/types');

/** Where the answers of an operation are described: in its capability, or in an extension of it. */
function answerReference(operation, extension) {
  const {root, part} = operations[operation];
  const response = part && `${part}_response`;
  if (!extension) return schemaFile(root) + (response ? `#/$defs/${response}` : '');
  return `${schemaFile(extension)}#/$defs/${root}` + (response ? `/$defs/${response}` : '');
}

/** Sum, sign and uniqueness rules that the schemas cannot state (UCP checkout, totals). */
export function assertTotals(totals) {
  const of = type => totals.filter(t => t.type === type);
  assert.equal(of('subtotal').length, 1);
  assert.equal(of('total').length, 1);
  const sum = totals.filter(t => t.type !== 'total').reduce((a, t) => a + t.amount, 0);
  assert.equal(sum, of('total')[0].amount, JSON.stringify(totals));
  for (const {lines, amount} of totals)
    if (lines) assert.equal(lines.reduce((a, line) => a + line.amount, 0), amount, 'the parts make the whole');
}

/** What a request may leave behind and an answer never shows. (The handlers' constraints name "credential" as a member.) */
function assertDiscreet({ucp, ...body}) {
  const visit = (value, trail) => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, inner] of Object.entries(value)) {
      assert.ok(key !== 'credential' && key !== 'signals', `${trail}.${key} was echoed`);
      visit(inner, `${trail}.${key}`);
    }
  };
  visit(body, '$');
}

/** The envelope: negotiated version, the operation's capability and its extensions, nothing else. */
function assertEnvelope(version, operation, ucp) {
  assert.equal(ucp.version, version, 'the negotiated version');
  const {root} = operations[operation];
  for (const [name, entries] of Object.entries(ucp.capabilities ?? {})) {
    for (const entry of entries) if (name.startsWith('dev.ucp.')) assert.equal(entry.version, version, `${name} has the version of its answer`);
    if (name !== root && name.startsWith('dev.ucp.') && published(version).ajv.getSchema(published(version).id(schemaFile(name))))
      assert.ok(published(version).ajv.getSchema(published(version).id(schemaFile(name))).schema.$defs?.[root], `${name} extends ${root}`);
  }
}

/** An answer with status 200 or 201 of `operation`, in `version`, fits everything that was published about it. */
export function validateAnswer(version, operation, body) {
  assertDiscreet(body);
  if (!hasShared) return;
  if (isError(body)) {
    mustFit(version, `${typesOf(version)}/error_response.json`, body);
    return;
  }
  assertEnvelope(version, operation, body.ucp);
  mustFit(version, answerReference(operation), body);
  for (const name of Object.keys(body.ucp.capabilities ?? {}))
    if (name !== operations[operation].root && name.startsWith('dev.ucp.')) mustFit(version, answerReference(operation, name), body);
  if (body.totals) assertTotals(body.totals);
}

/** The business profile of a version. */
export function validateProfile(body) {
  const version = body.ucp.version;
  if (hasShared) mustFit(version, version < '2026-08-25' ? 'discovery/profile.json#/$defs/business_profile' : 'profile.json#/$defs/business_schema', body);
  for (const registry of [body.ucp.services, body.ucp.capabilities])
    for (const [name, entries] of Object.entries(registry ?? {}))
      if (name.startsWith('dev.ucp.')) for (const entry of entries) assert.equal(entry.version, version, `${name}: one version a profile`);
}

export function validatePlatformProfile(body) {
  const version = body.ucp.version;
  if (hasShared) mustFit(version, version < '2026-08-25' ? 'discovery/profile.json#/$defs/platform_profile' : 'profile.json#/$defs/platform_schema', body);
}

export function validateOrder(version, body) {
  assertDiscreet(body);
  if (hasShared) mustFit(version, 'shopping/order.json', body);
  assertTotals(body.totals);
}

/** One JSON-RPC answer to a tools/call. The released transport schemas are of 2026-08-25; the shape is older. */
export function validateRpc(body) {
  if (!hasShared) return;
  mustFit('2026-08-25', body.result ? 'transports/mcp_tool_call.json' : 'transports/jsonrpc.json', body);
}

/** All that a request of `operation` must fit: its capability and every extension that a shop of goods has. */
export function requestSchema(version, operation) {
  const {root, part, annotated} = operations[operation];
  const schemas = published(version, annotated);
  const references = [schemaFile(root) + (part ? `#/$defs/${part}_request` : '')];
  if (root === checkout && annotated !== 'complete') references.push('shopping/cart.json#/$defs/checkout');
  for (const extension of ['discount', 'fulfillment', 'buyer_consent']) {
    const name = `shopping/${extension}.json`;
    if (!part && schemas.ajv.getSchema(schemas.id(name)).schema.$defs[root]) references.push(`${name}#/$defs/${root}`);
  }
  return {ajv: schemas.ajv, schema: {allOf: references.map(name => ({$ref: schemas.id(name)}))}};
}
