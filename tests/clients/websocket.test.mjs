// WebSocket, with the `ws` library as the peer.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSocket, publish, request, startServer } from './lib.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

describe('without a subprotocol a frame is a payload', () => {
  test('what one sends reaches everyone on the topic, the sender too', async () => {
    const clients = await Promise.all(
      [1, 2, 3].map(() => openSocket(`${server.ws}/relay`)));
    clients[0].send('hello');
    for (const client of clients) assert.equal(await client.next(), 'hello');
    clients[2].send('grüße 🙂');
    for (const client of clients) assert.equal(await client.next(), 'grüße 🙂');
    await Promise.all(clients.map((client) => client.close()));
  });

  test('a binary frame arrives as a binary frame, byte for byte', async () => {
    const [a, b] = await Promise.all([1, 2].map(() => openSocket(`${server.ws}/binary`)));
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => i % 256));
    a.send(bytes);
    for (const client of [a, b]) assert.ok(bytes.equals(await client.next()));
    a.send(Buffer.from('text in a binary frame'));
    assert.ok(Buffer.isBuffer(await b.next()));
    await Promise.all([a.close(), b.close()]);
  });

  test('a message in fragments is one message', async () => {
    const client = await openSocket(`${server.ws}/fragments`);
    client.send('one ', { fin: false });
    client.send('and ', { fin: false });
    client.send('the same', { fin: true });
    assert.equal(await client.next(), 'one and the same');
    await client.close();
  });

  test('an empty message is a message', async () => {
    const client = await openSocket(`${server.ws}/nothing`);
    client.send('');
    assert.equal(await client.next(), '');
    await client.close();
  });

  test('an address without a path is the root topic', async () => {
    const client = await openSocket(server.ws);
    const other = await openSocket(`${server.ws}/elsewhere`);
    await publish(server, '/', 'to the root');
    await publish(server, '/elsewhere', 'to another');
    assert.equal(await client.next(), 'to the root');
    assert.equal(await other.next(), 'to another');
    await Promise.all([client.close(), other.close()]);
    assert.deepEqual(client.frames, ['to the root']);
  });

  test('patterns and further topics subscribe to more than one', async () => {
    const client = await openSocket(`${server.ws}/many/*?topic=/extra`);
    for (const topic of ['/many/a', '/many/a/b', '/extra', '/many/c']) {
      await publish(server, topic, topic);
    }
    assert.deepEqual([await client.next(), await client.next(), await client.next()],
      ['/many/a', '/extra', '/many/c']);
    await client.close();
  });

  test('since=all brings what is remembered, then what is new, without a hole', async () => {
    for (const n of [1, 2, 3]) await publish(server, '/remembered', String(n));
    const client = await openSocket(`${server.ws}/remembered?since=all`);
    await publish(server, '/remembered', '4');
    for (const n of ['1', '2', '3', '4']) assert.equal(await client.next(), n);
    const { id } = await publish(server, '/remembered', '5');
    await publish(server, '/remembered', '6');
    const later = await openSocket(`${server.ws}/remembered?since=${id}`);
    assert.equal(await later.next(), '6');
    await Promise.all([client.close(), later.close()]);
  });
});

