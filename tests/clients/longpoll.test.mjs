// Long-polling, with plain HTTP requests as a front-end's fetch makes them.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientsOf, publish, request, startServer, until } from './lib.mjs';

const historySize = 20;
let server;
before(async () => { server = await startServer('--history', String(historySize)); });
after(() => server.stop());

const poll = (path, headers) => request(`${server.http}${path}`, { headers });
const fill = async (topic, count) => {
  const ids = [];
  for (let n = 1; n <= count; ++n) ids.push((await publish(server, topic, String(n))).id);
  return ids;
};

describe('raw: one message an answer', () => {
  test('a poll is held until a message is there, which is the body', async () => {
    const held = poll('/held', { 'User-Agent': 'holder' });
    await until(async () => (await clientsOf(server)).some((c) => c.user_agent === 'holder'),
      'the poll to be held');
    const { id, delivered } = await publish(server, '/held', '{"n":1}', { type: 'application/json' });
    assert.equal(delivered, 1);
    const answer = await held;
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '{"n":1}');
    assert.match(answer.headers['content-type'], /^application\/json/);
    assert.equal(answer.headers.etag, `"${id}"`);
    assert.ok(Date.parse(answer.headers['last-modified']) > 0);
    assert.equal(answer.headers['cache-control'], 'no-store');
  });

  test('the ETag given back is the cursor: with quotes, without, or weak', async () => {
    const [first] = await fill('/etag', 3);
    for (const tag of [`"${first}"`, first, `W/"${first}"`]) {
      assert.equal((await poll('/etag', { 'If-None-Match': tag })).text, '2');
    }
  });

  test('a loop over ETags gets each message once, in order', async () => {
    const ids = await fill('/loop', 10);
    const got = [];
    let tag = ids[0];
    while (got.length < 9) {
      const answer = await poll('/loop', { 'If-None-Match': tag });
      got.push(answer.text);
      tag = answer.headers.etag;
    }
    assert.deepEqual(got, ['2', '3', '4', '5', '6', '7', '8', '9', '10']);
  });

  test('binary data arrives byte for byte', async () => {
    const bytes = Buffer.from([0, 13, 10, 255, 254, 0]);
    await publish(server, '/bytes', bytes, { type: 'image/x-test' });
    const answer = await poll('/bytes?since=all');
    assert.ok(bytes.equals(answer.bytes));
    assert.equal(answer.headers['content-type'], 'image/x-test');
  });

  test('messages that are gone are told in a header', async () => {
    const ids = await fill('/gap', historySize + 5);
    const answer = await poll(`/gap?since=${ids[0]}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.text, '6');
    const gap = JSON.parse(answer.headers['x-gap']);
    assert.deepEqual([gap.lost, gap.reason], [4, 'evicted']);
  });
});

describe('timeouts', () => {
  test('204 without a condition, 304 where the request had one', async () => {
    const { id } = await publish(server, '/late', 'x');
    assert.equal((await poll('/late?timeout=0')).status, 204);
    const unchanged = await poll('/late?timeout=0', { 'If-None-Match': `"${id}"` });
    assert.equal(unchanged.status, 304);
    assert.equal(unchanged.headers.etag, `"${id}"`);
    assert.equal(unchanged.text, '');
    assert.equal(unchanged.headers['cache-control'], 'no-store');
  });

  test('a poll is held as long as it asks', async () => {
    const begin = Date.now();
    assert.equal((await poll('/late?timeout=1')).status, 204);
    const tookMs = Date.now() - begin;
    assert.ok(tookMs >= 950 && tookMs < 10_000, `${tookMs} ms`);
  });

  test('the cursor of a timeout goes on without a hole', async () => {
    const idle = await poll('/hole?timeout=0');
    await publish(server, '/hole', 'published between two polls');
    assert.ok(idle.headers.etag, 'a timeout names the cursor to go on with');
    const next = await poll('/hole', { 'If-None-Match': idle.headers.etag });
    assert.equal(next.text, 'published between two polls');
  });
});

describe('format=json: a batch', () => {
  for (const [how, path, headers] of [
    ['by the query', '/batch?format=json&since=all', {}],
    ['by Accept', '/batch?since=all', { Accept: 'application/json' }],
  ]) {
    test(`asked for ${how}`, async () => {
      if (how === 'by the query') await fill('/batch', 3);
      const answer = await poll(path, headers);
      assert.equal(answer.status, 200);
      assert.match(answer.headers['content-type'], /^application\/json/);
      const { messages, cursor } = answer.json;
      assert.deepEqual(messages.map(({ data }) => data), ['1', '2', '3']);
      assert.equal(cursor, messages[2].id);
      assert.deepEqual(Object.keys(messages[0]).sort(),
        ['content_type', 'data', 'encoding', 'event', 'id', 'time', 'topic', 'type']);
    });
  }

  test('the cursor goes on after the batch', async () => {
    await fill('/goes-on', 3);
    const { cursor } = (await poll('/goes-on?format=json&since=all')).json;
    const held = poll(`/goes-on?format=json&since=${cursor}`);
    await publish(server, '/goes-on', 'next');
    assert.deepEqual((await held).json.messages.map(({ data }) => data), ['next']);
  });

  test('a gap stands before the messages', async () => {
    const ids = await fill('/json-gap', historySize + 3);
    const { messages } = (await poll(`/json-gap?format=json&since=${ids[0]}`)).json;
    assert.equal(messages[0].type, 'gap');
    assert.equal(messages[0].lost, 2);
    assert.equal(messages[1].data, '4');
    assert.equal(messages.length, 1 + historySize);
  });
});

describe('where a subscription starts', () => {
  before(() => fill('/since', 6));
  const dataSince = async (since) => {
    const answer = await poll(`/since?format=json&timeout=0&since=${since}`);
    return answer.status === 204 ? [] : answer.json.messages.map(({ data }) => data);
  };

  test('all', async () => assert.deepEqual(await dataSince('all'), ['1', '2', '3', '4', '5', '6']));
  test('latest', async () => assert.deepEqual(await dataSince('latest'), []));
  test('the last N', async () => assert.deepEqual(await dataSince('-2'), ['5', '6']));
  test('more than there are', async () => assert.equal((await dataSince('-100')).length, 6));
  test('an age', async () => assert.equal((await dataSince('10m')).length, 6));
  test('an id', async () => {
    const all = (await poll('/since?format=json&since=all')).json.messages;
    assert.deepEqual(await dataSince(all[3].id), ['5', '6']);
  });

  for (const bad of ['yesterday', '-0', '10x', '--5', 'a-b-c-', '%00']) {
    test(`not ${bad}`, async () => {
      const answer = await poll(`/since?timeout=0&since=${bad}`);
      assert.equal(answer.status, 400);
      assert.match(answer.text, /\w+ \w+ \w+/, 'a sentence says what is wrong');
    });
  }

  for (const bad of ['-1', '121', 'soon']) {
    test(`a timeout is not ${bad}`, async () => {
      const answer = await poll(`/since?timeout=${bad}`);
      assert.equal(answer.status, 400);
      assert.match(answer.text, /\w+ \w+ \w+/);
    });
  }
});
