// Code to copy, with the address under which the visitor reaches the server. What subscribes has the
// visitor's token: this page subscribes with it. What publishes has it once this page published with
// it: a token to subscribe would be refused there, and is not to be handed on as one to publish.
// SPDX-License-Identifier: GPL-3.0-or-later

import { make } from './dom.js';
import { access, extraTopics, isPattern, topicAddress, topicUrl } from './place.js';

/** As a JavaScript string. */
const js = (text) => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** As one word of a POSIX shell. */
const sh = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const bearer = () => `Authorization: Bearer ${access.token}`;
const curlToken = () => (access.token ? ` -H ${sh(bearer())}` : '');

/** Without a token the server may be open to all: so it is, until it refuses. */
const sends = () => !isPattern && (access.publishes ?? !access.token);
const publishToken = () =>
  (sends() ? curlToken() : " -H 'Authorization: Bearer TOKEN-TO-PUBLISH'");

export const publishWithCurl = () => `curl -d 'hello'${publishToken()} ${sh(topicAddress)}`;

function clientModule() {
  const options = [
    access.token && `token: ${js(access.token)}`,
    extraTopics.length > 0 && `topics: [${extraTopics.map(js).join(', ')}]`,
  ].filter(Boolean).join(', ');
  return `import { connect } from
  ${js(new URL('/_/client.js', topicAddress).href)};
const live = connect(
  ${js(topicAddress)}${options && `,\n  { ${options} }`});
live.on('message', ({ topic, data }) =>
  console.log(topic, data));
live.on('gap', ({ lost }) =>
  console.warn('missed', lost ?? 'some'));
live.on('error', ({ message }) =>
  console.error('refused:', message));${sends() ? "\nawait live.publish('hello');" : ''}`;
}

// A browser sets no header on these two, so the token stands in the URL.
const webSocket = () => `const socket = new WebSocket(
  ${js(topicUrl('ws', { token: access.token }))});
socket.onmessage = (e) => console.log(e.data);
socket.onclose = (e) =>
  console.log('closed:', e.code, e.reason);${
  sends() ? "\nsocket.onopen = () => socket.send('hello');" : ''}`;

const eventSource = () => `const source = new EventSource(
  ${js(topicUrl('http', { token: access.token }))});
source.onmessage = (e) => console.log(e.data);
source.addEventListener('gap',
  (e) => console.warn('missed some', e.data));`;

const longPoll = () => `const url = new URL(
  ${js(topicUrl('http', { format: 'json' }))});
let since = 'all';
for (;;) {
  url.searchParams.set('since', since);
  const answer = await fetch(url${access.token && `,
    { headers: { Authorization:
      ${js(`Bearer ${access.token}`)} } }`});
  if (answer.status === 204) continue;
  if (!answer.ok) throw await answer.text();
  const { messages, cursor } =
    await answer.json();
  for (const { type, data } of messages)
    console.log(type, data);
  since = cursor;
}`;

const followWithCurl = () =>
  `curl -N -H 'Accept: text/event-stream'${curlToken()} ${sh(topicUrl('http'))}`;

const rememberedWithCurl = () =>
  `curl${curlToken()} ${sh(topicUrl('http', { format: 'json', since: 'all', timeout: '0' }))}`;

/** Pairs of a title and what to copy. */
export const snippets = () => [
  ['client.js: any transport', clientModule()],
  ['WebSocket', webSocket()],
  ['Server-Sent Events', eventSource()],
  ['Long-poll', longPoll()],
  ['Follow with curl', followWithCurl()],
  ...(isPattern ? [] : [['Publish with curl', publishWithCurl()]]),
  ['What the topic remembers', rememberedWithCurl()],
];

/** Pages of a LAN address are no secure context: there only the old way to copy works. */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = make('textarea', { value: text, readOnly: true, className: 'unseen' });
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (!copied) throw new Error('the browser does not let this page copy');
}

export function snippetElement([title, text]) {
  const button = make('button', { ariaLabel: `Copy: ${title}` }, 'Copy');
  button.onclick = async () => {
    try {
      await copy(text);
      button.textContent = 'Copied';
    } catch {
      button.textContent = 'Select and copy it yourself';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  };
  return make('div', { className: 'snippet' },
    make('div', { className: 'snippet-head' }, make('h3', {}, title), button),
    make('pre', { className: 'mono' }, text));
}
