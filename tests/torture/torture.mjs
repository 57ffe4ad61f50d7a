// Torture: a thousand clients that behave, measured in peace and then under each attack, on real
// sockets. Fails where a healthy client lost, got twice or got out of order a message, was cut off,
// or waited too long; where the server's memory goes beyond its bound; or where it does not come
// back to what it was. Clock jumps are not here but in tests/server/tst_bounds, with the
// server's injectable clock: a faked system clock would move the measurement as well.
//   node tests/torture/torture.mjs [--seconds 120] [--clients 1000] [--rate 5] [--attack NAME]…
// SPDX-License-Identifier: GPL-3.0-or-later

import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { request, sleep, startServer, until } from '../clients/lib.mjs';
import { worker } from './worker.mjs';

const attackNames = ['stalled', 'deafAskers', 'flood', 'halfOpen', 'trickle', 'garbage', 'oversize', 'unfinished',
  'aborted', 'resets', 'hurry', 'descriptors'];
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '120' },
    clients: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '5' },
    attack: { type: 'string', multiple: true },
  },
});
const seconds = Math.min(300, Number(values.seconds));
const attacks = values.attack ?? attackNames;
const calmSeconds = Math.max(5, Math.round(seconds / 8));
const attackSeconds = Math.max(3, (seconds - calmSeconds - 15) / attacks.length);

/** The server may take this much more than it had with its healthy clients. What it may hold by its
 * own limits: 64 MiB of bodies, 64 MiB of the log, 256 MiB of backlogs, and the allocator's share. */
const memoryBoundMiB = 512;
/** Under attack p99 may be thrice what it was, or this: where server, clients and attackers share
 * two cores, a turn of the scheduler under full load is that long without anything being wrong. */
const slowestMs = 250;

const problems = [];
const fail = (words) => problems.push(words);

const server = await startServer();
const metrics = async () => {
  const { text } = await request(`${server.http}/_/metrics`);
  return Object.fromEntries([...text.matchAll(/^(pushdeck_[^ ]+) ([0-9.e+-]+)$/gm)].map(([, name, value]) => [name, Number(value)]));
};
const changes = (before, after, prefix) => Object.entries(after)
  .filter(([name, value]) => name.startsWith(prefix) && value !== (before[name] ?? 0))
  .map(([name, value]) => `${/"(.*)"/.exec(name)[1]} ×${value - (before[name] ?? 0)}`).join(', ');
const rssMiB = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
const descriptors = () => readdirSync(`/proc/${server.pid}/fd`).length;
const clientsOf = (found, ...transports) =>
  transports.reduce((sum, name) => sum + found[`pushdeck_clients{transport="${name}"}`], 0);
const streamsOf = (found) => clientsOf(found, 'websocket', 'sse');
/** Attackers that polled are remembered for a minute after their last poll: as few as they were. */
const rememberedPollers = 5;

let peak = 0;
const sampler = setInterval(() => {
  try {
    peak = Math.max(peak, rssMiB());
  } catch {
    clearInterval(sampler);
    fail('the server is gone');
  }
}, 100);
const row = (...cells) => console.log([cells[0].padEnd(12), ...cells.slice(1).map((cell) => String(cell).padStart(9))].join(' '));

const healthy = worker('healthy.mjs', server.port, values.clients, values.rate);
const attackers = worker('attacks.mjs', server.port);
const begun = Date.now();
// Whoever ends this ends the server with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
try {
  const { clients } = await healthy.order('open');
  await healthy.order('phase');
  await sleep(calmSeconds * 1000);
  const calm = await healthy.order('figures');
  const before = await metrics();
  const calmRss = rssMiB();
  console.log(`${clients} healthy clients, ${values.rate} messages a second to each; times in ms, memory in MiB`);
  row('phase', 'p50', 'p99', 'worst', 'own lag', 'peak RSS', 'server said');
  row('calm', calm.p50, calm.p99, calm.worst, calm.ownLag, calmRss.toFixed(0));
  const allowed = Math.max(3 * calm.p99, slowestMs);

  for (const name of attacks) {
    const then = await metrics();
    peak = rssMiB();
    if (name === 'descriptors') {
      execFileSync('prlimit', ['--pid', server.pid, `--nofile=${descriptors() + 40}:`]);
    }
    await healthy.order('phase');
    const { opened } = await attackers.order(name, { seconds: attackSeconds });
    const figures = await healthy.order('figures');
    if (name === 'descriptors') execFileSync('prlimit', ['--pid', server.pid, '--nofile=20000:']);
    const now = await metrics();
    row(name, figures.p50, figures.p99, figures.worst, figures.ownLag, peak.toFixed(0),
      `  ${opened} connections; refused: ${changes(then, now, 'pushdeck_refusals_total') || 'none'}; ended: ${
        changes(then, now, 'pushdeck_clients_ended_total') || 'none'}`);
    if (figures.p99 > allowed + figures.ownLag) {
      fail(`${name}: p99 was ${figures.p99} ms; allowed ${allowed.toFixed(1)} and the ${figures.ownLag} ms of the clients themselves`);
    }
    if (peak > calmRss + memoryBoundMiB) fail(`${name}: the server took ${peak.toFixed(0)} MiB`);
    if (figures.deliveries === 0) fail(`${name}: nothing was delivered`);
  }

  // Everything the attackers left must go: connections, clients, what waits for them.
  let after;
  await until(async () => {
    after = await metrics();
    return streamsOf(after) === streamsOf(before)
      && clientsOf(after, 'long-poll') <= clientsOf(before, 'long-poll') + rememberedPollers
      && after.pushdeck_open_connections <= before.pushdeck_open_connections + 5
      && after.pushdeck_backlog_bytes === 0;
  }, () => 'the counters to go back', 40_000).catch(() => fail(`did not go back: ${streamsOf(after)} streams instead of ${
    streamsOf(before)}, ${clientsOf(after, 'long-poll')} pollers instead of ${clientsOf(before, 'long-poll')}, ${after.pushdeck_open_connections} connections instead of ${before.pushdeck_open_connections}, ${
    after.pushdeck_backlog_bytes} bytes wait`));
  const health = await request(`${server.http}/_/health`);
  if (health.status !== 200) fail(`health: ${health.status}`);
  const end = await healthy.order('finish');
  end.problems.forEach(fail);
  if (end.problemCount > end.problems.length) fail(`and ${end.problemCount - end.problems.length} more`);
  await until(async () => streamsOf(await metrics()) === 0, 'the healthy clients to be gone', 20_000)
    .catch((error) => fail(error.message));
  console.log(`${end.published} messages to each; after it ${rssMiB().toFixed(0)} MiB, ${descriptors()} descriptors`);
} catch (error) {
  fail(error.stack);
} finally {
  clearInterval(sampler);
  for (const { child } of [healthy, attackers]) if (child.connected) child.disconnect();
  const { code, signal } = await server.stop();
  if (code !== 0) fail(`the server ended with ${code ?? signal}: ${server.process.stderr.slice(-2000)}`);
}
if (problems.length) {
  problems.forEach((words) => console.error(`FAILED ${words}`));
  process.exit(1);
}
console.log(`all held, in ${Math.round((Date.now() - begun) / 1000)} s`);
process.exit(0);
