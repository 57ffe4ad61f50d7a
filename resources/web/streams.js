// How many pages of this server hold a stream. A browser opens six HTTP/1.1 connections to one
// origin, and an event stream or a held long-poll keeps one: the seventh request waits for good. No
// browser tells a page about it, so the pages tell each other.
//
// It is a roll-call, not a register: a page that crashed does not answer and so is not counted.
// Answers come from an event, which no browser throttles in a tab in the background as it does
// timers. Web Locks would do too, but plain http to a LAN address has none (secure contexts only).
// SPDX-License-Identifier: GPL-3.0-or-later

export const connectionLimit = 6;

const rollCallMs = 5000;
const answerMs = 1000; // a busy machine answers within it

/** Where requests share one connection (HTTP/2 or 3, by a proxy in front) there is no such limit. */
export const isLimited = () =>
  !/^h[23]/.test(performance.getEntriesByType('navigation')[0]?.nextHopProtocol ?? '');

export class Streams {
  /** `changed(others)` hears how many other pages hold a stream. */
  constructor(changed) {
    this.changed = changed;
    this.name = crypto.getRandomValues(new Uint32Array(2)).join('-');
    this.isHeld = false;
    this.others = new Map(); // name: the roll-call it last answered
    this.round = 0;
    this.channel = new BroadcastChannel('pushdeck-streams');
    this.channel.onmessage = ({ data }) => this.hear(data);
    this.call();
    setInterval(() => document.hidden || this.call(), rollCallMs);
    addEventListener('pagehide', () => this.say('gone'));
    addEventListener('pageshow', ({ persisted }) => persisted && this.isHeld && this.say('held'));
  }

  /** Says whether this page holds one. */
  hold(isHeld) {
    if (isHeld === this.isHeld) return;
    this.isHeld = isHeld;
    this.say(isHeld ? 'held' : 'gone');
  }

  say(what) {
    this.channel.postMessage({ what, name: this.name });
  }

  hear({ what, name }) {
    if (what === 'who' && this.isHeld) this.say('held');
    if (what === 'held') this.others.set(name, this.round);
    if (what === 'gone') this.others.delete(name);
    this.tell();
  }

  call() {
    const round = (this.round += 1);
    this.say('who');
    setTimeout(() => {
      for (const [name, answered] of this.others) {
        if (answered < round) this.others.delete(name);
      }
      this.tell();
    }, answerMs);
  }

  tell() {
    if (this.told === this.others.size) return;
    this.told = this.others.size;
    this.changed(this.told);
  }
}

/** The warning, or nothing. `isHeld`: this page holds a stream itself. */
export function crowdWords(others, isHeld) {
  const held = others + (isHeld ? 1 : 0);
  if (held < connectionLimit) return '';
  const who = isHeld ? `This page and ${others} others` : `${others} other pages`;
  return `${who} hold a stream each. A browser opens ${connectionLimit} connections to a server (HTTP/1.1),` +
    ' so sending from here or opening another page may hang. WebSockets do not count.';
}
