// SPDX-License-Identifier: Apache-2.0
// Who are you, and what do we both speak: every row of UCP's table of negotiation errors, over REST and over MCP, and how
// often a platform's profile is fetched.
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {misbehave, platformProfile, startPlatform} from '../support/platform.mjs';
import {versions} from '../support/schemas.mjs';
import {call, eventually, operator, startServer, temporaryDirectory} from '../support/server.mjs';
import {generateKey} from '../support/signing.mjs';
import {Shop, assertRefused, buyer, lines, message, order, shipTo} from '../support/ucp.mjs';

let server;
let platform;
before(async () => {
  server = await startServer();
  platform = await startPlatform();
});
after(async () => {
  await platform.stop();
  await server.stop();
});

const json = content => misbehave.bytes(JSON.stringify(content));
const changed = (change, more = {}) => json(platformProfile({...more, change}));

/** Asks for something harmless as the platform whose profile is at `agent`, over both transports. */
async function both(agent) {
  const answers = {};
  for (const transport of ['rest', 'mcp']) answers[transport] = await new Shop(server, {version: '2026-08-25', transport, agent}).search_catalog({query: 'tote'});
  return answers;
}
async function refused(agent, status, code) {
  const {rest, mcp} = await both(agent);
  assertRefused(rest, status, code);
  assertRefused(mcp, status, code);
  assert.equal(mcp.rpc.error.code, -32001, 'negotiation failed, says JSON-RPC');
}

describe('invalid_profile_url, 400', () => {
  test('the header: missing, no structured field, no URL', async () => {
    const ask = agent => call(server.agents, 'POST', '/ucp/v1/catalog/search', {query: 'tote'}, {'UCP-Agent': agent});
    for (const agent of [null, '', 'nonsense"', 'profile', 'profile=x', 'profile=1', 'profile=""', 'profile=("a" "b")', 'other="https://x.test/p"',
      'profile="/p.json"', 'profile="https://"', 'profile="https:// x/p"', 'profile="not a url"', 'PROFILE="https://x.test/p"', '"https://x.test/p"'])
      assertRefused(await ask(agent), 400, 'invalid_profile_url');
  });

  test('the URL: scheme, userinfo, fragment', async () => {
    for (const url of ['ftp://x.test/p', 'http://example.com/p', 'file:///etc/passwd', 'data:application/json,{}', 'javascript:1',
      'https://user:secret@x.test/p', 'https://x.test/p#part']) {
      await refused(url, 400, 'invalid_profile_url');
    }
  });

  test('a name that does not resolve', async () => {
    await refused('https://no-such-shop.invalid/p.json', 400, 'invalid_profile_url');
  });

  test('over MCP: no meta, no profile, another one in the header', async () => {
    const shop = new Shop(server, {version: '2026-08-25', transport: 'mcp'});
    for (const args of [{catalog: {query: 'x'}}, {catalog: {query: 'x'}, meta: {}}, {catalog: {query: 'x'}, meta: {'ucp-agent': {}}},
      {catalog: {query: 'x'}, meta: {'ucp-agent': {profile: 7}}}]) {
      const answer = await shop.rpc('tools/call', {name: 'search_catalog', arguments: args});
      assert.equal(answer.status, 400, answer.text);
      assert.equal(answer.body.error.data.code, 'invalid_profile_url');
    }
    const other = await shop.tool('search_catalog', {body: {query: 'x'}, headers: {'UCP-Agent': `profile="${platform.profile()}"`}});
    assertRefused(other, 400, 'invalid_profile_url');
  });
});

test('the field may say more than the profile', async () => {
  const url = platform.profile();
  for (const agent of [`profile="${url}"; version="2026-01-11"`, `a=1, profile="${url}", b=(1 2);c`, `profile="http://127.0.0.1:1/x", profile="${url}"`, `  profile="${url}"`]) {
    const answer = await call(server.agents, 'POST', '/ucp/v1/catalog/search', {query: 'tote'}, {'UCP-Agent': agent});
    assert.equal(answer.status, 200, `${agent}: ${answer.text}`);
    assert.equal(answer.body.ucp.version, '2026-08-25');
  }
});

