// SPDX-License-Identifier: Apache-2.0
// Two hundred clients that send one byte now and then: each is cut off, and everybody else is served meanwhile.
import assert from 'node:assert/strict';
import {rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {after, before, test} from 'node:test';
import {call, startServer, temporaryDirectory} from '../support/server.mjs';

const clients = 200;
let directory;
let server;
before(async () => {
  directory = temporaryDirectory();
  const config = path.join(directory, 'slow.toml');
  writeFileSync(config, '[server]\nheader_timeout = "1s"\nbody_timeout = "1s"\nidle_timeout = "1s"\nconnections_max = 300\n');
  server = await startServer({args: ['--config', config]});
});
after(async () => {
  await server.stop();
  rmSync(directory, {recursive: true, force: true});
});

/** Sends `bytes`, one every 100 ms and none when they are used up; resolves when the server closes. */
function drip(bytes) {
  const {hostname, port} = new URL(server.agents);
  return new Promise(resolve => {
    let at = 0;
    const socket = net.connect(Number(port), hostname);
    const timer = setInterval(() => at < bytes.length && socket.write(bytes[at++]), 100);
    const done = () => { clearInterval(timer); resolve(); };
    socket.on('data', () => {}).on('error', () => {}).on('close', done);
  });
}

async function assertServedMeanwhile(slow) {
  let open = true;
  const all = Promise.all(slow).then(() => { open = false; });
  let served = 0;
  while (open) {
    assert.equal((await call(server.agents, 'GET', '/b2a/v1/search?q=mug')).status, 200);
    ++served;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  await all;
  assert.ok(served > 0);
}

const endless = 'x'.repeat(10000);

test('T19: headers byte by byte', {timeout: 60000}, async () => {
  await assertServedMeanwhile(Array.from({length: clients}, () => drip(`GET /b2a/v1 HTTP/1.1\r\nHost: a\r\nX: ${endless}`)));
});

test('T19: bodies that never end, and connections that say nothing', {timeout: 60000}, async () => {
  const {hostname, port} = new URL(server.agents);
  const stuck = bytes => new Promise(resolve => {
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    const timer = setInterval(() => socket.writable && socket.write('x'), 200);
    socket.on('data', () => {}).on('error', () => {}).on('close', () => { clearInterval(timer); resolve(); });
  });
  const head = 'POST /ucp/v1/catalog/search HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n';
  await assertServedMeanwhile([
    ...Array.from({length: clients / 2}, () => stuck(`${head}Content-Length: 100000\r\n\r\n{`)),
    ...Array.from({length: clients / 4}, () => stuck(`${head}Transfer-Encoding: chunked\r\n\r\nffff\r\n{`)),
    ...Array.from({length: clients / 4}, () => drip('')),
  ]);
  const {text} = await call(server.operators, 'GET', '/metrics');
  assert.ok(Number(/^b2a_timeouts_total (\d+)$/m.exec(text)[1]) >= clients, 'closed for slowness, and counted');
});
