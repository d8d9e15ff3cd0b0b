// SPDX-License-Identifier: Apache-2.0
// Bytes from outside: every bad input gets an answer in the protocol's shape or a closed connection, and the process
// stays healthy with flat memory.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import net from 'node:net';
import {after, before, test} from 'node:test';
import {call, sandboxProfile, startServer} from '../support/server.mjs';
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

/** Sends raw bytes, resolves with everything received until the peer closes or `ms` pass without a byte. */
function raw(bytes, ms = 3000) {
  const {hostname, port} = new URL(server.agents);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    let received = '';
    socket.setEncoding('latin1').setTimeout(ms, () => { socket.destroy(); resolve({received, closed: false}); });
    socket.on('data', chunk => { received += chunk; });
    socket.on('end', () => { socket.destroy(); resolve({received, closed: true}); });
    socket.on('error', error => (error.code === 'ECONNRESET' || error.code === 'EPIPE') ? resolve({received, closed: true}) : reject(error));
  });
}

const statusOf = received => Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1]);
const post = (body, headers = '') =>
  `POST /ucp/v1/checkout-sessions HTTP/1.1\r\nHost: a\r\nUCP-Agent: profile="${sandboxProfile(server.agents)}"\r\nContent-Type: application/json\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`;

test('bodies that are no good JSON', async () => {
  const deep = '['.repeat(100000) + ']'.repeat(100000);
  for (const body of ['', '{', '{"a":1}x', '\ufeff{}', '{"line_items":[],"line_items":[]}', deep, '{"a":1e999}', '{"a":"\ud800"}'.replace('\ud800', '\\ud800'), 'null', '[]', '"x"', '{"a":01}', '{"a":NaN}']) {
    const answer = await shop.write('POST', '/checkout-sessions', body);
    assert.equal(answer.status, 400, `${body.slice(0, 40)}: ${answer.text.slice(0, 200)}`);
    assert.ok(answer.body.code && answer.body.content, answer.text);
  }
  const invalid = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const answer = await raw(Buffer.concat([Buffer.from(post(invalid.toString('latin1')).split('\r\n\r\n')[0].replace(/Content-Length: \d+/, `Content-Length: ${invalid.length}`) + '\r\n\r\n'), invalid]));
  assert.equal(statusOf(answer.received), 400);
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
  assert.equal((await raw(`POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: a\r\nContent-Length: ${big.length}\r\n\r\n` + big)).received.slice(9, 12), '413');
  assert.equal(statusOf((await raw(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'y'.repeat(20000)}\r\n\r\n`)).received), 431);
  assert.ok([414, 431].includes(statusOf((await raw(`GET /${'y'.repeat(20000)} HTTP/1.1\r\nHost: a\r\n\r\n`)).received)));
  const chunk = 'f000\r\n' + 'z'.repeat(0xf000) + '\r\n';
  assert.equal(statusOf((await raw('POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk.repeat(12) + '0\r\n\r\n')).received), 413);
});

test('messages that two servers would read differently', async () => {
  for (const head of [
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
    'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n', 'GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n', 'garbage\r\n\r\n', '\x16\x03\x01\x02\x00\x01',
  ]) {
    const {received, closed} = await raw(head);
    const status = statusOf(received);
    assert.ok(closed && (received === '' || (status >= 400 && status < 500) || status === 501), JSON.stringify(head.slice(0, 80)) + ' → ' + received.slice(0, 60));
    assert.equal((received.match(/HTTP\/1\.1 \d/g) ?? []).length <= 1, true, 'one answer, no smuggled second one');
  }
});

test('unknown paths and methods keep the protocol\'s shape', async () => {
  assert.equal((await call(server.agents, 'GET', '/b2a/v1/nothing')).headers.get('content-type'), 'application/problem+json');
  const wrong = await call(server.agents, 'DELETE', '/b2a/v1/search');
  assert.equal(wrong.status, 405);
  assert.ok(wrong.headers.get('allow').includes('GET'));
  const ucp = await shop.send('GET', '/nothing');
  assert.ok(ucp.status === 404 && ucp.body.code && ucp.body.content);
});

test('memory stays flat under ten thousand bad requests', async () => {
  const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
  const burst = async () => {
    for (let i = 0; i < 100; ++i)
      await Promise.all(Array.from({length: 50}, () => shop.write('POST', '/checkout-sessions', '{"line_items":' + '['.repeat(2000))));
  };
  await burst();
  const before = rss();
  await burst();
  assert.ok(rss() - before < 16 * 1024, `grew from ${before} to ${rss()} KiB`);
});
