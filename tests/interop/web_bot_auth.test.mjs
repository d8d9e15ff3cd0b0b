// SPDX-License-Identifier: Apache-2.0
// Web Bot Auth by libraries that are not ours: what is correct is recognised, in every form of Signature-Agent, and what
// is signed over a wrong base is not. Who was recognised stands in the request log.
import assert from 'node:assert/strict';
import {webcrypto as crypto} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import * as messageSig from 'http-message-sig';
import {signatureHeaders} from 'web-bot-auth';
import {signerFromJWK} from 'web-bot-auth/crypto';
import {startPlatform} from '../support/platform.mjs';
import {call, eventually, startServer} from '../support/server.mjs';
import {contentDigest, generateKey, verifies, webBotAuth} from '../support/signing.mjs';

let server;
let platform;
const key = generateKey('EdDSA', 'thumbprint');
before(async () => {
  server = await startServer();
  platform = await startPlatform();
  platform.keys([key.jwk]);
});
after(async () => {
  await platform.stop();
  await server.stop();
});

let number = 0;
/** A URL that the request log tells apart. */
const fresh = () => `${server.agents}/b2a/v1/products/none-${++number}`;
const ask = (url, headers) => call(url, 'GET', '', undefined, {'UCP-Agent': null, ...headers});

const searches = () => server.stderr.split('\n').filter(line => line.includes('"/b2a/v1/search"') && line.endsWith('}'));
/** Searches, signed; who that was, says the log, which is written a little later. */
async function recognised(headersFor) {
  const before = searches().length;
  const url = `${server.agents}/b2a/v1/search?q=tote&limit=${1 + (++number % 50)}`;
  const answer = await ask(url, await headersFor(url));
  assert.equal(answer.status, 200, answer.text);
  return JSON.parse((await eventually(async () => searches(), lines => lines.length > before)).at(-1)).agent;
}

describe('http-message-signatures', () => {
  test('the dictionary, its type, a URL with a path, the bare string', async () => {
    const set = platform.keys([key.jwk], '/sets/one.json');
    for (const [agent, member, expected] of [
      [`sig1="${platform.origin}"`, 'sig1', platform.origin],
      [`other="${platform.origin}"`, 'other', platform.origin],
      [`sig1="${set}";type=jwks_uri`, 'sig1', set],
      [`sig1="${set}"`, 'sig1', set],
      [`"${platform.origin}"`, null, platform.origin],
    ]) assert.equal(await recognised(url => webBotAuth({url, key, agent, member})), expected, agent);
  });
  test('all algorithms that a directory may list', async () => {
    for (const alg of ['EdDSA', 'ES256', 'ES384', 'PS512']) {
      const own = generateKey(alg, 'thumbprint');
      const place = platform.keys([own.jwk], `/sets/${alg}.json`);
      assert.equal(await recognised(url => webBotAuth({url, key: own, agent: `sig1="${place}"`, alg: true})), place, alg);
    }
  });
  test('a key that rotated is looked for once more', async () => {
    const [old, next] = [generateKey('EdDSA', 'thumbprint'), generateKey('EdDSA', 'thumbprint')];
    const place = platform.keys([old.jwk], '/sets/rotating.json');
    assert.equal(await recognised(url => webBotAuth({url, key: old, agent: `sig1="${place}"`})), place);
    platform.keys([next.jwk], '/sets/rotating.json');
    assert.equal(await recognised(url => webBotAuth({url, key: next, agent: `sig1="${place}"`})), place);
    const url = fresh();
    assert.equal((await ask(url, await webBotAuth({url, key: old, agent: `sig1="${place}"`}))).status, 401, 'a key that is not listed any more');
    assert.equal(platform.fetches(place), 2, 'at most once a minute');
  });
  test('keys that cannot be had decide nothing', async () => {
    assert.equal(await recognised(url => webBotAuth({url, key, agent: `sig1="${platform.origin}/nowhere.json"`})), 'anonymous');
    assert.equal(await recognised(url => webBotAuth({url, key})), 'anonymous');
  });
});

test('http-message-sig signs the dictionary', async () => {
  const signer = messageSig.webcrypto.signer(await crypto.subtle.importKey('jwk', {...key.secret, alg: undefined, use: undefined}, {name: 'Ed25519'}, false, ['sign']));
  const agent = await recognised(async url => {
    const now = Math.floor(Date.now() / 1000);
    const request = new Request(url, {headers: {'Signature-Agent': `sig1="${platform.origin}"`}});
    const fields = await messageSig.createSignature(request, {
      label: 'sig1', components: ['@authority', messageSig.component('signature-agent', {key: 'sig1'})],
      parameters: {created: now, expires: now + 60, keyid: key.kid, alg: signer.algorithm, tag: 'web-bot-auth'}, signer});
    return Object.fromEntries(messageSig.appendSignature(request.headers, fields));
  });
  assert.equal(agent, platform.origin);
});

describe('web-bot-auth', () => {
  const sign = async (url, agent, more) => {
    const request = new Request(url, {headers: {'Signature-Agent': agent}});
    const signed = await signatureHeaders(request, await signerFromJWK(key.secret), {created: new Date(), expires: new Date(Date.now() + 60_000), ...more});
    return {'Signature-Agent': agent, ...signed};
  };
  test('signs a dictionary as a whole, which verifies', async () => {
    assert.equal(await recognised(url => sign(url, `sig1="${platform.origin}"`)), platform.origin);
  });
  test('signs the bare string, which verifies', async () => {
    assert.equal(await recognised(url => sign(url, `"${platform.origin}"`)), platform.origin);
  });
  test('signs a wrong base over a member of the dictionary (0.1.3), which does not', async () => {
    const url = fresh();
    assert.equal((await ask(url, await sign(url, `sig1="${platform.origin}"`, {components: ['@authority', {name: 'signature-agent', parameters: new Map([['key', 'sig1']])}]}))).status, 401);
  });
});

test('our own keys are published, and each has signed for them', async () => {
  const url = `${server.agents}/.well-known/http-message-signatures-directory`;
  const answer = await ask(url, {});
  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.headers.get('content-type'), 'application/http-message-signatures-directory+json');
  const profile = await call(server.agents, 'GET', '/.well-known/ucp');
  assert.deepEqual(answer.body.keys, profile.body.keys);
  const headers = Object.fromEntries(answer.headers);
  assert.equal(headers['content-digest'], contentDigest(answer.text));
  assert.match(headers['signature-input'], /^key1=\("@authority";req "content-digest"\);created=\d+;expires=\d+;keyid="[^"]+";tag="http-message-signatures-directory"$/);
  assert.ok(await verifies({status: 200, headers}, answer.body.keys, ['content-digest'], {method: 'GET', url, headers: {}}));
});
