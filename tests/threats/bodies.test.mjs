// SPDX-License-Identifier: Apache-2.0
// Bodies made to break a reader: packed ones, deep ones, ones that two readers would read differently. Every surface
// that takes JSON answers 4xx, and memory stays flat.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {gzipSync} from 'node:zlib';
import {answersIn, raw, statusOf} from '../support/raw.mjs';
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
  assert.match((await call(server.operators, 'GET', '/metrics')).text, /^b2a_stray_exceptions_total 0$/m);
  await server.stop();
});

const rss = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]);
const surfaces = ['/ucp/v1/checkout-sessions', '/ucp/v1/carts', '/ucp/v1/catalog/search', '/b2a/v1/search', '/b2a/v1/carts', '/b2a/v1/checkouts', '/mcp'];
const post = (target, body, fields = {}) => {
  const head = Object.entries({Host: 'localhost', 'UCP-Agent': `profile="${sandboxProfile(server.agents)}"`, 'Idempotency-Key': 'k', 'Content-Type': 'application/json', ...fields});
  return Buffer.concat([Buffer.from(`POST ${target} HTTP/1.1\r\n${head.map(([n, v]) => `${n}: ${v}\r\n`).join('')}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n`), body]);
};

const packed = gzipSync(Buffer.alloc(8 * 1024 * 1024, ' '));
for (const coding of ['gzip', 'gzip, gzip', 'br', 'deflate', 'identity, gzip', 'zstd', 'unknown'])
  test(`T20: a body in ${coding} is not unpacked`, async () => {
    const before = rss();
    for (const target of surfaces) {
      const {received} = await raw(server, post(target, packed, {'Content-Encoding': coding}));
      assert.equal(statusOf(received), 415, `${target}: ${received.slice(0, 200)}`);
    }
    assert.ok(rss() - before < 8 * 1024, `grew from ${before} to ${rss()} KiB`);
  });

test('T20: identity is no coding', async () => {
  const answer = await raw(server, post('/ucp/v1/catalog/search', Buffer.from('{"query":"mug"}'), {'Content-Encoding': 'identity'}));
  assert.equal(statusOf(answer.received), 200, answer.received.slice(0, 300));
});

const deep = '['.repeat(100000);
const bombs = {
  'nothing': '', 'an open brace': '{', 'something behind the end': '{"a":1}x', 'a byte order mark': '\ufeff{}',
  'a hundred thousand brackets': deep, 'the same, closed': deep + ']'.repeat(100000), 'deep objects': '{"a":'.repeat(50000) + '1' + '}'.repeat(50000),
  'a name twice': '{"a":1,"a":2}', 'a name twice, once escaped': '{"a":1,"\\u0061":2}', 'a name twice below': '{"line_items":[],"x":{"b":1,"b":1}}',
  'a number beyond doubles': '{"a":1e400}', 'a long number': `{"a":${'9'.repeat(400000)}}`, 'a leading zero': '{"a":01}', 'NaN': '{"a":NaN}',
  'a lone surrogate': '{"a":"\\ud800"}', 'a raw control character': '{"a":"\u0001"}', 'a comment': '{/**/"a":1}', 'single quotes': "{'a':1}",
};
for (const [name, text] of Object.entries(bombs))
  test(`T21: ${name}`, async () => {
    for (const target of surfaces) {
      const answer = await call(server.agents, 'POST', target, text, {'Idempotency-Key': 'k'});
      assert.equal(answer.status, 400, `${target}: ${answer.status} ${answer.text.slice(0, 200)}`);
      assert.ok(answer.body, 'the answer is JSON');
    }
  });

test('T21: bytes that are no UTF-8', async () => {
  for (const bytes of [[0xff, 0xfe], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]])
    for (const target of surfaces) {
      const {received} = await raw(server, post(target, Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bytes), Buffer.from('"}')])));
      assert.equal(statusOf(received), 400, `${target}: ${received.slice(0, 200)}`);
    }
});

test('T21: what is no object is no request', async () => {
  for (const text of ['null', '[]', '"x"', '7'])
    assert.equal((await shop.write('POST', '/checkout-sessions', text)).status, 400, text);
});

test('T21: ten megabytes of one number are not even read', async () => {
  const body = Buffer.alloc(10 * 1024 * 1024, '9');
  for (const target of surfaces) {
    const {received} = await raw(server, post(target, body));
    assert.ok(received === '' || statusOf(received) === 413, received.slice(0, 200));
    assert.ok(answersIn(received) <= 1);
  }
});

test('T21: more of everything than an order has', async () => {
  const many = {line_items: Array.from({length: 5000}, () => ({item: {id: 'demo-ok-1'}, quantity: 1}))};
  assert.equal((await shop.write('POST', '/checkout-sessions', many)).status, 400);
  assert.equal((await shop.write('POST', '/checkout-sessions', order('x'.repeat(100000)))).status, 400);
  const members = JSON.stringify(Object.fromEntries(Array.from({length: 20000}, (_, i) => [`m${i}`, i])));
  const started = await shop.write('POST', '/checkout-sessions', members);
  assert.equal(started.status, 400);
});

test('T21: memory stays flat under ten thousand bad requests', async () => {
  const burst = async () => {
    for (let i = 0; i < 100; ++i)
      await Promise.all(Array.from({length: 50}, () => shop.write('POST', '/checkout-sessions', '{"line_items":' + '['.repeat(2000))));
  };
  await burst();
  const before = rss();
  await burst();
  assert.ok(rss() - before < 16 * 1024, `grew from ${before} to ${rss()} KiB`);
});
