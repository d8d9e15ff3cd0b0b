// SPDX-License-Identifier: Apache-2.0
// A shop with more to it than the demonstration brands: stores, a promotion that applies by itself, one for a claim.
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {b2a, startServer, temporaryDirectory} from './server.mjs';

const everyDay = (opens, closes) => ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map(day => ({day, opens, closes}));

/** Two stores where orders are collected, one that only shows; the last does not have the mug. */
export const stores = [
  {
    type: 'location', id: 'test-berlin', name: 'Northlight Berlin Mitte',
    address: {street_address: 'Torstrasse 1', address_locality: 'Berlin', postal_code: '10119', address_country: 'DE'},
    geo: {latitude: 52.5286, longitude: 13.4102}, timezone: 'Europe/Berlin', hours: everyDay('10:00', '19:00'),
    exception_hours: [{valid_from: '2026-12-24', valid_through: '2026-12-26', title: 'Christmas'}],
    amenities: [{id: 'com.example.wheelchair', description: 'Step-free entrance'}], pickup: true, pickup_hours: 2,
  },
  {
    type: 'location', id: 'test-potsdam', name: 'Northlight Potsdam',
    address: {street_address: 'Brandenburger Strasse 5', address_locality: 'Potsdam', postal_code: '14467', address_country: 'DE'},
    geo: {latitude: 52.4009, longitude: 13.0591}, timezone: 'Europe/Berlin', hours: everyDay('12:00', '16:00'), pickup: true, pickup_hours: 24,
  },
  {
    type: 'location', id: 'test-oakland', name: 'Northlight Oakland Showroom',
    address: {street_address: '2 Broadway', address_locality: 'Oakland', address_region: 'CA', postal_code: '94607', address_country: 'US'},
    geo: {latitude: 37.7955, longitude: -122.2744}, timezone: 'America/Los_Angeles', hours: everyDay('09:00', '18:00'),
    amenities: [{id: 'com.example.wheelchair', description: 'Step-free entrance'}, {id: 'com.example.parking', description: 'Parking'}],
    excluded: ['demo-ok-2'],
  },
];

export const claim = 'org.example.member';
export const promotions = [
  {type: 'promotion', id: 'test-bulk', title: '5 off from 200', kind: 'fixed', amounts: [{currency: 'USD', amount: 500}], subtotal_min: [{currency: 'USD', amount: 20000}], stackable: true},
  {type: 'promotion', id: 'test-member', title: 'Members pay 20 % less', kind: 'percentage', rate_ppm: 200000, eligibility: claim, stackable: true},
];

/** A sandbox whose catalog also has `lines`. */
export async function startSelling(lines = [...stores, ...promotions], options = {}) {
  const data = temporaryDirectory();
  const first = await startServer({data});
  await first.stop();
  const file = path.join(data, 'selling.jsonl');
  writeFileSync(file, lines.map(line => JSON.stringify(line)).join('\n') + '\n');
  const {code, out, err} = b2a('import', '--json', '--data', data, file);
  assert.equal(code, 0, err);
  assert.equal(JSON.parse(out).rejected ?? 0, 0, out);
  const server = await startServer({...options, data});
  const {stop} = server;
  server.stop = async () => {
    const result = await stop();
    rmSync(data, {recursive: true, force: true});
    return result;
  };
  return server;
}
