// Code to copy, with the address under which the visitor reaches the server.
// SPDX-License-Identifier: GPL-3.0-or-later

import { make } from './dom.js';
import { isPattern, topicUrl } from './place.js';

/** A quote in a path would end the string that the URL is pasted into. */
const quotable = (scheme) => topicUrl(scheme, {}).replaceAll("'", '%27');

export const publishWithCurl = () => `curl -d 'hello' '${quotable('http')}'`;

/** Pairs of a title and what to copy. */
export function snippets() {
  const http = quotable('http');
  const ws = quotable('ws');
  const and = http.includes('?') ? '&' : '?';
  return [
    ['WebSocket', `const socket = new WebSocket(
  '${ws}');
socket.onmessage = (e) => console.log(e.data);${
  isPattern ? '' : "\nsocket.onopen = () => socket.send('hello');"}`],
    ['Server-Sent Events', `const source = new EventSource(
  '${http}');
source.onmessage = (e) => console.log(e.data);
source.addEventListener('gap',
  (e) => console.warn('missed some', e.data));`],
    ['Long-poll', `const url = '${http}';
for (let since = 'all'; ;) {
  const answer = await fetch(
    \`\${url}${and}format=json&since=\${since}\`);
  if (answer.status === 204) continue;
  const { messages, cursor } =
    await answer.json();
  for (const { data } of messages)
    console.log(data);
  since = cursor;
}`],
    ...(isPattern ? [] : [['Publish with curl', publishWithCurl()]]),
    ['Follow with curl', `curl -N -H 'Accept: text/event-stream' '${http}'`],
    ['What the topic remembers', `curl '${http}${and}format=json&since=all&timeout=0'`],
  ];
}

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
