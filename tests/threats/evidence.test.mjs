// SPDX-License-Identifier: Apache-2.0
// Threats to the evidence and to the people in it, against the real binary. The verifier is support/merkle.mjs, which
// knows the standards and not this server.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {cpSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {auditEntries, b2a, call, eventually, operator, startServer, temporaryDirectory} from '../support/server.mjs';
import {leafHash, nodeHash, openCheckpoint, openReceipt, parseBundle, parseProof, root, verifyConsistency, verifyInclusion} from '../support/merkle.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

const person = {first_name: 'Adalberta', last_name: 'Lovelace-King', email: 'adalberta.king@privacy.example', phone_number: '+442071234567'};
const home = {street_address: '12 Analytical Engine Lane', address_locality: 'Ockham', postal_code: 'GU23 6NP', address_country: 'US', address_region: 'CA'};
const traces = [...Object.values(person), home.street_address, home.postal_code];
const personal = variant => order(variant, 1, {
  buyer: person,
  fulfillment: {methods: [{type: 'shipping', destinations: [{id: 'home', ...home}], selected_destination_id: 'home'}]},
});

let data;
before(() => { data = temporaryDirectory(); });
after(() => rmSync(data, {recursive: true, force: true}));
const directory = name => path.join(data, name);
const vkeyOf = dir => readFileSync(path.join(dir, 'keys/audit.vkey'), 'utf8');
const get = async (server, target, headers = {}) => {
  const response = await fetch(server.agents + target, {headers});
  return {status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer())};
};
const ours = server => ({'UCP-Agent': `profile="${new Shop(server).agent}"`});

/** Waits until a checkpoint covers `size` entries, and opens it. */
async function checkpointOf(server, size) {
  const {bytes} = await eventually(() => get(server, '/audit/checkpoint'), a => a.status === 200 && Number(a.bytes.toString().split('\n')[1]) >= size);
  return openCheckpoint(bytes.toString(), vkeyOf(server.data));
}

/** All files below a directory. */
const filesIn = dir => readdirSync(dir, {recursive: true}).map(f => path.join(dir, f)).filter(f => statSync(f).isFile());
function findTraces(dir, texts) {
  return filesIn(dir).flatMap(file => {
    const bytes = readFileSync(file);
    return texts.filter(text => bytes.includes(text)).map(text => `${text} in ${path.basename(file)}`);
  });
}

