// SPDX-License-Identifier: Apache-2.0
// Sizes: a swimsuit compared across three brands, from measurements and from a garment that fits.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {NativeApi} from '../support/native.mjs';
import {b2a, call, root, startServer, temporaryDirectory} from '../support/server.mjs';

let server;
let api;
before(async () => {
  server = await startServer();
  api = await NativeApi.of(server);
});
after(() => server.stop());

const fits = (schema, body) => {
  const check = api.check(`openapi#/components/schemas/${schema}`);
  assert.ok(check(body), JSON.stringify(check.errors?.slice(0, 4)));
};

/** Asks, and holds question and answer against the served schemas. */
async function fit(question, {status = 200} = {}) {
  const answer = await call(server.agents, 'POST', '/b2a/v1/fit', question);
  assert.equal(answer.status, status, answer.text.slice(0, 800));
  if (status === 200) {
    fits('FitRequest', question);
    fits('FitResult', answer.body);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  } else {
    fits('Problem', answer.body);
  }
  return answer.body;
}

const person = {measurements: {chest: 900, waist: 720, hip: 980}};
const best = answer => answer.items.map(i => `${i.product.brand} ${i.size} ${i.verdict}`);

test('a swimsuit across three brands that cut and number differently', async () => {
  const answer = await fit({person, garment: 'swimsuit', audience: 'women', sizes_per_product: 1});
  assert.deepEqual([...new Set(best(answer))].sort(), ['Costa Lume 44 fits', 'Northlight M fits', 'Rue Cassis 40 fits']);
  assert.equal(answer.items.length, 4, 'Costa Lume has two swimsuits');
  for (const item of answer.items) {
    assert.equal(item.confidence_ppm, 1_000_000);
    assert.equal(item.evidence.synthetic, true);
    assert.equal(item.evidence.catalog_revision, answer.catalog_revision);
    const chart = (await call(server.agents, 'GET', new URL(item.evidence.url).pathname)).body;
    const row = chart.rows.find(r => r.label === item.evidence.row);
    for (const part of item.deciding) {
      assert.deepEqual(part.range, row.ranges[part.measurement], 'the answer shows the chart');
      assert.equal(part.body.min_mm, person.measurements[part.measurement]);
      assert.ok(part.range.min_mm <= part.body.min_mm && part.body.max_mm <= part.range.max_mm);
      assert.equal(part.distance_mm, 0);
    }
    for (const variant of item.matching_variants)
      assert.ok(variant.options.some(o => o.name === 'size' && o.label === item.size));
  }
  assert.deepEqual(await fit({person, garment: 'swimsuit', audience: 'women', sizes_per_product: 1}), answer, 'the same again');
});

test('a swimsuit that fits leads to the sizes of the others', async () => {
  const owns = [{brand: 'Northlight', size: 'm', garment: 'swimsuit'}];
  const answer = await fit({person: {owns}, garment: 'swimsuit', brands: ['Rue Cassis', 'Costa Lume'], sizes_per_product: 1});
  assert.deepEqual(answer.person.owned.map(o => [o.size_chart, o.rows, o.converted]), [['nl-women-swimsuit', ['M'], false]]);
  assert.deepEqual(answer.person.measurements.map(m => m.basis), ['garment', 'garment', 'garment']);
  assert.ok(answer.items.every(i => i.confidence_ppm === 800_000), 'less sure than a tape measure');
  assert.deepEqual([...new Set(best(answer))].sort(), ['Costa Lume 46 fits', 'Rue Cassis 40 fits']);
  const back = await fit({person: {owns}, products: ['nl-seal-swimsuit'], sizes_per_product: 1});
  assert.deepEqual(best(back), ['Northlight M fits'], 'the garment itself fits');
});

test('a size of another system goes by the brand first, then by a table that is named', async () => {
  const ask = size => fit({person: {owns: [size]}, products: ['nl-seal-swimsuit'], sizes_per_product: 1});
  const stated = await ask({brand: 'Rue Cassis', size: '38', garment: 'swimsuit', system: 'eu'});
  assert.deepEqual(stated.person.owned.map(o => [o.rows, o.converted]), [[['40'], false]]);
  const converted = await ask({brand: 'Rue Cassis', size: '12', garment: 'swimsuit', system: 'uk'});
  assert.deepEqual(converted.person.owned.map(o => [o.rows, o.converted]), [[['40'], true]]);
  assert.match(converted.person.owned[0].conversion_source, /trade correspondence/);
  assert.ok(converted.items[0].confidence_ppm < stated.items[0].confidence_ppm);
});

test('what is not known is unknown, never a fit', async () => {
  const answer = await fit({person: {measurements: {chest: 900}}, garment: 'swimsuit', sizes_per_product: 20, limit: 100});
  assert.ok(answer.items.length > 20);
  assert.ok(answer.items.every(i => i.verdict !== 'fits'), 'the chest alone does not decide a swimsuit');
  const beside = await fit({person: {measurements: {foot: 250}}, garment: 'swimsuit'});
  assert.ok(beside.items.every(i => i.verdict === 'unknown' && i.confidence_ppm === 0));
  const shoes = await fit({person: {measurements: {foot: 250}}, garment: 'shoes', sizes_per_product: 1, limit: 100});
  assert.ok(shoes.items.every(i => i.size === '40' && i.verdict === 'fits'), best(shoes).join());
});

