// Where a picture is taken: a screen without a monitor, and the real program with its window on it.
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { program, request, sleep, until } from '../lib.mjs';
import { serverAddress } from './network.mjs';
import { crop, pngOf, readDump } from './png.mjs';

const port = 8080; // the program's own default, as in the documentation
export const server = `http://${serverAddress}:${port}`;
const size = [1440, 900]; // at 100 %
const settled = 350; // ms after which what a key did has been painted
const clock = '@2026-05-12 10:24:00'; // what the program takes for the time of day when it starts

const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

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

/** A screen; gives its name and what it shows. */
async function openScreen(scratch, [width, height]) {
  const names = path.join(scratch, 'display');
  const named = fs.openSync(names, 'w+');
  const screen = start('Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-fbdir', scratch],
    { stdio: ['ignore', 'ignore', 'ignore', named] });
  const number = await until(() => fs.readFileSync(names, 'latin1').trim(), 'the screen');
  fs.closeSync(named);
  return {
    display: `:${number}`,
    image: () => readDump(fs.readFileSync(path.join(scratch, 'Xvfb_screen0'))),
    close: () => stop(screen),
  };
}

/** The settings file of a window that was used before: sections of keys. */
function settingsText(sections) {
  return Object.entries(sections)
    .map(([name, keys]) => `[${name}]\n${Object.entries(keys).map(([k, v]) => `${k}=${v}\n`).join('')}`)
    .join('\n');
}

/**
 * The program, its window open and listening. `scale`: 1 or 2; `settings`: sections of the settings
 * file; `project`: saved messages.
 */
export async function openStage(cable, { scale = 1, settings = {}, project, args = [] }) {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-'));
  const screen = await openScreen(scratch, size.map((n) => n * scale));
  const env = {
    ...process.env, DISPLAY: screen.display, WAYLAND_DISPLAY: '', QT_QPA_PLATFORM: 'xcb',
    QT_SCALE_FACTOR: String(scale), XDG_CONFIG_HOME: scratch, XDG_DATA_HOME: scratch,
    XDG_RUNTIME_DIR: scratch, DBUS_SESSION_BUS_ADDRESS: '', LC_ALL: 'C.UTF-8', TZ: 'UTC',
  };
  const projectFile = path.join(scratch, 'shop.pushdeck.json');
  if (project) fs.writeFileSync(projectFile, JSON.stringify(project));
  fs.mkdirSync(path.join(scratch, 'pushdeck'));
  fs.writeFileSync(path.join(scratch, 'pushdeck', 'Pushdeck.conf'),
    settingsText(project ? { ...settings, project: { open: projectFile } } : settings));

  // Its variables, and not `faketime` itself, which would stand between the program and its signals.
  const [preload] = execFileSync('faketime', ['-f', clock, 'printenv', 'LD_PRELOAD']).toString().split('\n');
  const [command, words] = cable.within('env', [`LD_PRELOAD=${preload}`, `FAKETIME=${clock}`,
    'FAKETIME_DONT_FAKE_MONOTONIC=1', program, ...args]);
  const app = start(command, words, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await until(() => request(`${server}/_/health`).catch(() => null), 'the server', 20_000);

  const xdotool = (...words_) => execFileSync('xdotool', words_.map(String), { env, encoding: 'utf8' });
  const windows = () => xdotool('search', '--onlyvisible', '--name', '.').trim().split('\n');
  const main = xdotool('search', '--sync', '--onlyvisible', '--name', 'Pushdeck').trim().split('\n').at(-1);
  const away = ['mousemove', size[0] * scale, size[1] * scale];
  xdotool('windowmove', main, 0, 0, 'windowsize', main, ...size.map((n) => n * scale),
    'windowfocus', main, ...away);
  await sleep(4 * settled);

  return {
    /** Points are in pixels at 100 %. */
    async click(x, y) {
      xdotool('mousemove', x * scale, y * scale, 'click', 1, ...away);
      await sleep(settled);
    },
    async rightClick(x, y) {
      xdotool('mousemove', x * scale, y * scale, 'click', 3);
      await sleep(settled);
    },
    async drag([x1, y1], [x2, y2]) {
      xdotool('mousemove', x1 * scale, y1 * scale, 'mousedown', 1, 'mousemove', x2 * scale, y2 * scale,
        'mouseup', 1, ...away);
      await sleep(settled);
    },
    async wheel(x, y, clicks) {
      xdotool('mousemove', x * scale, y * scale, 'click', '--repeat', Math.abs(clicks), '--delay', 20,
        clicks < 0 ? 4 : 5, ...away);
      await sleep(settled);
    },
    async keys(...names) {
      xdotool('key', '--delay', 20, ...names);
      await sleep(settled);
    },
    async type(text) {
      xdotool('type', '--delay', 10, text);
      await sleep(settled);
    },
    /** Does what opens a window of its own; gives where it stands, with the keyboard in it. */
    async dialog(open) {
      const before = new Set(windows());
      await open();
      const id = await until(() => windows().find((name) => name && !before.has(name)), 'the dialog');
      xdotool('windowfocus', id);
      await sleep(settled);
      const place = xdotool('getwindowgeometry', '--shell', id);
      const [x, y, width, height] =
        ['X', 'Y', 'WIDTH', 'HEIGHT'].map((name) => Number(new RegExp(`^${name}=(-?\\d+)`, 'm').exec(place)[1]));
      return { x, y, width, height, back: () => xdotool('windowfocus', main) };
    },
    /** The screen, or a part of it, as a PNG. */
    picture(part) {
      const image = screen.image();
      return pngOf(part ? crop(image, part) : image);
    },
    async close() {
      await stop(app);
      await screen.close();
      fs.rmSync(scratch, { recursive: true, force: true });
    },
  };
}
