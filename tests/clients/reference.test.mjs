// Runs every example of resources/reference.md and compares what it prints with what stands there.
//
//   ```sh         commands for bash, against a fresh server
//   ```js         a module for Node, with the browser's WebSocket and EventSource, against a fresh server
//   ```text       what the block before it prints; placeholders as the page explains them
//   ```sh server  a command that starts the server for the blocks after it in its section. A second one
//                 there finds the files of the first, which is killed with -9
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { request, startServer } from './lib.mjs';
import { hasOption } from './options.mjs';
import { temporaryFolder } from './restarts.mjs';

const page = fileURLToPath(new URL('../../resources/reference.md', import.meta.url));
const longestMs = 15_000;
const quietMs = 150; // in which nothing more than expected may come

/** The fenced blocks: kind, text, the line they begin in, and the heading they stand under. */
function blocksOf(markdown) {
  const blocks = [];
  let section = '';
  let block = null;
  for (const [at, line] of markdown.split('\n').entries()) {
    if (block && line === '```') block = null;
    else if (block) block.text += `${line}\n`;
    else if (line.startsWith('```')) {
      blocks.push(block = { kind: line.slice(3).trim(), text: '', line: at + 1, section });
    } else if (line.startsWith('## ')) section = line.slice(3);
  }
  assert.equal(block, null, 'a block does not end');
  return blocks;
}

/** Each example with its output and the servers that its section started before it. */
function examplesOf(blocks) {
  const examples = [];
  let servers = [];
  let section = '';
  for (const [at, block] of blocks.entries()) {
    if (block.section !== section) servers = [];
    section = block.section;
    const { kind, text, line } = block;
    if (kind === 'sh server') {
      const words = text.trim().match(/'[^']*'|\S+/g).map((word) => word.replace(/^'(.*)'$/, '$1'));
      assert.equal(words.shift(), 'pushdeck', `line ${line} starts another program`);
      servers.push({ options: words, examples: [] });
    } else if (kind === 'sh' || kind === 'js') {
      assert.equal(blocks[at + 1]?.kind, 'text', `the block at line ${line} has no output`);
      const example = { ...block, output: blocks[at + 1].text };
      if (servers.length) servers.at(-1).examples.push(example);
      examples.push({ ...example, servers: servers.length ? servers.slice() : null });
    } else if (kind === 'text') {
      assert.match(blocks[at - 1]?.kind ?? '', /^(sh|js)$/, `line ${line}: the output of nothing`);
    } else {
      assert.fail(`line ${line}: this test does not know how to run a block of kind “${kind}”`);
    }
  }
  return examples;
}

const placeholders = {
  id: '[0-9a-z]+-\\d+', time: '\\d{13}', n: '\\d+', date: '\\w{3}, \\d\\d \\w{3} \\d{4} [0-9:]{8} GMT',
};

/** An expression that matches an output; a numbered placeholder is the same text everywhere. Not every
 * answer ends its last line, and a terminal does not care. */
function expressionOf(output) {
  const seen = new Set();
  const parts = output.split(/<(\w+(?: \d+)?)>/);
  const source = parts.map((part, at) => {
    if (at % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const [kind, number] = part.split(' ');
    assert.ok(placeholders[kind], `there is no placeholder <${part}>`);
    if (!number) return placeholders[kind];
    const name = `${kind}${number}`;
    if (seen.has(name)) return `\\k<${name}>`;
    seen.add(name);
    return `(?<${name}>${placeholders[kind]})`;
  });
  return new RegExp(`^${source.join('').trimEnd()}\\n*$`);
}

/** Runs a program until it ends, or has printed what is expected and nothing more for a while. */
function outputOf(command, args, options, expected) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options, detached: true });
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL'); // with what a script started
    } catch { /* it has ended */ }
  };
  let stdout = '';
  let stderr = '';
  let quiet;
  const latest = setTimeout(end, longestMs);
  child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text.replaceAll('\r', ''); // fields of HTTP end in CRLF; no terminal shows it
    clearTimeout(quiet);
    if (options.isEndless && expected.test(stdout)) quiet = setTimeout(end, quietMs);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      clearTimeout(latest);
      clearTimeout(quiet);
      resolve({ stdout, stderr });
    });
  });
}

/** Options whose value is in the example's own folder. */
const ownPaths = ['--history-file', '--tls-dir'];

const atServer = (text, server) => text
  .replaceAll('http://localhost:8080', server.http).replaceAll('ws://localhost:8080', server.ws)
  .replaceAll('https://localhost:8080', `https://localhost:${server.port}`);

const fileOf = (name) => JSON.stringify(pathToFileURL(createRequire(import.meta.url).resolve(name)));

const run = {
  sh: ({ text }, server, folder, expected) =>
    outputOf('bash', ['-c', atServer(text, server)], { cwd: folder }, expected),

  async js({ text, line }, server, folder, expected) {
    // Node imports no module over HTTP, and finds packages only from where they are.
    writeFileSync(path.join(folder, 'client.mjs'), (await request(`${server.http}/_/client.js`)).text);
    const file = path.join(folder, `line-${line}.mjs`);
    const browser = `import WebSocket from ${fileOf('ws')};\nimport * as events from ${
      fileOf('eventsource')};\nObject.assign(globalThis, { WebSocket, EventSource: events.EventSource });\n`;
    writeFileSync(file, browser + atServer(text, server)
      .replaceAll(`'${server.http}/_/client.js'`, "'./client.mjs'"));
    return outputOf(process.execPath, [file], { cwd: folder, isEndless: true }, expected);
  },
};

async function check(example, server, folder) {
  const expected = expressionOf(example.output);
  const { stdout, stderr } = await run[example.kind](example, server, folder, expected);
  // A difference is easier to read than an expression that does not match.
  if (!expected.test(stdout)) assert.equal(stdout || stderr, example.output);
}

const examples = examplesOf(blocksOf(readFileSync(page, 'utf8')));

describe(`the ${examples.length} examples of the reference`, { concurrency: 2 }, () => {
  for (const example of examples) {
    const servers = example.servers ?? [{ options: [], examples: [] }];
    const missing = servers.flatMap(({ options }) => options)
      .find((word) => word.startsWith('--') && !hasOption(word));
    test(`line ${example.line}: ${example.section}`,
      { skip: missing && `this program has no ${missing}`, timeout: 4 * longestMs }, async (t) => {
        const folder = temporaryFolder(t);
        let server;
        t.after(() => server.stop('SIGKILL'));
        // What stood before in the section happened before.
        for (const { options, examples: earlier } of servers) {
          await server?.stop('SIGKILL');
          server = await startServer(...options.map((word, at) =>
            (ownPaths.includes(options[at - 1]) ? path.join(folder, word) : word)));
          for (const one of earlier) {
            await check(one, server, folder);
            if (one.line === example.line) return;
          }
        }
        await check(example, server, folder);
      });
  }
});

test('the page has examples, and this test knows them all', () => {
  assert.ok(examples.length >= 20, String(examples.length));
});
