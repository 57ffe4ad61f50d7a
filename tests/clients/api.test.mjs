// Publishing over HTTP, the operator's API under /_/, and what browsers ask of any server.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import {
  clientsOf, openSocket, openStream, publish, request, sleep, startServer, until,
} from './lib.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

const get = (path, headers) => request(`${server.http}${path}`, { headers });
const send = (method, path, body, headers = {}) =>
  request(`${server.http}${path}`, { method, body: body && JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers } });
const clientNamed = (name) =>
  until(async () => (await clientsOf(server)).find((client) => client.client_id === name), name);

describe('publishing', () => {
  test('202 when a message was only remembered, 201 when somebody got it', async () => {
    const nobody = await publish(server, '/post', 'x');
    assert.deepEqual([nobody.status, nobody.topic, nobody.delivered], [202, '/post', 0]);
    const socket = await openSocket(`${server.ws}/post`);
    const somebody = await publish(server, '/post', 'y');
    assert.deepEqual([somebody.status, somebody.delivered], [201, 1]);
    assert.notEqual(somebody.id, nobody.id);
    await socket.close();
  });

  test('an event name by the header EventSource publishers use', async () => {
    const stream = await openStream(`${server.http}/post/event`);
    await request(`${server.http}/post/event`,
      { method: 'POST', body: 'x', headers: { 'X-EventSource-Event': 'tick' } });
    assert.equal((await stream.next()).event, 'tick');
    stream.close();
  });

  test('an event name with a line break is refused, not passed on', async () => {
    const answer = await request(`${server.http}/post?event=a%0Ab`, { method: 'POST', body: 'x' });
    assert.equal(answer.status, 400);
    assert.match(answer.text, /\w+ \w+/);
  });

  test('topics that are none are refused in words', async () => {
    for (const path of ['/%ff', `/${'x'.repeat(300)}`, '/a%0ab', '/_/mine', '/post/*']) {
      const answer = await request(`${server.http}${path}`, { method: 'POST', body: 'x' });
      assert.ok([400, 404].includes(answer.status), `${path}: ${answer.status}`);
      assert.match(answer.text, /\w+ \w+/);
    }
  });

  test('the API publishes to a topic, as text or as JSON', async () => {
    const stream = await openStream(`${server.http}/api/publish?format=json`);
    const answer = await send('POST', '/_/api/publish',
      { topic: '/api/publish', event: 'e', data: 'text', content_type: 'text/x-test' });
    assert.equal(answer.status, 201);
    assert.equal(answer.json.delivered, 1);
    const message = JSON.parse((await stream.next()).data);
    assert.deepEqual([message.id, message.event, message.data, message.content_type],
      [answer.json.id, 'e', 'text', 'text/x-test']);
    await send('POST', '/_/api/publish', { topic: '/api/publish', data: { n: [1, 2] } });
    const object = JSON.parse((await stream.next()).data);
    assert.deepEqual(JSON.parse(object.data), { n: [1, 2] });
    assert.equal(object.content_type, 'application/json');
    stream.close();
  });

  test('the API publishes to one client only', async () => {
    const [one, other] = await Promise.all(['one', 'other'].map((name) =>
      openSocket(`${server.ws}/to?client_id=${name}`)));
    const { id } = await clientNamed('one');
    const answer = await send('POST', '/_/api/publish', { to: id, data: 'for you' });
    assert.equal(answer.status, 201);
    await publish(server, '/to', 'for all');
    assert.deepEqual([await one.next(), await one.next()], ['for you', 'for all']);
    assert.equal(await other.next(), 'for all');
    await Promise.all([one.close(), other.close()]);
  });

  test('the API publishes to everyone, whatever they listen to', async () => {
    const clients = await Promise.all(['/everyone/a', '/everyone/b'].map((topic) =>
      openSocket(`${server.ws}${topic}`)));
    const answer = await send('POST', '/_/api/publish', { to: 'all', data: 'closing time' });
    assert.ok(answer.json.delivered >= 2);
    for (const client of clients) assert.equal(await client.next(), 'closing time');
    await Promise.all(clients.map((client) => client.close()));
  });

  test('a publish that makes no sense says why', async () => {
    for (const body of [{ data: 'no topic' }, { topic: 'no-slash', data: 'x' }, { topic: '/t' },
      { topic: '/t', data: 'x', event: 'a\nb' }]) {
      const answer = await send('POST', '/_/api/publish', body);
      assert.equal(answer.status, 400, JSON.stringify(body));
      assert.match(answer.text, /\w+ \w+/);
    }
    assert.equal((await request(`${server.http}/_/api/publish`, { method: 'POST', body: '{' })).status, 400);
    assert.equal((await send('POST', '/_/api/publish', { to: 999999, data: 'x' })).status, 404);
  });
});

