// Subscriptions of one connection that overlap: what one of them brings is no loss to another.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openSocket, publish, startServer } from './lib.mjs';
import { countedLosses } from './model.mjs';

const history = 2;
let server;
before(async () => { server = await startServer('--history', String(history)); });
after(() => server.stop());

for (const [name, count] of [['counted', 2 * history], ['no longer counted', history + countedLosses + 1]]) {
  test(`no gap is told of messages that were delivered, evicted and ${name}`, async () => {
    const topic = `/overlap-${count}/x`;
    const { id } = await publish(server, topic, 'before');
    const client = await openSocket(`${server.ws}/overlap-${count}/**?since=${id}`, ['pushdeck.v1']);
    for (let n = 0; n < count; ++n) await publish(server, topic, String(n));
    for (let n = 0; n < count; ++n) assert.equal((await client.nextJson()).data, String(n));
    client.sendJson({ type: 'subscribe', ref: 1, topic: `/overlap-${count}/*`, since: id });
    client.sendJson({ type: 'ping', ref: 2 });
    const frames = [await client.nextJson(), await client.nextJson()];
    assert.deepEqual(frames.map(({ type, ref, lost }) => [type, ref ?? lost]), [['ack', 1], ['ack', 2]]);
    await client.close();
  });
}
