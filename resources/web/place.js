// Which topic this page is of, and how the server is asked for it.
// SPDX-License-Identifier: GPL-3.0-or-later

const path = location.pathname;
export const topicName = (() => {
  try {
    return decodeURIComponent(path).replace(/(.)\/$/, '$1');
  } catch {
    return path; // not UTF-8: the server says so
  }
})();

/** A pattern is for subscribing only. */
export const isPattern = topicName.split('/').some((segment) => /^\*\*?$/.test(segment));

// Typed by hand into this page's address, these mean the same as in a program's.
const pageQuery = new URLSearchParams(location.search);
export const extraTopics = pageQuery.getAll('topic');

export const access = {
  token: pageQuery.get('token') ?? sessionStorage.getItem('token') ?? '',
  /** Whether one may publish here with it; only the server knows, so undefined until it said so. */
  publishes: undefined,

  use(token) {
    this.token = token;
    this.publishes = undefined;
    sessionStorage.setItem('token', token);
  },
};

/** One name for this page, so that its polls are one client and its reconnects can be told. */
export const clientName = `page-${Math.floor(Math.random() * 0x100000).toString(16).padStart(5, '0')}`;

/** The address of this page's topic alone. */
export const topicAddress = new URL(path, location.href).href;

/** The URL of all that this page subscribes to; entries of `query` without a value are left out. */
export function topicUrl(scheme, query = {}) {
  const url = new URL(topicAddress);
  if (scheme === 'ws') url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const topic of extraTopics) url.searchParams.append('topic', topic);
  for (const [key, value] of Object.entries(query)) {
    if (value) url.searchParams.set(key, value);
  }
  return url.href;
}
