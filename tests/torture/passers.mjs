// Those who pass by for as long as a soak lasts: clients of each transport that come and go, some
// without a word, some that stop reading; topics that nobody used before; messages of all sizes;
// requests that are refused. What a server keeps of any of them adds up in an hour.
// SPDX-License-Identifier: GPL-3.0-or-later

import net from 'node:net';
import { WebSocket } from 'ws';
import { randomOf } from '../clients/random.mjs';
import { obey } from './worker.mjs';

const [, , port, comersPerSecond, messagesPerSecond] = process.argv.map(Number);
const random = randomOf(`passers/${port}`);
const head = (text) => `${text.trim().split('\n').join('\r\n')}\r\n\r\n`;
const [largest, sizes] = [100_000, [20, 100, 100, 100, 1000, 1000, 10_000]];
const counts = { came: 0, published: 0, refused: 0, unread: 0 };
const timers = [];
let topicCount = 0;

/** A topic of today, or one that nobody ever named. */
const anyTopic = () => (random.chance(0.2) ? `/passing/once/${topicCount++}` : `/passing/${random.int(0, 20)}`);

function raw(text, { reads = true } = {}) {
  const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
  socket.on('error', () => {});
  if (reads) socket.resume();
  return socket;
}

const comers = {
  webSocket() {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${anyTopic()}`,
      random.chance(0.5) ? ['pushdeck.v1'] : [], { perMessageDeflate: false });
    socket.on('error', () => {});
    return () => (random.chance(0.5) ? socket.close() : socket.terminate());
  },
  stream() {
    const socket = raw(head(`GET ${anyTopic()}?since=earliest HTTP/1.1\nHost: x\nAccept: text/event-stream`));
    return () => (random.chance(0.5) ? socket.end() : socket.resetAndDestroy());
  },
  poll() {
    const id = random.int(0, 1e9);
    const socket = raw(head(`GET ${anyTopic()}?format=json&timeout=3&client_id=passer-${id} HTTP/1.1\nHost: x`));
    return () => socket.destroy();
  },
  // Reads nothing of what flows on the busiest topic.
  deaf() {
    counts.unread += 1;
    const socket = raw(head('GET /passing/0 HTTP/1.1\nHost: x\nAccept: text/event-stream'), { reads: false });
    return () => socket.destroy();
  },
  refused() {
    counts.refused += 1;
    const socket = raw(random.pick([
      'nonsense\r\n\r\n',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      head('POST /passing/1 HTTP/1.1\nHost: x\nContent-Length: 3\nContent-Length: 4'),
      head('GET /_/api/nothing HTTP/1.1\nHost: x'),
      head('GET /passing/1 HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 7'),
    ]));
    return () => socket.destroy();
  },
};
const kinds = ['webSocket', 'webSocket', 'stream', 'stream', 'poll', 'deaf', 'refused'];

function come() {
  counts.came += 1;
  const go = comers[random.pick(kinds)]();
  setTimeout(go, random.pick([0, 100, 2000, 20_000]) * random.int(1, 100) / 100);
}

const letters = 'x'.repeat(largest);
let publisher;
function publish() {
  counts.published += 1;
  const topic = random.chance(0.3) ? '/passing/0' : anyTopic();
  publisher.send(JSON.stringify({ type: 'publish', topic, data: letters.slice(0, random.chance(0.01) ? largest : random.pick(sizes)) }));
}

obey({
  async start() {
    publisher = new WebSocket(`ws://127.0.0.1:${port}/passing/publisher`, ['pushdeck.v1'], { perMessageDeflate: false });
    await new Promise((resolve, reject) => { publisher.once('open', resolve).once('error', reject); });
    publisher.on('close', (code) => { throw new Error(`the publisher was closed: ${code}`); });
    timers.push(setInterval(come, 1000 / comersPerSecond), setInterval(publish, 1000 / messagesPerSecond));
    return {};
  },
  async stop() {
    timers.forEach(clearInterval);
    publisher.removeAllListeners('close');
    publisher.close();
    return counts;
  },
});
