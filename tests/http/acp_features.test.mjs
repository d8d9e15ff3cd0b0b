// SPDX-License-Identifier: Apache-2.0
// What an ACP session can hold beside its items (discounts, capabilities, consent), what it must never show (attribution,
// other protocols' fields), and how it meets UCP and MCP. Every answer is judged by support/acp.mjs.
import assert from 'node:assert/strict';
import {createHash, randomUUID} from 'node:crypto';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {AcpAgent, accepts, address, assertRefused, assertValid, authenticated, buyer, items, message, order, pay} from '../support/acp.mjs';
import {auditEntries, call, root, sharedMissing, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, order as ucpOrder, pay as ucpPay} from '../support/ucp.mjs';

const bearer = {Authorization: 'Bearer sandbox-agent'};
let directory;
let server;
let agent;
before(async () => {
  directory = temporaryDirectory();
  const config = path.join(directory, 'shop.toml');
  writeFileSync(config, '[brand]\nprivacy_url = "https://shop.test/privacy"\nterms_url = "https://shop.test/terms"\nrefund_url = "https://shop.test/returns"\nshipping_url = "https://shop.test/shipping"\n');
  server = await startServer({args: ['--config', config, '--acp-webhook', 'http://127.0.0.1:9/hook']});
  agent = new AcpAgent(server);
});
after(async () => {
  await server.stop();
  rmSync(directory, {recursive: true, force: true});
});
const total = (body, type) => body.totals.find(t => t.type === type)?.amount ?? 0;

test('the golden session is valid', {skip: sharedMissing}, () => {
  assertValid('CheckoutSession', JSON.parse(readFileSync(path.join(root, 'tests/golden/acp/2026-04-17/session.json'), 'utf8')));
});

test('links and services follow the configuration', async () => {
  const {body} = await agent.create(order());
  assert.deepEqual(body.links.map(l => l.type).sort(), ['privacy_policy', 'return_policy', 'shipping_policy', 'terms_of_use']);
  const discovery = await call(server.agents, 'GET', '/.well-known/acp.json', undefined, {'UCP-Agent': null});
  assertValid('DiscoveryResponse', discovery.body);
  assert.deepEqual(discovery.body.capabilities.services, ['checkout', 'orders', 'carts']);
});

describe('discounts', () => {
  test('codes are replaced, cleared and itemised', async () => {
    const {body} = await agent.create(order(['demo-ok-1', 'demo-ok-2', 'demo-ok-2'], {discounts: {codes: ['save10']}}));
    const [applied] = body.discounts.applied;
    assert.equal(applied.code, 'save10', 'case does not matter and stays as it was sent');
    assert.equal(applied.coupon.percent_off, 10);
    assert.equal(applied.amount, total(body, 'items_discount'));
    assert.equal(applied.allocations.length, 2);
    const shipping = await agent.update(body.id, {discounts: {codes: ['FREESHIP']}});
    assert.deepEqual(shipping.body.discounts.codes, ['FREESHIP']);
    assert.equal(total(shipping.body, 'items_discount'), 0);
    assert.equal(total(shipping.body, 'discount'), total(shipping.body, 'fulfillment'));
    assert.equal(shipping.body.discounts.applied[0].allocations[0].path, '$.totals.fulfillment');
    for (const discounts of [{codes: []}, null]) {
      const cleared = await agent.update(body.id, {discounts});
      assert.deepEqual(cleared.body.discounts, {codes: [], applied: [], rejected: []});
    }
    const older = await agent.update(body.id, {coupons: ['SAVE10']});
    assert.equal(older.body.discounts.applied.length, 1);
  });

  test('rejected codes have one of eight reasons and a warning', async () => {
    const {body} = await agent.create(order(['demo-ok-1'], {discounts: {codes: ['EXPIRED10', 'NOPE', 'SAVE10', 'save10']}}));
    assert.deepEqual(body.discounts.rejected.map(r => [r.code, r.reason]), [
      ['EXPIRED10', 'discount_code_expired'], ['NOPE', 'discount_code_invalid'], ['save10', 'discount_code_already_applied']]);
    for (const {reason} of body.discounts.rejected) assert.equal(message(body, reason).type, 'warning');
    assert.equal(body.status, 'ready_for_payment', 'a code that is refused stops nobody');
  });

  test('the extension is named where it was asked for', async () => {
    const asked = await agent.create(order(['demo-ok-1'], {capabilities: {extensions: ['discount@2026-01-27', 'loyalty']}}));
    assert.deepEqual(asked.body.capabilities.extensions.map(e => e.name), ['discount']);
    assert.deepEqual(asked.body.discounts, {codes: [], applied: [], rejected: []});
    const declared = await agent.create(order(['demo-ok-1'], {capabilities: {extensions: [{name: 'discount'}]}}));
    assert.equal(declared.body.capabilities.extensions.length, 1);
    const without = await agent.create(order(['demo-ok-1'], {capabilities: {}}));
    assert.equal(without.body.capabilities.extensions, undefined);
    assert.equal(without.body.discounts, undefined);
    const used = await agent.create(order(['demo-ok-1'], {capabilities: {}, discounts: {codes: ['SAVE10']}}));
    assert.equal(used.body.discounts.applied.length, 1, 'whoever sends a code hears of it');
  });
});

