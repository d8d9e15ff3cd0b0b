// SPDX-License-Identifier: Apache-2.0
// A UCP platform as the server sees one: profiles to fetch (well-behaved or not) and an address for webhooks.
import {execFileSync} from 'node:child_process';
import {readFileSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';

/** Capability → what it extends, as of a version. */
export function capabilitiesOf(version) {
  const [cart, checkout] = ['dev.ucp.shopping.cart', 'dev.ucp.shopping.checkout'];
  const newer = version >= '2026-08-25';
  return {
    [checkout]: undefined,
    [cart]: undefined,
    'dev.ucp.shopping.order': undefined,
    'dev.ucp.shopping.catalog.search': undefined,
    'dev.ucp.shopping.catalog.lookup': undefined,
    'dev.ucp.shopping.discount': [cart, checkout],
    'dev.ucp.shopping.fulfillment': [checkout],
    'dev.ucp.shopping.buyer_consent': newer ? [cart, checkout] : [checkout],
    ...(newer && {
      'dev.ucp.shopping.permalink': undefined,
      'dev.ucp.common.location.search': undefined,
      'dev.ucp.common.location.lookup': undefined,
    }),
  };
}

/** AP2 mandates have a name of their own in each version; a platform has them when it says so, for they lock its sessions. */
export const mandateCapability = version => (version >= '2026-08-25' ? 'dev.ucp.common.payment.ap2_mandate' : 'dev.ucp.shopping.ap2_mandate');

/** Where the schema of a capability stands below its version's root. */
export const schemaFile = name => name.replace(/^dev\.ucp\./, '').replace('.', '/').replaceAll('.', '_') + '.json';

/**
 * A platform profile of `version`. `only` and `without` select capabilities, `webhook` is the order capability's URL,
 * `keys` are public JWKs, with `mandates` it has AP2, `change` may break what was made.
 */
export function platformProfile({version = '2026-08-25', only, without = [], webhook, keys = [], mandates = false, change = profile => profile} = {}) {
  const site = `https://ucp.dev/${version}`;
  const all = {...capabilitiesOf(version), ...(mandates && {[mandateCapability(version)]: ['dev.ucp.shopping.checkout']})};
  const capabilities = {};
  for (const name of only ?? Object.keys(all)) {
    if (without.includes(name)) continue;
    capabilities[name] = [{
      version, spec: `${site}/specification/overview`, schema: `${site}/schemas/${schemaFile(name)}`,
      ...(all[name] && {extends: all[name]}),
      ...(name === 'dev.ucp.shopping.order' && webhook && {config: {webhook_url: webhook}}),
    }];
  }
  const service = name => [
    {version, transport: 'rest', spec: `${site}/specification/overview`, schema: `${site}/services/${name}/rest.openapi.json`},
    {version, transport: 'mcp', spec: `${site}/specification/overview`, schema: `${site}/services/${name}/mcp.openrpc.json`},
  ];
  const profile = {
    ucp: {
      version,
      services: {'dev.ucp.shopping': service('shopping'), ...(version >= '2026-08-25' && {'dev.ucp.common': service('common')})},
      capabilities,
      payment_handlers: {},
    },
    ...(keys.length > 0 && {[version >= '2026-08-25' ? 'keys' : 'signing_keys']: keys}),
  };
  return change(profile) ?? profile;
}

/** Ways to be no good as a host of profiles. */
export const misbehave = {
  status: code => (request, response) => response.writeHead(code).end(),
  redirect: (location, code = 302) => (request, response) => response.writeHead(code, {Location: location}).end(),
  silent: () => () => {},
  drip: () => (request, response) => {
    response.writeHead(200, {'Content-Type': 'application/json'});
    const timer = setInterval(() => response.write(' '), 100);
    response.on('close', () => clearInterval(timer));
  },
  bytes: (content, type = 'application/json') => (request, response) => response.writeHead(200, {'Content-Type': type}).end(content),
  huge: (bytes = 1024 * 1024) => misbehave.bytes(JSON.stringify({padding: 'x'.repeat(bytes)})),
  hangUp: () => request => request.socket.destroy(),
};

/** A private certification authority with one certificate for localhost: {ca, certificate, key, caFile, certificateFile, keyFile}. */
export function privateCertificates(directory) {
  const file = name => path.join(directory, name);
  const openssl = (...args) => execFileSync('openssl', args, {stdio: 'ignore'});
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...ec, '-keyout', file('ca-key.pem'), '-out', file('ca.pem'), '-subj', '/CN=B2A test authority',
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign');
  openssl('req', ...ec, '-keyout', file('key.pem'), '-out', file('request.pem'), '-subj', '/CN=localhost');
  writeFileSync(file('extensions.cnf'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n');
  openssl('x509', '-req', '-in', file('request.pem'), '-CA', file('ca.pem'), '-CAkey', file('ca-key.pem'), '-CAcreateserial', '-days', '2',
    '-extfile', file('extensions.cnf'), '-out', file('certificate.pem'));
  const [caFile, certificateFile, keyFile] = ['ca.pem', 'certificate.pem', 'key.pem'].map(file);
  return {caFile, certificateFile, keyFile, ca: readFileSync(caFile), certificate: readFileSync(certificateFile), key: readFileSync(keyFile)};
}

/** An address for webhooks: what came, and what it answers. */
class Hook {
  constructor(url) {
    this.url = url;
    this.received = [];
    this.script = [];
    this.otherwise = 204;
    this.waiting = [];
  }
  /** Status codes of the next answers; after them `otherwise`. null: the connection is dropped. */
  answer(...codes) { this.script.push(...codes); return this; }
  get bodies() { return this.received.map(notice => notice.json); }
  /** Those that were acknowledged. */
  get accepted() { return this.received.filter(({status}) => status >= 200 && status < 300); }

  take(request, body) {
    const notice = {
      method: request.method, url: this.url, headers: request.headers, body,
      json: JSON.parse(body.toString('utf8')), at: Date.now(),
      status: this.script.length > 0 ? this.script.shift() : this.otherwise,
    };
    this.received.push(notice);
    this.waiting = this.waiting.filter(check => !check());
    return notice.status;
  }
  /** Resolves with all of them when `enough` (a number or a predicate over the list) is there. */
  wait(enough, seconds = 60) {
    const holds = () => (typeof enough === 'number' ? this.received.length >= enough : enough(this.received));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${this.received.length} webhooks after ${seconds} s, waited for ${enough}`)), seconds * 1000);
      const check = () => holds() && (clearTimeout(timer), resolve(this.received), true);
      if (!check()) this.waiting.push(check);
    });
  }
}

/** A running platform: {origin, profile(), fetches(), hook(), stop()}. With `tls` ({certificate, key}) over https. */
export async function startPlatform({tls} = {}) {
  const profiles = new Map();
  const counts = new Map();
  const hooks = new Map();
  const handle = (request, response) => {
    const {pathname} = new URL(request.url, 'http://x');
    const serve = profiles.get(pathname);
    if (serve) {
      counts.set(pathname, (counts.get(pathname) ?? 0) + 1);
      return serve(request, response);
    }
    const hook = hooks.get(pathname);
    if (!hook) return response.writeHead(404).end();
    const chunks = [];
    request.on('data', chunk => chunks.push(chunk)).on('end', () => {
      const status = hook.take(request, Buffer.concat(chunks));
      if (status === null) request.socket.destroy();
      else response.writeHead(status, status === 200 ? {'Content-Type': 'application/json'} : {}).end(status === 200 ? '{}' : undefined);
    });
  };
  const server = tls ? https.createServer({cert: tls.certificate, key: tls.key}, handle) : http.createServer(handle);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = tls ? `https://localhost:${server.address().port}` : `http://127.0.0.1:${server.address().port}`;
  let number = 0;
  const target = name => `/profiles/${name}.json`;
  return {
    origin,
    /** Publishes a profile (or a misbehaving handler) and answers its URL. Publishing a name again replaces it. */
    profile(what = {}, name = `agent-${++number}`, headers = {'Cache-Control': 'public, max-age=60'}) {
      profiles.set(target(name), typeof what === 'function' ? what : (request, response) =>
        response.writeHead(200, {'Content-Type': 'application/json', ...headers}).end(JSON.stringify(platformProfile(what))));
      return origin + target(name);
    },
    /** Publishes keys at a path of this origin (by default the key directory's) and answers the URL. */
    keys(jwks, pathname = '/.well-known/http-message-signatures-directory') {
      profiles.set(pathname, typeof jwks === 'function' ? jwks : (request, response) =>
        response.writeHead(200, {'Content-Type': 'application/http-message-signatures-directory+json'}).end(JSON.stringify({keys: jwks})));
      return origin + pathname;
    },
    /** How often the URL of a profile was asked for. */
    fetches: url => counts.get(new URL(url).pathname) ?? 0,
    hook(name = `hook-${++number}`) {
      const hook = new Hook(`${origin}/webhooks/${name}`);
      hooks.set(`/webhooks/${name}`, hook);
      return hook;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
