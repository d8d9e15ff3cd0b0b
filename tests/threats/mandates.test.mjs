// SPDX-License-Identifier: Apache-2.0
// T4 (downgrade), T14 (over what the buyer allowed), T15 (re-used and swapped): AP2 mandates against the real binary.
import assert from 'node:assert/strict';
import {createHmac, randomUUID} from 'node:crypto';
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {
  assertAuthorized, checkoutJwt, closeMandate, closedContent, digest, directMandate, element, encode, jwt, lineItems, mandateKey, now, openMandate,
  rawJwt, receiptOf,
} from '../support/mandates.mjs';
import {mandateCapability, startPlatform} from '../support/platform.mjs';
import {versions} from '../support/schemas.mjs';
import {auditEntries, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, lines, message, order, pay, shipTo, total} from '../support/ucp.mjs';

let server;
let platform;
let issuer;   // the platform's own key: it signs for its users
let wallet;   // an issuer that the shop trusts, whoever the platform is
let agent;    // the key of the shopping agent
let scratch;
const profiles = {};
before(async () => {
  [issuer, wallet, agent] = await Promise.all([mandateKey(), mandateKey('wallet-1'), mandateKey()]);
  scratch = temporaryDirectory();
  const issuers = path.join(scratch, 'issuers.json');
  writeFileSync(issuers, JSON.stringify({keys: [wallet.jwk]}));
  const config = path.join(scratch, 'b2a.toml');
  writeFileSync(config, `[mandates]\nmerchant_id = "northlight"\ntrusted_issuers = "${issuers}"\n`);
  server = await startServer({args: ['--config', config]});
  platform = await startPlatform();
  for (const version of versions) profiles[version] = await (await fetch(`${server.agents}/.well-known/ucp/${version}`)).json();
});
after(async () => {
  await server.stop();
  await platform.stop();
  rmSync(scratch, {recursive: true, force: true});
});

/** A platform with AP2 and a checkout of its own that is ready. */
async function session({version = '2026-08-25', transport = 'rest', keys = [issuer.jwk], variant = 'demo-ok-1', quantity = 1} = {}) {
  const shop = new Shop(server, {version, transport, agent: platform.profile({version, mandates: true, keys})});
  const {body: checkout} = await shop.create(order(variant, quantity));
  assert.equal(checkout.status, 'ready_for_complete', JSON.stringify(checkout.messages));
  const complete = (mandate, key, token) => shop.complete(checkout.id, {...pay(token), ...(mandate !== undefined && {ap2: {checkout_mandate: mandate}})}, key);
  return {shop, checkout, complete, profile: profiles[version]};
}
const exactly = checkout => lineItems(...checkout.line_items.map(({item, quantity}) => [item.id, quantity]));
const open = (checkout, {constraints = [], ...more} = {}) => openMandate({issuer, agent, constraints: [exactly(checkout), ...constraints], ...more});
const close = (mandate, checkout, more = {}) => closeMandate(mandate, {agent, checkout, ...more});

/** The completion was refused with `code`, nothing was bought, and the answer still offers the checkout. */
function assertRefused({status, body}, code, severity = 'recoverable') {
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(message(body, code).severity, severity, JSON.stringify(body.messages));
  assert.equal(body.order, undefined);
  assert.notEqual(body.status, 'completed');
  if (severity === 'requires_buyer_review') assert.ok(body.status === 'requires_escalation' && body.continue_url, body.status);
}
function assertBought({status, body}) {
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(body.status, 'completed', JSON.stringify(body.messages));
  assert.ok(body.order.id);
}