describe('capabilities', () => {
  test('interventions are what both can, and stay', async () => {
    for (const [supported, both] of [[['3ds'], ['3ds']], [['biometric', '3ds', 'telepathy'], ['3ds']], [['biometric'], []], [[], []]]) {
      const {body} = await agent.create(order(['demo-ok-1'], {capabilities: {interventions: {supported, display_context: 'webview', max_redirects: 2}}}));
      assert.deepEqual(body.capabilities.interventions.supported, both);
      assert.deepEqual(Object.keys(body.capabilities.interventions).sort(), ['enforcement', 'required', 'supported'], 'what only requests have is not repeated');
      for (const later of [await agent.get(body.id), await agent.update(body.id, {}), await agent.complete(body.id, pay())])
        assert.deepEqual(later.body.capabilities, body.capabilities);
    }
  });

  test('handlers say what a payment needs', async () => {
    const {body} = await agent.create(order());
    const [handler] = body.capabilities.payment.handlers;
    assert.deepEqual([handler.id, handler.name, handler.psp], ['sandbox_card', 'dev.acp.tokenized.card', 'sandbox']);
    assert.equal(handler.config.merchant_id, 'merchant_sandbox');
  });

  test('an agent without 3-D Secure is sent to the page', async () => {
    const {body} = await agent.create(order(['demo-ok-1'], {capabilities: {}}));
    const asked = await agent.complete(body.id, pay('tok_3ds'));
    assert.equal(asked.body.status, 'requires_escalation');
    assert.equal(asked.body.authentication_metadata, undefined);
    message(asked.body, 'intervention_required');
    assert.equal((await fetch(asked.body.continue_url)).status, 200);
  });
});

test('consent is offered, given with the purchase, and kept', async () => {
  const {body} = await agent.create(order());
  assert.deepEqual(body.marketing_consent_options.map(o => [o.channel, o.is_subscribed]), [['email', undefined], ['sms', undefined]]);
  assert.equal(body.marketing_consent_options[0].privacy_policy_url, 'https://shop.test/privacy');
  const done = await agent.complete(body.id, pay('tok', {marketing_consents: [{channel: 'email', opted_in: true}, {channel: 'pigeon', opted_in: true}]}));
  assert.equal(done.body.status, 'completed');
  assert.deepEqual(done.body.marketing_consent_options.map(o => o.is_subscribed), [true, undefined]);
  const ucp = await new Shop(server, {version: '2026-08-25', headers: bearer}).get(body.id);
  assert.equal(ucp.body.buyer.consent['dev.ucp.consent.marketing'].segments['dev.ucp.consent.marketing.email'].granted, true);
});