describe('looking', () => {
  test('clients: who is here, over which transport, on which topics', async () => {
    const socket = await openSocket(`${server.ws}/who?client_id=anna`, [],
      { headers: { 'User-Agent': 'tester/1' } });
    const stream = await openStream(`${server.http}/who?client_id=ben&topic=/more`);
    const poll = request(`${server.http}/who?client_id=cleo&timeout=20`);
    const anna = await clientNamed('anna');
    const ben = await clientNamed('ben');
    const cleo = await clientNamed('cleo');
    assert.deepEqual([anna, ben, cleo].map(({ transport }) => transport),
      ['websocket', 'sse', 'long-poll']);
    assert.deepEqual(anna.topics, ['/who']);
    assert.deepEqual(ben.topics.sort(), ['/more', '/who']);
    assert.equal(anna.address, '127.0.0.1');
    assert.equal(anna.user_agent, 'tester/1');
    assert.ok(new Set([anna, ben, cleo].map(({ id }) => id)).size === 3);
    await publish(server, '/who', 'bye');
    await poll;
    stream.close();
    await socket.close();
    await until(async () => (await clientsOf(server)).every(
      ({ client_id: name }) => name !== 'anna' && name !== 'ben'), 'the clients to be gone');
  });

  test('status, topics, messages', async () => {
    await publish(server, '/looked/at', 'one', { event: 'e' });
    const { id } = await publish(server, '/looked/at', 'two');
    const status = (await get('/_/api/status')).json;
    assert.equal(status.port, server.port);
    assert.match(status.version, /^\d+\.\d+\.\d+$/);
    const { topics } = (await get('/_/api/topics')).json;
    const topic = topics.find((entry) => entry.topic === '/looked/at');
    assert.deepEqual([topic.remembered, topic.published, topic.last_id], [2, 2, id]);
    const { messages } = (await get('/_/api/messages?topic=/looked/at&since=all')).json;
    assert.deepEqual(messages.map(({ data, event }) => [data, event]), [['one', 'e'], ['two', null]]);
    assert.deepEqual((await get(`/_/api/messages?topic=/looked/at&since=${id}`)).json.messages, []);
  });

  test('health and metrics', async () => {
    assert.equal((await get('/_/health')).status, 200);
    const metrics = await get('/_/metrics');
    assert.equal(metrics.status, 200);
    assert.match(metrics.headers['content-type'], /^text\/plain/);
    for (const line of metrics.text.trim().split('\n')) {
      assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [0-9.e+-]+)$/, line);
    }
    assert.match(metrics.text, /^pushdeck_\w+/m);
  });

  test('the API is not for pages of other sites', async () => {
    assert.equal((await get('/_/api/status', { Origin: 'http://evil.example' })).status, 403);
    assert.equal((await get('/_/api/status', { Host: 'evil.example' })).status, 403);
  });
});

