// The code that the test page offers to copy does what it says, as it stands there: with the address
// and the token of the visitor.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';
import { clientsOf, request, startServer, until } from '../clients/lib.mjs';
import { connected, launch, openPage } from './lib.mjs';

const token = "it's a \\secret";
const topic = "/snip's/ünd";

let server;
let browser;
before(async () => {
  server = await startServer('--subscribe-token', token, '--publish-token', token);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const address = (query = '') =>
  `${server.http}${encodeURI(topic)}?token=${encodeURIComponent(token)}${query}`;

async function openTopic(t) {
  const { page } = await openPage(browser, t, address('&topic=/more'));
  await connected(page, 'ws');
  const snippet = async (title) =>
    page.locator('.snippet', { has: page.getByText(title, { exact: true }) }).locator('pre').textContent();
  return { page, snippet };
}

const post = (path, body) => request(server.http + path, {
  method: 'POST', headers: { Authorization: `Bearer ${token}` }, body,
});

/** A shell that runs one line; stopped with the test. */
function shell(t, line) {
  const child = spawn('sh', ['-c', `exec ${line}`], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => child.kill());
  const run = { text: '', ended: new Promise((resolve) => child.on('close', resolve)) };
  child.stdout.setEncoding('utf8').on('data', (text) => { run.text += text; });
  return run;
}

for (const title of ['client.js: any transport', 'WebSocket', 'Server-Sent Events', 'Long-poll']) {
  test(`${title}: receives both topics`, async (t) => {
    const { page, snippet } = await openTopic(t);
    const heard = [];
    page.on('console', (message) => heard.push(message.text()));
    const before = (await clientsOf(server)).length;
    // An import cannot stand in a script, so here it is a call.
    const code = (await snippet(title))
      .replace(/^import (.+) from\s+('.*');/, 'const $1 = await import($2);');
    await page.evaluate(`(async () => { ${code} })().catch((error) => console.error(String(error))); 0`);
    await until(async () => (await clientsOf(server)).length > before, () => `a client; ${heard}`);
    const texts = [`more for ${title}`, `and this for ${title}`];
    await post('/more', texts[0]);
    await post(encodeURI(topic), texts[1]);
    for (const text of texts) {
      await until(() => heard.some((line) => line.includes(text)), () => `“${text}” among ${heard}`);
    }
  });
}

test('curl follows, publishes, and shows what is remembered', async (t) => {
  const { page, snippet } = await openTopic(t);
  const following = shell(t, await snippet('Follow with curl'));
  await until(() => following.text.includes(': pushdeck'), 'the stream');
  // Only the server knows what a token opens; what is sent from the page makes it known.
  assert.ok((await snippet('Publish with curl')).includes('Bearer TOKEN-TO-PUBLISH'));
  await page.fill('#data', 'from the page');
  await page.click('#send');
  await page.locator('#sent[data-ok=yes]').waitFor();
  assert.match(await page.textContent('#snippets'), /publish\('hello'\)/);
  const published = shell(t, await snippet('Publish with curl'));
  await published.ended;
  assert.equal(JSON.parse(published.text).topic, topic);
  await until(() => following.text.includes('data: hello\n'), 'the message');
  await page.locator('#list li', { hasText: JSON.parse(published.text).id }).waitFor();
  const remembered = shell(t, await snippet('What the topic remembers'));
  await remembered.ended;
  assert.ok(JSON.parse(remembered.text).messages.some(({ data }) => data === 'hello'));
});

test('a token to subscribe is not handed out as one to publish', async (t) => {
  const apart = await startServer('--subscribe-token', 'looker', '--publish-token', 'talker');
  t.after(() => apart.stop());
  const { page } = await openPage(browser, t, `${apart.http}/chat?token=looker`);
  await connected(page, 'ws');
  const publishing = page.locator('.snippet', { has: page.getByText('Publish with curl') }).locator('pre');
  const check = async () => {
    assert.match(await publishing.textContent(), /^curl -d 'hello' -H 'Authorization: Bearer TOKEN-TO-PUBLISH' 'http/);
    assert.doesNotMatch(await page.textContent('#empty-curl'), /looker/);
    assert.doesNotMatch(await page.textContent('#snippets'), /publish\(|\.send\(/);
  };
  await check();
  await page.fill('#data', 'refused');
  await page.click('#send');
  await page.locator('#sent[data-ok=no]').waitFor();
  await check();
});

test('where nothing is asked for, nothing is handed out', async (t) => {
  const open = await startServer();
  t.after(() => open.stop());
  const { page } = await openPage(browser, t, `${open.http}/chat`);
  await connected(page, 'ws');
  const text = await page.textContent('#snippets');
  assert.doesNotMatch(text, /Bearer|TOKEN|token=/);
  assert.match(text, /publish\('hello'\)[^]*\.send\('hello'\)/);
});

test('on a pattern there is nothing to send with', async (t) => {
  const { page } = await openPage(browser, t, `${server.http}/all/*?token=${encodeURIComponent(token)}`);
  await connected(page, 'ws');
  assert.doesNotMatch(await page.textContent('#snippets'), /curl -d|publish\(|\.send\(/);
});
