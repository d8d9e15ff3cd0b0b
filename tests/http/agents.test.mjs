// SPDX-License-Identifier: Apache-2.0
// The register of agents: from the command line beside a running server, and over the operators' API.
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {auditEntries, b2a, call, eventually, operator, startServer, temporaryDirectory} from '../support/server.mjs';
import {generateKey, signedHeaders, webBotAuth} from '../support/signing.mjs';
import {Shop, order} from '../support/ucp.mjs';

let data;
let server;
let platform;
before(async () => {
  data = temporaryDirectory();
  server = await startServer({data});
  platform = await startPlatform();
});
after(async () => {
  await platform.stop();
  await server.stop();
  rmSync(data, {recursive: true, force: true});
});

const agent = (...args) => b2a('agent', args[0], '--data', data, ...args.slice(1));
const parsed = ({code, out, err}) => { assert.equal(code, 0, err); return JSON.parse(out); };
const search = headers => call(server.agents, 'GET', '/b2a/v1/search?q=tote', undefined, {'UCP-Agent': null, ...headers});
const patch = (id, change) => fetch(`${server.operators}/admin/v1/agents/${encodeURIComponent(id)}`,
  {method: 'PATCH', headers: {'Content-Type': 'application/json', Authorization: 'Bearer sandbox-admin'}, body: JSON.stringify(change)});
const entries = type => auditEntries(data).filter(entry => entry.type === type);

describe('the command line', () => {
  test('add shows a token once and keeps its digest', async () => {
    const added = parsed(agent('add', 'household', '--owner', 'Home & Co', '--class', 'shopping', '--json'));
    assert.match(added.token, /^b2a_[A-Za-z0-9_-]{43}$/);
    assert.equal(added.tokens, 1);
    const shown = agent('show', 'household');
    assert.ok(!shown.out.includes(added.token));
    assert.match(shown.out, /household.*owner Home & Co/);
    await eventually(() => search({Authorization: `Bearer ${added.token}`}), answer => answer.status === 200, 10);
    assert.equal((await search({Authorization: 'Bearer b2a_wrong'})).status, 401);
    const [entry] = entries('agent.added');
    assert.equal(entry.subject, 'household');
    assert.equal(entry.action, 'agent.manage');
    assert.ok(!JSON.stringify(entry).includes(added.token));
  });

  test('limits, suspend, resume, list, remove', async () => {
    const limited = parsed(agent('limits', 'household', '--json', '--requests-per-minute', '60', '--quantity-max', '5', '--order-max', '500.00 EUR', '--order-max', '400 USD', '--daily-max', '900.50 EUR'));
    assert.deepEqual(limited.limits, {requests_per_minute: 60, quantity_max: 5, order_total_max: [{amount: 50000, currency: 'EUR'}, {amount: 40000, currency: 'USD'}], daily_total_max: [{amount: 90050, currency: 'EUR'}]});
    assert.equal(parsed(agent('limits', 'household', '--json', '--quantity-max', '7')).limits.requests_per_minute, 60, 'what is not named stays');
    assert.equal(parsed(agent('suspend', 'household', '--json')).suspended, true);
    assert.equal(parsed(agent('resume', 'household', '--json')).suspended, false);
    assert.equal(entries('agent.suspended').length, 1);
    assert.equal(entries('agent.resumed').length, 1);
    assert.match(agent('list').out, /household/);
    const {token} = parsed(agent('add', 'passing', '--json'));
    await eventually(() => search({Authorization: `Bearer ${token}`}), answer => answer.status === 200, 10);
    assert.equal(agent('remove', 'passing').code, 0);
    await eventually(() => search({Authorization: `Bearer ${token}`}), answer => answer.status === 401, 10);
    assert.equal(entries('agent.removed').length, 1);
  });

  test('what makes no sense is refused', () => {
    for (const args of [['add'], ['add', 'operator'], ['add', 'a b'], ['add', 'household'], ['add', '--profile', 'nonsense'], ['add', 'x', '--order-max', '5'],
      ['add', 'x', '--order-max', '5 EUR', '--order-max', '6 EUR'], ['show', 'nobody'], ['suspend', 'nobody'], ['remove', 'nobody']]) {
      const {code, err} = agent(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, /^b2a: /);
    }
    const secret = path.join(data, 'secret.json');
    writeFileSync(secret, JSON.stringify(generateKey('EdDSA').secret));
    assert.match(agent('add', 'leaky', '--key', secret).err, /secret key/);
  });
});

