// SPDX-License-Identifier: Apache-2.0
// The native operations as MCP tools: what a language model is told, how it may write its arguments, what it is answered.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {render} from '../../proto-schemas/native/tools.mjs';
import {NativeApi} from '../support/native.mjs';
import {auditEntries, call, operator, root} from '../support/server.mjs';
import {startSelling} from '../support/selling.mjs';

let server;
let api;
let tools;
const outputs = {};
before(async () => {
  server = await startSelling();
  api = await NativeApi.of(server);
  tools = (await rpc('tools/list')).result.tools.filter(tool => tool.name.startsWith('shop_'));
  for (const {name, inputSchema, outputSchema} of tools) {
    // An Ajv of its own for each schema: none may lean on another.
    const compile = schema => addFormats(new Ajv2020({strict: true, strictTypes: false, strictRequired: false, allErrors: true})).compile(schema);
    outputs[name] = {input: compile(inputSchema), output: compile(outputSchema)};
  }
});
after(() => server.stop());

let next = 0;
async function rpc(method, params, headers = {}) {
  const {status, body, text} = await call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: ++next, method, ...(params && {params})},
    {'Accept': 'application/json, text/event-stream', 'UCP-Agent': null, 'Authorization': 'Bearer sandbox-agent', ...headers});
  assert.equal(status, 200, text);
  return body;
}

/** What a tool answers, held against its output schema. */
async function use(name, args = {}, headers) {
  const {result} = await rpc('tools/call', {name, arguments: args}, headers);
  assert.ok(!result.isError, result.content[0].text);
  assert.deepEqual(JSON.parse(result.content[0].text), result.structuredContent);
  const {output} = outputs[name];
  assert.ok(output(result.structuredContent), name + JSON.stringify(output.errors?.slice(0, 4)) + result.content[0].text.slice(0, 1000));
  return result.structuredContent;
}
/** What a model reads when a tool refuses. */
async function refused(name, args, headers) {
  const {result} = await rpc('tools/call', {name, arguments: args}, headers);
  assert.equal(result.isError, true, JSON.stringify(result).slice(0, 500));
  assert.equal(result.structuredContent, undefined);
  return JSON.parse(result.content[0].text);
}

const ship_to = {street_address: '1 Main St', address_locality: 'Springfield', address_region: 'IL', postal_code: '62701', address_country: 'US'};

