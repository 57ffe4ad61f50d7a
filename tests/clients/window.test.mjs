// The program with its window, on no screen: one at a time, and what it does with its settings.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { request, run, until } from './lib.mjs';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-window-'));
const runtime = path.join(scratch, 'run');
fs.mkdirSync(runtime, { mode: 0o700 });
const settings = path.join(scratch, 'config', 'pushdeck', 'Pushdeck.conf');
const env = {
  ...process.env,
  QT_QPA_PLATFORM: 'offscreen',
  XDG_CONFIG_HOME: path.join(scratch, 'config'),
  XDG_RUNTIME_DIR: runtime,
};
after(() => fs.rmSync(scratch, { recursive: true, force: true }));

const freePort = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const answers = (port, token = '') =>
  request(`http://127.0.0.1:${port}/t${token && `?token=${token}`}`, { method: 'POST', body: 'x' }).then(
    ({ status }) => status,
    () => 0,
  );

const launched = [];
// Of a test that failed.
after(() => launched.forEach(({ child }) => child.kill('SIGKILL')));

function window(...args) {
  const program = run(['--bind', '127.0.0.1', ...args], { env });
  launched.push(program);
  return program;
}

async function stop(program) {
  program.child.kill('SIGTERM');
  return program.exit;
}

test('a second launch with the same port ends well and says why; another port is its own', async () => {
  const [port, other] = [await freePort(), await freePort()];
  const first = window('--port', String(port));
  await until(() => answers(port), 'the first to listen');
  const second = window('--port', String(port));
  assert.equal((await second.exit).code, 0);
  assert.match(second.stdout, new RegExp(`^Pushdeck is running on port ${port} already`));
  const third = window('--port', String(other));
  await until(() => answers(other), 'the third to listen');
  assert.equal((await stop(third)).code, 0);
  first.child.kill('SIGKILL');
  await first.exit;
  const next = window('--port', String(port)); // over what the killed one left behind
  await until(() => answers(port), 'the next to listen');
  assert.equal((await stop(next)).code, 0);
});

test('stored preferences hold, the command line wins, and only the owner may read them', async () => {
  const [port, other] = [await freePort(), await freePort()];
  fs.writeFileSync(settings, `[server]\nport=${port}\n[access]\npublish-token=stored\n`);
  fs.chmodSync(settings, 0o644);
  const first = window();
  await until(() => answers(port), 'the stored port');
  assert.equal(fs.statSync(settings).mode & 0o077, 0);
  assert.equal(await answers(port), 401);
  assert.equal(await answers(port, 'stored'), 202);
  assert.equal((await stop(first)).code, 0);
  assert.match(fs.readFileSync(settings, 'utf8'), /publish-token=stored/);
  const second = window('--port', String(other), '--publish-token', 'given');
  await until(() => answers(other), 'the given port');
  assert.equal(await answers(other, 'stored'), 401);
  assert.equal(await answers(other, 'given'), 202);
  assert.equal((await stop(second)).code, 0);
  assert.doesNotMatch(fs.readFileSync(settings, 'utf8'), /given/);
});

test('damaged settings are kept aside, and it starts', async () => {
  const port = await freePort();
  fs.writeFileSync(settings, 'no settings\0at all');
  const program = window('--port', String(port));
  await until(() => answers(port), 'it to listen');
  assert.equal((await stop(program)).code, 0);
  assert.equal(fs.readFileSync(`${settings}.damaged`, 'utf8'), 'no settings\0at all');
});

test('headless looks at no stored preferences', async () => {
  const port = await freePort();
  fs.writeFileSync(settings, `[access]\npublish-token=stored\n`);
  const program = window('--headless', '--port', String(port));
  await until(() => answers(port), 'it to listen');
  assert.equal(await answers(port), 202);
  assert.equal((await stop(program)).code, 0);
});
