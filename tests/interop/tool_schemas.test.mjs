// SPDX-License-Identifier: Apache-2.0
// The schemas that tools/list hands out (proto-schemas/ucp, our own wording) against the published ones: what those accept
// ours accept, and what breaks a requirement or a type is refused by both.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {test} from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {render} from '../../proto-schemas/ucp/tools.mjs';
import {breaks, flatten, generate, random} from '../support/generate.mjs';
import {operations, operationsOf, requestSchema, versions} from '../support/schemas.mjs';
import {root, sharedMissing} from '../support/server.mjs';

const directory = path.join(root, 'proto-schemas');
const toolsOf = version => JSON.parse(readFileSync(path.join(directory, 'ucp', version, 'tools.json'), 'utf8')).tools;

function compiler() {
  const ajv = new Ajv2020({strict: false, allErrors: true});
  addFormats(ajv);
  return ajv;
}

/** Places where we accept more on purpose: docs/protocols/ucp.md, contradictions. */
const lenient = {
  'update_cart': [/^\/id missing$/, /^\/id is no/],  // the id is in the path; MCP forbids it in the body
  'update_checkout': [/^\/fulfillment\/methods\/\d+\/line_item_ids missing$/],  // the release's own example leaves it out
};

test('the manifest names every schema and its digest', () => {
  const listed = readFileSync(path.join(directory, 'MANIFEST'), 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split(/ {2}/));
  const found = [];
  const visit = folder => {
    for (const entry of readdirSync(path.join(directory, folder), {withFileTypes: true}))
      if (entry.isDirectory()) visit(path.join(folder, entry.name));
      else if (entry.name.endsWith('.json')) found.push(path.join(folder, entry.name));
  };
  visit('.');
  assert.deepEqual(listed.map(([name]) => name).sort(), found.sort());
  for (const [name, digest, protocol, version, origin] of listed) {
    assert.equal(createHash('sha256').update(readFileSync(path.join(directory, name))).digest('hex'), digest, name);
    assert.ok(protocol && version && origin, name);
  }
});

for (const version of versions) {
  test(`${version}: the tools are what their generator writes`, () => {
    assert.equal(readFileSync(path.join(directory, 'ucp', version, 'tools.json'), 'utf8'), render(version));
  });

  test(`${version}: one tool an operation, complete and inline`, () => {
    const tools = toolsOf(version);
    assert.deepEqual(tools.map(tool => tool.name).sort(), operationsOf(version).sort());
    for (const {name, title, description, inputSchema, outputSchema} of tools) {
      assert.ok(title && description, name);
      assert.ok(!JSON.stringify({inputSchema, outputSchema}).includes('$ref'), `${name} stands alone`);
      assert.equal(inputSchema.additionalProperties, undefined);
      assert.ok(inputSchema.properties.meta.properties['ucp-agent']);
      assert.equal(inputSchema.properties[operations[name].argument ?? 'meta']?.properties?.line_items?.minItems, undefined);
      assert.equal(outputSchema.type, 'object');
      new Ajv2020({strict: true, strictTypes: false, strictRequired: false, formats: {uri: true, 'date-time': true, date: true}}).compile(inputSchema);
      compiler().compile(outputSchema);
    }
    const create = tools.find(tool => tool.name === 'create_checkout').inputSchema.properties.checkout.properties;
    assert.ok(create.cart_id && create.fulfillment && create.discounts && create.payment);
  });

  test(`${version}: requests that the release accepts are accepted, broken ones are refused by both`, {skip: sharedMissing}, () => {
    const ours = compiler();
    for (const tool of toolsOf(version)) {
      const {argument} = operations[tool.name];
      if (!argument) continue;
      const {ajv, schema} = requestSchema(version, tool.name);
      const theirs = ajv.compile(schema);
      const mine = ours.compile(tool.inputSchema.properties[argument]);
      const flat = flatten(ajv, schema);
      const leaves = new Set();
      let refused = 0;
      for (let seed = 1; seed <= 150; ++seed) {
        const document = generate(flat, random(seed));
        assert.ok(theirs(document), `${tool.name} #${seed} is no example: ${JSON.stringify(theirs.errors?.slice(0, 3))}\n${JSON.stringify(document)}`);
        assert.ok(mine(document), `${tool.name} #${seed}: ${JSON.stringify(mine.errors?.slice(0, 3))}\n${JSON.stringify(document)}`);
        for (const {what, document: broken} of breaks(flat, document)) {
          leaves.add(what.replace(/\d+/g, '*'));
          if (theirs(broken)) continue;  // an open place: nothing was broken
          if (lenient[tool.name]?.some(pattern => pattern.test(what))) continue;
          assert.ok(!mine(broken), `${tool.name} #${seed}${what} is refused by the release and accepted by us:\n${JSON.stringify(broken)}`);
          ++refused;
        }
      }
      assert.ok(refused > 100 && leaves.size > 5, `${tool.name}: ${refused} broken documents, ${leaves.size} kinds`);
    }
  });
}
