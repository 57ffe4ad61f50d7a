// The test page and the programs of front-ends, in a real browser against the real program.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSocket, publish, request, startServer, until } from '../clients/lib.mjs';
import { choose, launch, openPage as open, payloads } from './lib.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const openPage = (t, path, options) => open(browser, t, `${server.http}${path}`, options);

const apiPublish = (body) => request(`${server.http}/_/api/publish`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});

describe('the test page', () => {
  for (const transport of ['ws', 'sse', 'poll']) {
    test(`over ${transport}: receives, with event and id, and sends to others`, async (t) => {
      const topic = `/page/${transport}`;
      const { page, complaints } = await openPage(t, topic);
      await choose(page, transport);
      const { id } = (await apiPublish({ topic, event: 'greeting', data: 'from the API' })).json;
      const row = page.locator('#list li', { hasText: 'from the API' });
      await row.waitFor();
      assert.equal(await row.locator('.id').textContent(), id);
      assert.equal(await row.locator('.tag').textContent(), 'greeting');

      const other = await openSocket(`${server.ws}${topic}`, ['pushdeck.v1']);
      await page.fill('#data', 'from the page');
      await page.fill('#event', 'typed');
      await page.press('#data', 'Control+Enter');
      const message = await other.nextJson();
      assert.deepEqual([message.data, message.event], ['from the page', 'typed']);
      await page.locator('#sent[data-ok=yes]', { hasText: 'Delivered to 2 clients' }).waitFor();
      await page.locator('#list .payload', { hasText: 'from the page' }).waitFor();
      assert.deepEqual(await payloads(page), ['from the API', 'from the page']);
      assert.deepEqual(complaints, []);
      await other.close();
    });
  }

  test('changing the transport goes on where the last one stopped', async (t) => {
    const { page } = await openPage(t, '/page/switch');
    const expected = [];
    for (const transport of ['ws', 'sse', 'poll', 'ws', 'auto']) {
      await (transport === 'auto' ? page.check('input[value=auto]') : choose(page, transport));
      const data = `${expected.length}`;
      await publish(server, '/page/switch', data);
      expected.push(data);
      await page.waitForFunction((n) => document.querySelectorAll('#list .payload').length === n,
        expected.length);
    }
    assert.deepEqual(await payloads(page), expected);
  });

  test('what is received is never markup', async (t) => {
    const { page, complaints } = await openPage(t, '/page/hostile');
    await choose(page, 'ws');
    const hostile = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>';
    await apiPublish({ topic: '/page/hostile', event: '<b>bold</b>', data: hostile });
    const row = page.locator('#list li', { hasText: 'onerror' });
    await row.waitFor();
    assert.equal(await row.locator('.payload').textContent(), hostile);
    assert.equal(await row.locator('.tag').textContent(), '<b>bold</b>');
    assert.equal(await page.locator('#list img, #list b, #list script').count(), 0);
    assert.doesNotMatch(await page.title(), /taken/);
    assert.deepEqual(complaints, []);
  });

  test('a hostile topic is not markup either', async (t) => {
    const { page, complaints } = await openPage(t, `/${encodeURIComponent('<img src=x>"\'')}`);
    await choose(page, 'sse');
    assert.equal(await page.textContent('h1'), '/<img src=x>"\'');
    assert.equal(await page.locator('h1 img, #snippets img').count(), 0);
    assert.deepEqual(complaints, []);
  });

  test('the list is bounded and says so; pause and clear', async (t) => {
    const { page } = await openPage(t, '/page/many');
    await choose(page, 'ws');
    const sender = await openSocket(`${server.ws}/page/many`);
    for (let n = 0; n < 620; ++n) sender.send(String(n));
    await page.locator('#older', { hasText: '120 older messages not shown' }).waitFor();
    assert.equal(await page.locator('#list li').count(), 500);
    assert.equal(await page.textContent('#count'), '620');
    await page.click('#pause');
    sender.send('while paused');
    await page.locator('#pause', { hasText: 'Resume (1)' }).waitFor();
    assert.equal(await page.locator('#list li', { hasText: 'while paused' }).count(), 0);
    await page.click('#pause');
    await page.locator('#list li', { hasText: 'while paused' }).waitFor();
    await page.click('#clear');
    await page.locator('#empty').waitFor();
    await sender.close();
  });

  test('JSON is indented, or as it was sent', async (t) => {
    const { page } = await openPage(t, '/page/json');
    await choose(page, 'ws');
    const data = JSON.stringify({ order: 1041, items: [{ sku: 'B-204', quantity: 2 }], customer: 'A. Meyer' });
    await apiPublish({ topic: '/page/json', data });
    const payload = page.locator('#list .payload');
    await payload.waitFor();
    assert.equal(await payload.textContent(), JSON.stringify(JSON.parse(data), null, 2));
    await page.uncheck('#pretty');
    assert.equal(await payload.textContent(), data);
  });

  for (const transport of ['ws', 'poll']) {
    test(`over ${transport}: a close by the operator is told and not fought against`, async (t) => {
      const topic = `/page/closed/${transport}`;
      const { page } = await openPage(t, topic);
      await choose(page, transport);
      const { id } = await until(async () => {
        const { clients } = (await request(`${server.http}/_/api/clients`)).json;
        return clients.find(({ topics, waiting }) =>
          topics.includes(topic) && (waiting || transport === 'ws'));
      }, 'the page');
      await request(`${server.http}/_/api/clients/${id}?code=4000&reason=enough`, { method: 'DELETE' });
      await page.locator('#state[data-state=refused]', { hasText: /Closed by the server.*enough/ }).waitFor();
      await page.click('#toggle');
      await page.locator('#state[data-state=open]').waitFor();
    });
  }

  test('fits a phone of 360 pixels, with targets for fingers', async (t) => {
    const { page } = await openPage(t, '/page/phone',
      { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
    await choose(page, 'ws');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    const small = await page.$$eval('button', (list) => list.filter((b) => b.offsetParent)
      .filter((b) => b.offsetHeight < 40).map((b) => b.textContent));
    assert.deepEqual(small, []);
    await page.click('#side-show');
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await page.locator('#snippets').getByText('curl -d').waitFor();
  });

  test('a pattern receives from every topic it stands for, and does not send', async (t) => {
    const { page, complaints } = await openPage(t, '/page/pattern/*');
    await choose(page, 'sse');
    await publish(server, '/page/pattern/one', 'x');
    await page.locator('#list .tag.topic', { hasText: '/page/pattern/one' }).waitFor();
    assert.ok(await page.isDisabled('#send'));
    assert.equal(await page.locator('#snippets', { hasText: 'curl -d' }).count(), 0);
    assert.deepEqual(complaints, []);
  });

  test('another topic is one field away', async (t) => {
    const { page } = await openPage(t, '/page/here');
    await page.fill('#go-topic', 'page/über dort');
    await page.press('#go-topic', 'Enter');
    await page.waitForURL(`**${encodeURI('/page/über dort')}`);
    assert.equal(await page.textContent('h1'), '/page/über dort');
    await choose(page, 'ws');
  });
});

// Programs as front-ends have them, unchanged, on a page of the server itself. It is a page whose
// own connection is closed, so that nothing but the program receives.
describe('programs of front-ends work unchanged', () => {
  async function blankPage(t) {
    const opened = await openPage(t, '/blank');
    await opened.page.click('#toggle');
    return opened;
  }

  test('a WebSocket on the root: what one sends all get, the sender too', async (t) => {
    const { page, complaints } = await blankPage(t);
    const other = await openSocket(server.ws);
    await page.evaluate((port) => {
      window.got = [];
      const socket = new WebSocket(`ws://localhost:${port}`);
      socket.onmessage = (event) => window.got.push(event.data);
      socket.onopen = () => socket.send('Hello Server!');
    }, server.port);
    assert.equal(await other.next(), 'Hello Server!');
    await page.waitForFunction(() => window.got.includes('Hello Server!'));
    other.send('and back');
    await page.waitForFunction(() => window.got.length === 2);
    assert.deepEqual(await page.evaluate(() => window.got), ['Hello Server!', 'and back']);
    assert.deepEqual(complaints, []);
    await other.close();
  });

  test("an EventSource on 'stream.php'", async (t) => {
    const { page, complaints } = await blankPage(t);
    await page.evaluate(() => new Promise((resolve) => {
      window.got = [];
      const source = new EventSource('stream.php');
      source.onmessage = (event) => window.got.push(event.data);
      source.addEventListener('ping', (event) => window.got.push(`ping ${event.data}`));
      source.onopen = resolve;
    }));
    await publish(server, '/stream.php', 'a message');
    await publish(server, '/stream.php', 'now', { event: 'ping' });
    await page.waitForFunction(() => window.got.length === 2);
    assert.deepEqual(await page.evaluate(() => window.got), ['a message', 'ping now']);
    assert.deepEqual(complaints, []);
  });

  test('a loop of long polls', async (t) => {
    const { page, complaints } = await blankPage(t);
    await page.evaluate(() => {
      window.got = [];
      (async function subscribe() {
        const response = await fetch('/subscribe');
        if (response.status === 200) window.got.push(await response.text());
        if (window.got.length < 2) await subscribe();
      })();
    });
    const held = () => until(async () => {
      const { clients } = (await request(`${server.http}/_/api/clients`)).json;
      return clients.some(({ topics, waiting }) => topics.includes('/subscribe') && waiting);
    }, 'the poll to be held');
    await held();
    await publish(server, '/subscribe', 'first');
    await page.waitForFunction(() => window.got.length === 1);
    await held();
    await publish(server, '/subscribe', 'second');
    await page.waitForFunction(() => window.got.length === 2);
    assert.deepEqual(await page.evaluate(() => window.got), ['first', 'second']);
    assert.deepEqual(complaints, []);
  });
});
