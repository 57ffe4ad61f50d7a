// A relay on bun (uWebSockets): what one sends, every connected client gets.
//   bun bun.mjs PORT
// SPDX-License-Identifier: GPL-3.0-or-later

/* global Bun */
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: Number(process.argv[2]),
  fetch: (request, self) => (self.upgrade(request) ? undefined : new Response('a WebSocket, please', { status: 426 })),
  websocket: {
    perMessageDeflate: false,
    open: (socket) => socket.subscribe('bench'),
    message: (_, data) => server.publish('bench', data),
  },
});
