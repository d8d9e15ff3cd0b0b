// SPDX-License-Identifier: Apache-2.0
// Links that begin a checkout for a person (dev.ucp.shopping.permalink): where they lead, and where they never do.
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {privateCertificates} from '../support/platform.mjs';
import {auditEntries, call, startServer, temporaryDirectory} from '../support/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const follow = (items, query = '') => call(server.agents, 'GET', `/ucp/permalink/${items}${query}`, undefined, {'UCP-Agent': null});
async function page(answer) {
  assert.equal(answer.status, 303, answer.text.slice(0, 300));
  const location = new URL(answer.headers.get('location'));
  assert.equal(location.origin, server.agents);
  return {location, ...await call('', 'GET', location.href, undefined, {'UCP-Agent': null})};
}

test('a link becomes a checkout and leads to its page', async () => {
  const answer = await follow('demo-ok-1:2,demo-ok-2:1');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(answer.text, '', 'no JSON, nothing at all');
  const {status, headers, text} = await page(answer);
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^text\/html/);
  assert.match(text, /Demo canvas tote/);
  assert.match(text, /Demo enamel mug/);
});

test('each visit has a checkout of its own', async () => {
  const [first, second] = [await follow('demo-ok-1:1'), await follow('demo-ok-1:1')];
  assert.notEqual(first.headers.get('location'), second.headers.get('location'));
});

test('ids that are no tokens come in base64url', async () => {
  const {text} = await page(await follow(`~${Buffer.from('demo-ok-1').toString('base64url')}:1`));
  assert.match(text, /Demo canvas tote/);
});

test('pointers fill the checkout, other parameters are kept, secrets are not', async () => {
  const answer = await follow('demo-ok-1:2', '?buyer/email=ada%40example.com&discounts/codes/0=SAVE10&context/currency=USD&attribution/utm_source=letter&utm_medium=paper&access_token=hunter2');
  const {location, text} = await page(answer);
  assert.match(text, /45\.00|4500|−?5\.00/, 'ten per cent less');
  assert.equal(location.searchParams.get('utm_medium'), 'paper');
  for (const gone of ['buyer/email', 'discounts/codes/0', 'context/currency', 'attribution/utm_source', 'access_token']) assert.equal(location.searchParams.get(gone), null, gone);
  assert.ok(!location.href.includes('hunter2') && !location.href.includes('ada'));
  assert.ok(!server.stderr.includes('hunter2') && !server.stderr.includes('ada@example.com') && !server.stderr.includes('ada%40'));
});

test('what the shop owns cannot be set', async () => {
  const {text} = await page(await follow('demo-ok-1:2', '?line_items/0/item/price=1&line_items/0/quantity=9&totals/0/amount=1&status=completed'));
  assert.match(text, /50\.00/, 'the path says what is bought, the shop what it costs');
});

test('continue_to stays at home', async () => {
  const {location} = await page(await follow('demo-ok-1:1', '?continue_to=%2Fb2a%2Fv1'));
  assert.equal(location.pathname, '/b2a/v1');
  for (const target of ['//evil.test', '/\\evil.test', '\\\\evil.test', 'https://evil.test', 'javascript:alert(1)', 'evil.test', '', '/ x', '/\tx', '/%0d%0aSet-Cookie:x=1', '/x\r\nSet-Cookie: y=1', '///evil.test', '/\u0001', '@evil.test']) {
    const answer = await follow('demo-ok-1:1', `?continue_to=${encodeURIComponent(target)}`);
    assert.equal(answer.headers.get('set-cookie'), null);
    if (answer.status === 303) assert.equal(new URL(answer.headers.get('location')).origin, server.agents, target);
    else assert.ok(answer.status >= 400 && answer.status < 500, `${target}: ${answer.status}`);
  }
});

test('what is no link is refused with a page, and nothing is begun', async () => {
  const before = auditEntries(server.data).length;
  for (const items of ['', 'demo-ok-1', 'demo-ok-1:', ':1', 'demo-ok-1:0', 'demo-ok-1:01', 'demo-ok-1:-1', 'demo-ok-1:+1', 'demo-ok-1:1.5', 'demo-ok-1:99999999999', 'demo-ok-1:1,', ',demo-ok-1:1',
    'demo-ok-1:1;demo-ok-2:1', '~%%%:1', '~_-:x', '~:1', 'demo ok:1', '<script>:1', 'a/b:1']) {
    const answer = await follow(encodeURIComponent(items).replaceAll('%3A', ':').replaceAll('%2C', ','));
    assert.ok(answer.status === 400 || answer.status === 404, `${items}: ${answer.status}`);
    assert.ok(!answer.text.includes('<script>'));
    assert.equal(answer.headers.get('location'), null);
  }
  for (const query of ['?buyer/email=a@b.test&buyer/email=c@d.test', '?discounts/codes/0=A&discounts/codes/0=B', '?discounts/codes/x=A', '?discounts/codes/-1=A', '?continue_to=/a&continue_to=/b', '?buyer/email=%ff']) {
    const answer = await follow('demo-ok-1:1', query);
    assert.equal(answer.status, 400, query);
  }
  assert.equal((await follow('nothing:1')).status, 404);
  assert.equal((await follow('demo-oos:1')).status, 404);
  assert.ok(!auditEntries(server.data).slice(before).some(e => e.type === 'order.placed'), 'a link never orders');
});

test('two thousand octets are a link, other methods are none', async () => {
  await page(await follow('demo-ok-1:1', `?note=${'x'.repeat(2000)}`));
  for (const method of ['POST', 'PUT', 'DELETE'])
    assert.equal((await call(server.agents, method, '/ucp/permalink/demo-ok-1:1', method === 'DELETE' ? undefined : {})).status, 405);
});

test('with TLS the profile advertises where links begin', async () => {
  const directory = temporaryDirectory();
  const tls = privateCertificates(directory);
  const config = path.join(directory, 'tls.toml');
  writeFileSync(config, `[server]\ntls_certificate_file = "${tls.certificateFile}"\ntls_key_file = "${tls.keyFile}"\n`);
  const secure = await startServer({args: ['--config', config]});
  try {
    const get = target => new Promise((resolve, reject) => https.get(secure.agents + target, {ca: tls.ca}, response => {
      let text = '';
      response.on('data', c => { text += c; }).on('end', () => resolve({status: response.statusCode, headers: response.headers, text}));
    }).on('error', reject));
    const profile = JSON.parse((await get('/.well-known/ucp')).text);
    const [{config: {endpoint}}] = profile.ucp.capabilities['dev.ucp.shopping.permalink'];
    assert.equal(endpoint, secure.agents + '/ucp/permalink');
    assert.match(endpoint, /^https:\/\/[^?#@]+[^/]$/);
    assert.equal((await get('/ucp/permalink/demo-ok-1:1')).status, 303);
    const older = JSON.parse((await get('/.well-known/ucp/2026-04-08')).text);
    assert.equal(older.ucp.capabilities['dev.ucp.shopping.permalink'], undefined, 'links are of 2026-08-25');
  } finally {
    await secure.stop();
    rmSync(directory, {recursive: true, force: true});
  }
});
