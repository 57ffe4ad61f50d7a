// Pushdeck beside other push servers: the same load, in one run, in turns, each pinned to its own
// core, and the median of several rounds. What counts is the server's CPU time for each delivery;
// wall time on a shared machine wanders. A run in which a message was lost, repeated or out of order
// is no result: of Pushdeck it ends the comparison, of another it is 'failed' in the tables.
//   node compare.mjs [--transports ws,sse,poll] [--subs 100,1000,9000] [--windows 1,8]
//                    [--sizes 100,10240] [--rounds 5] [--servers …] [--unpaced] [--into FILE]
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';

import { accepts, endTree, freePorts, streams } from './processes.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const build = process.env.PUSHDECK_BUILD ?? path.join(here, '../../build/release');
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-compare-'));

const { values } = parseArgs({
  options: {
    transports: { type: 'string', default: 'ws,sse,poll' },
    subs: { type: 'string', default: '100,1000,9000' },
    windows: { type: 'string', default: '1,8' },
    sizes: { type: 'string', default: '100,10240' },
    rounds: { type: 'string', default: '5' },
    unpaced: { type: 'boolean', default: false }, // without latency, connecting, memory and idling
    servers: { type: 'string', default: 'pushdeck,bare,bun,nchan,pushpin,ws' },
    into: { type: 'string' },
  },
});
const list = (name) => values[name].split(',').filter(Boolean);
const numbers = (name) => list(name).map(Number);
const rounds = Number(values.rounds);

// --- the servers ----------------------------------------------------------------------------------

/** The binary itself: bun's own package only links it by an install script, and none is run here. */
const bunProgram = () => {
  const folder = path.join(here, 'peers/node_modules/@oven');
  const packages = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return packages.map((name) => path.join(folder, name, 'bin/bun')).find(fs.existsSync) ?? null;
};

function nginxArguments(port) {
  const config = fs.readFileSync(path.join(here, 'peers/nginx.conf'), 'utf8')
    .replaceAll('FOLDER', scratch).replaceAll('PORT', String(port));
  const file = path.join(scratch, `nginx-${port}.conf`);
  fs.writeFileSync(file, config);
  return ['-c', file, '-p', scratch];
}

/** Its children's sockets are in a folder of each run's own. */
function pushpinArguments(port, publishPort, originPort) {
  const folder = fs.mkdtempSync(path.join(scratch, 'pushpin-'));
  const config = fs.readFileSync(path.join(here, 'peers/pushpin.conf'), 'utf8')
    .replaceAll('FOLDER', folder).replaceAll('PORT', String(port)).replaceAll('PUBLISH', String(publishPort));
  const file = path.join(folder, 'pushpin.conf');
  fs.writeFileSync(file, config);
  return ['--config', file, '--route', `* 127.0.0.1:${originPort},over_http`];
}

const onPath = (program) =>
  ['/usr/sbin', ...process.env.PATH.split(':')].map((folder) => path.join(folder, program))
    .find((file) => fs.existsSync(file)) ?? null;
const nchanModule = '/usr/lib/nginx/modules/ngx_nchan_module.so';
const relay = ['--topic', '/bench', '--publish', 'raw'];
const nchan = ['--topic', '/bench', '--publish', 'http', '--publish-path', '/publish', '--poll', 'raw'];

const known = {
  pushdeck: {
    words: 'Pushdeck', transports: ['ws', 'sse', 'poll'],
    program: () => path.join(build, 'pushdeck'),
    args: (port) => ['--headless', '--bind', '127.0.0.1', '--port', String(port)],
    // Where the others are published to over HTTP, so is this.
    bench: (transport) => ['--publish', transport === 'ws' ? 'raw' : 'http', '--poll', 'raw'],
  },
  bare: {
    words: 'bare epoll', transports: ['ws'], program: () => path.join(build, 'pushdeck-bareserver'),
    args: (port) => [String(port)], bench: () => relay,
  },
  bun: {
    words: 'bun (uWebSockets)', transports: ['ws'], program: bunProgram,
    args: (port) => [path.join(here, 'peers/bun.mjs'), String(port)], bench: () => relay,
  },
  nchan: {
    words: 'nchan in nginx', transports: ['ws', 'sse', 'poll'],
    program: () => (fs.existsSync(nchanModule) ? onPath('nginx') : null),
    args: nginxArguments, bench: () => nchan,
  },
  // Not by long-poll: pushpin remembers nothing between two polls, its origin would have to.
  pushpin: {
    words: 'pushpin', transports: ['ws', 'sse'],
    program: () => (onPath('condure') && onPath('zurl') ? onPath('pushpin') : null),
    args: pushpinArguments, origin: 'peers/pushpin-origin.mjs',
    // Over some 200 handshakes at a time it answers 502. Of a WebSocket its handler hears after the
    // client, and with dozens falls behind by the 8 s at which the proxy closes.
    bench: (transport, publishPort) => ['--publish', 'grip', '--publish-url',
      `http://127.0.0.1:${publishPort}`, '--connecting', transport === 'ws' ? '4' : '64'],
    // A delivery takes it ten times what it takes the others, and with 9,000 clients a case minutes.
    rounds: 1,
    mostSubs: 1000,
  },
  ws: {
    words: 'Node ws', transports: ['ws'], program: () => process.execPath,
    args: (port) => [path.join(here, 'peers/ws.mjs'), String(port)], bench: () => relay,
  },
};