describe('subprotocol pushdeck.v1', () => {
  const open = (path) => openSocket(`${server.ws}${path}`, ['pushdeck.v1']);

  test('the server takes it up', async () => {
    const client = await open('/v1');
    assert.equal(client.socket.protocol, 'pushdeck.v1');
    await client.close();
  });

  test('a publish is acknowledged with its id and the number of deliveries', async () => {
    const [a, b] = await Promise.all([open('/v1/publish'), open('/v1/publish')]);
    a.sendJson({ type: 'publish', ref: 'r1', data: 'text', event: 'greeting' });
    const frames = [await a.nextJson(), await a.nextJson()];
    const ack = frames.find((frame) => frame.type === 'ack');
    const message = frames.find((frame) => frame.type === 'message');
    assert.equal(ack.ref, 'r1');
    assert.equal(ack.delivered, 2);
    assert.deepEqual(Object.keys(message).sort(),
      ['content_type', 'data', 'encoding', 'event', 'id', 'time', 'topic', 'type']);
    assert.equal(message.id, ack.id);
    assert.equal(message.topic, '/v1/publish');
    assert.equal(message.event, 'greeting');
    assert.equal(message.data, 'text');
    assert.equal(message.encoding, 'utf-8');
    assert.ok(Math.abs(message.time - Date.now()) < 60_000);
    assert.deepEqual(await b.nextJson(), message);
    await Promise.all([a.close(), b.close()]);
  });

  test('data that is not text travels as base64', async () => {
    const client = await open('/v1/binary');
    const bytes = Buffer.from([0, 255, 128, 7]);
    await publish(server, '/v1/binary', bytes, { type: 'application/octet-stream' });
    const message = await client.nextJson();
    assert.equal(message.encoding, 'base64');
    assert.ok(bytes.equals(Buffer.from(message.data, 'base64')));
    await client.close();
  });

  test('subscribe and unsubscribe change the topics of the connection', async () => {
    const client = await open('/v1/first');
    client.sendJson({ type: 'subscribe', ref: 1, topic: '/v1/second' });
    assert.deepEqual(await client.nextJson().then(({ type, ref }) => [type, ref]), ['ack', 1]);
    await publish(server, '/v1/second', 'heard');
    assert.equal((await client.nextJson()).data, 'heard');
    client.sendJson({ type: 'unsubscribe', ref: 2, topic: '/v1/second' });
    assert.deepEqual(await client.nextJson().then(({ type, ref }) => [type, ref]), ['ack', 2]);
    await publish(server, '/v1/second', 'not heard');
    await publish(server, '/v1/first', 'still here');
    assert.equal((await client.nextJson()).data, 'still here');
    await client.close();
  });

  test('a ping is answered', async () => {
    const client = await open('/v1/ping');
    client.sendJson({ type: 'ping', ref: 77 });
    const answer = await client.nextJson();
    assert.equal(answer.type, 'ack');
    assert.equal(answer.ref, 77);
    await client.close();
  });

  test('what makes no sense is answered with an error that says why, and the connection stays',
    async () => {
      const client = await open('/v1/errors');
      client.sendJson({ type: 'dance', ref: 5 });
      let answer = await client.nextJson();
      assert.equal(answer.type, 'error');
      assert.equal(answer.ref, 5);
      assert.match(answer.message, /\w+ \w+/);
      client.send('{"type":"publish"');
      answer = await client.nextJson();
      assert.equal(answer.type, 'error');
      client.sendJson({ type: 'publish', ref: 6, data: 'x', event: 'two\nlines' });
      answer = await client.nextJson();
      assert.deepEqual([answer.type, answer.ref], ['error', 6]);
      client.sendJson({ type: 'ping', ref: 7 });
      assert.equal((await client.nextJson()).type, 'ack');
      await client.close();
    });
});

describe('what the server does not let pass', () => {
  test('text that is not UTF-8 closes with 1007', async () => {
    const client = await openSocket(`${server.ws}/utf8`);
    client.send(Buffer.from([0x68, 0xff, 0xfe]), { binary: false });
    assert.equal((await client.closed).code, 1007);
  });

  test('a frame above the limit closes with 1009', async () => {
    const client = await openSocket(`${server.ws}/big`);
    client.send(Buffer.alloc(2 * 1024 * 1024));
    assert.equal((await client.closed).code, 1009);
  });

  test('a bad cursor is refused before the upgrade, in words', async () => {
    const answer = await request(`${server.http}/cursor?since=yesterday`, {
      headers: {
        Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      },
    });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /yesterday|since|cursor/);
  });
});
