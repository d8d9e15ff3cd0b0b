// SPDX-License-Identifier: Apache-2.0
// Other systems of the brand: one that has a say in our decisions, and those that ask for ours (AuthZEN 1.0, OPA).
import assert from 'node:assert/strict';
import http from 'node:http';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {b2a, call, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

let directory;
before(() => { directory = temporaryDirectory(); });
after(() => rmSync(directory, {recursive: true, force: true}));

const file = (name, content) => {
  const target = path.join(directory, name);
  writeFileSync(target, content);
  return target;
};
const buy = async shop => {
  const {body} = await shop.create(order('demo-ok-1'));
  return {id: body.id, answer: await shop.complete(body.id, pay())};
};

/** A decision point of the brand: {url, asked, say(fn), stop}. */
async function decisionPoint() {
  const point = {asked: [], say: () => ({decision: true})};
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', chunk => { text += chunk; }).on('end', () => {
      point.asked.push(JSON.parse(text));
      const answer = point.say(point.asked.at(-1), response);
      if (answer !== undefined) response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  point.url = `http://127.0.0.1:${server.address().port}/access/v1/evaluation`;
  point.stop = () => new Promise(resolve => { server.closeAllConnections(); server.close(resolve); });
  return point;
}

test('T25 another decision point can refuse what the rules permit; when it fails, changes are refused and it is left alone', async () => {
  const point = await decisionPoint();
  const config = file('point.toml', `[decision_point]\nurl = "${point.url}"\nactions = ["checkout.complete"]\ntimeout = "500ms"\n`);
  const server = await startServer({args: ['--config', config]});
  const shop = new Shop(server);
  assert.equal((await buy(shop)).answer.body.status, 'completed');
  const [question] = point.asked;
  assert.equal(question.subject.type, 'agent');
  assert.equal(question.subject.id, shop.agent);
  assert.equal(question.action.name, 'checkout.complete');
  assert.equal(question.resource.properties.currency, 'USD');
  for (const [say, status] of [
    [() => ({decision: false}), 403],
    [() => ({decision: true, context: {obligations: [{id: '1', type: 'notify'}]}}), 403],  // one that nobody here understands
    [() => ({decision: 'yes'}), 403],
    [(_, response) => { response.statusCode = 500; return {}; }, 403],
    [() => undefined, 403],  // no answer at all
    [() => ({decision: true}), 200],
  ]) {
    point.say = say;
    const {answer} = await buy(shop);
    assert.equal(answer.status, status, answer.text);
    if (status === 403) assert.equal(answer.body.code, 'external_decision');
  }
  point.say = () => undefined;
  for (let i = 0; i < 5; ++i) assert.equal((await buy(shop)).answer.status, 403);
  const before = point.asked.length;
  assert.equal((await buy(shop)).answer.status, 403);
  assert.equal(point.asked.length, before);
  assert.match((await call(server.operators, 'GET', '/metrics')).text, /^b2a_decision_point_skipped_total 1$/m);
  await point.stop();
  await server.stop();
});

test('an OPA data API is understood: only true and allow: true permit', async () => {
  const point = await decisionPoint();
  const config = file('opa.toml', `[decision_point]\nurl = "${point.url}"\ndialect = "opa"\n`);
  const server = await startServer({args: ['--config', config]});
  const shop = new Shop(server);
  for (const [answer, status] of [[{result: true}, 200], [{result: {allow: true}}, 200], [{result: false}, 403], [{}, 403], [{result: {allow: 'yes'}}, 403]]) {
    point.say = () => answer;
    const done = (await buy(shop)).answer;
    assert.equal(done.status, status, JSON.stringify(answer));
  }
  assert.equal(point.asked[0].input.action.name, 'checkout.complete');
  await point.stop();
  await server.stop();
});

test('the brand’s other systems ask the same rules over AuthZEN', async () => {
  const rules = readFileSync(path.join(root, 'config/policies/sandbox.toml'), 'utf8').split('[[test]]')[0] + `
[[rule]]
id = "cap"
effect = "forbid"
actions = ["checkout.complete"]
when.checkout.total.gt = [{ amount = 10, currency = "EUR" }]
reason_code = "cap"
`;
  const server = await startServer({args: ['--config', file('authzen.toml', `[policy]\nfile = "${file('authzen-rules.toml', rules)}"\n`)]});
  const found = await call(server.operators, 'GET', '/.well-known/authzen-configuration');
  assert.equal(found.body.policy_decision_point, server.operators);
  assert.equal(found.body.access_evaluation_endpoint, `${server.operators}/access/v1/evaluation`);
  const ask = (body, target = '/access/v1/evaluation', headers = {}) =>
    call(server.operators, 'POST', target, body, {Authorization: 'Bearer sandbox-admin', 'X-Request-ID': 'r-1', ...headers});
  const question = {
    subject: {type: 'agent', id: 'https://agent.example/', properties: {trust_level: 1}},
    action: {name: 'checkout.complete'},
    resource: {type: 'checkout', id: 'c1', properties: {total: 5, currency: 'EUR', item_count: 1, quantity_max: 1}},
    context: {transport: 'ucp'}, unknown: 1,
  };
  const yes = await ask(question);
  assert.equal(yes.status, 200);
  assert.equal(yes.body.decision, true);
  assert.equal(yes.headers.get('x-request-id'), 'r-1');
  const much = {...question, resource: {...question.resource, properties: {...question.resource.properties, total: 5000}}};
  const no = await ask(much);
  assert.equal(no.status, 200);
  assert.equal(no.body.decision, false);
  assert.deepEqual(no.body.context.reasons, ['cap']);
  assert.equal((await ask({...question, action: {name: 'fly'}})).body.decision, false);
  for (const missing of ['subject', 'action', 'resource']) assert.equal((await ask({...question, [missing]: undefined})).status, 400, missing);
  assert.equal((await ask(question, '/access/v1/evaluation', {Authorization: null})).status, 401);
  const batch = async semantic => (await ask({
    ...question, evaluations: [{}, {resource: much.resource}, {}], ...(semantic && {options: {evaluations_semantic: semantic}}),
  }, '/access/v1/evaluations')).body.evaluations.map(e => e.decision);
  assert.deepEqual(await batch(), [true, false, true]);
  assert.deepEqual(await batch('deny_on_first_deny'), [true, false]);
  assert.deepEqual(await batch('permit_on_first_permit'), [true]);
  assert.equal((await ask({...question, evaluations: [{}], options: {evaluations_semantic: 'x'}}, '/access/v1/evaluations')).status, 400);
  await server.stop();
});

test('the configuration names only actions that the decision point is really asked about', () => {
  const check = action => b2a('config', 'check', '--config', file('actions.toml', `[decision_point]\nurl = "https://pdp.example/"\nactions = ["${action}"]\n`));
  for (const asked of ['cart.create', 'cart.update', 'cart.cancel', 'checkout.create', 'checkout.update', 'checkout.complete', 'checkout.cancel'])
    assert.equal(check(asked).code, 0, asked);
  for (const never of ['catalog.search', 'checkout.get', 'order.fulfill', 'policy.reload', 'checkout.fly']) {
    const {code, err} = check(never);
    assert.equal(code, 2, never);
    assert.match(err, /actions\.toml:3:\d+: .*carts and checkouts/);
  }
});
