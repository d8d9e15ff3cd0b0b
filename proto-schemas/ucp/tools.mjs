// SPDX-License-Identifier: Apache-2.0
// Writes <version>/tools.json, what `tools/list` of the UCP MCP binding answers, and their digests into ../MANIFEST:
//   node proto-schemas/ucp/tools.mjs
// Input schemas are complete and inline, since clients print and check them without resolving references, and open at
// every object, since UCP adds members by extension. A member that only the shop sets is not described in a request.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const versions = ['2026-04-08', '2026-08-25'];

const safeInteger = 9007199254740991;
const text = description => ({type: 'string', ...(description && {description})});
const url = description => ({type: 'string', format: 'uri', ...(description && {description})});
const time = description => ({type: 'string', format: 'date-time', ...(description && {description})});
const flag = description => ({type: 'boolean', ...(description && {description})});
const list = (items, more = {}) => ({type: 'array', items, ...more});
const choice = (...values) => ({type: 'string', enum: values});
const only = value => ({type: 'string', const: value});
const object = (properties, required = [], more = {}) => ({type: 'object', ...(required.length && {required}), properties, ...more});
const map = (values, more = {}) => ({type: 'object', additionalProperties: values, ...more});

/** What differs between the releases, and what is said with it. */
function vocabulary(version) {
  const newer = version >= '2026-08-25';
  const bounded = newer ? {maximum: safeInteger} : {};
  const count = (minimum, description) => ({type: 'integer', minimum, ...bounded, ...(description && {description})});
  const amount = description => count(0, description ?? 'Minor units of the currency.');
  const claimPattern = newer
    ? '^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9_])?)+$'
    : '^[a-z][a-z0-9]*(?:\\.[a-z][a-z0-9_]*)+$';
  const name = description => ({type: 'string', pattern: claimPattern, ...(description && {description})});
  const named = {propertyNames: {pattern: claimPattern}};

  // ---- requests ----
  const address = {
    street_address: text(), extended_address: text(), address_locality: text('City.'), address_region: text('State or province.'),
    address_country: text('ISO 3166-1 alpha-2.'), postal_code: text(), first_name: text(), last_name: text(), phone_number: text('E.164.'),
  };
  const locality = {address_country: text('ISO 3166-1 alpha-2.'), address_region: text(), postal_code: text()};
  const unit = {
    unit: text('UN/ECE Rec 20 code; C62 is "each".'), scale: {type: 'integer', minimum: 0, maximum: 15}, display_text: text(),
  };
  const item = object({
    id: text('A variant id from search_catalog, lookup_catalog or get_product.'),
    ...(newer && {quantity_unit: object({...unit, increment: {type: 'integer', minimum: 1}}, ['unit', 'display_text'], {
      description: 'The unit you count in, if you want it checked against ours.',
      allOf: [{if: {properties: {unit: {const: 'C62'}}, required: ['unit']}, then: {properties: {scale: {const: 0}}}}],
    })}),
  }, ['id']);
  const lineItems = update => list(object({
    ...(update && {id: text('Of a line that is there already; without it lines are matched by item.'), parent_id: text()}),
    item, quantity: count(1),
  }, ['item', 'quantity']));
  const context = object({
    ...locality,
    ...(newer && {location: text('A location id of this shop: a hint, nothing is bound by it.')}),
    intent: text('What the buyer is after, in words.'), language: text('BCP 47.'), currency: text('ISO 4217; a wish.'),
    eligibility: list(name(), {uniqueItems: true, description: 'Claims about the buyer, such as a membership; they may need proof at completion.'}),
    ...(newer && {payment: list(object({handler: name(), types: list(text())}, ['handler']), {description: 'Preferred payment handlers, best first.'})}),
  }, [], {description: 'Hints for prices and relevance. They bind nobody.'});
  const signals = object({'dev.ucp.buyer_ip': text(), 'dev.ucp.user_agent': text()}, [],
    {...named, description: 'Observed by the platform, for abuse prevention. Never shown again.'});
  const attribution = map({type: 'string'}, {description: 'Campaign and referral identifiers. Without any effect on the answer.'});
  const consentSegment = {granted: flag(), source: choice('business', 'platform')};
  const consent = newer
    ? map(object({...consentSegment, segments: map(object(consentSegment, ['granted', 'source']), named)}, ['granted', 'source']),
      {...named, description: 'Purpose, such as dev.ucp.consent.marketing, → the buyer\'s decision. What is left out stays as it is.'})
    : object({analytics: flag(), preferences: flag(), marketing: flag(), sale_of_data: flag()});
  const person = {first_name: text(), last_name: text(), email: text(), phone_number: text('E.164.')};
  const buyer = consents => object({...person, ...(consents && {consent})});
  const discounts = object({codes: list(text(), {description: 'Replaces the codes that were there; [] removes them. Case does not matter.'})});
  const destination = newer ? {type: text(), id: text(), ...address} : {id: text(), ...address};
  const nullable = description => ({type: ['string', 'null'], description});
  const method = update => object({
    ...(update && {id: text(), line_item_ids: list(text(), {description: 'Default: every physical line.'})}),
    ...(!update && !newer && {line_item_ids: list(text())}),
    type: newer ? text('"shipping" or "pickup".') : choice('shipping', 'pickup'),
    destinations: list(object(destination), {description: 'Shipping only: addresses that the buyer named.'}),
    selected_destination_id: nullable('One of the destinations: your own address, or a location where the order is collected.'),
    groups: list(object({...(update && {id: text()}), selected_option_id: nullable('A delivery option of the last answer.')}, update ? ['id'] : [])),
  }, update ? [] : ['type'], newer ? {dependentRequired: {destinations: ['type']}} : {});
  const fulfillment = update => object({methods: list(method(update))});
  const payment = object({instruments: list(object({
    id: text('Yours.'), handler_id: text('One of ucp.payment_handlers of the checkout.'), type: text('"card", …'), selected: flag(),
    billing_address: object(address),
    credential: object({type: text(), token: text('From the payment handler. Card numbers are refused.')}, ['type']),
    display: {type: 'object'},
  }, ['id', 'handler_id', 'type']))});

  const cart = update => object({
    line_items: lineItems(update), buyer: buyer(newer), context, signals, attribution, discounts,
  }, ['line_items']);
  const checkout = update => object({
    ...(!update && {cart_id: text('Makes the checkout from that cart; what the cart holds wins, and line_items may be [].')}),
    line_items: lineItems(update), buyer: buyer(true), context, signals, attribution, discounts, fulfillment: fulfillment(update), payment,
  }, ['line_items']);
  const ap2 = object({checkout_mandate: text('Required where AP2 mandates were negotiated: the chain of SD-JWTs, as text.')});
  const complete = object({payment, ...(newer && {buyer: buyer(true)}), signals, attribution, ap2}, ['payment']);
  const filters = object({
    categories: list(text(), {description: 'Any of them.'}),
    price: object({min: amount(), max: amount()}, [], {description: 'In minor units of context.currency.'}),
  });
  const common = {filters, context, signals, attribution};
  const search = object({
    query: text('Words to search for.'), ...common,
    pagination: object({cursor: text('From the page before.'), limit: {type: 'integer', minimum: 1}}),
  });
  const lookup = object({ids: list(text(), {minItems: 1, description: 'Product or variant ids, in any mixture.'}), ...common}, ['ids']);
  const option = object({name: text(), id: text(), label: text()}, ['name', 'label']);
  const product = object({
    id: text('A product or variant id.'), selected: list(option, {description: 'Options chosen so far.'}),
    preferences: list(text(), {description: 'Option names, most important first; the last is given up first.'}), ...common,
  }, ['id']);
  const point = object({latitude: {type: 'number', minimum: -90, maximum: 90}, longitude: {type: 'number', minimum: -180, maximum: 180}}, ['latitude', 'longitude']);
  const somewhere = member => ({required: [member], properties: {[member]: {type: 'string', minLength: 1}}});
  const place = {
    distance: object({center: point, max: {type: 'number', minimum: 0, description: 'Metres.'}}, ['center', 'max']),
    serves: object({
      point,
      address: object(locality, [], {anyOf: ['address_country', 'address_region', 'postal_code'].map(somewhere)}),
    }, [], {minProperties: 1, maxProperties: 1, propertyNames: {anyOf: [{const: 'point'}, {const: 'address'}, {pattern: claimPattern}]}}),
    filters: object({
      hours: object({open_at: {type: 'string', format: 'date-time', pattern: '(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$'}}, ['open_at']),
      amenities: list(name(), {description: 'All of them.'}),
      items: list({type: 'string', minLength: 1}, {minItems: 1, uniqueItems: true, description: 'Variant ids, all of them available there.'}),
    }),
    context, signals,
  };
  const locations = object({query: text('Name, city, postal code.'), ...place, pagination: object({cursor: text(), limit: {type: 'integer', minimum: 1}})});
  const locationLookup = object({ids: list(text(), {minItems: 1}), ...place}, ['ids']);

  // ---- answers ----
  const [money, units, change] = [{type: 'integer', minimum: 0}, {type: 'integer', minimum: 0}, {type: 'integer'}];
  const formatted = {content_type: choice('plain', 'markdown'), path: text('JSONPath into this answer.')};
  const error = object({
    type: only('error'), code: text(), content: text(), ...formatted,
    severity: choice('recoverable', 'requires_buyer_input', 'requires_buyer_review', 'unrecoverable'),
  }, ['type', 'code', 'content', 'severity']);
  const messages = list({anyOf: [
    error,
    object({type: only('warning'), code: text(), content: text(), ...formatted, presentation: text(), image_url: url(), url: url()}, ['type', 'code', 'content']),
    object({type: only('info'), code: text(), content: text(), ...formatted}, ['type', 'content']),
  ]});
  const registry = map(list({type: 'object', required: ['version'], properties: {version: text()}}));
  const envelope = (required = []) => object(
    {version: only(version), status: only('success'), capabilities: registry, payment_handlers: registry}, ['version', ...required]);
  const failure = object({
    ucp: object({version: only(version), status: only('error')}, ['version', 'status']),
    messages: {...messages, minItems: 1}, continue_url: url('Where the buyer can go on.'),
  }, ['ucp', 'messages'], {additionalProperties: false});
  const totalEntry = object({type: text(), amount: change, display_text: text(), lines: list(object({display_text: text(), amount: change}, ['display_text', 'amount']))}, ['type', 'amount']);
  const exactlyOne = type => ({contains: {properties: {type: {const: type}}, required: ['type']}, minContains: 1, maxContains: 1});
  const totals = list(totalEntry, {allOf: ['subtotal', 'total'].map(exactlyOne)});
  const soldItem = object({id: text(), title: text(), price: money, image_url: url()}, ['id', 'title', 'price']);
  const soldLines = list(object({id: text(), item: soldItem, quantity: {type: 'integer', minimum: 1}, totals: list(totalEntry), parent_id: text()}, ['id', 'item', 'quantity', 'totals']));
  const currency = {type: 'string', pattern: '^[A-Z]{3}$'};
  const links = list(object({type: text(), url: url(), title: text()}, ['type', 'url']));
  const applied = object({codes: list(text()), applied: list(object({
    title: text(), amount: money, code: text(), automatic: flag(), provisional: flag(), eligibility: name(),
    allocations: list(object({path: text(), amount: money}, ['path', 'amount'])),
  }, ['title', 'amount']))});
  const shown = {buyer: {type: 'object'}, context: {type: 'object'}, attribution: map({type: 'string'})};
  const cartAnswer = object({
    ucp: envelope(), id: text(), line_items: soldLines, currency, totals, ...shown, discounts: applied, messages, links,
    expires_at: time(), continue_url: url(),
  }, ['ucp', 'id', 'line_items', 'currency', 'totals']);
  const optionAnswer = object({
    id: text(), title: text(), carrier: text(), earliest_fulfillment_time: time(), latest_fulfillment_time: time(), totals: list(totalEntry),
    description: newer ? {type: 'object'} : text(),
  }, ['id', 'title', 'totals']);
  const methodAnswer = object({
    id: text(), type: text(), line_item_ids: list(text()),
    destinations: list(object({id: text(), ...(newer && {type: text()})}, newer ? ['id', 'type'] : ['id'])),
    selected_destination_id: nullable('The chosen one.'),
    groups: list(object({id: text(), line_item_ids: list(text()), options: list(optionAnswer), selected_option_id: nullable('The chosen one.')}, ['id', 'line_item_ids'])),
  }, ['id', 'type', 'line_item_ids']);
  const checkoutAnswer = object({
    ucp: envelope(['payment_handlers']), id: text(), line_items: soldLines,
    status: choice('incomplete', 'requires_escalation', 'ready_for_complete', 'complete_in_progress', 'completed', 'canceled'),
    currency, totals, links, ...shown, discounts: applied, fulfillment: object({methods: list(methodAnswer)}), messages,
    payment: object({instruments: list(object({id: text(), handler_id: text(), type: text(), selected: flag(), credential: false}, ['id', 'handler_id', 'type']))}),
    order: object({id: text(), permalink_url: url(), label: text()}, ['id', 'permalink_url']),
    ap2: object({merchant_authorization: text(), aud: url(), nonce: text(), checkout_receipt: text()}, ['merchant_authorization']),
    expires_at: time(), continue_url: url(),
  }, ['ucp', 'id', 'line_items', 'status', 'currency', 'totals', 'links'], {
    allOf: [{if: {properties: {status: {const: 'completed'}}, required: ['status']}, then: {required: ['order']}},
      {if: {properties: {status: {const: 'requires_escalation'}}, required: ['status']}, then: {required: ['continue_url', 'messages']}}],
  });
  const some = minimum => list(object({id: text(), quantity: {type: 'integer', ...(minimum !== undefined && {minimum})}}, ['id', 'quantity']));
  const orderAnswer = object({
    ucp: envelope(), id: text(), label: text(), checkout_id: text(), permalink_url: url(), currency, totals, messages,
    line_items: list(object({
      id: text(), item: soldItem, totals: list(totalEntry), parent_id: text(),
      quantity: object({original: units, total: units, fulfilled: units}, ['total', 'fulfilled']),
      status: choice('processing', 'partial', 'fulfilled', 'removed'),
    }, ['id', 'item', 'quantity', 'totals', 'status'])),
    fulfillment: object({
      expectations: list(object({id: text(), line_items: some(1), method_type: text(), destination: {type: 'object'}, description: text(), fulfillable_on: text()},
        ['id', 'line_items', 'method_type', 'destination'])),
      events: list(object({id: text(), occurred_at: time(), type: text(), line_items: some(1), carrier: text(), tracking_number: text(), tracking_url: url(), description: text()},
        ['id', 'occurred_at', 'type', 'line_items'])),
    }),
    adjustments: list(object({
      id: text(), type: text(), occurred_at: time(), status: choice('pending', 'completed', 'failed'), line_items: some(), totals: list(totalEntry), description: text(),
    }, ['id', 'type', 'occurred_at', 'status'])),
  }, ['ucp', 'id', 'checkout_id', 'permalink_url', 'line_items', 'fulfillment', 'currency', 'totals']);

  const price = object({amount: money, currency}, ['amount', 'currency']);
  const range = object({min: price, max: price}, ['min', 'max']);
  const description = object({plain: text(), html: text(), markdown: text()}, [], {minProperties: 1});
  const variant = inputs => object({
    id: text('Goes into line_items[].item.id.'), title: text(), description, price, sku: text(), list_price: price,
    availability: object({available: flag(), status: text()}), options: list(option),
    ...(inputs && {inputs: list(object({id: text(), match: text()}, ['id']), {minItems: 1})}),
  }, ['id', 'title', 'description', 'price', ...(inputs ? ['inputs'] : [])]);
  const productAnswer = (inputs, more = {}) => object({
    id: text(), title: text(), description, price_range: range, variants: list(variant(inputs), {minItems: 1}),
    handle: text(), url: url(), categories: list(object({value: text(), taxonomy: text()}, ['value'])),
    media: list(object({type: text(), url: url(), alt_text: text()}, ['type', 'url'])), tags: list(text()),
    options: list(object({name: text(), values: list(object({id: text(), label: text()}, ['label']), {minItems: 1})}, ['name', 'values'])), ...more,
  }, ['id', 'title', 'description', 'price_range', 'variants']);
  const page = object({has_next_page: flag(), cursor: text(), total_count: {type: 'integer', minimum: 0}}, ['has_next_page'],
    {if: {properties: {has_next_page: {const: true}}, required: ['has_next_page']}, then: {required: ['cursor']}});
  const searchAnswer = object({ucp: envelope(), products: list(productAnswer(false)), pagination: page, messages}, ['ucp', 'products']);
  const lookupAnswer = object({ucp: envelope(), products: list(productAnswer(true)), messages}, ['ucp', 'products']);
  const detail = object({name: text(), values: list(object({id: text(), label: text(), available: flag(), exists: flag()}, ['label']), {minItems: 1})}, ['name', 'values']);
  const detailAnswer = object({ucp: envelope(), product: productAnswer(false, {selected: list(option), options: list(detail)}), messages}, ['ucp', 'product']);
  const clock = {type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$'};
  const location = inputs => object({
    id: text(), name: text(), address: object(address), geo: point, timezone: text('IANA.'),
    amenities: map(object({description: {type: 'string', minLength: 1}}, ['description']), named),
    hours: list(object({day: choice('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'), opens: clock, closes: clock}, ['day', 'opens', 'closes'])),
    exception_hours: list(object({valid_from: {type: 'string', format: 'date'}, valid_through: {type: 'string', format: 'date'}, opens: clock, closes: clock, title: text()}, ['valid_from', 'valid_through'])),
    ...(inputs && {inputs: list(object({id: text()}, ['id']), {minItems: 1})}),
  }, ['id', 'name', ...(inputs ? ['inputs'] : [])]);
  const locationsAnswer = inputs => object({ucp: envelope(), locations: list(location(inputs)), ...(!inputs && {pagination: page}), messages}, ['ucp', 'locations']);

  return {
    requests: {cart, checkout, complete, search, lookup, product, locations, locationLookup},
    answers: {cartAnswer, checkoutAnswer, orderAnswer, searchAnswer, lookupAnswer, detailAnswer, locationsAnswer, failure},
  };
}

export function tools(version) {
  const {requests, answers} = vocabulary(version);
  const meta = keyed => object({
    'ucp-agent': object({profile: url('Where your platform profile can be fetched.')}, ['profile'], {description: 'Who you are.'}),
    'idempotency-key': text('Fresh for each new effect, the same when you repeat a request: a repetition gets the first answer.'),
  }, ['ucp-agent', ...(keyed ? ['idempotency-key'] : [])]);
  const id = what => text(`The id of the ${what}.`);
  const tool = (name, title, description, input, required, output, keyed = false) => ({
    name, title, description,
    inputSchema: {type: 'object', required: ['meta', ...required], properties: {meta: meta(keyed), ...input}},
    outputSchema: {type: 'object', oneOf: [output, answers.failure]},
  });
  const {cart, checkout, complete, search, lookup, product, locations, locationLookup} = requests;
  const bought = answers.checkoutAnswer;
  return [
    tool('search_catalog', 'Search the catalog', 'Products that match words and filters, a page at a time. Give a query, filters, or both.',
      {catalog: search}, ['catalog'], answers.searchAnswer),
    tool('lookup_catalog', 'Look products up', 'Products and variants by id. Ids that are unknown are left out of the answer.',
      {catalog: lookup}, ['catalog'], answers.lookupAnswer),
    tool('get_product', 'Show one product', 'One product in full, with its options narrowed to what is selected and what is available.',
      {catalog: product}, ['catalog'], answers.detailAnswer),
    tool('create_cart', 'Start a cart', 'A cart with estimated prices, before anybody commits to buying. create_checkout turns it into a checkout by cart_id.',
      {cart: cart(false)}, ['cart'], answers.cartAnswer),
    tool('get_cart', 'Show a cart', 'The cart as it stands.', {id: id('cart')}, ['id'], answers.cartAnswer),
    tool('update_cart', 'Change a cart', 'Replaces the cart: what is left out is gone.', {id: id('cart'), cart: cart(true)}, ['id', 'cart'], answers.cartAnswer),
    tool('cancel_cart', 'Drop a cart', 'Ends the cart. The answer is its last state.', {id: id('cart')}, ['id'], answers.cartAnswer, true),
    tool('create_checkout', 'Start a checkout', 'A checkout for line items or for a cart. Its status and messages say what is missing until it is ready_for_complete.',
      {checkout: checkout(false)}, ['checkout'], bought),
    tool('get_checkout', 'Show a checkout', 'The checkout as it stands.', {id: id('checkout')}, ['id'], bought),
    tool('update_checkout', 'Change a checkout', 'Replaces what the buyer chose: what is left out is gone.',
      {id: id('checkout'), checkout: checkout(true)}, ['id', 'checkout'], bought),
    tool('complete_checkout', 'Pay and order', 'Places the order with one payment instrument. A status other than completed comes with messages that say why, and a continue_url where a human is needed.',
      {id: id('checkout'), checkout: complete}, ['id', 'checkout'], bought, true),
    tool('cancel_checkout', 'Drop a checkout', 'Ends a checkout that is not completed.', {id: id('checkout')}, ['id'], bought, true),
    tool('get_order', 'Show an order', 'The order with what was shipped, delivered and adjusted.', {id: id('order')}, ['id'], answers.orderAnswer),
    ...(version < '2026-08-25' ? [] : [
      tool('search_locations', 'Find stores', 'Stores of the brand by words, distance, opening time, amenities and what is available there.',
        {location: locations}, ['location'], answers.locationsAnswer(false)),
      tool('lookup_locations', 'Look stores up', 'Stores by id. Ids that are unknown are left out of the answer.',
        {location: locationLookup}, ['location'], answers.locationsAnswer(true)),
    ]),
  ];
}

/** JSON with short values on one line. */
export function print(value, indent = '') {
  const flat = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replace(/([[{]) /g, '$1').replace(/ ([\]}])/g, '$1');
  if (indent.length + flat.length <= 116 || value === null || typeof value !== 'object') return flat;
  const deeper = indent + '  ';
  const parts = Array.isArray(value)
    ? value.map(part => deeper + print(part, deeper))
    : Object.entries(value).map(([key, part]) => `${deeper}${JSON.stringify(key)}: ${print(part, deeper)}`);
  return Array.isArray(value) ? `[\n${parts.join(',\n')}\n${indent}]` : `{\n${parts.join(',\n')}\n${indent}}`;
}

export const render = version => print({tools: tools(version)}) + '\n';

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = path.join(here, '../MANIFEST');
  let lines = readFileSync(manifest, 'utf8').trimEnd().split('\n').filter(line => !line.startsWith('ucp/'));
  for (const version of versions) {
    mkdirSync(path.join(here, version), {recursive: true});
    const content = render(version);
    writeFileSync(path.join(here, version, 'tools.json'), content);
    const digest = createHash('sha256').update(content).digest('hex');
    lines.push(`ucp/${version}/tools.json  ${digest}  ucp  ${version}  release ${version}: checkout, cart, catalog, order, discount, fulfillment, buyer consent${version < '2026-08-25' ? '' : ', location'}, MCP binding; our own wording (Apache-2.0)`);
  }
  writeFileSync(manifest, lines.join('\n') + '\n');
}
