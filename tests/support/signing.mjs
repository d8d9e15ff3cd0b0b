// SPDX-License-Identifier: Apache-2.0
// HTTP message signatures by a library that is not ours (http-message-signatures), with the parameters of UCP: no `alg`,
// raw r||s, Content-Digest over the raw bytes.
import {createHash, createPublicKey, generateKeyPairSync} from 'node:crypto';
import signatures from 'http-message-signatures';

const {createSigner, createVerifier, httpbis} = signatures;

const kinds = {
  ES256: {generate: () => generateKeyPairSync('ec', {namedCurve: 'P-256'}), algorithm: 'ecdsa-p256-sha256'},
  ES384: {generate: () => generateKeyPairSync('ec', {namedCurve: 'P-384'}), algorithm: 'ecdsa-p384-sha384'},
  EdDSA: {generate: () => generateKeyPairSync('ed25519'), algorithm: 'ed25519'},
  RS256: {generate: () => generateKeyPairSync('rsa', {modulusLength: 2048}), algorithm: 'rsa-v1_5-sha256'},
};

/** A key pair: {kid, jwk (public), signer}. */
export function generateKey(alg = 'ES256', kid = `${alg.toLowerCase()}-${Math.random().toString(36).slice(2, 10)}`) {
  const {publicKey, privateKey} = kinds[alg].generate();
  const jwk = {kid, ...publicKey.export({format: 'jwk'}), use: 'sig', alg};
  return {kid, jwk, signer: createSigner(privateKey, kinds[alg].algorithm, kid)};
}

export const contentDigest = body => `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

/** What UCP wants covered of a request: derived from its method, query, headers and body. */
export function requiredFields({url, headers, body}) {
  const names = Object.keys(headers).map(name => name.toLowerCase());
  return [
    '@method', '@authority', '@path', ...(new URL(url).search ? ['@query'] : []),
    ...(body === undefined ? [] : ['content-digest', 'content-type']),
    ...['ucp-agent', 'signature-agent', 'idempotency-key', 'webhook-id', 'webhook-timestamp'].filter(name => names.includes(name)),
  ];
}

/** The headers of a signed request. `fields` and `params` can be narrowed to make bad signatures. */
export async function signedHeaders({method, url, headers, body, key, fields, name = 'sig1', params = ['created', 'keyid'], paramValues}) {
  const lower = Object.fromEntries(Object.entries(headers).map(([field, value]) => [field.toLowerCase(), value]));
  if (body !== undefined) lower['content-digest'] ??= contentDigest(body);
  const signed = await httpbis.signMessage(
    {key: key.signer, name, params, paramValues, fields: fields ?? requiredFields({url, headers: lower, body})},
    {method, url, headers: lower});
  return signed.headers;
}

/** True when the message {method, url | status, headers} is signed by one of the public `jwks` and covers `requiredFields`. */
export async function verifies(message, jwks, required) {
  const keyLookup = async ({keyid}) => {
    const jwk = jwks.find(key => key.kid === keyid);
    if (!jwk) return null;
    return {id: keyid, algs: undefined, verify: createVerifier(createPublicKey({key: jwk, format: 'jwk'}), kinds[jwk.alg].algorithm)};
  };
  return await httpbis.verifyMessage({keyLookup, requiredFields: required, requiredParams: ['keyid']}, message) === true;
}
