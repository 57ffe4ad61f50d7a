// The origin that pushpin asks what to do with a client: it answers that the client shall be held, and
// get what is published to the channel "bench". It is asked while clients connect, and not after that.
//   node pushpin-origin.mjs PORT
// SPDX-License-Identifier: GPL-3.0-or-later

import http from 'node:http';

/** An event of WebSocket-over-HTTP: its name, and the length of its content in hexadecimal. */
const event = (name, content) => `${name} ${Buffer.byteLength(content).toString(16)}\r\n${content}\r\n`;
const opened = `OPEN\r\n${event('TEXT', 'c:{"type":"subscribe","channel":"bench"}')}`;

const server = http.createServer((request, response) => {
  if (request.headers['content-type'] !== 'application/websocket-events') {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream', 'Grip-Hold': 'stream', 'Grip-Channel': 'bench',
    }).end();
    return;
  }
  const body = [];
  request.on('data', (piece) => body.push(piece)).on('end', () => {
    const isOpening = Buffer.concat(body).toString().startsWith('OPEN\r\n');
    response.writeHead(200, {
      'Content-Type': 'application/websocket-events', 'Sec-WebSocket-Extensions': 'grip; message-prefix=""',
    }).end(isOpening ? opened : '');
  });
});
server.keepAliveTimeout = 60_000; // pushpin's zurl keeps its connections
server.listen({ host: '127.0.0.1', port: Number(process.argv[2]), backlog: 4096 });
