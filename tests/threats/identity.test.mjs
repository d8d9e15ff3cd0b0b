// SPDX-License-Identifier: Apache-2.0
// Threats to who somebody is: replays, stale and partial signatures, confused keys, swapped bodies, fetches that hurt us,
// headers that claim things. The server demands signatures for changes, as it does in production.
import assert from 'node:assert/strict';
import {createHmac, randomUUID} from 'node:crypto';
import {rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {gzipSync} from 'node:zlib';
import {after, before, describe, test} from 'node:test';
import {misbehave, startPlatform} from '../support/platform.mjs';
import {auditEntries, call, eventually, operator, startServer, temporaryDirectory} from '../support/server.mjs';
import {contentDigest, generateKey, signedHeaders, webBotAuth} from '../support/signing.mjs';
import {Shop, assertRefused, order, pay} from '../support/ucp.mjs';

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
let data;
let server;
let platform;
before(async () => {
  data = temporaryDirectory();
  const config = path.join(data, 'b2a.toml');
  writeFileSync(config, '[ucp]\nrequire_signatures = true\n');
  server = await startServer({data, args: ['--config', config]});
  platform = await startPlatform();
  await sleep(1100);  // what was signed in the second of the start may have been seen by the process before
});
after(async () => {
  await platform.stop();
  await server.stop();
  rmSync(data, {recursive: true, force: true});
});

const body = order('demo-ok-1', 2);
const text = JSON.stringify(body);
const target = () => `${server.agents}/ucp/v1/checkout-sessions`;
const standing = (alg = 'ES256', kid) => {
  const key = generateKey(alg, kid);
  return {key, agent: platform.profile({keys: [key.jwk]})};
};
/** The headers of a signed creation; `more` may hold an Idempotency-Key. */
const sign = ({agent, key, more = {}, sent = text, url = target(), ...options}) =>
  signedHeaders({method: 'POST', url, headers: {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json', ...more}, body: sent, key, ...options});
const post = (headers, sent = text, url = target()) => call(url, 'POST', '', sent, headers);
const created = () => auditEntries(data).filter(entry => entry.type === 'checkout.created').length;
/** What the request log says of who asked; the log is written a little later. */
const lastAgent = where => server.stderr.split('\n').filter(line => line.includes(`"${where}"`)).map(line => JSON.parse(line)).at(-1)?.agent;

describe('T1 replay', () => {
  test('T1 a signed change that comes again, on another connection, is refused', async () => {
    const headers = await sign(standing());
    assert.equal((await post({...headers, Connection: 'close'})).status, 201);
    assertRefused(await post({...headers, Connection: 'close'}), 401, 'signature_replayed');
  });
  test('T1 with a covered Idempotency-Key it gets the kept answer', async () => {
    const headers = await sign({...standing(), more: {'Idempotency-Key': randomUUID()}});
    const [first, second] = [await post(headers), await post(headers)];
    assert.equal(first.status, 201, first.text);
    assert.equal(second.text, first.text);
  });
  test('T1 of fifty copies at once one has an effect', async () => {
    const [who, other] = [standing(), standing()];
    // Their profiles are known before, so that all copies arrive at once.
    for (const one of [who, other]) assert.equal((await new Shop(server, {version: '2026-08-25', ...one}).search_catalog({query: 'tote'})).status, 200);
    const before = created();
    const headers = await sign(who);
    const answers = await Promise.all(Array.from({length: 50}, () => post(headers)));
    assert.equal(answers.filter(a => a.status === 201).length, 1);
    for (const answer of answers.filter(a => a.status !== 201)) assertRefused(answer, 401, 'signature_replayed');
    const keyed = await sign({...other, more: {'Idempotency-Key': randomUUID()}});
    const kept = await Promise.all(Array.from({length: 50}, () => post(keyed)));
    assert.equal(new Set(kept.filter(a => a.status === 201).map(a => a.body.id)).size, 1);
    assert.equal(created() - before, 2);
  });
  test('T1 a nonce is used once, whatever it signs', async () => {
    const who = standing();
    const nonce = randomUUID();
    const params = {params: ['created', 'keyid', 'nonce'], paramValues: {nonce}};
    assert.equal((await post(await sign({...who, ...params}))).status, 201);
    assertRefused(await post(await sign({...who, ...params, more: {'Idempotency-Key': randomUUID()}})), 401, 'signature_replayed');
  });
  test('T1 what was signed before the start is refused, unless it has an Idempotency-Key', async () => {
    const who = standing();
    const old = {params: ['created', 'keyid'], paramValues: {created: new Date(Date.now() - 600_000)}};
    assertRefused(await post(await sign({...who, ...old})), 401, 'signature_invalid');
    assert.equal((await post(await sign({...who, ...old, more: {'Idempotency-Key': randomUUID()}}))).status, 201);
  });
  test('T1 over MCP too', async () => {
    const {key, agent} = standing();
    const url = `${server.agents}/mcp`;
    const rpc = JSON.stringify({jsonrpc: '2.0', id: 1, method: 'tools/call', params: {name: 'create_checkout', arguments: {meta: {'ucp-agent': {profile: agent}}, checkout: body}}});
    const headers = await signedHeaders({method: 'POST', url, headers: {'Content-Type': 'application/json', Accept: 'application/json, text/event-stream'}, body: rpc, key});
    const send = () => call(url, 'POST', '', rpc, {...headers, 'UCP-Agent': null});
    assert.ok((await send()).body.result);
    const again = await send();
    assert.equal(again.status, 401, again.text);
    assert.equal(again.body.error.data.code, 'signature_replayed');
  });
});

test('T2 nobody burns the nonce of another: a bad signature uses nothing up', async () => {
  const headers = await sign({...standing(), params: ['created', 'keyid', 'nonce'], paramValues: {nonce: randomUUID()}});
  const spoilt = {...headers, Signature: headers.Signature.replace(/[A-Za-z0-9](?=[^=]{20})/, c => (c === 'A' ? 'B' : 'A'))};
  assertRefused(await post(spoilt), 401, 'signature_invalid');
  assert.equal((await post(headers)).status, 201);
});

describe('T3 stale and future signatures', () => {
  const at = (createdIn, expiresIn) => ({params: ['created', 'expires', 'keyid'], paramValues: {created: new Date(Date.now() + createdIn * 1000), expires: new Date(Date.now() + expiresIn * 1000)}});
  test('T3 two minutes ahead, and expired for more than a minute', async () => {
    const who = standing();
    assertRefused(await post(await sign({...who, ...at(120, 300)})), 401, 'signature_invalid');
    assertRefused(await post(await sign({...who, ...at(-120, -63)})), 401, 'signature_invalid');
    assert.equal((await post(await sign({...who, ...at(0, 60)}))).status, 201);
  });
  test('T3 visa-tap may live for 480 seconds and not for 481', async () => {
    const key = generateKey('EdDSA', 'thumbprint');
    const added = await operator(server, '/admin/v1/agents', {name: 'tap-agent', public_keys: [key.jwk]});
    assert.equal(added.status, 201, added.text);
    const url = `${server.agents}/b2a/v1/search?q=tote`;
    const ask = async (width, createdIn = 0) => call(url, 'GET', '', undefined, {'UCP-Agent': null,
      ...await webBotAuth({url, key, fields: ['@authority', '@path'], created: createdIn, expires: createdIn + width, nonce: randomUUID(), tag: 'agent-browser-auth', alg: true})});
    await eventually(async () => {
      assert.equal((await ask(480)).status, 200);
      await sleep(300);
      return lastAgent('/b2a/v1/search');
    }, agent => agent === 'tap-agent');
    assert.equal((await ask(481)).status, 401);
  });
});

describe('T4 downgrade', () => {
  test('T4 the public key is no secret for an HMAC', async () => {
    const {key, agent} = standing('EdDSA');
    const headers = await sign({key, agent});
    const input = headers['Signature-Input'] + ';alg="hmac-sha256"';
    const mac = createHmac('sha256', Buffer.from(key.jwk.x, 'base64url')).update(`"@signature-params": ${input.slice(5)}`).digest('base64');
    assertRefused(await post({...headers, 'Signature-Input': input, Signature: `sig1=:${mac}:`}), 401, 'signature_invalid');
    const symmetric = platform.profile({keys: [{kid: key.kid, kty: 'oct', k: key.jwk.x}]});
    const answer = await post({...await sign({key, agent: symmetric})});
    assertRefused(answer, 400, 'algorithm_unsupported');
  });
  test('T4 without its signature a request has no trust left', async () => {
    const headers = await sign(standing());
    for (const name of ['Signature', 'Signature-Input', 'signature', 'signature-input']) delete headers[name];
    assertRefused(await post(headers), 401, 'signature_missing');
  });
});

describe('T5 key confusion', () => {
  test("T5 A's key in the name of B", async () => {
    const [a, b] = [standing(), standing()];
    assertRefused(await post(await sign({key: a.key, agent: b.agent})), 401, 'key_not_found');
    const borrowed = {...a.key, kid: b.key.kid, signer: {...a.key.signer, id: b.key.kid}};
    assertRefused(await post(await sign({key: borrowed, agent: b.agent})), 401, 'signature_invalid');
  });
  test("T5 A's key for a Signature-Agent that is B", async () => {
    const [a, b] = [generateKey('EdDSA', 'thumbprint'), generateKey('EdDSA', 'thumbprint')];
    const url = `${server.agents}/b2a/v1/search?q=tote`;
    const place = platform.keys([b.jwk], '/t5/b.json');
    const ask = async key => call(url, 'GET', '', undefined, {'UCP-Agent': null, ...await webBotAuth({url, key, agent: `sig1="${place}"`})});
    assert.equal((await ask(b)).status, 200);
    assert.equal((await ask(a)).status, 401);
  });
  test('T5 keys that are for something else, and ids that are no thumbprint', async () => {
    const key = generateKey('ES256');
    assertRefused(await post(await sign({key, agent: platform.profile({keys: [{...key.jwk, use: 'enc'}]})})), 401, 'key_not_found');
    assertRefused(await post(await sign({key, agent: platform.profile({keys: [{...key.jwk, key_ops: ['encrypt']}]})})), 401, 'key_not_found');
    const url = `${server.agents}/b2a/v1/search?q=tote`;
    const named = generateKey('EdDSA', 'my-key');
    const place = platform.keys([named.jwk], '/t5/named.json');
    assert.equal((await call(url, 'GET', '', undefined, {'UCP-Agent': null, ...await webBotAuth({url, key: named, agent: `sig1="${place}"`})})).status, 401);
    const [ec, ed] = [generateKey('ES256'), generateKey('EdDSA')];
    const confused = platform.profile({keys: [{...ec.jwk, kid: ed.kid}]});
    assertRefused(await post(await sign({key: ed, agent: confused})), 401, 'signature_invalid');
  });
});

describe('T6 partial coverage', () => {
  test('T6 a signature over the authority completes nothing', async () => {
    const {key, agent} = standing('EdDSA', 'thumbprint');
    const shop = new Shop(server, {version: '2026-08-25', agent, key});
    const {body: checkout} = await shop.create_checkout(body);
    const url = `${target()}/${checkout.id}/complete`;
    const sent = JSON.stringify(pay());
    const headers = {'UCP-Agent': `profile="${agent}"`, 'Content-Type': 'application/json'};
    assertRefused(await post(await sign({key, agent, sent, url, fields: ['@authority']}), sent, url), 401, 'signature_missing');
    const minimal = await webBotAuth({method: 'POST', url, headers, body: sent, key, agent: `sig1="${agent}"`});
    assertRefused(await post(minimal, sent, url), 401, 'signature_missing');
    assert.equal((await shop.get_checkout(checkout.id)).body.status, checkout.status);
    // The same profile, over the whole request, does.
    const whole = await webBotAuth({method: 'POST', url, headers, body: sent, key, agent: `sig1="${agent}"`,
      fields: ['@method', '@authority', '@path', 'content-digest', 'content-type', 'ucp-agent']});
    const done = await post(whole, sent, url);
    assert.equal(done.body.status, 'completed', done.text);
  });
  test('T6 a query or a key that was added on the way', async () => {
    const headers = await sign(standing());
    assertRefused(await post(headers, text, target() + '?a=1'), 401, 'signature_missing');
    assertRefused(await post({...headers, 'Idempotency-Key': randomUUID()}), 401, 'signature_missing');
  });
});

test('T7 a body that is not the one that was signed', async () => {
  const headers = await sign(standing());
  assertRefused(await post(headers, text.replace('"quantity":2', '"quantity":3')), 400, 'digest_mismatch');
  assertRefused(await post({...headers, 'content-digest': contentDigest('')}), 400, 'digest_mismatch');
  assertRefused(await post({...headers, 'content-digest': contentDigest(gzipSync(text))}), 400, 'digest_mismatch');
  const {key, agent} = standing();
  const url = `${server.agents}/ucp/v1/checkout-sessions/chk_none`;
  const empty = await signedHeaders({method: 'GET', url, headers: {'UCP-Agent': `profile="${agent}"`}, key});
  assertRefused(await call(url, 'GET', '', undefined, {...empty, 'Content-Digest': contentDigest('other')}), 400, 'digest_mismatch');
});

describe('T8 fetches that would reach inside', () => {
  test('T8 no profile and no Signature-Agent makes us connect to ourselves', async () => {
    const connections = [];
    const trap = net.createServer(socket => { connections.push(socket.remoteAddress); socket.destroy(); });
    await new Promise(resolve => trap.listen(0, '0.0.0.0', resolve));
    const {port} = trap.address();
    const directory = temporaryDirectory();
    const config = path.join(directory, 'b2a.toml');
    writeFileSync(config, `[outbound]\nports = [443, ${port}]\n`);
    const real = await startServer({data: directory, sandbox: false, args: ['--init', '--config', config]});
    try {
      const key = generateKey('EdDSA', 'thumbprint');
      for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:10.0.0.1]', '0.0.0.0', '2130706433', '0x7f000001', '169.254.169.254', '10.0.0.1']) {
        const place = `https://${host}:${port}/keys.json`;
        const profile = await call(real.agents, 'POST', '/ucp/v1/catalog/search', {query: 'x'}, {'UCP-Agent': `profile="${place}"`});
        assert.ok([400, 424].includes(profile.status), `${place}: ${profile.text}`);
        const url = `${real.agents}/b2a/v1/search?q=x`;
        const signed = await call(url, 'GET', '', undefined, {'UCP-Agent': null, ...await webBotAuth({url, key, agent: `sig1="${place}"`})});
        assert.ok([200, 401].includes(signed.status), `${place}: ${signed.text}`);
      }
      for (const place of [`http://127.0.0.1:${port}/`, `https://user@localhost:${port}/`, 'https://localhost:25/', `https://localhost:${port}/#x`])
        assertRefused(await call(real.agents, 'POST', '/ucp/v1/catalog/search', {query: 'x'}, {'UCP-Agent': `profile="${place}"`}), 400, 'invalid_profile_url');
      assert.deepEqual(connections, []);
    } finally {
      await real.stop();
      trap.close();
      rmSync(directory, {recursive: true, force: true});
    }
  });
});

test('T9 key sets that hurt: each is given up on, and known agents are served meanwhile', async () => {
  const known = standing('EdDSA', 'thumbprint');
  const shop = new Shop(server, {version: '2026-08-25', ...known});
  assert.equal((await shop.create_checkout(body)).status, 201);
  const key = generateKey('EdDSA', 'thumbprint');
  const many = JSON.stringify({keys: Array.from({length: 10_000}, (_, i) => ({kid: `${i}`, kty: 'OKP', crv: 'Ed25519', x: key.jwk.x}))});
  const bad = {silent: misbehave.silent(), drip: misbehave.drip(), huge: misbehave.huge(10 * 1024 * 1024), many: misbehave.bytes(many), hang: misbehave.hangUp(),
    elsewhere: misbehave.redirect('http://127.0.0.1:1/'), gzip: (request, response) => response.writeHead(200, {'Content-Encoding': 'gzip'}).end(gzipSync(Buffer.alloc(1 << 20)))};
  const url = `${server.agents}/b2a/v1/search?q=tote`;
  const started = Date.now();
  const asked = Promise.all(Object.entries(bad).map(async ([name, serve]) => {
    const place = platform.keys(serve, `/t9/${name}.json`);
    const answer = await call(url, 'GET', '', undefined, {'UCP-Agent': null, ...await webBotAuth({url, key, agent: `sig1="${place}"`})});
    assert.ok([200, 401].includes(answer.status), `${name}: ${answer.text.slice(0, 200)}`);
  }));
  assert.equal((await shop.create_checkout(body)).status, 201);
  await asked;
  assert.ok(Date.now() - started < 8000, 'bounded in time');
});

test("T27 another agent's checkout is as unknown as one that never was", async () => {
  const [a, b] = [standing(), standing()].map(who => new Shop(server, {version: '2026-08-25', ...who}));
  const {body: checkout} = await a.create_checkout(body);
  const never = 'chk_' + checkout.id.slice(4).split('').reverse().join('');
  for (const ask of [id => b.get_checkout(id), id => b.update_checkout(id, body), id => b.complete_checkout(id, pay()), id => b.cancel_checkout(id)]) {
    const [foreign, unknown] = [await ask(checkout.id), await ask(never)];
    assert.equal(foreign.status, unknown.status, foreign.text);
    assert.equal(foreign.text.replaceAll(checkout.id, '*'), unknown.text.replaceAll(never, '*'));
  }
  assert.equal((await a.get_checkout(checkout.id)).body.status, checkout.status);
});

test('T28 headers that claim to be ours say nothing', async () => {
  const {key, agent} = standing();
  const claims = {'X-Agent-Id': 'operator', 'X-Trust-Level': '6', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https', Forwarded: 'host=evil.example'};
  const unsigned = await call(target(), 'POST', '', text, {'UCP-Agent': `profile="${agent}"`, ...claims});
  assertRefused(unsigned, 401, 'signature_missing');
  const signed = await post({...await sign({key, agent}), ...claims});
  assert.equal(signed.status, 201, signed.text);
  const entry = auditEntries(data).filter(one => one.type === 'checkout.created').at(-1);
  assert.equal(entry.agent, agent);
  assert.equal(entry.trust, 4);
  // A signature for another host is none for us, whatever a proxy's header says.
  const elsewhere = await sign({key, agent, url: 'https://evil.example/ucp/v1/checkout-sessions'});
  assertRefused(await post({...elsewhere, ...claims}), 401, 'signature_invalid');
});

test('T30 what has expired once stays so (the step back of a clock is in the unit test of the replay cache)', async () => {
  const who = standing();
  const short = {params: ['created', 'expires', 'keyid', 'nonce'], paramValues: {expires: new Date(Date.now() + 300_000), nonce: randomUUID()}};
  const headers = await sign({...who, ...short});
  assert.equal((await post(headers)).status, 201);
  assert.equal((await operator(server, '/admin/v1/sandbox/advance-clock', {seconds: 400})).status, 200);
  assertRefused(await post(headers), 401, 'signature_invalid');
});
