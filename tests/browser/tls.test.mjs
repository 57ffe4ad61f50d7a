// Chromium over https and wss, on the certificates of `--tls auto`. It trusts this one server by its
// certificate's key, which Node has verified with the authority, and no other: its store of
// authorities cannot be written without tools that not every system has.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { clientsOf, publish, startServer, until } from '../clients/lib.mjs';
import { choose, launch, openPage, payloads } from './lib.mjs';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-browser-tls-'));
const start = (name) => startServer('--tls', 'auto', '--tls-dir', path.join(folder, name));
let server;
let stranger;
let browser;
let origin;

/** What Chromium knows the server's key by. */
async function pinOf(port) {
  const ca = fs.readFileSync(path.join(folder, 'own', 'ca.crt'));
  const socket = tls.connect({ port, host: '127.0.0.1', ca });
  await once(socket, 'secureConnect');
  const key = socket.getPeerX509Certificate().publicKey.export({ type: 'spki', format: 'der' });
  socket.destroy();
  return createHash('sha256').update(key).digest('base64');
}

before(async () => {
  [server, stranger] = [await start('own'), await start('stranger')];
  origin = `https://127.0.0.1:${server.port}`;
  browser = await launch(`--ignore-certificate-errors-spki-list=${await pinOf(server.port)}`);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  await stranger?.stop();
  fs.rmSync(folder, { recursive: true });
});

const texts = ['one', 'two\nlines', '<b>three</b> 文'];

test('another server is not trusted', async (t) => {
  const context = await browser.newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await assert.rejects(page.goto(`https://127.0.0.1:${stranger.port}/`), /ERR_CERT_AUTHORITY_INVALID/);
});

for (const [transport, name] of [['ws', 'websocket'], ['sse', 'sse'], ['poll', 'long-poll']]) {
  test(`the test page receives over ${name}`, async (t) => {
    const topic = `/tls/${transport}`;
    const { page, complaints } = await openPage(browser, t, origin + topic);
    await choose(page, transport);
    const [client] = (await clientsOf(server)).filter(({ topics }) => topics.includes(topic));
    assert.deepEqual([client.transport, client.tls, client.tls_version], [name, true, 'TLS 1.3']);
    for (const text of texts) await publish(server, topic, text);
    await until(async () => (await payloads(page)).length === texts.length, 'the messages');
    assert.deepEqual((await payloads(page)).sort(), [...texts].sort());
    assert.deepEqual(complaints, []);
  });
}

test("the browser's own WebSocket, EventSource and fetch receive each message once, in order", async (t) => {
  const { page, complaints } = await openPage(browser, t, `${origin}/blank`);
  await page.evaluate(async (topic) => {
    window.got = { ws: [], sse: [], poll: [] };
    const socket = new WebSocket(`wss://${location.host}${topic}`);
    const source = new EventSource(topic);
    socket.onmessage = ({ data }) => got.ws.push(data);
    source.onmessage = ({ data }) => got.sse.push(data);
    await Promise.all([socket, source].map((each) => new Promise((resolve) => { each.onopen = resolve; })));
    const poll = async (cursor) => {
      const answer = await fetch(topic, { headers: { 'If-None-Match': cursor } });
      if (answer.status === 200) got.poll.push(await answer.text());
      poll(answer.headers.get('ETag'));
    };
    const first = await fetch(`${topic}?timeout=0`);
    poll(first.headers.get('ETag'));
  }, '/tls/native');
  for (const text of texts) await publish(server, '/tls/native', text);
  await page.waitForFunction((count) => Object.values(got).every((each) => each.length >= count), texts.length);
  assert.deepEqual(await page.evaluate(() => got), { ws: texts, sse: texts, poll: texts });
  assert.deepEqual(complaints, []);
});
