// What a person is told about the connection: {state, words, detail, losses}.
// SPDX-License-Identifier: GPL-3.0-or-later

import { plural } from './dom.js';

export const transportNames = { ws: 'WebSocket', sse: 'SSE', poll: 'long-poll' };

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function lossWords({ gaps, messages, isExact }) {
  if (!gaps) return '';
  const many = plural(messages, 'message');
  const what = isExact ? `${many} lost` : messages ? `at least ${many} lost` : 'an unknown number lost';
  return `${plural(gaps, 'gap')}, ${what}`;
}

function waitWords(secondsLeft, transport) {
  const over = `over ${transportNames[transport]}`;
  return secondsLeft > 0 ? `next try ${over} in ${secondsLeft} s` : `trying ${over}`;
}

/**
 * `told` is a state of client.js; `page` is {choice, losses, extraTopics, secondsLeft, refused}. Of a
 * subscription that the visitor stopped, `told` is null.
 */
export function statusOf(told, { choice, losses, extraTopics = [], secondsLeft = 0, refused = null }) {
  const status = (state, words, ...detail) => ({
    state, words, detail: detail.filter(Boolean).join(' · '), losses: lossWords(losses),
  });
  if (!told) return status('idle', 'Disconnected');
  const again = told.reconnects ? plural(told.reconnects, 'reconnect') : '';
  const name = transportNames[told.transport];
  switch (told.state) {
    case 'connecting':
      return status('connecting', `Connecting over ${name}`, again);
    case 'open':
      return status('open', `Connected over ${name}`,
        choice === 'auto' && told.transport !== 'ws' && 'WebSocket did not get through', again,
        extraTopics.length > 0 && `and ${extraTopics.join(', ')}`);
    case 'waiting':
      return status('waiting', capital(told.reason), waitWords(secondsLeft, told.nextTransport), again);
    default:
      // 410 is what a long-poll gets that the operator closes.
      return status('refused', refused?.code || refused?.status === 410 ? 'Closed by the server' : 'Refused',
        refused?.code ? `“${told.reason}” (code ${refused.code})` : told.reason);
  }
}
