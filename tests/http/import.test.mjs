// SPDX-License-Identifier: Apache-2.0
// Importing real catalogs and hostile files with the real command, and buying what was imported.
import assert from 'node:assert/strict';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {auditEntries, b2a, call, hasShared, root, shared, sharedMissing, startServer, temporaryDirectory} from '../support/server.mjs';
import {Shop, order, pay} from '../support/ucp.mjs';

let data;
before(async () => {
  data = temporaryDirectory();
  await (await startServer({data})).stop();  // the sandbox brings shipping methods and promotions
});
after(() => rmSync(data, {recursive: true, force: true}));

const luma = name => path.join(shared, 'data/luma', name);
const gear = ['bags', 'fitness_equipment', 'fitness_equipment_ball', 'fitness_equipment_strap', 'watches'].map(n => luma(`simple_products_gear_${n}.csv`));
const lumaFiles = [luma('products.csv'), ...gear, luma('related.csv'), luma('crosssell.csv'), luma('upsell.csv')];
const json = (...args) => {
  const {code, out, err} = b2a('import', '--json', '--data', data, ...args);
  assert.equal(code, 0, err);
  return JSON.parse(out);
};

describe('real files', {skip: sharedMissing}, () => {
  test('Luma: products, variants, links', () => {
    const dry = json('--dry-run', '--brand', 'Luma', ...lumaFiles);
    assert.equal(dry.products, 147 + 44);
    assert.equal(dry.variants, 1847 + 44);
    const report = json('--brand', 'Luma', ...lumaFiles);
    assert.deepEqual([report.links.related, report.links.cross_sell, report.links.up_sell], [52, 96, 79]);
    assert.equal(report.added, 191);
    const again = json('--brand', 'Luma', ...lumaFiles);
    assert.deepEqual([again.added, again.updated, again.revision], [0, 0, report.revision], 'the same files change nothing');
  });

  test('Open Food Facts: products without prices, declared allergens', () => {
    const off = json(path.join(shared, 'data/openfoodfacts/products.tsv'));
    assert.ok(off.products > 950, `${off.products}`);
    assert.equal(off.rows, off.products + off.rejected);
    assert.equal(off.without_offer, off.variants);
    const tenThousand = json(path.join(shared, 'data/openfoodfacts/food-10k.csv'));
    assert.equal(tenThousand.rows, 10000);
    assert.equal(tenThousand.products + tenThousand.rejected, 10000);
  });

  test('a Luma hoodie is found and bought', async () => {
    const server = await startServer({data});
    try {
      const shop = new Shop(server);
      const found = await shop.search({query: 'chaz hoodie', filters: {categories: ['Hoodies & Sweatshirts']}});
      const hoodie = found.body.products.find(p => p.id === 'MH01');
      assert.ok(hoodie, JSON.stringify(found.body.products.map(p => p.id)));
      assert.equal(hoodie.price_range.min.amount, 5200);
      const {body} = await shop.product({id: 'MH01', selected: [{name: 'size', label: 'M'}, {name: 'color', label: 'Black'}]});
      const variant = body.product.variants[0];
      assert.equal(variant.id, 'MH01-M-Black');
      const created = await shop.create(order(variant.id));
      assert.equal(created.body.status, 'ready_for_complete', JSON.stringify(created.body.messages));
      const done = await shop.complete(created.body.id, pay());
      assert.equal(done.body.status, 'completed');
      assert.equal((await shop.order(done.body.order.id)).body.line_items[0].item.price, 5200);
      assert.ok(auditEntries(data).some(e => e.type === 'order.placed' && e.subject === done.body.order.id));
      assert.equal(b2a('audit', 'verify', '--data', data).code, 0);

      // The stock that was sold stays sold when the same file is imported again beside the running server.
      const again = b2a('import', '--json', '--data', data, '--brand', 'Luma', luma('products.csv'));
      assert.equal(JSON.parse(again.out).updated, 0, again.err);

      const verdicts = new Set();
      for (let cursor = ''; cursor !== undefined;) {
        const page = await call(server.agents, 'GET', `/b2a/v1/search?avoid=milk&allergen_mode=report&q=chocolat&limit=100${cursor && '&cursor=' + cursor}`);
        assert.equal(page.status, 200, page.text);
        for (const item of page.body.items) verdicts.add(item.allergens[0].status);
        cursor = page.body.next_cursor || undefined;
      }
      assert.ok(verdicts.has('unknown') && verdicts.has('contains'), [...verdicts].join());
      const strict = await call(server.agents, 'GET', '/b2a/v1/search?avoid=milk&q=chocolat');
      for (const item of strict.body.items) assert.equal(item.allergens[0].status, 'free_from');
    } finally {
      await server.stop();
    }
  });

  test('an import beside a running server becomes visible without a restart', async () => {
    const server = await startServer({data});
    try {
      const file = path.join(data, 'new.jsonl');
      writeFileSync(file, JSON.stringify({type: 'product', id: 'late-1', brand: 'Late', title: 'Latecomer lamp', variants: [{id: 'late-1', options: [], offers: [{currency: 'USD', price: 1000}], stock: 3}]}) + '\n');
      assert.equal(json(file).added, 1);
      let status;
      const deadline = Date.now() + 10000;
      while (status !== 200 && Date.now() < deadline) status = (await call(server.agents, 'GET', '/b2a/v1/products/late-1')).status;
      assert.equal(status, 200);
    } finally {
      await server.stop();
    }
  });
});