test('T22 every entry is proved from tiles, proofs and receipts, by somebody who trusts nobody here', async () => {
  const server = await startServer({data: directory('proofs')});
  const shop = new Shop(server);
  const orders = [];
  for (let i = 0; i < 3; ++i) orders.push(await shop.buy(order('demo-ok-1')));
  const early = await checkpointOf(server, 1);
  // Past one tile, so that the tree has two levels of them.
  await Promise.all(Array.from({length: 260}, () => shop.create(order('demo-digital'))));
  const {size, root: expected} = await checkpointOf(server, 265);

  const tile = async (target, width) => {
    const full = Math.floor(size / 256) > target[1];
    const answer = await get(server, `/audit/tile/${target[0]}/${String(target[1]).padStart(3, '0')}${full ? '' : `.p/${width}`}`);
    assert.equal(answer.status, 200, answer.bytes.toString());
    assert.match(answer.headers.get('cache-control'), /immutable/);
    return Array.from({length: answer.bytes.length / 32}, (_, i) => answer.bytes.subarray(i * 32, i * 32 + 32));
  };
  const leaves = [...await tile([0, 0]), ...await tile([0, 1], size - 256)];
  assert.equal(leaves.length, size);
  assert.deepEqual(root(leaves), expected, 'the tiles of hashes make the root that is signed');
  const above = await get(server, '/audit/tile/1/000.p/1');
  assert.deepEqual(above.bytes, root(leaves.slice(0, 256)), 'a tile above holds the root of one below');
  for (const wrong of ['0/000.p/0', '0/0', '0/x000/000', '0/005', '1/000', '9/000', '0/001'])
    assert.equal((await get(server, `/audit/tile/${wrong}`)).status, 404, wrong);

  for (const index of [0, 5, 255, 256, size - 1]) {
    const {status, bytes} = await get(server, `/audit/proof?index=${index}`);
    assert.equal(status, 200);
    const proof = parseProof(bytes.toString());
    const checkpoint = openCheckpoint(proof.checkpoint, vkeyOf(server.data));
    assert.ok(verifyInclusion(leaves[index], index, checkpoint.size, proof.hashes, checkpoint.root), `entry ${index}`);
    assert.ok(!verifyInclusion(nodeHash(leaves[index], leaves[index]), index, checkpoint.size, proof.hashes, checkpoint.root));
  }
  assert.equal((await get(server, '/audit/proof?index=1000000')).status, 404);
  assert.equal((await get(server, '/audit/proof?index=-1')).status, 400);
  for (const from of [1, early.size, 255, 256, size]) {
    const {consistency} = JSON.parse((await get(server, `/audit/consistency?from=${from}&to=${size}`)).bytes);
    assert.ok(verifyConsistency(from, size, root(leaves.slice(0, from)), expected, consistency.map(h => Buffer.from(h, 'base64'))), `${from} to ${size}`);
  }
  for (const query of ['from=0&to=5', 'from=9&to=5', 'from=1&to=1000000', 'from=x&to=5', ''])
    assert.equal((await get(server, `/audit/consistency?${query}`)).status, 400, query);

  // The bytes of entries are the operator's, and the agent's own.
  assert.equal((await get(server, '/audit/tile/entries/000', ours(server))).status, 403);
  const bundle = await fetch(server.operators + '/audit/tile/entries/000', {headers: {Authorization: 'Bearer sandbox-admin'}});
  assert.equal((await fetch(server.operators + '/audit/tile/entries/000')).status, 401);
  const entries = parseBundle(Buffer.from(await bundle.arrayBuffer()));
  assert.deepEqual(entries.map(leafHash), leaves.slice(0, 256));
  for (const bought of orders) {
    const receipt = JSON.parse((await get(server, `/audit/receipts/${bought.order.id}`, ours(server))).bytes);
    const entry = openReceipt(receipt, vkeyOf(server.data));
    assert.deepEqual([entry.type, entry.subject], ['order.placed', bought.order.id]);
    const answer = await get(server, `/audit/entries/${entry.seq}`, ours(server));
    assert.equal(answer.bytes.toString(), receipt.entry);
    assert.equal(answer.headers.get('audit-entry'), `${receipt.origin}#${entry.seq}`);
    const file = directory('receipt.json');
    writeFileSync(file, JSON.stringify(receipt));
    assert.equal(b2a('audit', 'verify-receipt', file, '--vkey', vkeyOf(server.data).trim()).code, 0);
    writeFileSync(file, JSON.stringify({...receipt, entry: receipt.entry.replace('order.placed', 'order.placeD')}));
    assert.equal(b2a('audit', 'verify-receipt', file, '--vkey', vkeyOf(server.data).trim()).code, 1);
  }
  await server.stop();
});

test('T22 another agent learns nothing of an entry, not even that it exists', async () => {
  const server = await startServer({data: directory('foreign')});
  const mine = await new Shop(server).buy(order('demo-ok-1'));
  await checkpointOf(server, 3);
  const {index} = JSON.parse((await get(server, `/audit/receipts/${mine.order.id}`, ours(server))).bytes);
  const answers = [];
  for (const headers of [{}, {Authorization: 'Bearer sandbox-agent'}])
    for (const target of [`/audit/receipts/${mine.order.id}`, '/audit/receipts/ord_00000000000000000000000000', '/audit/receipts/x', `/audit/entries/${index}`, '/audit/entries/99999', '/audit/entries/x'])
      answers.push(await get(server, target, headers));
  for (const {status, bytes} of answers) assert.deepEqual([status, bytes.toString()], [404, answers[0].bytes.toString()]);
  await server.stop();
});

