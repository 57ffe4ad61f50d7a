// Each scene works the window from where the one before left it, and takes pictures. Points are
// pixels of a window of 1440 × 900.
// SPDX-License-Identifier: GPL-3.0-or-later

import { sleep } from '../lib.mjs';
import { deepOrder, scripts } from './script.mjs';

const log = [1000, 250]; // within the rows of the traffic log
const editor = [500, 775];
const splitterY = 419; // between traffic log and inspector
const lastRow = 'ctrl+alt+End'; // go to it
const resetLayout = 'ctrl+shift+0';
const rightHalf = { x: 577, y: 48, width: 863, height: 612 }; // traffic log and inspector
const composer = { x: 0, y: 660, width: 1440, height: 240 };
const manySteps = 130;

export async function empty({ stage, take }) {
  take('empty', stage.picture());
}

/** An ordinary afternoon: an order is chosen while more comes in, and a message half written. */
export async function busy({ stage, take, cast, language, play }) {
  const script = scripts[language];
  await cast.gather(script);
  await play(manySteps);
  await cast.post(script.topics.orders, JSON.stringify(script.lastOrder), { event: 'order.created' });
  await sleep(300);
  await stage.click(...log);
  await stage.keys(lastRow);
  await stage.click(...editor);
  const going = play(35);
  await stage.type(script.draftBegin);
  await sleep(2500); // the rates are of what happens, and not of the moment nothing did
  take('main', stage.picture());
  await going;
}

/** A deep order, some of it folded, with the inspector given more room. */
export async function inspector({ stage, take, cast }) {
  await cast.post('/orders', JSON.stringify(deepOrder), { event: 'order.created' });
  await sleep(300);
  await stage.click(...log);
  await stage.keys(lastRow);
  await stage.drag([1000, splitterY], [1000, 240]);
  await stage.click(1200, 400);
  await stage.keys('ctrl+Home');
  // Line 3 is the customer, then 4 the items: the first of them is folded.
  await stage.keys('Down', 'Down', 'minus');
  await stage.keys('Down', 'Down', 'minus');
  await stage.keys('ctrl+Home');
  take('inspector', stage.picture(rightHalf));
  await stage.keys(resetLayout);
}

/** One message: who got it, who has it waiting, who was gone before it came. */
export async function deliveries({ stage, take, cast, language }) {
  const { topics, names } = scripts[language];
  const bar = await cast.stream(topics.orders, 'android', names.bar);
  const visitor = await cast.stream(topics.orders, 'iphone', names.visitor);
  await sleep(300);
  bar.stall();
  visitor.leave();
  await sleep(300);
  await cast.post(topics.orders, 'x'.repeat(700_000), { event: 'menu.image', type: 'text/plain' });
  await cast.post(topics.orders, JSON.stringify(scripts[language].lastOrder), { event: 'order.created' });
  await sleep(300);
  await stage.click(...log);
  await stage.keys(lastRow, 'alt+4');
  await stage.drag([1000, splitterY], [1000, 240]);
  await stage.wheel(250, 400, 15);
  take('deliveries', stage.picture());
  await stage.keys('alt+1', resetLayout);
}

/** One of the clients looked into. */
export async function details({ stage, take }) {
  await stage.click(100, 130);
  await stage.keys('ctrl+i');
  take('client', stage.picture({ x: 0, y: 48, width: 577, height: 612 }));
  await stage.keys('ctrl+i');
}

/** Saved messages, their keys, and one of them in the composer. */
export async function saved({ stage, take }) {
  await stage.click(...editor);
  await stage.keys('ctrl+a', 'Delete');
  await stage.click(140, 812);
  take('saved', stage.picture(composer));
}

export async function filtered({ stage, take }) {
  await stage.keys('alt+f');
  await stage.type('via:http topic:/orders -event:order.paid ');
  take('filter', stage.picture({ ...rightHalf, height: 372 }));
  await stage.keys('ctrl+a', 'Delete');
}

export async function palette({ stage, take }) {
  await stage.keys('ctrl+k');
  await stage.type('traffic');
  take('palette', stage.picture());
  await stage.keys('Escape');
}

export async function qr({ stage, take }) {
  const dialog = await stage.dialog(() => stage.keys('ctrl+g'));
  take('qr', stage.picture(dialog));
  await stage.keys('Escape');
  dialog.back();
}

export async function preferences({ stage, take }) {
  const dialog = await stage.dialog(() => stage.keys('ctrl+comma'));
  await stage.click(dialog.x + 80, dialog.y + 94); // the third page: access
  take('preferences', stage.picture(dialog));
  await stage.keys('Escape');
  dialog.back();
}

export async function charts({ stage, take, play }) {
  await stage.keys('ctrl+shift+m');
  await stage.drag([1000, splitterY], [1000, 260]);
  await play(60);
  take('charts', stage.picture());
}

/** 10,000 messages a second, and an operator who reads what is long past. */
export async function flood({ stage, take, cast }) {
  await cast.stream('/sensors', 'firefox', 'wall');
  await cast.stream('/sensors', 'chrome');
  const source = await cast.webSocket('/sensors', 'curl', 'sensor hub');
  let n = 0;
  const [perBatch, batchMs] = [100, 10];
  const pour = setInterval(() => {
    for (let i = 0; i < perBatch; ++i) source.send(`{"sensor":${n % 40},"reading":${1000 + (n * 37) % 900},"n":${n++}}`);
  }, batchMs);
  await sleep(9000);
  await stage.click(...log);
  await stage.wheel(...log, -3);
  await sleep(1500);
  take('flood', stage.picture());
  clearInterval(pour);
}
