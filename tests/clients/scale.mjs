// Many clients at once: each must get each message exactly once and in order, whatever its
// transport. Bare sockets and cheap parsing, so that the clients keep up with the server.
//   node scale.mjs [--websockets 1000] [--streams 1000] [--polls 200] [--messages 1000]
// SPDX-License-Identifier: GPL-3.0-or-later

import net from 'node:net';
import { parseArgs } from 'node:util';
import { openSocket, publish, startServer, until } from './lib.mjs';

const { values } = parseArgs({
  options: {
    websockets: { type: 'string', default: '1000' },
    streams: { type: 'string', default: '1000' },
    polls: { type: 'string', default: '200' },
    messages: { type: 'string', default: '1000' },
  },
});
const counts = Object.fromEntries(Object.entries(values).map(([key, text]) => [key, Number(text)]));
const topic = '/scale';
const connectingAtOnce = 200;
const longestSilenceMs = 30_000;

let server;
let lastProgress = Date.now();

/** What every client has in common: message n is the number n, and n + 1 follows. */
class Client {
  constructor(name) {
    this.name = name;
    this.next = 0;
    this.opened = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
    this.rest = Buffer.alloc(0);
    this.socket = net.connect(server.port, '127.0.0.1', () => this.request());
    this.socket.on('data', (chunk) => {
      lastProgress = Date.now();
      try {
        this.rest = this.read(this.rest.length ? Buffer.concat([this.rest, chunk]) : chunk);
      } catch (error) {
        this.fail(error.message);
      }
    });
    this.socket.on('error', (error) => this.fail(error.message));
    this.socket.on('close', () => this.next < counts.messages && this.fail('the connection was closed'));
  }

  fail(words) {
    this.failure ??= `${this.name}: ${words}`;
    this.reject(new Error(this.failure));
    this.socket.destroy();
  }

  got(number) {
    if (number !== this.next) throw new Error(`got message ${number} where ${this.next} was due`);
    this.next += 1;
  }

  /** Takes the head off, once; null while it is not complete. */
  afterHead(buffer, status) {
    if (this.headRead) return buffer;
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return null;
    const head = buffer.toString('latin1', 0, end);
    if (!head.startsWith(`HTTP/1.1 ${status} `)) throw new Error(head.split('\r\n')[0]);
    this.headRead = true;
    this.resolve();
    return buffer.subarray(end + 4);
  }
}

class WebSocketClient extends Client {
  request() {
    this.socket.write(`GET ${topic} HTTP/1.1\r\nHost: scale\r\nConnection: Upgrade\r\n` +
      'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
  }

  read(buffer) {
    const frames = this.afterHead(buffer, 101);
    if (!frames) return buffer;
    let at = 0;
    while (frames.length - at >= 2) {
      const size = frames[at + 1]; // the messages are shorter than 126 bytes, the server masks nothing
      if (frames.length - at < 2 + size) break;
      const opcode = frames[at] & 0x0f;
      if (opcode === 1) this.got(Number(frames.latin1Slice(at + 2, at + 2 + size)));
      else if (opcode !== 9) throw new Error(`a frame with opcode ${opcode}`); // a ping may pass
      at += 2 + size;
    }
    return frames.subarray(at);
  }
}

class StreamClient extends Client {
  request() {
    this.socket.write(`GET ${topic} HTTP/1.1\r\nHost: scale\r\nAccept: text/event-stream\r\n\r\n`);
  }

  read(buffer) {
    const stream = this.afterHead(buffer, 200);
    if (!stream) return buffer;
    const whole = stream.lastIndexOf('\n\n') + 2;
    if (whole === 1) return stream;
    for (const [, number] of stream.latin1Slice(0, whole).matchAll(/^data: (.*)$/gm)) {
      this.got(Number(number));
    }
    return stream.subarray(whole);
  }
}

class PollClient extends Client {
  constructor(name, cursor) {
    super(name);
    this.cursor = cursor;
    this.resolve();
  }

  request() {
    this.socket.write(`GET ${topic}?format=json&timeout=60&client_id=${this.name}&since=${this.cursor}` +
      ' HTTP/1.1\r\nHost: scale\r\n\r\n');
  }

  read(buffer) {
    const end = buffer.indexOf('\r\n\r\n');
    if (end < 0) return buffer;
    const head = buffer.latin1Slice(0, end);
    if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(head.split('\r\n')[0]);
    const length = Number(/^content-length: (\d+)$/im.exec(head)[1]);
    if (buffer.length < end + 4 + length) return buffer;
    const { messages, cursor } = JSON.parse(buffer.utf8Slice(end + 4, end + 4 + length));
    for (const { data } of messages) this.got(Number(data));
    this.cursor = cursor;
    if (this.next < counts.messages) this.request();
    else this.socket.end();
    return buffer.subarray(end + 4 + length);
  }
}

async function connectAll(make, count) {
  const clients = [];
  while (clients.length < count) {
    const some = Array.from({ length: Math.min(connectingAtOnce, count - clients.length) },
      (_, i) => make(clients.length + i));
    await Promise.all(some.map((client) => client.opened));
    clients.push(...some);
  }
  return clients;
}

async function measure() {
  const begin = Date.now();
  const start = await publish(server, topic, 'start'); // before anyone subscribes
  const clients = [
    ...(await connectAll((i) => new WebSocketClient(`ws-${i}`), counts.websockets)),
    ...(await connectAll((i) => new StreamClient(`sse-${i}`), counts.streams)),
    ...(await connectAll((i) => new PollClient(`poll-${i}`, start.id), counts.polls)),
  ];
  const connectedMs = Date.now() - begin;

  const publisher = await openSocket(`${server.ws}${topic}/publisher`, ['pushdeck.v1']);
  const sendBegin = Date.now();
  for (let n = 0; n < counts.messages; ++n) {
    publisher.sendJson({ type: 'publish', ref: n, topic, data: String(n) });
  }
  lastProgress = Date.now();
  const failed = () => clients.filter(({ failure }) => failure);
  await until(() => {
    if (Date.now() - lastProgress > longestSilenceMs) throw new Error('nothing arrives any more');
    return failed().length || clients.every(({ next }) => next === counts.messages);
  }, 'every message at every client', 300_000).catch((error) => {
    const behind = clients.filter(({ next }) => next < counts.messages);
    throw new Error(`${error.message}; ${behind.length} clients are behind, such as ${behind[0]?.name} ` +
      `with ${behind[0]?.next}`);
  });
  const tookMs = Date.now() - sendBegin;
  const failures = failed();
  for (const { socket } of clients) socket.destroy();
  await publisher.close();
  if (failures.length) throw new Error(`${failures.length} clients failed; ${failures[0].failure}`);

  const deliveries = clients.length * counts.messages;
  console.log(`${clients.length} clients (${counts.websockets} WebSocket, ${counts.streams} SSE, ` +
    `${counts.polls} long-poll) connected in ${connectedMs} ms`);
  console.log(`each got each of ${counts.messages} messages once and in order: ${deliveries} ` +
    `deliveries in ${tookMs} ms`);
}

server = await startServer('--history', String(counts.messages + 10));
try {
  await measure();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  const { code, signal } = await server.stop();
  if (code !== 0) {
    console.error(`the server ended with ${code ?? signal}: ${server.process.stderr}`);
    process.exitCode = 1;
  }
}
