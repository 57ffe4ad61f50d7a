// The program as a process: what it prints, how it ends, what its command line refuses.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSocket, openStream, request, run, startServer } from './lib.mjs';

test('headless prints one line when it accepts, and nothing else on standard output', async () => {
  const server = await startServer();
  assert.equal((await request(`${server.http}/_/health`)).status, 200);
  await server.stop();
  assert.match(server.process.stdout, /^listening on http:\/\/127\.0\.0\.1:\d+\n$/);
});

test('SIGTERM tells the clients, then ends with 0', async () => {
  const server = await startServer();
  const socket = await openSocket(`${server.ws}/t`);
  const stream = await openStream(`${server.http}/t`);
  const held = request(`${server.http}/t?timeout=60`);
  const held204 = held.then(({ status }) => status, () => 'lost');
  await request(`${server.http}/t/other`, { method: 'POST', body: 'x' }); // the poll is ahead of it
  const end = await server.stop('SIGTERM');
  assert.deepEqual(end, { code: 0, signal: null });
  const { code, reason } = await socket.closed;
  assert.equal(code, 1012);
  assert.match(reason, /\w+ \w+/);
  await stream.ended;
  assert.equal(await held204, 503);
});

test('SIGINT ends it the same way', async () => {
  const server = await startServer();
  assert.deepEqual(await server.stop('SIGINT'), { code: 0, signal: null });
});

test('a busy port is said, with the port, and is a failure', async () => {
  const server = await startServer();
  const second = run(['--headless', '--bind', '127.0.0.1', '--port', String(server.port)]);
  const { code } = await second.exit;
  assert.equal(code, 3);
  assert.match(second.stderr, new RegExp(String(server.port)));
  assert.equal(second.stdout, '');
  await server.stop();
});

test('--help and --version end with 0 and need no display', async () => {
  const env = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', QT_QPA_PLATFORM: '' };
  const help = run(['--help'], { env });
  assert.equal((await help.exit).code, 0);
  for (const option of ['--port', '--bind', '--headless', '--www', '--history', '--no-relay', '--event-loop', '--no-io-uring']) {
    assert.ok(help.stdout.includes(option), option);
  }
  const version = run(['--version'], { env });
  assert.equal((await version.exit).code, 0);
  assert.match(version.stdout, /^pushdeck \d+\.\d+\.\d+\n$/i);
});

for (const [what, args] of [
  ['an unknown option', ['--headless', '--dance']],
  ['a port that is none', ['--headless', '--port', '70000']],
  ['an address that is none', ['--headless', '--port', '0', '--bind', 'nowhere']],
  ['a stray word', ['--headless', '--port', '0', 'stray']],
]) {
  test(`${what} is an error of usage`, async () => {
    const ended = run(args);
    assert.equal((await ended.exit).code, 2);
    assert.match(ended.stderr, /\w+ \w+/);
    assert.equal(ended.stdout, '');
  });
}
