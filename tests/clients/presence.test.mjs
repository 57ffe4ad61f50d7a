// Who is on a topic: as a list, as a stream, and over pushdeck.v1.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSocket, openStream, request, sleep, startServer } from './lib.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const parsed = ({ event, data }) => ({ event, ...JSON.parse(data) });

describe('presence', () => {
  test('a list says who is there, by name or by pattern, and not from where', async () => {
    const ws = await openSocket(`${server.ws}/list?client_id=anna`);
    const sse = await openStream(`${server.http}/list/*?topic=/list`);
    const other = await openSocket(`${server.ws}/list/deeper`);
    const { headers, json } = await request(`${server.http}/_/presence/list`);
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(json.type, 'presence');
    assert.equal(json.topic, '/list');
    assert.equal(json.count, 2);
    assert.deepEqual(json.clients.map((one) => [one.client_id, one.transport]), [['anna', 'websocket'], [null, 'sse']]);
    assert.deepEqual(Object.keys(json.clients[0]).sort(), ['client_id', 'connected', 'id', 'transport']);
    const deeper = await request(`${server.http}/_/presence/list/deeper`);
    assert.equal(deeper.json.count, 2); // the pattern's, too
    await Promise.all([ws.close(), other.close()]);
    sse.close();
  });

  test('a stream tells who is there, then who joins and leaves', async () => {
    const first = await openSocket(`${server.ws}/room?client_id=first`);
    const stream = await openStream(`${server.http}/_/presence/room`);
    assert.equal(stream.status, 200);
    const list = parsed(await stream.next());
    assert.equal(list.event, 'presence');
    assert.deepEqual(list.clients.map((one) => one.client_id), ['first']);

    const second = await openStream(`${server.http}/room?client_id=second`);
    const join = parsed(await stream.next());
    assert.deepEqual([join.event, join.type, join.topic], ['join', 'join', '/room']);
    assert.deepEqual([join.client.client_id, join.client.transport], ['second', 'sse']);

    const elsewhere = await openSocket(`${server.ws}/elsewhere`);
    await first.close();
    const leave = parsed(await stream.next());
    assert.deepEqual([leave.event, leave.client.client_id], ['leave', 'first']);
    second.close();
    assert.equal(parsed(await stream.next()).client.client_id, 'second');
    await elsewhere.close();
    await sleep(50);
    assert.equal(stream.events.length, 4);
    stream.close();
  });

  test('a long-poll client is there between its polls', async () => {
    await request(`${server.http}/polled?client_id=poller&timeout=0`);
    const { json } = await request(`${server.http}/_/presence/polled`);
    assert.deepEqual(json.clients.map((one) => one.transport), ['long-poll']);
  });

  test('pushdeck.v1: asked for, told, and ended', async () => {
    const watcher = await openSocket(`${server.ws}/mine?client_id=watcher`, 'pushdeck.v1');
    watcher.sendJson({ type: 'presence', topic: '/theirs', ref: 1 });
    assert.deepEqual(await watcher.nextJson(), { type: 'ack', ref: 1, topic: '/theirs', watch: true });
    const list = await watcher.nextJson();
    assert.deepEqual([list.type, list.topic, list.count], ['presence', '/theirs', 0]);

    const other = await openSocket(`${server.ws}/x?client_id=other`, 'pushdeck.v1');
    other.sendJson({ type: 'subscribe', topic: '/theirs' });
    const join = await watcher.nextJson();
    assert.deepEqual([join.type, join.client.client_id], ['join', 'other']);
    // Subscribed twice is there once.
    other.sendJson({ type: 'subscribe', topic: '/*' });
    other.sendJson({ type: 'unsubscribe', topic: '/theirs' });
    other.sendJson({ type: 'unsubscribe', topic: '/*' });
    assert.equal((await watcher.nextJson()).type, 'leave');

    // Its own coming and going is told as well.
    watcher.sendJson({ type: 'subscribe', topic: '/theirs', ref: 2 });
    const frames = [await watcher.nextJson(), await watcher.nextJson()];
    assert.deepEqual(frames.map((frame) => frame.type).sort(), ['ack', 'join']);

    watcher.sendJson({ type: 'presence', topic: '/theirs', watch: false, ref: 3 });
    assert.deepEqual(await watcher.nextJson(), { type: 'ack', ref: 3, topic: '/theirs', watch: false });
    other.sendJson({ type: 'subscribe', topic: '/theirs', ref: 4 });
    await sleep(50);
    watcher.sendJson({ type: 'ping', ref: 5 });
    assert.equal((await watcher.nextJson()).ref, 5);
    await Promise.all([watcher.close(), other.close()]);
  });

  test('what cannot be watched is refused with a sentence', async () => {
    const watcher = await openSocket(`${server.ws}/mine`, 'pushdeck.v1');
    for (const [frame, words] of [[{ topic: '/a/*' }, /pattern/], [{}, /topic/i], [{ topic: '/a', watch: 1 }, /watch/]]) {
      watcher.sendJson({ type: 'presence', ...frame });
      const error = await watcher.nextJson();
      assert.equal(error.status, 400);
      assert.match(error.message, words);
    }
    for (let i = 0; i < 64; i += 1) watcher.sendJson({ type: 'presence', topic: `/many/${i}` });
    for (let i = 0; i < 128; i += 1) await watcher.next();
    watcher.sendJson({ type: 'presence', topic: '/one-more' });
    assert.equal((await watcher.nextJson()).status, 429);
    await watcher.close();
    assert.equal((await request(`${server.http}/_/presence/a%00`)).status, 400);
    assert.equal((await request(`${server.http}/_/presence/_/x`)).status, 400);
  });

  test('whoever may not subscribe may not look either', async () => {
    const closed = await startServer('--subscribe-token', 's');
    assert.equal((await request(`${closed.http}/_/presence/a`)).status, 401);
    assert.equal((await request(`${closed.http}/_/presence/a?token=s`)).status, 200);
    await closed.stop();
  });

  test('all of it ends with the server', async () => {
    const own = await startServer();
    const stream = await openStream(`${own.http}/_/presence/a`);
    await openSocket(`${own.ws}/a`);
    const watcher = await openSocket(`${own.ws}/a`, 'pushdeck.v1');
    watcher.sendJson({ type: 'presence', topic: '/a' });
    await watcher.next();
    assert.deepEqual(await own.stop(), { code: 0, signal: null });
    await stream.ended;
  });
});
