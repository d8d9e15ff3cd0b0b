// SPDX-License-Identifier: Apache-2.0
// Bytes from outside: every bad input gets an answer in the protocol's shape or a closed connection, and the process
// stays healthy. What has a number as a threat is in tests/threats.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {raw, statusOf} from '../support/raw.mjs';
import {call, startServer} from '../support/server.mjs';
import {Shop, order} from '../support/ucp.mjs';

let server;
let shop;
before(async () => {
  server = await startServer();
  shop = new Shop(server);
});
after(async () => {
  assert.equal((await call(server.operators, 'GET', '/healthz')).status, 200, 'healthy to the end');
  const metrics = (await call(server.operators, 'GET', '/metrics')).text;
  assert.match(metrics, /^b2a_stray_exceptions_total 0$/m);
  await server.stop();
});

test('quantities that are none', async () => {
  for (const quantity of [0, -1, 1.5, '2', null, true, 10001, [1], {}]) {
    const answer = await shop.write('POST', '/checkout-sessions', order('demo-ok-1', quantity));
    assert.equal(answer.status, 400, JSON.stringify(quantity));
    assert.match(answer.body.content, /quantity/);
  }
  assert.equal((await shop.write('POST', '/checkout-sessions', order('demo-ok-1', 1e20))).status, 400, 'beyond any integer');
});

test('ids that do not exist', async () => {
  for (const id of ['chk_00000000000000000000000000', 'x', '..%2f..%2fetc', '%00', 'chk_' + 'z'.repeat(300)]) {
    const answer = await shop.send('GET', `/checkout-sessions/${id}`);
    assert.ok(answer.status === 404 || (answer.status === 200 && answer.body.messages[0].code === 'not_found'), `${id}: ${answer.status}`);
  }
  const unknown = await shop.create(order('no-such-thing'));
  assert.equal(unknown.body.ucp.status, 'error');
});

test('content types and agents', async () => {
  assert.equal((await shop.send('POST', '/checkout-sessions', '{}', {'Content-Type': 'text/plain'})).status, 415);
  for (const agent of ['', 'profile=x', 'profile="ftp://x/y"', 'profile="http://example.com/p"', 'nonsense"', 'profile=""']) {
    const answer = await shop.send('POST', '/catalog/search', {query: 'x'}, {'UCP-Agent': agent});
    assert.equal(answer.status, 400, agent);
    assert.equal(answer.body.code, 'invalid_profile_url');
  }
  assert.equal((await shop.send('POST', '/catalog/search', {query: 'x'}, {Authorization: 'Bearer wrong'})).status, 401);
});

test('too much of everything', async () => {
  const big = JSON.stringify({query: 'x'.repeat(600 * 1024)});
  assert.equal((await raw(server, `POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: a\r\nContent-Length: ${big.length}\r\n\r\n` + big)).received.slice(9, 12), '413');
  assert.equal(statusOf((await raw(server, `GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20000)}\r\n\r\n`)).received), 431);
  assert.ok([414, 431].includes(statusOf((await raw(server, `GET /${'y'.repeat(20000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).received)));
  const chunk = 'f000\r\n' + 'z'.repeat(0xf000) + '\r\n';
  assert.equal(statusOf((await raw(server, 'POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk.repeat(12) + '0\r\n\r\n')).received), 413);
});

test('unknown paths and methods keep the protocol\'s shape', async () => {
  assert.equal((await call(server.agents, 'GET', '/b2a/v1/nothing')).headers.get('content-type'), 'application/problem+json');
  const wrong = await call(server.agents, 'DELETE', '/b2a/v1/search');
  assert.equal(wrong.status, 405);
  assert.ok(wrong.headers.get('allow').includes('GET'));
  const ucp = await shop.send('GET', '/nothing');
  assert.ok(ucp.status === 404 && ucp.body.code && ucp.body.content);
});
