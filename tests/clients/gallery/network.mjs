// Two machines and a cable, so that the pictures show the same addresses wherever they are made, and
// none of the machine that makes them. Run inside a network namespace of its own (./dev screenshot
// does so): that one is where the clients are; the server's is made here.
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFileSync, spawn } from 'node:child_process';
import os from 'node:os';
import { until } from '../lib.mjs';

export const serverAddress = '192.168.1.14';
export const clientAddress = (n) => `192.168.1.${20 + n}`;
const mostClients = 60;

// A reader that stalls shall be seen to stall, not hidden by megabytes of the kernel's buffers.
const smallBuffers = ['net.ipv4.tcp_rmem=4096 65536 131072', 'net.ipv4.tcp_wmem=4096 65536 131072'];

const ip = (words) => execFileSync('ip', words.split(' '));

/** Gives how a command runs on the server's machine, and its end. */
export async function layCable() {
  const mine = Object.values(os.networkInterfaces()).flat().filter(({ internal }) => !internal);
  if (mine.length) throw new Error('this needs a network namespace of its own: ./dev screenshot makes one');
  const keeper = spawn('unshare', ['--net', 'sleep', 'infinity'], { stdio: 'ignore' });
  process.on('exit', () => keeper.kill());
  const within = (command, args) => ['nsenter', [`--net=/proc/${keeper.pid}/ns/net`, command, ...args]];
  const there = (words) => execFileSync(...within('ip', words.split(' ')));

  ip('link set lo up');
  ip('link add lan type veth peer name wlan0');
  const moved = () => {
    try {
      // Refused while the keeper is still in the clients' namespace: it would not move.
      ip(`link set wlan0 netns ${keeper.pid}`);
      return !execFileSync('ip', ['-o', 'link']).includes('wlan0');
    } catch {
      return false;
    }
  };
  await until(moved, 'the cable');
  for (let n = 0; n < mostClients; ++n) ip(`addr add ${clientAddress(n)}/24 dev lan`);
  ip('link set lan up');
  there(`addr add ${serverAddress}/24 dev wlan0`);
  there('link set lo up');
  there('link set wlan0 up');
  there('route add default via 192.168.1.1');
  for (const setting of smallBuffers) execFileSync(...within('sysctl', ['-qw', setting]));
  for (const setting of smallBuffers) execFileSync('sysctl', ['-qw', setting]);
  return { within, cut: () => keeper.kill() };
}
