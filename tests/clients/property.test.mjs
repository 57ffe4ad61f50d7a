// Random lives of publishers and subscribers over real sockets, judged by a model (model.mjs): each
// subscriber gets the messages of its topics after its cursor, in order, each once, or is told a gap
// with the right number before anything else.
//   PUSHDECK_SEED=…   repeats a run          PUSHDECK_LIVES=2000   lengthens it
//   PUSHDECK_LIFE=17  only this life of it   PUSHDECK_TRACE=1      says what it does
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { after, before, test } from 'node:test';
import { request, sleep, startServer, until } from './lib.mjs';
import { Model, partsOf } from './model.mjs';
import { hasOption } from './options.mjs';
import { openPublishers, waysToPublish } from './publishers.mjs';
import { randomOf } from './random.mjs';
import { carrierNames, makeSubscription, transportNames } from './subscriptions.mjs';

const seed = process.env.PUSHDECK_SEED ?? String(randomInt(1e9));
const lives = Number(process.env.PUSHDECK_LIVES ?? 200);
const onlyLife = process.env.PUSHDECK_LIFE;
const traces = Boolean(process.env.PUSHDECK_TRACE);
const livesAtOnce = 16;
const histories = [3, 12, 1000]; // messages a topic: evictions all the time, some, none
const mostSubscriptions = 7;

process.setMaxListeners(0); // each running server is ended with the process
const canSurvive = hasOption('--history-file');
const folder = mkdtempSync(path.join(os.tmpdir(), 'pushdeck-property-'));
let servers;
before(async () => {
  servers = new Map(await Promise.all(histories.map(async (history) =>
    [history, await startServer('--history', String(history))])));
});
after(async () => {
  await Promise.all([...servers.values()].map((server) => server.stop()));
  rmSync(folder, { recursive: true });
});

const epochOf = async (server) =>
  partsOf((await request(`${server.http}/_/api/status`)).json.newest_id).epoch;

class Life {
  constructor(index) {
    this.random = randomOf(`${seed}/${index}`);
    this.prefix = `/p${index}`;
    this.topics = ['/a', '/b', '/a/x', '/b/x', '/a/x/y'].map((name) => this.prefix + name)
      .slice(0, this.random.int(2, 5));
    this.history = this.random.pick(histories);
    this.restarts = this.random.chance(0.2);
    this.keepsFile = this.restarts && canSurvive && this.random.chance(0.6);
    this.historyFile = this.keepsFile ? ['--history-file', path.join(folder, `life-${index}`)] : [];
    this.subscriptions = [];
    this.past = []; // what has ended and was not judged yet
    this.sentCount = 0;
    this.trace = [];
  }

  note(words) {
    this.trace.push(words);
    if (traces) console.log(`${this.prefix} ${words}`);
  }

  async begin() {
    this.server = this.restarts
      ? await startServer('--history', String(this.history), ...this.historyFile)
      : servers.get(this.history);
    this.model = new Model(await epochOf(this.server), this.history);
    await this.openPublishers();
  }

  async openPublishers() {
    this.publishers = await openPublishers(this.server, this.prefix, (message) => this.model.add(message));
  }

  async end() {
    await Promise.all(this.subscriptions.map(({ subscription }) => subscription?.leave(true)));
    await this.publishers?.close();
    if (this.restarts) await this.server?.stop('SIGKILL');
  }

  // --- what happens in a life; all choices are made before anything is awaited

  message() {
    const { random } = this;
    const number = ++this.sentCount;
    const way = random.pick(waysToPublish);
    const more = random.pick(['', '', '', '\nsecond line\n', ' grüße 🙂 "\\', '\u2028']);
    const fill = random.chance(0.02) ? 'x'.repeat(random.int(1000, 20_000)) : '';
    const data = `m${number}${more}${fill}`;
    // Others' servers are not for messages to everyone.
    const toAll = this.restarts && way === 'api' && random.chance(0.2);
    const event = way !== 'frame' && random.chance(0.2) ? random.pick(['tick', 'order.paid']) : null;
    return [way, { topic: toAll ? '/**' : random.pick(this.topics), data, event, toAll }];
  }

  publishSome(most = 6) {
    const messages = Array.from({ length: this.random.int(1, most) }, () => this.message());
    const atOnce = this.random.chance(0.5);
    this.note(`publish ${messages.length}${atOnce ? ' at once' : ''}`);
    const send = ([way, message]) => this.publishers.publish(way, message);
    return atOnce ? Promise.all(messages.map(send))
      : messages.reduce((before_, message) => before_.then(() => send(message)), Promise.resolve());
  }

