// SPDX-License-Identifier: Apache-2.0
// The reference personal agent, and the two shops of the demonstration that it shops at.
import {spawn} from 'node:child_process';
import {mkdirSync, rmSync} from 'node:fs';
import path from 'node:path';
import {b2a, binary, root, startServer, temporaryDirectory} from './server.mjs';

const second = path.join(root, 'config/demo/second');
export const shopperBinary = path.join(path.dirname(binary), 'b2a-shopper');

/** The second shop, with brands of its own. */
export async function startSecond(options = {}) {
  const data = temporaryDirectory();
  mkdirSync(data, {recursive: true});
  const files = ['maison-aldine.jsonl', 'hollow-oak.jsonl'].map(name => path.join(second, name));
  const {code, out, err} = b2a('import', '--strict', '--data', data, ...files);
  if (code !== 0) throw new Error(out + err);
  const server = await startServer({...options, data, args: ['--config', path.join(second, 'b2a.toml')]});
  const {stop} = server;
  server.stop = async () => {
    const result = await stop();
    rmSync(data, {recursive: true, force: true});
    return result;
  };
  return server;
}

/** Sends the shopper to do something; answers {code, out, err, orders, lines}. */
export async function shop(scenario, gateways, ...args) {
  const child = spawn(shopperBinary, ['scenario', scenario, ...gateways.flatMap(url => ['--gateway', url]), ...args], {stdio: ['ignore', 'pipe', 'pipe']});
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', chunk => { out += chunk; });
  child.stderr.setEncoding('utf8').on('data', chunk => { err += chunk; });
  const code = await new Promise(resolve => child.on('close', resolve));
  const orders = [...out.matchAll(/^ordered at (.+): (ord_[0-9a-z]{26}), ([0-9.]+) ([A-Z]{3})$/gm)]
    .map(([, title, id, total, currency]) => ({title, id, minor: Math.round(Number(total) * 100), currency}));
  return {code, out, err, orders, lines: out.trimEnd().split('\n')};
}