describe('profile_unreachable, 424', () => {
  test('statuses other than 200', async () => {
    for (const code of [201, 204, 400, 401, 404, 500, 503]) await refused(platform.profile(misbehave.status(code)), 424, 'profile_unreachable');
  });
  test('redirects are not followed', async () => {
    const good = platform.profile();
    for (const code of [301, 302, 303, 307, 308]) await refused(platform.profile(misbehave.redirect(good, code)), 424, 'profile_unreachable');
    assert.equal(platform.fetches(good), 0);
  });
  test('nobody there, a hung-up connection', async () => {
    await refused('http://127.0.0.1:1/profile.json', 424, 'profile_unreachable');
    await refused(platform.profile(misbehave.hangUp()), 424, 'profile_unreachable');
  });
  test('silence and drips end after the deadline', async () => {
    for (const slow of [misbehave.silent(), misbehave.drip()]) await refused(platform.profile(slow), 424, 'profile_unreachable');
  });
  test('more than 128 KiB', async () => {
    await refused(platform.profile(misbehave.huge(200 * 1024)), 424, 'profile_unreachable');
  });
  test('TLS that nobody vouches for', async () => {
    await refused(`https://127.0.0.1:${new URL(platform.origin).port}/profile.json`, 424, 'profile_unreachable');
  });
});

test('addresses that are nobody\'s business are not asked', async () => {
  for (const url of ['https://10.0.0.1/p', 'https://192.168.1.1/p', 'https://172.16.0.1/p', 'https://169.254.169.254/latest/meta-data', 'https://100.64.0.1/p',
    'https://0.0.0.0/p', 'https://224.0.0.1/p', 'https://[fe80::1]/p', 'https://[fd00::1]/p', 'https://[::ffff:10.0.0.1]/p', 'https://[64:ff9b::a00:1]/p', 'http://10.0.0.1/p', 'https://0x0a000001/p', 'https://167772161/p']) {
    await refused(url, 400, 'invalid_profile_url');
  }
});

describe('profile_malformed, 422', () => {
  test('bytes that are no JSON object', async () => {
    for (const bytes of ['', '<html></html>', '{', '[]', 'null', '"x"', '{"ucp":1,"ucp":2}', '['.repeat(50000), Buffer.from([0xff, 0xfe, 0x7b])])
      await refused(platform.profile(misbehave.bytes(bytes)), 422, 'profile_malformed');
  });
  test('an envelope that is none', async () => {
    for (const change of [() => ({}), () => ({ucp: []}), p => { delete p.ucp.version; }, p => { p.ucp.version = 20260825; }, p => { p.ucp.version = 'latest'; },
      p => { p.ucp.capabilities = 'all'; }])
      await refused(platform.profile(changed(change)), 422, 'profile_malformed');
  });
  test('one entry that is none does not spoil the others', async () => {
    const {rest} = await both(platform.profile(changed(p => { p.ucp.capabilities['dev.ucp.shopping.checkout'] = 'yes'; })));
    assert.equal(rest.status, 200, rest.text);
  });
  test('what a live platform leaves out is no defect', async () => {
    // The published profile of a large platform lacks spec and schema, keys and payment handlers.
    const lean = changed(p => {
      for (const entries of Object.values(p.ucp.capabilities)) for (const entry of entries) { delete entry.spec; delete entry.schema; }
      p.ucp.payment_handlers = {};
      p.ucp.capabilities['dev.shopify.catalog'] = [{version: '2026-08-25', extends: ['dev.ucp.shopping.catalog.search']}];
      p.something = {new: [1, 2]};
    });
    const {rest} = await both(platform.profile(lean));
    assert.equal(rest.status, 200, rest.text);
    assert.ok(rest.body.products.length > 0);
  });
});

test('version_unsupported, 422', async () => {
  for (const version of ['2025-01-01', '2026-01-11', '2026-01-23', '2026-08-26', '2030-01-01'])
    await refused(platform.profile(json(platformProfile({change: p => { p.ucp.version = version; }}))), 422, 'version_unsupported');
});