  scope() {
    const { prefix, random } = this;
    const patterns = [`${prefix}/*`, `${prefix}/**`, `${prefix}/*/x`, `${prefix}/**/x`, `${prefix}/a/**`];
    return random.some([...this.topics, ...this.topics, ...patterns], random.pick([1, 1, 1, 2, 3]))
      .filter((topic, at, all) => all.indexOf(topic) === at);
  }

  cursor() {
    const { log, epoch } = this.model;
    return this.random.pick([
      () => 'latest', () => 'latest', () => 'all', () => '1h', () => `-${this.random.int(1, 9)}`,
      () => (log.length ? this.random.pick(log).id : `${epoch}-0`),
      () => (log.length ? this.random.pick(log).id : 'all'),
      () => this.random.pick([`${epoch}-1000000000`, 'anotherepoch-3', 'latest', 'all']),
    ])();
  }

  subscribe(place = { topics: this.scope(), cursor: this.cursor() }) {
    const { random } = this;
    const transport = random.pick(transportNames);
    const cursor = place.subscription?.position ?? place.cursor;
    const subscription = makeSubscription(this.server, transport, {
      topics: place.topics, cursor, carrier: random.pick(carrierNames),
      firstTimeout: random.chance(0.7) ? 0 : 60,
    });
    const asks = random.chance(0.5);
    const verb = place.subscription ? 'come back' : 'subscribe';
    this.note(`${verb} ${transport} ${place.topics} from ${cursor}`);
    if (!place.subscription) this.subscriptions.push(place);
    if (place.subscription) this.past.push({ ...place });
    place.subscription = subscription;
    place.away = false;
    return subscription.open().then(() => {
      if (asks) subscription.ask?.();
    });
  }

  here() {
    return this.subscriptions.filter(({ away }) => !away);
  }

  leave() {
    const place = this.random.pick(this.here());
    const abruptly = this.random.chance(0.5);
    if (!place) return undefined;
    this.note(`leave ${place.subscription.transport} ${place.topics}${abruptly ? ' abruptly' : ''}`);
    place.away = true;
    return place.subscription.leave(abruptly);
  }

  comeBack() {
    const away = this.subscriptions.filter(({ away: isAway }) => isAway);
    return away.length ? this.subscribe(this.random.pick(away)) : undefined;
  }

  abandon() {
    const polls = this.here().filter(({ subscription }) => subscription.abandon);
    const place = polls.length ? this.random.pick(polls) : null;
    if (!place) return undefined;
    this.note(`abandon a poll of ${place.topics}`);
    place.subscription.abandon();
    return undefined;
  }

  ask() {
    const place = this.random.pick(this.here());
    place?.subscription.ask?.();
  }

  async restart() {
    const { random, model, server } = this;
    const isKilled = random.chance(0.6);
    // With evictions the model would not know which of the unanswered ones were there.
    const isBusy = this.keepsFile && this.history > 100 && random.chance(0.6);
    const burst = isBusy ? Array.from({ length: 20 }, () => this.message()) : [];
    const waitMs = random.int(0, 8);
    this.note(`${isKilled ? 'kill' : 'stop'} the server${isBusy ? ' while it is busy' : ''}`);
    if (!isBusy) await this.settle();
    const began = performance.now();
    const sent = burst.map(([way, message]) =>
      this.publishers.publish(way, message).then(() => null, () => message));
    if (isBusy) await sleep(waitMs);
    const { code } = await server.stop(isKilled ? 'SIGKILL' : 'SIGTERM');
    if (!isKilled) assert.equal(code, 0, `the server's end: ${server.process.stderr}`);
    await this.publishers.close();
    const unanswered = (await Promise.all(sent)).filter(Boolean);
    for (const place of this.here()) {
      await place.subscription.leave(true);
      place.away = true;
    }

    this.server = await startServer('--history', String(this.history), ...this.historyFile,
      '--port', String(server.port));
    const epoch = await epochOf(this.server);
    if (this.keepsFile) {
      assert.equal(epoch, model.epoch, 'the epoch goes on');
      const { messages } = (await request(
        `${this.server.http}/_/api/messages?topic=${this.prefix}/**&since=all`)).json;
      for (const message of unanswered) {
        const there = messages.find(({ data }) => data === message.data);
        if (there) model.add({ ...message, id: there.id, began, ended: performance.now() });
      }
      assert.deepEqual(messages.map(({ id }) => id).filter((id) => !model.log.some((m) => m.id === id)), [],
        'nothing is there that nobody published');
    }
    this.judgePast();
    this.model = new Model(epoch, this.history, this.keepsFile ? { log: model.log, survived: true } : {});
    if (!this.keepsFile) assert.notEqual(epoch, model.epoch, 'the epoch is another');
    await this.openPublishers();
  }

