// Server-Sent Events, with the `eventsource` library as the peer and, where the bytes matter, none.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { EventSource } from 'eventsource';
import { openStream, publish, request, startProxy, startServer, until } from './lib.mjs';

const historySize = 5;
let server;
before(async () => { server = await startServer('--history', String(historySize)); });
after(() => server.stop());

/** An EventSource that keeps its events, of the names given and without a name. */
async function openSource(url, ...names) {
  const source = new EventSource(url);
  const events = [];
  for (const name of ['message', ...names]) {
    source.addEventListener(name, ({ data, lastEventId }) =>
      events.push({ name, data, id: lastEventId }));
  }
  let opened = 0;
  source.addEventListener('open', () => { opened += 1; });
  await until(() => opened, 'the event source to open');
  return {
    source,
    events,
    get opened() {
      return opened;
    },
    async have(count) {
      await until(() => events.length >= count, () => `${count} events; have ${events.length}`, 20_000);
      return events;
    },
  };
}

describe('with the published EventSource', () => {
  test('events arrive, named ones under their name', async () => {
    const client = await openSource(`${server.http}/named`, 'tick', 'order.created');
    await publish(server, '/named', 'plain');
    await publish(server, '/named', 'a tick', { event: 'tick' });
    const { id } = await publish(server, '/named', '{"n":1}', { event: 'order.created' });
    const events = await client.have(3);
    assert.deepEqual(events.map(({ name, data }) => [name, data]),
      [['message', 'plain'], ['tick', 'a tick'], ['order.created', '{"n":1}']]);
    assert.equal(events[2].id, id);
    client.source.close();
  });

  test('every kind of line break ends a line, none is lost', async () => {
    const client = await openSource(`${server.http}/lines`);
    await publish(server, '/lines', 'a\r\nb\rc\nd\n\n\re');
    await publish(server, '/lines', 'data: x\nid: 9\n\nevent: forged');
    const events = await client.have(2);
    assert.equal(events[0].data, 'a\nb\nc\nd\n\n\ne');
    assert.equal(events[1].data, 'data: x\nid: 9\n\nevent: forged');
    client.source.close();
  });

  test('after a lost connection it goes on where it stopped', async (t) => {
    const proxy = await startProxy(server.port);
    t.after(() => proxy.close());
    const client = await openSource(`${proxy.http}/resume`, 'gap');
    await publish(server, '/resume', '1');
    await client.have(1);
    proxy.cut();
    for (const n of [2, 3, 4]) await publish(server, '/resume', String(n));
    proxy.mend();
    await client.have(4);
    await publish(server, '/resume', '5');
    const events = await client.have(5);
    assert.deepEqual(events.map(({ data }) => data), ['1', '2', '3', '4', '5']);
    client.source.close();
  });

  test('messages that are gone are told as a gap before anything else', async (t) => {
    const proxy = await startProxy(server.port);
    t.after(() => proxy.close());
    const client = await openSource(`${proxy.http}/evicted`, 'gap');
    await publish(server, '/evicted', '0');
    await client.have(1);
    proxy.cut();
    for (let n = 1; n <= historySize + 3; ++n) await publish(server, '/evicted', String(n));
    proxy.mend();
    const events = await client.have(2 + historySize);
    const gap = JSON.parse(events[1].data);
    assert.equal(events[1].name, 'gap');
    assert.equal(gap.lost, 3);
    assert.equal(gap.reason, 'evicted');
    assert.equal(events[1].id, gap.resumed_at);
    assert.deepEqual(events.slice(2).map(({ data }) => data), ['4', '5', '6', '7', '8']);
    client.source.close();
  });

  test('a cursor of an earlier run is told as a restart', async () => {
    await publish(server, '/restarted', 'x');
    const stream = await openStream(`${server.http}/restarted`, { 'Last-Event-ID': 'anotherepoch-5' });
    const first = await stream.next();
    assert.equal(first.event, 'gap');
    assert.equal(JSON.parse(first.data).reason, 'restarted');
    assert.equal(JSON.parse(first.data).lost, null);
    assert.equal((await stream.next()).data, 'x');
    stream.close();
  });
});

describe('on the wire', () => {
  test('the head of a stream, then at once a comment and the time to retry', async () => {
    const stream = await openStream(`${server.http}/head`);
    assert.equal(stream.status, 200);
    assert.match(stream.headers['content-type'], /^text\/event-stream/);
    assert.equal(stream.headers['cache-control'], 'no-store');
    assert.equal(stream.headers['x-accel-buffering'], 'no');
    await until(() => stream.parser.comments.length, 'a comment');
    await until(() => stream.parser.retry > 0, 'a retry time');
    stream.close();
  });

  // With an id and no data there is no event, yet a browser comes back after it (HTML, 9.2.6). The
  // library `eventsource` does not, so this looks at the bytes.
  for (const since of ['latest', 'all', '-1', '1s']) {
    test(`a connection from ${since} that is lost before its first message loses nothing`, async () => {
      const topic = `/unheard/${since}`;
      const stream = await openStream(`${server.http}${topic}?since=${since}`);
      await until(() => stream.parser.retry > 0, 'the greeting');
      stream.close();
      for (let n = 1; n <= historySize; ++n) await publish(server, topic, String(n));
      const { id } = stream.parser.fields;
      assert.ok(id, 'an id to come back with: otherwise it comes back from where it stands in the address');
      const again = await openStream(`${server.http}${topic}?since=${since}`, { 'Last-Event-ID': id });
      for (let n = 1; n <= historySize; ++n) assert.equal((await again.next()).data, String(n));
      again.close();
    });
  }

  test('format=json puts everything into one object and names no event', async () => {
    const stream = await openStream(`${server.http}/json?format=json`);
    const { id } = await publish(server, '/json', 'two\nlines', { event: 'tick' });
    const event = await stream.next();
    assert.equal(event.event, 'message');
    assert.equal(event.id, id);
    const message = JSON.parse(event.data);
    assert.deepEqual([message.type, message.id, message.topic, message.event, message.data],
      ['message', id, '/json', 'tick', 'two\nlines']);
    stream.close();
  });

  test('the header of a reconnect counts before the address it was made with', async () => {
    const { id } = await publish(server, '/both', '1');
    await publish(server, '/both', '2');
    const stream = await openStream(`${server.http}/both?since=all`, { 'Last-Event-ID': id });
    assert.equal((await stream.next()).data, '2');
    stream.close();
  });

  test('an unknown format is refused in words', async () => {
    const answer = await request(`${server.http}/x?format=xml`,
      { headers: { Accept: 'text/event-stream' } });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /xml|format/);
  });
});
