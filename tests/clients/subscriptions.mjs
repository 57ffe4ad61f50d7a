// A subscription over any transport, behind one interface. What it gets comes as entries:
//   {type: 'message', id, data, …}, {type: 'gap', lost, reason, resumed_at}, and
//   {type: 'reached', id} where the server names a position without a message.
// A stretch is what one cursor brought: of one connection, or of one poll.
// SPDX-License-Identifier: GPL-3.0-or-later

import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { WebSocket } from 'ws';
import { EventParser } from './lib.mjs';

/** Where the cursor may stand; a raw WebSocket client of a browser can only use the address. */
const carriers = {
  since: (cursor) => ({ query: ['since', cursor] }),
  last_event_id: (cursor) => ({ query: ['last_event_id', cursor] }),
  'Last-Event-ID': (cursor) => ({ headers: { 'Last-Event-ID': cursor } }),
  'If-None-Match': (cursor) => ({ headers: { 'If-None-Match': `"${cursor}"` } }),
};
export const carrierNames = Object.keys(carriers);

class Subscription {
  /** `onEntry` is called for each entry once it is in its stretch. */
  constructor(server, { topics, cursor = 'latest', carrier = 'since', onEntry = () => {} }) {
    Object.assign(this, { server, topics, cursor, carrier, onEntry });
    this.stretches = [];
    this.position = null; // the id to come back with; null where nothing named one yet
    this.isOpen = false;
    this.closed = new Promise((resolve) => { this.resolveClosed = resolve; });
  }

  begin(cursor) {
    this.stretch = { cursor, from: performance.now(), to: Infinity, entries: [] };
    this.stretches.push(this.stretch);
  }

  began() {
    this.stretch.to = performance.now();
  }

  take(entry) {
    this.stretch.entries.push(entry);
    this.position = entry.type === 'gap' ? entry.resumed_at : entry.id;
    this.onEntry(entry, this);
  }

  target(scheme, cursor, query) {
    const carried = carriers[this.carrier](cursor);
    const url = new URL(`${this.server[scheme]}${encodeURI(this.topics[0])}`);
    for (const topic of this.topics.slice(1)) url.searchParams.append('topic', topic);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    if (carried.query) url.searchParams.set(...carried.query);
    return [url.href, carried.headers ?? {}];
  }

  ended() {
    this.isOpen = false;
    this.resolveClosed();
  }
}

class WebSocketSubscription extends Subscription {
  constructor(server, options, protocols, query) {
    super(server, options);
    Object.assign(this, { protocols, query });
  }

  open() {
    const [url, headers] = this.target('ws', this.cursor, this.query);
    this.begin(this.cursor);
    return new Promise((resolve, reject) => {
      this.socket = new WebSocket(url, this.protocols, { headers, perMessageDeflate: false });
      this.socket.on('open', () => {
        this.began();
        this.isOpen = true;
        resolve();
      });
      this.socket.on('message', (data) => this.read(JSON.parse(data)));
      this.socket.on('error', reject);
      this.socket.on('close', () => {
        this.ended();
        reject(new Error('closed before it was open'));
      });
    });
  }

  read(frame) {
    if (frame.type === 'message' || frame.type === 'gap') this.take(frame);
    else if (frame.type === 'ack' && frame.cursor) this.take({ type: 'reached', id: frame.cursor });
    else if (frame.type !== 'ack') throw new Error(`unexpected frame ${JSON.stringify(frame)}`);
  }

  /** Stops and goes on reading: then what the server sends piles up. */
  pause() {
    this.socket.pause();
  }

  resume() {
    this.socket.resume();
  }

  /** Asks where the subscription stands; only pushdeck.v1 has an answer. */
  ask() {
    if (this.protocols.length && this.isOpen) this.socket.send('{"type":"ping","ref":0}');
  }

  leave(abruptly) {
    if (abruptly) this.socket.terminate();
    else this.socket.close();
    return this.closed;
  }
}

class StreamSubscription extends Subscription {
  constructor(server, options, format) {
    super(server, options);
    this.format = format;
    this.parser = new EventParser();
    this.taken = 0; // of the parser's events
  }

