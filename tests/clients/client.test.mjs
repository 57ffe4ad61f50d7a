// The client library of the program, /_/client.js, in Node: through a proxy that blocks one transport
// after another, and over restarts of the server.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import net from 'node:net';
import { after, afterEach, before, describe, test } from 'node:test';
import { WebSocket } from 'ws';
import { connect, Refused } from '../../resources/web/client.js';
import { request, startServer, until } from './lib.mjs';

// Short times, so that a test is about the order of things and not about waiting.
const quick = { WebSocket, connectMs: 1500, retryMs: 20, longestRetryMs: 200, stableMs: 300 };

/** Who gets what is published to the topic now. */
const subscribersOf = async (server, topic) => {
  const { topics } = (await request(`${server.http}/_/api/topics`)).json;
  return topics.find((one) => one.topic === topic).subscribers;
};

/** What a request's head asks for; nothing for other bytes, a body or a frame. */
const kindOf = (head) => {
  if (!/^(GET|POST) /.test(head)) return undefined;
  if (/^upgrade: *websocket/im.test(head)) return 'ws';
  if (/^accept:.*text\/event-stream/im.test(head)) return 'sse';
  return /^POST /.test(head) ? 'publish' : 'poll';
};

/**
 * A TCP proxy that does to each kind of request what `rules` says: pass, refuse, hang, or kill. It
 * looks at every request, for fetch sends them over connections that served another kind before.
 */
