// SPDX-License-Identifier: Apache-2.0
// HTTP message signatures by a library that is not ours (http-message-signatures), with the parameters of UCP: no `alg`,
// raw r||s, Content-Digest over the raw bytes.
import {constants, createHash, createPublicKey, generateKeyPairSync, sign as signBytes} from 'node:crypto';
import signatures from 'http-message-signatures';

const {createSigner, createVerifier, httpbis} = signatures;

const kinds = {
  ES256: {generate: () => generateKeyPairSync('ec', {namedCurve: 'P-256'}), algorithm: 'ecdsa-p256-sha256'},
  ES384: {generate: () => generateKeyPairSync('ec', {namedCurve: 'P-384'}), algorithm: 'ecdsa-p384-sha384'},
  EdDSA: {generate: () => generateKeyPairSync('ed25519'), algorithm: 'ed25519'},
  PS512: {generate: () => generateKeyPairSync('rsa', {modulusLength: 2048}), algorithm: 'rsa-pss-sha512'},
  RS256: {generate: () => generateKeyPairSync('rsa', {modulusLength: 2048}), algorithm: 'rsa-v1_5-sha256'},
};

/** The library salts RSA-PSS with as much as fits; RFC 9421 §3.3.1 says 64 bytes. */
const signerOf = (privateKey, alg, id) => (alg !== 'PS512' ? createSigner(privateKey, kinds[alg].algorithm, id)
  : {id, alg: 'rsa-pss-sha512', sign: async data => signBytes('sha512', data, {key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64})});

/** The RFC 7638 thumbprint of a JWK. */
export function thumbprint({kty, crv, x, y, e, n}) {
  const members = {EC: {crv, kty, x, y}, OKP: {crv, kty, x}, RSA: {e, kty, n}}[kty];
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

/** A key pair: {kid, jwk (public), secret (private JWK), signer}. `kid` "thumbprint" is what it says. */
export function generateKey(alg = 'ES256', kid = `${alg.toLowerCase()}-${Math.random().toString(36).slice(2, 10)}`) {
  const {publicKey, privateKey} = kinds[alg].generate();
  const material = publicKey.export({format: 'jwk'});
  const id = kid === 'thumbprint' ? thumbprint(material) : kid;
  const jwk = {kid: id, ...material, use: 'sig', alg};
  return {kid: id, jwk, secret: {...privateKey.export({format: 'jwk'}), kid: id}, privateKey, signer: signerOf(privateKey, alg, id)};
}

const seconds = offset => new Date((Math.floor(Date.now() / 1000) + offset) * 1000);

/**
 * Headers with a signature for web-bot-auth: `agent` is the text of Signature-Agent, `member` its covered member (null:
 * the field as a whole). Without `fields` it covers the authority and the agent only.
 */
export async function webBotAuth({method = 'GET', url, headers = {}, body, key, agent, member = 'sig1', fields = ['@authority'], created = 0, expires = 60, nonce, tag = 'web-bot-auth', alg = false}) {
  const lower = Object.fromEntries(Object.entries(headers).map(([field, value]) => [field.toLowerCase(), value]));
  if (agent !== undefined) lower['signature-agent'] = agent;
  if (body !== undefined) lower['content-digest'] ??= contentDigest(body);
  const covered = [...fields, ...(agent === undefined ? [] : [member === null ? 'signature-agent' : `"signature-agent";key="${member}"`])];
  const params = ['created', 'keyid', ...(alg ? ['alg'] : []), 'expires', ...(nonce ? ['nonce'] : []), 'tag'];
  const signed = await httpbis.signMessage(
    {key: key.signer, name: 'sig1', params, paramValues: {created: seconds(created), expires: seconds(expires), tag, nonce}, fields: covered},
    {method, url, headers: lower});
  return signed.headers;
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

/** True when the message {method, url | status, headers} is signed by one of the public `jwks` and covers `required`; `request` is what it answers. */
export async function verifies(message, jwks, required, request) {
  const keyLookup = async ({keyid}) => {
    const jwk = jwks.find(key => key.kid === keyid);
    if (!jwk) return null;
    return {id: keyid, algs: undefined, verify: createVerifier(createPublicKey({key: jwk, format: 'jwk'}), kinds[jwk.alg].algorithm)};
  };
  return await httpbis.verifyMessage({keyLookup, requiredFields: required, requiredParams: ['keyid']}, message, request) === true;
}