  open() {
    const [url, headers] = this.target('http', this.cursor, this.format === 'json' ? { format: 'json' } : {});
    this.begin(this.cursor);
    return new Promise((resolve, reject) => {
      this.sent = http.get(url, { agent: false, headers: { Accept: 'text/event-stream', ...headers } });
      this.sent.on('response', (response) => {
        if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`));
        this.began();
        this.isOpen = true;
        this.response = response;
        response.setEncoding('utf8').on('data', (text) => this.feed(text)).on('error', () => {});
        response.on('close', () => this.ended());
        return resolve();
      });
      this.sent.on('error', (error) => {
        this.ended();
        reject(error);
      });
    });
  }

  feed(text) {
    const { parser } = this;
    parser.feed(text);
    for (; this.taken < parser.events.length; ++this.taken) {
      const { id, event, data } = parser.events[this.taken];
      if (event === 'gap') this.take(JSON.parse(data));
      else if (this.format === 'json') this.take(this.checked(id, JSON.parse(data)));
      else this.take({ type: 'message', id, data, event: event === 'message' ? null : event });
    }
    // The id a stream begins with has no data, and so is no event; an event's own may be half read.
    const { id } = parser.fields;
    if (!this.position && id && text.endsWith('\n\n')) this.take({ type: 'reached', id });
    // A long run must not keep every event twice.
    if (this.taken > 1000) {
      parser.events.splice(0, this.taken);
      this.taken = 0;
    }
  }

  pause() {
    this.response.pause();
  }

  resume() {
    this.response.resume();
  }

  checked(id, message) {
    if (id !== message.id) throw new Error(`the event ${id} has the message ${message.id}`);
    return message;
  }

  leave(abruptly) {
    if (abruptly && this.sent.socket) this.sent.socket.resetAndDestroy();
    this.sent.destroy();
    return this.isOpen ? this.closed : Promise.resolve();
  }
}

/** Polls until it leaves; each poll is a stretch of its own. */
class PollSubscription extends Subscription {
  constructor(server, options, format) {
    super(server, options);
    this.format = format;
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    this.firstTimeout = options.firstTimeout ?? 0;
  }

  /** Open once a poll was answered, or held for good where the first one waits. */
  open() {
    this.isOpen = true;
    const first = this.poll(this.firstTimeout);
    this.loop = (async () => {
      await first;
      while (this.isOpen) await this.poll(60);
    })().catch((error) => { this.failure ??= error; }).finally(() => this.ended());
    return this.firstTimeout === 0 ? first : Promise.resolve();
  }

  /** A poll that was given up is repeated with the same cursor. */
  async poll(timeout) {
    const cursor = this.position ?? this.cursor;
    const [url, headers] = this.target('http', cursor,
      { timeout, ...(this.format === 'json' ? { format: 'json' } : {}) });
    this.begin(cursor);
    const answer = await this.exchange(url, headers);
    if (!answer) {
      this.stretches.pop(); // nobody saw what it may have brought
      return;
    }
    this.began();
    const id = /^"(.+)"$/.exec(answer.headers.etag ?? '')?.[1];
    const isTimeout = answer.status === 204 || answer.status === 304;
    if (answer.status === 200 && this.format === 'json') {
      const { messages, cursor: reached } = JSON.parse(answer.text);
      for (const entry of messages) this.take(entry);
      this.take({ type: 'reached', id: reached });
    } else if (answer.status === 200 || isTimeout) {
      if (answer.headers['x-gap']) this.take(JSON.parse(answer.headers['x-gap']));
      const event = answer.headers['x-eventsource-event'] ?? null;
      this.take(isTimeout ? { type: 'reached', id }
        : { type: 'message', id, data: answer.text, event });
    } else if (answer.status === 503) {
      this.stretches.pop();
      this.isOpen = false; // the server is stopping
    } else {
      throw new Error(`status ${answer.status}: ${answer.text}`);
    }
  }

  /** Null where the exchange did not come to its end. */
  exchange(url, headers) {
    return new Promise((resolve) => {
      let isOver = false;
      const end = (answer, error) => {
        if (isOver) return;
        isOver = true;
        if (!answer && !this.givenUp && error?.code) this.isOpen = false; // the server is gone
        this.givenUp = false;
        resolve(answer);
      };
      this.sent = http.get(url, { agent: this.agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part) => { text += part; });
        response.on('error', (error) => end(null, error));
        response.on('end', () => end({ status: response.statusCode, headers: response.headers, text }));
      });
      this.sent.on('error', (error) => end(null, error)).on('close', () => end(null));
    });
  }

  /** Gives the poll that is held up, as an impatient client does, and sends the next. */
  abandon() {
    this.givenUp = true;
    this.sent.destroy();
  }

  async leave() {
    this.isOpen = false;
    this.givenUp = true;
    this.sent.destroy();
    await this.loop;
    this.agent.destroy();
  }
}

const makers = {
  'ws-v1': (server, options) => new WebSocketSubscription(server, options, ['pushdeck.v1'], {}),
  'ws-json': (server, options) => new WebSocketSubscription(server, options, [], { format: 'json' }),
  sse: (server, options) => new StreamSubscription(server, options, 'raw'),
  'sse-json': (server, options) => new StreamSubscription(server, options, 'json'),
  'poll-json': (server, options) => new PollSubscription(server, options, 'json'),
  poll: (server, options) => new PollSubscription(server, options, 'raw'),
};
export const transportNames = Object.keys(makers);

/** A subscription that is not open yet. */
export const makeSubscription = (server, transport, options) =>
  Object.assign(makers[transport](server, options), { transport });
