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

  use(token) {
    this.token = token;
    sessionStorage.setItem('token', token);
  },
};

/** One name for this page, so that its polls are one client and its reconnects can be told. */
export const clientName = `page-${Math.floor(Math.random() * 0x100000).toString(16).padStart(5, '0')}`;

/** The URL of this page's topic; `query` is an object, entries without a value are left out. */
export function topicUrl(scheme, query) {
  const url = new URL(path, location.href);
  if (scheme === 'ws') url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  for (const topic of extraTopics) url.searchParams.append('topic', topic);
  for (const [key, value] of Object.entries(query)) {
    if (value) url.searchParams.set(key, value);
  }
  return url.href;
}

export const authorization = () => (access.token ? { Authorization: `Bearer ${access.token}` } : {});

/** What the server says about a refusal, in its own words where it gave some. */
export async function wordsOf(response) {
  const body = (await response.text().catch(() => '')).trim();
  let words = body;
  try {
    const told = JSON.parse(body);
    words = told.message ?? told.error ?? body;
  } catch {
    // plain text
  }
  return typeof words === 'string' && words && words.length < 400 && !words.startsWith('<')
    ? words
    : `${response.status} ${response.statusText}`.trim();
}

export class Refused extends Error {
  constructor(words, status) {
    super(words);
    this.status = status;
  }
}
