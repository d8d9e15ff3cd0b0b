// SPDX-License-Identifier: Apache-2.0
// Writes 2026-04-17/tools.json, what `tools/list` says of the ACP MCP binding, and its digest into ../MANIFEST:
//   node proto-schemas/acp/tools.mjs
// Input schemas are complete and inline, since clients print and check them without resolving references. They are as
// closed as the requests are, and say beside the published ones what else is taken: a quantity beside an item's id.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {print} from '../ucp/tools.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const version = '2026-04-17';

const text = (description, more = {}) => ({type: 'string', ...(description && {description}), ...more});
const whole = (description, more = {}) => ({type: 'integer', ...more, ...(description && {description})});
const flag = description => ({type: 'boolean', ...(description && {description})});
const choice = (values, description) => ({type: 'string', enum: values, ...(description && {description})});
const list = (items, more = {}) => ({type: 'array', items, ...more});
const open = (properties, required = [], more = {}) => ({type: 'object', ...(required.length && {required}), properties, ...more});
const closed = (properties, required = [], more = {}) => open(properties, required, {additionalProperties: false, ...more});

// ---- requests ----
const address = closed({
  name: text('Recipient.'), line_one: text(), line_two: text(), city: text(), state: text('State or province; "" where there is none.'),
  country: text('ISO 3166-1 alpha-2, such as US.'), postal_code: text(), company: text(),
}, ['name', 'line_one', 'city', 'state', 'country', 'postal_code']);
const buyer = closed({
  first_name: text(), last_name: text(), full_name: text('Instead of the two.'), email: text('Needed before the session can be paid.', {format: 'email'}),
  phone_number: text('E.164.'), customer_id: text(), account_type: choice(['guest', 'registered', 'business']),
  authentication_status: choice(['authenticated', 'guest', 'requires_signin']),
  company: closed({name: text(), tax_id: text(), department: text(), cost_center: text()}, ['name']),
  loyalty: closed({tier: text(), points_balance: whole(), member_since: text(undefined, {format: 'date-time'})}),
  tax_exemption: closed({
    certificate_id: text(), certificate_type: choice(['resale', 'exempt_organization', 'government']), exempt_regions: list(text()),
    expires_at: text(undefined, {format: 'date-time'}),
  }, ['certificate_id', 'certificate_type']),
}, ['email']);
const details = closed({name: text('Recipient.'), phone_number: text('E.164.'), email: text(undefined, {format: 'email'}), address}, [], {
  description: 'Where it goes and who receives it.',
});
const items = list(closed({
  id: text('A variant id, from the catalog search or the product.'), name: text(), unit_amount: whole('Ignored: the shop\'s prices count.'),
  quantity: whole('Default 1.', {minimum: 1}),
}, ['id']), {minItems: 1, description: 'All items: the list replaces the one before.'});
const groups = list(closed({
  id: text('Yours.'), item_ids: list(text(), {description: 'Item ids.'}), destination_type: choice(['shipping', 'pickup', 'digital']),
  fulfillment_details: details, location_id: text('For pickup: an option id of type pickup; left out, the answer lists the locations.'), instructions: text(),
}, ['id', 'item_ids', 'destination_type']), {description: 'Only to collect some or all of it in a store.'});
const discounts = closed({codes: list(text(), {description: 'Replaces the codes before; [] removes them.'})});
const notes = text('Not passed on to the shop at present.', {maxLength: 5000});
const attribution = open({
  provider: text('The affiliate network.'), token: text(), publisher_id: text('Required without a token.'), campaign_id: text(), creative_id: text(), sub_id: text(),
  source: open({type: choice(['url', 'platform', 'unknown']), url: text()}, ['type']), issued_at: text(), expires_at: text(),
  metadata: {type: 'object', additionalProperties: {type: ['string', 'number', 'boolean']}, description: 'Flat, without personal data.'},
}, ['provider'], {description: 'Who sent the buyer. Written once, never shown again.'});
const capabilities = closed({
  payment: {type: 'object'},
  interventions: closed({
    supported: list(text(), {description: '["3ds"] if you can have the buyer authenticate a payment.'}), required: list(text()), enforcement: text(),
    display_context: text(), redirect_context: text(), max_redirects: whole(undefined, {minimum: 0}), max_interaction_depth: whole(undefined, {minimum: 1}),
  }),
  extensions: list({type: ['string', 'object']}, {description: '["discount"] to see discounts itemised.'}),
}, [], {description: 'What you can do. {} is fine.'});
const create = closed({
  line_items: items, currency: text('ISO 4217 in lower case, such as usd.'), capabilities, buyer, fulfillment_details: details, fulfillment_groups: groups,
  discounts, locale: text('BCP 47.'), timezone: text('IANA.'), quote_id: text(), metadata: {type: 'object'}, order_notes: notes, affiliate_attribution: attribution,
}, ['line_items', 'currency', 'capabilities']);
const nullable = schema => ({anyOf: [schema, {type: 'null'}]});
const update = closed({
  line_items: items, buyer: nullable(buyer), fulfillment_details: nullable(details), fulfillment_groups: groups,
  selected_fulfillment_options: nullable(list(closed({
    type: choice(['shipping', 'digital', 'pickup', 'local_delivery']), option_id: text('An id of fulfillment_options.'), item_ids: list(text()),
  }, ['type', 'option_id', 'item_ids']))),
  discounts: nullable(discounts), order_notes: notes,
}, [], {description: 'Only what changes. What is left out stays, null clears.'});
const complete = closed({
  payment_data: closed({
    handler_id: text('One of capabilities.payment.handlers of the session.'),
    instrument: open({
      type: text('"card", …'),
      credential: open({type: text('"spt".'), token: text('The delegated payment token. Card numbers are refused.')}, ['type', 'token']),
    }, ['type', 'credential']),
    billing_address: address, purchase_order_number: text('Not taken here.'), payment_terms: choice(['immediate', 'net_15', 'net_30', 'net_60', 'net_90']),
    due_date: text(undefined, {format: 'date-time'}), approval_required: flag(),
  }),
  buyer,
  authentication_result: closed({
    outcome: choice(['abandoned', 'attempt_acknowledged', 'authenticated', 'canceled', 'denied', 'informational', 'internal_error', 'not_supported', 'processing_error', 'rejected']),
    outcome_details: closed({
      three_ds_cryptogram: text(), electronic_commerce_indicator: choice(['01', '02', '05', '06', '07']), transaction_id: text(), version: text(),
    }, ['three_ds_cryptogram', 'electronic_commerce_indicator', 'transaction_id', 'version']),
  }, ['outcome'], {description: 'After the status authentication_required: how it went.'}),
  affiliate_attribution: attribution,
  risk_signals: closed({ip_address: text(), user_agent: text(), accept_language: text(), session_id: text(), device_fingerprint: text()}),
  marketing_consents: list(closed({channel: text('Of marketing_consent_options.'), opted_in: flag()}, ['channel', 'opted_in'])),
  order_notes: notes,
}, ['payment_data']);
const cancel = open({intent_trace: open({
  reason_code: text('price_sensitivity, shipping_cost, shipping_speed, product_fit, trust_security, returns_policy, payment_options, comparison, timing_deferred or other.'),
  trace_summary: text('In words, without personal data.', {maxLength: 500}),
  metadata: {type: 'object', additionalProperties: {type: ['string', 'number', 'boolean']}},
}, ['reason_code'], {description: 'Why the buyer gave up. Written once, never shown again.'})});

