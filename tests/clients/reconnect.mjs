// Clients that come and go at random, over every transport, while messages flow without a pause.
// Nothing may be lost in silence, repeated or out of order: for each client what it got and what it
// was told to have missed must add up to what was published.
//   node reconnect.mjs [--seconds 60] [--clients 50] [--rate 500] [--history 300] [--seed …]
// SPDX-License-Identifier: GPL-3.0-or-later

import { randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openSocket, request, sleep, startServer, until } from './lib.mjs';
import { partsOf } from './model.mjs';
import { randomOf } from './random.mjs';
import { makeSubscription, transportNames } from './subscriptions.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: process.env.PUSHDECK_SECONDS ?? '60' },
    clients: { type: 'string', default: '50' },
    rate: { type: 'string', default: '500' },
    history: { type: 'string', default: '300' },
    seed: { type: 'string', default: process.env.PUSHDECK_SEED ?? String(randomInt(1e9)) },
  },
});
const [seconds, clientCount, rate, history] =
  ['seconds', 'clients', 'rate', 'history'].map((name) => Number(values[name]));
const topic = '/reconnect';

/** One subscriber for the whole run, whatever its connections; the topic is the server's only one. */
class Client {
  constructor(server, epoch, index) {
    this.name = `client ${index}`;
    this.server = server;
    this.random = randomOf(`${values.seed}/${index}`);
    this.at = 0; // the sequence up to which all is got or told
    this.cursor = `${epoch}-0`;
    this.counts =
      { got: 0, told: 0, gaps: 0, uncounted: 0, reconnects: -1, lost: 0, repeated: 0, wrong: 0 };
    this.faults = [];
  }

  fault(kind, words, by = 1) {
    this.counts[kind] += by;
    if (this.faults.length < 3) this.faults.push(`${this.name} (${this.subscription.transport}): ${words}`);
  }

  take(entry) {
    const { sequence } = partsOf(entry.type === 'gap' ? entry.resumed_at : entry.id);
    const before = this.at;
    if (entry.type === 'gap') {
      const missed = sequence - before;
      this.counts.gaps += 1;
      this.counts.told += missed;
      // The server counts as many that are gone as it remembers.
      if (entry.lost === null && missed > history) this.counts.uncounted += 1;
      else if (entry.lost !== missed) this.fault('wrong', `told ${entry.lost} where ${missed} are gone`);
      if (entry.reason !== 'evicted') this.fault('wrong', `the reason is ${entry.reason}`);
    } else if (entry.type === 'message') {
      this.counts.got += 1;
      if (sequence <= before) this.fault('repeated', `${entry.id} after ${before}`);
      const skipped = sequence - before - 1;
      if (skipped > 0) this.fault('lost', `${entry.id} after ${before}`, skipped);
    } else if (sequence !== before) {
      this.fault('wrong', `the cursor ${entry.id} at ${before}`);
    }
    this.at = Math.max(before, sequence);
  }

  async come() {
    this.counts.reconnects += 1;
    this.subscription = makeSubscription(this.server, this.random.pick(transportNames),
      { topics: [topic], cursor: this.cursor, onEntry: (entry) => this.take(entry) });
    await this.subscription.open();
  }

  async go() {
    await this.subscription.leave(this.random.chance(0.5));
    if (this.subscription.failure) throw this.subscription.failure;
    this.cursor = this.subscription.position ?? this.cursor;
  }

  /** Comes and goes until `isOver()`, and stays then. */
  async live(isOver) {
    const { random } = this;
    // Away long enough for evictions, and short enough for the server to know their number.
    const historyMs = (1000 * history) / rate;
    for (;;) {
      await this.come();
      if (isOver()) return;
      await sleep(random.int(0, random.pick([30, 400, 1500])));
      await this.go();
      const isLong = random.chance(0.15);
      await sleep(isLong ? random.int(historyMs, 1.8 * historyMs) : random.int(0, historyMs / 2));
    }
  }
}

/** Publishes at an even pace; gives how many it were, and in what time. */
async function publishAll(server) {
  const publisher = await openSocket(`${server.ws}/reconnect-publisher`, ['pushdeck.v1']);
  const begin = performance.now();
  let sent = 0;
  for (let passed = 0; passed < 1000 * seconds; passed = performance.now() - begin) {
    for (; sent < (passed * rate) / 1000; ++sent) {
      publisher.sendJson({ type: 'publish', ref: sent, topic, data: `message ${sent}` });
    }
    await sleep(10);
  }
  await until(() => publisher.frames.length === sent, 'an answer to each publish', 30_000);
  const ms = performance.now() - begin;
  const errors = publisher.frames.map((text) => JSON.parse(text)).filter(({ type }) => type !== 'ack');
  if (errors.length) throw new Error(JSON.stringify(errors[0]));
  await publisher.close();
  return { sent, ms };
}

async function measure(server) {
  const { epoch, sequence } = partsOf((await request(`${server.http}/_/api/status`)).json.newest_id);
  if (sequence !== 0) throw new Error(`a fresh server begins with ${sequence}`);
  const clients = Array.from({ length: clientCount }, (_, i) => new Client(server, epoch, i));
  let isOver = false;
  const living = Promise.all(clients.map((client) => client.live(() => isOver)));
  const [{ sent, ms }] = await Promise.all([publishAll(server).finally(() => { isOver = true; }), living]);
  const behind = () => clients.filter(({ at }) => at < sent);
  await until(() => behind().length === 0, 'the last message at every client', 10_000).catch(() => {
    for (const client of behind()) client.fault('lost', `ends at ${client.at} of ${sent}`, sent - client.at);
  });
  await Promise.all(clients.map((client) => client.go()));

  const sum = (name) => clients.reduce((total, { counts }) => total + counts[name], 0);
  const unequal = clients.filter(({ counts }) => counts.got + counts.told !== sent);
  console.log(`${sent} messages in ${(ms / 1000).toFixed(1)} s to ${clientCount} clients, which came back ` +
    `${sum('reconnects')} times over ${transportNames.join(', ')} (history ${history}, seed ${values.seed})`);
  console.log(`got ${sum('got')} and told ${sum('told')} lost in ${sum('gaps')} gaps (${sum('uncounted')} ` +
    `without a number): ${sum('got') + sum('told')} of ${sent * clientCount}`);
  console.log(`${sum('lost')} lost in silence, ${sum('repeated')} repeated or out of order, ` +
    `${sum('wrong')} gaps told wrongly, ${unequal.length} clients whose sum is not ${sent}`);
  const faults = clients.flatMap((client) => client.faults);
  for (const words of faults.slice(0, 10)) console.error(words);
  if (faults.length || unequal.length) process.exitCode = 1;
  if (sum('gaps') === 0 && seconds >= 5) {
    console.error('nobody was away long enough for an eviction: the run shows less than it should');
    process.exitCode = 1;
  }
}

const server = await startServer('--history', String(history));
try {
  await measure(server);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  const { code, signal } = await server.stop();
  if (code !== 0) {
    console.error(`the server ended with ${code ?? signal}: ${server.process.stderr}`);
    process.exitCode = 1;
  }
  process.exit(); // a failed run may leave polls open
}
