// WebSocket frames as bytes (RFC 6455, 5.2), right and wrong ones, over a bare connection.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { until } from './lib.mjs';
import { openRaw } from './raw.mjs';

export const op = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };

/** One frame of a client. `length` forges the length: 7, 16 or 64 bits wide, or a BigInt of 64 bits. */
export function frame(opcode, payload = '', { fin = true, rsv = 0, mask = true, length } = {}) {
  const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
  const size = typeof length === 'bigint' ? length : BigInt(bytes.length);
  const width = typeof length === 'bigint' ? 64
    : length ?? (bytes.length < 126 ? 7 : bytes.length < 65536 ? 16 : 64);
  const head = [Buffer.from([(fin ? 0x80 : 0) | (rsv << 4) | opcode])];
  const bit = mask ? 0x80 : 0;
  if (width === 7) {
    head.push(Buffer.from([bit | Number(size)]));
  } else {
    const long = Buffer.alloc(8);
    long.writeBigUInt64BE(size);
    head.push(Buffer.from([bit | (width === 16 ? 126 : 127)]), width === 16 ? long.subarray(6) : long);
  }
  if (!mask) return Buffer.concat([...head, bytes]);
  const key = randomBytes(4);
  return Buffer.concat([...head, key, Buffer.from(bytes.map((byte, i) => byte ^ key[i % 4]))]);
}

export function closeFrame(code, reason = '') {
  const bytes = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  bytes.writeUInt16BE(code);
  return frame(op.close, bytes);
}

/** The frames a server sent, checked as a strict client does. */
export function framesOf(bytes) {
  const frames = [];
  let at = 0;
  while (bytes.length - at >= 2) {
    const [first, second] = [bytes[at], bytes[at + 1]];
    assert.equal(first & 0x70, 0, 'no reserved bit is set');
    assert.equal(second & 0x80, 0, 'a server masks nothing');
    let length = second & 0x7f;
    let head = 2;
    if (length === 126) {
      if (bytes.length - at < 4) break;
      length = bytes.readUInt16BE(at + 2);
      assert.ok(length > 125, 'a length is as short as can be');
      head = 4;
    } else if (length === 127) {
      if (bytes.length - at < 10) break;
      length = Number(bytes.readBigUInt64BE(at + 2));
      assert.ok(length > 65535, 'a length is as short as can be');
      head = 10;
    }
    if (bytes.length - at < head + length) break;
    const payload = Buffer.from(bytes.subarray(at + head, at + head + length));
    frames.push({ fin: Boolean(first & 0x80), opcode: first & 0x0f, payload });
    at += head + length;
  }
  return { frames, rest: bytes.length - at };
}

/** A WebSocket whose every frame is the test's own. */
export async function openFrames(server, path, fields = '') {
  const raw = await openRaw(server.port);
  const key = randomBytes(16).toString('base64');
  raw.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
    + `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${fields}\r\n`);
  await raw.has((bytes) => bytes.includes('\r\n\r\n'), 'the head of the upgrade');
  const end = raw.received.indexOf('\r\n\r\n') + 4;
  const head = raw.received.subarray(0, end).toString('latin1');
  assert.match(head, /^HTTP\/1\.1 101 /);
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  assert.match(head, new RegExp(`^Sec-WebSocket-Accept: ${accept.replace(/[+/]/g, '\\$&')}\r$`, 'mi'));
  const all = () => framesOf(raw.received.subarray(end)).frames;
  return {
    raw,
    head,
    get frames() {
      return all();
    },
    send: (...frames) => raw.write(Buffer.concat(frames)),
    /** The first `count` frames, once they are there. */
    async first(count) {
      await until(() => all().length >= count || raw.ended, () => `${count} frames; have ${JSON.stringify(all())}`);
      return all().slice(0, count);
    },
    /** The code and reason the server closed with. It closes the connection, and nothing follows. */
    async closed(timeoutMs) {
      await raw.closed(timeoutMs);
      assert.ok(!raw.reset, 'closed, not reset');
      const { frames, rest } = framesOf(raw.received.subarray(end));
      assert.equal(rest, 0, 'no half frame at the end');
      const at = frames.findIndex((one) => one.opcode === op.close);
      assert.ok(at >= 0, 'a close frame');
      assert.equal(at, frames.length - 1, 'nothing after the close frame');
      const { payload } = frames[at];
      return { code: payload.length ? payload.readUInt16BE() : 1005, reason: payload.subarray(2).toString() };
    },
  };
}
