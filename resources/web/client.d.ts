// SPDX-License-Identifier: GPL-3.0-or-later

/** A message of a topic. */
export interface Message {
  type: 'message';
  /** Opaque; also a cursor: everything after it follows. */
  id: string;
  topic: string;
  /** Event name, or null where it has none. */
  event: string | null;
  content_type: string;
  /** Text, or base64 where `encoding` says so. */
  data: string;
  encoding: 'utf-8' | 'base64';
  /** Of publication: milliseconds since 1970, UTC. */
  time: number;
}

/** What was missed, told before the messages that follow it. */
export interface Gap {
  type: 'gap';
  /** How many, or null where that is not known. */
  lost: number | null;
  reason: 'evicted' | 'restarted';
  /** Everything after this id follows. */
  resumed_at: string;
}

export type Transport = 'ws' | 'sse' | 'poll';

export interface State {
  /** `waiting` is between two tries; `closed` is for good. */
  state: 'connecting' | 'open' | 'waiting' | 'closed';
  /** In use, or being tried; null once closed. */
  transport: Transport | null;
  /** How often it came back. */
  reconnects: number;
  /** Of `waiting`; 0 where another transport is tried at once. */
  retryInMs?: number;
  /** Of `waiting`: what is tried then. */
  nextTransport?: Transport;
  /** Of `waiting` and `closed`: words for a person. */
  reason?: string;
}

export interface Options {
  /** Topics and patterns beside the address's own. */
  topics?: string[];
  /** `auto` tries WebSocket, SSE and long-poll, in this order. */
  transport?: 'auto' | Transport;
  /** `latest` (the default), `all`, `-N`, an age such as `10m`, or a message's id. */
  since?: string;
  /** Where the server wants one to subscribe or publish. */
  token?: string;
  /** Names this client across transports and reconnects. */
  clientId?: string;
  /** How long a transport may take to get through. 8000. */
  connectMs?: number;
  /** A connection that lives shorter did not really get through. 5000. */
  stableMs?: number;
  /** After so many short lives in a row the next transport is tried. 3. */
  shortLives?: number;
  /** Without a sign of life for so long the connection counts as dead. 40000. */
  silenceMs?: number;
  /** Before the first retry; doubles from there, with jitter. 500. */
  retryMs?: number;
  /** 15000. */
  longestRetryMs?: number;
  /** How long a long-poll is held, 1 to 120. 25. */
  pollSeconds?: number;
  /** A constructor like the browser's, where there is none: Node's package ws. */
  WebSocket?: unknown;
  fetch?: typeof globalThis.fetch;
  /** Like Math.random; for tests. */
  random?: () => number;
}

/** The server refused for good (a wrong token, a malformed topic or cursor), or closed and meant it. */
export class Refused extends Error {
  /** HTTP status; none where it closed a WebSocket. */
  status?: number;
  /** WebSocket close code; none where it answered with a status. */
  code?: number;
}

export interface Live {
  readonly state: State['state'];
  readonly transport: Transport | null;
  /** Where the subscription stands; give it to `since` to go on there later. */
  readonly cursor: string;
  readonly reconnects: number;

  on(type: 'message', handler: (message: Message) => void): this;
  on(type: 'gap', handler: (gap: Gap) => void): this;
  on(type: 'state', handler: (state: State) => void): this;
  /** It is over: the server refused for good, or closed with a code that does not say "come back". */
  on(type: 'error', handler: (error: Refused) => void): this;
  off(type: 'message' | 'gap' | 'state' | 'error', handler: (value: never) => void): this;

  /** To the address's own topic, or to `topic`. What is no text and no bytes goes as JSON. */
  publish(
    data: string | Uint8Array | ArrayBuffer | object | number | boolean | null,
    options?: { topic?: string; event?: string; contentType?: string },
  ): Promise<{ id: string; topic: string; delivered: number }>;

  /** Ends it for good. */
  close(): Promise<void>;
}

/**
 * Subscribes to the topic of an address, and others. Comes back by itself, on whatever transport
 * gets through, and goes on where it was.
 */
export function connect(address: string | URL, options?: Options): Live;

declare global {
  /** With `/_/client.global.js` as a plain script. */
  var pushdeck: { connect: typeof connect; Refused: typeof Refused };
}
