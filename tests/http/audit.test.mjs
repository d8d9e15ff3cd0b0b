// SPDX-License-Identifier: Apache-2.0
// The evidence, seen by an auditor who has the files and the verifier key, and by an independent recomputation here.
import assert from 'node:assert/strict';
import {createHash, createPublicKey, verify} from 'node:crypto';
import {copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {b2a, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

let data;
let lines;
before(async () => {
  data = temporaryDirectory();
  const server = await startServer({data});
  const shop = new Shop(server);
  for (let i = 0; i < 5; ++i) {
    const {body} = await shop.create(order('demo-ok-1'));
    assert.equal((await shop.complete(body.id, pay())).body.status, 'completed');
  }
  await server.stop();
  lines = b2a('audit', 'export', '--data', data).out.trim().split('\n').map(l => JSON.parse(l));
});
after(() => rmSync(data, {recursive: true, force: true}));

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
const leaf = entry => sha256(Buffer.from([0]), Buffer.from(entry, 'utf8'));
function root(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Buffer.from([1]), root(leaves.slice(0, split)), root(leaves.slice(split)));
}

test('an independent implementation finds the same root and a valid signature', () => {
  const entries = lines.filter(l => l.entry).map(l => l.entry);
  const notes = lines.filter(l => l.checkpoint).map(l => l.checkpoint);
  assert.ok(entries.length >= 11 && notes.length >= 1);
  const vkey = readFileSync(path.join(data, 'keys/audit.vkey'), 'utf8').trim();
  const [name, , encoded] = vkey.split('+').length === 3 ? vkey.split('+') : [vkey.split('+')[0], '', vkey.split('+').slice(2).join('+')];
  const key = createPublicKey({format: 'jwk', key: {kty: 'OKP', crv: 'Ed25519', x: Buffer.from(encoded, 'base64').subarray(1).toString('base64url')}});
  for (const note of notes) {
    const [text, signatures] = [note.slice(0, note.indexOf('\n\n') + 1), note.slice(note.indexOf('\n\n') + 2)];
    const [origin, size, hash] = text.split('\n');
    assert.equal(origin, name);
    assert.equal(root(entries.slice(0, Number(size)).map(leaf)).toString('base64'), hash);
    const signature = Buffer.from(signatures.trim().split(' ')[2], 'base64').subarray(4);
    assert.ok(verify(null, Buffer.from(text), key, signature), 'the signature is over the note text');
  }
  const last = notes.at(-1).split('\n');
  assert.equal(Number(last[1]), entries.length, 'shutdown signs the head');
});

test('export verifies, and every kind of tampering is named', () => {
  const file = path.join(data, 'export.jsonl');
  const check = changed => {
    writeFileSync(file, changed.map(l => JSON.stringify(l)).join('\n') + '\n');
    const {code, out} = b2a('audit', 'verify', '--data', data, '--export', file, '--json');
    return {code, ...JSON.parse(out)};
  };
  const count = lines.filter(l => l.entry).length;
  assert.deepEqual((({code, sound, entries}) => ({code, sound, entries}))(check(lines)), {code: 0, sound: true, entries: count});

  const changed = structuredClone(lines);
  changed[3].entry = changed[3].entry.replace('USD', 'EUR').replace('allow', 'Allow');
  assert.deepEqual((({code, first_bad_index}) => ({code, first_bad_index}))(check(changed)), {code: 1, first_bad_index: 3});
  changed[3].leaf = leaf(changed[3].entry).toString('hex');
  assert.equal(check(changed).code, 1, 'a recomputed leaf does not help: the checkpoint disagrees');
  const removed = structuredClone(lines);
  removed.splice(2, 1);
  assert.equal(check(removed).first_bad_index, 2);
  const truncated = structuredClone(lines);
  truncated.splice(count - 1, 1);
  assert.equal(check(truncated).code, 1);
  const swapped = structuredClone(lines);
  [swapped[4].entry, swapped[5].entry] = [swapped[5].entry, swapped[4].entry];
  assert.equal(check(swapped).first_bad_index, 4);
  const forged = structuredClone(lines);
  const note = forged.find(l => l.checkpoint);
  note.checkpoint = note.checkpoint.replace(/^(.*\n)(\d+)/, (_, o, n) => o + (Number(n) + 1));
  assert.equal(check(forged).code, 1);
});

test('one flipped byte in the database is found and named', () => {
  const copy = path.join(data, 'copy');
  mkdirSync(path.join(copy, 'keys'), {recursive: true});
  copyFileSync(path.join(data, 'keys/audit.vkey'), path.join(copy, 'keys/audit.vkey'));
  const bytes = readFileSync(path.join(data, 'b2a.db'));
  const entry = lines[6].entry;
  const at = bytes.indexOf(Buffer.from(entry));
  assert.ok(at > 0, 'the entry stands in the file as it was exported');
  bytes[at + 10] ^= 1;
  writeFileSync(path.join(copy, 'b2a.db'), bytes);
  const {code, out} = b2a('audit', 'verify', '--data', copy, '--json');
  assert.equal(code, 1, out);
  assert.equal(JSON.parse(out).first_bad_index, 6);
});

test('a server does not go on with a log that contradicts its checkpoint', async () => {
  const copy = path.join(data, 'grown');
  mkdirSync(path.join(copy, 'keys'), {recursive: true});
  for (const key of ['audit.pem', 'audit.vkey']) copyFileSync(path.join(data, 'keys', key), path.join(copy, 'keys', key));
  copyFileSync(path.join(data, 'b2a.db'), path.join(copy, 'b2a.db'));
  rmSync(path.join(copy, 'keys/audit.pem'));
  await assert.rejects(startServer({data: copy}), /missing/, 'no second identity for an existing log');
});
