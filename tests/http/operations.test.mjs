// SPDX-License-Identifier: Apache-2.0
// What operators rely on: health, metrics, logs without secrets, drain, TLS, configuration errors, slow clients.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {auditEntries, b2a, binary, call, operator, root, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, buyer, order, pay} from '../support/ucp.mjs';

let directory;
before(() => { directory = temporaryDirectory(); });
after(() => rmSync(directory, {recursive: true, force: true}));

const file = (name, content) => {
  const target = path.join(directory, name);
  writeFileSync(target, content);
  return target;
};

test('health, readiness and metrics', async () => {
  const server = await startServer();
  assert.deepEqual((await call(server.operators, 'GET', '/healthz')).body, {status: 'ok'});
  assert.equal((await call(server.operators, 'GET', '/readyz')).body.status, 'ready');
  assert.equal(b2a('health', '--admin-listen', new URL(server.operators).host).code, 0);
  await call(server.agents, 'GET', '/b2a/v1');
  const {text} = await call(server.operators, 'GET', '/metrics');
  assert.match(text, /b2a_requests_total\{operation="native\.[a-z_]+",status="2xx"\} 1/);
  for (const line of text.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) [a-z0-9_]+ .+|[a-z0-9_]+(\{[^}]*\})? [0-9.]+)$/);
  await server.stop();
  assert.equal(b2a('health', '--admin-listen', new URL(server.operators).host).code, 2);
});

test('one log line a request, without secrets or personal data', async () => {
  const server = await startServer();
  const shop = new Shop(server, {headers: {Authorization: 'Bearer sandbox-agent'}});
  const {body} = await shop.create(order('demo-ok-1'));
  assert.equal((await shop.complete(body.id, pay('tok_very_secret'))).body.status, 'completed');
  await shop.search({query: 'private words'});
  await server.stop();
  const lines = server.stderr.trim().split('\n').map(l => JSON.parse(l)).filter(l => l.event === 'request');
  assert.deepEqual(lines.map(l => [l.operation.replace(/^ucp\./, ''), l.status]).map(String), ['create_checkout,201', 'complete_checkout,200', 'search_catalog,200']);
  for (const secret of ['ada@example.com', 'Lovelace', 'tok_very_secret', 'sandbox-agent"', 'Market Street', 'private words'])
    assert.ok(!server.stderr.includes(secret) || secret === 'sandbox-agent"', `${secret} is in the log`);
  assert.ok(lines.every(l => l.duration_us >= 0 && l.agent && l.peer));
});

test('SIGTERM drains: no acknowledged write is lost, the last checkpoint covers the head', async () => {
  const data = path.join(directory, 'drain');
  const server = await startServer({data});
  const shop = new Shop(server);
  const checkouts = await Promise.all(Array.from({length: 40}, () => shop.create({line_items: [{item: {id: 'demo-digital'}, quantity: 1}], buyer})));
  const answers = checkouts.map(c => shop.complete(c.body.id, pay()).catch(() => null));
  await Promise.race(answers);
  const {code} = await server.terminate();
  assert.equal(code, 0);
  const orders = (await Promise.all(answers)).map(a => a?.body?.order?.id).filter(Boolean);
  assert.ok(orders.length > 0);
  const placed = new Set(auditEntries(data).filter(e => e.type === 'order.placed').map(e => e.subject));
  for (const id of orders) assert.ok(placed.has(id));
  const report = JSON.parse(b2a('audit', 'verify', '--data', data, '--json').out);
  assert.ok(report.sound && report.signatures_checked);
  assert.equal(statSync(path.join(data, 'keys/audit.pem')).mode & 0o777, 0o600);
});

test('TLS 1.3 from configured files, nothing older', async () => {
  const key = path.join(directory, 'key.pem');
  const certificate = path.join(directory, 'cert.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'], {stdio: 'ignore'});
  const config = file('tls.toml', `[server]\ntls_certificate_file = "${certificate}"\ntls_key_file = "${key}"\n`);
  const server = await startServer({args: ['--config', config]});
  assert.match(server.agents, /^https:/);
  const get = options => new Promise((resolve, reject) => https.get(server.agents + '/.well-known/ucp', {ca: readFileSync(certificate), ...options}, response => {
    const protocol = response.socket.getProtocol();
    let text = '';
    response.on('data', c => { text += c; }).on('end', () => resolve({protocol, body: JSON.parse(text)}));
  }).on('error', reject));
  const {protocol, body} = await get({});
  assert.equal(protocol, 'TLSv1.3');
  assert.match(body.ucp.services['dev.ucp.shopping'][0].endpoint, /^https:/);
  await assert.rejects(get({maxVersion: 'TLSv1.2'}));
  await server.stop();
});

