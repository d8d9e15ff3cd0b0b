// SPDX-License-Identifier: Apache-2.0
// How an ACP agent hears of the orders it placed: the events, their signature, their second attempt.
import assert from 'node:assert/strict';
import {createHmac, randomUUID, timingSafeEqual} from 'node:crypto';
import {chmodSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {validateEvent} from '../support/acp_published.mjs';
import {startPlatform} from '../support/platform.mjs';
import {b2a, call, eventually, operator, root, sharedMissing, startServer, temporaryDirectory} from '../support/server.mjs';

const golden = path.join(root, 'tests/golden/acp/2026-04-17');
const secret = 'whsec_sandbox';

/** As a receiver does it: the window, then the HMAC over "t.body". */
function verifies({headers, body}, key = secret, now = Date.now() / 1000) {
  const found = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['merchant-signature'] ?? '');
  if (!found || Math.abs(now - Number(found[1])) > 300) return false;
  const mac = createHmac('sha256', key).update(`${found[1]}.`).update(body).digest();
  return timingSafeEqual(mac, Buffer.from(found[2], 'hex'));
}

describe('the renderings that unit tests pin', {skip: sharedMissing}, () => {
  for (const name of ['order_create.json', 'order_update.json'])
    test(`${name} is an event of the published schema`, () => validateEvent(JSON.parse(readFileSync(path.join(golden, name), 'utf8'))));
});

describe('a webhook without a sound secret', () => {
  const folder = temporaryDirectory();
  const file = name => path.join(folder, name);
  const serve = secretFile => {
    writeFileSync(file('b2a.toml'), `[acp]\nwebhook_url = "https://agent.example/hook"\n${secretFile ? `webhook_secret_file = "${secretFile}"\n` : ''}`);
    return b2a('serve', '--init', '--config', file('b2a.toml'), '--data', file('data'), '--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0');
  };
  after(() => rmSync(folder, {recursive: true, force: true}));

  test('does not start a server', () => {
    const none = serve();
    assert.equal(none.code, 2);
    assert.match(none.err, /webhook_secret_file/);
    writeFileSync(file('secret'), 'whsec_of_mine\n', {mode: 0o644});
    chmodSync(file('secret'), 0o644);
    const open = serve(file('secret'));
    assert.equal(open.code, 2);
    assert.match(open.err, /0600/);
    assert.doesNotMatch(open.out + open.err, /whsec_of_mine/);
    chmodSync(file('secret'), 0o600);
    writeFileSync(file('secret'), '\n');
    assert.match(serve(file('secret')).err, /empty/);
    assert.equal(serve(file('nowhere')).code, 2);
  });

  test('is named in the configuration, the secret is not', () => {
    writeFileSync(file('secret'), 'whsec_of_mine\n', {mode: 0o600});
    writeFileSync(file('b2a.toml'), `[acp]\nwebhook_url = "https://agent.example/hook"\nwebhook_secret_file = "${file('secret')}"\n`);
    const printed = b2a('config', 'print', '--config', file('b2a.toml'));
    assert.match(printed.out, /agent\.example/);
    assert.doesNotMatch(printed.out, /whsec_of_mine/);
  });
});

