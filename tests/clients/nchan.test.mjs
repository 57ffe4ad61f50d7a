// The published `nchan` client library, on each of its three transports.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importNchan } from './lentbrowser.mjs';
import { publish, startServer, until } from './lib.mjs';

let server;
let NchanSubscriber;
before(async () => {
  server = await startServer();
  NchanSubscriber = await importNchan(server);
});
after(() => server.stop());

for (const transport of ['websocket', 'eventsource', 'longpoll']) {
  test(`the nchan client over ${transport}`, async () => {
    const topic = `/nchan/${transport}`;
    const start = await publish(server, topic, 'before');
    const subscriber = new NchanSubscriber(`${server.http}${topic}?since=${start.id}`,
      { subscriber: transport });
    const got = [];
    subscriber.on('message', (data, meta) => got.push({ data, ...meta }));
    let connected = false;
    subscriber.on('connect', () => { connected = true; });
    subscriber.start();
    await until(() => connected, 'the connection');

    const ids = [];
    for (const data of ['one', 'two\nlines', '{"n":3}']) {
      ids.push((await publish(server, topic, data, { type: 'text/x-test' })).id);
    }
    await until(() => got.length >= 3, () => `three messages; have ${JSON.stringify(got)}`);
    subscriber.stop();

    assert.deepEqual(got.map(({ data }) => data), ['one', 'two\nlines', '{"n":3}']);
    if (transport === 'longpoll') {
      assert.ok(got.every(({ id }, i) => id.includes(ids[i])), 'the id is in the ETag');
    } else {
      assert.deepEqual(got.map(({ id }) => id), ids);
    }
    if (transport === 'websocket') assert.equal(got[0]['content-type'], 'text/x-test');
  });
}
