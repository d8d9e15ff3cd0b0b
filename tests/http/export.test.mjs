// SPDX-License-Identifier: Apache-2.0
// The catalog in formats of others: what the files hold, that they can be read back, and the push to an agent's feed API.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {after, before, describe, test} from 'node:test';
import {validateCreateFeed, validateFeedMetadata, validateFeedProduct, validateUpsert} from '../support/acp_published.mjs';
import {auditEntries, b2a, binary, shared, sharedMissing, startServer, temporaryDirectory} from '../support/server.mjs';

let data;
const at = (...parts) => path.join(data, ...parts);
before(async () => {
  data = temporaryDirectory();
  await (await startServer({data})).stop();  // the demonstration catalog
});
after(() => rmSync(data, {recursive: true, force: true}));

const run = (...args) => {
  const {code, out, err} = b2a('export', '--data', data, '--public-url', 'https://shop.example', ...args);
  assert.equal(code, 0, err);
  return out;
};
const report = (...args) => JSON.parse(run('--json', ...args));
const lines = file => readFileSync(file, 'utf8').trimEnd().split('\n');
const products = directory => lines(path.join(directory, 'products.jsonl')).map(line => JSON.parse(line));

describe('--format acp-feed', () => {
  test('the demonstration catalog, the same bytes each time', () => {
    const done = report('-o', at('feed'), '--feed-id', 'mine', '--country', 'US');
    const found = products(at('feed'));
    assert.equal(found.length, done.products);
    assert.equal(found.reduce((sum, p) => sum + p.variants.length, 0), done.variants);
    assert.equal(found.flatMap(p => p.variants).filter(v => v.price === undefined).length, done.without_price);
    assert.deepEqual(found.map(p => p.id), found.map(p => p.id).sort(), 'in the order of their ids');
    assert.deepEqual(done.files, [at('feed', 'products.jsonl'), at('feed', 'metadata.json')]);
    const metadata = JSON.parse(readFileSync(at('feed', 'metadata.json')));
    assert.deepEqual([metadata.id, metadata.target_country], ['mine', 'US']);
    assert.ok(!Number.isNaN(Date.parse(metadata.updated_at)));
    if (!sharedMissing) {
      validateFeedMetadata(metadata, 'metadata.json');
      for (const product of found) validateFeedProduct(product, product.id);
    }
    const tote = found.find(p => p.variants.some(v => v.id === 'demo-ok-1')).variants.find(v => v.id === 'demo-ok-1');
    assert.equal(tote.price.currency, 'USD');
    assert.deepEqual(tote.availability, {available: true, status: 'in_stock'});
    for (const {url} of found.flatMap(p => p.media ?? [])) assert.match(url, /^https:\/\//);

    const before = ['products.jsonl', 'metadata.json'].map(name => readFileSync(at('feed', name), 'utf8'));
    report('-o', at('feed'), '--feed-id', 'mine', '--country', 'US');
    assert.deepEqual(['products.jsonl', 'metadata.json'].map(name => readFileSync(at('feed', name), 'utf8')), before);
    assert.deepEqual(readdirSync(at('feed')).sort(), ['metadata.json', 'products.jsonl'], 'nothing half-written stays');
  });

  test('another currency shows its prices', () => {
    report('-o', at('euros'), '--currency', 'EUR');
    for (const {price} of products(at('euros')).flatMap(p => p.variants)) assert.ok(price === undefined || price.currency === 'EUR');
  });

  /** Reads `directory` into a shop of its own and writes it out again. */
  const roundTrip = directory => {
    const other = at('other-' + path.basename(directory));
    const imported = b2a('import', '--json', '--data', other, path.join(directory, 'products.jsonl'));
    assert.equal(imported.code, 0, imported.err);
    const {rejected, rejections, files, products: count} = JSON.parse(imported.out);
    assert.equal(rejected, 0, JSON.stringify(rejections.slice(0, 5)));
    assert.equal(files[0].format, 'acp-feed');
    const again = b2a('export', '--data', other, '--public-url', 'https://shop.example', '-o', other + '-feed');
    assert.equal(again.code, 0, again.err);
    const found = products(directory);
    assert.equal(count, found.length);
    assert.deepEqual(products(other + '-feed'), found);
    const twice = JSON.parse(b2a('import', '--json', '--data', other, path.join(directory, 'products.jsonl')).out);
    assert.equal(twice.unchanged, found.length);
  };

  test('read back it says the same', () => {
    report('-o', at('there'));
    roundTrip(at('there'));
  });

  test('Luma: every line is a product of the published schema, and comes back', {skip: sharedMissing}, () => {
    const luma = name => path.join(shared, 'data/luma', name);
    const gear = ['bags', 'fitness_equipment', 'fitness_equipment_ball', 'fitness_equipment_strap', 'watches'].map(n => luma(`simple_products_gear_${n}.csv`));
    const imported = b2a('import', '--json', '--data', at('luma'), '--brand', 'Luma', luma('products.csv'), ...gear);
    assert.equal(imported.code, 0, imported.err);
    const done = b2a('export', '--json', '--data', at('luma'), '--public-url', 'https://shop.example', '-o', at('luma-feed'));
    assert.equal(done.code, 0, done.err);
    assert.equal(JSON.parse(done.out).variants, 1847 + 44);
    const found = products(at('luma-feed'));
    for (const product of found) validateFeedProduct(product, product.id);
    const hoodie = found.find(p => p.id === 'MH01').variants.find(v => v.id === 'MH01-M-Black');
    assert.deepEqual(hoodie.price, {amount: 5200, currency: 'USD'});
    assert.deepEqual(hoodie.variant_options.map(o => o.value).sort(), ['Black', 'M']);
    roundTrip(at('luma-feed'));
  });
});

describe('--format google', () => {
  const table = text => {
    const [head, ...rows] = text.replace(/\n$/, '').split('\n').map(line => line.split('\t'));
    return rows.map(cells => {
      assert.equal(cells.length, head.length);
      return Object.fromEntries(head.map((name, i) => [name, cells[i]]));
    });
  };

  test('one row a variant with a price', () => {
    const done = report('--format', 'google', '-o', at('google.tsv'));
    const rows = table(readFileSync(at('google.tsv'), 'utf8'));
    assert.equal(rows.length, done.variants);
    assert.equal(rows.filter(r => r.link === '').length, done.without_link);
    for (const row of rows) {
      for (const name of ['id', 'title', 'description', 'availability', 'price', 'condition']) assert.ok(row[name], `${row.id}: ${name}`);
      assert.match(row.price, /^\d+\.\d\d USD$/);
      assert.match(row.availability, /^(in_stock|out_of_stock)$/);
    }
    assert.equal(run('--format', 'google'), readFileSync(at('google.tsv'), 'utf8'), 'standard output has nothing but the rows');
  });

  test('as XML the same rows', () => {
    const rows = table(run('--format', 'google'));
    const xml = run('--format', 'google-xml');
    const unescape = text => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
    const items = [...xml.matchAll(/<item>(.*?)<\/item>/g)].map(([, item]) =>
      Object.fromEntries([...item.matchAll(/<g:(\w+)>(.*?)<\/g:\1>/g)].map(([, name, text]) => [name, unescape(text)])));
    assert.deepEqual(items, rows.map(row => Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''))));
  });
});

