// Random lives of one pushdeck.v1 connection that subscribes to more, and to less, while messages come:
// its whole transcript is foretold. What an earlier subscription of the connection brings, a later one
// that overlaps it does not bring again; nothing else is left out.
//   PUSHDECK_SEED=… repeats a run; PUSHDECK_LIVES=1000 lengthens it; PUSHDECK_LIFE=17: only this one
// SPDX-License-Identifier: GPL-3.0-or-later

import { randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openSocket, publish, request, startServer, until } from './lib.mjs';
import { countedLosses, Model, partsOf, scopeOf } from './model.mjs';
import { randomOf } from './random.mjs';

const seed = process.env.PUSHDECK_SEED ?? String(randomInt(1e9));
const lives = Number(process.env.PUSHDECK_LIVES ?? 100);
const onlyLife = process.env.PUSHDECK_LIFE;
const history = 4;
let server;
let epoch;
before(async () => {
  server = await startServer('--history', String(history));
  ({ epoch } = partsOf((await request(`${server.http}/_/api/status`)).json.newest_id));
});
after(() => server.stop());

class Life {
  constructor(index) {
    this.random = randomOf(`${seed}/subscribe/${index}`);
    this.prefix = `/s${index}`;
    this.names = ['/a', '/b', '/a/x', '/a/y'].map((name) => this.prefix + name);
    this.model = new Model(epoch, history);
    this.legs = []; // {topics, from}: what each subscribe brought, from which sequence on
    this.due = [];
    this.refs = 0;
  }

  async publish() {
    const topic = this.random.pick(this.names);
    const { id } = await publish(server, topic, 'x');
    this.model.add({ id, topic, began: 0, ended: 0 });
    if (this.legs.some(({ topics }) => scopeOf(topics)({ topic }))) this.due.push(id);
  }

  cursor() {
    const { log } = this.model;
    const ids = log.map(({ id }) => id);
    return this.random.pick(['latest', 'all', `-${this.random.int(1, 5)}`, 'anotherepoch-3',
      ...(ids.length ? [this.random.pick(ids), this.random.pick(ids), ids.at(-1)] : [])]);
  }

  /** The sequence after which a subscription to `topics` reads. */
  startOf(topics, cursor) {
    const { log } = this.model;
    if (cursor === 'latest') return log.at(-1)?.sequence ?? 0;
    if (/^-\d+$/.test(cursor)) {
      const { messages } = this.model.expected(topics, 'all', log.length);
      return messages.length < -cursor ? 0 : messages.at(Number(cursor)).sequence - 1;
    }
    const parts = partsOf(cursor);
    return parts.epoch === epoch ? parts.sequence : 0;
  }

  /** What a further subscription brings, and its gap; both without what others bring. */
  foretell(topics, cursor) {
    const added = topics.filter((topic) => !this.legs.some((leg) => leg.topics.includes(topic)));
    if (!added.length) return;
    const earlier = this.legs.map((leg) => ({ isIn: scopeOf(leg.topics), from: leg.from }));
    const isElsewhere = (message) =>
      earlier.some(({ isIn, from }) => message.sequence > from && isIn(message));
    const { gap, messages, gone = [] } = this.model.expected(added, cursor, this.model.log.length);
    if (gap?.reason === 'restarted') this.due.push({ reason: 'restarted', lost: null });
    const missed = gone.filter((message) => !isElsewhere(message));
    // What is too long gone to be counted was not missed where one earlier subscription brought all of it.
    const after = gone.length ? partsOf(cursor).sequence : 0;
    const isUnknown = gone.some((message) => message.place > history + countedLosses &&
      !earlier.some(({ isIn, from }) => from <= after && isIn(message)));
    if (isUnknown) this.due.push({ reason: 'evicted', lost: null });
    else if (missed.length) this.due.push({ reason: 'evicted', lost: missed.length });
    for (const message of messages) if (!isElsewhere(message)) this.due.push(message.id);
    this.legs.push({ topics: added, from: this.startOf(added, cursor) });
  }

