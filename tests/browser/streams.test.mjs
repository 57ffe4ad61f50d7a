// A browser opens six HTTP/1.1 connections to one origin. The test pages count those that they hold,
// and warn before the next one hangs.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from '../clients/lib.mjs';
import { choose, connected, launch, openContext, openPage } from './lib.mjs';

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

test('a page warns where it holds the last connection that the browser opens', async (t) => {
  const context = await openContext(browser, t);
  const open = async (n) => (await openPage(browser, t, `${server.http}/stream/${n}`, { context })).page;
  const others = [];
  for (let n = 1; n <= 5; n += 1) {
    const page = await open(n);
    await choose(page, n % 2 ? 'sse' : 'poll');
    others.push(page);
  }
  const page = await open(6);
  await connected(page, 'ws');
  assert.ok(await page.isHidden('#crowd'), 'a WebSocket does not count');

  const warning = page.locator('#crowd', { hasText: 'This page and 5 others' });
  await choose(page, 'sse');
  await warning.waitFor();
  await others[0].locator('#crowd', { hasText: 'This page and 5 others' }).waitFor();

  await page.click('#crowd-leave');
  await connected(page, 'ws');
  await page.locator('#crowd').waitFor({ state: 'hidden' });
  await others[0].locator('#crowd').waitFor({ state: 'hidden' });

  await choose(page, 'sse');
  await warning.waitFor();
  await others[4].close();
  await page.locator('#crowd').waitFor({ state: 'hidden' });
});

test('a page that crashed is not counted', async (t) => {
  const context = await openContext(browser, t);
  const open = async (n) => (await openPage(browser, t, `${server.http}/crash/${n}`, { context })).page;
  const pages = [];
  for (let n = 1; n <= 6; n += 1) {
    const page = await open(n);
    await choose(page, 'sse');
    pages.push(page);
  }
  await pages[5].locator('#crowd', { hasText: 'This page and 5 others' }).waitFor();
  const crashed = pages[0].waitForEvent('crash');
  pages[0].goto('chrome://crash').catch(() => {});
  await crashed;
  await pages[5].locator('#crowd').waitFor({ state: 'hidden' });
});
