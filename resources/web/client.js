// The client library: one subscription that gets through. It tries WebSocket, falls back to
// Server-Sent Events and then to long-polling, comes back by itself, and goes on where it was: every
// message once, in order, or a gap that says how many are missing.
//
//   import { connect } from '/_/client.js';
//   const live = connect('http://localhost:8080/orders', { topics: ['/news'] });
//   live.on('message', (message) => console.log(message.topic, message.data));
//   live.on('gap', (gap) => console.log('missed', gap.lost ?? 'some'));
//   await live.publish('hello');
//
// As a plain script, /_/client.global.js, it is `pushdeck.connect`. Types: /_/client.d.ts. Runs in
// browsers and in Node 18 or later (there pass `WebSocket` from the package ws, or go without).
// SPDX-License-Identifier: GPL-3.0-or-later

const protocol = 'pushdeck.v1';
const order = ['ws', 'sse', 'poll'];

const defaults = {
  topics: [],
  transport: 'auto',
  since: 'latest',
  token: '',
  clientId: '',
  connectMs: 8000, // for a transport to get through
  stableMs: 5000, // a connection that lives shorter did not really get through
  shortLives: 3, // as many short lives in a row, and the next transport is tried
  silenceMs: 40000, // without a sign of life the connection counts as dead
  retryMs: 500, // before the first retry; doubles from there, with jitter
  longestRetryMs: 15000,
  pollSeconds: 25,
};

// Close codes that say "come back" (RFC 6455, 7.4.1): a broken connection, a server that goes away, is
// overloaded or restarts. Any other was meant: by the operator, or because of what we sent.
const passingCodes = [1001, 1005, 1006, 1011, 1012, 1013, 1014, 1015];
const brokenCode = 1006;

/** Why the server will not have it: retrying the same would fail the same way. */
export class Refused extends Error {
  constructor(message, status, code) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.code = code;
  }
}

class Lost extends Error {
  constructor(message, retryAfterMs = 0) {
    super(message);
    this.retryAfterMs = retryAfterMs;
  }
}

const isFinal = (status) => status >= 400 && status < 500 && status !== 408 && status !== 429;

const unreachable = 'the server cannot be reached';
const broken = 'the connection was lost';
const silent = 'nothing came through';

/** What the server says in its own words; what a proxy says in a page of its own is left out. */
async function wordsOf(response) {
  const isText = /^text\/plain\b/.test(response.headers.get('Content-Type') ?? '');
  const words = isText ? (await response.text()).trim() : '';
  return words && words.length < 500 ? words : `${response.status} ${response.statusText}`.trim();
}

async function judge(response) {
  const words = await wordsOf(response);
  if (isFinal(response.status)) throw new Refused(words, response.status);
  throw new Lost(words, 1000 * (Number(response.headers.get('Retry-After')) || 0));
}

/** For a person: what fetch throws says no more than that it failed. */
function reasonOf(error, wasOpen) {
  if (error?.name === 'TimeoutError') return silent;
  if (!(error instanceof TypeError)) return error?.message ?? String(error);
  const code = error.cause?.code;
  return (wasOpen ? broken : unreachable) + (code ? ` (${code})` : '');
}

/** Aborts with `signal`, and after `ms` where the platform can. */
const limited = (signal, ms) =>
  (AbortSignal.any ? AbortSignal.any([signal, AbortSignal.timeout(ms)]) : signal);

/** Resolves when `ms` have passed; at once, with an error, when the signal says so. */
function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Calls `expired` when nobody has called `alive()` for so long. */
class Watch {
  constructor(ms, expired) {
    this.ms = ms;
    this.expired = expired;
    this.alive();
  }

  alive(ms = this.ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.expired, ms);
  }

  stop() {
    clearTimeout(this.timer);
  }
}

// --- the three transports -------------------------------------------------------------------------
// Each is a function of (live, signal) that runs until the connection ends: it throws Refused, Lost,
// or whatever the platform throws. It calls live.opened() once it got through, live.took(entry) for
// each message and gap, and live.reached(id) when it learns a position without a message.

