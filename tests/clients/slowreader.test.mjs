// A client that reads slower than messages are evicted: what goes while its replay is under way is told
// inside it, with the right number, and nothing else is missing.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientsOf, request, startServer, until } from './lib.mjs';
import { Model, partsOf } from './model.mjs';
import { openPublishers } from './publishers.mjs';
import { makeSubscription } from './subscriptions.mjs';

// More than the kernel's buffers of both ends hold, and less than a topic may remember (16 MiB).
const history = 15;
const bytes = 900_000;
let server;
before(async () => { server = await startServer('--history', String(history)); });
after(() => server.stop());

describe('a replay that is slower than evictions', () => {
  for (const transport of ['ws-v1', 'sse']) {
    test(transport, { timeout: 60_000 }, async (t) => {
      const topic = `/slow/${transport}`;
      const { newest_id: newest } = (await request(`${server.http}/_/api/status`)).json;
      const model = new Model(partsOf(newest).epoch, history, { isSlow: true });
      const publishers = await openPublishers(server, topic, (message) => model.add(message));
      t.after(() => publishers.close());
      let count = 0;
      const publishOne = () =>
        publishers.publish('post', { topic, data: `${++count}`.padEnd(bytes, '.'), event: null });
      for (let n = 0; n < history + 3; ++n) await publishOne();

      const subscription = makeSubscription(server, transport, { topics: [topic], cursor: model.log[0].id });
      await subscription.open();
      t.after(() => subscription.leave(true));
      subscription.pause();
      for (let n = 0; n < history - 1; ++n) await publishOne();
      const behind = (await clientsOf(server)).filter(({ topics }) => topics[0] === topic);
      assert.equal(behind.length, 1, 'it is not closed for being slow');
      subscription.resume();

      let fault;
      await until(() => {
        fault = model.judge([topic], subscription.stretch, true);
        if (fault && !fault.mayCome) throw new Error(fault.words);
        return !fault;
      }, () => fault.words, 30_000);
      const gaps = subscription.stretch.entries.filter(({ type }) => type === 'gap');
      t.diagnostic(`gaps: ${gaps.map(({ lost }) => lost)}`);
      assert.equal(gaps[0].lost, 2, 'what was gone when it came');
      assert.ok(gaps.length > 1, 'it lost something during its replay');
    });
  }
});
