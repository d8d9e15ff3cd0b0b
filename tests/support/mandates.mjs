// SPDX-License-Identifier: Apache-2.0
// AP2 v0.2 checkout mandates as a shopping agent makes them, with a JOSE library that is not ours (jose).
import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {SignJWT, compactVerify, exportJWK, generateKeyPair, importJWK, jwtVerify} from 'jose';

export const now = () => Math.floor(Date.now() / 1000);
export const encode = value => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
export const digest = text => createHash('sha256').update(text).digest('base64url');

/** RFC 8785. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map(key => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** A key pair: {kid, jwk (public), key}. */
export async function mandateKey(kid = `m-${randomBytes(4).toString('hex')}`) {
  const {publicKey, privateKey} = await generateKeyPair('ES256', {extractable: true});
  return {kid, jwk: {...await exportJWK(publicKey), kid, use: 'sig', alg: 'ES256'}, key: privateKey};
}

export const jwt = (claims, key, header) => new SignJWT(claims).setProtectedHeader({alg: 'ES256', ...header}).sign(key.key);
/** A JWT that no library would make: `alg` none, HMAC, whatever. */
export const rawJwt = (header, claims, signature = randomBytes(64).toString('base64url')) => `${encode(header)}.${encode(claims)}.${signature}`;

/** [what stands in the payload, the disclosure]. */
export function element(value) {
  const disclosure = encode([randomBytes(16).toString('base64url'), value]);
  return [{'...': digest(disclosure)}, disclosure];
}

/** The merchant's compact JWT: the detached signature of an answer with its payload put back. */
export function checkoutJwt({ap2, ...checkout}) {
  const [header, , signature] = ap2.merchant_authorization.split('.');
  return `${header}.${encode(canonical(checkout))}.${signature}`;
}

/** The answer carries our signature over all of it but `ap2`, with a key of our profile. */
export async function assertAuthorized(body, profile) {
  assert.match(body.ap2?.merchant_authorization ?? '', /^[\w-]+\.\.[\w-]+$/, JSON.stringify(body.ap2));
  const keys = profile.keys ?? profile.signing_keys;
  const {protectedHeader} = await compactVerify(checkoutJwt(body), async ({kid}) => importJWK(keys.find(key => key.kid === kid), 'ES256'));
  assert.equal(protectedHeader.alg, 'ES256');
}

/** The claims of a checkout receipt, verified. */
export async function receiptOf(body, profile) {
  const keys = profile.keys ?? profile.signing_keys;
  const {payload} = await jwtVerify(body.ap2.checkout_receipt, async ({kid}) => importJWK(keys.find(key => key.kid === kid), 'ES256'));
  return payload;
}

export const lineItems = (...pairs) => ({
  type: 'checkout.line_items',
  items: pairs.map(([id, quantity], i) => ({id: `r${i}`, acceptable_items: [{id, title: id}], quantity})),
});

/** An open mandate of `issuer` for `agent`. `claims` and `header` may spoil it. */
export async function openMandate({issuer, agent, constraints, claims = {}, header = {}}) {
  const content = {vct: 'mandate.checkout.open.1', constraints, cnf: {jwk: agent.jwk}, iat: now() - 5, exp: now() + 600, ...claims};
  const [place, disclosure] = element(content);
  const signed = await jwt({delegate_payload: [place], _sd_alg: 'sha-256'}, issuer, {typ: 'dc+sd-jwt', kid: issuer.kid, ...header});
  return `${signed}~${disclosure}~`;
}

export const closedContent = (checkout, more = {}) => {
  const text = checkoutJwt(checkout);
  return {vct: 'mandate.checkout.1', checkout_jwt: text, checkout_hash: digest(text), ...more};
};

/** The agent closes `open` for `checkout`; answers the whole chain. */
export async function closeMandate(open, {agent, checkout, content = {}, claims = {}, header = {}}) {
  const [place, disclosure] = element(closedContent(checkout, content));
  const signed = await jwt({
    delegate_payload: [place], _sd_alg: 'sha-256', iat: now(), aud: checkout.ap2.aud, nonce: checkout.ap2.nonce, sd_hash: digest(open), ...claims,
  }, agent, {typ: 'kb+sd-jwt', ...header});
  return `${open}~${signed}~${disclosure}~`;
}

/** The platform signs the closed mandate itself, for a buyer who is there. */
export async function directMandate({issuer, checkout, content = {}, header = {}}) {
  const signed = await jwt(closedContent(checkout, {iat: now(), exp: now() + 600, ...content}), issuer, {typ: 'dc+sd-jwt', kid: issuer.kid, ...header});
  return `${signed}~`;
}