test('a registered profile that signs is registered, and a pinned key is the only one', async () => {
  const [key, other] = [generateKey('ES256'), generateKey('ES256')];
  const profile = platform.profile({keys: [key.jwk, other.jwk]});
  const file = path.join(data, 'key.json');
  writeFileSync(file, JSON.stringify(key.jwk));
  const added = parsed(agent('add', '--profile', profile, '--key', file, '--json'));
  assert.equal(added.id, profile);
  assert.equal(added.token, undefined);
  const shop = new Shop(server, {version: '2026-08-25', agent: profile, key});
  const lastTrust = () => auditEntries(data).filter(entry => entry.type === 'checkout.created' && entry.agent === profile).at(-1)?.trust;
  await eventually(async () => { await shop.create_checkout(order('demo-ok-1')); return lastTrust(); }, trust => trust === 5, 10);
  const pinned = await new Shop(server, {version: '2026-08-25', agent: profile, key: other}).create_checkout(order('demo-ok-1'));
  assert.equal(pinned.status, 401, pinned.text);
});

test('a key of the register needs no profile and no fetch', async () => {
  const key = generateKey('ES384');
  const added = await operator(server, '/admin/v1/agents', {name: 'plain-key', public_keys: [key.jwk]});
  assert.equal(added.status, 201, added.text);
  const url = `${server.agents}/b2a/v1/search?q=tote`;
  const mine = await signedHeaders({method: 'GET', url, headers: {}, key});
  await eventually(() => call(url, 'GET', '', undefined, {'UCP-Agent': null, ...mine}), answer => answer.status === 200, 10);
  const strange = await signedHeaders({method: 'GET', url, headers: {}, key: {...generateKey('ES384'), kid: key.kid, signer: {...generateKey('ES384').signer, id: key.kid}}});
  // Until the server has followed, the key is nobody's and the search anonymous.
  await eventually(() => call(url, 'GET', '', undefined, {'UCP-Agent': null, ...strange}), answer => answer.status === 401, 10);
  assert.equal((await call(url, 'GET', '', undefined, {'UCP-Agent': null, ...mine})).status, 200);
  const bot = generateKey('EdDSA', 'thumbprint');
  assert.equal((await operator(server, '/admin/v1/agents', {name: 'bot', public_keys: [bot.jwk]})).status, 201);
  await new Promise(resolve => setTimeout(resolve, 500));
  assert.equal((await call(url, 'GET', '', undefined, {'UCP-Agent': null, ...await webBotAuth({url, key: bot, agent: 'sig1="https://bot.example"'})})).status, 200);
});

describe('the operators’ API', () => {
  test('asks for its token', async () => {
    assert.equal((await call(server.operators, 'GET', '/admin/v1/agents')).status, 401);
    assert.equal((await call(server.operators, 'POST', '/admin/v1/agents', {name: 'x'})).status, 401);
    assert.equal((await call(server.agents, 'GET', '/admin/v1/agents', undefined, {Authorization: 'Bearer sandbox-admin'})).status, 404);
  });
  test('adds, shows, changes and removes', async () => {
    const profile = 'https://agent.example/profile.json';
    const added = await operator(server, '/admin/v1/agents', {profile, owner: 'Example', class: 'shopping', token: true, limits: {quantity_max: 3}});
    assert.equal(added.status, 201, added.text);
    assert.match(added.body.token, /^b2a_/);
    assert.equal((await operator(server, '/admin/v1/agents', {profile})).status, 409);
    const one = `/admin/v1/agents/${encodeURIComponent(profile)}`;
    const shown = await operator(server, one);
    assert.deepEqual(shown.body, {id: profile, owner: 'Example', class: 'shopping', suspended: false, created: added.body.created, tokens: 1, keys: [], limits: {quantity_max: 3}});
    const changed = await patch(profile, {suspended: true, limits: {requests_per_minute: 10}});
    assert.equal(changed.status, 200);
    assert.deepEqual((await changed.json()).limits, {requests_per_minute: 10});
    assert.ok((await operator(server, '/admin/v1/agents')).body.agents.some(a => a.id === profile && a.suspended));
    const removed = await fetch(server.operators + one, {method: 'DELETE', headers: {Authorization: 'Bearer sandbox-admin'}});
    assert.equal(removed.status, 200);
    assert.equal((await operator(server, one)).status, 404);
  });
  test('says what is wrong', async () => {
    for (const bad of [{}, {name: 'a', profile: 'https://x.example'}, {profile: 'x'}, {name: 'a', public_keys: 7}, {name: 'a', public_keys: [{kty: 'oct', k: 'AA'}]},
      {name: 'a', limits: {quantity_max: -1}}, {name: 'a', limits: {order_total_max: [{amount: 1, currency: 'XYZ'}]}}, {name: 'anonymous'}]) {
      const answer = await operator(server, '/admin/v1/agents', bad);
      assert.equal(answer.status, 400, JSON.stringify(bad) + answer.text);
    }
  });
});
