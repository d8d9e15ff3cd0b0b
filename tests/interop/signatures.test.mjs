// SPDX-License-Identifier: Apache-2.0
// Requests signed by a library that is not ours: who is verified, who is refused and with what words, who counts as unsigned.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {versions} from '../support/schemas.mjs';
import {claim, startSelling} from '../support/selling.mjs';
import {call} from '../support/server.mjs';
import {contentDigest, generateKey, requiredFields, signedHeaders, verifies} from '../support/signing.mjs';
import {Shop, assertRefused, order, pay} from '../support/ucp.mjs';

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

// A claim is taken from whoever proved who they are, and provisionally from everybody else: that shows which one we are.
const body = order('demo-ok-1', 2, {context: {eligibility: [claim]}});
const isVerified = checkout => checkout.discounts.applied.find(d => d.eligibility === claim).provisional !== true;

/** POSTs `body` to create a checkout with headers that `change` may spoil after they were signed. */
async function post({agent, key, fields, params, name, change = headers => headers, sent, query = '', extra = {}}) {
  const url = `${server.agents}/ucp/v1/checkout-sessions${query}`;
  const text = JSON.stringify(body);
  const headers = {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...extra};
  const signed = await signedHeaders({method: 'POST', url, headers, body: text, key, fields, params, name});
  return call(url, 'POST', '', sent ?? text, change(signed) ?? signed);
}
const standing = (alg, version = '2026-08-25') => {
  const key = generateKey(alg);
  return {key, agent: platform.profile({version, keys: [key.jwk]})};
};

for (const version of versions) {
  for (const alg of ['ES256', 'EdDSA', 'ES384', 'PS512']) {
    test(`${version}: ${alg} over REST and MCP, with a body and without`, async () => {
      const {key, agent} = standing(alg, version);
      for (const transport of ['rest', 'mcp']) {
        const shop = new Shop(server, {version, transport, agent, key});
        const created = await shop.create_checkout(body);
        assert.ok(isVerified(created.body), JSON.stringify(created.body.discounts));
        assert.equal((await shop.get_checkout(created.body.id)).body.id, created.body.id);
        assert.equal((await shop.search_catalog({query: 'tote'})).status, 200);
        const done = await shop.complete_checkout(created.body.id, pay());
        assert.equal(done.body.status, 'completed', JSON.stringify(done.body.messages));
      }
      assert.equal(platform.fetches(agent), 1);
    });
  }
}

test('the query is covered when there is one', async () => {
  const {key, agent} = standing('ES256');
  assert.ok(isVerified((await post({agent, key, query: '?a=1'})).body));
  const url = `${server.agents}/ucp/v1/checkout-sessions?a=1`;
  const without = await post({agent, key, query: '?a=1', fields: requiredFields({url: url.split('?')[0], headers: {'ucp-agent': 1, 'idempotency-key': 1}, body: 'x'})});
  assert.ok(!isVerified(without.body));
});

describe('tampering', () => {
  test('with the body: the digest says so', async () => {
    const {key, agent} = standing('ES256');
    assertRefused(await post({agent, key, sent: JSON.stringify(order('demo-ok-1', 3))}), 400, 'digest_mismatch');
    assertRefused(await post({agent, key, sent: JSON.stringify(body) + ' '}), 400, 'digest_mismatch');
  });
  test('with the body and its digest: the signature says so', async () => {
    const {key, agent} = standing('ES256');
    const sent = JSON.stringify(order('demo-ok-1', 3));
    assertRefused(await post({agent, key, sent, change: h => ({...h, 'content-digest': contentDigest(sent)})}), 401, 'signature_invalid');
  });
  test('with anything that is covered', async () => {
    const {key, agent} = standing('ES256');
    for (const change of [
      h => ({...h, 'idempotency-key': randomUUID()}),
      h => ({...h, 'content-type': 'application/json; charset=utf-8'}),
      h => ({...h, Signature: h.Signature.replace(/[A-Za-z0-9](?=[^=]{20})/, c => (c === 'A' ? 'B' : 'A'))}),
      h => ({...h, 'Signature-Input': h['Signature-Input'].replace(/created=\d+/, 'created=1')}),
      h => ({...h, Signature: 'sig1=:AAAA:'}),
    ]) assertRefused(await post({agent, key, change}), 401, 'signature_invalid');
  });
  test('with the fields themselves', async () => {
    const {key, agent} = standing('ES256');
    for (const change of [
      h => ({...h, Signature: 'nonsense'}),
      h => ({...h, 'Signature-Input': '(('}),
      h => ({...h, Signature: 'sig1="text"'}),
      h => ({...h, 'Signature-Input': 'sig1=("@method" "@method");keyid="x"'}),
    ]) {
      const answer = await post({agent, key, change});
      assert.ok(answer.status === 400 || answer.status === 401, answer.text);
      assert.ok(['signature_invalid', 'signature_missing', 'key_not_found'].includes(answer.body.code), answer.text);
    }
  });
  test('as somebody else: another profile than the one that holds the key', async () => {
    const mine = standing('ES256');
    const theirs = standing('ES256');
    assertRefused(await post({agent: theirs.agent, key: mine.key}), 401, 'key_not_found');
    const stolen = {...mine.key, kid: theirs.key.kid, signer: {...mine.key.signer, id: theirs.key.kid}};
    assertRefused(await post({agent: theirs.agent, key: stolen}), 401, 'signature_invalid');
    assertRefused(await post({agent: mine.agent, key: mine.key, change: h => ({...h, 'ucp-agent': `profile="${theirs.agent}"`})}), 401, 'key_not_found');
  });
  test('a wrong digest of an unsigned request is refused too', async () => {
    const shop = new Shop(server, {version: '2026-08-25', headers: {'Content-Digest': contentDigest('other')}});
    assertRefused(await shop.create_checkout(body), 400, 'digest_mismatch');
  });
});

