// SPDX-License-Identifier: Apache-2.0
// Stores of the brand (dev.ucp.common.location, 2026-08-25): predicates narrow and are never broadened.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {stores, startSelling} from '../support/selling.mjs';
import {Shop, message} from '../support/ucp.mjs';

const far = Array.from({length: 60}, (_, i) => ({
  type: 'location', id: `test-kiosk-${String(i).padStart(2, '0')}`, name: `Kiosk ${i}`,
  address: {address_locality: 'Oulu', address_country: 'FI'}, geo: {latitude: 65 + i / 1000, longitude: 25.47},
}));

let server;
let shop;
before(async () => {
  server = await startSelling([...stores, ...far]);
  shop = new Shop(server, {version: '2026-08-25'});
});
after(() => server.stop());

const ids = async body => {
  const answer = await shop.search_locations({pagination: {limit: 100}, ...body});
  assert.equal(answer.status, 200, answer.text);
  return answer.body.locations.map(l => l.id).filter(id => id.startsWith('test-'));
};
const berlin = {latitude: 52.52, longitude: 13.405};

test('no words and no predicates: a bounded page of everything', async () => {
  const {body} = await shop.search_locations({});
  assert.equal(body.locations.length, 10);
  assert.equal(body.pagination.has_next_page, true);
  const seen = new Set();
  let cursor;
  do {
    const page = (await shop.search_locations({pagination: {limit: 25, ...(cursor && {cursor})}})).body;
    for (const {id} of page.locations) assert.ok(!seen.has(id) && seen.add(id));
    cursor = page.pagination.has_next_page ? page.pagination.cursor : undefined;
  } while (cursor);
  for (const {id} of [...stores, ...far]) assert.ok(seen.has(id), id);
});

test('a location says where it is, when it is open and what it has', async () => {
  const {body} = await shop.search_locations({query: 'Northlight Berlin'});
  const [store] = body.locations;
  assert.equal(store.id, 'test-berlin');
  assert.equal(store.address.address_locality, 'Berlin');
  assert.deepEqual(store.geo, {latitude: 52.5286, longitude: 13.4102});
  assert.equal(store.timezone, 'Europe/Berlin');
  assert.deepEqual(store.hours[0], {day: 'monday', opens: '10:00', closes: '19:00'});
  assert.deepEqual([store.exception_hours[0].valid_from, store.exception_hours[0].opens], ['2026-12-24', undefined], 'closed over Christmas');
  assert.deepEqual(store.amenities, {'com.example.wheelchair': {description: 'Step-free entrance'}});
});

test('distance: within metres of a point, nearest first', async () => {
  assert.deepEqual(await ids({distance: {center: berlin, max: 50000}}), ['test-berlin', 'test-potsdam']);
  assert.deepEqual(await ids({distance: {center: berlin, max: 5000}}), ['test-berlin']);
  assert.deepEqual(await ids({distance: {center: berlin, max: 0}}), []);
  const {center, exact} = {center: {latitude: 52.5286, longitude: 13.4102}, exact: 0};
  assert.deepEqual(await ids({distance: {center, max: exact}}), ['test-berlin'], 'the bound is inclusive');
});

test('opening hours in the time zone of the store', async () => {
  const open = async open_at => (await ids({filters: {hours: {open_at}}})).filter(id => !id.includes('kiosk'));
  assert.deepEqual((await open('2026-09-07T12:30:00+02:00')).sort(), ['test-berlin', 'test-potsdam']);
  assert.deepEqual(await open('2026-09-07T10:30:00+02:00'), ['test-berlin']);
  assert.deepEqual(await open('2026-09-07T17:00:00Z'), ['test-oakland'], '19:00 in Berlin is closing time, 10:00 in Oakland');
  assert.deepEqual(await open('2026-12-25T12:30:00+01:00'), ['test-potsdam'], 'Christmas is an exception in Berlin');
  assert.deepEqual(await ids({filters: {hours: {open_at: '2026-09-07T03:00:00Z'}}}), [], 'without hours a store is not known to be open');
});