describe('write-only data', () => {
  const secrets = {first: `atp-first-${randomUUID()}`, last: `atp-last-${randomUUID()}`, why: `because-${randomUUID()}`, risk: `device-${randomUUID()}`};
  const attribution = (token, more = {}) => ({provider: 'impact.com', token, publisher_id: 'pub_1', metadata: {campaign: 'summer', rate: 0.15}, ...more});
  const silent = text => { for (const secret of Object.values(secrets)) assert.ok(!text.includes(secret), secret); };

  test('attribution and traces are never shown, logged or proven', async () => {
    const created = await agent.create(order(['demo-ok-1'], {affiliate_attribution: attribution(secrets.first)}));
    const {id} = created.body;
    const answers = [created, await agent.update(id, {buyer}), await agent.get(id)];
    answers.push(await agent.complete(id, pay('tok', {affiliate_attribution: attribution(secrets.last), risk_signals: {device_fingerprint: secrets.risk}})));
    assert.equal(answers.at(-1).body.status, 'completed');
    answers.push(await agent.get(id), await new Shop(server, {headers: bearer}).get(id), await call(server.agents, 'GET', `/checkout/${id}`));
    const other = await agent.create(order());
    answers.push(await agent.cancel(other.body.id, {intent_trace: {reason_code: 'shipping_cost', trace_summary: secrets.why, metadata: {limit: 5}}}), await agent.get(other.body.id));
    for (const answer of answers) silent(answer.text);
    silent(server.stdout + server.stderr);
    silent(JSON.stringify(auditEntries(server.data)));
  });

  test('its structure is judged, its provider is not', async () => {
    for (const [value, code, param] of [
      [{token: 't'}, 'invalid_type', '$.affiliate_attribution.provider'], [{provider: 'p'}, 'invalid_type', '$.affiliate_attribution.token'],
      [attribution('t', {metadata: {nested: {a: 1}}}), 'invalid_type', '$.affiliate_attribution.metadata.nested'],
      [attribution('t', {metadata: {who: 'ada@example.com'}}), 'pii_not_allowed', '$.affiliate_attribution.metadata.who'],
      [attribution('t', {metadata: {phone: '+1 (202) 555-0100'}}), 'pii_not_allowed', '$.affiliate_attribution.metadata.phone']])
      assertRefused(await agent.create(order(['demo-ok-1'], {affiliate_attribution: value})), 400, code, param);
    const strange = await agent.create(order(['demo-ok-1'], {affiliate_attribution: {provider: 'nobody.example', token: 't', invented: true}}));
    assert.equal(strange.status, 201, 'unknown providers and members are fine');
  });

  test('a cancellation succeeds whatever the reason, unless the trace is none', async () => {
    for (const intent_trace of [{reason_code: 'weather'}, {reason_code: 'other', unknown: {a: 1}}, null]) {
      const {body} = await agent.create(order());
      assert.equal((await agent.cancel(body.id, {intent_trace, surprise: 1})).body.status, 'canceled');
    }
    const {body} = await agent.create(order());
    assertRefused(await agent.cancel(body.id, {intent_trace: {reason_code: 'other', metadata: {a: {b: 1}}}}), 400, 'invalid_type', '$.intent_trace.metadata.a');
    assertRefused(await agent.cancel(body.id, {intent_trace: {reason_code: 'other', metadata: {mail: 'ada@example.com'}}}), 400, 'pii_not_allowed');
    assert.equal((await agent.get(body.id)).body.status, 'ready_for_payment');
  });

  test('a session with everything in it leaks nothing of it', async () => {
    const {body} = await agent.create(order(['demo-ok-1', 'demo-digital'], {
      affiliate_attribution: attribution(secrets.first), discounts: {codes: ['SAVE10', 'NOPE']}, locale: 'en-GB', timezone: 'Europe/London',
      metadata: {internal: 'agent-side'}, order_notes: 'Ring twice.', quote_id: 'q-1',
      buyer: {...buyer, phone_number: '+12025550100', customer_id: 'c-1', company: {name: 'Acme'}, loyalty: {tier: 'gold'}, tax_exemption: {certificate_id: 'x', certificate_type: 'resale'}},
      fulfillment_details: {name: 'Ada Lovelace', phone_number: '+12025550100', email: 'ada@example.com', address: {...address, line_two: 'Apt 2', company: 'Acme'}},
    }));
    assert.equal(body.status, 'ready_for_payment', JSON.stringify(body.messages));
    assert.equal(body.locale, 'en-GB');
    for (const param of ['$.order_notes', '$.quote_id']) assert.ok(body.messages.some(m => m.type === 'info' && m.param === param), param);
    const asked = await agent.complete(body.id, pay('tok_3ds', {affiliate_attribution: attribution(secrets.last), marketing_consents: [{channel: 'sms', opted_in: false}]}));
    const done = await agent.complete(body.id, pay('tok_3ds', {authentication_result: authenticated}));
    assert.equal(done.body.status, 'completed');
    for (const {text} of [asked, done]) {
      silent(text);
      for (const word of ['attribution"', '"context"', 'mandate', 'ucp', 'owner', 'AAIBBYNo', '"metadata"']) assert.ok(!text.replaceAll('authentication_metadata', '').includes(word), word);
    }
  });
});

