// The test page's connection: which transport it takes, what it tells about gaps, waits and refusals,
// and that it comes back, in a real browser against the real program.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { clientsOf, publish, request, startServer, until } from '../clients/lib.mjs';
import { choose, connected, launch, openPage, payloads, startMortalServer } from './lib.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const row = (page, text) => page.locator('#list li', { hasText: text }).waitFor();
const isRefused = (page, text) =>
  page.locator('#state[data-state=refused]', { hasText: text }).waitFor();

// As where a policy or an extension forbids them.
function forbidWebSockets() {
  window.WebSocket = class {
    constructor() {
      throw new DOMException('forbidden here', 'SecurityError');
    }
  };
}

describe('auto', () => {
  let server;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.stop());

  test('is the choice at first, and uses WebSocket', async (t) => {
    const { page, complaints } = await openPage(browser, t, `${server.http}/auto/ws`);
    assert.ok(await page.isChecked('input[value=auto]'));
    await connected(page, 'ws');
    const client = (await clientsOf(server)).find(({ topics }) => topics.includes('/auto/ws'));
    assert.equal(client.transport, 'websocket');
    assert.deepEqual(complaints, []);
  });

  test('falls back to SSE where no WebSocket can be made, and says so', async (t) => {
    const { page, complaints } = await openPage(browser, t, `${server.http}/auto/sse`,
      { init: forbidWebSockets });
    await connected(page, 'sse');
    assert.match(await page.textContent('#state-detail'), /WebSocket did not get through/);
    await publish(server, '/auto/sse', 'over the stream');
    await row(page, 'over the stream');
    assert.deepEqual(complaints, []);
  });

  test('the choice outlives a reload', async (t) => {
    const { page } = await openPage(browser, t, `${server.http}/auto/reload`);
    await choose(page, 'poll');
    await page.reload();
    assert.ok(await page.isChecked('input[value=poll]'));
    await connected(page, 'poll');
  });
});

describe('gaps', () => {
  let server;
  before(async () => {
    server = await startServer('--history', '3');
  });
  after(() => server?.stop());

  for (const transport of ['ws', 'sse', 'poll']) {
    test(`over ${transport}: what the topic no longer remembers is told, with the number`, async (t) => {
      const topic = `/gap/${transport}`;
      const { page } = await openPage(browser, t, server.http + topic);
      await choose(page, transport);
      await publish(server, topic, 'seen');
      await row(page, 'seen');
      await page.click('#toggle');
      await page.locator('#state[data-state=idle]').waitFor();
      for (let n = 1; n <= 5; n += 1) await publish(server, topic, `away ${n}`);
      await page.click('#toggle');
      await row(page, 'away 5');
      assert.deepEqual(await payloads(page), ['seen', 'away 3', 'away 4', 'away 5']);
      const gap = page.locator('#list li.gap');
      assert.match(await gap.textContent(), /^2 messages are missing here/);
      assert.equal(await page.textContent('#state-losses'), '1 gap, 2 messages lost');
    });
  }
});

describe('a server that was killed and started anew on its port', () => {
  for (const transport of ['auto', 'ws', 'sse', 'poll']) {
    test(`${transport}: the page waits, says why, comes back, and tells the gap`, async (t) => {
      const server = await startMortalServer(t);
      const topic = '/restart';
      const { page } = await openPage(browser, t, server.http + topic);
      const used = transport === 'auto' ? 'ws' : transport;
      await page.check(`input[value=${transport}]`);
      await connected(page, used);
      await publish(server, topic, 'before');
      await row(page, 'before');

      await server.kill();
      const waiting = page.locator('#state[data-state=waiting]', { hasText: /next try over .+ in \d+ s/ });
      await waiting.waitFor();
      await page.locator('#state-words', { hasText: 'The server cannot be reached' }).waitFor();
      await server.comeBack();

      await connected(page, used);
      await row(page, 'Messages are missing here: the server was started anew');
      assert.match(await page.textContent('#state-detail'), /1 reconnect\b/);
      assert.equal(await page.textContent('#state-losses'), '1 gap, an unknown number lost');
      await publish(server, topic, 'after');
      await row(page, 'after');
      assert.deepEqual(await payloads(page), ['before', 'after']);
    });
  }
});

describe('refusals', () => {
  let server;
  before(async () => {
    server = await startServer('--subscribe-token', 'open sesame');
  });
  after(() => server?.stop());

  for (const transport of ['auto', 'ws', 'sse', 'poll']) {
    test(`${transport}: asks for the token that the server wants`, async (t) => {
      const { page } = await openPage(browser, t, `${server.http}/token/${transport}`);
      await isRefused(page, 'Subscribing needs a token');
      await page.check(`input[value=${transport}]`);
      await isRefused(page, 'Subscribing needs a token');
      assert.ok(await page.isVisible('#token-bar'));
      await page.fill('#token', 'wrong');
      await page.press('#token', 'Enter');
      await isRefused(page, 'token');
      await page.fill('#token', 'open sesame');
      await page.press('#token', 'Enter');
      await connected(page, transport === 'auto' ? 'ws' : transport);
      assert.ok(await page.isHidden('#token-bar'));
      assert.match(await page.textContent('#snippets'), /open sesame/);
    });
  }

  test('a close that says "come back" is followed by coming back', async (t) => {
    const url = `${server.http}/token/passing`;
    const { page } = await openPage(browser, t, `${url}?token=open%20sesame`);
    await connected(page, 'ws');
    const client = await until(async () =>
      (await clientsOf(server)).find(({ topics }) => topics.includes('/token/passing')), 'the page');
    await request(`${server.http}/_/api/clients/${client.id}?code=1001&reason=moving`, { method: 'DELETE' });
    await page.locator('#state[data-state=open]', { hasText: '1 reconnect' }).waitFor();
  });

  test('a token that is wanted only to publish is asked for when sending', async (t) => {
    const guarded = await startServer('--publish-token', 'quill');
    t.after(() => guarded.stop());
    const { page } = await openPage(browser, t, `${guarded.http}/quill`);
    await connected(page, 'ws');
    await page.fill('#data', 'hello');
    await page.click('#send');
    await page.locator('#sent[data-ok=no]', { hasText: 'needs a token' }).waitFor();
    await page.fill('#token', 'quill');
    await page.press('#token', 'Enter');
    await connected(page, 'ws');
    await page.click('#send');
    await page.locator('#sent[data-ok=yes]', { hasText: 'Delivered to 1 client' }).waitFor();
  });
});
