// Soak: the program for an hour, once headless and once with its window, each with clients that stay,
// clients that pass by, topics that are used once and messages of all sizes. Writes down what it
// takes: memory, descriptors, threads, CPU. Fails where a client that stayed lost something, or where
// memory still grows when every cap has long been reached.
//   node tests/torture/soak.mjs [--minutes 60] [--clients 200] [--rate 5] [--comers 20]
//                               [--messages 60] [--into FILE.csv]
// SPDX-License-Identifier: GPL-3.0-or-later

import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { request, run, sleep, startServer, until } from '../clients/lib.mjs';
import { worker } from './worker.mjs';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    clients: { type: 'string', default: '200' },
    rate: { type: 'string', default: '5' },
    comers: { type: 'string', default: '20' },
    messages: { type: 'string', default: '60' },
    into: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const samples = Math.max(20, Math.round(minutes * 4));
const betweenMs = (minutes * 60_000) / samples;

/** Caps are reached in the first half; in the second, what it takes at the end may be this much more
 * than at the beginning, in parts and in MiB. An allocator that fragments moves by less. */
const growth = { share: 0.05, MiB: 8 };

const problems = [];
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-soak-'));
process.on('exit', () => fs.rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const freePort = () => new Promise((resolve) => {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

/** The program with its window on no screen; no other window of this machine is woken by it. */
async function startWindow() {
  const port = await freePort();
  const folder = (name) => {
    const made = path.join(scratch, name);
    fs.mkdirSync(made, { mode: 0o700 });
    return made;
  };
  const program = run(['--port', String(port), '--bind', '127.0.0.1'], {
    env: { ...process.env, QT_QPA_PLATFORM: 'offscreen', XDG_CONFIG_HOME: folder('config'), XDG_RUNTIME_DIR: folder('run') },
  });
  process.once('exit', () => program.child.kill('SIGKILL'));
  const http = `http://127.0.0.1:${port}`;
  await until(() => request(`${http}/_/health`).then(({ status }) => status === 200, () => false), 'the window to listen');
  return {
    port, http, pid: program.child.pid, process: program,
    stop: () => (program.child.kill('SIGTERM'), program.exit),
  };
}

const ticksPerSecond = 100; // what Linux counts CPU time in (sysconf(_SC_CLK_TCK))
function takes(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return {
    MiB: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024,
    descriptors: fs.readdirSync(`/proc/${pid}/fd`).length,
    threads: Number(/Threads:\s+(\d+)/.exec(status)[1]),
    cpuSeconds: (Number(stat[11]) + Number(stat[12])) / ticksPerSecond,
  };
}

class Subject {
  curve = [];

  constructor(name, server) {
    Object.assign(this, { name, server });
    this.healthy = worker('healthy.mjs', server.port, values.clients, values.rate);
    this.passers = worker('passers.mjs', server.port, values.comers, values.messages);
  }

  async start() {
    await this.healthy.order('open');
    await this.passers.order('start');
  }

  async sample(minute) {
    const { text } = await request(`${this.server.http}/_/metrics`);
    const metric = (name) => Number(new RegExp(`^pushdeck_${name} ([0-9.e+-]+)$`, 'm').exec(text)?.[1]);
    this.curve.push({ minute, ...takes(this.server.pid), connections: metric('open_connections'),
      backlog: metric('backlog_bytes') });
  }

  async finish() {
    const { came, published: passing } = await this.passers.order('stop');
    const { published, problems: found, problemCount } = await this.healthy.order('finish');
    for (const words of found) problems.push(`${this.name}: ${words}`);
    if (problemCount > found.length) problems.push(`${this.name}: and ${problemCount - found.length} more`);
    const { code, signal } = await this.server.stop();
    if (code !== 0) problems.push(`${this.name} ended with ${code ?? signal}: ${this.server.process.stderr.slice(-2000)}`);
    const average = (part) => part.reduce((sum, { MiB }) => sum + MiB, 0) / part.length;
    const tenth = Math.ceil(this.curve.length / 10);
    const half = Math.floor(this.curve.length / 2);
    const [middle, end] = [average(this.curve.slice(half, half + tenth)), average(this.curve.slice(-tenth))];
    if (end > middle * (1 + growth.share) + growth.MiB) {
      problems.push(`${this.name} grew from ${middle.toFixed(1)} to ${end.toFixed(1)} MiB in the second half`);
    }
    console.log(`${this.name}: ${published} messages to each of ${values.clients} that stayed, ${passing} more; ${
      came} came and went. Second half: ${middle.toFixed(1)} MiB at its beginning, ${end.toFixed(1)} at its end; ${
      (100 * (this.curve.at(-1).cpuSeconds - this.curve[0].cpuSeconds) / (60 * (this.curve.at(-1).minute - this.curve[0].minute))).toFixed(1)
    } % of a core`);
  }

  table() {
    const every = Math.max(1, Math.floor(this.curve.length / 20));
    const most = Math.max(...this.curve.map(({ MiB }) => MiB));
    console.log(`\n${this.name}\n  min     MiB  descriptors  connections  backlog kB`);
    for (const [at, one] of this.curve.entries()) {
      if (at % every && at !== this.curve.length - 1) continue;
      console.log([one.minute.toFixed(1).padStart(5), one.MiB.toFixed(1).padStart(7), String(one.descriptors).padStart(12),
        String(one.connections).padStart(12), (one.backlog / 1000).toFixed(0).padStart(11),
        ` ${'█'.repeat(Math.round((40 * one.MiB) / most))}`].join(' '));
    }
  }
}

const subjects = [
  new Subject('headless', await startServer()),
  new Subject('with its window', await startWindow()),
];
try {
  await Promise.all(subjects.map((subject) => subject.start()));
  const begin = Date.now();
  for (let at = 0; at <= samples; ++at) {
    await sleep(begin + at * betweenMs - Date.now());
    await Promise.all(subjects.map((subject) => subject.sample((Date.now() - begin) / 60_000)));
  }
  for (const subject of subjects) await subject.finish();
} catch (error) {
  problems.push(error.stack);
}
for (const subject of subjects) if (subject.curve.length) subject.table();
if (values.into) {
  const columns = ['minute', 'MiB', 'descriptors', 'threads', 'cpuSeconds', 'connections', 'backlog'];
  fs.writeFileSync(values.into, [['program', ...columns].join(','), ...subjects.flatMap(({ name, curve }) =>
    curve.map((one) => [name, ...columns.map((column) => Number(one[column].toFixed(3)))].join(',')))].join('\n') + '\n');
}
problems.forEach((words) => console.error(`FAILED ${words}`));
console.log(problems.length ? `${problems.length} problems` : `all held for ${minutes} minutes`);
process.exit(problems.length ? 1 : 0);