  // --- judging

  fault(place, fault, stretch) {
    const { subscription, topics } = place;
    const got = stretch.entries.map((entry) =>
      (entry.type === 'message' ? entry.id : JSON.stringify(entry)));
    return new Error(`${subscription.transport} on ${topics} from ${stretch.cursor} ` +
      `(${subscription.carrier}): ${fault.words}\n  got: ${got.join(', ')}`);
  }

  /** What has ended was right as far as it went. Not while ids of messages are unknown. */
  judgePast() {
    for (const place of [...this.past, ...this.subscriptions]) {
      const { subscription } = place;
      const { failure, stretch: latest } = subscription;
      if (failure) throw this.fault(place, { words: failure.message }, latest);
      const last = place.away || this.past.includes(place) ? undefined : latest;
      for (const stretch of subscription.stretches) {
        const fault = stretch === last ? null : this.model.judge(place.topics, stretch, false);
        if (fault) throw this.fault(place, fault, stretch);
      }
      subscription.stretches = last ? [last] : [];
    }
    this.past = [];
  }

  /** Everyone who is here gets everything that is due. */
  async settle() {
    await this.publishers.settled();
    for (const place of this.here()) {
      const { subscription } = place;
      let fault;
      await until(() => {
        fault = subscription.failure ? { words: subscription.failure.message }
          : this.model.judge(place.topics, subscription.stretch, true);
        if (fault && !fault.mayCome) throw this.fault(place, fault, subscription.stretch);
        return !fault;
      }, () => this.fault(place, fault, subscription.stretch).message);
    }
    this.judgePast();
  }

  async run() {
    await this.begin();
    const steps = this.random.int(15, 40);
    for (let step = 0; step < steps; ++step) await this.step();
    while (this.subscriptions.some(({ away }) => away)) await this.comeBack();
    await this.publishSome();
    await this.settle();
  }

  step() {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.05 && this.restarts) return this.restart();
    if (dice < 0.1) return this.settle();
    if (dice < 0.35) return this.publishSome();
    if (dice < 0.4) return this.publishSome(40);
    if (dice < 0.45) return this.abandon();
    if (dice < 0.5) return this.ask();
    // The rest happens while messages are on their way.
    const publishing = random.chance(0.5) ? this.publishSome(10) : undefined;
    const moving = dice < 0.7 && this.subscriptions.length < mostSubscriptions ? this.subscribe()
      : dice < 0.85 ? this.leave() : this.comeBack();
    return Promise.all([publishing, moving]);
  }
}

async function runLife(index) {
  const life = new Life(index);
  try {
    await life.run();
  } catch (error) {
    const repeat = `PUSHDECK_SEED=${seed} PUSHDECK_LIFE=${index}`;
    throw new Error(`${repeat}: ${error.message}\n  history ${life.history}; ${
      life.trace.slice(-25).join('; ')}`, { cause: error });
  } finally {
    await life.end();
  }
  return life.sentCount;
}

const name = `${onlyLife ? `life ${onlyLife}` : `${lives} lives`} of seed ${seed}`;
test(name, { timeout: 10_000 + 2000 * lives }, async (t) => {
  if (!canSurvive) t.diagnostic('this program has no --history-file: restarts without one only');
  const indexes = onlyLife ? [Number(onlyLife)] : Array.from({ length: lives }, (_, i) => i);
  const faults = [];
  let messages = 0;
  await Promise.all(Array.from({ length: livesAtOnce }, async () => {
    while (indexes.length && faults.length < 3) {
      await runLife(indexes.shift()).then((count) => { messages += count; }, (error) => faults.push(error));
    }
  }));
  t.diagnostic(`${messages} messages`);
  if (faults.length) throw new Error(faults.map(({ message }) => message).join('\n\n'), { cause: faults[0] });
});
