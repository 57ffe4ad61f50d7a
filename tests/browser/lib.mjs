// What the browser tests share: a Chromium, and pages of the server in it.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { startServer, until } from '../clients/lib.mjs';

export const launch = (...args) => chromium.launch({
  executablePath: process.env.PUSHDECK_BROWSER ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', ...args],
});

/** For work on the page without building the program: its files come from the folder PUSHDECK_WEB_FROM. */
async function takeWebFilesFromDisk(context) {
  const folder = process.env.PUSHDECK_WEB_FROM;
  if (!folder) return;
  const isOurs = ({ pathname }) => /^\/_\/(web\/|client\.)/.test(pathname);
  await context.route(isOurs, (route) => {
    const file = path.join(folder, path.basename(new URL(route.request().url()).pathname));
    return fs.existsSync(file) ? route.fulfill({ path: file }) : route.fulfill({ status: 404 });
  });
  // To Chromium such a page comes from nowhere, and from there the local network is out of bounds.
  await context.grantPermissions(['local-network-access']);
  // The page of a topic keeps the head that the server gives it, with its Content-Security-Policy.
  await context.route((url) => !isOurs(url), async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    if (!response.headers()['content-security-policy']) return route.fulfill({ response });
    return route.fulfill({ response, path: path.join(folder, 'topic.html') });
  });
}

/** A profile of its own, whose pages share cookies, channels and connections. */
export async function openContext(browser, t, options = {}) {
  const context = await browser.newContext(options);
  await takeWebFilesFromDisk(context);
  t.after(() => context.close());
  return context;
}

/** A page in a profile of its own, and what its console complains about. */
export async function openPage(browser, t, url, { context, init, ...options } = {}) {
  const page = await (context ?? await openContext(browser, t, options)).newPage();
  page.setDefaultTimeout(15_000);
  if (init) await page.addInitScript(init);
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const elsewhere = [];
  page.on('request', (asked) => {
    if (!/^(data|blob):/.test(asked.url()) && !asked.url().startsWith(new URL(url).origin)) {
      elsewhere.push(asked.url());
    }
  });
  await page.goto(url);
  t.after(() => assert.deepEqual(elsewhere, [], 'nothing is asked of another server'));
  return { page, complaints };
}

/** A server that can be killed and come back on its port. */
export async function startMortalServer(t, ...args) {
  let server = await startServer(...args);
  t.after(() => server.stop());
  const { port, http, ws } = server;
  return {
    port,
    http,
    ws,
    end: (signal) => server.stop(signal),
    kill: () => server.stop('SIGKILL'),
    async comeBack() {
      // The port may be taken for a moment by a connection that is just closing.
      await until(async () => {
        server = await startServer(...args, '--port', String(port)).catch(() => null);
        return server;
      }, 'the server to come back on its port');
    },
  };
}

const names = { ws: 'WebSocket', sse: 'SSE', poll: 'long-poll' };

/** Waits for the test page to be connected over a transport. */
export const connected = (page, transport) =>
  page.locator('#state[data-state=open]', { hasText: `Connected over ${names[transport]}` }).waitFor();

export async function choose(page, transport) {
  await page.check(`input[value=${transport}]`);
  await connected(page, transport);
}

export const payloads = (page) =>
  page.$$eval('#list .payload', (list) => list.map((e) => e.textContent));
