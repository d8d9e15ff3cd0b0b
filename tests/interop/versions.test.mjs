// SPDX-License-Identifier: Apache-2.0
// One domain, four views: the same shopping in both versions, over REST and over MCP, ends in the same state.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {versions} from '../support/schemas.mjs';
import {operator} from '../support/server.mjs';
import {claim, startSelling} from '../support/selling.mjs';
import {generateKey} from '../support/signing.mjs';
import {Shop, address, buyer, lines, pay, shipTo} from '../support/ucp.mjs';

let server;
let platform;
before(async () => {
  server = await startSelling();
  platform = await startPlatform();
});
after(async () => {
  await platform.stop();
  await server.stop();
});

/** What differs by version or by run, taken out or said in the newer release's words. */
function normalise(value, key = '') {
  if (Array.isArray(value)) return value.map(part => normalise(part, key));
  if (value === null || typeof value !== 'object') {
    if (typeof value !== 'string') return value;
    if (/^(\d{4}-\d\d-\d\dT)/.test(value)) return '<time>';
    return value.replace(/\b(chk|crt|ord|adj|evt|fe|ntc)_[0-9a-z]{26}\b/g, '$1_…');
  }
  const out = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === 'ucp' || name === 'policies' || name === 'label') continue;
    if (name === 'id' && (key === 'events' || key === 'adjustments')) continue;
    if (name === 'type' && key === 'destinations') continue;
    if (name === 'name' && key === 'destinations') continue;
    if (name === 'address' && key === 'destinations') { Object.assign(out, normalise(part, name)); continue; }
    if (name === 'description' && key === 'options') { out[name] = part.plain ?? part; continue; }
    if (name === 'consent') { out[name] = consents(part); continue; }
    out[name] = normalise(part, name);
  }
  return out;
}
const old = {analytics: 'analytics', preferences: 'preferences', marketing: 'marketing', sale_of_data: 'sale_or_sharing'};
const consents = part => Object.fromEntries(Object.entries(part).map(([name, value]) =>
  [old[name] ? `dev.ucp.consent.${old[name]}` : name, typeof value === 'boolean' ? value : value.granted]).sort());

async function scenario(shop, hook) {
  const newer = shop.version >= '2026-08-25';
  const states = {};
  const keep = (name, answer) => {
    states[name] = {sound: answer.status === 200 || answer.status === 201, body: normalise(answer.body)};
    return answer.body;
  };
  keep('search', await shop.search_catalog({query: 'squall', pagination: {limit: 3}}));
  keep('lookup', await shop.lookup_catalog({ids: ['demo-ok-1', 'nl-fjord-hoodie-moss-m', 'nothing']}));
  keep('product', await shop.get_product({id: 'nl-squall-jacket', selected: [{name: 'color', label: 'Yellow'}], preferences: ['color', 'size']}));
  const cart = keep('cart', await shop.create_cart({line_items: lines(['demo-ok-1', 4], ['demo-ok-2']), buyer, discounts: {codes: ['save10', 'NOPE']}}));
  keep('changed cart', await shop.update_cart(cart.id, {line_items: lines(['demo-ok-1', 2], ['demo-ok-2'], ['demo-digital']), buyer, discounts: {codes: ['FREESHIP']}, attribution: {utm_source: 'x'}}));
  keep('read cart', await shop.get_cart(cart.id));
  const checkout = keep('converted', await shop.create_checkout({cart_id: cart.id, line_items: []}));
  const consent = newer ? {'dev.ucp.consent.marketing': {granted: true, source: 'platform'}, 'dev.ucp.consent.sale_or_sharing': {granted: false, source: 'platform'}} : {marketing: true, sale_of_data: false};
  const content = {
    line_items: checkout.line_items.map(({id, item, quantity}) => ({id, item: {id: item.id}, quantity})), buyer: {...buyer, consent},
    fulfillment: shipTo(), discounts: {codes: ['FREESHIP']}, context: {eligibility: [claim], currency: 'USD'},
  };
  const [tote, mug] = checkout.line_items.map(l => l.id);
  keep('undeliverable', await shop.update_checkout(checkout.id, {...content, fulfillment: shipTo({...address, address_country: 'AQ'})}));
  const ready = keep('ready', await shop.update_checkout(checkout.id, content));
  const group = ready.fulfillment.methods[0].groups[0];
  keep('express', await shop.update_checkout(checkout.id, {...content, fulfillment: {methods: [{...shipTo().methods[0], line_item_ids: [tote, mug], groups: [{id: group.id, selected_option_id: 'express'}]}]}}));
  keep('mixed', await shop.update_checkout(checkout.id, {...content, fulfillment: {methods: [{...shipTo().methods[0], line_item_ids: [tote]}, {type: 'pickup', line_item_ids: [mug], selected_destination_id: 'test-berlin'}]}}));
  keep('declined', await shop.complete_checkout(checkout.id, pay('tok_decline')));
  keep('card', await shop.complete_checkout(checkout.id, {payment: {instruments: [{id: 'c', handler_id: 'sandbox_card', type: 'card', credential: {type: 'pan', number: '4111111111111111'}}]}}));
  const done = keep('completed', await shop.complete_checkout(checkout.id, pay()));
  keep('too late', await shop.update_checkout(checkout.id, content));
  keep('later still', await shop.cancel_checkout(checkout.id));
  const id = done.order.id;
  keep('order', await shop.get_order(id));
  for (const [path, body] of [[`/admin/v1/orders/${id}/fulfillment`, {type: 'shipped', line_items: [{id: tote, quantity: 1}], carrier: 'C', tracking_number: 'T'}], [`/admin/v1/orders/${id}/adjustments`, {type: 'refund', amount: -100, description: 'Late'}]])
    assert.equal((await operator(server, path, body)).status, 200);
  keep('moved order', await shop.get_order(id));
  keep('another cart', await shop.create_cart({line_items: []}));
  keep('dropped', await shop.cancel_checkout((await shop.create_checkout({line_items: lines(['demo-digital']), buyer})).body.id));
  keep('sold out', await shop.create_checkout({line_items: lines(['demo-oos'])}));
  keep('unknown', await shop.get_checkout('chk_00000000000000000000000000'));
  const received = await hook.wait(3);
  states.webhooks = received.map(notice => normalise(notice.json));
  return states;
}

test('four views of one purchase agree', async () => {
  const key = generateKey('ES256');
  const all = {};
  for (const version of versions)
    for (const transport of ['rest', 'mcp']) {
      const hook = platform.hook();
      const agent = platform.profile({version, webhook: hook.url, keys: [key.jwk]});
      all[`${version} ${transport}`] = await scenario(new Shop(server, {version, transport, agent, key}), hook);
    }
  const [first, ...others] = Object.keys(all);
  assert.equal(all[first].completed.body.status, 'completed', JSON.stringify(all[first].completed.body.messages));
  for (const other of others)
    for (const step of Object.keys(all[first])) assert.deepEqual(all[other][step], all[first][step], `${step}: ${other} is not ${first}`);
});