async function startProxy(target) {
  const proxy = { rules: {}, seen: [], target, sockets: new Set() };
  const server = net.createServer((client) => {
    let upstream;
    let rule;
    proxy.sockets.add(client);
    client.on('error', () => {}).on('close', () => {
      proxy.sockets.delete(client);
      upstream?.destroy();
    });
    const connectUpstream = () => {
      upstream = net.connect(proxy.target, '127.0.0.1');
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      upstream.on('data', (answer) => {
        // It connects, and dies at once.
        if (rule === 'kill') client.write(answer, () => client.destroy());
        else client.write(answer);
      });
    };
    client.on('data', (bytes) => {
      const kind = kindOf(bytes.toString('latin1'));
      if (kind) {
        proxy.seen.push(kind);
        rule = proxy.rules[kind] ?? 'pass';
      }
      if (rule === 'refuse') return client.destroy();
      if (rule === 'hang') return undefined;
      if (!upstream) connectUpstream();
      return upstream.write(bytes);
    });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  proxy.port = server.address().port;
  proxy.http = `http://127.0.0.1:${proxy.port}`;
  proxy.dropAll = () => proxy.sockets.forEach((socket) => socket.destroy());
  proxy.close = () => {
    proxy.dropAll();
    server.close();
  };
  return proxy;
}

const lives = [];
afterEach(() => Promise.all(lives.splice(0).map((live) => live.close())));

/** A connected client and all it reports. */
function follow(address, options = {}) {
  const live = connect(address, { ...quick, ...options });
  lives.push(live);
  const got = { live, data: [], gaps: [], states: [], errors: [] };
  live.on('message', (message) => got.data.push(message.data));
  live.on('gap', (gap) => got.gaps.push(gap));
  live.on('state', (state) => got.states.push(state));
  live.on('error', (error) => got.errors.push(error));
  got.open = (transport) =>
    until(() => live.state === 'open' && (!transport || live.transport === transport),
      () => `open over ${transport ?? 'anything'}; it went ${got.states.map((s) => `${s.transport}:${s.state}`).join(' ')}`);
  return got;
}

const post = (server, topic, body) => request(`${server.http}${topic}`, { method: 'POST', body });

describe('client.js', () => {
  let server;
  let proxy;
  before(async () => {
    server = await startServer();
    proxy = await startProxy(server.port);
  });
  after(async () => {
    proxy.close();
    await server.stop();
  });

  for (const [name, rules, expected] of [
    ['uses WebSocket where it gets through', {}, 'ws'],
    ['falls back to SSE where upgrades are refused', { ws: 'refuse' }, 'sse'],
    ['falls back to SSE where upgrades hang', { ws: 'hang' }, 'sse'],
    ['falls back to SSE where a WebSocket connects and dies, again and again', { ws: 'kill' }, 'sse'],
    ['falls back to long-poll where streams are refused too', { ws: 'refuse', sse: 'refuse' }, 'poll'],
    ['falls back to long-poll where streams hang', { ws: 'refuse', sse: 'hang' }, 'poll'],
  ]) {
    test(name, async () => {
      proxy.rules = rules;
      const topic = `/fallback/${name.length}`;
      const got = follow(proxy.http + topic);
      // The one that connects and dies is "open" for an instant; what counts is where it settles.
      await got.open(expected);
      await post(server, topic, 'one');
      await post(server, topic, 'two');
      await until(() => got.data.length === 2, 'two messages');
      assert.deepEqual(got.data, ['one', 'two']);
      // Between two polls a client is no subscriber: what comes then is kept for it.
      await until(async () => (await subscribersOf(server, topic)) === 1, 'it to ask for more');
      assert.equal((await got.live.publish('three')).delivered, 1);
      await until(() => got.data.length === 3, 'its own message');
      assert.equal(got.live.transport, expected);
      await got.live.close();
      assert.equal(got.live.state, 'closed');
    });
  }

  for (const transport of ['ws', 'sse', 'poll']) {
    test(`${transport}: what was published while it was away arrives once and in order`, async () => {
      proxy.rules = {};
      const topic = `/away/${transport}`;
      const got = follow(proxy.http + topic, { transport });
      await got.open();
      for (let round = 0; round < 5; round += 1) {
        await post(server, topic, `here ${round}`);
        await until(() => got.data.includes(`here ${round}`), 'the message');
        proxy.rules = { [transport]: 'refuse' };
        proxy.dropAll();
        await until(() => got.live.state !== 'open', 'the loss to be noticed');
        await post(server, topic, `away ${round}`);
        proxy.rules = {};
        await until(() => got.data.includes(`away ${round}`), 'the message it missed');
      }
      const expected = [0, 1, 2, 3, 4].flatMap((round) => [`here ${round}`, `away ${round}`]);
      assert.deepEqual(got.data, expected);
      assert.deepEqual(got.gaps, []);
      assert.ok(got.live.reconnects >= 5);
      await got.live.close();
    });

    test(`${transport}: a loss before the first message loses nothing`, async () => {
      proxy.rules = {};
      const topic = `/early/${transport}`;
      const got = follow(proxy.http + topic, { transport });
      await got.open();
      await until(() => got.live.cursor !== 'latest', 'the position to be known');
      proxy.rules = { [transport]: 'refuse' };
      proxy.dropAll();
      await until(() => got.live.state !== 'open', 'the loss to be noticed');
      await post(server, topic, 'meanwhile');
      proxy.rules = {};
      await until(() => got.data.length === 1, 'the message it missed');
      assert.deepEqual(got.data, ['meanwhile']);
      await got.live.close();
    });
  }

  test('goes on over another transport where it was', async () => {
    proxy.rules = {};
    const got = follow(`${proxy.http}/switch`);
    await got.open('ws');
    await post(server, '/switch', 'over ws');
    await until(() => got.data.length === 1, 'the first');
    proxy.rules = { ws: 'refuse' };
    proxy.dropAll();
    await post(server, '/switch', 'between');
    await got.open('sse');
    await until(() => got.data.length === 2, 'the second');
    assert.deepEqual(got.data, ['over ws', 'between']);
    await got.live.close();
  });

  test('several topics, patterns and a cursor', async () => {
    proxy.rules = {};
    for (const [topic, data] of [['/m/a', '1'], ['/m/b', '2'], ['/other', 'x'], ['/m/a', '3']]) {
      await post(server, topic, data);
    }
    const got = follow(`${proxy.http}/m/none`, { topics: ['/m/*'], since: 'all' });
    await until(() => got.data.length === 3, 'what is remembered');
    assert.deepEqual(got.data, ['1', '2', '3']);
    await got.live.close();
  });

  test('publishes text, JSON and bytes, with an event', async () => {
    proxy.rules = {};
    const got = follow(`${proxy.http}/out`);
    const messages = [];
    got.live.on('message', (message) => messages.push(message));
    await got.open();
    await got.live.publish('text', { event: 'note' });
    await got.live.publish({ n: 1 });
    await got.live.publish(new Uint8Array([0xff, 0x00]));
    await until(() => messages.length === 3, 'all three');
    assert.equal(messages[0].event, 'note');
    assert.deepEqual([messages[1].data, messages[1].content_type], ['{"n":1}', 'application/json']);
    assert.deepEqual([messages[2].data, messages[2].encoding], ['/wA=', 'base64']);
    await assert.rejects(got.live.publish('x', { topic: '/a/*' }), /patterns/);
    await got.live.close();
  });

  for (const transport of ['auto', 'sse', 'poll']) {
    test(`${transport}: a refusal for good ends it and says why`, async () => {
      proxy.rules = {};
      const got = follow(`${proxy.http}/x`, { transport, since: 'nonsense' });
      await got.live.ended;
      assert.equal(got.live.state, 'closed');
      assert.ok(got.errors[0] instanceof Refused);
      assert.equal(got.errors[0].status, 400);
      assert.match(got.errors[0].message, /cursor/);
    });
  }

  // The handshake of a browser's WebSocket fails without a reason; the same question over HTTP has one.
  test('ws alone: a refusal for good ends it and says why', async () => {
    proxy.rules = {};
    const got = follow(`${proxy.http}/x`, { transport: 'ws', since: 'nonsense' });
    await got.live.ended;
    assert.equal(got.errors[0].status, 400);
    assert.match(got.errors[0].message, /cursor/);
    assert.equal(got.live.reconnects, 0);
  });

  test('ws alone: what is only blocked is tried again', async () => {
    proxy.rules = { ws: 'refuse' };
    const got = follow(`${proxy.http}/blocked`, { transport: 'ws' });
    await until(() => got.states.filter(({ state }) => state === 'waiting').length >= 3, 'three tries');
    proxy.rules = {};
    await got.open('ws');
    assert.deepEqual(got.errors, []);
  });

  for (const [code, isFinal] of [[4000, true], [1000, true], [1001, false]]) {
    test(`a close with code ${code} ${isFinal ? 'is meant' : 'asks to come back'}`, async () => {
      proxy.rules = {};
      const clientId = `closed-${code}`;
      const got = follow(`${proxy.http}/closed/${code}`, { clientId, transport: 'ws' });
      await got.open();
      const [client] = (await request(`${server.http}/_/api/clients`)).json.clients
        .filter(({ topics }) => topics.includes(`/closed/${code}`));
      const address = `${server.http}/_/api/clients/${client.id}`;
      await request(`${address}?code=${code}&reason=enough`, { method: 'DELETE' });
      await until(() => got.states.some(({ reason }) => reason === 'enough'), 'the close and its reason');
      if (!isFinal) return got.open();
      await got.live.ended;
      assert.ok(got.errors[0] instanceof Refused);
      return assert.equal(got.errors[0].code, code);
    });
  }

  test('an event stream says why it ended', async () => {
    proxy.rules = {};
    const got = follow(`${proxy.http}/ended`, { transport: 'sse' });
    await got.open();
    const [client] = (await request(`${server.http}/_/api/clients`)).json.clients
      .filter(({ topics }) => topics.includes('/ended'));
    await request(`${server.http}/_/api/clients/${client.id}?code=1001&reason=moving`, { method: 'DELETE' });
    await until(() => got.states.some(({ state, reason }) => state === 'waiting' && reason === 'moving'),
      () => `the reason among ${JSON.stringify(got.states)}`);
    await got.open();
  });

  test('after an outage it is back on WebSocket, however long it lasted', async () => {
    proxy.rules = {};
    const got = follow(`${proxy.http}/outage`);
    await got.open('ws');
    for (let rounds = 1; rounds <= 4; rounds += 1) {
      const before = got.states.length;
      const waits = () => got.states.slice(before).filter(({ retryInMs }) => retryInMs > 0);
      proxy.rules = { ws: 'refuse', sse: 'refuse', poll: 'refuse' };
      proxy.dropAll();
      await until(() => waits().length >= rounds, `${rounds} rounds of all transports`);
      proxy.rules = {};
      await got.open('ws');
      assert.ok(waits().every(({ nextTransport }) => nextTransport === 'ws'));
    }
  });

  test('says of a server that is not there that it is not', async () => {
    const gone = await startProxy(1);
    gone.close();
    const got = follow(`${gone.http}/`);
    await until(() => got.states.some(({ retryInMs }) => retryInMs > 0), 'a wait');
    assert.deepEqual(got.states.slice(0, 6).map(({ state, transport }) => `${transport} ${state}`),
      ['ws connecting', 'ws waiting', 'sse connecting', 'sse waiting', 'poll connecting', 'poll waiting']);
    assert.match(got.states[5].reason, /^the server cannot be reached/);
  });

  test('a wrong option is told at once', () => {
    assert.throws(() => connect(proxy.http, { transport: 'carrier pigeon' }), TypeError);
    assert.throws(() => connect(proxy.http, { transport: 'ws', WebSocket: undefined }), TypeError);
  });
});

for (const transport of ['auto', 'sse', 'poll']) {
  test(`${transport}: a server that was killed and came back is told as a gap`, async () => {
    let server = await startServer();
    const proxy = await startProxy(server.port);
    const got = follow(`${proxy.http}/restart`, { transport });
    await got.open();
    await post(server, '/restart', 'before');
    await until(() => got.data.length === 1, 'the first');
    await server.stop('SIGKILL');
    await until(() => got.live.state !== 'open', 'the loss to be noticed');
    server = await startServer();
    proxy.target = server.port;
    await until(() => got.gaps.length === 1, 'the gap');
    assert.equal(got.gaps[0].reason, 'restarted');
    assert.equal(got.gaps[0].lost, null);
    await post(server, '/restart', 'after');
    await until(() => got.data.length === 2, 'the next message');
    assert.deepEqual(got.data, ['before', 'after']);
    assert.equal(got.gaps.length, 1);
    await got.live.close();
    proxy.close();
    await server.stop();
  });
}