for (const version of versions)
  for (const transport of ['rest', 'mcp'])
    test(`T4: with AP2 over ${transport} in ${version} every answer is authorized, and a mandate completes`, async () => {
      const {shop, checkout, complete, profile} = await session({version, transport});
      assert.ok(profile.ucp.capabilities[mandateCapability(version)][0].config.vp_formats_supported['dc+sd-jwt']);
      assert.ok(checkout.ucp.capabilities[mandateCapability(version)]);
      await assertAuthorized(checkout, profile);
      await assertAuthorized((await shop.get(checkout.id)).body, profile);
      const {body: updated} = await shop.update(checkout.id, {...order('demo-ok-1', 2)});
      await assertAuthorized(updated, profile);
      const done = await complete(await close(await open(updated), updated));
      assertBought(done);
      await assertAuthorized(done.body, profile);
      const receipt = await receiptOf(done.body, profile);
      assert.equal(receipt.status, 'Success');
      assert.equal(receipt.order_id, done.body.order.id);
      assert.equal(receipt.iss, server.agents);
    });

test('T4: the platform may sign for a buyer who is there, and a trusted issuer for any platform', async () => {
  const first = await session();
  assertBought(await first.complete(await directMandate({issuer, checkout: first.checkout})));
  const second = await session({keys: []});
  assertBought(await second.complete(await close(await open(second.checkout, {issuer: wallet}), second.checkout)));
  const third = await session({keys: []});
  assertRefused(await third.complete(await directMandate({issuer, checkout: third.checkout})), 'agent_missing_key');
});

test('T4: a session with AP2 is not completed without a mandate', async () => {
  const {complete, checkout} = await session();
  for (const mandate of [undefined, null, '']) {
    const answer = await complete(mandate);
    if (mandate === '') {
      assertRefused(answer, 'mandate_required', 'unrecoverable');
      assert.equal(answer.body.status, 'canceled', 'the third time');
    } else assertRefused(answer, 'mandate_required');
  }
  assert.notEqual((await complete(await close(await open(checkout), checkout))).body.status, 'completed', 'what is canceled stays so');
});

test('T4: a session that is locked is not completed by a profile without AP2', async () => {
  const agentUrl = platform.profile({version: '2026-08-25', mandates: true, keys: [issuer.jwk]}, 'turncoat', {'Cache-Control': 'no-store'});
  const shop = new Shop(server, {version: '2026-08-25', agent: agentUrl});
  const {body: checkout} = await shop.create(order('demo-ok-1'));
  // Profiles are kept for at least a minute; an unknown key makes the shop look again.
  platform.profile({version: '2026-08-25', keys: [issuer.jwk]}, 'turncoat');
  const {generateKey} = await import('../support/signing.mjs');
  await new Shop(server, {version: '2026-08-25', agent: agentUrl, key: generateKey()}).get(checkout.id);
  const plain = await shop.get(checkout.id);
  assert.equal(plain.body.ap2, undefined, 'the new profile has no AP2');
  assertRefused(await shop.complete(checkout.id, pay()), 'mandate_required');
  const mandate = await close(await open(checkout), checkout);
  assertRefused(await shop.complete(checkout.id, {...pay(), ap2: {checkout_mandate: mandate}}), 'mandate_required');
});

test('T4: algorithms are not chosen by the token', async () => {
  const {checkout} = await session();
  const claims = closedContent(checkout, {iat: now()});
  const header = {typ: 'dc+sd-jwt', kid: issuer.kid};
  const hmac = alg => {
    const input = `${encode({...header, alg})}.${encode(claims)}`;
    return `${input}.${createHmac('sha256', JSON.stringify(issuer.jwk)).update(input).digest('base64url')}~`;
  };
  const good = await directMandate({issuer, checkout});
  const embedded = await mandateKey();
  const tokens = {
    none: rawJwt({...header, alg: 'none'}, claims, '') + '~',
    'none with a signature': rawJwt({...header, alg: 'none'}, claims) + '~',
    HS256: hmac('HS256'), 'HS256 said to be ES256': hmac('ES256'),
    'a key of its own': `${await jwt(claims, embedded, {...header, jwk: embedded.jwk})}~`,
    'a critical extension': `${rawJwt({...header, alg: 'ES256', crit: ['x'], x: 1}, claims)}~`,
    'a plain JWT': good.slice(0, -1), 'no typ': `${await jwt(claims, issuer, {kid: issuer.kid})}~`,
    'a changed payload': good.replace(/\.[^.]+\./, `.${encode({...claims, iat: now() - 1})}.`),
    'no token at all': 'x', 'not even text': 7,
  };
  for (const [what, token] of Object.entries(tokens)) {
    const fresh = await session();
    const answer = await fresh.complete(token);
    assertRefused(answer, 'mandate_invalid_signature');
    assert.equal((await receiptOf(answer.body, fresh.profile)).error, 'invalid_credential', what);
  }
});

