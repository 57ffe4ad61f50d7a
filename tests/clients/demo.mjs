// A believable afternoon on a server: a shop's orders, a chat, prices and a camera, over every
// transport. For looking at the window at work; the pictures show the same (gallery/).
//   node demo.mjs http://127.0.0.1:8080 [--seconds 60]
// Prints "everyone is here" once all are connected. On Linux every 127.x.y.z is this machine, so each
// client gets an address of its own.
// SPDX-License-Identifier: GPL-3.0-or-later

import { parseArgs } from 'node:util';
import { makeCast } from './gallery/cast.mjs';
import { scripts } from './gallery/script.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, chinese: { type: 'boolean', default: false } },
});
const script = values.chinese ? scripts.zh_CN : scripts.en;
setTimeout(() => process.exit(0), Number(values.seconds) * 1000);
const cast = makeCast(positionals[0] ?? 'http://127.0.0.1:8080', (n) => `127.0.0.${20 + n}`);
try {
  await cast.gather(script);
  console.log('everyone is here');
  await cast.rehearse(script)(Infinity);
} catch {
  process.exit(0); // the server was stopped
}