function overWebSocket(live, signal) {
  const { options } = live;
  return new Promise((resolve, reject) => {
    const socket = new options.WebSocket(live.url('ws'), protocol);
    const answers = new Map();
    let refs = 0;
    let open = false;
    const watch = new Watch(options.connectMs, () => finish(new Lost(silent)));
    const heartbeat = setInterval(() => open && ask({ type: 'ping' }).catch(() => {}), options.silenceMs / 2);

    const finish = (error) => {
      watch.stop();
      clearInterval(heartbeat);
      signal.removeEventListener('abort', aborted);
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.onerror = () => {};
      if (live.ask === ask) live.ask = null;
      for (const answer of answers.values()) answer.reject(new Error('the connection was lost before the server answered'));
      socket.close();
      reject(error);
    };
    const aborted = () => finish(signal.reason);
    const ask = (frame) =>
      new Promise((answered, failed) => {
        const ref = ++refs;
        answers.set(ref, { resolve: answered, reject: failed });
        socket.send(JSON.stringify({ ...frame, ref }));
      });

    signal.addEventListener('abort', aborted, { once: true });
    socket.onerror = () => {};
    socket.onopen = () => {
      open = true;
      watch.alive(options.silenceMs);
      live.ask = ask;
      live.opened();
      // Where the subscription stands before its first message: what comes after is not lost when
      // the connection dies before then.
      ask({ type: 'ping' }).catch(() => {});
    };
    socket.onclose = ({ code, reason }) => {
      if (code === brokenCode) return finish(new Lost(open ? broken : 'no WebSocket gets through'));
      const words = reason || `closed with code ${code}`;
      return finish(passingCodes.includes(code) ? new Lost(words) : new Refused(words, undefined, code));
    };
    socket.onmessage = ({ data }) => {
      watch.alive(options.silenceMs);
      const frame = JSON.parse(data);
      if (frame.type === 'message' || frame.type === 'gap') return live.took(frame);
      const answer = answers.get(frame.ref);
      answers.delete(frame.ref);
      // Here and not where the answer is awaited: by then a later message may have been taken.
      if (frame.type === 'ack') live.reached(frame.cursor);
      if (frame.type === 'ack') answer?.resolve(frame);
      else answer?.reject(new Refused(frame.message, frame.status));
    };
  });
}

/**
 * A browser does not tell why it got no WebSocket; the same question over HTTP does. Gives what the
 * server answers to it, null where it has nothing against it.
 */
async function whyNoWebSocket(live, signal) {
  try {
    const response = await live.options.fetch(live.url('http', { format: 'json', timeout: '0' }), {
      headers: live.authorization(),
      cache: 'no-store',
      signal: limited(signal, live.options.connectMs),
    });
    return response.status < 400 ? null : await judge(response);
  } catch (error) {
    return error;
  }
}

/** The events of a stream as {id, event, data} (HTML, 9.2.6). */
class EventParser {
  constructor() {
    this.buffer = '';
    this.farewell = null;
    this.reset();
  }

  reset() {
    this.event = '';
    this.data = [];
  }

