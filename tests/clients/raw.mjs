// Bytes to the server as they are, and what comes back: what no well-behaved client can do.
// SPDX-License-Identifier: GPL-3.0-or-later

import { once } from 'node:events';
import net from 'node:net';
import { until } from './lib.mjs';

/** A bare connection that keeps what it gets. */
export async function openRaw(port) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const raw = {
    socket,
    received: Buffer.alloc(0),
    ended: false, // the server closed
    reset: false, // … and threw away what we had not read
    write: (bytes) => socket.write(bytes),
    /** One byte at a time: each may arrive alone. */
    async drip(bytes) {
      for (const byte of Buffer.from(bytes, 'latin1')) {
        if (raw.ended || socket.destroyed) return;
        socket.write(Buffer.from([byte]));
        await new Promise((resolve) => { setImmediate(resolve); });
      }
    },
    has: (condition, what, timeoutMs) =>
      until(() => condition(raw.received), () => `${what}; have ${JSON.stringify(raw.received.toString('latin1'))}`, timeoutMs),
    closed: (timeoutMs) => until(() => raw.ended, 'the server to close', timeoutMs),
    destroy: () => socket.destroy(),
  };
  socket.on('data', (bytes) => { raw.received = Buffer.concat([raw.received, bytes]); });
  socket.on('end', () => { raw.ended = true; });
  socket.on('close', () => { raw.ended = true; });
  socket.on('error', (error) => { raw.reset = raw.reset || error.code === 'ECONNRESET'; });
  return raw;
}

/**
 * Splits what came into responses (RFC 9112, 6.3). `heads` says which of them answer HEAD. Throws at
 * bytes that belong to none: a response that nobody asked for is what smuggling looks like.
 */
export function responsesOf(bytes, heads = []) {
  let rest = bytes.toString('latin1');
  const responses = [];
  while (rest) {
    const end = rest.indexOf('\r\n\r\n');
    const match = /^HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n/.exec(rest);
    if (!match || end < 0) throw new Error(`not a response: ${JSON.stringify(rest.slice(0, 200))}`);
    const head = rest.slice(0, end + 2);
    rest = rest.slice(end + 4);
    const status = Number(match[1]);
    const fields = Object.fromEntries(
      [...head.matchAll(/^([^:\r\n]+): ?(.*)\r$/gm)].map(([, name, value]) => [name.toLowerCase(), value]));
    let body = '';
    if (status >= 200 && status !== 204 && status !== 304 && !heads[responses.length]) {
      const length = Number(fields['content-length']);
      if (!Number.isInteger(length)) throw new Error(`a response without a length: ${head}`);
      if (rest.length < length) return responses; // the rest has not come yet
      body = rest.slice(0, length);
      rest = rest.slice(length);
    }
    if (status >= 200) responses.push({ status, fields, body });
  }
  return responses;
}
