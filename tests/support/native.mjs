// SPDX-License-Identifier: Apache-2.0
// An agent on the native API. Every answer is judged by the OpenAPI document that the server serves.
import assert from 'node:assert/strict';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {call} from './server.mjs';

const escaped = part => part.replaceAll('~', '~0').replaceAll('/', '~1');
const expression = template => new RegExp('^' + template.replaceAll(/\{[^}]+\}/g, '[^/]+') + '$');

export class NativeApi {
  static async of(server) {
    const {body} = await call(server.agents, 'GET', '/b2a/v1/openapi.json');
    return new NativeApi(server, body);
  }
  constructor(server, openapi) {
    this.server = server;
    this.openapi = openapi;
    this.ajv = new Ajv2020({strict: false, allErrors: true});
    addFormats(this.ajv);
    this.ajv.addSchema(openapi, 'openapi');
    this.checks = new Map();
  }

  check(reference) {
    if (!this.checks.has(reference)) this.checks.set(reference, this.ajv.compile({$ref: reference}));
    return this.checks.get(reference);
  }

  /** The path of the document that a target belongs to. */
  templateOf(target) {
    const {pathname} = new URL(target, 'http://x');
    const paths = Object.keys(this.openapi.paths);
    return paths.find(template => template === pathname) ?? paths.find(template => expression(template).test(pathname));
  }

  /** A request with the sandbox's bearer token; the answer must have `status` (or one of them) and fit the document. */
  async send(method, target, body, {headers = {}, status = 200, template = this.templateOf(target)} = {}) {
    const answer = await call(this.server.agents, method, target, body, {Authorization: 'Bearer sandbox-agent', ...headers});
    assert.ok([status].flat().includes(answer.status), `${method} ${target}: ${answer.status} ${answer.text.slice(0, 800)}`);
    const operation = this.openapi.paths[template]?.[method.toLowerCase()];
    const described = operation?.responses[answer.status];
    assert.ok(described, `${method} ${template} does not describe ${answer.status}`);
    const place = described.$ref ?? `#/paths/${escaped(template)}/${method.toLowerCase()}/responses/${answer.status}`;
    const type = answer.headers.get('content-type');
    const check = this.check(`openapi${place}/content/${escaped(type)}/schema`);
    assert.ok(check(answer.body), JSON.stringify(check.errors?.slice(0, 4)) + answer.text.slice(0, 1500));
    if (answer.body.totals) assertSums(answer.body.totals);
    return answer;
  }
  get(target, options) { return this.send('GET', '/b2a/v1' + target, undefined, options); }
  post(target, body, options) { return this.send('POST', '/b2a/v1' + target, body, options); }
  put(target, body, options) { return this.send('PUT', '/b2a/v1' + target, body, options); }
  patch(target, body, options) { return this.send('PATCH', '/b2a/v1' + target, body, options); }
  delete(target, options) { return this.send('DELETE', '/b2a/v1' + target, undefined, options); }
}

/** Subtotal and signed adjustments make the total. */
export function assertSums({subtotal, adjustments, total}) {
  assert.equal(adjustments.reduce((sum, part) => sum + part.amount.amount, subtotal.amount), total.amount);
  assert.equal(new Set([subtotal, total, ...adjustments.map(part => part.amount)].map(amount => amount.currency)).size, 1);
}
