// Real clients, each with a name, an agent and an address of its own.
// SPDX-License-Identifier: GPL-3.0-or-later

import http from 'node:http';
import { WebSocket } from 'ws';
import { sleep } from '../lib.mjs';
import { afternoon } from './script.mjs';

const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
  chrome: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0',
  safari: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
  curl: 'curl/7.88.1',
  till: 'till/2.3 (python-requests/2.31.0)',
};
const pollAgainAfter = 40; // ms
const stepMs = 110; // between two things that happen

/** Ends quietly: the server may be stopped under its clients at any time. */
const gone = () => {};

/** Clients of `server` ("http://HOST:PORT") that come from `addressOf(0)`, `addressOf(1)`… */
export function makeCast(server, addressOf) {
  let addresses = 0;
  let playing = true;
  const sockets = new Map(); // by name
  const urlOf = (path, query = {}) => {
    const url = new URL(path, server);
    for (const [key, value] of Object.entries(query)) if (value) url.searchParams.set(key, value);
    return url;
  };
  const headers = (agent) => ({ 'User-Agent': agents[agent] });

  function webSocket(path, agent, name, protocols = []) {
    const url = urlOf(path, { client_id: name });
    url.protocol = 'ws:';
    const socket = new WebSocket(url, protocols,
      { localAddress: addressOf(addresses++), perMessageDeflate: false, headers: headers(agent) });
    socket.on('error', gone);
    sockets.set(name, socket);
    return new Promise((resolve) => socket.on('open', () => resolve(socket)));
  }

  function stream(path, agent, name) {
    return new Promise((resolve) => {
      const asked = http.get(urlOf(path, { client_id: name }), {
        agent: false, localAddress: addressOf(addresses++),
        headers: { Accept: 'text/event-stream', ...headers(agent) },
      }, (response) => {
        response.resume();
        response.on('error', gone);
        resolve({
          leave: () => asked.destroy(),
          /** Reads no more, as a page whose computer went to sleep. */
          stall: () => response.pause(),
        });
      });
      asked.on('error', gone);
    });
  }

  function poll(path, agent, name) {
    const localAddress = addressOf(addresses++);
    const keepAlive = new http.Agent({ keepAlive: true });
    return new Promise((resolve) => {
      const again = (since) => {
        if (!playing) return;
        http.get(urlOf(path, { client_id: name, format: 'json', since }), {
          agent: keepAlive, localAddress, headers: headers(agent),
        }, (response) => {
          response.resume();
          response.on('end', () => setTimeout(again, pollAgainAfter, response.headers.etag));
        }).on('error', gone).on('finish', resolve);
      };
      again('latest');
    });
  }

  const publisherAddress = addressOf(addresses++);
  function post(path, body, { event, type = 'application/json' } = {}) {
    return new Promise((resolve, reject) => {
      http.request(urlOf(path, { event }), {
        method: 'POST', localAddress: publisherAddress,
        headers: { 'Content-Type': type, 'User-Agent': 'shop-backend/4.1' },
      }, (response) => response.resume().on('end', resolve)).on('error', reject).end(body);
    });
  }

  return {
    webSocket, stream, poll, post,

    /** The shop's people and machines, one after the other: their numbers are always the same. */
    async gather({ topics, people, names }) {
      for (const [name, agent] of people) await webSocket(topics.chat, agent, name);
      await webSocket(topics.camera, 'curl', names.camera);
      await webSocket(topics.orders, 'edge', names.office, ['pushdeck.v1']);
      await webSocket('/**', 'chrome', names.recorder, ['pushdeck.v1']);
      await stream(topics.orders, 'safari', names.kitchen);
      await stream(topics.orders, 'chrome');
      await stream(topics.prices, 'firefox', names.walls[0]);
      await stream(topics.prices, 'firefox', names.walls[1]);
      await stream(topics.prices, 'curl');
      await stream(topics.camera, 'safari', names.reception);
      for (const name of names.tills) await poll(topics.orders, 'till', name);
      await poll(topics.prices, 'android');
    },

    /** Gives a function that lets the next `n` things happen. */
    rehearse(script) {
      const steps = afternoon(script);
      return async (n) => {
        for (let i = 0; i < n && playing; ++i) {
          const { by, data, to, json, event } = steps.next().value;
          if (by) sockets.get(by).send(data);
          else await post(to, JSON.stringify(json), { event });
          await sleep(stepMs);
        }
      };
    },

    /** Everyone goes, and nobody comes back. */
    dismiss() {
      playing = false;
      sockets.forEach((socket) => socket.terminate());
    },
  };
}
