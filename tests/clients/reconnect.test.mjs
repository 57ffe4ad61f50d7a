// A few seconds of reconnect.mjs; by hand it runs a minute.
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

test('clients that come and go get everything once, or are told what they missed', async (t) => {
  const file = fileURLToPath(new URL('reconnect.mjs', import.meta.url));
  const args = [file, '--seconds', '5'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 60_000 })
    .catch(({ message, stdout: said }) => { throw new Error(`${message}\n${said}`); });
  for (const line of stdout.trim().split('\n')) t.diagnostic(line);
});
