// --history-file: what is remembered outlives the server, kill -9 included.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { openSocket, openStream, publish, request, sleep } from './lib.mjs';
import { partsOf } from './model.mjs';
import { unlessOption } from './options.mjs';
import { startRestartable, temporaryFolder } from './restarts.mjs';

const remembered = async (server, query = 'topic=/kept&since=all') =>
  (await request(`${server.http}/_/api/messages?${query}`)).json;

describe('the history file', { skip: unlessOption('--history-file'), concurrency: 2 }, () => {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    test(`${signal}: the epoch, the messages and the cursors go on`, async (t) => {
      const server = await startRestartable(t, '--history-file', path.join(temporaryFolder(t), 'history'));
      const bytes = Buffer.from([0, 255, 13, 10]);
      const { id: first } = await publish(server, '/kept', 'one', { event: 'tick' });
      await publish(server, '/kept', bytes, { type: 'image/x-test' });
      const { id: last } = await publish(server, '/other', 'grüße');
      const before = await remembered(server, 'since=all');
      await server.restart(signal);
      const after = await remembered(server, 'since=all');
      assert.deepEqual(after.messages, before.messages);
      assert.equal(after.cursor, last);
      const { id: next } = await publish(server, '/kept', 'three');
      assert.deepEqual(partsOf(next), { ...partsOf(last), sequence: partsOf(last).sequence + 1 });
      const stream = await openStream(`${server.http}/kept?format=json`, { 'Last-Event-ID': first });
      const got = [JSON.parse((await stream.next()).data), JSON.parse((await stream.next()).data)];
      assert.deepEqual(got.map(({ type, data }) => [type, data]),
        [['message', bytes.toString('base64')], ['message', 'three']]);
      stream.close();
    });
  }

  test('evictions go on where they were, and are told', async (t) => {
    const server = await startRestartable(t, '--history', '3', '--history-file',
      path.join(temporaryFolder(t), 'history'));
    const ids = [];
    for (let n = 0; n < 5; ++n) ids.push((await publish(server, '/kept', String(n))).id);
    await server.restart('SIGKILL');
    for (let n = 5; n < 7; ++n) ids.push((await publish(server, '/kept', String(n))).id);
    const { messages, gap } = await remembered(server, `topic=/kept&since=${ids[2]}`);
    assert.deepEqual(messages.map(({ data }) => data), ['4', '5', '6']);
    assert.equal(gap.reason, 'evicted');
    assert.ok(gap.lost === null || gap.lost === 1, JSON.stringify(gap));
    assert.equal((await remembered(server, `topic=/kept&since=${ids[3]}`)).gap, null);
  });

  test('killed while it publishes, it has each message that anybody got', async (t) => {
    const server = await startRestartable(t, '--history-file', path.join(temporaryFolder(t), 'history'));
    for (let round = 0; round < 4; ++round) {
      const [publisher, subscriber] = await Promise.all([
        openSocket(`${server.ws}/publisher`, ['pushdeck.v1']),
        openSocket(`${server.ws}/kept`, ['pushdeck.v1']),
      ]);
      const { cursor } = await remembered(server);
      for (let n = 0; n < 3000; ++n) {
        publisher.sendJson({ type: 'publish', ref: n, topic: '/kept', data: `${round}:${n}` });
      }
      await sleep(20 + 15 * round);
      await server.restart('SIGKILL');
      await Promise.all([publisher.closed, subscriber.closed]);
      const idsOf = (client) => client.frames.map((text) => JSON.parse(text).id);
      const known = [...new Set([...idsOf(publisher), ...idsOf(subscriber)])].sort(
        (a, b) => partsOf(a).sequence - partsOf(b).sequence);
      const after = await remembered(server, `topic=/kept&since=${cursor}`);
      // The history holds 1000: of those it still has, none may be missing.
      const there = after.messages.map(({ id }) => id);
      assert.deepEqual(known.filter((id) => partsOf(id).sequence >= partsOf(there[0] ?? known[0]).sequence),
        there.slice(0, known.filter((id) => there.includes(id)).length), `round ${round}`);
      assert.ok(partsOf(after.cursor).sequence >= partsOf(known.at(-1) ?? cursor).sequence);
    }
  });

  test('a damaged file is set aside, in words, and the server starts', async (t) => {
    const folder = temporaryFolder(t);
    const file = path.join(folder, 'history');
    const server = await startRestartable(t, '--history-file', file);
    const { id } = await publish(server, '/kept', 'lost');
    await server.stop('SIGTERM');
    writeFileSync(file, Buffer.alloc(4096, 'this is no history\n'));
    await server.start();
    assert.match(server.current.process.stderr, /history.*damaged/i);
    assert.match(server.current.process.stderr, /\w+ \w+ \w+ \w+/, 'a sentence');
    assert.equal(readdirSync(folder).filter((name) => name.startsWith('history.damaged-')).length, 1);
    const stream = await openStream(`${server.http}/kept`, { 'Last-Event-ID': id });
    const { event, data } = await stream.next();
    assert.deepEqual([event, JSON.parse(data).reason], ['gap', 'restarted']);
    stream.close();
    await publish(server, '/kept', 'kept again');
    await server.restart('SIGKILL');
    assert.deepEqual((await remembered(server)).messages.map((message) => message.data), ['kept again']);
  });

  test('a second server is refused the file of a running one', async (t) => {
    const file = path.join(temporaryFolder(t), 'history');
    const server = await startRestartable(t, '--history-file', file);
    await publish(server, '/kept', 'one');
    await assert.rejects(startRestartable(t, '--history-file', file), /in use/);
    assert.equal((await remembered(server)).messages.length, 1);
  });
});
