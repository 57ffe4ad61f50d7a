// Every answer tells when it was made (RFC 9110, 6.6.1), whoever makes it.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { publish, request, sleep, startServer } from './lib.mjs';
import { openRaw } from './raw.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-date-'));
let server;
before(async () => {
  fs.writeFileSync(path.join(folder, 'small.txt'), 'small');
  fs.writeFileSync(path.join(folder, 'large.bin'), Buffer.alloc(600_000));
  server = await startServer('--www', folder);
});
after(async () => {
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

/** The status of an answer whose head has one date, and that is now. */
function dated(head) {
  const dates = [...head.matchAll(/^date: (.*)\r$/gim)].map(([, date]) => date);
  assert.equal(dates.length, 1, head);
  assert.match(dates[0], /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
  assert.ok(Math.abs(Date.parse(dates[0]) - Date.now()) < 3000, `${dates[0]} is not ${new Date().toUTCString()}`);
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)[1]);
}

/** Sends a head and gives the answer's. */
async function headOf(...lines) {
  const raw = await openRaw(server.port);
  raw.write(`${lines.join('\r\n')}\r\n\r\n`);
  await raw.has((bytes) => bytes.includes('\r\n\r\n'), 'a head');
  raw.destroy();
  const text = raw.received.toString('latin1');
  return text.slice(0, text.indexOf('\r\n\r\n') + 2);
}

const upgrade = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 12'];
for (const [what, status, ...lines] of [
  ['a poll that ends with nothing', 204, 'GET /empty?timeout=0 HTTP/1.1', 'Host: a'],
  ['a conditional poll that ends with nothing', 304, 'GET /empty?timeout=0 HTTP/1.1', 'Host: a', 'If-None-Match: "latest"'],
  ['a poll of a kept message', 200, 'GET /kept?since=all HTTP/1.1', 'Host: a'],
  ['the same, closing', 200, 'GET /kept?since=all HTTP/1.1', 'Host: a', 'Connection: close'],
  ['the same, HTTP/1.0', 200, 'GET /kept?since=all HTTP/1.0'],
  ['several at once', 200, 'GET /kept?since=all&format=json HTTP/1.1', 'Host: a'],
  ['a stream', 200, 'GET /kept HTTP/1.1', 'Host: a', 'Accept: text/event-stream'],
  ['a stream for HTTP/1.0', 200, 'GET /kept HTTP/1.0', 'Accept: text/event-stream'],
  ['HEAD', 204, 'HEAD /kept HTTP/1.1', 'Host: a'],
  ['a preflight', 204, 'OPTIONS /kept HTTP/1.1', 'Host: a'],
  ['a publication', 202, 'POST /nobody HTTP/1.1', 'Host: a', 'Content-Length: 0'],
  ['the API', 200, 'GET /_/api/status HTTP/1.1', 'Host: 127.0.0.1'],
  ['metrics', 200, 'GET /_/metrics HTTP/1.1', 'Host: 127.0.0.1'],
  ['the client library', 200, 'GET /_/client.js HTTP/1.1', 'Host: a'],
  ['the page of a topic', 200, 'GET /kept HTTP/1.1', 'Host: a', 'Accept: text/html'],
  ['a small file', 200, 'GET /small.txt HTTP/1.1', 'Host: a'],
  ['part of it', 206, 'GET /small.txt HTTP/1.1', 'Host: a', 'Range: bytes=1-2'],
  ['a file that leaves in pieces', 200, 'GET /large.bin HTTP/1.1', 'Host: a'],
  ['what is not there', 404, 'GET /_/nothing HTTP/1.1', 'Host: a'],
  ['a bad cursor', 400, 'GET /kept?since=nonsense HTTP/1.1', 'Host: a'],
  ['a bad head', 400, 'GET /kept HTTP/1.1', 'Host : a'],
  ['a bad upgrade', 426, 'GET /kept HTTP/1.1', 'Host: a', ...upgrade],
]) {
  test(`${what}: ${status}`, async () => {
    await publish(server, '/kept', 'one');
    await publish(server, '/kept', 'two');
    assert.equal(dated(await headOf(...lines)), status);
  });
}

test('over one connection the date goes on, for polls that are answered later as well', async () => {
  const raw = await openRaw(server.port);
  const dates = [];
  for (let n = 1; n <= 3; n += 1) {
    raw.write('GET /held?client_id=one HTTP/1.1\r\nHost: a\r\n\r\n');
    await sleep(1100);
    assert.equal((await publish(server, '/held', `message ${n}`)).delivered, 1);
    await raw.has((bytes) => bytes.includes(`message ${n}`), 'the message');
    const heads = raw.received.toString('latin1').split('HTTP/1.1 ').slice(1);
    assert.equal(dated(`HTTP/1.1 ${heads[n - 1].split('\r\n\r\n')[0]}\r\n`), 200);
    dates.push(/^Date: (.*)\r$/m.exec(heads[n - 1])[1]);
  }
  assert.equal(new Set(dates).size, 3);
  raw.destroy();
});

test('Node takes it as a date', async () => {
  const { headers } = await request(`${server.http}/_/health`);
  assert.ok(Date.parse(headers.date) > 0);
});
