// Random choices that a seed repeats.
// SPDX-License-Identifier: GPL-3.0-or-later

import { createHash } from 'node:crypto';

/** A source of choices; the same words give the same choices (the generator is mulberry32). */
export function randomOf(words) {
  let state = createHash('sha256').update(String(words)).digest().readUInt32LE();
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** A whole number from `least` to `most`, both included. */
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)],
    /** `count` different ones of a list, in a random order. */
    some(list, count) {
      const rest = [...list];
      return Array.from({ length: Math.min(count, rest.length) },
        () => rest.splice(Math.floor(next() * rest.length), 1)[0]);
    },
  };
}
