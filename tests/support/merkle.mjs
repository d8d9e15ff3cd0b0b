// SPDX-License-Identifier: Apache-2.0
// An auditor's verifier, written from RFC 6962/9162 and the C2SP notes alone, without a look at the server's code:
// leaves and roots, inclusion, consistency, signed checkpoints, tlog-proofs, receipts.
import {createHash, createPublicKey, verify} from 'node:crypto';

const sha256 = (...parts) => parts.reduce((h, p) => h.update(p), createHash('sha256')).digest();
export const leafHash = entry => sha256(Buffer.from([0]), Buffer.from(entry, 'utf8'));
export const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

/** MTH(D[n]) of RFC 6962 §2.1. */
export function root(leaves) {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return leaves[0];
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(root(leaves.slice(0, split)), root(leaves.slice(split)));
}

/** RFC 9162 §2.1.3.2. */
export function verifyInclusion(leaf, index, size, proof, expected) {
  if (index >= size) return false;
  let [fn, sn, r] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const p of proof) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      r = nodeHash(p, r);
      while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      r = nodeHash(r, p);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && r.equals(expected);
}

/** RFC 9162 §2.1.4.2. */
export function verifyConsistency(first, second, firstRoot, secondRoot, proof) {
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot);
  if (first <= 0 || first > second || proof.length === 0) return false;
  const path = (first & (first - 1)) === 0 ? [firstRoot, ...proof] : proof;
  let [fn, sn] = [BigInt(first) - 1n, BigInt(second) - 1n];
  while (fn & 1n) { fn >>= 1n; sn >>= 1n; }
  let [fr, sr] = [path[0], path[0]];
  for (const c of path.slice(1)) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (!(fn & 1n) && fn !== 0n) { fn >>= 1n; sn >>= 1n; }
    } else {
      sr = nodeHash(sr, c);
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && fr.equals(firstRoot) && sr.equals(secondRoot);
}

/** C2SP signed note and tlog-checkpoint: {origin, size, root}, or an exception. */
export function openCheckpoint(note, vkey) {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey.trim());
  const raw = Buffer.from(encoded, 'base64');
  if (raw.length !== 33 || raw[0] !== 1) throw new Error('the verifier key is not Ed25519');
  if (sha256(Buffer.from(name + '\n'), raw).subarray(0, 4).toString('hex') !== id) throw new Error('the id is not that of the key');
  const key = createPublicKey({format: 'jwk', key: {kty: 'OKP', crv: 'Ed25519', x: raw.subarray(1).toString('base64url')}});
  const end = note.lastIndexOf('\n\n') + 1;
  const text = note.slice(0, end);
  const signatures = note.slice(end + 1).split('\n').filter(Boolean).map(line => line.split(' '));
  const ours = signatures.find(([dash, by, sig]) => dash === '\u2014' && by === name && Buffer.from(sig, 'base64').subarray(0, 4).toString('hex') === id);
  if (!ours || !verify(null, Buffer.from(text), key, Buffer.from(ours[2], 'base64').subarray(4))) throw new Error('no valid signature');
  const [origin, size, hash] = text.split('\n');
  if (origin !== name) throw new Error('the checkpoint is of another log');
  return {origin, size: Number(size), root: Buffer.from(hash, 'base64')};
}

/** c2sp.org/tlog-proof@v1. */
export function parseProof(text) {
  const [head, ...rest] = text.split('\n\n');
  const [format, index, ...hashes] = head.split('\n');
  if (format !== 'c2sp.org/tlog-proof@v1' || !/^index \d+$/.test(index)) throw new Error('not a tlog-proof');
  return {index: Number(index.slice(6)), hashes: hashes.map(h => Buffer.from(h, 'base64')), checkpoint: rest.join('\n\n')};
}

/** The entry of a receipt, parsed, or an exception. */
export function openReceipt(receipt, vkey) {
  const proof = parseProof(receipt.proof);
  const {size, root: expected} = openCheckpoint(proof.checkpoint, vkey);
  if (!verifyInclusion(leafHash(receipt.entry), proof.index, size, proof.hashes, expected)) throw new Error('the proof does not lead to the root');
  const entry = JSON.parse(receipt.entry);
  if (entry.seq !== proof.index || receipt.index !== proof.index) throw new Error('the entry is of another place');
  return entry;
}

/** Entries of a tlog-tiles bundle. */
export function parseBundle(bytes) {
  const entries = [];
  for (let at = 0; at < bytes.length;) {
    const size = bytes.readUInt16BE(at);
    entries.push(bytes.subarray(at + 2, at + 2 + size).toString('utf8'));
    at += 2 + size;
  }
  return entries;
}