test('--format jsonld: one schema.org document a line', () => {
  const done = report('--format', 'jsonld', '-o', at('ld.jsonl'));
  const documents = lines(at('ld.jsonl')).map(line => JSON.parse(line));
  assert.equal(documents.length, done.products);
  for (const document of documents) {
    assert.equal(document['@context'][0], 'https://schema.org/');
    assert.match(document['@type'], /^Product(Group)?$/);
    assert.match(document['@id'], /^https:\/\/shop\.example\/b2a\/v1\/products\//);
  }
});

test('what cannot be done says why', () => {
  const failed = (...args) => {
    const {code, err} = b2a('export', '--data', data, ...args);
    assert.equal(code, 2);
    return err;
  };
  assert.match(failed('--format', 'pdf'), /format/);
  assert.match(failed('--currency', 'EURO'), /currency/);
  assert.match(failed('--country', 'usa'), /country/);
  assert.match(failed('--format', 'google', '-o', at('no/such/folder/x.tsv')), /x\.tsv/);
  assert.match(failed('--format', 'google', '--push'), /acp-feed/);
  assert.match(failed('--push'), /acp\.feed_url/);
  assert.equal(b2a('export', '--data', at('nowhere')).code, 2);
  assert.ok(!existsSync(at('nowhere')), 'an export makes no shop');
  assert.match(b2a('export', '--help').out, /--push/);
});

describe('--push', () => {
  /** The agent's side of the feed API, as far as the brand sees it. */
  const agent = {requests: [], script: [], feeds: new Map()};
  before(() => new Promise(resolve => {
    agent.server = http.createServer((request, response) => {
      const chunks = [];
      request.on('data', chunk => chunks.push(chunk)).on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString() || 'null');
        const [status, answer, headers] = agent.script.shift() ?? respond(request, body);
        agent.requests.push({method: request.method, url: request.url, headers: request.headers, body, status, size: Buffer.concat(chunks).length});
        response.writeHead(status, {'Content-Type': 'application/json', ...headers}).end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1', resolve);
  }));
  after(() => agent.server.close());

  function respond({method, url}, body) {
    if (method === 'POST' && url === '/api/feeds') {
      const id = `feed_${agent.feeds.size + 1}`;
      agent.feeds.set(id, new Map());
      return [201, {id, ...body}];
    }
    const feed = agent.feeds.get(/^\/api\/feeds\/([^/]+)\/products$/.exec(url)?.[1]);
    if (method !== 'PATCH' || !feed) return [404, {type: 'invalid_request', code: 'feed_not_found', message: 'Feed not found'}];
    for (const product of body.products) feed.set(product.id, product);
    return [200, {id: 'x', accepted: true}];
  }
  /** Not spawnSync: the agent lives in this process. */
  const push = (...args) => new Promise(resolve => {
    const child = spawn(binary, ['export', '--push', '--json', '--sandbox', '--config', at('push.toml'), '--data', data, '--public-url', 'https://shop.example', ...args]);
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => { out += chunk; });
    child.stderr.on('data', chunk => { err += chunk; });
    child.on('close', code => resolve({code, err, out, report: code === 0 ? JSON.parse(out) : undefined}));
  });
  const configure = (url = `http://127.0.0.1:${agent.server.address().port}/api/`) => {
    mkdirSync(data, {recursive: true});
    writeFileSync(at('token'), 'feed-token-of-mine\n', {mode: 0o600});
    writeFileSync(at('push.toml'), `[acp]\nfeed_url = "${url}"\nfeed_token_file = "${at('token')}"\n`);
  };
  const evidence = () => auditEntries(data).filter(e => e.type.startsWith('feed.'));
  const details = entry => entry.details ?? {};

  test('makes a feed once and fills it in batches', async () => {
    configure();
    agent.script.push(undefined, [429, {}, {'Retry-After': '0'}], [503, {}]);
    const first = await push('--country', 'US');
    assert.equal(first.code, 0, first.err);
    assert.equal(first.report.pushed.feed, 'feed_1');
    assert.equal(first.report.pushed.retries, 2);
    const [create, ...upserts] = agent.requests;
    assert.deepEqual([create.method, create.url, create.body], ['POST', '/api/feeds', {target_country: 'US'}]);
    for (const {method, headers, body, size} of upserts) {
      assert.equal(method, 'PATCH');
      assert.equal(headers.authorization, 'Bearer feed-token-of-mine');
      assert.ok(body.products.length <= 100 && size <= 1024 * 1024 + 64);
      if (!sharedMissing) validateUpsert(body, 'upsert');
    }
    if (!sharedMissing) validateCreateFeed(create.body, 'create');
    report('-o', at('pushed'));
    assert.deepEqual([...agent.feeds.get('feed_1').values()], products(at('pushed')), 'what the files say');
    assert.equal(first.report.products, agent.feeds.get('feed_1').size);

    const second = await push();
    assert.equal(second.report.pushed.feed, 'feed_1', 'it is remembered');
    assert.equal(agent.feeds.size, 1);
    assert.equal((await push('--new-feed')).report.pushed.feed, 'feed_2');
    assert.doesNotMatch(first.out + first.err, /feed-token/);
  });

  test('leaves evidence before and after', () => {
    const [begun, pushed] = evidence();
    assert.deepEqual([begun.type, pushed.type], ['feed.push_begun', 'feed.pushed']);
    assert.equal(begun.action, 'catalog.publish');
    assert.equal(details(begun).to, `127.0.0.1:${agent.server.address().port}`);
    assert.equal(details(pushed).feed, 'feed_1');
    assert.equal(details(pushed).products, String(agent.feeds.get('feed_1').size));
    assert.equal(b2a('audit', 'verify', '--data', data).code, 0);
  });

  test('a refusal is final and on record', async () => {
    agent.script.push([400, {type: 'invalid_request', code: 'invalid_product_payload', message: 'no thanks'}]);
    const refused = await push();
    assert.equal(refused.code, 2);
    assert.match(refused.err, /400: no thanks/);
    assert.equal(evidence().at(-1).type, 'feed.push_failed');
    assert.match((await push('--feed-id', 'feed_of_another')).err, /--new-feed/);
  });

  test('nothing goes to an address that is not admitted, and nothing without a sound token', async () => {
    const before = agent.requests.length;
    const unsafe = await new Promise(resolve => {
      const child = spawn(binary, ['export', '--push', '--config', at('push.toml'), '--data', data]);
      child.on('close', resolve);
    });
    assert.equal(unsafe, 2, 'loopback is for the sandbox');
    configure('https://10.0.0.1/api');
    assert.equal((await push()).code, 2);
    configure();
    writeFileSync(at('push.toml'), `[acp]\nfeed_url = "http://127.0.0.1:${agent.server.address().port}/api"\n`);
    assert.match((await push()).err, /feed_token_file/);
    assert.equal(agent.requests.length, before);
  });
});