const running = new Set();
process.on('exit', () => {
  for (const child of running) endTree(child);
  fs.rmSync(scratch, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** On one core, with all it starts. */
function startOn(core, program, args) {
  const child = spawn('taskset', ['-c', core, program, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
  running.add(child);
  child.said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { child.said += text; });
  child.ended = new Promise((resolve) => { child.on('close', resolve); });
  return child;
}

async function end(child) {
  endTree(child);
  await child.ended;
  running.delete(child);
}

class NoResult extends Error {}

async function runBench(args) {
  const measuring = promisify(execFile)(path.join(build, 'pushdeck-bench'), ['--json', '--bench-cpu', '1', ...args]);
  running.add(measuring.child);
  try {
    return JSON.parse((await measuring).stdout.trim().split('\n').at(-1));
  } finally {
    running.delete(measuring.child);
  }
}

async function measure(name, transport, args) {
  const server = known[name];
  const [port, publishPort, originPort] = await freePorts(3);
  const origin = server.origin && // beside the load, for it is no part of what is measured
    startOn('1', process.execPath, [path.join(here, server.origin), String(originPort)]);
  const child = startOn('0', server.program(), server.args(port, publishPort, originPort));
  try {
    await accepts(port);
    if (origin) await streams(`http://127.0.0.1:${port}/bench`);
    return await runBench(['--transport', transport, ...server.bench(transport, publishPort),
      '--url', `http://127.0.0.1:${port}`, '--pid', String(child.pid), ...args]);
  } catch (error) {
    const words = `${server.words}, ${transport} ${args.join(' ')}: ${(error.stderr || error.message).trim()}${
      child.said && `\n${child.said.trim()}`}`;
    throw new (error.code === 1 ? NoResult : Error)(words); // the status that bench ends with then
  } finally {
    await end(child);
    if (origin) await end(origin);
  }
}

// --- the cases ------------------------------------------------------------------------------------

const median = (given) => {
  const sorted = given.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : null;
};
/** A server that has delivered a message to half of them only after the next was due falls ever further
 * behind: its latency says no more than how long that went on. */
const latency = (results, which) => {
  const of = (percentile) => median(results.map((one) => one.latency_ms[percentile]));
  return results[0].rate && of('p50') > 1000 / results[0].rate ? 'saturated' : of(which);
};
const figures = ['delivery', 'connect', 'memory', 'idle', 'p50', 'p99'];
const medians = (results) => (!results ? Object.fromEntries(figures.map((one) => [one, 'failed'])) : {
  delivery: median(results.map((one) => one.cpu_us_per_delivery)),
  connect: median(results.map((one) => one.cpu_us_per_connection)),
  memory: median(results.map((one) => one.rss_kb_per_connection)),
  idle: median(results.map((one) => one.idle_cpu_percent)),
  p50: latency(results, 'p50'),
  p99: latency(results, 'p99'),
});

/** About as many deliveries whatever the case, so that each takes about a second. */
const messagesFor = (subs, size) =>
  Math.max(20, Math.min(1000, Math.round((size > 1000 ? 40_000 : 120_000) / subs)));

/** Messages a second at which all but pushpin still have time to spare: about 20,000 to 40,000
 * deliveries a second, on one core. */
const rateFor = (subs) => Math.max(4, Math.min(100, Math.round(20_000 / subs)));
const pacedSeconds = 2.5;

const failures = [];

async function compare(title, transport, subs, args) {
  const names = list('servers').filter((name) => known[name].transports.includes(transport) &&
    subs <= (known[name].mostSubs ?? subs));
  const results = new Map(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; ++round) {
    for (const name of names) {
      if (!results.get(name) || round >= (known[name].rounds ?? rounds)) continue;
      try {
        results.get(name).push(await measure(name, transport, args));
      } catch (error) {
        if (name === 'pushdeck' || !(error instanceof NoResult)) throw error;
        results.set(name, null);
        failures.push(error.message);
        process.stderr.write(`${error.message}\n`);
      }
    }
  }
  const row = { title, servers: new Map(names.map((name) => [name, medians(results.get(name))])) };
  process.stderr.write(`${title}: ${names.map((name) =>
    `${known[name].words} ${cell(row.servers.get(name).delivery, null, 2)}`).join(', ')}, in µs\n`);
  return row;
}

const cell = (value, ours, digits) => (typeof value !== 'number' ? value ?? '' :
  `${value.toFixed(digits)}${ours > 0 && value !== ours ? ` (${(value / ours).toFixed(2)})` : ''}`);

function table(head, rows, figure, digits) {
  const names = list('servers').filter((name) => rows.some((row) => row.servers.has(name)));
  return [
    `| ${head} | ${names.map((name) => known[name].words).join(' | ')} |`,
    `|---|${names.map(() => '---:|').join('')}`,
    ...rows.map((row) => `| ${row.title} | ${names.map((name) =>
      cell(row.servers.get(name)?.[figure], row.servers.get('pushdeck')?.[figure], digits)).join(' | ')} |`),
    '',
  ].join('\n');
}

for (const name of list('servers')) {
  if (!known[name]) throw new Error(`there is no server '${name}'; known are ${Object.keys(known).join(', ')}`);
}
const absent = list('servers').filter((name) => !known[name].program() || !fs.existsSync(known[name].program()));
if (absent.length) {
  process.stderr.write(`not installed, so left out: ${absent.join(', ')}\n`);
  values.servers = list('servers').filter((name) => !absent.includes(name)).join(',');
}

const words = { ws: 'WebSocket', sse: 'SSE', poll: 'long-poll' };
const rows = [];
const paced = [];
for (const transport of list('transports')) {
  for (const subs of numbers('subs')) {
    for (const size of numbers('sizes')) {
      for (const window of numbers('windows')) {
        rows.push(await compare(`${words[transport]}, ${subs} subscribers, window ${window}, ${size} B`, transport, subs,
          ['--idle', '0', '--subs', String(subs), '--window', String(window), '--size', String(size),
            '--messages', String(messagesFor(subs, size))]));
      }
    }
    if (values.unpaced) continue;
    const rate = rateFor(subs);
    paced.push(await compare(`${words[transport]}, ${subs} subscribers, ${rate} messages/s`, transport, subs,
      ['--idle', '1', '--subs', String(subs), '--rate', String(rate), '--warmup', '5',
        '--messages', String(Math.round(pacedSeconds * rate))]));
  }
}

const text = [
  'Medians of ', String(rounds), ` rounds in turns, the server on one core and the load on another (${os.cpus()[0].model.trim()},\n`,
  `Linux ${os.release()}). In brackets: times Pushdeck. Every client got each message once and in order.\n`,
  ...(failures.length ? [`But not where it says failed:\n\n${failures.map((one) => `    ${one.replaceAll('\n', ' ')}\n`).join('')}\n`] : []),
  ...list('servers').filter((name) => known[name].rounds < rounds)
    .map((name) => `${known[name].words} took part in ${known[name].rounds} of the rounds, up to ${
      known[name].mostSubs} subscribers.\n`),
  '\n',
  '## Server CPU for one delivery, in microseconds\n\n', table('case', rows, 'delivery', 2), '\n',
  ...(values.unpaced ? [] : [
    ...(paced.some((row) => [...row.servers.values()].some((one) => one.p50 === 'saturated'))
      ? ['*saturated*: half the clients had a message only after the next was due, so messages wait ever longer.\n\n'] : []),
    '## At a fixed rate: latency p50, in milliseconds\n\n', table('case', paced, 'p50', 2), '\n',
    '## The same: p99, in milliseconds\n\n', table('case', paced, 'p99', 2), '\n',
    '## Server CPU to accept one connection, in microseconds\n\n', table('case', paced, 'connect', 0), '\n',
    '## Resident memory of an idle connection, in kB\n\n', table('case', paced, 'memory', 1), '\n',
    '## CPU while all of them idle, in percent\n\n', table('case', paced, 'idle', 2),
  ]),
].join('').trimEnd() + '\n';
process.stdout.write(text);
if (values.into) fs.writeFileSync(values.into, `# Benchmarks\n\n${text}`);
