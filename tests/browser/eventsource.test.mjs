// The browser's own EventSource, without a line of ours on the page's side: it hears gaps, and comes
// back by itself over a restart of the server.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { clientsOf, publish, run, startProxy, until } from '../clients/lib.mjs';
import { launch, openPage, startMortalServer } from './lib.mjs';

let browser;
let hasHistoryFile;
before(async () => {
  browser = await launch();
  const help = run(['--help']);
  await help.exit;
  hasHistoryFile = help.stdout.includes('--history-file');
});
after(() => browser?.close());

/**
 * An EventSource on a page of the server, and what it hears: data of messages, `gap REASON LOST` for
 * gaps. The page's own connection is closed, so that nothing else receives.
 */
async function listen(t, origin, target) {
  const { page } = await openPage(browser, t, `${origin}/blank`);
  await page.click('#toggle');
  await page.locator('#state[data-state=idle]').waitFor();
  await page.evaluate((url) => {
    window.heard = [];
    window.opened = 0;
    window.source = new EventSource(url);
    source.onopen = () => { opened += 1; };
    source.onmessage = ({ data }) => heard.push(data);
    source.addEventListener('gap', ({ data }) => {
      const { reason, lost } = JSON.parse(data);
      heard.push(`gap ${reason} ${lost}`);
    });
  }, target);
  const ear = {
    heard: () => page.evaluate(() => heard),
    opened: (times) => page.waitForFunction((n) => opened === n, times),
    heardOf: (count) => page.waitForFunction((n) => heard.length >= n, count).then(ear.heard),
  };
  await ear.opened(1);
  return ear;
}

const isStream = ({ transport, topics }) => transport === 'sse' && topics.includes('/news');

test('hears of a gap before the messages that are left', async (t) => {
  const server = await startMortalServer(t, '--history', '2');
  const { id } = await publish(server, '/news', 'seen long ago');
  for (let n = 1; n <= 4; n += 1) await publish(server, '/news', `away ${n}`);
  const ear = await listen(t, server.http, `/news?last_event_id=${id}`);
  assert.deepEqual(await ear.heardOf(3), ['gap evicted 2', 'away 3', 'away 4']);
});

test('comes back over a restart; what a server without a history file forgot is a gap', async (t) => {
  const server = await startMortalServer(t);
  const ear = await listen(t, server.http, '/news');
  await publish(server, '/news', 'before');
  await ear.heardOf(1);
  await server.kill();
  await server.comeBack();
  await ear.opened(2);
  assert.deepEqual(await ear.heardOf(2), ['before', 'gap restarted null']);
  await publish(server, '/news', 'after');
  assert.deepEqual(await ear.heardOf(3), ['before', 'gap restarted null', 'after']);
});

test('loses nothing where the connection is lost before the first message', async (t) => {
  const server = await startMortalServer(t);
  const proxy = await startProxy(server.port);
  t.after(() => proxy.close());
  const ear = await listen(t, proxy.http, '/news');
  proxy.cut();
  await until(async () => !(await clientsOf(server)).some(isStream), 'the loss to be noticed');
  await publish(server, '/news', 'meanwhile');
  proxy.mend();
  await ear.opened(2);
  assert.deepEqual(await ear.heardOf(1), ['meanwhile']);
});

for (const signal of ['SIGTERM', 'SIGKILL']) {
  test(`--history-file: after ${signal} it resumes with nothing lost and no gap`, async (t) => {
    if (!hasHistoryFile) return t.skip('this program has no --history-file');
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-history-'));
    t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
    const server = await startMortalServer(t, '--history-file', path.join(folder, 'history'));
    const ear = await listen(t, server.http, '/news');
    await publish(server, '/news', 'before');
    await ear.heardOf(1);
    await server.end(signal);
    await server.comeBack();
    // The browser waits two seconds before it comes back: this is published while it is away.
    await publish(server, '/news', 'away');
    await ear.opened(2);
    await publish(server, '/news', 'after');
    assert.deepEqual(await ear.heardOf(3), ['before', 'away', 'after']);
  });
}
