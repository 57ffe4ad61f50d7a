// The page of a topic: receives over the transport the visitor chooses, and sends.
// SPDX-License-Identifier: GPL-3.0-or-later

import { $, plural } from './dom.js';
import { log } from './messagelist.js';
import {
  access, authorization, clientName, extraTopics, isPattern, Refused, topicName, topicUrl, wordsOf,
} from './place.js';
import { publishWithCurl, snippetElement, snippets } from './snippets.js';
import { transports } from './transports.js';

const firstRetryMs = 1000;
const longestRetryMs = 15000;

// --- the connection, whatever carries it ----------------------------------------------------------

const connection = {
  transport: 'websocket',
  link: null,
  lastId: null, // of the newest message seen: where the next connection goes on
  attempts: 0, // in a row that came to nothing
  reconnects: 0, // that succeeded
  opened: false, // since connect() was called by hand
  timer: null,

  connect() {
    this.stop();
    this.attempts = 0;
    this.reconnects = 0;
    this.opened = false;
    this.open();
  },

  stop() {
    clearInterval(this.timer);
    this.link?.close();
    this.link = null;
  },

  open() {
    clearInterval(this.timer);
    const { name, Link } = transports[this.transport];
    showState('connecting', `Connecting over ${name}`);
    let isUp = false;
    const link = new Link(this.lastId ?? $('from').value, {
      opened: () => {
        if (isUp) return;
        isUp = true;
        if (this.opened) this.reconnects += 1;
        this.opened = true;
        this.attempts = 0;
        this.showOpen();
      },
      message: (message) => {
        this.lastId = message.id;
        log.add(message);
      },
      gap: (gap) => {
        this.lastId = gap.resumed_at ?? this.lastId;
        log.add({ ...gap, type: 'gap' });
      },
      retrying: (words) => {
        isUp = false;
        showState('waiting', words);
      },
      lost: async (words, refusal) => {
        if (this.link !== link) return;
        this.link = null;
        link.close();
        // A browser does not tell a program why a WebSocket or an EventSource was refused: ask.
        const why = refusal ?? (isUp ? null : await this.whyRefused());
        if (this.link) return;
        if (why && !(why.status >= 500 || why.status === 429)) this.refuse(why);
        else this.waitAndRetry(why?.message ?? words);
      },
    });
    this.link = link;
  },

  showOpen() {
    const { name } = transports[this.transport];
    const detail = [];
    if (this.reconnects) detail.push(plural(this.reconnects, 'reconnect'));
    if (extraTopics.length) detail.push(`and ${extraTopics.join(', ')}`);
    showState('open', `Connected over ${name}`, detail.join(' · '));
  },

  async whyRefused() {
    try {
      const response = await fetch(
        topicUrl('http', { format: 'json', since: 'latest', timeout: '0', client_id: clientName }),
        { headers: authorization(), cache: 'no-store' });
      return response.ok || response.status === 304
        ? null
        : new Refused(await wordsOf(response), response.status);
    } catch {
      return null; // nobody there
    }
  },

  refuse(why) {
    showState('refused', why.status ? 'Refused' : 'Closed by the server', why.message);
    if (why.status === 401 || why.status === 403) {
      $('token-bar').hidden = false;
      $('token').focus();
    }
  },

  waitAndRetry(words) {
    const longest = Math.min(longestRetryMs, firstRetryMs * 2 ** this.attempts);
    const until = Date.now() + longest * (0.75 + Math.random() / 4);
    this.attempts += 1;
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      if (left <= 0) this.open();
      else showState('waiting', words, `attempt ${this.attempts + 1} in ${left} s`);
    };
    this.timer = setInterval(tick, 250);
    tick();
  },
};

function showState(state, words, detail = '') {
  $('state').dataset.state = state;
  if ($('state-words').textContent !== words) $('state-words').textContent = words;
  $('state-detail').textContent = detail;
  const stopped = state === 'idle' || state === 'refused';
  $('toggle').textContent = stopped ? 'Connect' : 'Disconnect';
}

// --- sending --------------------------------------------------------------------------------------