describe('capabilities_incompatible, 200', () => {
  const incompatible = async (agent, ask) => {
    for (const transport of ['rest', 'mcp']) {
      const {status, body} = await ask(new Shop(server, {version: '2026-08-25', transport, agent}));
      assert.equal(status, 200);
      assert.equal(body.ucp.status, 'error');
      assert.equal(message(body, 'capabilities_incompatible').severity, 'unrecoverable');
      assert.ok(body.continue_url === undefined || body.continue_url.startsWith(server.agents), 'the storefront, if anything');
    }
  };
  test('nothing in common', async () => {
    for (const only of [[], ['com.example.teleport']])
      await incompatible(platform.profile(json(platformProfile({only: [], change: p => { for (const name of only) p.ucp.capabilities[name] = [{version: '2026-08-25'}]; }}))), shop => shop.search_catalog({query: 'x'}));
  });
  test('the same names in other versions', async () => {
    const older = changed(p => { for (const entries of Object.values(p.ucp.capabilities)) for (const entry of entries) entry.version = '2026-04-08'; });
    await incompatible(platform.profile(older), shop => shop.search_catalog({query: 'x'}));
  });
  test('an operation of a capability that the platform does not have', async () => {
    await incompatible(platform.profile({only: ['dev.ucp.shopping.catalog.search']}), shop => shop.create_checkout(order('demo-ok-1')));
  });
  test('an extension without its parent falls away', async () => {
    await incompatible(platform.profile({only: ['dev.ucp.shopping.discount', 'dev.ucp.shopping.fulfillment']}), shop => shop.create_checkout(order('demo-ok-1')));
  });
});

for (const version of versions) {
  test(`${version}: the answer has the platform's version and what both have`, async () => {
    const shop = new Shop(server, {version, agent: platform.profile({version, without: ['dev.ucp.shopping.discount', 'dev.ucp.shopping.buyer_consent']})});
    const {body} = await shop.create_checkout(order('demo-ok-1', 1, {discounts: {codes: ['SAVE10']}}));
    assert.equal(body.ucp.version, version);
    assert.deepEqual(Object.keys(body.ucp.capabilities).sort(), ['dev.ucp.shopping.checkout', 'dev.ucp.shopping.fulfillment']);
    assert.equal(body.discounts, undefined, 'an extension that was not negotiated is not spoken');
    assert.equal(body.totals.find(t => t.type === 'items_discount'), undefined);
  });
}

test('what one platform made, another one does not see: the same answer as for what never was', async () => {
  for (const version of versions) {
    const mine = new Shop(server, {version, agent: platform.profile({version})});
    const theirs = new Shop(server, {version, agent: platform.profile({version})});
    const {id} = (await mine.create_checkout({line_items: lines(['demo-digital']), buyer})).body;
    const bought = await mine.buy({line_items: lines(['demo-digital']), buyer});
    const pairs = [
      [await theirs.get_checkout(id), await theirs.get_checkout('chk_00000000000000000000000000')],
      [await theirs.cancel_checkout(id), await theirs.cancel_checkout('chk_00000000000000000000000000')],
      [await theirs.update_checkout(id, order('demo-ok-1')), await theirs.update_checkout('chk_00000000000000000000000000', order('demo-ok-1'))],
      [await theirs.get_order(bought.order.id), await theirs.get_order('ord_00000000000000000000000000')],
    ];
    for (const [foreign, unknown] of pairs) {
      assert.equal(foreign.status, 200);
      message(foreign.body, 'not_found');
      assert.deepEqual(foreign.body, unknown.body);
    }
    assert.equal((await mine.get_checkout(id)).body.id, id);
  }
});

