// The messages received: a list with a bound, drawn once a frame.
// SPDX-License-Identifier: GPL-3.0-or-later

import { $, make, plural } from './dom.js';
import { topicName } from './place.js';

const kept = 500; // messages in the list; older ones are counted, not shown
const previewChars = 2000; // of one payload, until "Show all"

const encoder = new TextEncoder();

function bytesOf(message) {
  if (message.encoding !== 'base64') return encoder.encode(message.data);
  return Uint8Array.from(atob(message.data), (char) => char.charCodeAt(0));
}

function sizeWords(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** Sixteen bytes a line: offset, hex, and the printable ASCII among them. */
function hexDump(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = [...bytes.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = row.map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '·')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${ascii}`);
  }
  return lines.join('\n');
}

/** JSON objects and arrays indented, unless they are short; anything else as it is. */
function prettyText(text) {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    const value = JSON.parse(text);
    const line = JSON.stringify(value);
    return line.length <= 60 ? line : JSON.stringify(value, null, 2);
  } catch {
    return text;
  }
}

function clock(time) {
  const two = (n) => String(n).padStart(2, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}` +
    `.${String(time.getMilliseconds()).padStart(3, '0')}`;
}

export const log = {
  waiting: [], // arrived, not yet in the list
  total: 0, // messages received since the last clear
  hidden: 0, // of them no longer in the list
  paused: false,
  scheduled: false,
  unseen: 0, // below the visible end
  following: true, // the end is in sight and stays there

  add(entry) {
    if (entry.type === 'message') this.total += 1;
    this.waiting.push(entry);
    // Bounded even when nothing is drawn: paused, or in a tab in the background.
    if (this.waiting.length > 2 * kept) this.hide(this.waiting.splice(0, kept));
    this.schedule();
  },

  hide(entries) {
    this.hidden += entries.filter((entry) => entry.type === 'message').length;
  },

  schedule() {
    if (this.scheduled) return;
    this.scheduled = true;
    requestAnimationFrame(() => {
      this.scheduled = false;
      this.draw();
    });
  },

  draw() {
    $('count').textContent = this.total.toLocaleString('en');
    if (this.paused) {
      $('pause').textContent = this.waiting.length
        ? `Resume (${this.waiting.length.toLocaleString('en')})` : 'Resume';
      return;
    }
    const list = $('list');
    const scroller = $('scroller');
    const top = scroller.scrollTop;

    const skipped = this.waiting.splice(0, Math.max(0, this.waiting.length - kept));
    this.hide(skipped);
    const arrived = this.waiting.splice(0);
    list.append(...arrived.map((entry) => row(entry)));
    const goes = [...list.children].slice(0, Math.max(0, list.children.length - kept));
    const removed = goes.length
      ? goes.at(-1).getBoundingClientRect().bottom - goes[0].getBoundingClientRect().top : 0;
    this.hidden += goes.filter((item) => item.matches('.message')).length;
    for (const item of goes) item.remove();
    $('empty').hidden = list.children.length > 0;
    $('older').hidden = this.hidden === 0;
    $('older').textContent = `${plural(this.hidden, 'older message')} not shown; the list keeps ${kept}`;

    if (this.following) {
      scroller.scrollTop = scroller.scrollHeight;
    } else {
      // What is being read stays where it is, though rows above it went.
      scroller.scrollTop = top - removed;
      this.unseen += arrived.length;
    }
    this.showNewer();
    announce(arrived);
  },

  showNewer() {
    $('newer').hidden = this.unseen === 0;
    $('newer').textContent = `${this.unseen.toLocaleString('en')} new ↓`;
  },

  toEnd() {
    this.following = true;
    this.unseen = 0;
    this.showNewer();
    $('scroller').scrollTop = $('scroller').scrollHeight;
  },

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = $('scroller');
    this.following = scrollHeight - scrollTop - clientHeight < 40;
    if (this.following) this.unseen = 0;
    this.showNewer();
  },

  clear() {
    this.waiting = [];
    this.total = this.hidden = this.unseen = 0;
    this.following = true;
    $('list').replaceChildren();
    this.draw();
  },
};

function row(entry) {
  if (entry.type === 'gap') return make('li', { className: 'gap' }, gapWords(entry));

  const time = new Date(entry.time);
  const bytes = entry.encoding === 'base64' ? bytesOf(entry) : null;
  const size = bytes ? bytes.length : encoder.encode(entry.data).length;
  const meta = make('div', { className: 'meta' },
    make('time', { dateTime: time.toISOString(), title: time.toISOString() }, clock(time)));
  if (entry.event) meta.append(make('span', { className: 'tag', title: 'Event name' }, entry.event));
  if (entry.topic !== topicName) {
    const topic = entry.topic === '/**' ? 'to everyone' : entry.topic;
    meta.append(make('span', { className: 'tag topic', title: 'Topic' }, topic));
  }
  meta.append(make('span', {}, bytes ? `${sizeWords(size)}, binary` : sizeWords(size)),
    make('span', { className: 'id', title: 'Message id' }, entry.id));

  const payload = make('pre', { className: 'payload' });
  const item = make('li', { className: 'message' }, meta, payload);
  let whole = false;
  const more = make('button', { className: 'more' }, `Show all ${sizeWords(size)}`);
  more.onclick = () => {
    whole = true;
    item.fill();
  };
  item.fill = () => {
    let text = entry.data;
    if (bytes) text = hexDump(whole ? bytes : bytes.subarray(0, 256));
    else if ($('pretty').checked && (whole || text.length < 40 * previewChars)) text = prettyText(text);
    const cut = !whole && (bytes ? bytes.length > 256 : text.length > previewChars);
    if (cut && !bytes) text = `${text.slice(0, previewChars)}…`;
    payload.textContent = size === 0 ? 'empty' : text;
    payload.classList.toggle('nothing', size === 0);
    payload.classList.toggle('whole', whole);
    if (cut) item.append(more);
    else more.remove();
  };
  item.fill();
  return item;
}

function gapWords({ lost, reason }) {
  const what = lost === null || lost === undefined
    ? 'Messages are missing here' : `${plural(lost, 'message is', 'messages are')} missing here`;
  const why = {
    evicted: 'the topic no longer remembers them',
    restarted: 'the server was started anew in the meantime',
  }[reason] ?? reason;
  return `${what}: ${why}`;
}

/** Says what arrived to those who hear the page, at most every two seconds and in one sentence. */
function announce(arrived) {
  announce.entries = [...(announce.entries ?? []), ...arrived].slice(-kept);
  if (announce.timer || announce.entries.length === 0) return;
  announce.timer = setTimeout(() => {
    const entries = announce.entries;
    announce.entries = [];
    announce.timer = null;
    const [only] = entries;
    if (entries.length > 1) $('announce').textContent = `${entries.length} new messages`;
    else if (only.type === 'message' && only.encoding !== 'base64') {
      $('announce').textContent = `${only.event ?? ''} ${only.data.slice(0, 200)}`;
    } else $('announce').textContent = only.type === 'gap' ? gapWords(only) : 'New message';
  }, 2000);
}
