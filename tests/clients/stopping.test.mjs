// How the program ends: everybody is told, nothing that was accepted is lost, and it takes no longer
// than it may; and what it does when the disk or the descriptors run out.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, test } from 'node:test';
import { EventSource } from 'eventsource';
import { openSocket, openStream, publish, request, startServer, until } from './lib.mjs';
import { openFrames } from './frames.mjs';
import { openRaw, responsesOf } from './raw.mjs';
import { startRestartable, temporaryFolder } from './restarts.mjs';

const longestStopMs = 5000; // three seconds for clients, the rest for a busy machine

async function stopTime(server, signal) {
  const begun = Date.now();
  const end = await server.stop(signal);
  return { ...end, ms: Date.now() - begun };
}

describe('SIGTERM', () => {
  test('a WebSocket is told 1012 and why, a poll 503 and when to come back', async () => {
    const server = await startServer();
    const socket = await openSocket(`${server.ws}/t`);
    const poll = request(`${server.http}/other?timeout=60`);
    await until(async () => (await request(`${server.http}/_/api/clients`)).json.clients.length === 2, 'two clients');
    const end = await stopTime(server);
    assert.deepEqual([end.code, end.signal], [0, null]);
    const { code, reason } = await socket.closed;
    assert.equal(code, 1012);
    assert.match(reason, /restarting/);
    const answer = await poll;
    assert.equal(answer.status, 503);
    assert.ok(Number(answer.headers['retry-after']) >= 1);
    assert.ok(end.ms < longestStopMs, `${end.ms} ms`);
  });

  test('an EventSource comes back by itself to the next run, and misses nothing', async (t) => {
    const server = await startRestartable(t, '--history-file', path.join(temporaryFolder(t), 'history'));
    const source = new EventSource(`${server.http}/t`);
    t.after(() => source.close());
    const got = [];
    source.addEventListener('message', ({ data }) => got.push(data));
    await until(() => source.readyState === EventSource.OPEN, 'the stream');
    await publish(server, '/t', '1');
    await until(() => got.length === 1, 'the first event');
    await server.restart('SIGTERM');
    await publish(server, '/t', '2');
    await until(() => got.length === 2, 'the second event', 15_000);
    assert.deepEqual(got, ['1', '2']);
  });

  test('what was published before it is delivered, and is in the history file', async (t) => {
    const server = await startRestartable(t, '--history-file', path.join(temporaryFolder(t), 'history'));
    const [reader, writer] = await Promise.all([1, 2].map(() => openSocket(`${server.ws}/t`, ['pushdeck.v1'])));
    for (let n = 0; n < 500; ++n) writer.sendJson({ type: 'publish', data: String(n), ref: n });
    await until(() => writer.frames.some((text) => JSON.parse(text).type === 'ack'), 'an answer');
    await server.restart('SIGTERM');
    await Promise.all([reader.closed, writer.closed]);
    const acked = writer.frames.map((text) => JSON.parse(text)).filter(({ type }) => type === 'ack').map(({ ref }) => ref);
    const read = reader.frames.map((text) => JSON.parse(text)).filter(({ type }) => type === 'message').map(({ data }) => Number(data));
    assert.deepEqual(read, read.map((_, n) => n), 'each once, in order');
    const kept = (await request(`${server.http}/_/api/messages?topic=/t&since=all`)).json.messages.map(({ data }) => Number(data));
    assert.deepEqual(kept.slice(0, read.length), read, 'what anybody got is remembered');
    assert.ok(acked.every((ref) => kept.includes(ref)), 'what was acknowledged is remembered');
  });

  test('clients that never answer do not hold it up, and new ones are refused', async () => {
    const server = await startServer();
    const deaf = await Promise.all([openFrames(server, '/t'), openFrames(server, '/t')]);
    deaf.forEach(({ raw }) => raw.socket.pause());
    const stalled = await openRaw(server.port);
    stalled.write('GET /t HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n');
    const half = await openRaw(server.port);
    half.write('POST /t HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
    await stalled.has((bytes) => bytes.includes('retry:'), 'the stream');
    stalled.socket.pause();
    for (let n = 0; n < 10; ++n) await publish(server, '/t', 'x'.repeat(500_000));
    const ending = stopTime(server);
    await until(async () => {
      const probe = net.connect(server.port, '127.0.0.1');
      return new Promise((resolve) => {
        probe.on('connect', () => { probe.destroy(); resolve(false); });
        probe.on('error', () => resolve(true));
      });
    }, 'new connections to be refused', 2000);
    const end = await ending;
    assert.deepEqual([end.code, end.signal], [0, null]);
    assert.ok(end.ms < longestStopMs, `${end.ms} ms`);
    [...deaf.map(({ raw }) => raw), stalled, half].forEach((raw) => raw.destroy());
  });

  test('a second one ends it at once', async () => {
    const server = await startServer();
    const deaf = await openFrames(server, '/t'); // never answers the close
    deaf.raw.socket.pause();
    const begun = Date.now();
    process.kill(server.pid, 'SIGTERM');
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    const end = await server.stop('SIGTERM');
    assert.equal(end.signal, 'SIGTERM');
    assert.ok(Date.now() - begun < 1500);
    deaf.raw.destroy();
  });
});

describe('when something runs out', () => {
  test('a full disk: said in the log, the API and the metrics, and the server goes on', async (t) => {
    const folder = temporaryFolder(t);
    const server = await startServer('--history-file', path.join(folder, 'history'));
    t.after(() => server.stop());
    const client = await openSocket(`${server.ws}/t`);
    await publish(server, '/t', 'kept');
    const status = async () => (await request(`${server.http}/_/api/status`)).json.history.file;
    assert.deepEqual(await status(), { written: true, problem: null });
    // As a full disk looks to a program: no file may grow beyond what it has.
    execFileSync('prlimit', ['--pid', String(server.pid), '--fsize=1:']);
    for (let n = 0; n < 5; ++n) await publish(server, '/t', `${n}`.repeat(20_000));
    const file = await status();
    assert.equal(file.written, false);
    assert.match(file.problem, /history file cannot be written/);
    assert.match(server.process.stderr, /history file cannot be written/);
    assert.match((await request(`${server.http}/_/metrics`)).text, /^pushdeck_history_file_failed 1$/m);
    await until(() => client.frames.length === 6, 'all six messages');
    assert.equal((await request(`${server.http}/_/api/messages?topic=/t&since=all`)).json.messages.length, 6);
    await client.close();
  });

  test('no descriptor left: who is there goes on, who comes is told, and it recovers', async (t) => {
    const server = await startServer();
    t.after(() => server.stop());
    const client = await openSocket(`${server.ws}/t`);
    const descriptors = readdirSync(`/proc/${server.pid}/fd`).length;
    execFileSync('prlimit', ['--pid', String(server.pid), `--nofile=${descriptors + 5}:`]);
    const crowd = await Promise.all(Array.from({ length: 50 }, () => openRaw(server.port)));
    await until(() => crowd.some((raw) => raw.ended), 'somebody to be turned away');
    for (const raw of crowd) {
      if (raw.ended && raw.received.length) assert.equal(responsesOf(raw.received)[0].status, 503);
    }
    client.send('still here');
    assert.equal(await client.next(), 'still here');
    crowd.forEach((raw) => raw.destroy());
    await until(async () => {
      const stream = await openStream(`${server.http}/t`).catch(() => null);
      stream?.close();
      return stream?.status === 200;
    }, 'a new client to get in');
    await client.close();
  });
});
