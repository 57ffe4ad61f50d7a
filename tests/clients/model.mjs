// What a server must do, said as simply as possible: a list of messages, of which each topic
// remembers the last few. Against it the property test judges what subscriptions got.
// SPDX-License-Identifier: GPL-3.0-or-later

/** How many lost messages a topic can count, where it remembers fewer. */
export const countedLosses = 100;

/** An id in its parts. */
export function partsOf(id) {
  const dash = id.lastIndexOf('-');
  return { epoch: id.slice(0, dash), sequence: Number(id.slice(dash + 1)) };
}

const asRegExp = (pattern) => new RegExp(`^${pattern.split('/').slice(1).map((segment) => {
  if (segment === '**') return '(?:/[^/]+)*';
  return segment === '*' ? '/[^/]+' : `/${segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`;
}).join('')}$`);

/** A predicate of topics; what goes to everyone is in every scope. */
export function scopeOf(topics) {
  const patterns = topics.map(asRegExp);
  return ({ topic, toAll }) => toAll || patterns.some((pattern) => pattern.test(topic));
}

/**
 * The messages of one epoch. Where requests overlap the model does not know which came first: it
 * keeps when each began and ended, and accepts every order these allow.
 */
export class Model {
  /**
   * `survived`: the history came from a file; then the server may have lost count of old losses.
   * `isSlow`: a replay takes its time, so messages may be evicted during it and a gap stand in it.
   */
  constructor(epoch, perTopic, { log = [], survived = false, isSlow = false } = {}) {
    Object.assign(this, { epoch, perTopic, log, survived, isSlow });
  }

  /** `message`: id, topic, data, event, toAll, and the times `began` and `ended` of its publishing. */
  add(message) {
    const { epoch, sequence } = partsOf(message.id);
    if (epoch !== this.epoch) throw new Error(`${message.id} is of another epoch than ${this.epoch}`);
    const at = this.log.findLastIndex((other) => other.sequence < sequence) + 1;
    if (this.log[at]?.sequence === sequence) throw new Error(`${message.id} was given twice`);
    this.log.splice(at, 0, { ...message, sequence });
  }

  /** How many messages may have been there at a moment between `from` and `to`: least, most. */
  countsBetween(from, to) {
    const least = this.log.findLastIndex(({ ended }) => ended < from) + 1;
    const most = this.log.findIndex(({ began }) => began > to);
    return [least, most < 0 ? this.log.length : most];
  }

  /** What a subscription gets that begins when the first `count` messages are there. */
  expected(topics, cursor, count) {
    const inScope = scopeOf(topics);
    const past = this.log.slice(0, count);
    const perName = new Map();
    for (let i = past.length - 1; i >= 0; --i) {
      const name = past[i].toAll ? '' : past[i].topic;
      perName.set(name, (perName.get(name) ?? 0) + 1);
      past[i] = { ...past[i], place: perName.get(name) }; // 1: the newest of its topic
    }
    const concerned = past.filter(inScope);
    const remembered = concerned.filter(({ place }) => place <= this.perTopic);
    const later = this.log.slice(count).filter(inScope);
    if (cursor === 'latest') return { messages: later };
    if (cursor === 'all' || /^\d+h$/.test(cursor)) return { messages: [...remembered, ...later] };
    if (/^-\d+$/.test(cursor)) return { messages: [...remembered.slice(Number(cursor)), ...later] };

    const { epoch, sequence } = partsOf(cursor);
    if (epoch !== this.epoch || sequence > 1e8) { // of another run, or never given
      const gap = { reason: 'restarted', lost: null, mayBeNull: true };
      return { gap, messages: [...remembered, ...later] };
    }
    const isAfter = (message) => message.sequence > sequence;
    const gone = concerned.filter(({ place }) => place > this.perTopic).filter(isAfter);
    const messages = [...remembered.filter(isAfter), ...later];
    if (gone.length === 0) return { messages };
    // A topic counts as many that are gone as it remembers, at least a hundred.
    const mayBeNull = this.survived || gone.some(({ place }) => place > this.perTopic + Math.max(this.perTopic, countedLosses));
    return { gap: { reason: 'evicted', lost: gone.length, mayBeNull }, messages, gone };
  }

  /**
   * Judges a stretch: what one connection or one poll got, as {cursor, from, to, entries}, `from` and
   * `to` being when its subscription began. Null where it is right; else why not, and whether what is
   * missing may still come.
   */
  judge(topics, stretch, isComplete) {
    const [least, most] = this.countsBetween(stretch.from, stretch.to);
    let best = { got: -1, words: `no order allows it (${least} to ${most})`, mayCome: false };
    for (let count = least; count <= most; ++count) {
      const fault = this.compare(stretch.entries, this.expected(topics, stretch.cursor, count), topics,
        isComplete);
      if (!fault) return null;
      if (fault.got > best.got || (fault.mayCome && !best.mayCome)) best = fault;
    }
    return best;
  }

  compare(entries, expected, topics, isComplete) {
    const { gap, messages } = expected;
    let next = 0; // of the messages
    let told = 0; // lost in gaps during the replay, and not yet found missing
    const fault = (words, mayCome = false) => ({ words, mayCome, got: next });
    const passOver = (isMissing) => {
      for (; told > 0 && messages[next] && isMissing(messages[next]); ++next) told -= 1;
    };
    for (const [at, entry] of entries.entries()) {
      if (at === 0 && gap && entry.type !== 'gap') return fault(`no gap before ${entry.id}`);
      if (entry.type === 'gap' && at > 0 && this.isSlow && entry.reason === 'evicted') {
        told += entry.lost ?? Infinity;
      } else if (entry.type === 'gap') {
        if (at > 0 || !gap) return fault(`a gap where none is due: ${JSON.stringify(entry)}`);
        const wrong = this.faultOfGap(entry, gap, messages, topics);
        if (wrong) return fault(`${wrong}: ${JSON.stringify(entry)}, due ${JSON.stringify(gap)}`);
      } else if (entry.type === 'reached') {
        const { epoch, sequence } = partsOf(entry.id);
        passOver((message) => message.sequence <= sequence);
        const due = messages[next];
        if (epoch !== this.epoch) return fault(`the cursor ${entry.id} is of another epoch`);
        if (due && due.sequence <= sequence) return fault(`the cursor ${entry.id} leaves out ${due.id}`);
      } else {
        passOver(({ id }) => id !== entry.id);
        const due = messages[next];
        if (due?.id !== entry.id) return fault(`got ${entry.id} where ${due?.id ?? 'nothing'} was due`);
        const differing = ['data', 'event', 'topic'].find((name) =>
          entry[name] !== undefined && entry[name] !== due[name]);
        if (differing) {
          return fault(`${differing} of ${entry.id} is ${JSON.stringify(entry[differing]).slice(0, 80)}, ` +
            `not ${JSON.stringify(due[differing]).slice(0, 80)}`);
        }
        next += 1;
      }
    }
    if (!isComplete) return null;
    if (gap && !entries.some(({ type }) => type === 'gap')) return fault('the gap is not told', true);
    passOver(() => true);
    if (told > 0 && told < Infinity) return fault(`${told} more are told as lost than are`);
    return next < messages.length ? fault(`${messages[next].id} does not come`, true) : null;
  }

  faultOfGap(told, due, messages, topics) {
    if (told.reason !== due.reason) return 'the reason is another';
    if (told.lost === null ? !due.mayBeNull : told.lost !== due.lost) return 'the number is wrong';
    const { epoch, sequence } = partsOf(told.resumed_at);
    if (epoch !== this.epoch) return 'it resumes in another epoch';
    if (messages[0]?.sequence <= sequence) return `it resumes after ${messages[0].id}, which is there`;
    // With one topic everything that is gone lies before what follows: coming back there is no loss.
    if (topics.length === 1 && !topics[0].includes('*') && !this.log.some(({ toAll }) => toAll)) {
      const again = this.expected(topics, told.resumed_at, this.log.length);
      const dueNow = this.expected(topics, `${this.epoch}-0`, this.log.length);
      if (again.gap && again.gap.lost === dueNow.gap?.lost && due.lost) return 'it would be told again';
    }
    return null;
  }
}
