// A server that is stopped and started again on its port, with or without its history.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startServer } from './lib.mjs';

/** A folder of the test's own. */
export function temporaryFolder(t) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pushdeck-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/**
 * `current` is the server as it runs now; its address stays. It ends with the test, after what was
 * given to `atEnd`: clients that would come back must not meet its end.
 */
export async function startRestartable(t, ...args) {
  const first = await startServer(...args);
  const endings = [];
  const it = {
    atEnd: (end) => endings.push(end),
    current: first,
    http: first.http,
    ws: first.ws,
    async stop(signal) {
      const { code } = await it.current.stop(signal);
      if (signal !== 'SIGKILL') assert.equal(code, 0, it.current.process.stderr);
    },
    async start() {
      it.current = await startServer(...args, '--port', String(first.port));
    },
    async restart(signal) {
      await it.stop(signal);
      await it.start();
    },
  };
  t.after(async () => {
    for (const end of endings) await end();
    await it.current.stop('SIGKILL');
  });
  return it;
}