test('an unknown key is looked for once more: keys rotate', async () => {
  const old = generateKey('ES256');
  const fresh = generateKey('ES256');
  const agent = platform.profile({keys: [old.jwk]}, 'rotating');
  assert.ok(isVerified((await post({agent, key: old})).body));
  platform.profile({keys: [old.jwk, fresh.jwk]}, 'rotating');
  assert.ok(isVerified((await post({agent, key: fresh})).body), 'the platform had rotated');
  assert.equal(platform.fetches(agent), 2);
  for (let i = 0; i < 3; ++i) assertRefused(await post({agent, key: generateKey('ES256')}), 401, 'key_not_found');
  assert.equal(platform.fetches(agent), 2, 'at most once a minute');
});

test('what is not covered counts as unsigned', async () => {
  const {key, agent} = standing('ES256');
  const all = requiredFields({url: server.agents, headers: {'ucp-agent': 1, 'idempotency-key': 1}, body: 'x'});
  assert.ok(isVerified((await post({agent, key, fields: all})).body));
  for (const missing of all) {
    const answer = await post({agent, key, fields: all.filter(field => field !== missing)});
    assert.equal(answer.status, 201, `without ${missing}: ${answer.text.slice(0, 300)}`);
    assert.ok(!isVerified(answer.body), `a signature that does not cover ${missing} proves nothing`);
  }
  assert.ok(!isVerified((await post({agent, key, params: ['created']})).body), 'nor one without a key id');
});

test('a signature for another profile of RFC 9421 (a tag) is not ours to judge', async () => {
  const {key, agent} = standing('ES256');
  const url = `${server.agents}/ucp/v1/checkout-sessions`;
  const text = JSON.stringify(body);
  const headers = await signedHeaders({method: 'POST', url, headers: {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json'}, body: text, key, params: ['created', 'keyid', 'tag'], paramValues: {tag: 'other-purpose'}});
  const answer = await call(url, 'POST', '', text, headers);
  assert.equal(answer.status, 201, answer.text);
  assert.ok(!isVerified(answer.body));
});

test('of several signatures one that verifies is enough', async () => {
  const {key, agent} = standing('ES256');
  const other = generateKey('ES256');
  const url = `${server.agents}/ucp/v1/checkout-sessions`;
  const text = JSON.stringify(body);
  const plain = {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID()};
  const first = await signedHeaders({method: 'POST', url, headers: plain, body: text, key: other, name: 'other'});
  const second = await signedHeaders({method: 'POST', url, headers: plain, body: text, key, name: 'mine'});
  const answer = await call(url, 'POST', '', text, {...second, Signature: `${first.Signature}, ${second.Signature}`, 'Signature-Input': `${first['Signature-Input']}, ${second['Signature-Input']}`});
  assert.equal(answer.status, 201, answer.text);
  assert.ok(isVerified(answer.body));
});

describe('algorithms', () => {
  test('a key that we cannot verify with is said to be so', async () => {
    for (const alg of ['RS256']) {
      const {key, agent} = standing(alg);
      assertRefused(await post({agent, key}), 400, 'algorithm_unsupported');
    }
  });
  test('an unknown key does not spoil its neighbours', async () => {
    const key = generateKey('ES256');
    const agent = platform.profile({keys: [{kid: 'q', kty: 'LATTICE', blob: 'x'}, 7, {kty: 'EC'}, {...generateKey('ES256').jwk, x: 'AAAA'}, {...generateKey('ES256').jwk, use: 'enc'}, key.jwk]});
    assert.ok(isVerified((await post({agent, key})).body));
  });
  test('a key for encryption signs nothing', async () => {
    const key = generateKey('ES256');
    const agent = platform.profile({keys: [{...key.jwk, use: 'enc'}]});
    assertRefused(await post({agent, key}), 401, 'key_not_found');
  });
});

test('over MCP the same words, with their JSON-RPC numbers', async () => {
  const mine = standing('ES256');
  const wrong = new Shop(server, {version: '2026-08-25', transport: 'mcp', agent: mine.agent, key: generateKey('ES256')});
  const unknown = await wrong.create_checkout(body);
  assertRefused(unknown, 401, 'key_not_found');
  assert.equal(unknown.rpc.error.code, -32000);
  const rs256 = standing('RS256');
  const unsupported = await new Shop(server, {version: '2026-08-25', transport: 'mcp', ...rs256}).create_checkout(body);
  assertRefused(unsupported, 400, 'algorithm_unsupported');
  assert.equal(unsupported.rpc.error.code, -32600);
});

test('a signed request that comes again is answered again, and has one effect', async () => {
  const {key, agent} = standing('ES256');
  const url = `${server.agents}/ucp/v1/checkout-sessions`;
  const text = JSON.stringify(body);
  const headers = await signedHeaders({method: 'POST', url, headers: {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID()}, body: text, key});
  const [first, second] = [await call(url, 'POST', '', text, headers), await call(url, 'POST', '', text, headers)];
  assert.equal(second.text, first.text);
});

test('what completes is signed by us, if it is signed', async () => {
  const {key, agent} = standing('ES256');
  const shop = new Shop(server, {version: '2026-08-25', agent, key});
  const {body: created} = await shop.create_checkout(order('demo-ok-1'));
  const done = await shop.complete_checkout(created.id, pay());
  const {keys} = (await call(server.agents, 'GET', '/.well-known/ucp')).body;
  const headers = Object.fromEntries(done.headers);
  assert.equal(headers['content-digest'], contentDigest(done.text));
  assert.ok(await verifies({status: done.status, headers}, keys, ['@status', 'content-digest', 'content-type']));
});
