// SPDX-License-Identifier: Apache-2.0
// Messages that two servers would read differently, each with a second request behind it that would buy something. The
// first is refused, the connection ends, and the second has never happened.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {rmSync} from 'node:fs';
import {after, before, test} from 'node:test';
import {answersIn, raw, statusOf} from '../support/raw.mjs';
import {auditEntries, call, sandboxProfile, startServer} from '../support/server.mjs';
import {order} from '../support/ucp.mjs';

let server;
before(async () => { server = await startServer({keep: true}); });
after(() => rmSync(server.data, {recursive: true, force: true}));

const path = '/ucp/v1/checkout-sessions';
const body = JSON.stringify(order('demo-ok-1'));
const create = () => `POST ${path} HTTP/1.1\r\nHost: a\r\nUCP-Agent: profile="${sandboxProfile(server.agents)}"\r\n` +
  `Idempotency-Key: ${randomUUID()}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const post = (fields, content = '') => `POST ${path} HTTP/1.1\r\nHost: a\r\n${fields}\r\n${content}`;
const get = fields => `GET /b2a/v1 HTTP/1.1\r\n${fields}\r\n`;
const hostile = {
  'both lengths': post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
  'both lengths, the other way round': post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', '0\r\n\r\n'),
  'a coding that looks like chunked': post('Transfer-Encoding: xchunked\r\n', '0\r\n\r\n'),
  'chunked and more': post('Transfer-Encoding: chunked, identity\r\n', '0\r\n\r\n'),
  'chunked twice': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\n'),
  'chunked behind a vertical tab': post('Transfer-Encoding: \x0bchunked\r\n', '0\r\n\r\n'),
  'two lengths': post('Content-Length: 3\r\nContent-Length: 4\r\n', 'abcd'),
  'two equal lengths': post('Content-Length: 3\r\nContent-Length: 3\r\n', 'abc'),
  'a list of lengths': post('Content-Length: 3, 3\r\n', 'abc'),
  'a length with a plus': post('Content-Length: +5\r\n', 'abcde'),
  'a negative length': post('Content-Length: -1\r\n'),
  'a hexadecimal length': post('Content-Length: 0x3\r\n', 'abc'),
  'a length beyond 64 bits': post('Content-Length: 18446744073709551617\r\n', 'a'),
  'bare line feeds': 'GET /b2a/v1 HTTP/1.1\nHost: a\n\n',
  'a bare line feed in the header': get('Host: a\r\nX: y\nContent-Length: 0\r\n'),
  'a folded field': get('Host: a\r\nX: y\r\n folded\r\n'),
  'a folded length': post('Content-Length:\r\n 3\r\n', 'abc'),
  'a space before the colon': get('Host: a\r\nContent-Length : 0\r\n'),
  'a field without a name': get('Host: a\r\n: x\r\n'),
  'NUL in a field': get('Host: a\r\nX: a\0b\r\n'),
  'a bare carriage return': get('Host: a\r\nX: a\rContent-Length: 9\r\n'),
  'no host': get(''),
  'two hosts': get('Host: a\r\nHost: b\r\n'),
  'an absolute target': 'GET http://other/ HTTP/1.1\r\nHost: a\r\n\r\n',
  'a space before the first field': 'GET /b2a/v1 HTTP/1.1\r\n Host: a\r\n\r\n',
  'two spaces in the request line': 'GET  /b2a/v1 HTTP/1.1\r\nHost: a\r\n\r\n',
  'HTTP/1.0 with chunks': `POST ${path} HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  'a chunk extension of 64 KB': post('Transfer-Encoding: chunked\r\n', `1;${'e'.repeat(65536)}\r\nz\r\n0\r\n\r\n`),
  'a chunk size that is none': post('Transfer-Encoding: chunked\r\n', 'zz\r\nabc\r\n0\r\n\r\n'),
  'a negative chunk': post('Transfer-Encoding: chunked\r\n', '-1\r\n0\r\n\r\n'),
  'a chunk size beyond 64 bits': post('Transfer-Encoding: chunked\r\n', '10000000000000001\r\nz\r\n0\r\n\r\n'),
  'a chunk longer than it says': post('Transfer-Encoding: chunked\r\n', '1\r\nzz\r\n0\r\n\r\n'),
  'a chunk that ends in a bare line feed': post('Transfer-Encoding: chunked\r\n', '1\nz\n0\n\n'),
};

for (const [name, head] of Object.entries(hostile))
  test(`T18: ${name}: refused, closed, and what comes behind never runs`, async () => {
    const {received, closed} = await raw(server, Buffer.from(head + create(), 'latin1'));
    assert.ok(closed, `left open after ${received.slice(0, 60)}`);
    assert.ok(answersIn(received) <= 1, received);
    const status = statusOf(received);
    if (received !== '') assert.ok([400, 413, 431, 501].includes(status), received.slice(0, 200));
  });

test('T18: nothing was bought, nothing broke, and plain pipelining works', async () => {
  const {received} = await raw(server, create() + create().replace('\r\n', '\r\nConnection: close\r\n'));
  assert.equal(answersIn(received), 2, 'the second request was a good one all the time');
  assert.match((await call(server.operators, 'GET', '/metrics')).text, /^b2a_stray_exceptions_total 0$/m);
  await server.stop();
  assert.equal(auditEntries(server.data).filter(e => e.type === 'checkout.created').length, 2, 'these two and no other');
});
