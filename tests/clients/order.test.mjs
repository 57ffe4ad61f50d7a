// One message, one order: whatever the transport, every subscriber gets the same sequence, once.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventSource } from 'eventsource';
import { openSocket, openStream, publish, request, startServer, until } from './lib.mjs';

const total = 200;

/** However the server waits and sends. */
const ways = [[], ['--no-io-uring'], ['--event-loop', 'qt'], ['--event-loop', 'qt', '--no-io-uring']];

for (const way of ways) {
  const how = way.length ? ` with ${way.join(' ')}` : '';
  test(`${total} messages by POST and by frames reach every transport in one order${how}`, async () => {
    const server = await startServer(...way);
    try {
      await allInOneOrder(server);
    } finally {
      await server.stop();
    }
  });
}

async function allInOneOrder(server) {
  const topic = '/order';
  const first = (await publish(server, topic, 'start')).id;
  const url = `${server.http}${topic}`;

  const raw = await openSocket(`${server.ws}${topic}`);
  const json = await openSocket(`${server.ws}${topic}`, ['pushdeck.v1']);
  const nchan = await openSocket(`${server.ws}${topic}`, ['ws+meta.nchan']);
  const stream = await openStream(url);
  const jsonStream = await openStream(`${url}?format=json`);
  const sourceData = [];
  const source = new EventSource(url);
  source.onmessage = ({ data }) => sourceData.push(data);
  await until(() => source.readyState === EventSource.OPEN, 'the event source to open');

  const rawPolls = [];
  const rawPolling = (async () => {
    for (let tag = first; rawPolls.length < total;) {
      const answer = await request(url, { headers: { 'If-None-Match': tag } });
      assert.equal(answer.status, 200);
      rawPolls.push(answer.text);
      tag = answer.headers.etag;
    }
  })();
  const jsonPolls = [];
  const jsonPolling = (async () => {
    for (let since = first; jsonPolls.length < total;) {
      const { messages, cursor } = (await request(`${url}?format=json&since=${since}`)).json;
      jsonPolls.push(...messages.map(({ data }) => data));
      since = cursor;
    }
  })();

  // Several publishers at once: two of frames, three of requests.
  const sender = await openSocket(`${server.ws}${topic}`);
  const publishers = [0, 1, 2, 3, 4].map(async (who) => {
    for (let n = 0; n < total / 5; ++n) {
      const data = `${who}:${n}`;
      if (who === 0) sender.send(data);
      else if (who === 1) json.sendJson({ type: 'publish', ref: n, data });
      else await publish(server, topic, data);
    }
  });
  await Promise.all(publishers);

  const messages = () => json.frames.map((text) => JSON.parse(text)).filter((f) => f.type === 'message');
  const nchanData = () => nchan.frames.map((text) => text.slice(text.indexOf('\n\n') + 2));
  await Promise.all([rawPolling, jsonPolling]);
  await until(() => [raw.frames, messages(), nchan.frames, stream.events, jsonStream.events, sourceData,
    sender.frames].every((list) => list.length >= total), 'every client to have every message');

  const order = messages().map(({ data }) => data);
  assert.equal(new Set(order).size, total, 'each message once');
  for (const who of [0, 1, 2, 3, 4]) {
    assert.deepEqual(order.filter((data) => data.startsWith(`${who}:`)),
      Array.from({ length: total / 5 }, (_, n) => `${who}:${n}`), 'in the order of its publisher');
  }
  const ids = messages().map(({ id }) => Number(id.slice(id.lastIndexOf('-') + 1)));
  assert.ok(ids.every((id, i) => i === 0 || id > ids[i - 1]), 'ids rise');
  for (const [who, got] of Object.entries({
    raw: raw.frames, sender: sender.frames, nchan: nchanData(), rawPolls, jsonPolls, sourceData,
    stream: stream.events.map(({ data }) => data),
    jsonStream: jsonStream.events.map(({ data }) => JSON.parse(data).data),
  })) {
    assert.deepEqual(got, order, who);
  }

  source.close();
  stream.close();
  jsonStream.close();
  await Promise.all([raw, json, nchan, sender].map((client) => client.close()));
}
