// One client over many connections: recognized when it comes back, with what it missed.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientsOf, openSocket, openStream, publish, request, sleep, startServer, until } from './lib.mjs';

let server;
before(async () => { server = await startServer('--history', '5'); });
after(() => server.stop());

const find = async (predicate) => (await clientsOf(server)).find(predicate);
const named = (name) => find((one) => one.client_id === name);
const gone = (name) => until(async () => !(await named(name)), `${name} to be gone`);
const details = async ({ id }) => (await request(`${server.http}/_/api/clients/${id}`)).json;

describe('a client that comes back', () => {
  test('the third reconnect, after a while, resumed, missed 5, over SSE instead of WebSocket', async () => {
    const first = await openSocket(`${server.ws}/id?client_id=phone`);
    const fresh = await details(await named('phone'));
    assert.deepEqual(
      [fresh.reconnects, fresh.away_ms, fresh.came_from, fresh.resumed_at, fresh.missed, fresh.visits],
      [0, null, null, null, 0, []]);
    await first.close();
    for (let round = 0; round < 2; round += 1) {
      await gone('phone');
      await (await openSocket(`${server.ws}/id?client_id=phone`)).close();
    }
    await gone('phone');

    const { id: cursor } = await publish(server, '/id', 'the last it had');
    for (let i = 0; i < 10; i += 1) await publish(server, '/id', String(i));
    await sleep(120);
    const stream = await openStream(`${server.http}/id?client_id=phone`, { 'Last-Event-ID': cursor });
    await stream.next();
    const now = await details(await named('phone'));
    assert.equal(now.reconnects, 3);
    assert.equal(now.transport, 'sse');
    assert.equal(now.came_from, 'websocket');
    assert.ok(now.away_ms >= 120 && now.away_ms < 5000, String(now.away_ms));
    assert.equal(now.resumed_at, cursor);
    assert.equal(now.missed, 5);
    assert.equal(now.visits.length, 3);
    assert.deepEqual(now.visits.map((visit) => visit.transport), ['websocket', 'websocket', 'websocket']);
    for (const visit of now.visits) assert.ok(visit.disconnected >= visit.connected);
    stream.close();

    // What it missed stays with the stay it missed it in.
    await gone('phone');
    const later = await openSocket(`${server.ws}/id?client_id=phone`);
    const last = await details(await named('phone'));
    assert.deepEqual([last.reconnects, last.missed, last.visits.at(-1).missed, last.visits.at(-1).resumed_at],
      [4, 0, 5, cursor]);
    await later.close();
  });

  test('without a name: by address, user agent and topics; two at once are two', async () => {
    const options = { headers: { 'User-Agent': 'browser' } };
    const tabs = [await openSocket(`${server.ws}/tab`, [], options), await openSocket(`${server.ws}/tab`, [], options)];
    const here = (await clientsOf(server)).filter((one) => one.topics[0] === '/tab');
    assert.deepEqual(here.map((one) => one.reconnects), [0, 0]);
    await tabs[0].close();
    await until(async () => (await clientsOf(server)).filter((one) => one.topics[0] === '/tab').length === 1, 'one');
    const other = await openSocket(`${server.ws}/tab`, [], { headers: { 'User-Agent': 'another browser' } });
    const back = await openStream(`${server.http}/tab`, { 'User-Agent': 'browser' });
    const sse = await find((one) => one.topics[0] === '/tab' && one.transport === 'sse');
    assert.deepEqual([sse.reconnects, sse.came_from], [1, 'websocket']);
    assert.equal((await find((one) => one.user_agent === 'another browser')).reconnects, 0);
    back.close();
    await Promise.all([tabs[1].close(), other.close()]);
  });

  test('a long-poll client that comes back over a stream leaves its old self', async () => {
    await request(`${server.http}/p?client_id=poller&timeout=0`);
    await request(`${server.http}/p?client_id=poller&timeout=0`);
    assert.equal((await named('poller')).reconnects, 0); // one client across its polls
    const socket = await openSocket(`${server.ws}/p?client_id=poller`);
    const all = (await clientsOf(server)).filter((one) => one.client_id === 'poller');
    assert.equal(all.length, 1);
    assert.deepEqual([all[0].reconnects, all[0].came_from], [1, 'long-poll']);
    await socket.close();
  });

  test('a named client that comes before its old connection is found dead is the same', async () => {
    const old = await openSocket(`${server.ws}/half?client_id=half`);
    const next = await openSocket(`${server.ws}/half?client_id=half`);
    const all = (await clientsOf(server)).filter((one) => one.client_id === 'half');
    assert.deepEqual(all.map((one) => one.reconnects), [0, 1]);
    await Promise.all([old.close(), next.close()]);
  });

  test('no more than the last twenty stays are kept', async () => {
    for (let i = 0; i < 25; i += 1) {
      await (await openSocket(`${server.ws}/often?client_id=often`)).close();
      await gone('often');
    }
    const socket = await openSocket(`${server.ws}/often?client_id=often`);
    const now = await details(await named('often'));
    assert.deepEqual([now.reconnects, now.visits.length], [25, 20]);
    await socket.close();
  });
});
