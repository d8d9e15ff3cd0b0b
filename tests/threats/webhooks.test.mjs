// SPDX-License-Identifier: Apache-2.0
// Webhooks lead where their platform said, never into somebody's network and never further; who gets one can prove whose
// it is.
import assert from 'node:assert/strict';
import net from 'node:net';
import {after, before, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {call, eventually, operator, startServer} from '../support/server.mjs';
import {contentDigest, verifies} from '../support/signing.mjs';
import {Shop, order} from '../support/ucp.mjs';

let server;
let platform;
before(async () => {
  platform = await startPlatform();
  server = await startServer();
});
after(async () => {
  await server.stop();
  await platform.stop();
});

const buy = async webhook => (await new Shop(server, {version: '2026-08-25', agent: platform.profile({webhook})}).buy(order('demo-ok-1'))).order.id;
const ship = id => operator(server, '/admin/v1/sandbox/ship', {order_id: id});
const notices = async () => (await Promise.all(['pending', 'delivered', 'dead'].map(async state => (await operator(server, `/admin/v1/notices?state=${state}`)).body.notices.map(n => ({...n, state}))))).flat();
const tried = id => eventually(async () => (await notices()).find(n => JSON.stringify(n).includes(id)), n => n === undefined || n.attempts > 0 || n.state === 'dead');
const covered = ['@method', '@authority', '@path', 'ucp-agent', 'content-digest', 'content-type', 'webhook-id', 'webhook-timestamp'];

const inside = ['https://10.0.0.1/hook', 'https://192.168.1.1/hook', 'https://169.254.169.254/latest/meta-data/', 'https://[::ffff:10.0.0.1]/hook', 'https://[fd00::1]/hook',
  'https://0.0.0.0/hook', 'https://100.64.0.1/hook'];
for (const url of inside)
  test(`T17: nobody is told at ${url}`, async () => {
    const notice = await tried(await buy(url));
    if (notice === undefined) return;  // refused when the platform named it
    assert.notEqual(notice.state, 'delivered');
    assert.doesNotMatch(String(notice.last_result), /^\d+$/, 'no answer: no connection was made');
  });

const malformed = ['https://2130706433/hook', 'https://0x7f000001/hook', 'https://user:pw@hooks.example/hook', 'ftp://hooks.example/hook', 'https://hooks.example/#x', 'http://hooks.example/hook'];
for (const url of malformed)
  test(`T17: ${url} is no webhook`, async () => {
    const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile({webhook: url})});
    const created = await shop.send('POST', '/checkout-sessions', order('demo-ok-1'), {'Idempotency-Key': url});
    if (created.status >= 400) return;  // the profile is refused as a whole
    const notice = await tried((await shop.buy(order('demo-ok-1'))).order.id);
    if (notice !== undefined) assert.doesNotMatch(String(notice.last_result), /^\d+$/);
  });

test('T17: other spellings of this machine are not called', async () => {
  let connections = 0;
  const listener = net.createServer(socket => { ++connections; socket.destroy(); });
  await new Promise(resolve => listener.listen(0, resolve));
  const {port} = listener.address();
  for (const host of ['0.0.0.0', '[::]', '[::ffff:0.0.0.0]', '[::ffff:10.0.0.1]', '2130706433', '127.1']) {
    const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile({webhook: `http://${host}:${port}/hook`})});
    const created = await shop.send('POST', '/checkout-sessions', order('demo-ok-1'), {'Idempotency-Key': host});
    if (created.status >= 400) continue;  // the profile is refused as a whole
    const notice = await tried((await shop.buy(order('demo-ok-1'))).order.id);
    if (notice !== undefined) assert.notEqual(notice.state, 'delivered');
  }
  listener.close();
  assert.equal(connections, 0);
});

test('T17: a redirect is not followed', async () => {
  const elsewhere = platform.hook();
  let asked = 0;
  for (const code of [301, 302, 307, 308]) {
    const url = platform.profile((request, response) => {
      ++asked;
      request.resume();
      response.writeHead(code, {Location: elsewhere.url}).end();
    });
    const notice = await tried(await buy(url));
    assert.equal(String(notice.last_result), String(code));
    assert.notEqual(notice.state, 'delivered');
  }
  assert.ok(asked >= 4);
  assert.equal(elsewhere.received.length, 0);
});

test('T17: what arrives verifies with our published key, and only as it was sent', async () => {
  const hook = platform.hook();
  const id = await buy(hook.url);
  await hook.wait(1);
  assert.equal((await ship(id)).status, 200);
  const {keys} = (await call(server.agents, 'GET', '/.well-known/ucp')).body;
  for (const notice of await hook.wait(2)) {
    assert.equal(notice.headers['content-digest'], contentDigest(notice.body));
    assert.ok(await verifies(notice, keys, covered), JSON.stringify(notice.headers));
    for (const [name, value] of [['webhook-id', 'another'], ['webhook-timestamp', '1'], ['content-digest', contentDigest('{}')]])
      assert.ok(!await verifies({...notice, headers: {...notice.headers, [name]: value}}, keys, covered), `${name} is covered`);
    assert.ok(!await verifies({...notice, url: `${notice.url}/other`}, keys, covered), 'the path is covered');
  }
});
