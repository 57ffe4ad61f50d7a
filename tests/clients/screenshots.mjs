// Pictures of the real window at work: a screen without a monitor, the real program, real clients.
//   node screenshots.mjs FOLDER
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { program, request, sleep, until } from './lib.mjs';

const folder = process.argv[2];
const port = 8080; // as in the documentation
const [width, height] = [1440, 900];
const busySeconds = 20; // enough for every kind of traffic, and for the rates to have a shape
const order = {
  order: 1058, customer: 'S. Lindqvist', table: 7,
  items: [{ name: 'Flat white', quantity: 2, price: 3.4 }, { name: 'Croissant', quantity: 1, price: 2.2 }],
  total: 9,
};

const running = new Set();
function start(command, args, options) {
  const child = spawn(command, args, { stdio: 'ignore', ...options });
  running.add(child);
  child.on('exit', () => running.delete(child));
  child.on('error', (error) => {
    console.error(`${command}: ${error.message}`);
    running.delete(child);
  });
  return child;
}
async function stop(child) {
  child.kill();
  await until(() => !running.has(child), `the end of process ${child.pid}`);
}
process.on('exit', () => running.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** What Xvfb keeps in a file (X Window Dump, 32 bits a pixel), as a PNG. */
function pngOf(dump) {
  const field = (n) => dump.readUInt32BE(n * 4);
  const [headSize, w, h, order, bits, lineBytes, colours] =
    [field(0), field(4), field(5), field(7), field(11), field(12), field(19)];
  if (bits !== 32) throw new Error(`${bits} bits a pixel`);
  const start_ = headSize + colours * 12;
  const rows = Buffer.alloc(h * (1 + w * 3)); // each row begins with its filter, 0: none
  for (let y = 0, to = 0; y < h; ++y) {
    to += 1;
    for (let x = 0; x < w; ++x) {
      const at = start_ + y * lineBytes + x * 4;
      const pixel = order === 0 ? dump.readUInt32LE(at) : dump.readUInt32BE(at);
      rows.writeUIntBE(pixel & 0xffffff, to, 3);
      to += 3;
    }
  }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), body.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(w, 0);
  head.writeUInt32BE(h, 4);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** A screen of the window's size; gives its name and how to see what it shows. */
async function openScreen(scratch) {
  const names = path.join(scratch, 'display');
  const named = fs.openSync(names, 'w+');
  const screen = start('Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-fbdir', scratch],
    { stdio: ['ignore', 'ignore', 'ignore', named] });
  const number = await until(() => fs.readFileSync(names, 'latin1').trim(), 'the screen');
  fs.closeSync(named);
  return {
    display: `:${number}`,
    picture: () => pngOf(fs.readFileSync(path.join(scratch, 'Xvfb_screen0'))),
    close: () => stop(screen),
  };
}

async function take(theme) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-'));
  const screen = await openScreen(scratch);
  const env = {
    ...process.env, DISPLAY: screen.display, WAYLAND_DISPLAY: '', QT_QPA_PLATFORM: 'xcb',
    XDG_CONFIG_HOME: scratch, XDG_DATA_HOME: scratch, XDG_RUNTIME_DIR: scratch, LC_ALL: 'C.UTF-8',
  };
  const xdotool = (...args) => execFileSync('xdotool', args.map(String), { env, encoding: 'utf8' });
  fs.mkdirSync(path.join(scratch, 'pushdeck'));
  fs.writeFileSync(path.join(scratch, 'pushdeck', 'Pushdeck.conf'), `[window]\ntheme=${theme}\n`);
  try {
    const app = start(program, ['--port', String(port)], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await until(() => request(`http://127.0.0.1:${port}/_/health`).catch(() => null), 'the server', 20_000);
    const window = xdotool('search', '--sync', '--onlyvisible', '--pid', app.pid).trim().split('\n').at(-1);
    xdotool('windowmove', window, 0, 0, 'windowsize', window, width, height, 'windowfocus', window,
      'mousemove', width, height);
    await sleep(1500);
    fs.writeFileSync(path.join(folder, `empty-${theme}.png`), screen.picture());

    const demo = start(process.execPath,
      [fileURLToPath(new URL('demo.mjs', import.meta.url)), `http://127.0.0.1:${port}`]);
    await sleep(busySeconds * 1000);
    // While nothing moves: an order becomes the newest row and is chosen, for the inspector to show.
    demo.kill('SIGSTOP');
    await sleep(300);
    await request(`http://127.0.0.1:${port}/orders?event=order.created`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order),
    });
    await sleep(300);
    xdotool('mousemove', width * 0.7, height * 0.3, 'click', 1, 'key', ...Array(40).fill('Down'));
    demo.kill('SIGCONT');
    xdotool('mousemove', width * 0.3, height * 0.86, 'click', 1);
    xdotool('type', '--delay', 5, 'Last orders, please: the kitchen closes at ten.');
    xdotool('mousemove', width, height);
    await sleep(2500);
    fs.writeFileSync(path.join(folder, `main-${theme}.png`), screen.picture());
    await stop(demo);
    await stop(app);
  } finally {
    await screen.close();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

if (await request(`http://127.0.0.1:${port}/`, { method: 'HEAD' }).catch(() => null)) {
  console.error(`port ${port} is in use; the pictures show a server there`);
  process.exit(1);
}
fs.mkdirSync(folder, { recursive: true });
for (const theme of ['light', 'dark']) await take(theme);
console.log(`the pictures are in ${folder}`);