  *feed(text) {
    this.buffer += text;
    // A CR at the end may be half of a CRLF: it waits for what follows.
    for (let match; (match = /\r\n|\n|\r(?!$)/.exec(this.buffer)); ) {
      const line = this.buffer.slice(0, match.index);
      this.buffer = this.buffer.slice(match.index + match[0].length);
      if (line === '') {
        yield { id: this.id, event: this.event, data: this.data.length ? this.data.join('\n') : null };
        this.reset();
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      // A stream has no close frame: the server says why it ends in its last comment.
      if (colon === 0) this.farewell = /^closing (\d+): (.*)/.exec(value);
      else if (field === 'data') this.data.push(value);
      else if (field === 'event') this.event = value;
      else if (field === 'id' && !value.includes('\0')) this.id = value;
    }
  }
}

/** What the end of a stream means, from its last comment. */
function endOf(farewell) {
  if (!farewell) return new Lost('the server ended the stream');
  const [, code, words] = farewell;
  return passingCodes.includes(Number(code)) ? new Lost(words) : new Refused(words, undefined, Number(code));
}

async function overEventStream(live, signal) {
  const { options } = live;
  const stopper = new AbortController();
  const stop = () => stopper.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  const watch = new Watch(options.connectMs, () => stopper.abort(new Lost(silent)));
  try {
    const response = await options.fetch(live.url('http', { format: 'json' }), {
      headers: { Accept: 'text/event-stream', ...live.authorization() },
      cache: 'no-store',
      signal: stopper.signal,
    });
    if (response.status !== 200) await judge(response);
    const parser = new EventParser();
    const decoder = new TextDecoder();
    const reader = response.body.getReader();
    // Aborting the fetch ends a read that waits, but in Node 18 not one that comes after.
    stopper.signal.addEventListener('abort', () => reader.cancel().catch(() => {}));
    for (let first = true; ; first = false) {
      const { done, value } = await reader.read();
      if (done) throw stopper.signal.aborted ? stopper.signal.reason : endOf(parser.farewell);
      watch.alive(options.silenceMs);
      // A proxy may hold a stream back until it ends: only what arrives shows that it gets through.
      if (first) live.opened();
      for (const { id, data } of parser.feed(decoder.decode(value, { stream: true }))) {
        if (data !== null) live.took(JSON.parse(data));
        else if (id) live.reached(id);
      }
    }
  } finally {
    watch.stop();
    signal.removeEventListener('abort', stop);
    stopper.abort();
  }
}

async function overLongPoll(live, signal) {
  const { options } = live;
  // The first answer comes at once, so that "open" is known and not hoped for.
  for (let timeout = 0; ; timeout = options.pollSeconds) {
    const response = await options.fetch(live.url('http', { format: 'json', timeout: String(timeout) }), {
      headers: live.authorization(),
      cache: 'no-store',
      signal: limited(signal, 1000 * timeout + options.connectMs),
    });
    if (response.status === 200) {
      const { messages, cursor } = await response.json();
      live.opened();
      for (const entry of messages) live.took(entry);
      live.reached(cursor);
    } else if (response.status === 204 || response.status === 304) {
      live.opened();
      live.reached(response.headers.get('ETag')?.replace(/^(W\/)?"|"$/g, ''));
    } else {
      await judge(response);
    }
  }
}

const transports = { ws: overWebSocket, sse: overEventStream, poll: overLongPoll };

// --- the subscription -----------------------------------------------------------------------------

class Live {
  constructor(address, options) {
    const base = globalThis.location?.href;
    this.address = new URL(address, base);
    this.address.protocol = this.address.protocol.replace(/^ws/, 'http');
    this.options = {
      ...defaults,
      WebSocket: globalThis.WebSocket,
      fetch: globalThis.fetch?.bind(globalThis),
      random: Math.random,
      ...options,
    };
    const { transport } = this.options;
    if (transport !== 'auto' && !order.includes(transport)) {
      throw new TypeError(`transport is 'auto', 'ws', 'sse' or 'poll', not ${JSON.stringify(transport)}`);
    }
    this.candidates = (transport === 'auto' ? order : [transport]).filter(
      (name) => name !== 'ws' || this.options.WebSocket,
    );
    if (!this.candidates.length) throw new TypeError("no WebSocket here: pass one as the option 'WebSocket'");
    this.handlers = { message: [], gap: [], state: [], error: [] };
    this.cursor = this.options.since;
    this.state = 'connecting';
    this.transport = null;
    this.reconnects = 0;
    this.lastSeen = '';
    this.ask = null;
    this.stopper = new AbortController();
    // Not at once: who listens from the next line on hears all of it.
    this.ended = Promise.resolve().then(() => this.run());
  }

  on(type, handler) {
    if (!this.handlers[type]) throw new TypeError(`there is no event ${JSON.stringify(type)}`);
    this.handlers[type].push(handler);
    return this;
  }

  off(type, handler) {
    this.handlers[type] = this.handlers[type].filter((one) => one !== handler);
    return this;
  }