async function post(data, event) {
  const response = await fetch(topicUrl('http', { event }), {
    method: 'POST',
    headers: { ...authorization(), 'Content-Type': 'text/plain;charset=utf-8' },
    body: data,
  });
  if (!response.ok) throw new Error(await wordsOf(response));
  return response.json();
}

async function send() {
  const data = $('data').value;
  const event = $('event').value.trim();
  showSent('Sending…');
  $('send').disabled = true;
  try {
    const { link } = connection;
    const answer = link?.publish && $('state').dataset.state === 'open'
      ? await link.publish(data, event) : await post(data, event);
    showSent(answer.delivered
      ? `Delivered to ${plural(answer.delivered, 'client')}`
      : 'Nobody is listening; the topic remembers it', 'yes');
    $('data').select();
  } catch (error) {
    showSent(`Not sent: ${error.message}`, 'no');
  } finally {
    $('send').disabled = false;
  }
}

function showSent(words, ok = '') {
  $('sent').textContent = words;
  $('sent').dataset.ok = ok;
}

// --- the side, which opens over the list where the window is narrow -------------------------------

const narrow = matchMedia('(max-width: 900px)');

/** What a narrow window has no room for in its head moves to the side. */
function arrange() {
  if (narrow.matches) {
    $('drawer').append($('go'), $('from-label'));
  } else {
    $('topic').after($('go'));
    $('toggle').before($('from-label'));
    $('side').classList.remove('open');
  }
}

function showSide(open) {
  $('side').classList.toggle('open', open);
  $('side-show').ariaExpanded = String(open);
  (open ? $('side-hide') : $('side-show')).focus();
}

// --- the page -------------------------------------------------------------------------------------

document.title = `${topicName} · Pushdeck`;
$('topic').textContent = topicName;
$('topic').title = topicName;
$('empty-topic').textContent = topicName;
$('empty-curl').textContent = publishWithCurl();
$('snippets').append(...snippets().map(snippetElement));
$('token').value = access.token;

if (isPattern) {
  for (const id of ['data', 'event', 'send']) $(id).disabled = true;
  $('data').placeholder = 'A pattern only receives: open a topic to send';
  $('empty-curl').hidden = true;
}

$('transports').onchange = ({ target }) => {
  connection.transport = target.value;
  sessionStorage.setItem('transport', target.value);
  connection.connect();
};

$('from').onchange = () => {
  connection.lastId = null;
  log.clear();
  connection.connect();
};

$('toggle').onclick = () => {
  if ($('toggle').textContent === 'Connect') {
    connection.connect();
  } else {
    connection.stop();
    showState('idle', 'Disconnected');
  }
};

$('token-bar').onsubmit = (event) => {
  event.preventDefault();
  access.use($('token').value);
  $('token-bar').hidden = true;
  connection.connect();
};

$('go').onsubmit = (event) => {
  event.preventDefault();
  const typed = $('go-topic').value.trim();
  if (!typed) return;
  // Typed as a name, so whatever a URL would take for its own is escaped; leading slashes are one.
  const segments = typed.replace(/^\/+/, '').split('/').map(encodeURIComponent);
  location.assign(`/${segments.join('/')}`);
};

$('pretty').onchange = () => {
  for (const item of $('list').children) item.fill?.();
};

$('pause').onclick = () => {
  log.paused = !log.paused;
  $('pause').ariaPressed = String(log.paused);
  $('pause').textContent = log.paused ? 'Resume' : 'Pause';
  log.draw();
};

$('clear').onclick = () => log.clear();
$('newer').onclick = () => log.toEnd();
$('scroller').onscroll = () => log.scrolled();
new ResizeObserver(() => {
  if (log.following) log.toEnd();
}).observe($('scroller'));

$('compose').onsubmit = (event) => {
  event.preventDefault();
  send();
};
$('compose').onkeydown = (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send();
  }
};

$('side-show').onclick = () => showSide(true);
$('side-hide').onclick = () => showSide(false);
document.onkeydown = (event) => {
  if (event.key === 'Escape' && $('side').classList.contains('open')) showSide(false);
};
narrow.onchange = arrange;
arrange();

const remembered = sessionStorage.getItem('transport');
if (remembered in transports) connection.transport = remembered;
document.querySelector(`input[value="${connection.transport}"]`).checked = true;
connection.connect();
