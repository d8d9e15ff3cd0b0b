// SPDX-License-Identifier: Apache-2.0
// What agents read before they call: /llms.txt and /robots.txt.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {call, startServer} from '../support/server.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const read = (target, headers) => call(server.agents, 'GET', target, undefined, {'UCP-Agent': null, ...headers});

test('llms.txt names every surface with its versions, and each of its links leads somewhere', async () => {
  const {status, headers, text} = await read('/llms.txt');
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^text\/plain/);
  const descriptor = (await read('/.well-known/b2a')).body;
  assert.ok(text.startsWith(`# ${descriptor.title}\n`), text.slice(0, 80));
  for (const {url, versions, description} of descriptor.surfaces) {
    assert.ok(text.includes(`](${url})`), url);
    assert.ok(text.includes(versions.join(', ')), url);
    assert.ok(text.includes(`](${description})`), description);
  }
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(m => m[1]).filter(url => url.startsWith(server.agents));
  // The base of a surface need not answer by itself; what is described does.
  const bases = descriptor.surfaces.map(s => s.url);
  for (const url of links.filter(url => !bases.includes(url))) assert.equal((await call(url, 'GET', '')).status, 200, url);
  assert.ok(links.length >= descriptor.surfaces.length);
});

test('robots.txt keeps crawlers out of sessions and endpoints, and lets them see products', async () => {
  const {status, headers, text} = await read('/robots.txt');
  assert.equal(status, 200);
  assert.match(headers.get('content-type'), /^text\/plain/);
  const disallowed = text.split('\n').filter(l => l.startsWith('Disallow: ')).map(l => l.slice(10));
  for (const path of ['/checkout/chk_1', '/ucp/v1/carts/crt_1', '/ucp/v1/checkout-sessions/chk_1', '/mcp', '/a2a', '/b2a/v1/checkouts/chk_1/provenance', '/b2a/v1/orders/ord_1/provenance'])
    assert.ok(disallowed.some(prefix => path.startsWith(prefix)), path);
  for (const path of ['/llms.txt', '/b2a/v1/products/demo-ok-1', '/media/x.svg', '/.well-known/ucp'])
    assert.ok(!disallowed.some(prefix => path.startsWith(prefix)), path);
});

test('both are cacheable', async () => {
  for (const target of ['/llms.txt', '/robots.txt']) {
    const {headers} = await read(target);
    assert.match(headers.get('cache-control'), /public/);
    const again = await read(target, {'If-None-Match': headers.get('etag')});
    assert.deepEqual([again.status, again.text], [304, '']);
  }
});
