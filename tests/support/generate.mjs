// SPDX-License-Identifier: Apache-2.0
// Documents that fit a JSON Schema, and the ways to break one: deterministic by seed, for tests that compare two schemas.

/** A small generator of numbers (mulberry32), so that a failure can be repeated. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    chance: probability => next() < probability,
    integer: (min, max) => min + Math.floor(next() * (max - min + 1)),
    of: values => values[Math.floor(next() * values.length)],
  };
}

/**
 * The schema without references and allOf: one object that says everything. `if` one member has a value `then` … becomes
 * `cases`: [{key, value, then}].
 */
export function flatten(ajv, schema, base = '', depth = 0) {
  if (depth > 24 || typeof schema !== 'object') return schema === false ? {not: {}} : {};
  const at = schema.$id ?? base;
  let flat = {};
  const merge = part => {
    const {properties, required, ...rest} = part;
    flat = {...flat, ...rest};
    if (required) flat.required = [...new Set([...(flat.required ?? []), ...required])];
    for (const [name, property] of Object.entries(properties ?? {})) {
      flat.properties ??= {};
      flat.properties[name] = flat.properties[name] ? {...flat.properties[name], ...property,
        properties: {...flat.properties[name].properties, ...property.properties},
        required: [...new Set([...(flat.properties[name].required ?? []), ...(property.required ?? [])])]} : property;
    }
  };
  if (schema.$ref) {
    const target = new URL(schema.$ref, at || undefined).href;
    const [file, pointer = ''] = target.split('#');
    let found = ajv.getSchema(file).schema;
    for (const step of pointer.split('/').slice(1)) found = found[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')];
    merge(flatten(ajv, found, file, depth + 1));
  }
  for (const part of schema.allOf ?? []) {
    if (!part.if) merge(flatten(ajv, part, at, depth + 1));
    else {
      const [[key, {const: value}]] = Object.entries(part.if.properties);
      flat.cases = [...(flat.cases ?? []), {key, value, then: flatten(ajv, part.then, at, depth + 1)}];
    }
  }
  const {$ref, allOf, properties, items, additionalProperties, propertyNames, ...rest} = schema;
  const own = {...rest};
  if (properties) own.properties = Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, flatten(ajv, value, at, depth + 1)]));
  if (items) own.items = flatten(ajv, items, at, depth + 1);
  if (additionalProperties !== undefined) own.additionalProperties = typeof additionalProperties === 'object' ? flatten(ajv, additionalProperties, at, depth + 1) : additionalProperties;
  if (propertyNames) own.propertyNames = flatten(ajv, propertyNames, at, depth + 1);
  merge(own);
  return flat;
}

const words = ['demo-ok-1', 'home', 'M', 'a b', 'é', '', 'x'.repeat(40)];
const formats = {uri: 'https://shop.test/x', 'date-time': '2026-09-01T10:00:00Z', date: '2026-09-01', uuid: '7d9f6f0e-6f0b-4b4e-9a53-0f2f0a3a7c11'};
const patterns = [
  [/a-z0-9-?\]/, ['dev.ucp.consent.marketing', 'org.example.member']],
  [/\[01\]/, ['2026-09-01T10:00:00+02:00', '2026-09-01T10:00:00Z']],
  [/A-Z/, ['EUR']],
];

/** A document that fits a flattened schema (references and allOf are gone; patterns are those that UCP uses). */
export function generate(schema, rng) {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return rng.of(schema.enum);
  const type = Array.isArray(schema.type) ? rng.of(schema.type) : schema.type ?? (schema.properties ? 'object' : 'string');
  switch (type) {
    case 'null': return null;
    case 'boolean': return rng.chance(0.5);
    case 'integer': return rng.integer(schema.minimum ?? -5, Math.min(schema.maximum ?? 1000, (schema.minimum ?? -5) + 1000));
    case 'number': return rng.integer((schema.minimum ?? -5) * 100, Math.min(schema.maximum ?? 1000, (schema.minimum ?? 0) + 1000) * 100) / 100;
    case 'array': {
      const length = rng.integer(schema.minItems ?? 0, (schema.minItems ?? 0) + 2);
      const items = Array.from({length}, () => generate(schema.items ?? {type: 'string'}, rng));
      return schema.uniqueItems ? items.filter((value, i) => items.findIndex(other => JSON.stringify(other) === JSON.stringify(value)) === i) : items;
    }
    case 'object': {
      const document = {};
      let names = Object.keys(schema.properties ?? {});
      if (schema.maxProperties === 1) names = names.length ? [rng.of(names)] : [];
      for (const name of names)
        if ((schema.required ?? []).includes(name) || schema.maxProperties === 1 || rng.chance(0.6)) document[name] = generate(schema.properties[name], rng);
      if (typeof schema.additionalProperties === 'object')
        for (let i = rng.integer(0, 2); i > 0; --i)
          document[generate(schema.propertyNames ?? {type: 'string', enum: ['utm_source', 'ref']}, rng)] ??= generate(schema.additionalProperties, rng);
      const branch = schema.anyOf && rng.of(schema.anyOf);
      for (const name of branch?.required ?? []) document[name] = generate(branch.properties?.[name] ?? {type: 'string'}, rng) || 'x';
      const some = schema.cases && rng.chance(0.7) && rng.of(schema.cases);
      if (some) {
        document[some.key] = some.value;
        for (const [name, property] of Object.entries(some.then.properties ?? {})) if (name in document || rng.chance(0.8)) document[name] = generate(property, rng);
      }
      for (const [name, needed] of Object.entries(schema.dependentRequired ?? {}))
        if (name in document) for (const other of needed) document[other] ??= generate(schema.properties[other], rng);
      return document;
    }
    default: {
      if (schema.format) return formats[schema.format];
      const known = schema.pattern && patterns.find(([pattern]) => pattern.test(schema.pattern));
      const value = known ? rng.of(known[1]) : rng.of(words);
      return value === '' && schema.minLength ? 'x' : value;
    }
  }
}

const wrong = {string: 7, integer: 'seven', number: 'seven', boolean: 'yes', array: {}, object: []};

/** All single breaks of `document`: a required member missing, a member of a wrong type. Each {what, document}. */
export function breaks(schema, document, trail = '') {
  const found = [];
  const put = (what, changed) => found.push({what: `${trail}${what}`, document: changed});
  if (Array.isArray(document)) {
    document.forEach((value, i) => {
      for (const inner of breaks(schema.items ?? {}, value, `${trail}/${i}`)) found.push({...inner, document: document.with?.(i, inner.document) ?? document.map((v, j) => (j === i ? inner.document : v))});
    });
    return found;
  }
  if (document === null || typeof document !== 'object') return found;
  for (const name of schema.required ?? [])
    if (name in document) put(`/${name} missing`, Object.fromEntries(Object.entries(document).filter(([key]) => key !== name)));
  const active = (schema.cases ?? []).filter(({key, value}) => document[key] === value);
  for (const [name, value] of Object.entries(document)) {
    const property = active.map(({then}) => then.properties?.[name]).find(Boolean) ?? schema.properties?.[name] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    if (!property) continue;
    const type = Array.isArray(property.type) ? property.type[0] : property.type;
    if (type && wrong[type] !== undefined) put(`/${name} is no ${type}`, {...document, [name]: wrong[type]});
    for (const inner of breaks(property, value, `${trail}/${name}`)) found.push({...inner, document: {...document, [name]: inner.document}});
  }
  return found;
}
