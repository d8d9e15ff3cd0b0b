// SPDX-License-Identifier: Apache-2.0
// The brand's hand on what agents do: shadow, replay, hot reload, the kill switch, approvals, allowances, decisions.
import assert from 'node:assert/strict';
import http from 'node:http';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {auditEntries, b2a, call, eventually, operator, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

let directory;
before(() => { directory = temporaryDirectory(); });
after(() => rmSync(directory, {recursive: true, force: true}));

// Without their own [[test]] cases: these tests change what the rules say, and rules that fail their cases do not load.
const sandboxRules = readFileSync(path.join(root, 'config/policies/sandbox.toml'), 'utf8').split('[[test]]')[0];
const file = (name, content) => {
  const target = path.join(directory, name);
  writeFileSync(target, content);
  return target;
};
const admin = (server, method, target, body, type = 'application/json') =>
  call(server.operators, method, target, body, {Authorization: 'Bearer sandbox-admin', ...(body !== undefined && {'Content-Type': type})});

/** A server with rules of its own: {server, rules (the file), shop}. */
async function governed(name, rules) {
  const target = file(`${name}-rules.toml`, rules);
  const server = await startServer({keep: true, args: ['--config', file(`${name}.toml`, `[policy]\nfile = "${target}"\n`)]});
  return {server, rules: target, shop: new Shop(server)};
}
const buy = async (shop, item = 'demo-ok-1', quantity = 1) => {
  const {body} = await shop.create(order(item, quantity));
  return {id: body.id, answer: await shop.complete(body.id, pay())};
};

const cap = mode => `
[[rule]]
id = "try.cap"
effect = "forbid"
mode = "${mode}"
actions = ["checkout.complete"]
when.checkout.total.gt = [{ amount = 10, currency = "USD" }, { amount = 10, currency = "EUR" }]
reason_code = "cap"
agent_message = "Too much."
`;

test('a rule is tried in shadow, replayed, enforced by hot reload and stopped by the kill switch over one open connection', async () => {
  const {server, rules, shop} = await governed('scenario', sandboxRules + cap('shadow'));
  // One connection stays open through everything: no answer may be lost, nothing may close it.
  const agent = new http.Agent({keepAlive: true, maxSockets: 1});
  let sockets = 0;
  const statuses = [];
  let going = true;
  const reading = (async () => {
    while (going) {
      statuses.push(await new Promise((resolve, reject) => {
        const request = http.get(server.agents + '/b2a/v1/products/demo-ok-1', {agent}, response => response.resume().on('end', () => resolve(response.statusCode)));
        request.on('socket', socket => { if (!socket.seen) { socket.seen = true; ++sockets; } }).on('error', reject);
      }));
    }
  })();

  const first = await buy(shop);
  assert.equal(first.answer.body.status, 'completed');
  const noted = auditEntries(server.data).find(e => e.type === 'checkout.completed');
  assert.equal(noted.details.shadow, 'try.cap');
  assert.equal(noted.facts.total.currency, 'USD');

  const candidate = sandboxRules + cap('enforce');
  const replayed = await admin(server, 'POST', '/admin/v1/policy/replay?since=1h', candidate, 'application/toml');
  assert.equal(replayed.status, 200, replayed.text);
  assert.equal(replayed.body.refused, 1);
  assert.deepEqual(replayed.body.refused_by_rule, {'try.cap': 1});
  assert.equal(replayed.body.revenue_at_stake.USD, noted.facts.total.amount);
  const offline = b2a('policy', 'replay', file('candidate.toml', candidate), '--since', '1h', '--data', server.data, '--json');
  assert.equal(offline.code, 0, offline.err);
  assert.equal(JSON.parse(offline.out).refused, 1);

  writeFileSync(rules, candidate);
  const before = (await admin(server, 'GET', '/admin/v1/policy')).body.digest;
  assert.equal((await admin(server, 'POST', '/admin/v1/policy/reload')).status, 200);
  assert.notEqual((await admin(server, 'GET', '/admin/v1/policy')).body.digest, before);
  const refused = (await buy(shop)).answer;
  assert.equal(refused.status, 403);
  assert.equal(refused.body.code, 'cap');
  assert.equal(refused.body.remedy, 'reduce');

  const preview = await admin(server, 'POST', '/admin/v1/stops/preview?since=1h', {protocol: 'ucp', actions: ['checkout.*']});
  assert.equal(preview.body.orders, 1, preview.text);
  const stop = await admin(server, 'POST', '/admin/v1/stops', {scope: {protocol: 'ucp'}, reason: 'Stocktaking until noon.', lasts: '1h'});
  assert.equal(stop.status, 201, stop.text);
  const stopped = await shop.create(order('demo-ok-1'));
  assert.equal(stopped.status, 503);
  assert.equal(stopped.body.code, 'stopped_by_brand');
  assert.ok(Number(stopped.headers.get('retry-after')) > 0);
  assert.equal((await admin(server, 'DELETE', `/admin/v1/stops/${stop.body.id}`)).status, 200);
  assert.equal((await shop.create(order('demo-ok-1'))).status, 201);

  going = false;
  await reading;
  agent.destroy();
  assert.ok(statuses.length > 0 && statuses.every(status => status === 200), [...new Set(statuses)].join());
  assert.equal(sockets, 1);
  const types = auditEntries(server.data).map(e => e.type);
  for (const type of ['policy.activated', 'request.refused', 'stop.added', 'stop.lifted']) assert.ok(types.includes(type), type);
  await server.stop();
  assert.equal(b2a('audit', 'verify', '--data', server.data).code, 0);
});

test('a stop by the command line reaches the running server, for an agent, a product, a market and over MCP alike', async () => {
  const {server, shop} = await governed('stops', sandboxRules);
  const code = answer => answer.body?.code ?? answer.rpc?.error?.data?.code;
  const cases = [
    {args: ['--agent', shop.agent], ask: () => shop.create(order('demo-ok-1')), status: 403},
    {args: ['--class', 'shopping', '--action', 'checkout.create'], ask: () => shop.create(order('demo-ok-1')), status: 403},
    {args: ['--market', 'US', '--action', 'checkout.create'], ask: () => shop.create(order('demo-ok-1')), status: 403},
    {args: [], ask: () => call(server.agents, 'GET', '/b2a/v1/search?q=hoodie'), status: 503},
  ];
  for (const {args, ask, status} of cases) {
    const added = b2a('stop', 'add', '--data', server.data, '--reason', 'No more of this.', ...args);
    assert.equal(added.code, 0, added.err);
    const answer = await eventually(ask, a => a.status === status, 5);
    assert.match(answer.text, /stopped_by_brand/, args.join(' '));
    assert.match(answer.text, /No more of this\./);
    assert.match(b2a('stop', 'list', '--data', server.data).out, new RegExp(added.out.trim()));
    assert.equal(b2a('stop', 'lift', added.out.trim(), '--data', server.data).code, 0);
    await eventually(ask, a => a.status < 300, 5);
  }
  const product = JSON.parse((await call(server.agents, 'GET', '/b2a/v1/variants/demo-ok-1')).text);
  const id = product.product_id ?? product.product?.id ?? 'demo-ok';
  const added = b2a('stop', 'add', '--data', server.data, '--reason', 'Recalled.', '--product', id);
  await eventually(() => shop.create(order('demo-ok-1')), a => a.status === 403, 5);
  const mcp = new Shop(server, {transport: 'mcp'});
  const refused = await mcp.create(order('demo-ok-1'));
  assert.equal(refused.status, 403);
  assert.match(JSON.stringify(refused.rpc ?? refused.body), /stopped_by_brand/);
  assert.equal(code(refused), 'stopped_by_brand');
  b2a('stop', 'lift', added.out.trim(), '--data', server.data);
  assert.equal(b2a('stop', 'add', '--data', server.data, '--reason', 'x', '--protocol', 'http').code, 2);
  await server.stop();
});

test('a purchase that a person has to approve waits, is decided, and resumes', async () => {
  const ask = `
[[rule]]
id = "ask.first"
effect = "approve"
approval_ttl = "1h"
actions = ["checkout.complete"]
when.checkout.item_count.gt = 2
reason_code = "many_items"
`;
  const {server, shop} = await governed('approval', sandboxRules + ask);
  const held = await buy(shop, 'demo-ok-1', 3);
  assert.equal(held.answer.body.status, 'requires_escalation');
  const open = (await admin(server, 'GET', '/admin/v1/approvals')).body.approvals;
  assert.equal(open.length, 1);
  assert.equal(open[0].checkout, held.id);
  assert.deepEqual(open[0].reasons, ['many_items']);
  // The question stands: asking again asks nobody anew, and changing the purchase makes the old question moot.
  assert.equal((await shop.complete(held.id, pay())).body.status, 'requires_escalation');
  assert.equal((await admin(server, 'GET', '/admin/v1/approvals')).body.approvals[0].decision_id, open[0].decision_id);
  await shop.update(held.id, order('demo-ok-1', 4));
  assert.equal((await admin(server, 'POST', `/admin/v1/approvals/${held.id}`, {decision: 'grant'})).status, 409);
  assert.equal((await shop.complete(held.id, pay())).body.status, 'requires_escalation');
  const granted = await admin(server, 'POST', `/admin/v1/approvals/${held.id}`, {decision: 'grant', note: 'A good customer.'});
  assert.equal(granted.status, 200, granted.text);
  const resumed = await shop.get(held.id);
  assert.equal(resumed.body.status, 'ready_for_complete', resumed.text);
  assert.equal((await shop.complete(held.id, pay())).body.status, 'completed');
  assert.equal((await admin(server, 'GET', '/admin/v1/approvals?state=used')).body.approvals[0].decided_by, 'operator');
  assert.equal((await admin(server, 'POST', `/admin/v1/approvals/${held.id}`, {decision: 'deny'})).status, 409);

  const other = await buy(shop, 'demo-ok-1', 3);
  const denied = b2a('approval', 'deny', other.id, '--note', 'Too many at once.', '--data', server.data);
  assert.equal(denied.code, 0, denied.err);
  const no = await shop.complete(other.id, pay());
  assert.equal(no.status, 403);
  assert.equal(no.body.code, 'approval_denied');
  assert.equal(no.body.content, 'Too many at once.');
  await server.stop();
  assert.equal(b2a('audit', 'verify', '--data', server.data).code, 0);
});

test('an allowance of orders is drawn to its cap and no further, by requests at once and over a restart', async () => {
  const daily = `
[[limit]]
id = "daily"
actions = ["checkout.complete"]
orders = 3
per = "everyone"
window = "31d"
reason_code = "daily_orders"
`;
  const {server, rules} = await governed('daily', sandboxRules + daily);
  const shop = new Shop(server);
  const ids = [];
  for (let i = 0; i < 8; ++i) ids.push((await shop.create(order('demo-ok-1'))).body.id);
  const answers = await Promise.all(ids.map(id => shop.complete(id, pay())));
  assert.equal(answers.filter(a => a.body.status === 'completed').length, 3);
  const refused = answers.filter(a => a.status === 403);
  assert.equal(refused.length, 5);
  for (const {body} of refused) assert.equal(body.code, 'daily_orders');
  await server.stop();
  const again = await startServer({data: server.data, args: ['--config', file('daily2.toml', `[policy]\nfile = "${rules}"\n`)]});
  const late = (await buy(new Shop(again))).answer;
  assert.equal(late.status, 403);
  assert.equal(late.body.code, 'daily_orders');
  await again.stop();
  assert.equal(auditEntries(server.data).filter(e => e.type === 'order.placed').length, 3);
  rmSync(server.data, {recursive: true, force: true});
});

test('every refusal has a decision that its agent can read, others cannot, and the operator can take apart', async () => {
  const {server, shop} = await governed('decisions', sandboxRules + cap('enforce'));
  const refused = (await buy(shop)).answer;
  const id = refused.body.decision_id;
  const read = await eventually(() => call(server.agents, 'GET', `/b2a/v1/decisions/${id}`), a => a.status === 200, 5);
  assert.equal(read.body.outcome, 'deny');
  assert.equal(read.body.action, 'checkout.complete');
  assert.deepEqual(read.body.reasons, [{code: 'cap'}]);
  const stranger = {'UCP-Agent': `profile="${server.agents}/sandbox/agents/2026-08-25.json"`};
  const others = await call(server.agents, 'GET', `/b2a/v1/decisions/${id}`, undefined, stranger);
  const unknown = await call(server.agents, 'GET', `/b2a/v1/decisions/dec_${'0'.repeat(26)}`, undefined, stranger);
  assert.equal(others.status, 404);
  assert.equal(unknown.status, 404);
  const trace = await operator(server, `/admin/v1/decisions/${id}`);
  assert.equal(trace.status, 200, trace.text);
  assert.equal(trace.body.entry.decision_id, id);
  const rule = trace.body.explanation.rules.find(r => r.rule === 'try.cap');
  assert.equal(rule.matched, true);
  assert.match(rule.conditions[0].condition, /checkout\.total\.gt/);
  const offline = b2a('policy', 'explain', '--decision', id, '--data', server.data);
  assert.equal(offline.code, 0, offline.err);
  assert.match(offline.out, /try\.cap/);
  // A refused read leaves its entry too.
  const closed = await admin(server, 'POST', '/admin/v1/policy/explain', {action: 'order.get', input: 'agent.trust_level = 0'});
  assert.equal(closed.body.decision, 'deny');
  const anonymous = await call(server.agents, 'GET', '/ucp/v1/orders/ord_00000000000000000000000000', undefined, {'UCP-Agent': null});
  assert.ok(anonymous.status >= 400);
  await server.stop();
  rmSync(server.data, {recursive: true, force: true});
});

test('T25 a broken rule file is refused with its place, noted, and the old rules stay', async () => {
  const {server, rules, shop} = await governed('broken', sandboxRules);
  writeFileSync(rules, '[[rule]]\nid = "x"\neffect = "permit"\nactions = ["*"]\nwhen.agent.trust_levle.gte = 1\n');
  const failed = await admin(server, 'POST', '/admin/v1/policy/reload');
  assert.equal(failed.status, 400);
  assert.match(failed.body.detail, /broken-rules\.toml:5:\d+: .*agent\.trust_levle/);
  assert.ok(auditEntries(server.data).some(e => e.type === 'policy.reload_failed'));
  assert.equal((await buy(shop)).answer.body.status, 'completed');
  // Rules that forbid everything can be taken back by whoever runs the machine.
  writeFileSync(rules, '[[rule]]\nid = "closed"\neffect = "forbid"\nactions = ["*"]\n');
  assert.equal((await admin(server, 'POST', '/admin/v1/policy/reload')).status, 200);
  assert.equal((await admin(server, 'POST', '/admin/v1/policy/reload')).status, 403);
  writeFileSync(rules, sandboxRules);
  process.kill(server.pid, 'SIGHUP');
  await eventually(() => shop.create(order('demo-ok-1')), a => a.status === 201, 10);
  await server.stop();
  rmSync(server.data, {recursive: true, force: true});
});

test('a whole rule set in shadow is judged beside the active one and never applied', async () => {
  const {server, shop} = await governed('shadow', sandboxRules);
  const set = await admin(server, 'PUT', '/admin/v1/policy/shadow', sandboxRules + cap('enforce'), 'application/toml');
  assert.equal(set.status, 200, set.text);
  assert.equal((await buy(shop)).answer.body.status, 'completed');
  const entry = auditEntries(server.data).find(e => e.type === 'checkout.completed');
  assert.equal(entry.details.shadow_set, 'deny');
  assert.match((await call(server.operators, 'GET', '/metrics')).text, /^b2a_policy_shadow_stricter_total 1$/m);
  assert.equal((await admin(server, 'DELETE', '/admin/v1/policy/shadow')).status, 200);
  await buy(shop);
  assert.match((await call(server.operators, 'GET', '/metrics')).text, /^b2a_policy_shadow_stricter_total 1$/m);
  await server.stop();
  rmSync(server.data, {recursive: true, force: true});
});

test('obligations narrow what is read: masked buyers, capped pages', async () => {
  const narrow = sandboxRules.replace('reason_code = "public_read"', 'reason_code = "public_read"\nobligate = ["mask_buyer", "cap_page_2"]');
  assert.notEqual(narrow, sandboxRules);
  const {server, shop} = await governed('narrow', narrow);
  const {body} = await shop.create(order('demo-ok-1'));
  const read = await shop.get(body.id);
  assert.equal(read.body.buyer?.email, undefined);
  assert.ok(!read.text.includes('street_address') || !read.text.includes('Market Street'));
  const page = await call(server.agents, 'GET', '/b2a/v1/search?limit=50');
  assert.equal(page.status, 200);
  assert.equal((page.body.items ?? page.body.products ?? page.body.results).length, 2);
  await server.stop();
  rmSync(server.data, {recursive: true, force: true});
});

test('rules are compared and explained from the command line', () => {
  const before = file('before.toml', sandboxRules);
  const after = file('after.toml', sandboxRules + cap('enforce'));
  const diff = b2a('policy', 'diff', before, after, '--json');
  assert.equal(diff.code, 1);
  assert.deepEqual(JSON.parse(diff.out).added, ['try.cap']);
  assert.equal(b2a('policy', 'diff', before, before).code, 0);
  const why = b2a('policy', 'explain', after, '--action', 'checkout.complete', '--input',
    'agent.trust_level = 1\ncheckout.total = { amount = 900, currency = "EUR" }', '--json');
  assert.equal(why.code, 0, why.err);
  assert.equal(JSON.parse(why.out).decision, 'deny');
  assert.equal(b2a('policy', 'explain', after, '--input', 'agent.trust = 1').code, 2);
});

test('an agent of the register is bound by limits of its own, and suspended at once', async () => {
  const {server} = await governed('register', sandboxRules);
  const agent = (...args) => { const done = b2a('agent', ...args, '--data', server.data, '--json'); assert.equal(done.code, 0, done.err); return JSON.parse(done.out); };
  const {token} = agent('add', 'household', '--class', 'shopping', '--quantity-max', '2', '--order-max', '500 USD', '--daily-max', '120 USD');
  const shop = new Shop(server, {headers: {Authorization: `Bearer ${token}`}});
  await eventually(() => shop.create(order('demo-ok-1')), a => a.status === 201, 5);
  const many = await shop.create(order('demo-ok-1', 3));
  assert.equal(many.status, 403);
  assert.equal(many.body.code, 'agent_quantity_limit');
  assert.equal(many.body.remedy, 'reduce');
  const done = [];
  for (let i = 0; i < 4; ++i) done.push((await buy(shop)).answer);
  const placed = done.filter(a => a.body.status === 'completed');
  assert.ok(placed.length >= 1 && placed.length < 4, `${placed.length} orders`);
  assert.ok(placed.reduce((sum, a) => sum + a.body.totals.find(t => t.type === 'total').amount, 0) <= 12000);
  assert.equal(done.at(-1).body.code, 'agent_daily_total');
  agent('limits', 'household', '--requests-per-minute', '1');
  await eventually(() => shop.create(order('demo-ok-1')), a => a.status === 429, 5);
  agent('suspend', 'household');
  const suspended = await eventually(() => shop.create(order('demo-ok-1')), a => a.status === 403, 5);
  assert.equal(suspended.body.code, 'agent_suspended');
  const reading = await call(server.agents, 'GET', '/b2a/v1/search?q=tote', undefined, {'UCP-Agent': null, Authorization: `Bearer ${token}`});
  assert.equal(reading.status, 403);
  await server.stop();
  rmSync(server.data, {recursive: true, force: true});
});