describe('with other protocols', () => {
  test('a session begun in UCP is continued in ACP, and the other way round', async () => {
    const ucp = new Shop(server, {version: '2026-08-25', headers: bearer});
    const begun = await ucp.create(ucpOrder('demo-ok-1', 2, {attribution: {utm_source: 'x'}, context: {eligibility: ['org.example.student'], address_country: 'US'}}));
    const seen = await agent.get(begun.body.id);
    assert.equal(seen.body.status, 'ready_for_payment');
    assert.equal(seen.body.line_items[0].quantity, 2);
    assert.deepEqual(seen.body.capabilities.interventions.supported, ['3ds'], 'nobody said what the agent cannot do');
    const changed = await agent.update(begun.body.id, {line_items: items('demo-ok-1')});
    assert.equal(changed.body.line_items[0].id, seen.body.line_items[0].id);
    assert.equal((await ucp.get(begun.body.id)).body.line_items[0].quantity, 1);
    assert.equal((await agent.complete(begun.body.id, pay())).body.status, 'completed');
    assert.equal((await ucp.get(begun.body.id)).body.status, 'completed');

    const {body} = await agent.create(order(['demo-ok-2'], {discounts: {codes: ['SAVE10']}}));
    const view = await ucp.get(body.id);
    assert.equal(view.body.status, 'ready_for_complete');
    assert.equal(view.body.totals.find(t => t.type === 'total').amount, total(body, 'total'));
    assert.equal((await ucp.complete(body.id, ucpPay())).body.status, 'completed');
    assert.equal((await agent.get(body.id)).body.order.id, (await ucp.get(body.id)).body.order.id);
  });

  test('a token does not read what a platform began', async () => {
    const platform = await new Shop(server).create(ucpOrder('demo-ok-1'));
    assertRefused(await agent.get(platform.body.id), 404, 'not_found');
    assertRefused(await agent.complete(platform.body.id, pay()), 404, 'not_found');
    const {body} = await agent.create(order());
    assert.equal((await new Shop(server).get(body.id)).body.ucp.status, 'error');
    const cart = await new Shop(server, {headers: bearer}).create_cart({line_items: [{item: {id: 'demo-ok-1'}, quantity: 1}]});
    assert.equal((await agent.send('GET', `/carts/${cart.body.id}`)).status, 200);
  });

  test('the log names the protocol, the agent and what was sent', async () => {
    const sent = JSON.stringify(order(), null, 2);
    const {body} = await agent.send('POST', '/checkout_sessions', sent);
    const entry = JSON.stringify(auditEntries(server.data).find(e => JSON.stringify(e).includes(body.id)));
    assert.match(entry, /"acp"/);
    assert.match(entry, /sandbox-agent/);
    assert.ok(entry.includes(createHash('sha256').update(sent).digest('hex')), 'the bytes as they came');
  });
});