// All of these files are synthetic.
describe('formats of other shops', () => {
  let own;
  before(() => { own = temporaryDirectory(); });
  after(() => rmSync(own, {recursive: true, force: true}));
  const write = (name, content) => {
    const file = path.join(own, name);
    writeFileSync(file, content);
    return file;
  };
  const run = (...args) => {
    const {code, out, err} = b2a('import', '--json', '--data', own, ...args);
    assert.equal(code, 0, err);
    return JSON.parse(out);
  };

  test('are recognised and read side by side in one run', () => {
    const files = [
      write('feed.tsv', 'id\titem_group_id\ttitle\tprice\tavailability\tsize\nG-S\tG\tTee S\t19.90 EUR\tin_stock\tS\nG-M\tG\tTee M\t19.90 EUR\tout_of_stock\tM\n'),
      write('feed.xml', '<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>X</g:id><title>Lamp</title><g:price>49 USD</g:price></item></channel></rss>'),
      write('graph.jsonld', JSON.stringify({'@context': 'https://schema.org', '@graph': [{'@type': 'WebPage'},
        {'@type': 'ProductGroup', productGroupID: 'J', name: 'Coat', hasVariant: [{'@type': 'Product', sku: 'J-S', size: 'S', offers: {price: 99.5, priceCurrency: 'EUR'}}]}]}, null, 1)),
      write('shop.csv', 'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status\nmug,Mug,Size,L,MUG-L,8.00,active\nmug,,,S,MUG-S,6.00,\nold,Old,Title,Default Title,OLD,1,draft\n'),
    ];
    const report = run('--brand', 'Acme', '--currency', 'EUR', ...files);
    assert.deepEqual(report.files.map(f => f.format), ['google', 'google-xml', 'json-ld', 'shopify']);
    assert.equal(report.products, 4);
    assert.equal(report.variants, 6);
    assert.deepEqual(report.rejections.map(r => [path.basename(r.file), r.line]), [['shop.csv', 4]]);
    const again = run('--brand', 'Acme', '--currency', 'EUR', ...files);
    assert.deepEqual([again.added, again.updated, again.revision], [0, 0, report.revision]);
  });

  test('a mapping reads a table of the brand, and names its own mistakes', () => {
    const mapping = write('map.toml', 'group_by = "Artikel"\ndecimal = ","\ncurrency = "EUR"\n[product]\ntitle = "Name"\n[variant]\nid = "Nr"\nprice = "Preis"\n[options]\nsize = "Groesse"\n');
    const table = write('liste.csv', 'Nr;Artikel;Name;Preis;Groesse\nM-1;M;Hemd;1.019,90 €;S\nM-2;M;Hemd;19,90;M\nM-3;M;Hemd;viel;L\n');
    const report = run('--mapping', mapping, table);
    assert.deepEqual([report.files[0].format, report.products, report.variants], ['mapped', 1, 2]);
    assert.match(report.rejections[0].reason, /viel/);
    const wrong = write('wrong.toml', '[product]\ntitle = "Name"\ncolour = "Farbe"\n[variant]\nid = "Nr"\n');
    const {code, err} = b2a('import', '--data', own, '--mapping', wrong, table);
    assert.equal(code, 2);
    assert.match(err, /wrong\.toml:3: unknown key "colour"/);
  });

  test('the examples of the documentation are read as it says', () => {
    const text = readFileSync(path.join(root, 'docs/import.md'), 'utf8');
    const block = language => new RegExp('```' + language + '\\n([^`]+)```').exec(text)[1];
    const report = run('--dry-run', write('e.tsv', block('tsv')), write('e.xml', block('xml')), write('e.json', block('json')), write('e.csv', block('csv').replaceAll('TEE-', 'SHOP-')));
    assert.deepEqual(report.files.map(f => f.format), ['google', 'google-xml', 'json-ld', 'shopify']);
    assert.equal(report.rejected, 0, JSON.stringify(report.rejections));
    assert.equal(report.variants, 5);
    const table = write('table.csv', 'Number;Article;Name;Text;Group;Pictures;EAN;Stock;Content;Price;RRP;Price USD;Download;Size;Material;Weight;Washable;Ingredients;Allergens;Traces;Fat\n'
      + '1;A;Cheese;Old;Milk|Cheese;/a.jpg /b.jpg;4006381333931;7;250 g;1.299,00;1.500,00;14,50;no;S;Wood/Glue;1,25;x;Milk;milk;nuts;30,5\n');
    const mapped = run('--dry-run', '--mapping', write('e.toml', block('toml')), table);
    assert.deepEqual([mapped.rejected, mapped.variants, mapped.without_offer], [0, 1, 0], JSON.stringify(mapped.rejections));
  });

  test('what is bought came out of the feed', async () => {
    const server = await startServer({data: own});
    try {
      const {body} = await call(server.agents, 'GET', '/b2a/v1/products/G');
      assert.equal(JSON.stringify(body).includes('G-S'), true, JSON.stringify(body));
      const created = await new Shop(server).create(order('X'));
      assert.equal(created.body.line_items?.[0]?.item?.price, 4900, JSON.stringify(created.body));
    } finally {
      await server.stop();
    }
  });

  test('entities, and trees that are no feed, publish nothing', () => {
    const before = run('--dry-run', path.join(own, 'feed.xml')).revision;
    const bomb = '<!DOCTYPE rss [' + [...'bcdefghij'].reduce((all, c, i) => `${all}<!ENTITY ${c} "&${'abcdefghi'[i]};&${'abcdefghi'[i]};">`, '<!ENTITY a "ha">') + ']><rss><channel><item><title>&j;</title></item></channel></rss>';
    for (const content of [bomb, '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>', '<html/>', '<rss><channel><item>']) {
      const {code, err} = b2a('import', '--data', own, path.join(own, 'feed.tsv'), write('bad.xml', content));
      assert.equal(code, 2, content.slice(0, 30));
      assert.match(err, /bad\.xml: line 1/);
    }
    assert.equal(run('--dry-run', path.join(own, 'feed.xml')).revision, before);
  });

  test('catalog lint finds what is wrong between products', () => {
    const clean = temporaryDirectory();
    try {
      const line = (id, edges, gtin) => JSON.stringify({type: 'product', id, title: id, categories: ['Pantry'], food: {ingredients: 'water'}, edges, variants: [{id, barcodes: [{type: 'ean13', value: gtin}]}]}) + '\n';
      const lines = path.join(clean, 'p.jsonl');
      writeFileSync(lines, line('a', [], '4006381333931'));
      assert.equal(b2a('import', '--data', clean, lines).code, 0);
      const warned = b2a('catalog', 'lint', '--json', '--data', clean);
      assert.equal(warned.code, 0, warned.err);
      assert.deepEqual(JSON.parse(warned.out).findings.map(f => [f.severity, f.code]), [['warning', 'allergens_undeclared']]);
      writeFileSync(lines, line('a', [{type: 'replaces', target: 'b'}], '4006381333931') + line('b', [{type: 'replaces', target: 'a'}], '4006381333931'));
      const imported = JSON.parse(b2a('import', '--json', '--data', clean, lines).out);
      assert.deepEqual(imported.lint.map(f => f.code).sort(), ['allergens_undeclared', 'allergens_undeclared', 'edges_in_circle', 'gtin_of_two_products']);
      const {code, out} = b2a('catalog', 'lint', '--data', clean);
      assert.equal(code, 1);
      assert.match(out, /error: edges_in_circle in replaces of a: a > b > a/);
      assert.match(out, /2 products of revision 2: 2 errors, 2 warnings/);
      assert.equal(b2a('catalog', 'lint', '--data', path.join(clean, 'absent')).code, 2);
    } finally {
      rmSync(clean, {recursive: true, force: true});
    }
  });
});