test('T22 a changed byte, an older copy, a lost key: no start, and the verifier names the place', async () => {
  const source = directory('tampered');
  const server = await startServer({data: source});
  const shop = new Shop(server);
  await shop.buy(order('demo-ok-1'));
  await server.stop();
  const older = directory('older');
  cpSync(source, older, {recursive: true});
  const again = await startServer({data: source});
  await new Shop(again).buy(order('demo-ok-1'));
  await checkpointOf(again, auditEntries(source).length);
  const note = (await get(again, '/audit/checkpoint')).bytes;
  await again.stop();

  const held = directory('held-checkpoint');
  writeFileSync(held, note);
  assert.equal(b2a('audit', 'verify', '--data', source, '--checkpoint', held).code, 0);
  const rolledBack = b2a('audit', 'verify', '--data', older, '--checkpoint', held, '--json');
  assert.equal(rolledBack.code, 1, 'a log that was rolled back is sound in itself, but not to who holds a newer checkpoint');
  assert.match(JSON.parse(rolledBack.out).problems.join(), /the log ends before/);

  const file = path.join(source, 'b2a.db');
  const {seq} = auditEntries(source).find(e => e.type === 'order.placed');
  const entry = b2a('audit', 'tail', '--data', source, '-n', '1000').out.split('\n')[seq];
  const bytes = readFileSync(file);
  bytes[bytes.indexOf(entry) + 12] ^= 1;
  writeFileSync(file, bytes);
  const {code, out} = b2a('audit', 'verify', '--data', source, '--json');
  assert.deepEqual([code, JSON.parse(out).first_bad_index], [1, seq]);
  await assert.rejects(startServer({data: source}), new RegExp(`entry ${seq} of the audit log was changed`));
});

test('T22 no evidence, no trade: a full disk answers 503 and nothing happens', async () => {
  const server = await startServer({data: directory('full')});
  const shop = new Shop(server);
  const ready = await Promise.all(Array.from({length: 3}, () => shop.create(order('demo-ok-1'))));
  await checkpointOf(server, 4);
  const before = auditEntries(server.data).length;
  const limit = value => execFileSync('prlimit', ['--pid', String(server.pid), `--fsize=${value}`]);
  limit('0:unlimited');
  const refused = [];
  for (const {body} of ready) refused.push(await shop.complete(body.id, pay()));
  const reads = await shop.get(ready[0].body.id);
  limit('unlimited:unlimited');
  assert.deepEqual(refused.map(r => r.status), [503, 503, 503], refused[0].text);
  assert.equal(reads.status, 200, 'reading goes on');
  assert.equal(reads.body.status, 'ready_for_complete');
  assert.equal(auditEntries(server.data).length, before);
  assert.equal((await shop.complete(ready[0].body.id, pay())).body.status, 'completed', 'and so does trade, once there is room');
  const metrics = (await call(server.operators, 'GET', '/metrics')).text;
  assert.ok(Number(/^b2a_audit_write_errors_total (\d+)$/m.exec(metrics)[1]) >= 1);
  await server.stop();
  assert.equal(auditEntries(server.data).filter(e => e.type === 'order.placed').length, 1);
  assert.equal(b2a('audit', 'verify', '--data', server.data).code, 0);
});

test('T22 exports: a directory of tiles verifies without a database, lines carry index and leaf', async () => {
  const source = directory('proofs');
  const tiles = directory('tiles');
  assert.equal(b2a('audit', 'export', '--data', source, '--format', 'tiles', '-o', tiles).code, 0);
  const vkey = vkeyOf(source).trim();
  const {code, out} = b2a('audit', 'verify', '--export', tiles, '--vkey', vkey, '--json');
  assert.equal(code, 0, out);
  const {size, root: expected} = openCheckpoint(readFileSync(path.join(tiles, 'checkpoint'), 'utf8'), vkey);
  const entries = parseBundle(readFileSync(path.join(tiles, 'tile/entries/000')));
  const rest = parseBundle(readFileSync(path.join(tiles, `tile/entries/001.p/${size - 256}`)));
  assert.deepEqual(root([...entries, ...rest].map(leafHash)), expected);
  const bundle = path.join(tiles, 'tile/entries/000');
  const bytes = readFileSync(bundle);
  bytes[40] ^= 1;
  writeFileSync(bundle, bytes);
  assert.equal(JSON.parse(b2a('audit', 'verify', '--export', tiles, '--vkey', vkey, '--json').out).first_bad_index, 0);
  for (const format of ['jsonl', 'cloudevents', 'otlp', 'ocsf', 'cef']) {
    const lines = b2a('audit', 'export', '--data', source, '--format', format).out.trim().split('\n');
    assert.ok(lines.length >= size, format);
    entries.slice(0, 256).forEach((entry, i) => assert.ok(lines[i].includes(leafHash(entry).toString('hex')), `${format} ${i}`));
    if (format !== 'cef') lines.forEach(line => JSON.parse(line));
  }
});