describe('tools', () => {
  let tools;
  before(async () => {
    const {body} = await call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: 1, method: 'tools/list'}, {...bearer, 'UCP-Agent': null, Accept: 'application/json, text/event-stream'});
    tools = Object.fromEntries(body.result.tools.map(tool => [tool.name, tool]));
  });
  const names = ['create_checkout_session', 'get_checkout_session', 'update_checkout_session', 'complete_checkout_session', 'cancel_checkout_session'];

  test('there are five, described for who has to fill them in', () => {
    for (const name of names) {
      assert.ok(tools[name], name);
      assert.ok(tools[name].description.length > 20 && tools[name].title, name);
      assert.doesNotMatch(JSON.stringify(tools[name]), /\$ref/);
    }
  });

  test('their schemas take what the release takes, and what we answer', async () => {
    const ajv = new Ajv2020({strict: false});
    addFormats(ajv);
    const shop = new AcpAgent(server, {transport: 'mcp'});
    const valid = {
      create_checkout_session: [order(), {line_items: items('a'), currency: 'usd', capabilities: {}}, order(['a'], {fulfillment_groups: [{id: 'g', item_ids: ['a'], destination_type: 'pickup'}], metadata: {a: 1}})],
      update_checkout_session: [{}, {buyer}, {selected_fulfillment_options: [{type: 'shipping', option_id: 'x', item_ids: ['a']}]}, {discounts: {codes: []}}],
      complete_checkout_session: [pay(), pay('t', {authentication_result: authenticated, marketing_consents: [{channel: 'email', opted_in: true}]})],
    };
    const broken = {
      create_checkout_session: [{}, order([]), {...order(), nonsense: 1}, order(['a'], {buyer: {}})],
      update_checkout_session: [{currency: 'usd'}, {buyer: {email: 7}}, {fulfillment_details: {address: {}}}],
      complete_checkout_session: [{}, {...pay(), buyer: {}}],
    };
    for (const [name, definition] of [['create_checkout_session', 'CheckoutSessionCreateRequest'], ['update_checkout_session', 'CheckoutSessionUpdateRequest'], ['complete_checkout_session', 'CheckoutSessionCompleteRequest']]) {
      const takes = ajv.compile(tools[name].inputSchema.properties.payload);
      for (const body of valid[name]) {
        assert.ok(takes(body), `${name} ${JSON.stringify(body)}: ${JSON.stringify(takes.errors)}`);
        if (!sharedMissing) assert.ok(accepts(definition, body), `${definition} ${JSON.stringify(body)}`);
      }
      for (const body of broken[name]) {
        assert.ok(!takes(body), `${name} takes ${JSON.stringify(body)}`);
        if (!sharedMissing) assert.ok(!accepts(definition, body), `${definition} takes ${JSON.stringify(body)}`);
      }
    }
    const {body} = await shop.create(order());
    for (const name of names) assert.ok(ajv.compile(tools[name].outputSchema)(body), name);
  });

  test('malformed envelopes are told from refusals', async () => {
    const shop = new AcpAgent(server, {transport: 'mcp'});
    const {body} = await shop.create(order());
    for (const [name, args, code, reason] of [
      ['create_checkout_session', {meta: {api_version: undefined}, payload: order()}, -32602, 'missing_api_version'],
      ['create_checkout_session', {}, -32602, 'invalid_envelope'],
      ['update_checkout_session', {payload: {}}, -32602, 'invalid_envelope'],
      ['get_checkout_session', {id: body.id, meta: {api_version: '2020-01-01'}}, -32000, 'unsupported_api_version'],
      ['get_checkout_session', {id: randomUUID()}, -32000, 'not_found'],
      ['complete_checkout_session', {id: body.id, payload: {}}, -32000, 'invalid_request']]) {
      const answer = await shop.tool(name, args);
      assert.deepEqual([answer.rpc.error.code, answer.body.code], [code, reason], JSON.stringify(answer.rpc));
    }
    const stranger = await new AcpAgent(server, {transport: 'mcp', token: 'nobody'}).get(body.id);
    assert.deepEqual([stranger.rpc.error.code, stranger.body.code], [-32000, 'unauthorized']);
  });
});