test('T4: what was not negotiated is ignored, recorded, and raises nothing', async () => {
  const shop = new Shop(server, {version: '2026-08-25', agent: platform.profile({version: '2026-08-25', keys: [issuer.jwk]})});
  const {body: checkout} = await shop.create(order('demo-ok-1'));
  assert.equal(checkout.ap2, undefined);
  const done = await shop.complete(checkout.id, {...pay(), ap2: {checkout_mandate: 'x'}});
  assertBought(done);
  assert.equal(done.body.ap2, undefined);
  const entry = auditEntries(server.data).find(({subject, type}) => subject === checkout.id && type === 'checkout.completed');
  assert.equal(entry.details.mandate, 'mandate_presented_not_negotiated');
});

test('T14: a cent over the amount, another currency, other items, another merchant, another instrument', async () => {
  const cases = {
    'a cent over': c => [{type: 'payment.amount_range', currency: 'USD', max: total(c) - 1}],
    'another currency': c => [{type: 'payment.amount_range', currency: 'EUR', max: total(c)}],
    'other items': () => [lineItems(['demo-ok-2', 1])],
    'more items': () => [lineItems(['demo-ok-1', 2])],
    'another merchant': () => [{type: 'checkout.allowed_merchants', allowed: [{id: 'southlight', name: 'Northlight', website: server.agents}]}],
    'another payee': () => [{type: 'payment.allowed_payees', allowed: [{id: 'southlight'}]}],
    'another instrument': () => [{type: 'payment.allowed_payment_instruments', allowed: [{id: 'card_2'}]}],
    'a service that takes no part': () => [{type: 'payment.allowed_pisps', allowed: [{legal_name: 'x', domain_name: 'x.example'}]}],
    'too late': () => [{type: 'payment.execution_date', not_after: '2020-01-01'}],
    'over the budget': c => [{type: 'payment.budget', currency: 'USD', max: (total(c) - 1) / 100}],
  };
  for (const [what, constraints] of Object.entries(cases)) {
    const {checkout, complete, profile} = await session();
    const answer = await complete(await close(await openMandate({issuer, agent, constraints: constraints(checkout)}), checkout));
    assertRefused(answer, 'mandate_scope_mismatch', 'requires_buyer_review');
    const receipt = await receiptOf(answer.body, profile);
    assert.equal(receipt.status, 'Error', what);
    assert.equal(receipt.error, 'invalid_mandate', what);
    assert.ok(receipt.reference && receipt.error_description);
  }
  const {checkout, complete} = await session();
  assertBought(await complete(await close(await open(checkout, {constraints: [
    {type: 'payment.amount_range', currency: 'USD', min: total(checkout), max: total(checkout)},
    {type: 'checkout.allowed_merchants', allowed: [{id: 'northlight', name: 'x'}]},
    {type: 'payment.allowed_payees', allowed: [{name: 'x', website: server.agents}]},
    {type: 'payment.allowed_payment_instruments', allowed: [{id: 'card_1', type: 'card'}]},
  ]}), checkout)));
});

