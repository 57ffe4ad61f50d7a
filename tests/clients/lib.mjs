// What the tests against the real program share: starting and stopping it, and small clients that
// collect what they get.
// SPDX-License-Identifier: GPL-3.0-or-later

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

export const program =
  process.env.PUSHDECK_BIN ?? fileURLToPath(new URL('../../build/release/pushdeck', import.meta.url));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `condition()` is truthy and returns that; says what was awaited when it never is. */
export async function until(condition, what, timeoutMs = 10_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > deadline) {
      throw new Error(`waited ${timeoutMs / 1000} s for ${typeof what === 'function' ? what() : what}`);
    }
    await sleep(5);
  }
}

/** The program's own end: its exit code or signal, and everything it printed. */
export function run(args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  const ended = { child, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => { ended.stdout += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { ended.stderr += text; });
  ended.exit = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  return ended;
}

/** A running server on a free port. `stop()` ends it as a service manager would, and gives its end. */
export async function startServer(...args) {
  const process_ = run(['--headless', '--port', '0', '--bind', '127.0.0.1', ...args]);
  let exited = false;
  process_.exit.then(() => { exited = true; }, () => { exited = true; });
  const match = await until(
    () => /^listening on (https?:\/\/[^\s]+:(\d+))\n/.exec(process_.stdout) || exited,
    () => `“listening on”; the program said: ${process_.stdout}${process_.stderr}`);
  if (match === true) throw new Error(`the program ended: ${process_.stderr}`);
  const port = Number(match[2]);
  // A test that failed before its `stop()` must not keep the run alive, nor leave a server behind.
  const { child } = process_;
  const handles = [child, child.stdout, child.stderr];
  handles.forEach((handle) => handle.unref());
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    port,
    http: `http://127.0.0.1:${port}`,
    ws: `ws://127.0.0.1:${port}`,
    address: match[1],
    process: process_,
    pid: process_.child.pid,
    async stop(signal = 'SIGTERM') {
      process.off('exit', kill);
      handles.forEach((handle) => handle.ref());
      if (!exited) child.kill(signal);
      return process_.exit;
    },
  };
}

/** One HTTP exchange on a connection of its own, so that no test meets another's keep-alive. */
export async function request(url, { method = 'GET', headers = {}, body } = {}) {
  const sent = http.request(url, { method, headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return {
    status: response.statusCode,
    headers: response.headers,
    bytes,
    text: bytes.toString(),
    get json() {
      return JSON.parse(this.text);
    },
  };
}

/** Publishes by POST; gives the server's answer. */
export async function publish(server, topic, body, { event, type = 'text/plain' } = {}) {
  const query = event ? `?event=${encodeURIComponent(event)}` : '';
  const answer = await request(`${server.http}${topic}${query}`, {
    method: 'POST', headers: { 'Content-Type': type }, body,
  });
  if (answer.status !== 201 && answer.status !== 202) {
    throw new Error(`POST ${topic}: ${answer.status} ${answer.text}`);
  }
  return { status: answer.status, ...answer.json };
}

/** An open WebSocket that keeps every frame: text as strings, binary as Buffers. */
export async function openSocket(url, protocols = [], options = {}) {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...options });
  const frames = [];
  socket.on('message', (data, isBinary) => frames.push(isBinary ? data : data.toString()));
  const closed = new Promise((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  socket.on('error', () => {}); // told by `closed`
  let read = 0;
  return {
    socket,
    frames,
    closed,
    send: (data, opts) => socket.send(data, opts),
    sendJson: (value) => socket.send(JSON.stringify(value)),
    /** The next frame nobody has read yet. */
    async next() {
      await until(() => frames.length > read, 'a WebSocket frame');
      return frames[read++];
    },
    async nextJson() {
      return JSON.parse(await this.next());
    },
    async close() {
      socket.close();
      return closed;
    },
  };
}

/** Reads an event stream as the standard says (HTML, 9.2.6); keeps comments and retry times too. */
export class EventParser {
  constructor() {
    this.events = [];
    this.comments = [];
    this.retry = null;
    this.rest = '';
    this.fields = { data: [], event: '', id: null };
  }

  feed(text) {
    const lines = (this.rest + text).split('\n'); // what the server sends ends its lines so
    this.rest = lines.pop();
    for (const line of lines) this.line(line);
  }

  line(line) {
    if (line === '') {
      const { data, event, id } = this.fields;
      if (data.length) this.events.push({ id, event: event || 'message', data: data.join('\n') });
      this.fields = { data: [], event: '', id };
      return;
    }
    const [, field, value] = /^([^:]*)(?:: ?)?(.*)$/s.exec(line);
    if (field === '') this.comments.push(value);
    else if (field === 'data') this.fields.data.push(value);
    else if (field === 'event' || field === 'id') this.fields[field] = value;
    else if (field === 'retry') this.retry = Number(value);
    else throw new Error(`unknown field in the stream: ${line}`);
  }
}

/** An open event stream, read without a library. */
export async function openStream(url, headers = {}) {
  const sent = http.get(url, { agent: false, headers: { Accept: 'text/event-stream', ...headers } });
  const [response] = await once(sent, 'response');
  const parser = new EventParser();
  const ended = new Promise((resolve) => response.on('close', resolve));
  response.setEncoding('utf8').on('data', (text) => parser.feed(text)).on('error', () => {});
  sent.on('error', () => {});
  let read = 0;
  return {
    status: response.statusCode,
    headers: response.headers,
    parser,
    events: parser.events,
    ended,
    async next() {
      await until(() => parser.events.length > read, 'an event');
      return parser.events[read++];
    },
    close: () => sent.destroy(),
  };
}

/** A way to the server that can be cut and mended, as a network does. */
export async function startProxy(port) {
  const sockets = new Set();
  let up = true;
  const proxy = net.createServer((near) => {
    if (!up) {
      near.destroy();
      return;
    }
    const far = net.connect(port, '127.0.0.1');
    for (const [from, to] of [[near, far], [far, near]]) {
      sockets.add(from);
      from.pipe(to);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    http: `http://127.0.0.1:${proxy.address().port}`,
    cut() {
      up = false;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      up = true;
    },
    async close() {
      this.cut();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}

/** The clients as the operator's API lists them. */
export async function clientsOf(server) {
  return (await request(`${server.http}/_/api/clients`)).json.clients;
}