describe('an agent that ordered', () => {
  let server;
  let platform;
  let hook;
  let absent;
  before(async () => {
    platform = await startPlatform();
    hook = platform.hook();
    server = await startServer({args: ['--acp-webhook', hook.url]});
    const probe = await acp('POST', '/checkout_sessions', {});
    if (probe.status === 404) absent = 'ACP checkout sessions are not served by this binary: nobody can place an ACP order';
  });
  after(async () => {
    await server.stop();
    await platform.stop();
  });

  const acp = (method, target, body) => call(server.agents, method, `/acp${target}`, body, {
    'UCP-Agent': null, 'Authorization': 'Bearer sandbox-agent', 'API-Version': '2026-04-17', 'Idempotency-Key': randomUUID(),
  });
  const session = {
    currency: 'usd',
    capabilities: {},
    line_items: [{id: 'demo-ok-1', quantity: 3}, {id: 'demo-ok-2', quantity: 1}],
    buyer: {first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com'},
    fulfillment_details: {name: 'Ada Lovelace', address: {name: 'Ada Lovelace', line_one: '1 Market Street', city: 'San Francisco', state: 'CA', country: 'US', postal_code: '94105'}},
  };
  const payment = {payment_data: {handler_id: 'sandbox_card', instrument: {type: 'card', credential: {type: 'spt', token: 'tok_visa'}}}};
  async function order() {
    const created = await acp('POST', '/checkout_sessions', session);
    assert.equal(created.status, 201, created.text);
    const done = await acp('POST', `/checkout_sessions/${created.body.id}/complete`, payment);
    assert.equal(done.body?.status, 'completed', done.text);
    return done.body;
  }
  const amounts = totals => Object.fromEntries(totals.map(({type, amount}) => [type, amount]));

  test('T17: hears of all that happens to the order, signed', async t => {
    if (absent) return t.skip(absent);
    const {id: checkout, order: {id}, totals} = await order();
    const [created] = await hook.wait(1);
    const lines = created.json.data.line_items.map(line => line.id);
    const ship = body => operator(server, `/admin/v1/orders/${id}/fulfillment`, body);
    assert.equal((await ship({type: 'shipped', line_items: [{id: lines[0], quantity: 2}], carrier: 'Carrier', tracking_number: 'T1', tracking_url: 'https://track.test/T1'})).status, 200);
    assert.equal((await ship({type: 'shipped', tracking_number: 'T2'})).status, 200);
    assert.equal((await ship({type: 'delivered'})).status, 200);
    assert.equal((await operator(server, `/admin/v1/orders/${id}/adjustments`, {type: 'refund', line_items: [{id: lines[1], quantity: -1}], amount: -500, description: 'Broken'})).status, 200);
    const events = await hook.wait(5);
    assert.deepEqual(events.map(e => e.json.type), ['order_create', 'order_update', 'order_update', 'order_update', 'order_update']);
    assert.deepEqual(events.map(e => e.json.data.status), ['created', 'processing', 'shipped', 'completed', 'completed']);
    for (const event of events) {
      assert.equal(event.method, 'POST');
      assert.match(event.headers['content-type'], /^application\/json/);
      assert.ok(verifies(event), JSON.stringify(event.headers));
      assert.ok(!verifies({...event, body: Buffer.concat([event.body, Buffer.from(' ')])}), 'the verifier would notice');
      assert.ok(!verifies(event, 'another'));
      assert.ok(Math.abs(new Date(event.headers.timestamp) - event.at) < 120_000);
      if (!sharedMissing) validateEvent(event.json);
      assert.deepEqual([event.json.data.id, event.json.data.checkout_session_id], [id, checkout]);
      assert.ok(!event.body.includes('ada@example.com'));
    }
    assert.equal(new Set(events.map(e => e.headers['request-id'])).size, 5);
    const last = events[4].json.data;
    assert.deepEqual(last.line_items.map(l => [l.quantity.ordered, l.quantity.current, l.quantity.fulfilled, l.status]), [[3, 3, 3, 'fulfilled'], [1, 0, 0, 'removed']]);
    assert.deepEqual(last.fulfillments.map(f => [f.tracking_number, f.status, f.line_items.reduce((sum, l) => sum + l.quantity, 0)]), [['T1', 'delivered', 2], ['T2', 'delivered', 2]]);
    assert.deepEqual([last.adjustments[0].type, last.adjustments[0].amount, last.adjustments[0].currency], ['refund', 500, 'usd']);
    assert.equal(amounts(last.totals).total, amounts(totals).total, 'the charge stays what it was');
    assert.equal(amounts(last.totals).amount_refunded, 500);
  });

  test('is told again, under the same id with a fresh signature, until it listens', async t => {
    if (absent) return t.skip(absent);
    const before = hook.received.length;
    hook.answer(503, 503);
    await order();
    // The third one comes more than a second after the first: signatures of one second are the same.
    const [first, second, third] = (await hook.wait(before + 3)).slice(before);
    assert.deepEqual([first.status, second.status, third.status], [503, 503, 204]);
    assert.equal(third.headers['request-id'], first.headers['request-id']);
    assert.notEqual(third.headers['merchant-signature'], first.headers['merchant-signature']);
    assert.ok(verifies(third));
    assert.deepEqual(third.json, first.json);
    await eventually(() => operator(server, '/admin/v1/notices?state=pending'), answer => answer.body.notices.length === 0);
    assert.doesNotMatch(server.stderr + server.stdout, /whsec_/);
  });

  test('leaves attribution for the operator alone', async t => {
    if (absent) return t.skip(absent);
    const attribution = {provider: 'partner.example', token: 'click-4711', touchpoint: 'first'};
    const created = await acp('POST', '/checkout_sessions', {...session, affiliate_attribution: attribution});
    assert.equal(created.status, 201, created.text);
    assert.doesNotMatch(created.text, /click-4711/);
    const target = `/admin/v1/checkouts/${created.body.id}/attribution`;
    const shown = await operator(server, target);
    assert.equal(shown.status, 200, shown.text);
    assert.equal(shown.body.touchpoints.first.token, 'click-4711');
    assert.equal((await call(server.operators, 'GET', target)).status, 401);
    assert.equal((await operator(server, '/admin/v1/checkouts/chk_00000000000000000000000000/attribution')).status, 404);
    const exported = await operator(server, '/admin/v1/privacy/export', {email: session.buyer.email});
    assert.ok(exported.body.left_by_agents.some(left => left.checkout_id === created.body.id));
    assert.equal((await operator(server, '/admin/v1/privacy/erase', {email: session.buyer.email})).status, 200);
    assert.equal((await operator(server, target)).status, 404, 'the checkout and what was beside it');
  });
});