test('T14: a constraint that is unknown or not disclosed is not one that holds', async () => {
  const [hidden] = element({type: 'payment.amount_range', currency: 'USD', max: 1});
  for (const constraint of [{type: 'checkout.moon_phase'}, hidden, {type: 'checkout.allowed_merchants', allowed: [hidden]}, {}]) {
    const {checkout, complete, profile} = await session();
    const answer = await complete(await close(await open(checkout, {constraints: [constraint]}), checkout));
    assertRefused(answer, 'mandate_scope_mismatch', 'requires_buyer_review');
    assert.equal((await receiptOf(answer.body, profile)).error, 'unresolved_constraint');
  }
});

test('T14: what asks for a person can be completed with a better mandate', async () => {
  const {checkout, complete} = await session();
  const small = await close(await open(checkout, {constraints: [{type: 'payment.amount_range', currency: 'USD', max: 1}]}), checkout);
  const refused = await complete(small);
  assertRefused(refused, 'mandate_scope_mismatch', 'requires_buyer_review');
  assertBought(await complete(await close(await open(checkout), refused.body)));
});

test('T14: two purchases at the same time never exceed one budget', async () => {
  const [a, b] = [await session(), await session()];
  const mandate = await open(a.checkout, {constraints: [
    {type: 'payment.agent_recurrence', frequency: 'ON_DEMAND'}, {type: 'payment.budget', currency: 'USD', max: total(a.checkout) * 1.5 / 100},
  ]});
  const answers = await Promise.all([a, b].map(async s => s.complete(await close(mandate, s.checkout))));
  const bought = answers.filter(({body}) => body.status === 'completed');
  assert.equal(bought.length, 1, JSON.stringify(answers.map(({body}) => [body.status, body.messages])));
  assertRefused(answers.find(answer => answer !== bought[0]), 'mandate_scope_mismatch', 'requires_buyer_review');
});

test('T14: a mandate that recurs monthly is used once a month', async () => {
  const [a, b] = [await session(), await session()];
  const mandate = await open(a.checkout, {constraints: [{type: 'payment.agent_recurrence', frequency: 'MONTHLY', max_occurrences: 12}]});
  assertBought(await a.complete(await close(mandate, a.checkout)));
  assertRefused(await b.complete(await close(mandate, b.checkout)), 'mandate_scope_mismatch', 'requires_buyer_review');
});

test('T15: one mandate, ten checkouts at the same time, one order', async () => {
  const sessions = await Promise.all(Array.from({length: 10}, () => session()));
  const mandate = await open(sessions[0].checkout);
  const answers = await Promise.all(sessions.map(async s => s.complete(await close(mandate, s.checkout))));
  assert.equal(answers.filter(({body}) => body.status === 'completed').length, 1);
  for (const answer of answers.filter(({body}) => body.status !== 'completed')) assertRefused(answer, 'mandate_scope_mismatch', 'requires_buyer_review');
  const again = await session();
  assertRefused(await again.complete(await close(mandate, again.checkout)), 'mandate_scope_mismatch', 'requires_buyer_review');
});

test('T15: the mandate of one checkout does not buy another', async () => {
  const [a, b] = [await session(), await session()];
  const mandate = await close(await open(a.checkout), a.checkout);
  assertRefused(await b.complete(mandate), 'mandate_scope_mismatch');
  assertRefused(await b.complete(await close(await open(b.checkout), a.checkout, {claims: {nonce: b.checkout.ap2.nonce}})), 'mandate_scope_mismatch');
  assertBought(await a.complete(mandate));
});

test('T15: terms that have changed since make a mandate stale', async () => {
  const changes = {
    'another quantity': {line_items: lines(['demo-ok-1', 2])},
    'another address': {fulfillment: shipTo({street_address: '2 Elsewhere', address_locality: 'Reno', address_region: 'NV', postal_code: '89501', address_country: 'US'})},
  };
  for (const [what, change] of Object.entries(changes)) {
    const {shop, checkout, complete} = await session();
    const mandate = await directMandate({issuer, checkout});
    const {body: updated} = await shop.update(checkout.id, order('demo-ok-1', 1, change));
    assert.equal(updated.status, 'ready_for_complete', what);
    assertRefused(await complete(mandate), 'mandate_scope_mismatch');
    assertBought(await complete(await directMandate({issuer, checkout: updated})));
  }
});

