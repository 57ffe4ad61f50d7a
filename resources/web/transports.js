// Three ways to receive. Each is made with the cursor to start from and a listener with opened(),
// message(m), gap(g), retrying(words) and lost(words, refusal); after lost() or close() it says
// nothing more.
// SPDX-License-Identifier: GPL-3.0-or-later

import { access, authorization, clientName, Refused, topicUrl, wordsOf } from './place.js';

const pollSeconds = 25;

// Closes without words from the server, and those that say "come back later" (RFC 6455, 7.4.1); any
// other was meant.
const brokenCode = 1006;
const passingCodes = [1001, 1005, 1011, 1012, 1013];

class WebSocketLink {
  constructor(cursor, listener) {
    this.acks = new Map();
    this.listener = listener;
    const url = topicUrl('ws', { since: cursor, client_id: clientName, token: access.token });
    this.socket = new WebSocket(url, 'pushdeck.v1');
    this.socket.onopen = () => listener.opened();
    this.socket.onmessage = ({ data }) => this.receive(JSON.parse(data));
    this.socket.onclose = ({ code, reason }) => {
      this.settleAll('the connection was lost before the server answered');
      const why = reason ? `“${reason}” (code ${code})` : `code ${code}`;
      if (code === brokenCode) listener.lost('Connection lost');
      else if (passingCodes.includes(code)) listener.lost(`Closed by the server: ${why}`);
      else listener.lost(why, new Refused(why));
    };
  }

  receive(frame) {
    if (frame.type === 'message') this.listener.message(frame);
    else if (frame.type === 'gap') this.listener.gap(frame);
    else if (this.acks.has(frame.ref)) {
      const { resolve, reject } = this.acks.get(frame.ref);
      this.acks.delete(frame.ref);
      if (frame.type === 'ack') resolve(frame);
      else reject(new Error(frame.message ?? 'the server refused it'));
    }
  }

  publish(data, event) {
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) throw new Error('not connected');
      const ref = String((WebSocketLink.refs = (WebSocketLink.refs ?? 0) + 1));
      this.acks.set(ref, { resolve, reject });
      this.socket.send(JSON.stringify({ type: 'publish', ref, data, ...(event && { event }) }));
    });
  }

  settleAll(words) {
    for (const { reject } of this.acks.values()) reject(new Error(words));
    this.acks.clear();
  }

  close() {
    this.settleAll('disconnected before the server answered');
    this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
    this.socket.close();
  }
}

class SseLink {
  constructor(cursor, listener) {
    const url = topicUrl('http', { format: 'json', since: cursor, client_id: clientName, token: access.token });
    this.source = new EventSource(url);
    this.source.onopen = () => listener.opened();
    this.source.onmessage = ({ data }) => listener.message(JSON.parse(data));
    this.source.addEventListener('gap', ({ data }) => listener.gap(JSON.parse(data)));
    this.source.onerror = () => {
      // The browser reconnects by itself, with the Last-Event-ID it has; unless it was refused.
      if (this.source.readyState === EventSource.CONNECTING) {
        listener.retrying('Connection lost. The browser reconnects');
      } else {
        listener.lost('Connection lost');
      }
    };
  }

  close() {
    this.source.close();
  }
}

class LongPollLink {
  constructor(cursor, listener) {
    this.abort = new AbortController();
    this.run(cursor, listener).catch((error) => {
      if (this.abort.signal.aborted) return;
      if (error instanceof Refused) listener.lost(error.message, error);
      else listener.lost('Connection lost');
    });
  }

  async run(cursor, listener) {
    // The first answer comes at once, so that "connected" is known and not hoped for.
    for (let timeout = '0'; ; timeout = String(pollSeconds)) {
      const url = topicUrl('http', {
        format: 'json', since: cursor, timeout, client_id: clientName,
      });
      const response = await fetch(url, {
        headers: authorization(), cache: 'no-store', signal: this.abort.signal,
      });
      if (response.status === 200) {
        listener.opened();
        const batch = await response.json();
        for (const entry of batch.messages) {
          if (entry.type === 'gap') listener.gap(entry);
          else listener.message(entry);
        }
        cursor = batch.cursor;
      } else if (response.status === 204 || response.status === 304) {
        listener.opened();
        cursor = response.headers.get('ETag') ?? cursor;
      } else {
        throw new Refused(await wordsOf(response), response.status);
      }
    }
  }

  close() {
    this.abort.abort();
  }
}

export const transports = {
  websocket: { name: 'WebSocket', Link: WebSocketLink },
  sse: { name: 'SSE', Link: SseLink },
  longpoll: { name: 'long-poll', Link: LongPollLink },
};