test('T22 retention gives up bytes, not proofs, and no byte under a legal hold', () => {
  const source = directory('proofs');
  const audit = (command, ...args) => b2a('audit', command, '--data', source, ...args);
  const order = auditEntries(source).find(e => e.type === 'order.placed').subject;
  const file = directory('old-receipt.json');
  assert.equal(audit('prove', '--order', order, '-o', file).code, 0);
  assert.equal(audit('hold', 'on').code, 0);
  assert.notEqual(audit('prune', '--before', '2100-01-01').code, 0);
  assert.equal(audit('hold', 'off').code, 0);
  assert.match(audit('prune', '--before', '2100-01-01').out, /entries 0 to 255/);
  const {sound, given_up} = JSON.parse(audit('verify', '--json').out);
  assert.deepEqual([sound, given_up], [true, 256]);
  assert.equal(audit('verify-receipt', file).code, 0, 'who kept a receipt can show it for ever');
  assert.equal(audit('prove', '--order', order).code, 2);
  assert.equal(audit('prove', '--index', '260', '-o', file).code, 0);
  assert.equal(audit('verify-receipt', file).code, 0);
  const exported = directory('pruned.jsonl');
  assert.equal(audit('export', '-o', exported).code, 0);
  assert.equal(JSON.parse(b2a('audit', 'verify', '--export', exported, '--vkey', vkeyOf(source).trim(), '--json').out).given_up, 256);
  const types = auditEntries(source).map(e => e.type);
  for (const type of ['log.held', 'log.released', 'log.pruned']) assert.ok(types.includes(type), type);
});

test('T26 a person is nowhere but in the store, and after an erasure nowhere at all', async () => {
  const server = await startServer({data: directory('person')});
  const shop = new Shop(server, {version: '2026-08-25'});
  const bought = await shop.buy(personal('demo-ok-1'));
  await shop.create(personal('demo-ok-1'));
  const other = await shop.buy(order('demo-ok-1'));
  for (let i = 0; i < 60; ++i) await shop.create(personal(i % 2 ? 'demo-ok-1' : 'demo-digital'));
  const missing = await shop.get('chk_00000000000000000000000000');
  const {size} = await checkpointOf(server, 8);
  const receipt = JSON.parse((await get(server, `/audit/receipts/${bought.order.id}`, ours26(server))).bytes);
  const outside = [b2a('audit', 'export', '--data', server.data).out, (await call(server.operators, 'GET', '/metrics')).text, server.stderr, missing.text, JSON.stringify(receipt)];
  for (const text of traces) assert.ok(outside.every(o => !o.includes(text)), text);

  const asked = {email: person.email.toUpperCase()};
  assert.equal((await fetch(server.operators + '/admin/v1/privacy/export', {method: 'POST', body: JSON.stringify(asked)})).status, 401);
  const held = await operator(server, '/admin/v1/privacy/export', asked);
  assert.equal(held.status, 200, held.text);
  assert.deepEqual([held.body.orders.length, held.body.checkouts.length], [1, 62]);
  for (const text of traces) assert.ok(held.text.includes(text), `${text} is handed over`);
  assert.equal((await operator(server, '/admin/v1/privacy/export', {})).status, 400);
  assert.equal((await operator(server, '/admin/v1/privacy/erase', {email: 'a@b.example', order: bought.order.id})).status, 400);

  assert.notDeepEqual(findTraces(server.data, traces), []);
  const erased = await operator(server, '/admin/v1/privacy/erase', asked);
  assert.equal(erased.status, 200, erased.text);
  assert.deepEqual([erased.body.erased.orders, erased.body.erased.checkouts, erased.body.files.traces], [1, 62, 0]);
  assert.deepEqual(findTraces(server.data, traces), [], 'while the server runs');
  assert.deepEqual((await operator(server, '/admin/v1/privacy/export', asked)).body.orders, []);

  const left = (await shop.get_order(bought.order.id)).body;
  assert.deepEqual(left.totals, (await shop.get_order(bought.order.id)).body.totals);
  assert.equal(left.totals.find(t => t.type === 'total').amount, bought.totals.find(t => t.type === 'total').amount, 'what was sold and for how much stays');
  assert.equal((await shop.get_order(other.order.id)).status, 200);
  assert.equal(openReceipt(receipt, vkeyOf(server.data)).subject, bought.order.id, 'a receipt from before verifies as before');
  const now = JSON.parse((await get(server, `/audit/receipts/${bought.order.id}`, ours26(server))).bytes);
  assert.equal(now.entry, receipt.entry);
  await server.stop();

  const log = auditEntries(server.data, 10000);
  assert.deepEqual(log.slice(size).map(e => e.type).filter(t => t.startsWith('subject.')), ['subject.exported', 'subject.erased', 'subject.exported']);
  assert.ok(log.every(e => !e.type.startsWith('subject.') || e.request_digest === undefined), 'no digest of an address that could be guessed');
  assert.equal(b2a('audit', 'verify', '--data', server.data).code, 0);
  assert.deepEqual(findTraces(server.data, traces), [], 'and after it has stopped');
});
const ours26 = server => ({'UCP-Agent': `profile="${new Shop(server, {version: '2026-08-25'}).agent}"`});

