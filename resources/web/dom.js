// What every part of the page needs of the document.
// SPDX-License-Identifier: GPL-3.0-or-later

export const $ = (id) => document.getElementById(id);

/** make('p', {className: 'x'}, child, 'text'): an element; strings become text nodes, never markup. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export const plural = (count, one, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
