// SPDX-License-Identifier: Apache-2.0
// Somebody copies the catalog: an anonymous reader runs into an allowance that no made-up name makes larger, cursors
// cannot be made up either, and agents that the brand knows do not notice.
import assert from 'node:assert/strict';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {startPlatform} from '../support/platform.mjs';
import {call, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop} from '../support/ucp.mjs';

const quota = 20;
const reads = '["catalog.search", "catalog.lookup", "catalog.product", "location.search"]';
// The sandbox's rules have no limits; these come behind them.
const rules = `${readFileSync(path.join(root, 'config/policies/sandbox.toml'), 'utf8')}
[[limit]]
id = "strangers"
actions = ${reads}
when.agent.trust_level.lte = 1
per = "peer"
count = ${quota}
window = "1h"
agent_message = "Too many requests. Wait as long as Retry-After says."

[[limit]]
id = "known"
actions = ${reads}
when.agent.trust_level.gte = 2
count = 6000
window = "60s"
agent_message = "Too many requests. Wait as long as Retry-After says."
`;

let directory;
let server;
before(async () => {
  directory = temporaryDirectory();
  const file = (name, content) => {
    writeFileSync(path.join(directory, name), content);
    return path.join(directory, name);
  };
  server = await startServer({args: ['--config', file('quota.toml', `[policy]\nfile = "${file('rules.toml', rules)}"\n`)]});
});
after(async () => {
  await server.stop();
  rmSync(directory, {recursive: true, force: true});
});

const anonymous = target => call(server.agents, 'GET', target, undefined, {'UCP-Agent': null});
const registered = (method, target, body) => call(server.agents, method, target, body, {Authorization: 'Bearer sandbox-agent', 'UCP-Agent': null});

test('T13: a walk through the catalog ends at the quota, with Retry-After', async () => {
  let cursor = '';
  let pages = 0;
  let refused;
  while (!refused && pages <= quota) {
    const answer = await anonymous(`/b2a/v1/search?limit=2${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    if (answer.status === 200) {
      ++pages;
      cursor = answer.body.next_cursor ?? '';
    } else refused = answer;
  }
  assert.equal(pages, quota);
  assert.equal(refused.status, 429, refused.text);
  const wait = Number(refused.headers.get('retry-after'));
  assert.ok(Number.isInteger(wait) && wait >= 1 && wait <= 3600, `Retry-After: ${refused.headers.get('retry-after')}`);
  assert.equal((await anonymous('/b2a/v1/search?q=mug')).status, 429, 'another question is the same quota');
});

test('T13: claiming another name, or a new one each time, gives no second quota', async () => {
  const platform = await startPlatform();
  try {
    for (let i = 0; i < 3; ++i) {
      const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile()});
      const answer = await shop.send('POST', '/catalog/search', {query: 'mug'});
      assert.equal(answer.status, 429, answer.text);
      assert.ok(Number(answer.headers.get('retry-after')) >= 1);
    }
  } finally {
    await platform.stop();
  }
});

test('T13: a registered agent is not affected', async () => {
  for (let i = 0; i < quota + 5; ++i) assert.equal((await registered('GET', '/b2a/v1/search?q=mug')).status, 200);
});

test('T13: cursors that were made up, changed or carried to another question are refused', async () => {
  const first = await registered('GET', '/b2a/v1/search?limit=1');
  const cursor = first.body.next_cursor;
  assert.ok(cursor, first.text.slice(0, 300));
  const flipped = cursor.slice(0, -2) + (cursor.at(-2) === 'A' ? 'B' : 'A') + cursor.at(-1);
  const page = (value, more = '') => registered('GET', `/b2a/v1/search?limit=1${more}&cursor=${encodeURIComponent(value)}`);
  assert.equal((await page(cursor)).status, 200);
  for (const forged of ['x', 'AAAA', Buffer.from('{"offset":0}').toString('base64url'), cursor + 'A', cursor.slice(0, -4), flipped, 'A'.repeat(2000)]) {
    const answer = await page(forged);
    assert.equal(answer.status, 400, `${forged.slice(0, 60)}: ${answer.text.slice(0, 200)}`);
  }
  assert.equal((await page(cursor, '&q=mug')).status, 400, 'of another question');
});

test('T13: no page is larger than the largest', async () => {
  for (const limit of [101, 1000000, -1, 0]) {
    const answer = await registered('GET', `/b2a/v1/search?limit=${limit}`);
    assert.ok(answer.status === 400 || answer.body.products.length <= 100, `${limit}: ${answer.status}`);
  }
});
