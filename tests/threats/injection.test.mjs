// SPDX-License-Identifier: Apache-2.0
// Line ends where there must be none: no answer is split, no log line is made up.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {answersIn, raw, statusOf} from '../support/raw.mjs';
import {call, eventually, sandboxProfile, startServer} from '../support/server.mjs';
import {Shop, order} from '../support/ucp.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const ends = {'CR LF': '\r\n', 'LF': '\n', 'CR': '\r', 'NEL': '\u0085', 'line separator': '\u2028'};
const forged = '{"level":"info","event":"forged","status":200}';
const entries = () => server.stderr.split('\n').filter(Boolean).map(line => JSON.parse(line));  // throws on a line that is none
const requests = () => entries().filter(e => e.event === 'request').length;

/** Runs `ask` and asserts that the log has `count` lines more. */
async function assertLogged(count, ask) {
  const before = requests();
  await ask();
  // A request behind it, so that all of its lines are written when this one's is.
  await call(server.agents, 'GET', '/b2a/v1');
  await eventually(async () => requests(), n => n >= before + count + 1);
  assert.equal(requests(), before + count + 1);
  assert.ok(!entries().some(e => e.event === 'forged'));
}

for (const [name, end] of Object.entries(ends))
  test(`T29: ${name} in ids and questions`, async () => {
    const hostile = `x${end}X-Injected: yes${end}${end}${forged}`;
    const encoded = encodeURIComponent(hostile);
    for (const target of [`/b2a/v1/products/${encoded}`, `/b2a/v1/search?q=${encoded}`, `/b2a/v1/search?cursor=${encoded}`, `/ucp/v1/checkout-sessions/${encoded}`, `/${encoded}`])
      await assertLogged(1, async () => {
        const answer = await call(server.agents, 'GET', target);
        assert.equal(answer.headers.get('x-injected'), null, target);
        assert.ok(answer.status < 500, `${target}: ${answer.status}`);
      });
    await assertLogged(1, async () => {
      const answer = await new Shop(server).write('POST', '/checkout-sessions', order(hostile));
      assert.equal(answer.headers.get('x-injected'), null);
      assert.ok(answer.status < 500);
    });
    await assertLogged(1, async () => {
      const answer = await call(server.agents, 'POST', '/mcp', {jsonrpc: '2.0', id: hostile, method: hostile}, {Accept: 'application/json, text/event-stream'});
      assert.equal(answer.headers.get('x-injected'), null);
      assert.equal(answer.body.id, hostile, 'an id comes back as it was, escaped');
    });
  });

const fields = ['UCP-Agent', 'Idempotency-Key', 'Authorization', 'User-Agent', 'Signature-Agent', 'X-Anything'];
for (const field of fields)
  test(`T29: line ends in ${field}`, async () => {
    for (const end of ['\r', '\n', '\0', '\r\n ']) {
      const {received, closed} = await raw(server, Buffer.from(`GET /b2a/v1 HTTP/1.1\r\nHost: a\r\n${field}: x${end}X-Injected: yes${end}${forged}\r\n\r\n`, 'latin1'));
      assert.equal(statusOf(received), 400, `${JSON.stringify(end)}: ${received.slice(0, 200)}`);
      assert.ok(closed && answersIn(received) === 1);
      assert.doesNotMatch(received, /^X-Injected/im);
    }
  });

test('T29: a line end in the request line', async () => {
  for (const target of ['/b2a/v1\rX', '/b2a/v1\nX-Injected: yes', '/b2a/v1?q=a\0b', '/b2a/v1 HTTP/1.1\r\nX'])
    assert.ok([400, 505].includes(statusOf((await raw(server, Buffer.from(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`, 'latin1'))).received)), JSON.stringify(target));
});

test('T29: fields that are taken are answered with nothing of theirs in the header', async () => {
  const answer = await call(server.agents, 'GET', '/b2a/v1/search?q=x', undefined, {'UCP-Agent': `profile="${sandboxProfile(server.agents)}"`, 'X-Request-Id': 'mine', 'User-Agent': forged});
  for (const [name, value] of answer.headers) assert.ok(!value.includes('forged') && !value.includes('mine'), `${name}: ${value}`);
});
