// The published `nchan` client library, on each of its three transports. It is written for browsers:
// what it expects of one is lent to it here.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';
import { publish, startServer, until } from './lib.mjs';

/** As much of XMLHttpRequest as the library uses. */
class Request {
  readyState = 0;
  status = 0;
  responseText = '';
  #abort = new AbortController();

  open(method, url) {
    Object.assign(this, { method, url, requestHeaders: {} });
  }

  setRequestHeader(name, value) {
    this.requestHeaders[name] = value;
  }

  getResponseHeader(name) {
    return this.headers?.get(name) ?? null;
  }

  async send() {
    try {
      const response = await fetch(this.url,
        { method: this.method, headers: this.requestHeaders, signal: this.#abort.signal });
      this.headers = response.headers;
      this.responseText = await response.text();
      this.status = response.status;
      this.readyState = 4;
      this.onload?.();
    } catch {
      this.readyState = 4;
      if (this.#abort.signal.aborted) this.onabort?.();
      else this.onerror?.();
    }
  }

  abort() {
    this.#abort.abort();
  }
}

let server;
let NchanSubscriber;
before(async () => {
  server = await startServer();
  Object.assign(globalThis, {
    window: globalThis, WebSocket, EventSource, XMLHttpRequest: Request,
    location: new URL(server.http), addEventListener() {}, removeEventListener() {},
  });
  NchanSubscriber = (await import('nchan')).default;
});
after(() => server.stop());

for (const transport of ['websocket', 'eventsource', 'longpoll']) {
  test(`the nchan client over ${transport}`, async () => {
    const topic = `/nchan/${transport}`;
    const start = await publish(server, topic, 'before');
    const subscriber = new NchanSubscriber(`${server.http}${topic}?since=${start.id}`,
      { subscriber: transport });
    const got = [];
    subscriber.on('message', (data, meta) => got.push({ data, ...meta }));
    let connected = false;
    subscriber.on('connect', () => { connected = true; });
    subscriber.start();
    await until(() => connected, 'the connection');

    const ids = [];
    for (const data of ['one', 'two\nlines', '{"n":3}']) {
      ids.push((await publish(server, topic, data, { type: 'text/x-test' })).id);
    }
    await until(() => got.length >= 3, () => `three messages; have ${JSON.stringify(got)}`);
    subscriber.stop();

    assert.deepEqual(got.map(({ data }) => data), ['one', 'two\nlines', '{"n":3}']);
    if (transport === 'longpoll') {
      assert.ok(got.every(({ id }, i) => id.includes(ids[i])), 'the id is in the ETag');
    } else {
      assert.deepEqual(got.map(({ id }) => id), ids);
    }
    if (transport === 'websocket') assert.equal(got[0]['content-type'], 'text/x-test');
  });
}
