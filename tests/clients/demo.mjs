// A believable afternoon on a server: a shop's orders, a chat, prices and a camera, over every
// transport. For pictures, and for looking at the window at work.
//   node demo.mjs http://127.0.0.1:8080 [--seconds 60]
// Prints "everyone is here" once all are connected. On Linux every 127.x.y.z is this machine, so each
// client gets an address of its own.
// SPDX-License-Identifier: GPL-3.0-or-later

import http from 'node:http';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' } },
});
const server = new URL(positionals[0] ?? 'http://127.0.0.1:8080');
const bySeed = (seed) => () => {
  // Marsaglia's xorshift: the same afternoon every time.
  seed ^= seed << 13;
  seed ^= seed >>> 17;
  seed ^= seed << 5;
  return (seed >>> 0) / 2 ** 32;
};
const random = bySeed(20240229);
const pick = (list) => list[Math.floor(random() * list.length)];

const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36',
  chrome: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
  edge: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0.0.0',
  safari: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0',
  curl: 'curl/7.88.1',
  till: 'till/2.3 (python-requests/2.31.0)',
};

let lastHost = 20;
const nextAddress = () => `127.0.0.${++lastHost}`;
const urlOf = (path, query = {}) => {
  const url = new URL(path, server);
  for (const [key, value] of Object.entries(query)) if (value) url.searchParams.set(key, value);
  return url;
};

/** Ends quietly: the server may be stopped under a demo at any time. */
const gone = () => process.exit(0);

function webSocket(path, agent, name, protocols = []) {
  const url = urlOf(path, { client_id: name });
  url.protocol = 'ws:';
  const socket = new WebSocket(url, protocols,
    { localAddress: nextAddress(), perMessageDeflate: false, headers: { 'User-Agent': agents[agent] } });
  socket.on('error', gone);
  socket.on('close', gone);
  return new Promise((resolve) => socket.on('open', () => resolve(socket)));
}

function stream(path, agent, name) {
  return new Promise((resolve) => {
    http.get(urlOf(path, { client_id: name }), {
      agent: false, localAddress: nextAddress(),
      headers: { Accept: 'text/event-stream', 'User-Agent': agents[agent] },
    }, (response) => {
      response.resume();
      response.on('end', gone);
      response.on('error', gone);
      resolve();
    }).on('error', gone);
  });
}

function poll(path, agent, name) {
  const localAddress = nextAddress();
  const keepAlive = new http.Agent({ keepAlive: true });
  const again = (since) => {
    http.get(urlOf(path, { client_id: name, format: 'json', since }), {
      agent: keepAlive, localAddress, headers: { 'User-Agent': agents[agent] },
    }, (response) => {
      response.resume();
      response.on('end', () => setTimeout(again, 40, response.headers.etag));
    }).on('error', gone);
  };
  again('latest');
}

const publisherAddress = nextAddress();
function post(path, body, { event, type = 'application/json' } = {}) {
  const sent = http.request(urlOf(path, { event }), {
    method: 'POST', localAddress: publisherAddress,
    headers: { 'Content-Type': type, 'User-Agent': 'shop-backend/4.1' },
  }, (response) => response.resume());
  sent.on('error', gone);
  sent.end(type === 'application/json' ? JSON.stringify(body) : body);
}

function every(ms, action) {
  setInterval(action, ms);
}

const people = await Promise.all([
  webSocket('/chat', 'iphone', 'Anna'),
  webSocket('/chat', 'chrome', 'Jonas'),
  webSocket('/chat', 'android', '李雷'),
  webSocket('/chat', 'firefox', 'Mireille'),
]);
const camera = await webSocket('/camera/door', 'curl', 'door camera');
await webSocket('/orders', 'edge', 'back office', ['pushdeck.v1']);
await webSocket('/**', 'chrome', 'recorder', ['pushdeck.v1']);
await stream('/orders', 'safari', 'kitchen display');
await stream('/orders', 'chrome');
await stream('/prices', 'firefox', 'wall 1');
await stream('/prices', 'firefox', 'wall 2');
await stream('/prices', 'curl');
await stream('/camera/door', 'safari', 'reception');
poll('/orders', 'till', 'till 1');
poll('/orders', 'till', 'till 2');
poll('/prices', 'android');
console.log('everyone is here');

let order = 1041;
const customers = ['A. Meyer', 'J. Okafor', 'S. Lindqvist', '王芳', 'M. Dubois', 'R. Castellanos'];
const goods = [['Flat white', 3.4], ['Oat cortado', 3.6], ['Croissant', 2.2], ['Bagel', 4.1], ['Filter', 2.9]];
const openOrders = [];
function placeOrder() {
  const items = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
    const [name, price] = pick(goods);
    return { name, quantity: 1 + Math.floor(random() * 2), price };
  });
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  order += 1;
  openOrders.push(order);
  post('/orders', { order, customer: pick(customers), items, total: Number(total.toFixed(2)) },
    { event: 'order.created' });
}

const lines = [
  'is table 7 free?', 'yes, since 10 minutes', 'two more for the terrace please', '好的，马上到',
  'the new menu is on the wall now', 'merci !', 'who has the key to the cellar?', 'me, coming up',
  'card reader is back 🙂', 'closing the kitchen at ten',
];
let said = 0;
const prices = { espresso: 2.1, beans: 17.4, milk: 1.29 };

placeOrder();
every(1300, placeOrder);
every(2100, () => {
  if (openOrders.length) post('/orders', { order: openOrders.shift(), method: pick(['card', 'cash']) }, { event: 'order.paid' });
});
every(1700, () => pick(people).send(lines[said++ % lines.length]));
every(400, () => {
  const name = pick(Object.keys(prices));
  prices[name] = Number((prices[name] * (0.98 + random() * 0.04)).toFixed(2));
  post('/prices', { name, price: prices[name] }, { event: 'tick' });
});
every(2500, () => camera.send(Buffer.from(Array.from({ length: 2048 + Math.floor(random() * 6000) },
  () => Math.floor(random() * 256)))));

setTimeout(gone, Number(values.seconds) * 1000);