describe('a profile is fetched once', () => {
  const ask = agent => new Shop(server, {version: '2026-08-25', agent}).search_catalog({query: 'tote'});

  test('for many requests, and for many at the same time', async () => {
    const url = platform.profile();
    const answers = await Promise.all(Array.from({length: 20}, () => ask(url)));
    assert.ok(answers.every(a => a.status === 200));
    for (let i = 0; i < 5; ++i) await ask(url);
    assert.equal(platform.fetches(url), 1);
  });

  test('even when it asks not to be kept: a minute is the least', async () => {
    const url = platform.profile({}, undefined, {'Cache-Control': 'no-store'});
    await ask(url);
    await ask(url);
    assert.equal(platform.fetches(url), 1);
  });

  test('and a failure is remembered too', async () => {
    const url = platform.profile(misbehave.status(500));
    for (let i = 0; i < 3; ++i) assert.equal((await ask(url)).status, 424);
    assert.equal(platform.fetches(url), 1);
  });

  test('until it is old: it is renewed behind an answer', async () => {
    const url = platform.profile({}, 'ageing');
    assert.equal((await ask(url)).status, 200);
    platform.profile({only: ['dev.ucp.shopping.catalog.lookup']}, 'ageing');
    assert.equal((await operator(server, '/admin/v1/sandbox/advance-clock', {seconds: 90000})).status, 200);
    await eventually(() => ask(url), ({body}) => body.ucp.status === 'error');
    assert.equal(platform.fetches(url), 2);
  });
});

describe('a stricter business', () => {
  const withConfig = async (lines, check) => {
    const directory = temporaryDirectory();
    const config = path.join(directory, 'strict.toml');
    writeFileSync(config, `[ucp]\n${lines}\n`);
    const strict = await startServer({args: ['--config', config]});
    try {
      await check(strict);
    } finally {
      await strict.stop();
      rmSync(directory, {recursive: true, force: true});
    }
  };

  test('a business may deal with registered platforms only', async () => {
    const known = platform.profile();
    await withConfig(`registered_only = true\n[[ucp.platform]]\nprofile = "${known}"`, async strict => {
      for (const transport of ['rest', 'mcp']) {
        assert.equal((await new Shop(strict, {version: '2026-08-25', transport, agent: known}).search_catalog({query: 'tote'})).status, 200);
        const stranger = platform.profile();
        assertRefused(await new Shop(strict, {version: '2026-08-25', transport, agent: stranger}).search_catalog({query: 'tote'}), 403, 'profile_not_trusted');
        assert.equal(platform.fetches(stranger), 0, 'who is not known is not looked up');
      }
    });
  });

  test('a business may ask for signatures', async () => {
    await withConfig('require_signatures = true', async strict => {
      const key = generateKey('ES256');
      const agent = platform.profile({keys: [key.jwk]});
      for (const transport of ['rest', 'mcp']) {
        const open = new Shop(strict, {version: '2026-08-25', transport, agent});
        assert.equal((await open.search_catalog({query: 'tote'})).status, 200, 'the catalog is open to all');
        assertRefused(await open.create_cart({line_items: lines(['demo-ok-1'])}), 401, 'signature_missing');
        const signed = new Shop(strict, {version: '2026-08-25', transport, agent, key});
        assert.ok((await signed.create_cart({line_items: lines(['demo-ok-1'])})).body.id);
      }
    });
  });
});

test('while a profile is awaited, everybody else is served', async () => {
  const slow = new Shop(server, {version: '2026-08-25', agent: platform.profile(misbehave.silent())});
  let ended = false;
  const waiting = Promise.all(Array.from({length: 8}, () => slow.search_catalog({query: 'tote'}))).then(answers => { ended = true; return answers; });
  const quick = new Shop(server);
  for (let i = 0; i < 50; ++i) assert.equal((await quick.search_catalog({query: 'tote'})).status, 200);
  assert.equal(ended, false, 'fifty answers were given in the time that one platform was given');
  for (const answer of await waiting) assertRefused(answer, 424, 'profile_unreachable');
});

test('a refusal repeats nothing that was secret', async () => {
  const {rest, mcp} = await both('https://user:hunter2@x.test/p');
  assert.ok(!rest.text.includes('hunter2') && !mcp.text.includes('hunter2'));
  assert.ok(!server.stderr.includes('hunter2'));
});

test('pickup and shipping need the extension', async () => {
  const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile({without: ['dev.ucp.shopping.fulfillment']})});
  const {body} = await shop.create_checkout({line_items: lines(['demo-ok-1']), buyer, fulfillment: shipTo()});
  assert.equal(body.fulfillment, undefined);
  assert.notEqual(body.status, 'ready_for_complete', 'nobody knows where it goes');
});
