// The published clients across a restart of the server on its port. Without a history file they are
// told of the loss as far as their transport has room for it; with one there is none.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';
import { publish, sleep, until } from './lib.mjs';
import { importNchan } from './lentbrowser.mjs';
import { unlessOption } from './options.mjs';
import { startRestartable, temporaryFolder } from './restarts.mjs';

const topic = '/restart';

/** npm's EventSource, which comes back by itself. Entries: the data, or the gap as an object. */
function followEvents(server, got) {
  const source = new EventSource(`${server.http}${topic}?since=all`);
  source.addEventListener('message', ({ data }) => got.push(data));
  source.addEventListener('gap', ({ data }) => got.push(JSON.parse(data)));
  return () => source.close();
}

/** A program with `ws` as one writes it: it comes back after the last id it has seen. */
function followSocket(server, got, protocols, query) {
  let cursor = 'all';
  let socket;
  let timer;
  const open = () => {
    socket = new WebSocket(`${server.ws}${topic}?since=${encodeURIComponent(cursor)}${query}`, protocols);
    socket.on('message', (text) => {
      const frame = JSON.parse(text);
      cursor = frame.type === 'gap' ? frame.resumed_at : frame.id;
      got.push(frame.type === 'gap' ? frame : frame.data);
    });
    socket.on('error', () => {});
    socket.on('close', () => { timer = setTimeout(open, 50); });
  };
  open();
  return () => {
    socket.removeAllListeners('close').terminate();
    clearTimeout(timer);
  };
}

/** The nchan library, which comes back by itself too. */
async function followNchan(server, got, subscriber) {
  const NchanSubscriber = await importNchan(server);
  const client = new NchanSubscriber(`${server.http}${topic}?since=all`,
    { subscriber, reconnectTimeout: 50 });
  // That an answer without a message is none has a test of its own, below.
  client.on('message', (data) => data !== '' && got.push(data));
  client.start();
  return () => client.stop();
}

const clients = {
  'eventsource': followEvents,
  'ws, pushdeck.v1': (server, got) => followSocket(server, got, ['pushdeck.v1'], ''),
  'ws, format=json': (server, got) => followSocket(server, got, [], '&format=json'),
  'nchan over websocket': (server, got) => followNchan(server, got, 'websocket'),
  'nchan over eventsource': (server, got) => followNchan(server, got, 'eventsource'),
  'nchan over longpoll': (server, got) => followNchan(server, got, 'longpoll'),
};
/** nchan has no notion of a gap: it goes on, and that is all it can. */
const knowsGaps = (name) => !name.startsWith('nchan');

async function followAll(server) {
  const all = {};
  for (const [name, follow] of Object.entries(clients)) {
    all[name] = [];
    server.atEnd(await follow(server, all[name]));
  }
  return {
    all,
    /** Until everyone's last entry is `data`; a client may have up to the library's own 2 s to come back. */
    has: (data) => until(() => Object.values(all).every((got) => got.at(-1) === data),
      () => `${data} at everyone; they have ${JSON.stringify(all)}`, 20_000),
  };
}

const publishAll = async (server, list) => {
  for (const data of list) await publish(server, topic, data);
};

describe('without a history file', () => {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    test(`${signal}: the loss is told, nothing is repeated, and it goes on`, async (t) => {
      const server = await startRestartable(t);
      await publishAll(server, ['1', '2']);
      const { all, has } = await followAll(server);
      await has('2');
      await server.restart(signal);
      await publishAll(server, ['3', '4']);
      await has('4');
      await publish(server, topic, '5');
      await has('5');
      for (const [name, got] of Object.entries(all)) {
        const gaps = got.filter((entry) => entry.type === 'gap');
        assert.deepEqual(got.filter((entry) => entry.type !== 'gap'), ['1', '2', '3', '4', '5'], name);
        if (!knowsGaps(name)) continue;
        assert.deepEqual(gaps.map(({ reason, lost }) => [reason, lost]), [['restarted', null]], name);
        assert.equal(got.indexOf(gaps[0]), 2, `${name}: the gap stands before what follows it`);
      }
    });
  }

  test('a restart without any message after it is told as well', async (t) => {
    const server = await startRestartable(t);
    await publishAll(server, ['1']);
    const { all, has } = await followAll(server);
    await has('1');
    await server.restart('SIGTERM');
    await until(() => Object.entries(all).every(([name, got]) => !knowsGaps(name) || got.length === 2),
      () => `a gap at everyone; they have ${JSON.stringify(all)}`, 20_000);
    await publish(server, topic, '2');
    await has('2');
    for (const [name, got] of Object.entries(all)) {
      assert.deepEqual(got.filter((entry) => entry.type !== 'gap'), ['1', '2'], name);
    }
  });
});

describe('with a history file', { skip: unlessOption('--history-file') }, () => {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    test(`${signal}: nothing is lost and nothing repeated`, async (t) => {
      const server = await startRestartable(t, '--history-file', path.join(temporaryFolder(t), 'history'));
      const data = Array.from({ length: 60 }, (_, n) => String(n));
      await publishAll(server, data.slice(0, 2));
      const { all, has } = await followAll(server);
      await has('1');
      // Whoever has not got the last of these yet gets them from the next run.
      await publishAll(server, data.slice(2, 30));
      await server.restart(signal);
      await publishAll(server, data.slice(30, 40));
      await server.restart(signal);
      await publishAll(server, data.slice(40));
      await has('59');
      for (const [name, got] of Object.entries(all)) assert.deepEqual(got, data, name);
    });
  }
});

// Its first request has no If-None-Match; where that times out it is 204, by contract, which the library
// takes for an empty message, as it does every 200 to 210. Its later polls have the ETag, and get 304.
describe('nchan over longpoll takes an answer without a message for none', () => {
  async function startPolling(t, query) {
    const server = await startRestartable(t);
    await publish(server, topic, 'first');
    const NchanSubscriber = await importNchan(server);
    const client = new NchanSubscriber(`${server.http}${topic}${query}`,
      { subscriber: 'longpoll', reconnectTimeout: 50 });
    const got = [];
    client.on('message', (data) => got.push(data));
    client.start();
    server.atEnd(() => client.stop());
    return { server, got };
  }

  test('where there is nothing but a gap', async (t) => {
    const { server, got } = await startPolling(t, '?since=all');
    await until(() => got.includes('first'), 'the first message');
    await server.restart('SIGTERM');
    await sleep(500); // in which it comes back, and is told
    await publish(server, topic, 'second');
    await until(() => got.includes('second'), 'the second message');
    assert.deepEqual(got, ['first', 'second']);
  });
});
