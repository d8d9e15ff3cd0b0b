// SPDX-License-Identifier: Apache-2.0
// Bytes on a socket, as no HTTP library would send them.
import net from 'node:net';

/** Sends `bytes`; resolves with what came back, and whether the server closed, when it closes or is silent for `ms`. */
export function raw(server, bytes, ms = 5000) {
  const {hostname, port} = new URL(server.agents);
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () => socket.write(bytes));
    let received = '';
    socket.setEncoding('latin1').setTimeout(ms, () => { socket.destroy(); resolve({received, closed: false}); });
    socket.on('data', chunk => { received += chunk; });
    socket.on('end', () => { socket.destroy(); resolve({received, closed: true}); });
    socket.on('error', error => (error.code === 'ECONNRESET' || error.code === 'EPIPE') ? resolve({received, closed: true}) : reject(error));
  });
}

export const statusOf = received => Number(/^HTTP\/1\.1 (\d{3})/.exec(received)?.[1]);
export const answersIn = received => (received.match(/HTTP\/1\.1 \d{3} /g) ?? []).length;