// ---- answers ----
const money = whole('Minor units.');
const total = open({type: text(), display_text: text(), amount: money}, ['type', 'display_text', 'amount']);
const message = open({
  type: choice(['info', 'warning', 'error']), code: text(), severity: text(), resolution: choice(['recoverable', 'requires_buyer_input', 'requires_buyer_review']),
  param: text('JSONPath of what it is about.'), content_type: choice(['plain', 'markdown']), content: text(),
}, ['type', 'content_type', 'content']);
const session = open({
  id: text(), protocol: open({version: text()}, ['version']),
  capabilities: {type: 'object', description: 'Payment handlers, and what both sides can do.'},
  status: choice(['incomplete', 'not_ready_for_payment', 'requires_escalation', 'authentication_required', 'ready_for_payment', 'pending_approval', 'complete_in_progress', 'completed', 'canceled', 'in_progress', 'expired']),
  currency: text(), locale: text(), buyer: {type: 'object'},
  line_items: list(open({id: text(), item: open({id: text(), name: text(), unit_amount: money}, ['id']), quantity: whole(undefined, {minimum: 1}), unit_amount: money, totals: list(total)}, ['id', 'item', 'quantity', 'totals'])),
  fulfillment_details: {type: 'object'}, fulfillment_groups: list({type: 'object'}),
  fulfillment_options: list(open({type: text(), id: text(), title: text(), totals: list(total)}, ['type', 'id', 'title', 'totals'])),
  selected_fulfillment_options: list(open({type: text(), option_id: text(), item_ids: list(text())}, ['type', 'option_id', 'item_ids'])),
  totals: list(total), messages: list(message, {description: 'What is missing or went wrong, and what to do about it.'}),
  links: list(open({type: text(), url: text()}, ['type', 'url'])), authentication_metadata: {type: 'object'},
  created_at: text(), expires_at: text(), continue_url: text('Where the buyer can go on.'),
  discounts: {type: 'object'}, marketing_consent_options: list({type: 'object'}),
  order: open({id: text(), checkout_session_id: text(), permalink_url: text()}, ['id', 'checkout_session_id', 'permalink_url']),
}, ['id', 'capabilities', 'status', 'currency', 'line_items', 'fulfillment_options', 'totals', 'messages', 'links']);

