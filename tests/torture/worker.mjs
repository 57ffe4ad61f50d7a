// A process of its own for each kind of client, so that what is measured is the server and not what
// this one does beside it.
// SPDX-License-Identifier: GPL-3.0-or-later

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A child process that takes orders and answers each. */
export function worker(file, ...args) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args.map(String));
  child.setMaxListeners(100);
  let ref = 0;
  return {
    child,
    order: (order, extra = {}) => new Promise((resolve, reject) => {
      ref += 1;
      const own = ref;
      const listen = (message) => {
        if (message.ref !== own) return;
        child.off('message', listen);
        if (message.error) reject(new Error(message.error));
        else resolve(message.answer);
      };
      child.on('message', listen);
      child.once('exit', () => reject(new Error(`${file} ended during ${order}`)));
      child.send({ order, ref: own, ...extra });
    }),
  };
}

/** The other end: answers what `worker()` orders by the function of that name, and ends with it. */
export function obey(orders, { last } = {}) {
  process.on('message', async ({ order, ref, ...given }) => {
    try {
      process.send({ ref, answer: await orders[order](given) });
      if (order === last) setTimeout(() => process.exit(0), 200);
    } catch (error) {
      process.send({ ref, error: error.stack });
    }
  });
  process.on('disconnect', () => process.exit(1));
}
