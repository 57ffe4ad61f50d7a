// A relay on the package ws: what one sends, every connected client gets.
//   node ws.mjs PORT
// SPDX-License-Identifier: GPL-3.0-or-later

import { WebSocketServer } from 'ws';

const server = new WebSocketServer({
  host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false, backlog: 4096,
});
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    for (const client of server.clients) client.send(data, { binary: isBinary });
  });
});
