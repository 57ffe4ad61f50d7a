// What is done to the server, each attack for some seconds. A process of its own, nicer than the
// others: it is the server that is attacked, not the scheduler.
// SPDX-License-Identifier: GPL-3.0-or-later

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import { closeFrame, frame, op } from '../clients/frames.mjs';
import { obey } from './worker.mjs';

os.setPriority(10);
const port = Number(process.argv[2]);
const sleep = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const upgrade = (path, protocol = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`
  + `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n`
  + `${protocol && `Sec-WebSocket-Protocol: ${protocol}\r\n`}\r\n`;
const stream = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n`;
const post = (path, body) => `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const open = new Set();
const seen = {}; // what the server answered, by status
let opened = 0;

function connect(first, { read = true } = {}) {
  const socket = net.connect(port, '127.0.0.1', () => { if (first) socket.write(first); });
  opened += 1;
  open.add(socket);
  socket.once('data', (bytes) => {
    const status = /^HTTP\/1\.1 (\d{3})/.exec(bytes.toString('latin1', 0, 20))?.[1] ?? 'none';
    seen[status] = (seen[status] ?? 0) + 1;
  });
  if (!read) {
    // Once the answer's head has come nothing more is read: the kernel's buffers fill.
    socket.once('data', () => socket.pause());
  }
  socket.on('error', () => {});
  socket.on('close', () => open.delete(socket));
  return socket;
}

/** Keeps `many` going for the time, each begun anew when it ends. */
async function keepUp(seconds, many, begin) {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    for (let n = open.size; n < many; ++n) begin(n);
    await sleep(10);
  }
}

async function connected(first, options) {
  const socket = connect(first, options);
  await Promise.race([once(socket, 'data'), once(socket, 'close'), sleep(5000)]);
  return socket;
}

const attacks = {
  /** 200 that subscribe and never read, and a flood of small messages for them. */
  async stalled(seconds) {
    const readers = [];
    for (let n = 0; n < 200; ++n) readers.push(connect(n % 2 ? stream('/flood') : upgrade('/flood'), { read: false }));
    const publisher = await connected(upgrade('/flood-from', 'pushdeck.v1'));
    publisher.on('data', () => {});
    const until = Date.now() + seconds * 1000;
    const text = frame(op.text, JSON.stringify({ type: 'publish', topic: '/flood', data: 'x'.repeat(3800) }));
    while (Date.now() < until && !publisher.destroyed) {
      publisher.write(Buffer.concat(Array(20).fill(text)));
      await sleep(50);
    }
  },
  /** One that asks for much and reads nothing of the answers. */
  async deafAskers(seconds) {
    const ask = Buffer.concat(Array(200).fill(frame(op.text, '{"type":"presence","topic":"/healthy"}')));
    const pings = Buffer.concat(Array(500).fill(frame(op.ping, Buffer.alloc(125, 1))));
    await keepUp(seconds, 20, (n) => {
      const socket = connect(upgrade('/healthy', 'pushdeck.v1'));
      socket.once('data', () => {
        socket.pause();
        const more = () => { while (!socket.destroyed && socket.write(n % 2 ? ask : pings)); };
        socket.on('drain', more);
        more();
      });
    });
  },
  /** Connections as fast as they come, reset at once or after a byte. */
  async flood(seconds) {
    await keepUp(seconds, 300, (n) => {
      const socket = connect(n % 3 ? 'G' : '');
      socket.on('connect', () => setTimeout(() => socket.resetAndDestroy(), n % 20));
    });
  },
  async halfOpen(seconds) {
    await keepUp(seconds, 500, (n) => connect(n % 2 ? '' : upgrade('/healthy').slice(0, -2)));
  },
  async trickle(seconds) {
    const head = `GET /healthy HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(50)}`;
    await keepUp(seconds, 300, () => {
      const socket = connect('');
      let at = 0;
      const timer = setInterval(() => {
        if (socket.destroyed || at >= head.length) clearInterval(timer);
        else socket.write(head[at++]);
      }, 50);
    });
  },
  async garbage(seconds) {
    await keepUp(seconds, 50, (n) => {
      const socket = connect(n % 2 ? randomBytes(2000) : upgrade('/garbage'));
      if (n % 2 === 0) socket.once('data', () => socket.write(randomBytes(2000)));
    });
  },
  async oversize(seconds) {
    const kinds = [
      () => `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n`,
      () => `GET / HTTP/1.1\r\nHost: x\r\n${'A: b\r\n'.repeat(200)}\r\n`,
      () => `POST /t HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n${'x'.repeat(10_000)}`,
      () => 'POST /t HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n',
      () => upgrade('/huge'),
    ];
    await keepUp(seconds, 50, (n) => {
      const socket = connect(kinds[n % kinds.length]());
      if (n % kinds.length === 4) {
        socket.once('data', () => socket.write(frame(op.binary, 'x', { length: 2n ** 40n })));
      }
    });
  },
  /** A megabyte less one byte each, in bodies and in frames: held, never finished. */
  async unfinished(seconds) {
    const most = 1024 * 1024 - 1;
    await keepUp(seconds, 200, (n) => {
      if (n % 2) {
        connect(`POST /t HTTP/1.1\r\nHost: x\r\nContent-Length: ${most + 1}\r\n\r\n${'x'.repeat(most)}`);
      } else {
        const socket = connect(upgrade('/unfinished'));
        const whole = frame(op.binary, Buffer.alloc(most + 1));
        socket.once('data', () => socket.write(whole.subarray(0, -1)));
      }
    });
  },
  async aborted(seconds) {
    await keepUp(seconds, 100, (n) => {
      const socket = connect(`POST /t HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n${'x'.repeat(1000 * (n % 100))}`);
      socket.on('connect', () => setTimeout(() => (n % 2 ? socket.resetAndDestroy() : socket.end()), 5));
    });
  },
  /** A reset at each point of a connection's life. */
  async resets(seconds) {
    const lives = ['', 'GET / HT', stream('/healthy'), 'GET /held HTTP/1.1\r\nHost: x\r\n\r\n', upgrade('/healthy'),
      upgrade('/healthy').slice(0, 60), post('/t', 'x'), post('/t', 'xx').slice(0, -1), 'GET /_/health HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(20)];
    let turn = 0;
    await keepUp(seconds, 60, () => {
      turn += 1;
      const socket = connect(lives[turn % lives.length]);
      const afterwards = turn % 4;
      if (afterwards === 0) socket.once('data', () => socket.resetAndDestroy());
      if (afterwards === 1) socket.once('data', () => { socket.write(closeFrame(1000)); socket.resetAndDestroy(); });
      if (afterwards === 2) socket.once('data', () => { socket.write(frame(op.text, 'x', { fin: false })); setTimeout(() => socket.resetAndDestroy(), 2); });
      setTimeout(() => socket.resetAndDestroy(), 20 + afterwards);
    });
  },
  /** One connection that floods with tiny frames, and pipelines that are never read. */
  async hurry(seconds) {
    const frames = Buffer.concat(Array(5000).fill(frame(op.text, 'x')));
    const requests = 'GET /_/web/topic.js HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(500);
    await keepUp(seconds, 6, (n) => {
      const socket = connect(n % 2 ? upgrade('/hurry') : requests);
      socket.once('data', () => {
        if (n % 2 === 0) socket.pause();
        const more = () => { while (!socket.destroyed && socket.write(n % 2 ? frames : requests)); };
        socket.on('drain', more);
        more();
      });
    });
  },
  /** More connections than there are descriptors (torture.mjs lowers the limit meanwhile). */
  async descriptors(seconds) {
    await keepUp(seconds, 400, (n) => connect(n % 2 ? '' : stream('/healthy')));
  },
};

async function attack(name, seconds) {
  opened = 0;
  Object.keys(seen).forEach((status) => delete seen[status]);
  await attacks[name](seconds);
  for (const socket of open) socket.resetAndDestroy();
  await sleep(50);
  // One that is being opened, or is half closed, is not reset so.
  for (const socket of open) socket.destroy();
  open.clear();
  return { opened, seen: { ...seen } };
}

obey(Object.fromEntries(Object.keys(attacks).map((name) => [name, ({ seconds }) => attack(name, seconds)])));
