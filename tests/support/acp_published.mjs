// SPDX-License-Identifier: Apache-2.0
// The published ACP schemas as judges of what is sent out: orders and product feeds.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {shared} from './server.mjs';

const directory = path.join(shared, 'protocols/acp/2026-04-17/json-schema');

/** A check of one definition of a bundle ("agentic_checkout", "feed"); made when it is first asked for. */
function judge(bundle, definition) {
  let validate;
  return (value, what) => {
    if (validate === undefined) {
      const schema = JSON.parse(readFileSync(path.join(directory, `schema.${bundle}.json`), 'utf8'));
      const ajv = addFormats(new Ajv2020({strict: false, allErrors: true}));
      ajv.addSchema(schema);
      validate = ajv.getSchema(`${schema.$id}#/$defs/${definition}`);
    }
    assert.ok(validate(value), `${what}: ${JSON.stringify(validate.errors)}\n${JSON.stringify(value).slice(0, 2000)}`);
  };
}

export const validateOrder = judge('agentic_checkout', 'Order');
export const validateFeedProduct = judge('feed', 'Product');
export const validateFeedMetadata = judge('feed', 'FeedMetadata');
export const validateUpsert = judge('feed', 'UpsertProductsRequest');
export const validateCreateFeed = judge('feed', 'CreateFeedRequest');

/** As the webhook's OpenAPI document has it: nothing but these two members, and these of the order at least. */
export function validateEvent(event) {
  assert.deepEqual(Object.keys(event).sort(), ['data', 'type']);
  assert.match(event.type, /^order_(create|update)$/);
  for (const name of ['type', 'id', 'checkout_session_id', 'permalink_url', 'status']) assert.ok(event.data[name], name);
  validateOrder(event.data, event.type);
}
