// SPDX-License-Identifier: Apache-2.0
// Starts the real binary on ports that the kernel chooses, in a data directory of its own, and stops it again.
import {spawn, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync, existsSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const binary = process.env.B2A_BINARY ?? path.join(root, 'build/release/bin/b2a');
/** Beside the repository, or where B2A_SHARED says. */
export const shared = process.env.B2A_SHARED ?? path.join(root, '../shared');
export const hasShared = existsSync(path.join(shared, 'data'));
export const sharedMissing = hasShared ? false : `../shared is absent: real catalogs and published schemas are not here`;

export function temporaryDirectory() {
  return mkdtempSync(path.join(tmpdir(), 'b2a-test-'));
}

/** Runs the binary to its end. */
export function b2a(...args) {
  const done = spawnSync(binary, args, {encoding: 'utf8', maxBuffer: 64 * 1024 * 1024});
  return {code: done.status, out: done.stdout, err: done.stderr};
}

/** A running sandbox: {agents, operators, data, stop, kill, stdout, stderr, pid}. */
export async function startServer({data, args = [], sandbox = true, keep = false, listen = '127.0.0.1:0'} = {}) {
  const directory = data ?? temporaryDirectory();
  const child = spawn(
    binary,
    ['serve', ...(sandbox ? ['--sandbox'] : []), '--data', directory, '--listen', listen, '--admin-listen', '127.0.0.1:0', ...args],
    {stdio: ['ignore', 'pipe', 'pipe']});
  const server = {data: directory, pid: child.pid, stdout: '', stderr: '', exit: null};
  child.stderr.setEncoding('utf8').on('data', chunk => { server.stderr += chunk; });
  const ended = new Promise(resolve => child.on('exit', (code, signal) => {
    server.exit = {code, signal};
    resolve(server.exit);
  }));
  await new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', chunk => {
      server.stdout += chunk;
      if (/^ready$/m.test(server.stdout)) resolve();
    });
    ended.then(({code, signal}) => reject(new Error(`server ended before it was ready (${code ?? signal}):\n${server.stdout}\n${server.stderr}`)));
  });
  server.agents = /^\s*agents\s+(http\S+)/m.exec(server.stdout)[1];
  server.operators = /^\s*operators\s+(http\S+)/m.exec(server.stdout)[1];
  const remove = () => { if (!data && !keep) rmSync(directory, {recursive: true, force: true}); };
  server.kill = async () => { child.kill('SIGKILL'); await ended; };
  server.terminate = () => { child.kill('SIGTERM'); return ended; };
  server.stop = async () => {
    if (server.exit === null) child.kill('SIGTERM');
    const result = await ended;
    remove();
    return result;
  };
  return server;
}

/** The profile of an agent that the sandbox itself serves, so that nobody needs a server of their own. */
export const sandboxProfile = (agents, version = '2026-04-08') => `${agents}/sandbox/agents/${version}.json`;

/** A JSON request as a declared UCP platform; answers {status, headers, body, text}. A header that is null is not sent. */
export async function call(base, method, target, body, headers = {}) {
  const url = base + target;
  const all = {
    'ucp-agent': `profile="${sandboxProfile(new URL(url).origin)}"`,
    ...(body === undefined ? {} : {'content-type': 'application/json'}),
    ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  };
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)),
    body: body === undefined ? undefined : typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let parsed;
  try { parsed = JSON.parse(text); } catch { parsed = undefined; }
  return {status: response.status, headers: response.headers, body: parsed, text};
}

export async function operator(server, target, body) {
  return call(server.operators, body === undefined ? 'GET' : 'POST', target, body, {Authorization: 'Bearer sandbox-admin'});
}

/** Asks again until `check` holds of the answer, for what happens in the background. */
export async function eventually(ask, check, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (check(answer)) return answer;
    if (Date.now() > end) throw new Error(`it did not come about in ${seconds} s: ${JSON.stringify(answer)?.slice(0, 2000)}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Entries of the audit log, parsed. */
export function auditEntries(data, count = 1000) {
  const {code, out, err} = b2a('audit', 'tail', '--data', data, '-n', String(count));
  if (code !== 0) throw new Error(err);
  return out.trim().split('\n').filter(Boolean).map(line => JSON.parse(line));
}
