// The page's one subscription, over the transport the visitor chooses.
// SPDX-License-Identifier: GPL-3.0-or-later

import { connect } from '/_/client.js';
import { access, clientName, extraTopics, topicAddress } from './place.js';

export const choices = ['auto', 'ws', 'sse', 'poll'];

/** What was missed, as far as it is known. */
class Losses {
  gaps = 0;
  messages = 0;
  isExact = true;

  add({ lost }) {
    this.gaps += 1;
    this.messages += lost ?? 0;
    if (typeof lost !== 'number') this.isExact = false;
  }
}

/** Set `onEntry` (message or gap), `onState` (of client.js, for a person) and `onRefused` before start(). */
export const connection = {
  choice: 'auto',
  live: null,
  sender: null, // the newest, though it be closed: publishing needs no subscription
  cursor: null, // where the next subscription goes on; null: where the visitor said
  losses: new Losses(),

  /** Goes on where it was; `since` is for the first time. */
  start(since) {
    this.stop();
    const live = connect(topicAddress, {
      transport: this.choice,
      topics: extraTopics,
      since: this.cursor ?? since,
      token: access.token,
      clientId: clientName,
    });
    this.live = this.sender = live;
    // Closing takes a moment, in which what was closed has no more to say here.
    const heed = (type, then) => live.on(type, (value) => live === this.live && then(value));
    heed('message', (message) => this.onEntry(message));
    heed('gap', (gap) => {
      this.losses.add(gap);
      this.onEntry(gap);
    });
    heed('state', (state) => this.onState(state));
    heed('error', (refused) => this.onRefused(refused));
  },

  stop() {
    const { live } = this;
    this.live = null;
    if (!live) return;
    this.cursor = live.cursor;
    live.close();
  },

  /** Forgets where it was, and what it missed. */
  forget() {
    this.stop();
    this.cursor = null;
    this.losses = new Losses();
  },

  /** Also while nothing is received: then over HTTP. */
  publish(data, event) {
    return this.sender.publish(data, { event });
  },
};