describe('closing a client', () => {
  test('a WebSocket gets the code and the reason', async () => {
    const socket = await openSocket(`${server.ws}/close?client_id=closed`);
    const { id } = await clientNamed('closed');
    const answer = await request(
      `${server.http}/_/api/clients/${id}?code=4001&reason=${encodeURIComponent('time is up')}`,
      { method: 'DELETE' });
    assert.ok(answer.status === 200 || answer.status === 204, String(answer.status));
    assert.deepEqual(await socket.closed, { code: 4001, reason: 'time is up' });
  });

  test('the closing handshake is let end: no reset after the close frame (RFC 6455, 7.1.1)',
    async () => {
      // A reset may take the close frame with it, and browsers call it unclean.
      const socket = net.connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
      socket.write('GET /close?client_id=bare HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n' +
        'Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n');
      let received = Buffer.alloc(0);
      let failure = null;
      let ended = false;
      socket.on('data', (chunk) => { received = Buffer.concat([received, chunk]); });
      socket.on('error', (error) => { failure = error; });
      socket.on('end', () => { ended = true; });
      const { id } = await clientNamed('bare');
      await request(`${server.http}/_/api/clients/${id}?code=4001`, { method: 'DELETE' });
      const closeFrame = () => received.indexOf(Buffer.from([0x0f, 0xa1])); // 4001
      await until(() => closeFrame() > 0, 'the close frame');
      // As slow as a network: in two segments, and not at once.
      await sleep(50);
      socket.write(Buffer.from([0x88, 0x82, 0, 0, 0, 0]));
      await sleep(50);
      socket.write(Buffer.from([0x0f, 0xa1]));
      await until(() => ended, 'the end of the connection');
      socket.end();
      await until(() => socket.closed, 'the socket to be closed');
      assert.equal(failure, null);
    });

  test('a stream ends', async () => {
    const stream = await openStream(`${server.http}/close?client_id=streaming`);
    const { id } = await clientNamed('streaming');
    await request(`${server.http}/_/api/clients/${id}`, { method: 'DELETE' });
    await stream.ended;
  });

  test('a client that is not there is 404, a code that may not be sent 400', async () => {
    assert.equal((await request(`${server.http}/_/api/clients/999999`, { method: 'DELETE' })).status, 404);
    const socket = await openSocket(`${server.ws}/close?client_id=stays`);
    const { id } = await clientNamed('stays');
    assert.equal((await request(`${server.http}/_/api/clients/${id}?code=1006`,
      { method: 'DELETE' })).status, 400);
    await socket.close();
  });
});

describe('what browsers ask', () => {
  test('a preflight is answered', async () => {
    const answer = await request(`${server.http}/cors`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://app.example', 'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization, content-type',
      },
    });
    assert.ok(answer.status === 200 || answer.status === 204);
    assert.ok(['*', 'http://app.example'].includes(answer.headers['access-control-allow-origin']));
    assert.match(answer.headers['access-control-allow-methods'], /POST/);
    assert.match(answer.headers['access-control-allow-headers'].toLowerCase(), /\*|authorization/);
  });

  test('answers to other origins may be read, with the headers that matter', async () => {
    const answer = await get('/cors?timeout=0', { Origin: 'http://app.example' });
    assert.ok(['*', 'http://app.example'].includes(answer.headers['access-control-allow-origin']));
    const exposed = answer.headers['access-control-expose-headers'].toLowerCase();
    for (const name of ['etag', 'last-modified', 'x-gap']) assert.ok(exposed.includes(name), name);
  });

  test('a topic opened in a tab is the test page, whose files are all there', async () => {
    const page = await get('/some/topic', { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'], /^text\/html; ?charset=utf-8/i);
    const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
    assert.ok(files.length >= 3);
    for (const path of files) {
      const file = await get(path);
      assert.equal(file.status, 200, path);
      const type = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }[path.split('.').pop()];
      assert.ok(file.headers['content-type'].startsWith(type), path);
      if (path.endsWith('.js')) {
        for (const [, name] of file.text.matchAll(/from '\.\/([^']+)'/g)) files.push(`/_/web/${name}`);
      }
    }
    assert.equal((await get('/_/web/nothing.js')).status, 404);
    assert.equal((await get('/favicon.ico')).status, 200);
  });

  test('HEAD has the fields and no body', async () => {
    const page = await request(`${server.http}/some/topic`,
      { method: 'HEAD', headers: { Accept: 'text/html' } });
    assert.equal(page.status, 200);
    assert.equal(page.bytes.length, 0);
    assert.ok(Number(page.headers['content-length']) > 0);
  });

  test('a method that topics do not know is refused', async () => {
    assert.ok([404, 405, 501].includes(
      (await request(`${server.http}/some/topic`, { method: 'PATCH' })).status));
  });
});
