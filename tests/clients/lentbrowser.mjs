// What the published `nchan` client library expects of a browser, lent to it.
// SPDX-License-Identifier: GPL-3.0-or-later

import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';

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

/** The library's class; addresses without a host are `server`'s. */
export async function importNchan(server) {
  Object.assign(globalThis, {
    window: globalThis, WebSocket, EventSource, XMLHttpRequest: Request,
    location: new URL(server.http), addEventListener() {}, removeEventListener() {},
  });
  return (await import('nchan')).default;
}