describe('the list', () => {
  test('tools.json is what its generator makes of the OpenAPI document', () => {
    assert.equal(readFileSync(path.join(root, 'proto-schemas/native/v1/tools.json'), 'utf8'), render());
  });

  test('every tool has words, hints and schemas that stand alone', () => {
    assert.equal(tools.length, 19);
    for (const {name, title, description, inputSchema, outputSchema, annotations} of tools) {
      assert.ok(title.length > 3 && description.length > 60, name);
      assert.equal(inputSchema.type, 'object');
      assert.equal(inputSchema.additionalProperties, false, name);
      assert.equal(outputSchema.type, 'object');
      assert.ok(!JSON.stringify(inputSchema).includes('$ref'), `${name}: clients print it as it is`);
      assert.ok(!/"\$ref":"(?!#\/\$defs\/)/.test(JSON.stringify(outputSchema)), `${name}: no reference leads out of it`);
      for (const hint of ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint']) assert.equal(typeof annotations[hint], 'boolean', name);
      assert.equal(annotations.readOnlyHint, !('idempotency_key' in inputSchema.properties), `${name}: a change takes a key`);
      const amounts = JSON.stringify(outputSchema).includes('Minor units');
      if (amounts) assert.match(description, /minor units/, `${name} says what an amount counts`);
    }
  });

  test('every example fits the schema that it stands in', () => {
    let seen = 0;
    const visit = (schema, at) => {
      for (const example of schema.examples ?? []) {
        const check = new Ajv2020({strict: false}).compile(schema);
        assert.ok(check(example), `${at} ${JSON.stringify(example)} ${JSON.stringify(check.errors)}`);
        ++seen;
      }
      for (const [name, part] of Object.entries(schema.properties ?? {})) visit(part, `${at}/${name}`);
      if (schema.items) visit(schema.items, `${at}/items`);
    };
    for (const tool of tools) visit(tool.inputSchema, tool.name);
    assert.ok(seen > 50);
  });
});

describe('buying', () => {
  test('a purchase by tools only, from words to tracking', async () => {
    const found = await use('shop_search', {query: 'demo', available: true, price: {max: 100000, currency: 'USD'}});
    const variant = found.items.flatMap(item => item.matching_variants).find(({id}) => id === 'demo-ok-1');
    const product = await use('shop_get_product', {id: variant.id});
    assert.equal(product.variants[0].id, variant.id);
    const cart = await use('shop_create_cart', {items: [{variant_id: variant.id, quantity: 2}]});
    const fuller = await use('shop_update_cart', {cart_id: cart.id, add: [{variant_id: 'demo-ok-2'}], discount_codes: ['SAVE10']});
    assert.deepEqual(await use('shop_get_cart', {cart_id: cart.id}), fuller);
    const checkout = await use('shop_create_checkout', {cart_id: cart.id, idempotency_key: 'begin-1'});
    assert.equal(checkout.status, 'incomplete');
    assert.ok(checkout.messages.every(message => message.remedy === 'supply_field'));
    const ready = await use('shop_update_checkout', {checkout_id: checkout.id, buyer: {email: 'ada@example.com'}, ship_to});
    assert.equal(ready.status, 'ready_for_complete');
    const [handler] = ready.payment.handlers;
    const pay = {checkout_id: checkout.id, payment: {handler_id: handler.id, token: 'tok_ok'}, idempotency_key: 'pay-1'};
    const done = await use('shop_complete_checkout', pay);
    assert.equal(done.status, 'completed');
    assert.deepEqual(await use('shop_complete_checkout', pay), done, 'a repeated call is the same purchase');
    assert.equal((await operator(server, '/admin/v1/sandbox/ship', {order_id: done.order.id, tracking_number: 'T9'})).status, 200);
    const order = await use('shop_get_order', {order_id: done.order.id});
    assert.equal(order.fulfillment.events.at(-1).tracking_number, 'T9');
    const entry = auditEntries(server.data).find(({subject, type}) => type === 'order.placed' && subject === done.order.id);
    assert.equal(entry.protocol ?? entry.agent?.protocol ?? entry.principal?.protocol, 'mcp');
  });

  test('what a tool answers is what REST answers', async () => {
    const search = {query: 'hoodie', sizes: ['M'], limit: 3};
    assert.deepEqual(await use('shop_search', search), (await api.post('/search', search)).body);
    assert.deepEqual(await use('shop_get_policies'), (await api.get('/policies')).body);
    const {id} = await use('shop_create_checkout', {items: [{variant_id: 'demo-ok-1'}]});
    assert.deepEqual(await use('shop_get_checkout', {checkout_id: id}), (await api.get(`/checkouts/${id}`)).body);
    assert.equal((await use('shop_cancel_checkout', {checkout_id: id})).status, 'canceled');
  });

  test('pickup at a store of the policies', async () => {
    const {pickup: [store]} = await use('shop_get_policies');
    const held = await use('shop_create_checkout', {items: 'demo-ok-1', buyer: {email: 'ada@example.com'}, pickup: store.location_id});
    assert.equal(held.fulfillment.methods[0].selected_destination_id, store.location_id);
    assert.equal(held.status, 'ready_for_complete', JSON.stringify(held.messages));
  });
});

describe('sizes', () => {
  const person = {measurements: {chest: 900, waist: 720, hip: 980}};

  test('what fits is what REST says, and can be bought', async () => {
    const question = {person, garment: 'swimsuit', audience: 'women', sizes_per_product: 1};
    const answer = await use('shop_find_size', question);
    assert.deepEqual(answer, (await api.post('/fit', question)).body);
    assert.ok(answer.items.length >= 3);
    assert.ok(answer.items.every(item => item.verdict === 'fits'));
    const [{matching_variants: [variant]}] = answer.items;
    assert.equal((await use('shop_create_cart', {items: variant.id})).line_items.length, 1);
  });

  test('measurements as texts and names in another case are understood', async () => {
    const sloppy = {person: {measurements: {chest: '900', waist: '720', hip: '980'}}, garment: 'Swimsuit', audience: 'Women'};
    assert.deepEqual(await use('shop_find_size', sloppy), await use('shop_find_size', {person, garment: 'swimsuit', audience: 'women'}));
  });

  test('refusals say where and show what would be right', async () => {
    for (const [args, pointer] of [
      [{garment: 'swimsuit'}, '/person'],
      [{person: {measurements: {nose: 50}}, garment: 'swimsuit'}, '/person/measurements/nose'],
      [{person: {measurements: {chest: 90.5}}, garment: 'swimsuit'}, '/person/measurements/chest'],
    ]) {
      const problem = await refused('shop_find_size', args);
      assert.deepEqual([problem.code, problem.pointer], ['invalid_request', pointer], JSON.stringify(problem));
      assert.deepEqual(problem.example, {measurements: {chest: 900, waist: 720, hip: 980}});
    }
  });

  test('the charts are resources, as REST shows them', async () => {
    const {items: [{evidence}]} = await use('shop_find_size', {person, garment: 'swimsuit', audience: 'women'});
    const uri = `b2a://size-charts/${evidence.size_chart}`;
    const {result} = await rpc('resources/read', {uri});
    assert.deepEqual(JSON.parse(result.contents[0].text), (await api.get(`/size-charts/${evidence.size_chart}`)).body);
  });
});

describe('arguments as models write them', () => {
  const same = (title, name, sloppy, proper) => test(title, async () => {
    const own = /^(id|expires_at|continue_url|provenance_url|earliest|latest)$/;  // of one cart or checkout, or of its moment
    const strip = answer => JSON.parse(JSON.stringify(answer, (key, value) => (own.test(key) ? undefined : value)));
    const {input} = outputs[name];
    assert.ok(input(proper), JSON.stringify(input.errors));
    assert.ok(!input(sloppy), 'the schema itself asks for more');
    assert.deepEqual(strip(await use(name, sloppy)), strip(await use(name, proper)));
  });
  same('numbers and flags as texts', 'shop_search', {query: 'demo', limit: '2', available: 'true'}, {query: 'demo', limit: 2, available: true});
  same('one value for a list', 'shop_search', {query: 'hoodie', sizes: 'M', colors: 'Moss'}, {query: 'hoodie', sizes: ['M'], colors: ['Moss']});
  same('names with commas, in another case', 'shop_search', {query: 'chocolate', avoid: 'Milk, nuts', allergen_mode: 'Report'}, {query: 'chocolate', avoid: ['milk', 'nuts'], allergen_mode: 'report'});
  same('an amount with its currency', 'shop_search', {query: 'demo', price: {max: 'USD 25.00'}}, {query: 'demo', price: {max: 2500, currency: 'USD'}});
  same('JSON in a text', 'shop_create_cart', {items: '[{"variant_id": "demo-ok-1", "quantity": "2"}]'}, {items: [{variant_id: 'demo-ok-1', quantity: 2}]});
  same('an id for an item', 'shop_create_cart', {items: 'demo-ok-1'}, {items: [{variant_id: 'demo-ok-1'}]});
  same('ids for items', 'shop_create_cart', {items: ['demo-ok-1', 'demo-ok-2']}, {items: [{variant_id: 'demo-ok-1'}, {variant_id: 'demo-ok-2'}]});
  same('a number for a text', 'shop_create_checkout', {items: [{variant_id: 'demo-ok-1'}], ship_to: {...ship_to, postal_code: 62701}}, {items: [{variant_id: 'demo-ok-1'}], ship_to});
  same('null for nothing', 'shop_create_cart', {items: [{variant_id: 'demo-ok-1', line_id: null}], discount_codes: null}, {items: [{variant_id: 'demo-ok-1'}]});
});

describe('refusals', () => {
  test('say where, what, and what would be right', async () => {
    for (const [name, args, pointer, words, example] of [
      ['shop_create_cart', {items: [{variant_id: 'demo-ok-1', quantity: 'two'}]}, '/items/0/quantity', /must be an integer/, 2],
      ['shop_create_cart', {items: [{quantity: 2}]}, '/items/0/variant_id', /is required/, 'demo-ok-1'],
      ['shop_create_cart', {products: ['demo-ok-1']}, '/products', /there are: items, discount_codes/],
      ['shop_search', {price: {max: '25.00', currency: 'USD'}}, '/price/max', /must be an integer/, {max: 6000, currency: 'USD'}],
      ['shop_search', {price: {max: 'USD 25.00', currency: 'EUR'}}, '/price/max', /must be an integer/],
      ['shop_search', {avoid: ['love']}, '/avoid', /no allergen/, ['milk', 'nuts']],
      ['shop_get_product', {}, '/id', /required/, 'nl-fjord-hoodie'],
      ['shop_get_cart', {cart_id: ['a', 'b']}, '/cart_id', /required, as one text/],
      ['shop_update_checkout', {checkout_id: 'chk_00000000000000000000000000', ship_to: {city: 'Rome'}}, '/ship_to/city', /there are: first_name/],
      ['shop_complete_checkout', {checkout_id: 'chk_00000000000000000000000000', payment: {handler_id: 'sandbox_card'}}, '/payment/token', /is required/],
    ]) {
      const problem = await refused(name, args);
      assert.deepEqual([problem.code, problem.pointer], ['invalid_request', pointer], JSON.stringify(problem));
      assert.match(problem.detail, words);
      assert.ok(problem.hint);
      if (example !== undefined) assert.deepEqual(problem.example, example);
    }
  });

  test('of things that are not there, and of things that are another agent\'s', async () => {
    const {id} = await use('shop_create_cart', {items: 'demo-ok-1'});
    const other = {'Authorization': null, 'UCP-Agent': `profile="${server.agents}/sandbox/agents/2026-08-25.json"`};
    const foreign = await refused('shop_get_cart', {cart_id: id}, other);
    const never = await refused('shop_get_cart', {cart_id: 'crt_00000000000000000000000000'}, other);
    assert.deepEqual({...foreign, pointer: null}, {...never, pointer: null});
    assert.match(foreign.hint, /belong to the agent that made them/);
    assert.equal((await refused('shop_get_product', {id: 'no-such-thing'})).code, 'not_found');
    assert.equal((await refused('shop_create_checkout', {items: 'demo-oos'})).code, 'out_of_stock');
    const twice = {idempotency_key: 'twice', items: 'demo-ok-1'};
    await use('shop_create_cart', twice);
    assert.equal((await refused('shop_create_cart', {...twice, items: 'demo-ok-2'})).code, 'idempotency_conflict');
  });

  test('by policy are explained by shop_why', async () => {
    const anonymous = await refused('shop_create_cart', {items: 'demo-ok-1'}, {Authorization: null});
    assert.equal(anonymous.reason, 'agent_identity_required');
    assert.ok(anonymous.decision_id && anonymous.hint.includes('shop_why'));
    assert.equal((await refused('shop_why', {decision_id: anonymous.decision_id})).code, 'not_found', 'it was about somebody else');
    const stop = await operator(server, '/admin/v1/stops', {scope: {protocol: 'mcp'}, reason: 'Stocktaking until noon.', lasts: '1h'});
    assert.ok(stop.status < 300, stop.text);
    const stopped = await refused('shop_create_cart', {items: 'demo-ok-1'});
    assert.equal(stopped.code, 'suspended');
    assert.ok((await api.post('/carts', {items: [{variant_id: 'demo-ok-1'}]}, {status: 201})).body.id, 'the native door is another one');
    await call(server.operators, 'DELETE', `/admin/v1/stops/${stop.body.id}`, undefined, {Authorization: 'Bearer sandbox-admin'});
    const why = await use('shop_why', {decision_id: stopped.decision_id});
    assert.deepEqual([why.action, why.outcome], ['cart.create', 'deny']);
  });
});