test('amenities and items: all of them', async () => {
  assert.deepEqual((await ids({filters: {amenities: ['com.example.wheelchair']}})).sort(), ['test-berlin', 'test-oakland']);
  assert.deepEqual(await ids({filters: {amenities: ['com.example.wheelchair', 'com.example.parking']}}), ['test-oakland']);
  assert.deepEqual(await ids({filters: {amenities: ['com.example.pool']}}), []);
  assert.ok((await ids({filters: {items: ['demo-ok-1']}})).includes('test-oakland'));
  assert.ok(!(await ids({filters: {items: ['demo-ok-1', 'demo-ok-2']}})).includes('test-oakland'), 'the mug is not there');
  assert.deepEqual(await ids({filters: {items: ['demo-oos']}}), [], 'out of stock everywhere');
  assert.deepEqual(await ids({filters: {items: ['nothing']}}), []);
});

test('serves: the country of the store', async () => {
  assert.deepEqual((await ids({serves: {address: {address_country: 'DE'}}})).sort(), ['test-berlin', 'test-potsdam']);
});

test('words and predicates hold together', async () => {
  assert.deepEqual(await ids({query: 'northlight', distance: {center: berlin, max: 50000}, filters: {amenities: ['com.example.wheelchair']}}), ['test-berlin']);
  assert.deepEqual(await ids({query: 'oakland', serves: {address: {address_country: 'DE'}}}), [], 'a query broadens nothing');
});

test('what cannot be answered is refused, not widened', async () => {
  for (const body of [
    {distance: {center: {latitude: 91, longitude: 0}, max: 1}}, {distance: {center: berlin, max: -1}}, {distance: {center: berlin}}, {distance: {max: 5}},
    {serves: {}}, {serves: {point: berlin, address: {address_country: 'DE'}}}, {serves: {address: {}}}, {serves: {'com.example.zone': {}}},
    {filters: {hours: {open_at: '2026-09-07T12:30:00'}}}, {filters: {hours: {}}}, {filters: {items: []}}, {filters: {'com.example.smell': 'good'}},
    {pagination: {limit: 0}}, {pagination: {cursor: 'nonsense'}}, {query: 7}, [],
  ]) {
    const answer = await shop.search_locations(body);
    assert.ok(answer.status === 400 || answer.status === 422, `${JSON.stringify(body)}: ${answer.text.slice(0, 300)}`);
    assert.ok(answer.body.code && answer.body.content);
  }
});

test('look-up: correlated, unknown ones absent, predicates hold', async () => {
  const {body} = await shop.lookup_locations({ids: ['test-potsdam', 'nothing', 'test-berlin', 'test-berlin']});
  assert.deepEqual(body.locations.map(l => [l.id, l.inputs.map(i => i.id)]), [['test-potsdam', ['test-potsdam']], ['test-berlin', ['test-berlin']]]);
  const near = await shop.lookup_locations({ids: ['test-potsdam', 'test-berlin'], distance: {center: berlin, max: 5000}});
  assert.deepEqual(near.body.locations.map(l => l.id), ['test-berlin']);
  assert.equal((await shop.lookup_locations({ids: []})).status, 400);
});

test('look-up beyond the limit answers the first ones and says so', async () => {
  const {status, body} = await shop.lookup_locations({ids: [...far.map(l => l.id), 'test-berlin']});
  assert.equal(status, 200);
  assert.equal(body.locations.length, 50);
  assert.ok(!body.locations.some(l => l.id === 'test-berlin'));
  assert.equal(message(body, 'batch_limit_applied').type, 'info');
});

test('an older platform has no locations', async () => {
  const older = new Shop(server, {version: '2026-04-08'});
  const answer = await older.send('POST', '/locations/search', {});
  assert.ok(answer.status === 404 || message(answer.body, 'capabilities_incompatible'), answer.text);
});

test('precise positions are not logged', async () => {
  await shop.search_locations({distance: {center: {latitude: 51.123456, longitude: 12.654321}, max: 1}});
  assert.ok(!server.stderr.includes('51.123') && !server.stderr.includes('12.654'));
});