export function tools() {
  const meta = keyed => open({
    api_version: text('The API version.', {const: version}),
    ...(keyed && {idempotency_key: text('Fresh for each new effect, the same when you repeat a request: a repetition gets the first answer.')}),
    request_id: text(), user_agent: text(), accept_language: text('BCP 47.'), signature: text(), timestamp: text(),
  }, ['api_version']);
  const id = text('The id of the checkout session.');
  const tool = (name, title, description, properties, required, keyed = true) => ({
    name, title, description,
    inputSchema: {type: 'object', required: ['meta', ...required], properties: {meta: meta(keyed), ...properties}},
    outputSchema: session,
  });
  return [
    tool('create_checkout_session', 'Start a checkout session (ACP)',
      'Starts buying items by their variant ids. The answer says in status and messages what is missing until it is ready_for_payment: an e-mail address of the buyer, and for goods that are shipped an address.',
      {payload: create}, ['payload']),
    tool('get_checkout_session', 'Show a checkout session (ACP)', 'The session as it stands.', {id}, ['id'], false),
    tool('update_checkout_session', 'Change a checkout session (ACP)',
      'Changes parts of the session: buyer, address, items, discount codes, or the delivery option, which is one of fulfillment_options.',
      {id, payload: update}, ['id', 'payload']),
    tool('complete_checkout_session', 'Pay and order (ACP)',
      'Places the order with a delegated payment token. authentication_required: have the buyer authenticate with authentication_metadata and complete again with authentication_result. Any other status than completed comes with messages that say why.',
      {id, payload: complete}, ['id', 'payload']),
    tool('cancel_checkout_session', 'Drop a checkout session (ACP)', 'Ends a session that is not completed. Say why in intent_trace if you know.',
      {id, payload: cancel}, ['id']),
  ];
}

export const render = () => print({tools: tools()}) + '\n';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const content = render();
  mkdirSync(path.join(here, version), {recursive: true});
  writeFileSync(path.join(here, version, 'tools.json'), content);
  const manifest = path.join(here, '../MANIFEST');
  const lines = readFileSync(manifest, 'utf8').trimEnd().split('\n').filter(line => !line.startsWith('acp/'));
  const digest = createHash('sha256').update(content).digest('hex');
  lines.push(`acp/${version}/tools.json  ${digest}  acp  ${version}  release ${version}: checkout sessions, capabilities, discount extension, attribution, intent traces, MCP binding; our own wording (Apache-2.0)`);
  writeFileSync(manifest, lines.join('\n') + '\n');
}
