// SPDX-License-Identifier: Apache-2.0
// Policy fails closed: a rule file that is no good changes nothing, and what a rule asks about but nobody said is no yes.
import assert from 'node:assert/strict';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {b2a, call, eventually, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, address, buyer, lines, order, pay, shipTo} from '../support/ucp.mjs';

const shipped = readFileSync(path.join(root, 'config/policies/sandbox.toml'), 'utf8');
const closed = '[[rule]]\nid = "closed"\neffect = "forbid"\nactions = ["*"]\nreason_code = "closed"\nagent_message = "The shop is closed."\n';

let directory;
before(() => { directory = temporaryDirectory(); });
after(() => rmSync(directory, {recursive: true, force: true}));
const file = (name, content) => {
  writeFileSync(path.join(directory, name), content);
  return path.join(directory, name);
};
const startWith = async (name, rules) => startServer({args: ['--config', file(`${name}.toml`, `[policy]\nfile = "${file(`${name}-rules.toml`, rules)}"\n`)]});
const digest = async server => (await call(server.operators, 'GET', '/readyz')).body.policy;
const failures = async server => Number(/^b2a_policy_reloads_failed_total (\d+)$/m.exec((await call(server.operators, 'GET', '/metrics')).text)[1]);

const broken = {
  'no TOML': '[[rule]\nid = ',
  'an effect that nobody knows': '[[rule]]\nid = "x"\neffect = "allow"\nactions = ["*"]\n',
  'an attribute that nobody knows': '[[rule]]\nid = "x"\neffect = "permit"\nactions = ["*"]\nwhen.agent.shoe_size.gte = 40\n',
  'the same id twice': closed + closed,
  'a test that does not hold': shipped + '\n[[test]]\nname = "cannot hold"\naction = "checkout.create"\ninput = {agent.trust_level = 0}\nexpect = {decision = "allow"}\n',
  'an empty list of actions': '[[rule]]\nid = "x"\neffect = "permit"\nactions = []\n',
  'too much of it': `# ${'x'.repeat(2 * 1024 * 1024)}\n`,
};

test('T25: a broken rule file on reload: the old rules stay, it is counted, and a good one is taken afterwards', async () => {
  const server = await startWith('reload', shipped);
  const shop = new Shop(server);
  const before = await digest(server);
  assert.equal(await failures(server), 0);
  let count = 0;
  for (const [name, rules] of Object.entries(broken)) {
    file('reload-rules.toml', rules);
    process.kill(server.pid, 'SIGHUP');
    ++count;
    await eventually(() => failures(server), n => n === count);
    assert.equal(await digest(server), before, name);
    assert.equal((await shop.create(order('demo-ok-1'))).status, 201, name);
  }
  rmSync(path.join(directory, 'reload-rules.toml'));
  process.kill(server.pid, 'SIGHUP');
  await eventually(() => failures(server), n => n === count + 1);
  assert.equal(await digest(server), before, 'a file that is gone');
  file('reload-rules.toml', closed);
  process.kill(server.pid, 'SIGHUP');
  await eventually(() => digest(server), now => now !== before);
  const refused = await shop.create(order('demo-ok-1'));
  assert.equal(refused.status, 403);
  assert.equal(refused.body.code, 'closed');
  await server.stop();
});

test('T25: a server does not start with rules that are no good', () => {
  for (const [name, rules] of Object.entries(broken)) {
    const config = file('start.toml', `[policy]\nfile = "${file('start-rules.toml', rules)}"\n`);
    const {code} = b2a('serve', '--sandbox', '--config', config, '--data', path.join(directory, 'never'), '--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0');
    assert.notEqual(code, 0, name);
  }
});

const permit = (id, actions, condition = '') => `[[rule]]\nid = "${id}"\neffect = "permit"\nactions = ${actions}\n${condition}\nreason_code = "${id}"\n`;
// What a sandbox needs to start and to be looked at.
const operators = permit('operators', '["catalog.publish", "operator.read"]', 'when.agent.trust_level.eq = 6');
const digital = {line_items: lines(['demo-digital']), buyer};

test('T25: an attribute that is absent permits nothing', async () => {
  const server = await startWith('absent', operators + permit('prepare', '["checkout.create", "checkout.update"]') +
    permit('known_country', '["checkout.complete"]', 'when.ship_to.country.in = ["US"]') +
    permit('no_embargo', '["checkout.complete"]', 'when.ship_to.country.not_in = ["KP"]'));
  const shop = new Shop(server);
  const created = await shop.create(digital);
  assert.equal(created.body.status, 'ready_for_complete', created.text);
  const refused = await shop.complete(created.body.id, pay());
  assert.equal(refused.status, 403, refused.text);
  assert.equal(refused.body.code, 'no_rule_permits');
  await shop.buy(order('demo-ok-1'));
  await server.stop();
});

test('T25: and a rule that forbids or requires is not passed by saying nothing', async () => {
  for (const [name, rule] of Object.entries({
    forbid: '[[rule]]\nid = "embargo"\neffect = "forbid"\nactions = ["checkout.complete"]\nwhen.ship_to.country.in = ["KP"]\nreason_code = "embargo"\nagent_message = "Not there."\n',
    require: '[[rule]]\nid = "embargo"\neffect = "require"\nactions = ["checkout.complete"]\nrequire.ship_to.country.in = ["US", "DE"]\nreason_code = "embargo"\nagent_message = "Not there."\n',
  })) {
    const server = await startWith(name, operators + permit('all', '["checkout.*"]') + rule);
    const shop = new Shop(server);
    const created = await shop.create(digital);
    const refused = await shop.complete(created.body.id, pay());
    assert.equal(refused.status, 403, `${name}: ${refused.text}`);
    assert.equal(refused.body.code, 'embargo');
    await shop.buy({...order('demo-ok-1'), fulfillment: shipTo(address)});
    await server.stop();
  }
});
