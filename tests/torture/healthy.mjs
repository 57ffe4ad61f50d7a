// The clients that behave, and one that publishes to them: a process of its own, so that what is
// measured is the server and not the attackers' work. Told what to do by torture.mjs or soak.mjs.
// SPDX-License-Identifier: GPL-3.0-or-later

import { once } from 'node:events';
import http from 'node:http';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import { obey } from './worker.mjs';

const [, , port, count, perSecond] = process.argv.map(Number);
const topic = '/healthy';
const base = `http://127.0.0.1:${port}`;
const shares = { ws: 0.3, envelope: 0.2, sse: 0.3, poll: 0.2 };

/** Latencies of one phase, in tenths of a millisecond. */
class Latencies {
  counts = new Uint32Array(100_000);
  total = 0;

  add(ms) {
    this.counts[Math.min(this.counts.length - 1, Math.max(0, Math.floor(ms * 10)))] += 1;
    this.total += 1;
  }

  at(share) {
    let left = Math.ceil(this.total * share);
    for (let i = 0; i < this.counts.length; ++i) {
      left -= this.counts[i];
      if (left <= 0) return (i + 1) / 10;
    }
    return 0;
  }
}

let latencies = new Latencies();
let lag = monitorEventLoopDelay({ resolution: 5 });
const problems = [];
let problemCount = 0;
const problem = (words) => {
  problemCount += 1;
  if (problems.length < 20) problems.push(words);
};
let published = 0;
let finishing = false;

/** What one client got: each number once, in order, or a gap that it was told of. */
class Client {
  next = 1;
  gaps = 0;

  constructor(name) {
    this.name = name;
  }

  got(text) {
    const space = text.indexOf(' ');
    const number = Number(text.slice(0, space));
    if (number !== this.next) problem(`${this.name}: got ${number}, expected ${this.next}`);
    this.next = number + 1;
    latencies.add(performance.now() - Number(text.slice(space + 1)));
  }

  gap(lost) {
    this.gaps += 1;
    problem(`${this.name}: was told a gap of ${lost}`);
  }

  ended(how) {
    if (!finishing) problem(`${this.name}: lost its connection: ${how}`);
  }
}

async function openWebSocket(client, enveloped) {
  const socket = new WebSocket(`${base.replace('http', 'ws')}${topic}`, enveloped ? ['pushdeck.v1'] : [],
    { perMessageDeflate: false });
  socket.on('message', (bytes) => {
    if (!enveloped) {
      client.got(bytes.toString());
      return;
    }
    const { type, data, lost } = JSON.parse(bytes);
    if (type === 'message') client.got(data);
    else if (type === 'gap') client.gap(lost);
  });
  socket.on('close', (code, reason) => client.ended(`${code} ${reason}`));
  socket.on('error', (error) => client.ended(error.message));
  await once(socket, 'open');
  return () => socket.terminate();
}

async function openStream(client) {
  const request = http.get(`${base}${topic}`, { agent: false, headers: { Accept: 'text/event-stream' } });
  request.on('error', (error) => client.ended(error.message));
  const [response] = await once(request, 'response');
  if (response.statusCode !== 200) throw new Error(`a stream: ${response.statusCode}`);
  let rest = '';
  let event = '';
  response.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (line.startsWith('event: ')) event = line.slice(7);
      else if (line.startsWith('data: ') && event === 'gap') client.gap(line);
      else if (line.startsWith('data: ')) client.got(line.slice(6));
      else if (line === '') event = '';
    }
  });
  response.on('close', () => client.ended('the stream closed'));
  response.on('error', () => {});
  return () => request.destroy();
}

function openPoll(client, index) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  let cursor = 'latest';
  let ready;
  const isReady = new Promise((resolve) => { ready = resolve; });
  const poll = () => {
    const request = http.get(
      `${base}${topic}?format=json&timeout=20&client_id=healthy-${index}&since=${encodeURIComponent(cursor)}`,
      { agent }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => { text += piece; }).on('end', () => {
          if (finishing) return;
          if (response.statusCode === 200) {
            const body = JSON.parse(text);
            for (const message of body.messages) {
              if (message.type === 'gap') client.gap(message.lost);
              else client.got(message.data);
            }
            ({ cursor } = body);
          } else if (response.statusCode !== 204 && response.statusCode !== 304) {
            client.ended(`poll: ${response.statusCode} ${text}`);
            return;
          }
          poll();
        });
      });
    request.on('error', (error) => client.ended(error.message));
  };
  // Where it begins is taken from the server, so that nothing published meanwhile is missed.
  http.get(`${base}/_/api/status`, { agent }, (response) => {
    let text = '';
    response.on('data', (piece) => { text += piece; }).on('end', () => {
      cursor = JSON.parse(text).newest_id;
      poll();
      ready();
    });
  });
  return isReady.then(() => () => agent.destroy());
}

const clients = [];
const closers = [];

async function openAll() {
  const kinds = Object.entries(shares).flatMap(([kind, share]) => Array(Math.round(count * share)).fill(kind));
  for (let at = 0; at < kinds.length; at += 100) {
    await Promise.all(kinds.slice(at, at + 100).map(async (kind, i) => {
      const client = new Client(`${kind} ${at + i}`);
      clients.push(client);
      closers.push(await (kind === 'sse' ? openStream(client)
        : kind === 'poll' ? openPoll(client, at + i) : openWebSocket(client, kind === 'envelope')));
    }));
  }
  await new Promise((resolve) => { setTimeout(resolve, 500); }); // the last polls are held
}

let publisher;
let timer;
async function startPublishing() {
  publisher = new WebSocket(`${base.replace('http', 'ws')}/publisher`, ['pushdeck.v1'], { perMessageDeflate: false });
  await once(publisher, 'open');
  publisher.on('error', () => {});
  publisher.on('close', () => { if (!finishing) problem('the publisher lost its connection'); });
  timer = setInterval(() => {
    published += 1;
    publisher.send(JSON.stringify({ type: 'publish', topic, data: `${published} ${performance.now()}` }));
  }, 1000 / perSecond);
}

const figures = () => ({
  deliveries: latencies.total,
  p50: latencies.at(0.5),
  p99: latencies.at(0.99),
  worst: latencies.at(1),
  ownLag: Math.round(lag.percentile(99) / 1e5) / 10, // how late this process itself was
});

const orders = {
  async open() {
    await openAll();
    await startPublishing();
    return { clients: clients.length };
  },
  async phase() {
    latencies = new Latencies();
    lag.disable();
    lag = monitorEventLoopDelay({ resolution: 5 });
    lag.enable();
    return {};
  },
  async figures() {
    return { ...figures(), problems, problemCount };
  },
  async finish() {
    clearInterval(timer);
    const deadline = performance.now() + 15_000;
    const behind = () => clients.filter((client) => client.next !== published + 1);
    while (behind().length && performance.now() < deadline) {
      await new Promise((resolve) => { setTimeout(resolve, 50); });
    }
    for (const client of behind()) problem(`${client.name}: has ${client.next - 1} of ${published}`);
    finishing = true;
    closers.forEach((close) => close());
    publisher.terminate();
    return { published, problems, problemCount };
  },
};

obey(orders, { last: 'finish' });
