// Event streams by the rules of the HTML standard (9.2.6), with the published `eventsource` as judge:
// whatever is published arrives as it was, and nothing in it becomes another field or event.
// sse.test.mjs has the ways of using a stream; this has what payloads can do to one.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { EventSource } from 'eventsource';
import { openStream, publish, request, startServer, until } from './lib.mjs';
import { openRaw } from './raw.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** Line breaks become LF: a stream has no other. */
const asTold = (text) => text.replace(/\r\n|\r/g, '\n');

describe('any text arrives as it was', () => {
  for (const [name, text] of [
    ['an empty one', ''], ['a space', ' '], ['spaces in front', '  two'], ['a colon', ':'], ['a comment', ': hello'],
    ['a field', 'id: 7'], ['an event', 'x\n\nevent: forged\ndata: y\n\n'], ['a retry', 'retry: 1'],
    ['CR alone', '\r'], ['LF alone', '\n'], ['CRLF alone', '\r\n'], ['LF CR', '\n\r'], ['breaks of each kind', 'a\rb\nc\r\nd\n\r\ne'],
    ['a break at the end', 'a\n'], ['two at the end', 'a\r\n\r\n'], ['a byte order mark', '\ufeffx'],
    ['NUL', 'a\0b'], ['line separators that are none', 'a\u2028b\u2029c\u0085d\vf\ff'],
    ['beyond the first plane', '🙂𝄞'], ['one huge line', 'x'.repeat(900_000)], ['many lines', 'y\n'.repeat(20_000)],
    ['a line at a piece’s border', `${'z'.repeat(65_535)}\r\n${'z'.repeat(65_536)}`],
  ]) {
    test(name, async () => {
      const topic = `/rules/${encodeURIComponent(name)}`;
      const source = new EventSource(`${server.http}${topic}`);
      const events = [];
      const forged = [];
      source.addEventListener('message', (event) => events.push(event));
      source.addEventListener('forged', (event) => forged.push(event));
      await until(() => source.readyState === EventSource.OPEN, 'the stream');
      const { id } = await publish(server, topic, text);
      const { id: second } = await publish(server, topic, 'the next');
      await until(() => events.some(({ data }) => data === 'the next'), 'the next event');
      source.close();
      assert.deepEqual(events.map(({ lastEventId }) => lastEventId), [id, second]);
      assert.ok(events[0].data === asTold(text), JSON.stringify(events[0].data.slice(0, 200)));
      assert.deepEqual(forged, []);
    });
  }
});

describe('what would break a stream is refused', () => {
  for (const [name, event] of [['CR', 'a\rb'], ['LF', 'a\nb'], ['NUL', 'a\0b'], ['CRLF', 'a\r\ndata: forged']]) {
    test(`an event’s name with ${name}`, async () => {
      const answer = await request(`${server.http}/names?event=${encodeURIComponent(event)}`, { method: 'POST', body: 'x' });
      assert.equal(answer.status, 400);
      assert.match(answer.text, /\w+ \w+/);
    });
  }
  for (const [name, id] of [['NUL', 'a\0-1'], ['a control character', 'a\x01-1']]) {
    test(`a Last-Event-ID with ${name}`, async () => {
      const raw = await openRaw(server.port);
      raw.write(`GET /ids HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nLast-Event-ID: ${id}\r\n\r\n`);
      await raw.closed();
      assert.match(raw.received.toString(), /^HTTP\/1\.1 400 /);
    });
  }
  test('a Last-Event-ID that is no id, in words', async () => {
    const answer = await request(`${server.http}/ids`, {
      headers: { Accept: 'text/event-stream', 'Last-Event-ID': 'no id' },
    });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /cursor/i);
  });
});

describe('the stream itself', () => {
  test('begins with no byte order mark, and every line ends with LF', async () => {
    const raw = await openRaw(server.port);
    raw.write('GET /bytes HTTP/1.0\r\nAccept: text/event-stream\r\n\r\n');
    await raw.has((bytes) => bytes.includes('retry: '), 'the greeting');
    await publish(server, '/bytes', 'one\r\ntwo');
    await raw.has((bytes) => bytes.includes('data: two\n\n'), 'the event');
    const body = raw.received.subarray(raw.received.indexOf('\r\n\r\n') + 4);
    assert.equal(body[0], 0x3a, 'a comment comes first');
    assert.ok(!body.includes('\r'));
    raw.destroy();
  });

  test('what a client sends on a stream is not heard', async () => {
    const raw = await openRaw(server.port);
    raw.write('GET /deaf HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n');
    await raw.has((bytes) => bytes.includes('retry: '), 'the greeting');
    raw.write('POST /deaf HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nevil');
    await publish(server, '/deaf', 'good');
    await raw.has((bytes) => bytes.includes('data: good'), 'the event');
    assert.ok(!raw.received.includes('evil'));
    raw.destroy();
  });

  test('its end is told, with another time to come back for each', async () => {
    const own = await startServer();
    const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(`${own.http}/end`)));
    await until(() => streams.every(({ parser }) => parser.retry), 'the greetings');
    await own.stop();
    await Promise.all(streams.map(({ ended }) => ended));
    for (const { parser } of streams) {
      assert.match(parser.comments.at(-1), /^closing 1012: \w+ \w+/);
      assert.ok(parser.retry >= 1000 && parser.retry <= 4000, String(parser.retry));
    }
    assert.ok(new Set(streams.map(({ parser }) => parser.retry)).size > 1, 'not all at once');
  });
});