test('T15: for another audience, with another nonce, closed upon another open mandate, expired', async () => {
  const {checkout} = await session();
  const mandate = await open(checkout);
  const other = await open(checkout);
  const [, closed] = (await close(other, checkout)).split('~~');
  const cases = [
    [await close(mandate, checkout, {claims: {aud: 'https://other.example'}}), 'mandate_scope_mismatch'],
    [await close(mandate, checkout, {claims: {nonce: 'n'}}), 'mandate_scope_mismatch'],
    [`${mandate}~${closed}`, 'mandate_invalid_signature'],
    [await close(await open(checkout, {claims: {exp: now() - 120}}), checkout), 'mandate_expired'],
    [await close(mandate, checkout, {claims: {iat: now() + 3600}}), 'mandate_expired'],
    [mandate, 'mandate_invalid_signature'],
    [`${mandate}~${mandate}~${mandate}~${mandate}~${closed}`, 'mandate_invalid_signature'],
    [mandate.replace(/~$/, '~extra~'), 'mandate_invalid_signature'],
    ['x'.repeat(70_000), 'mandate_invalid_signature'],
  ];
  for (const [token, code] of cases) {
    const fresh = await session();
    assertRefused(await fresh.complete(token), code);
  }
});

test('T15: a checkout that we never signed is nothing to agree to', async () => {
  const {checkout, complete, profile} = await session();
  const {ap2, ...bare} = checkout;
  const text = JSON.stringify(bare);
  const unsigned = await complete(await directMandate({issuer, checkout, content: {checkout_jwt: text, checkout_hash: digest(text)}}));
  assertRefused(unsigned, 'merchant_authorization_missing');
  const forged = `${await jwt({...bare, totals: []}, issuer, {kid: profile.keys[0].kid})}`;
  assertRefused(await complete(await directMandate({issuer, checkout, content: {checkout_jwt: forged, checkout_hash: digest(forged)}})), 'merchant_authorization_invalid');
  // The whole checkout as an object is what UCP has; it is as good as the JWT.
  const object = JSON.stringify(checkout);
  assertBought(await complete(await directMandate({issuer, checkout, content: {checkout_jwt: object, checkout_hash: digest(object)}})));
});

test('T15: a refused payment does not use a mandate up, and a repeated request gets the same bytes', async () => {
  const {checkout, complete} = await session();
  const mandate = await close(await open(checkout), checkout);
  const declined = await complete(mandate, undefined, 'tok_decline');
  assert.equal(declined.body.order, undefined);
  const key = randomUUID();
  const done = await complete(mandate, key);
  assertBought(done);
  assert.equal((await complete(mandate, key)).text, done.text);
});

test('T15: the log has hashes, never the mandate', async () => {
  const {checkout, complete} = await session();
  const mandate = await close(await open(checkout), checkout);
  await complete(await close(await open(checkout, {claims: {exp: now() - 120}}), checkout));
  assertBought(await complete(mandate));
  const entries = auditEntries(server.data).filter(({subject}) => subject === checkout.id);
  const refused = entries.find(({type}) => type === 'mandate.refused');
  assert.equal(refused.details.mandate_code, 'mandate_expired');
  const completed = entries.find(({type}) => type === 'checkout.completed');
  assert.match(completed.details.mandate_reference, /^[\w-]{43}$/);
  assert.equal(completed.details.mandate_issuer, issuer.kid);
  for (const part of mandate.split(/[~.]+/).filter(text => text.length > 60)) assert.ok(!JSON.stringify(entries).includes(part));
});
