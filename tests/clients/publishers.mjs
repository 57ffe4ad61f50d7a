// The ways to publish: POST, a raw WebSocket frame, pushdeck.v1, the operator's API. Each tells the
// id its message was given.
// SPDX-License-Identifier: GPL-3.0-or-later

import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { openSocket, until } from './lib.mjs';

/** Publishers of topics below `prefix`; `published` is called with each message that has its id. */
export async function openPublishers(server, prefix, published) {
  const agent = new http.Agent({ keepAlive: true });
  const rawSockets = new Map();
  const pending = new Map(); // data of raw frames and of envelopes: resolves with the id
  let refs = 0;
  let isBroken = false; // the witness hears nothing more

  const broken = () => new Error('the connection broke');
  const waitFor = (key) => new Promise((resolve, reject) => {
    if (isBroken) reject(broken());
    else pending.set(key, { resolve, reject });
  });
  const settle = (key, id) => {
    pending.get(key)?.resolve(id);
    pending.delete(key);
  };
  // A raw frame has no answer; the witness hears every message with its id.
  const witness = await openSocket(`${server.ws}${prefix}/**`, ['pushdeck.v1']);
  witness.socket.on('message', (text) => {
    const frame = JSON.parse(text);
    if (frame.type === 'message') settle(frame.data, frame.id);
    else if (frame.type === 'ack') settle(frame.ref, frame.id);
    else pending.get(frame.ref)?.reject(new Error(frame.message));
  });
  witness.closed.then(() => {
    isBroken = true;
    for (const { reject } of pending.values()) reject(broken());
  });

  const post = (path, headers, body) => new Promise((resolve, reject) => {
    const sent = http.request(`${server.http}${path}`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => { text += part; }).on('error', reject);
      response.on('end', () => {
        if (response.statusCode > 202) reject(new Error(`POST ${path}: ${response.statusCode} ${text}`));
        else resolve(JSON.parse(text).id);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });

  const ways = {
    post: ({ topic, data, event }) =>
      post(`${topic}${event ? `?event=${event}` : ''}`, { 'Content-Type': 'text/plain' }, data),
    api: ({ topic, data, event, toAll }) => post('/_/api/publish', { 'Content-Type': 'application/json' },
      JSON.stringify({ ...(toAll ? { to: 'all' } : { topic }), data, event: event ?? undefined })),
    v1({ topic, data, event }) {
      const ref = ++refs;
      const answer = waitFor(ref);
      witness.sendJson({ type: 'publish', ref, topic, data, event: event ?? undefined });
      return answer;
    },
    async frame({ topic, data }) {
      if (!rawSockets.has(topic)) rawSockets.set(topic, openSocket(`${server.ws}${topic}`));
      const socket = await rawSockets.get(topic);
      const answer = waitFor(data);
      socket.send(data);
      return answer;
    },
  };

  return {
    /** `message`: topic, data, event or null, toAll. Rejects where nobody knows whether it arrived. */
    async publish(way, message) {
      const began = performance.now();
      const id = await ways[way](message);
      published({ ...message, id, began, ended: performance.now() });
      return id;
    },
    /** Quietly: the server may be gone. */
    async close() {
      const sockets = await Promise.allSettled([witness, ...rawSockets.values()]);
      for (const { value } of sockets) value?.socket.terminate();
      agent.destroy();
    },
    settled: () => until(() => pending.size === 0, 'the ids of all messages'),
  };
}
export const waysToPublish = ['post', 'api', 'v1', 'frame'];
