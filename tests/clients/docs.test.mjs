// What the documentation points at is there: files, pictures and headings.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const documents = ['README.md', 'resources/reference.md',
  ...fs.readdirSync(path.join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
const mostBytes = 250_000; // of a picture: it is fetched by everyone who opens the page

const withoutCode = (text) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

/** Where a text points: Markdown links and pictures, and the `src` and `srcset` of HTML. */
function targetsOf(text) {
  const found = [];
  for (const [, target] of withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)) found.push(target);
  for (const [, target] of text.matchAll(/\bsrc(?:set)?="([^"\s]+)"/g)) found.push(target);
  return found.filter((target) => !/^[a-z]+:/.test(target));
}

/** The names that headings have in links, as GitHub makes them. */
function headingsOf(text) {
  return [...text.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replace(/ /g, '-'));
}

for (const document of documents) {
  test(`${document} points at what is there`, () => {
    const text = fs.readFileSync(path.join(root, document), 'utf8');
    for (const target of targetsOf(text)) {
      const [file, heading] = target.split('#');
      const full = file ? path.resolve(root, path.dirname(document), file) : path.join(root, document);
      assert.ok(fs.existsSync(full), `${target} is not there`);
      assert.ok(full.startsWith(root), `${target} is outside of the project`);
      if (heading !== undefined) {
        assert.ok(headingsOf(fs.readFileSync(full, 'utf8')).includes(heading), `no heading for ${target}`);
      }
    }
  });
}

test('every picture is shown somewhere, and is small enough to be', () => {
  const folder = path.join(root, 'resources/screenshots');
  const shown = new Set(documents.flatMap((document) =>
    targetsOf(fs.readFileSync(path.join(root, document), 'utf8'))
      .map((target) => path.resolve(root, path.dirname(document), target.split('#')[0]))));
  const names = fs.readdirSync(folder);
  assert.ok(names.length > 0);
  for (const name of names) {
    assert.ok(shown.has(path.join(folder, name)), `nobody shows ${name}`);
    assert.ok(fs.statSync(path.join(folder, name)).size <= mostBytes, `${name} is too large`);
  }
});
