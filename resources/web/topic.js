// The page of a topic: receives over the transport the visitor chooses, and sends.
// SPDX-License-Identifier: GPL-3.0-or-later

import { choices, connection } from './connection.js';
import { $, plural } from './dom.js';
import { log } from './messagelist.js';
import { access, extraTopics, isPattern, topicName } from './place.js';
import { publishWithCurl, snippetElement, snippets } from './snippets.js';
import { statusOf } from './status.js';
import { crowdWords, isLimited, Streams } from './streams.js';

// --- the connection -------------------------------------------------------------------------------

let told = null; // the newest state of it; null: stopped by hand
let refused = null; // why, once it is over
let retryAt = 0;
let countdown = null;

function showStatus() {
  const secondsLeft = Math.ceil((retryAt - Date.now()) / 1000);
  const { choice, losses } = connection;
  const status = statusOf(told, { choice, losses, extraTopics, secondsLeft, refused });
  $('state').dataset.state = status.state;
  // Only what changed: it is read out.
  if ($('state-words').textContent !== status.words) $('state-words').textContent = status.words;
  $('state-detail').textContent = status.detail;
  $('state-losses').textContent = status.losses;
  const isStopped = status.state === 'idle' || status.state === 'refused';
  $('toggle').textContent = isStopped ? 'Connect' : 'Disconnect';
}

function heedState(state) {
  told = state;
  clearInterval(countdown);
  // Where another transport is tried at once there is no wait to tell of.
  if (state?.state === 'waiting' && state.retryInMs > 0) {
    retryAt = Date.now() + state.retryInMs;
    countdown = setInterval(showStatus, 250);
  }
  const isHttp = state?.transport === 'sse' || state?.transport === 'poll';
  streams?.hold(isHttp && (state.state === 'connecting' || state.state === 'open'));
  showCrowd();
  showStatus();
}

function start() {
  refused = null;
  $('token-bar').hidden = true;
  connection.start($('from').value);
}

function choose(choice) {
  connection.choice = choice;
  sessionStorage.setItem('transport', choice);
  document.querySelector(`input[value="${choice}"]`).checked = true;
  start();
}

connection.onState = heedState;
connection.onEntry = (entry) => {
  log.add(entry);
  if (entry.type === 'gap') showStatus();
};
connection.onRefused = (error) => {
  refused = error;
  showStatus();
  if (error.status === 401 || error.status === 403) askForToken();
};

function askForToken() {
  $('token-bar').hidden = false;
  $('token').focus();
}

// --- the connections that a browser has for one server --------------------------------------------

let others = 0; // pages that hold one
const streams = isLimited() ? new Streams((count) => {
  others = count;
  showCrowd();
}) : null;

function showCrowd() {
  const words = streams ? crowdWords(others, streams.isHeld) : '';
  $('crowd').hidden = !words;
  $('crowd-words').textContent = words;
  $('crowd-leave').hidden = !streams?.isHeld;
}

$('crowd-leave').onclick = () => choose('ws');

// --- sending --------------------------------------------------------------------------------------

async function send() {
  const data = $('data').value;
  const event = $('event').value.trim();
  showSent('Sending…');
  $('send').disabled = true;
  try {
    const answer = await connection.publish(data, event);
    showSent(answer.delivered
      ? `Delivered to ${plural(answer.delivered, 'client')}`
      : 'Nobody is listening; the topic remembers it', 'yes');
    $('data').select();
    learn(true);
  } catch (error) {
    showSent(`Not sent: ${error.message}`, 'no');
    if (error.status === 401 || error.status === 403) learn(false);
    if (error.status === 401) askForToken();
  } finally {
    $('send').disabled = false;
  }
}

/** Whether one may publish here, as the server said: the code to copy follows. */
function learn(publishes) {
  if (access.publishes === publishes) return;
  access.publishes = publishes;
  showSnippets();
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

function showSnippets() {
  $('empty-curl').textContent = publishWithCurl();
  $('snippets').replaceChildren(...snippets().map(snippetElement));
}

// --- the page -------------------------------------------------------------------------------------

document.title = `${topicName} · Pushdeck`;
$('topic').textContent = topicName;
$('topic').title = topicName;
$('empty-topic').textContent = topicName;
showSnippets();
$('token').value = access.token;

if (isPattern) {
  for (const id of ['data', 'event', 'send']) $(id).disabled = true;
  $('data').placeholder = 'A pattern only receives: open a topic to send';
  $('empty-curl').hidden = true;
}

$('transports').onchange = ({ target }) => choose(target.value);

$('from').onchange = () => {
  connection.forget();
  log.clear();
  start();
};

$('toggle').onclick = () => {
  if ($('toggle').textContent === 'Connect') {
    start();
  } else {
    connection.stop();
    heedState(null);
  }
};

$('token-bar').onsubmit = (event) => {
  event.preventDefault();
  access.use($('token').value);
  showSnippets();
  start();
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
choose(choices.includes(remembered) ? remembered : 'auto');