test('T19: slow clients are cut off while others are served', async () => {
  const config = file('slow.toml', '[server]\nheader_timeout = "400ms"\nbody_timeout = "400ms"\nidle_timeout = "400ms"\n');
  const server = await startServer({args: ['--config', config]});
  const {hostname, port} = new URL(server.agents);
  const slow = bytes => new Promise(resolve => {
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    socket.on('data', () => {}).on('close', () => resolve(true)).on('error', () => {});
  });
  const closed = Promise.all([slow('GET / HTT'), slow('POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{'), slow('')]);
  assert.equal((await call(server.agents, 'GET', '/b2a/v1')).status, 200);
  assert.ok((await closed).every(Boolean), 'all three were closed by the server');
  await server.stop();
});

test('configuration problems name their place, all at once', () => {
  const config = file('bad.toml', '[server]\nlisten = "nowhere"\nport = 1\n\n[brand]\ndefault_currency = "EURO"\n[server2]\n');
  const {code, err} = b2a('config', 'check', '--config', config);
  assert.equal(code, 2);
  for (const place of [/bad\.toml:2:\d+: .*host:port/, /bad\.toml:3:\d+: unknown key "port"/, /bad\.toml:6:\d+: .*ISO 4217/, /bad\.toml:7:\d+: unknown key "server2"/]) assert.match(err, place);
  assert.match(b2a('config', 'check', '--config', file('syntax.toml', 'a = [1,\n')).err, /syntax\.toml:\d+:\d+/);
});

test('what the project ships loads: configuration, rules, and what print prints', () => {
  assert.equal(b2a('config', 'check', '--config', path.join(root, 'config/b2a.toml')).code, 0);
  const printed = b2a('config', 'print', '--config', path.join(root, 'config/b2a.toml'));
  assert.equal(b2a('config', 'print', '--config', file('printed.toml', printed.out)).out, printed.out);
  for (const rules of ['default.toml', 'sandbox.toml']) {
    const {code, out} = b2a('policy', 'test', path.join(root, 'config/policies', rules));
    assert.equal(code, 0, out);
    assert.match(out, /(\d+) of \1 policy tests passed/);
  }
});

test('a refusal leaves evidence and says why', async () => {
  const server = await startServer({keep: true});
  const anonymous = await fetch(server.agents + '/ucp/v1/checkout-sessions', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: '{}'});
  assert.equal(anonymous.status, 400);
  const config = file('closed.toml', `[policy]\nfile = "${file('closed-rules.toml', '[[rule]]\nid = "no-sale"\neffect = "forbid"\nactions = ["checkout.create"]\nreason_code = "closed"\nagent_message = "The shop is closed."\n')}"\n`);
  await server.stop();
  const closed = await startServer({data: server.data, args: ['--config', config]});
  const refused = await new Shop(closed).create(order('demo-ok-1'));
  assert.equal(refused.status, 403);
  assert.match(refused.body.decision_id, /^dec_/);
  await closed.stop();
  const entry = auditEntries(server.data).find(e => e.type === 'request.refused');
  assert.equal(entry.decision_id, refused.body.decision_id);
  assert.deepEqual(entry.rules, ['no-sale']);
  rmSync(server.data, {recursive: true, force: true});
});

test('a mistyped data directory does not begin a second log', () => {
  const missing = path.join(directory, 'typo');
  const {code, err} = b2a('serve', '--data', missing, '--listen', '127.0.0.1:0', '--admin-listen', '127.0.0.1:0');
  assert.equal(code, 2);
  assert.match(err, /--init/);
  assert.ok(!existsSync(path.join(missing, 'b2a.db')));
});

test('the binary answers for itself', () => {
  assert.ok(existsSync(binary));
  assert.match(b2a('--version').out, /^b2a \d+\.\d+\.\d+/);
  assert.equal(b2a('--help').code, 0);
  for (const command of ['serve', 'import', 'audit', 'policy', 'config', 'health']) assert.match(b2a(command, '--help').out, /--help/);
  assert.equal(b2a('nonsense').code, 2);
});

test('the operator reads the log by page', async () => {
  const server = await startServer();
  const page = await operator(server, '/admin/v1/audit?from=0&limit=1');
  assert.equal(page.status, 200);
  assert.equal(page.body.entries[0].entry.type, 'catalog.published');
  assert.equal((await operator(server, '/admin/v1/audit?limit=0')).status, 400);
  await server.stop();
});