describe('hostile files', () => {
  const good = {type: 'product', id: 'p1', brand: 'B', title: 'One', variants: [{id: 'p1', options: [], offers: [{currency: 'USD', price: 100}]}]};
  const write = (name, content) => {
    const file = path.join(data, name);
    writeFileSync(file, content);
    return file;
  };

  test('bad rows are named by line, good ones are taken', () => {
    const file = write('mixed.jsonl', [JSON.stringify(good), '{"type":"product"', JSON.stringify({...good, id: 'p2', title: 7}),
      JSON.stringify({...good, surprise: 1, id: 'p3'}), JSON.stringify(good), Buffer.from([0xff]).toString('latin1'),
      JSON.stringify({...good, id: 'p4', variants: [{id: 'p4', options: [], offers: [{currency: 'USD', price: -1}]}]})].join('\n'));
    const report = json(file);
    assert.equal(report.products, 1);
    assert.deepEqual(report.rejections.map(r => r.line), [2, 3, 4, 5, 6, 7]);
    for (const rejection of report.rejections) assert.ok(rejection.reason.length > 5);
    assert.equal(b2a('import', '--strict', '--data', data, file).code, 1);
  });

  test('a file that is no catalog publishes nothing', () => {
    const before = json(write('ok.jsonl', JSON.stringify({...good, id: 'p9', variants: [{...good.variants[0], id: 'p9'}]}))).revision;
    for (const content of ['', 'a,b,c\n1,2,3\n', '\u0000'.repeat(1000), 'sku,name\n"unterminated']) {
      const second = write('bad.csv', content);
      const third = write('never.jsonl', JSON.stringify({...good, id: 'p10', variants: [{...good.variants[0], id: 'p10'}]}));
      const {code, err} = b2a('import', '--data', data, third, second);
      assert.equal(code, 2, content.slice(0, 20));
      assert.match(err, /bad\.csv/);
    }
    assert.equal(json('--dry-run', path.join(data, 'ok.jsonl')).revision, before);
  });

  test('ten megabytes in one field are refused without ten megabytes of memory trouble', () => {
    const header = 'sku,name,price,categories,product_type,additional_attributes,qty,visibility,configurable_variations,description\n';
    const file = write('huge.csv', header + `A1,"${'x'.repeat(10 * 1024 * 1024)}",1,,simple,,1,"Catalog, Search",,\nA2,Fine,2.50,,simple,,1,"Catalog, Search",,\n`);
    const report = json('--brand', 'Big', file);
    assert.equal(report.products, 1, JSON.stringify(report));
    assert.equal(report.rejections[0].line, 2);
  });
});
