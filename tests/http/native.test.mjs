// SPDX-License-Identifier: Apache-2.0
// The native API, judged by the OpenAPI document that it serves itself.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {call, operator, startServer} from '../support/server.mjs';

let server;
let openapi;
let ajv;
before(async () => {
  server = await startServer();
  openapi = (await call(server.agents, 'GET', '/b2a/v1/openapi.json')).body;
  ajv = new Ajv2020({strict: false, allErrors: true});
  addFormats(ajv);
  ajv.addSchema(openapi, 'openapi');
});
after(() => server.stop());

const pointer = part => part.replaceAll('~', '~0').replaceAll('/', '~1');

/** GETs or POSTs and holds the answer against the document's schema for that path, method, status and type. */
async function api(target, {template = target.split('?')[0], body, headers, status = 200} = {}) {
  const method = body === undefined ? 'get' : 'post';
  const answer = await call(server.agents, method.toUpperCase(), target, body, headers);
  assert.equal(answer.status, status, answer.text.slice(0, 500));
  const type = answer.headers.get('content-type');
  let responses = openapi.paths[template][method].responses;
  let reference = `openapi#/paths/${pointer(template)}/${method}/responses/${status}`;
  if (responses[status].$ref) reference = 'openapi' + responses[status].$ref;
  const response = reference.startsWith('openapi#/components') ? openapi.components.responses[reference.split('/').at(-1)] : responses[status];
  assert.ok(response.content[type], `${type} is described for ${template} ${status}`);
  const check = ajv.compile({$ref: `${reference}/content/${pointer(type)}/schema`.replace('#/', '#/')});
  assert.ok(check(answer.body), JSON.stringify(check.errors?.slice(0, 4)) + answer.text.slice(0, 1000));
  return answer;
}

test('the descriptor says what there is and where', async () => {
  const {body} = await api('/b2a/v1');
  assert.equal((await call(server.agents, 'GET', '/.well-known/b2a')).text, JSON.stringify(body));
  assert.equal(openapi.openapi.slice(0, 3), '3.1');
  assert.equal(openapi.servers[0].url, server.agents);
});

test('every answer of search fits, by GET and by POST, and they agree', async () => {
  const get = await api('/b2a/v1/search?q=hoodie&size=M&color=Moss&limit=5');
  const post = await api('/b2a/v1/search', {body: {query: 'hoodie', sizes: ['M'], colors: ['Moss'], limit: 5}});
  assert.equal(get.text, post.text);
  assert.equal(get.body.items[0].product.id, 'nl-fjord-hoodie', 'the title weighs more than a mention');
});

test('filters: category, typed attribute, price, availability', async () => {
  const ids = async query => (await api('/b2a/v1/search?limit=100&' + query)).body.items.map(i => i.product.id);
  assert.ok((await ids('category=Shoes')).every(i => /boots|sneakers|espadrilles|sandals|pumps/.test(i)));
  assert.deepEqual(await ids('attr.waterproof=true&attr.climate=Cold'), ['nl-drift-parka']);
  assert.ok((await ids('q=demo&available=true')).every(i => i !== 'demo-oos'));
  assert.ok((await ids('q=demo')).includes('demo-oos'));
  const cheap = await api('/b2a/v1/search?limit=100&price_max=2500&currency=USD');
  for (const item of cheap.body.items)
    for (const variant of item.matching_variants) assert.ok(variant.price.amount <= 2500);
});

test('allergens are three-valued and unknown is never safe', async () => {
  const strict = await api('/b2a/v1/search?q=chocolate&avoid=milk');
  assert.deepEqual(strict.body.items.map(i => i.product.id), ['cv-espresso-beans'], 'dark chocolate may contain milk, gianduja does');
  const report = await api('/b2a/v1/search?q=chocolate&avoid=milk,gluten&allergen_mode=report');
  const verdicts = Object.fromEntries(report.body.items.map(i => [i.product.id, i.allergens.map(a => `${a.allergen}:${a.status}`)]));
  assert.deepEqual(verdicts['cv-dark-chocolate'], ['milk:may_contain', 'gluten:free_from']);
  assert.deepEqual(verdicts['cv-gianduja'], ['milk:contains', 'gluten:may_contain']);
  const tote = await api('/b2a/v1/search?q=tote&avoid=milk&allergen_mode=report');
  assert.equal(tote.body.items[0].allergens[0].status, 'unknown');
});

test('pages visit everything once', async () => {
  const seen = [];
  let cursor = '';
  do {
    const {body} = await api('/b2a/v1/search?limit=7' + (cursor && `&cursor=${cursor}`));
    seen.push(...body.items.map(i => i.product.id));
    cursor = body.next_cursor ?? '';
  } while (cursor);
  assert.equal(seen.length, 123);
  assert.equal(new Set(seen).size, 123);
});

test('products and variants in JSON and JSON-LD, with entity tags', async () => {
  for (const [target, template] of [['/b2a/v1/products/cv-pesto-basil', '/b2a/v1/products/{id}'], ['/b2a/v1/variants/nl-fjord-hoodie-moss-m', '/b2a/v1/variants/{id}']]) {
    const json = await api(target, {template});
    const ld = await api(target, {template, headers: {Accept: 'application/ld+json'}});
    assert.match(JSON.stringify(ld.body['@context']), /schema\.org/);
    assert.notEqual(json.headers.get('etag'), ld.headers.get('etag'));
    const again = await call(server.agents, 'GET', target, undefined, {'If-None-Match': json.headers.get('etag')});
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
  }
});

test('an entity tag changes when the shelf is empty', async () => {
  const before = await api('/b2a/v1/products/demo-last', {template: '/b2a/v1/products/{id}'});
  assert.equal((await operator(server, '/admin/v1/sandbox/restock', {variant_id: 'demo-last', quantity: 0})).status, 200);
  const empty = await api('/b2a/v1/products/demo-last', {template: '/b2a/v1/products/{id}'});
  assert.equal(empty.body.variants[0].availability, 'out_of_stock');
  assert.notEqual(empty.headers.get('etag'), before.headers.get('etag'));
});

test('errors are problem documents with stable codes', async () => {
  const unknown = await api('/b2a/v1/products/nothing', {template: '/b2a/v1/products/{id}', status: 404});
  assert.equal(unknown.body.code, 'not_found');
  for (const target of ['/b2a/v1/search?surprise=1', '/b2a/v1/search?limit=x', '/b2a/v1/search?avoid=love', '/b2a/v1/search?cursor=AAAA', '/b2a/v1/search?price_max=-1&currency=USD']) {
    const answer = await call(server.agents, 'GET', target);
    assert.ok(answer.status === 400 || answer.status === 422, target + answer.status);
    assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    assert.ok(answer.body.pointer !== undefined || answer.body.detail, answer.text);
  }
});

test('illustrations are SVG and escape what they show', async () => {
  const {status, headers, text} = await call(server.agents, 'GET', '/media/nl-fjord-hoodie.svg');
  assert.equal(status, 200);
  assert.equal(headers.get('content-type'), 'image/svg+xml');
  assert.match(text, /^<svg[\s\S]*Fjord Hoodie[\s\S]*<\/svg>\s*$/);
});