  emit(type, value) {
    for (const handler of [...this.handlers[type]]) {
      try {
        handler(value);
      } catch (error) {
        // A handler's mistake must not lose the messages after it.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  url(scheme, more = {}) {
    const url = new URL(this.address);
    if (scheme === 'ws') url.protocol = url.protocol.replace('http', 'ws');
    for (const topic of this.options.topics) url.searchParams.append('topic', topic);
    url.searchParams.set('since', this.cursor);
    if (this.options.clientId) url.searchParams.set('client_id', this.options.clientId);
    if (scheme === 'ws' && this.options.token) url.searchParams.set('token', this.options.token);
    for (const [name, value] of Object.entries(more)) url.searchParams.set(name, value);
    return url.href;
  }

  authorization() {
    return this.options.token ? { Authorization: `Bearer ${this.options.token}` } : {};
  }

  // --- what transports report

  opened() {
    if (this.state === 'open') return;
    this.openedAt = Date.now();
    if (this.wasOpen) this.reconnects += 1;
    this.wasOpen = true;
    this.show('open');
  }

  took(entry) {
    if (entry.type === 'gap') {
      this.cursor = entry.resumed_at;
      this.emit('gap', entry);
      return;
    }
    this.cursor = entry.id;
    this.emit('message', entry);
  }

  reached(id) {
    if (id) this.cursor = id;
  }

  show(state, detail = {}) {
    this.state = state;
    this.emit('state', { state, transport: this.transport, reconnects: this.reconnects, ...detail });
  }

  // --- the life of it

  async run() {
    let next = 0; // index of the candidate to try
    let failures = 0; // in a row, of all the transports there are
    let shortLives = 0; // of the present candidate, in a row
    while (!this.stopper.signal.aborted) {
      this.transport = this.candidates[next];
      this.openedAt = 0;
      this.show('connecting');
      let error;
      try {
        await transports[this.transport](this, this.stopper.signal);
      } catch (thrown) {
        error = thrown;
      }
      if (this.candidates[0] === 'ws' && this.candidates.length === 1 && !this.openedAt) {
        error = (await whyNoWebSocket(this, this.stopper.signal)) ?? error;
      }
      if (this.stopper.signal.aborted) break;
      if (error instanceof Refused) return this.finish(error);

      const lived = this.openedAt ? Date.now() - this.openedAt : -1;
      if (lived >= this.options.stableMs) {
        failures = 0;
        shortLives = 0;
      } else {
        shortLives += lived >= 0 ? 1 : 0;
        if (error?.retryAfterMs) {
          // It got through, to a server that is busy.
          next = 0;
        } else if (lived < 0 || shortLives >= this.options.shortLives) {
          // It does not get through: the next one may. After the last, from the first again.
          next = (next + 1) % this.candidates.length;
          shortLives = 0;
        }
      }
      // A round of all transports goes without a pause, so that each round begins with the best: a
      // server that comes back is not left on a lesser one.
      const fresh = lived < 0 && next !== 0;
      if (!fresh && lived < this.options.stableMs) failures += 1;
      const { retryMs, longestRetryMs, random } = this.options;
      const ceiling = Math.min(longestRetryMs, retryMs * 2 ** Math.min(failures, 10));
      const wait = fresh ? 0 : Math.max(error?.retryAfterMs ?? 0, ceiling * (0.5 + random() / 2));
      this.show('waiting', {
        retryInMs: Math.round(wait),
        nextTransport: this.candidates[next],
        reason: reasonOf(error, lived >= 0),
      });
      await sleep(wait, this.stopper.signal).catch(() => {});
    }
    return this.finish();
  }

  finish(error) {
    this.stopper.abort();
    this.transport = null;
    this.show('closed', error ? { reason: error.message } : {});
    if (error) this.emit('error', error);
  }

  /** Publishes to the address's own topic, or to `topic`. Resolves with {id, topic, delivered}. */
  async publish(data, { topic, event, contentType } = {}) {
    if (this.ask && !(data instanceof Uint8Array || data instanceof ArrayBuffer)) {
      const answer = await this.ask({
        type: 'publish',
        data,
        ...(topic && { topic }),
        ...(event && { event }),
        ...(contentType && { content_type: contentType }),
      });
      return { id: answer.id, topic: answer.topic, delivered: answer.delivered };
    }
    const url = new URL(this.address);
    if (topic) url.pathname = topic.split('/').map(encodeURIComponent).join('/');
    url.search = event ? `?event=${encodeURIComponent(event)}` : '';
    const isText = typeof data === 'string';
    const isBytes = data instanceof Uint8Array || data instanceof ArrayBuffer;
    const type = contentType ?? (isText ? 'text/plain; charset=utf-8' : isBytes ? 'application/octet-stream' : 'application/json');
    const response = await this.options.fetch(url.href, {
      method: 'POST',
      body: isText || isBytes ? data : JSON.stringify(data),
      headers: { 'Content-Type': type, ...this.authorization() },
    });
    if (!response.ok) await judge(response);
    return response.json();
  }

  /** Ends it for good. Resolves when it has ended. */
  close() {
    this.stopper.abort(new Lost('closed'));
    return this.ended;
  }
}

/** Subscribes; see client.d.ts for the options. Never throws for what a server or a network does. */
export function connect(address, options = {}) {
  return new Live(address, options);
}