test('T26 the command line does the same, by order, and leaves the others alone', async () => {
  const server = await startServer({data: directory('command')});
  const shop = new Shop(server);
  const bought = await shop.buy(personal('demo-ok-1'));
  const other = await shop.buy(personal('demo-ok-1'));
  await server.stop();
  const held = JSON.parse(b2a('privacy', 'export', '--data', server.data, '--order', bought.order.id).out);
  assert.deepEqual(held.orders.map(o => o.id), [bought.order.id]);
  assert.equal(held.orders[0].buyer.email, person.email);
  const {code, out} = b2a('privacy', 'erase', '--data', server.data, '--order', bought.order.id, '--json');
  assert.equal(code, 0, out);
  assert.equal(JSON.parse(out).erased.orders, 1);
  const left = JSON.parse(b2a('privacy', 'export', '--data', server.data, '--email', person.email).out);
  assert.deepEqual(left.orders.map(o => o.id), [other.order.id]);
  assert.equal(b2a('privacy', 'erase', '--data', server.data, '--email', person.email).code, 0);
  assert.deepEqual(findTraces(server.data, traces), []);
  assert.equal(b2a('privacy', 'erase', '--data', server.data).code, 2);
  assert.equal(b2a('audit', 'verify', '--data', server.data).code, 0);
  const again = await startServer({data: server.data});
  assert.equal((await new Shop(again).buy(order('demo-ok-1'))).status, 'completed');
  await again.stop();
});

test('T29 line breaks in what agents send stay data: one line an entry, one line a request', async () => {
  const server = await startServer({data: directory('lines')});
  const shop = new Shop(server);
  const evil = 'a\r\nCEF:0|Evil|x|1|y|z|9|\nInjected: yes';
  const requests = 4;
  await shop.create(order(evil));
  await shop.get(evil);
  await call(server.agents, 'GET', `/audit/entries/${encodeURIComponent(evil)}`);
  const answer = await call(server.agents, 'GET', `/audit/receipts/${encodeURIComponent(evil)}`);
  assert.equal(answer.headers.get('injected'), null);
  await server.stop();
  assert.equal(server.stderr.trim().split('\n').map(l => JSON.parse(l)).filter(l => l.event === 'request').length, requests);
  const entries = auditEntries(server.data).length;
  const lines = b2a('audit', 'export', '--data', server.data, '--format', 'cef').out.split('\n').filter(Boolean);
  assert.equal(lines.length, entries);
  assert.ok(lines.every(line => line.startsWith('CEF:0|B2A|Gateway|1|')));
});