test('findings, not errors, for what the shop does not know', async () => {
  const owns = [{brand: 'Atlantis', size: 'M', garment: 'dress'}, {brand: 'Northlight', size: 'M', garment: 'bra'},
    {brand: 'Northlight', size: '3XL', garment: 'dress'}];
  const answer = await fit({person: {owns}, products: ['nl-aurora-dress', 'no-such-dress']});
  assert.deepEqual(answer.findings.map(f => [f.code, f.path]), [
    ['unknown_brand', '/person/owns/0/brand'], ['no_size_chart', '/person/owns/1/garment'],
    ['unknown_size', '/person/owns/2/size'], ['unknown_product', '/products/1']]);
  const torn = await fit({person: {measurements: {chest: 1100}, owns: [{brand: 'Northlight', size: 'S', garment: 'dress'}]}, garment: 'dress'});
  assert.deepEqual(torn.findings.map(f => [f.code, f.subject]), [['contradictory', 'chest']]);
});

test('measurements that no body has are refused with their bound', async () => {
  const refused = async (measurements, pointer, detail) => {
    const problem = await fit({person: {measurements}, garment: 'dress'}, {status: 422});
    assert.match(JSON.stringify(problem), pointer);
    assert.match(problem.detail, detail);
  };
  await refused({chest: 90}, /person\/measurements\/chest/, /90 mm: bodies have 200 to 2200 mm/);
  await refused({height: 17000}, /measurements\/height/, /2750 mm/);
  await refused({waist: -1}, /measurements\/waist/, /200 to 2400/);
  await refused({height: 1000, inseam: 1200}, /measurements\/inseam/, /height/);
  await fit({person: {}, garment: 'dress'}, {status: 400});
  await fit({person, garment: 'cape'}, {status: 400});
  await fit({person}, {status: 400});
  await fit({person: {measurements: {chest: 9e99}}, garment: 'dress'}, {status: 400});
});

test('only what can be bought now, in the currency asked for', async () => {
  const answer = await fit({person, garment: 'swimsuit', in_stock: true, currency: 'EUR', sizes_per_product: 20, limit: 100});
  for (const item of answer.items) {
    assert.ok(item.matching_variants.length > 0);
    for (const variant of item.matching_variants) {
      assert.equal(variant.availability, 'in_stock');
      assert.equal(variant.price.currency, 'EUR');
    }
  }
});

test('size charts can be listed, filtered, paged and read', async () => {
  const seen = [];
  let after = '';
  do {
    const {body} = await call(server.agents, 'GET', `/b2a/v1/size-charts?limit=9${after && `&after=${after}`}`);
    fits('SizeChartList', body);
    seen.push(...body.items.map(i => i.id));
    after = body.next_after ?? '';
  } while (after);
  assert.deepEqual(seen, [...seen].sort());
  assert.equal(new Set(seen).size, 29);
  const suits = (await call(server.agents, 'GET', '/b2a/v1/size-charts?garment=swimsuit&audience=women')).body;
  assert.deepEqual(suits.items.map(i => i.brand).sort(), ['Costa Lume', 'Northlight', 'Rue Cassis']);
  for (const id of seen) {
    const {status, body} = await call(server.agents, 'GET', `/b2a/v1/size-charts/${id}`);
    assert.equal(status, 200);
    fits('SizeChart', body);
  }
  assert.equal((await call(server.agents, 'GET', '/b2a/v1/size-charts/none')).status, 404);
  assert.equal((await call(server.agents, 'GET', '/b2a/v1/size-charts?garment=cape')).status, 400);
  assert.equal((await call(server.agents, 'GET', '/b2a/v1/size-charts?limit=0')).status, 400);
});

const demo = path.join(root, 'config/demo/catalog.jsonl');

test('the demonstration catalog has a chart for every size, and an import finds those that have none', () => {
  const data = temporaryDirectory();
  const file = path.join(data, 'sizes.jsonl');
  const product = (id, attributes, size) => ({type: 'product', id, brand: 'B', title: id, attributes,
    variants: [{id: `${id}-1`, options: [{name: 'size', label: size}]}]});
  writeFileSync(file, [product('bare', [], 'M'), product('odd', [{name: 'size_chart', value: 'c'}], 'XXS'),
    {type: 'size_chart', id: 'c', brand: 'B', garment: 'top', audience: 'men', system: 'letter',
      rows: [{label: 'M', ranges: {chest: [940, 1019]}}, {label: 'L', ranges: {chest: [900, 939]}}]}]
    .map(line => JSON.stringify(line)).join('\n'));
  const run = (...files) => JSON.parse(b2a('import', ...files, '--data', data, '--json').out);
  const report = run(file);
  assert.deepEqual(report.lint.map(l => [l.code, l.product]), [
    ['sizes_out_of_order', 'c'], ['sizes_without_chart', 'bare'], ['size_not_in_chart', 'odd']]);
  assert.equal(run(demo).lint.filter(l => /size/.test(l.code)).length, 0);
  const again = run(demo);
  assert.equal(again.added + again.updated, 0);
});

test('what a person wears stays out of the log', async () => {
  await fit({person: {owns: [{brand: 'Zyxwvut', size: 'Q77', garment: 'dress'}]}, garment: 'dress'});
  assert.match(server.stderr, /native\.fit/, 'the request itself is there');
  assert.ok(!/Zyxwvut|Q77/.test(server.stderr));
});
