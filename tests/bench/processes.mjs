// What a comparison starts: where it listens, when it does, and that nothing of it stays.
// SPDX-License-Identifier: GPL-3.0-or-later

import fs from 'node:fs';
import net from 'node:net';

/** Different ports that nobody listens on now. */
export async function freePorts(count) {
  const probes = await Promise.all(Array.from({ length: count }, () => new Promise((resolve, reject) => {
    const probe = net.createServer().on('error', reject).listen(0, '127.0.0.1', () => resolve(probe));
  })));
  const ports = probes.map((probe) => probe.address().port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => { probe.close(resolve); })));
  return ports;
}

/** Tries every 20 ms, for 10 s at least. */
async function until(works, complaint) {
  for (let tries = 0; tries < 500; ++tries) {
    if (await works()) return;
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  throw new Error(complaint);
}

export const accepts = (port) => until(() => new Promise((resolve) => {
  const socket = net.connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
  socket.on('error', () => resolve(false));
}), `nobody listens on port ${port}`);

/** A stream is answered: so what stands behind the port is there as well. */
export const streams = (url) => until(async () => {
  const enough = new AbortController();
  const timer = setTimeout(() => enough.abort(), 1000);
  try {
    return (await fetch(url, { signal: enough.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
    enough.abort();
  }
}, `no stream at ${url}`);

/** The process and all it started that still run; see processtree.h. */
function processTree(pid) {
  const found = [pid];
  for (const one of found) { // which grows meanwhile
    try {
      for (const task of fs.readdirSync(`/proc/${one}/task`)) {
        const children = fs.readFileSync(`/proc/${one}/task/${task}/children`, 'utf8');
        found.push(...children.split(' ').filter(Boolean).map(Number));
      }
    } catch { /* it ended */ }
  }
  return found;
}

/** Ends a child and all it started. A process group would not do: pushpin gives each a group of its own. */
export function endTree(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  for (const pid of processTree(child.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch { /* it ended */ }
  }
}