  topics() {
    const { prefix, random } = this;
    const patterns = [`${prefix}/*`, `${prefix}/**`, `${prefix}/a/*`];
    return random.some([...this.names, ...patterns], random.pick([1, 1, 2]));
  }

  subscribe() {
    const topics = this.topics();
    const since = this.cursor();
    this.socket.sendJson({ type: 'subscribe', ref: ++this.refs, topics, since });
    this.due.push(`ack ${this.refs} to subscribing to ${topics} from ${since}`);
    this.foretell(topics, since);
  }

  unsubscribe() {
    const all = this.legs.flatMap(({ topics }) => topics);
    if (!all.length) return;
    const topic = this.random.pick(all);
    this.socket.sendJson({ type: 'unsubscribe', ref: ++this.refs, topic });
    this.due.push(`ack ${this.refs} to unsubscribing from ${topic}`);
    for (const leg of this.legs) leg.topics = leg.topics.filter((name) => name !== topic);
    this.legs = this.legs.filter(({ topics }) => topics.length);
  }

  /** What the client has no answer to yet must not overtake what is published over another connection. */
  async settle() {
    this.socket.sendJson({ type: 'ping', ref: ++this.refs });
    this.due.push(`ack ${this.refs} to a ping`);
    await until(() => this.socket.frames.some((text) => JSON.parse(text).ref === this.refs), 'the answer');
    const got = this.socket.frames.map((text) => JSON.parse(text));
    for (let at = 0; at < Math.max(got.length, this.due.length); ++at) {
      if (!this.isDue(got[at], this.due[at])) this.differ(got, at);
    }
  }

  isDue(frame, due) {
    if (frame === undefined || due === undefined) return false;
    if (frame.type === 'gap') return frame.reason === due.reason && frame.lost === due.lost;
    return frame.type === 'ack' ? String(due).startsWith(`ack ${frame.ref} `) : frame.id === due;
  }

  differ(got, at) {
    const words = (value) => (typeof value === 'string' ? value : JSON.stringify(value));
    const said = ({ type, id, ref, lost, reason }) =>
      words(id ?? (ref ? `ack ${ref}` : { type, lost, reason }));
    const found = got[at] ? said(got[at]) : 'nothing';
    throw new Error(`entry ${at} is ${found}, due is ${words(this.due[at])}\n  due: ${
      this.due.slice(0, at + 3).map(words).join(', ')}\n  messages: ${
      this.model.log.map(({ topic, sequence }) => `${sequence} ${topic}`).join(', ')}`);
  }

  async run() {
    const { random } = this;
    for (let n = random.int(0, 12); n > 0; --n) await this.publish();
    const first = random.pick(this.topics());
    const since = this.cursor();
    this.socket = await openSocket(`${server.ws}${first}?since=${since}`, ['pushdeck.v1']);
    this.due.push(`ack ${++this.refs} to the ping that follows the connection to ${first} from ${since}`);
    const [opening] = this.due.splice(0);
    this.foretell([first], since);
    this.due.push(opening);
    this.socket.sendJson({ type: 'ping', ref: this.refs });
    for (let step = random.int(10, 30); step > 0; --step) {
      const dice = random.next();
      if (dice < 0.2) this.subscribe();
      else if (dice < 0.3) this.unsubscribe();
      else {
        await this.settle();
        for (let n = random.int(1, 6); n > 0; --n) await this.publish();
      }
    }
    await this.settle();
  }
}

const name = `${onlyLife ? `life ${onlyLife}` : `${lives} lives`} of seed ${seed}`;
test(name, { timeout: 20_000 + 500 * lives }, async () => {
  const indexes = onlyLife ? [Number(onlyLife)] : Array.from({ length: lives }, (_, i) => i);
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (indexes.length) {
      const index = indexes.shift();
      const life = new Life(index);
      await life.run().catch((error) => {
        indexes.length = 0;
        throw new Error(`PUSHDECK_SEED=${seed} PUSHDECK_LIFE=${index}: ${error.message}`, { cause: error });
      }).finally(() => life.socket?.socket.terminate());
    }
  }));
});
