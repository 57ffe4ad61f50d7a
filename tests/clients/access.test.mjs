// Who may do what, and how much, with clients that others wrote: curl, ws, eventsource, and tokens
// that node:crypto signs.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import crypto from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { EventSource } from 'eventsource';
import { WebSocket } from 'ws';
import { openSocket, request, run, sleep, startServer, until } from './lib.mjs';

const secret = 'a secret for tests that has more than 32 bytes';
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (pair) => pair.publicKey.export({ type: 'spki', format: 'pem' });

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signers = {
  HS256: (text) => crypto.createHmac('sha256', secret).update(text).digest(),
  RS256: (text) => crypto.sign('sha256', Buffer.from(text), rsa.privateKey),
  ES256: (text) => crypto.sign('sha256', Buffer.from(text), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
};
function jwt(claims, alg = 'HS256', sign = signers[alg]) {
  const text = `${part({ typ: 'JWT', alg })}.${part(claims)}`;
  return `${text}.${sign(text).toString('base64url')}`;
}
const inSeconds = (seconds) => Math.floor(Date.now() / 1000) + seconds;
const everything = { sub: 'ann', exp: inSeconds(600), mercure: { publish: ['*'], subscribe: ['*'] } };

let folder;
before(async () => { folder = await mkdtemp(path.join(tmpdir(), 'pushdeck-access-')); });
after(() => rm(folder, { recursive: true, force: true }));

async function fileOf(name, content) {
  const file = path.join(folder, name);
  await writeFile(file, content, { mode: 0o600 });
  return file;
}

async function curl(...args) {
  const { stdout } = await promisify(execFile)('curl', ['-sS', '-i', '--max-time', '10', ...args]);
  const [head, ...body] = stdout.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: body.join('\r\n\r\n') };
}

/** What a socket is told when it is not let in. */
async function refusedSocket(url, options) {
  const socket = new WebSocket(url, options);
  socket.on('error', () => {});
  const [, response] = await once(socket, 'unexpected-response');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

for (const [alg, key] of [['HS256', () => secret], ['RS256', () => pem(rsa)], ['ES256', () => pem(ec)]]) {
  test(`${alg}: tokens of node:crypto open what they name, over every transport`, async () => {
    const server = await startServer('--jwt-key', `@${await fileOf(alg, key())}`);
    const mine = jwt({ sub: 'ann', exp: inSeconds(60), mercure: { publish: ['/a/in'], subscribe: ['/a/**'] } }, alg);
    const all = jwt(everything, alg);

    const bearer = ['-H', `Authorization: Bearer ${mine}`];
    assert.equal((await curl('-d', 'x', ...bearer, `${server.http}/a/in`)).status, 202);
    const elsewhere = await curl('-d', 'x', ...bearer, `${server.http}/a/out`);
    assert.equal(elsewhere.status, 403);
    assert.match(elsewhere.body, /does not let publish to '\/a\/out'/);
    assert.equal((await curl('-d', 'x', `${server.http}/a/in`)).status, 401);

    const stream = new EventSource(`${server.http}/a/news?token=${mine}`);
    const heard = [];
    stream.onmessage = ({ data }) => heard.push(data);
    await once(stream, 'open');
    const socket = await openSocket(`${server.ws}/a/*?authorization=${mine}`);
    await request(`${server.http}/a/news`, { method: 'POST', headers: { Authorization: `Bearer ${all}` }, body: 'hello' });
    await until(() => heard.length && socket.frames.length, 'the message');
    assert.deepEqual([heard, socket.frames], [['hello'], ['hello']]);
    stream.close();

    assert.equal((await refusedSocket(`${server.ws}/b?token=${mine}`)).status, 403);
    assert.equal((await refusedSocket(`${server.ws}/**?token=${mine}`)).status, 403);
    const { clients } = (await request(`${server.http}/_/api/clients`)).json;
    assert.equal(clients[0].subject, 'ann');

    // Other algorithms, whoever signs; the public key as a secret; none.
    const others = Object.keys(signers).filter((other) => other !== alg).map((other) => jwt(everything, other));
    const confused = jwt(everything, 'HS256', (text) => crypto.createHmac('sha256', key()).update(text).digest());
    const tokens = [...others, jwt(everything, 'none', () => Buffer.alloc(0)),
      jwt(everything, 'none', signers[alg]), jwt(everything, alg, () => crypto.randomBytes(64)), `${all}x`];
    if (alg !== 'HS256') tokens.push(confused);
    for (const token of tokens) {
      const { status, head } = await curl('-d', 'x', '-H', `Authorization: Bearer ${token}`, `${server.http}/a/in`);
      assert.equal(status, 401, token);
      assert.match(head, /WWW-Authenticate: Bearer error="invalid_token", error_description="[^"]+"/);
    }
    await server.stop();
  });
}

test('a stream ends when its token does, and says so', async () => {
  const server = await startServer('--jwt-key', `@${await fileOf('ends', secret)}`);
  const token = jwt({ ...everything, exp: inSeconds(3) });
  const socket = await openSocket(`${server.ws}/a?token=${token}`);
  const stream = await fetch(`${server.http}/a?token=${token}`, { headers: { Accept: 'text/event-stream' } });
  const text = stream.text();
  assert.deepEqual(await socket.closed, { code: 1008, reason: 'the token has expired' });
  assert.match(await text, /: closing 1008: the token has expired\n/);
  const metrics = (await request(`${server.http}/_/metrics`)).text;
  assert.match(metrics, /pushdeck_clients_ended_total\{reason="token_expired"\} 2\n/);
  await server.stop();
});

test("Mercure's cookie counts for our own pages and allowed ones", async () => {
  const server = await startServer('--jwt-key', `@${await fileOf('cookie', secret)}`,
    '--origin', 'https://app.example');
  const cookie = `mercureAuthorization=${jwt(everything)}`;
  const open = await openSocket(`${server.ws}/a`, [], { headers: { Cookie: cookie }, origin: 'https://app.example' });
  assert.equal(open.socket.readyState, WebSocket.OPEN);
  const post = (...fields) => curl('-d', 'x', '-b', cookie, ...fields.flatMap((field) => ['-H', field]), `${server.http}/a`);
  assert.equal((await post('Origin: https://app.example')).status, 201);
  assert.equal((await post('Origin: https://evil.example')).status, 403);
  assert.equal((await post()).status, 401);
  assert.equal((await post('Sec-Fetch-Site: cross-site')).status, 401);
  assert.equal((await curl('-b', cookie, `${server.http}/a?timeout=0`)).status, 204);
  assert.equal((await refusedSocket(`${server.ws}/a`, { headers: { Cookie: cookie }, origin: 'https://evil.example' })).status, 403);
  await server.stop();
});

test('rules: by name and by pattern, from the command line and from a file', async () => {
  const rules = await fileOf('rules', '# those of the house\n/staff/**  subscribe=token publish=token\n/secret subscribe=operator publish=nobody\n');
  const server = await startServer('--rule', '/staff/menu subscribe=anyone', '--rules', rules,
    '--publish-token', 'pub', '--operator-token', 'op');
  const status = async (target, token) =>
    (await request(`${server.http}${target}?timeout=0${token ? `&token=${token}` : ''}`)).status;
  assert.deepEqual(await Promise.all([
    status('/staff/menu'), status('/staff/plan'), status('/staff/plan', 'pub'), status('/secret', 'pub'),
    status('/secret', 'op'), status('/**'), status('/**', 'pub'), status('/**', 'op'), status('/staff/*'), status('/else'),
  ]), [204, 401, 204, 403, 204, 401, 403, 204, 401, 204]);
  assert.equal((await curl('-d', 'x', `${server.http}/secret?token=op`)).status, 403);
  await server.stop();

  const broken = await fileOf('broken', '/fine publish=token\n/wrong publish=everybody\n');
  const ended = run(['--headless', '--port', '0', '--rules', broken]);
  assert.deepEqual(await ended.exit, { code: 2, signal: null });
  assert.match(ended.stderr, /--rules: .*broken: Line 2: 'publish=everybody'/);
});

test('rates: curl is told when to come back, ws that sends raw frames is closed with a reason', async () => {
  const server = await startServer('--rate', '1', '--burst', '3');
  const statuses = [];
  let last;
  for (let i = 0; i < 5; ++i) {
    last = await curl('-d', 'x', `${server.http}/r`);
    statuses.push(last.status);
  }
  assert.ok(statuses.slice(0, 3).every((status) => status === 202) && statuses.includes(429), `${statuses}`);
  const refused = await until(async () => {
    const answer = await curl('-d', 'x', `${server.http}/r`);
    return answer.status === 429 && answer;
  }, 'a 429');
  assert.match(refused.head, /Retry-After: 1\r\n/);
  await sleep(1100);
  assert.equal((await curl('-d', 'x', `${server.http}/r`)).status, 202);

  const raw = await openSocket(`${server.ws}/r`);
  for (let i = 0; i < 20; ++i) raw.send(`${i}`);
  const { code, reason } = await raw.closed;
  assert.equal(code, 1008);
  assert.match(reason, /^Too many messages: a client may send 1 messages a second, 3 at once/);

  const polite = await openSocket(`${server.ws}/p`, ['pushdeck.v1']);
  for (let ref = 0; ref < 6; ++ref) polite.send(JSON.stringify({ type: 'publish', topic: '/q', data: 'x', ref }));
  await until(() => polite.frames.length === 6, 'six answers');
  const answers = polite.frames.map((frame) => JSON.parse(frame));
  assert.deepEqual(answers.map((answer) => answer.ref), [0, 1, 2, 3, 4, 5]);
  const error = answers.find((answer) => answer.type === 'error');
  assert.equal(error.status, 429);
  assert.ok(error.retry_after > 0 && error.retry_after <= 1, `${error.retry_after}`);
  assert.equal(polite.socket.readyState, WebSocket.OPEN);
  const { totals } = (await request(`${server.http}/_/api/status`)).json;
  assert.ok(totals.refused_by.rate >= 4, JSON.stringify(totals));
  await server.stop();
});

test('connections of one address: the next is told, others are not concerned', async () => {
  const server = await startServer('--limit', 'connections_per_loopback=5');
  const held = [];
  for (let i = 0; i < 5; ++i) held.push(await openSocket(`${server.ws}/a`));
  const sixth = await curl(`${server.http}/_/health`);
  assert.equal(sixth.status, 429);
  assert.match(sixth.head, /Retry-After: \d+/);
  assert.equal((await curl('--interface', '127.0.0.9', `${server.http}/_/health`)).status, 200);
  held[0].socket.close();
  // Whoever asks too often while he is refused is not even told.
  const health = () => curl(`${server.http}/_/health`).catch(() => ({ status: 0 }));
  await until(async () => (await health()).status === 200, 'room');
  // That connection's end may not have been seen when the next one comes.
  const refusals = () =>
    request(`${server.http}/_/api/status`).then(({ json }) => json.totals.refused_by).catch(() => null);
  const refused = await until(refusals, 'room again');
  assert.ok(refused.address >= 1, JSON.stringify(refused));
  await server.stop();
});

test('thousands of connections from this machine are fine as it comes', async () => {
  const server = await startServer();
  const sockets = await Promise.all(Array.from({ length: 300 }, () => openSocket(`${server.ws}/a`)));
  assert.equal(sockets.length, 300);
  assert.equal((await request(`${server.http}/_/api/status`)).json.totals.refused, 0);
  sockets.forEach(({ socket }) => socket.terminate());
  await server.stop();
});

test('secrets: made at random, never on standard output, never readable by others', async () => {
  const [one, two] = await Promise.all([run(['--generate-token']), run(['--generate-token'])].map(async (ended) => {
    assert.deepEqual(await ended.exit, { code: 0, signal: null });
    return ended.stdout;
  }));
  assert.match(one, /^[A-Za-z0-9]{32}\n$/);
  assert.notEqual(one, two);

  const history = path.join(folder, 'history');
  const key = await fileOf('quiet', secret);
  const server = await startServer('--jwt-key', `@${key}`, '--publish-token', 'hush-hush', '--history-file', history);
  await request(`${server.http}/a?token=hush-hush`, { method: 'POST', body: 'x' });
  await request(`${server.http}/a?token=${jwt(everything)}x`);
  await request(`${server.http}/a`, { method: 'POST', headers: { Authorization: 'Bearer wrong-hush' }, body: 'x' });
  for (const name of ['history', 'history-wal', 'history-shm']) {
    const { mode } = await stat(path.join(folder, name)).catch(() => ({ mode: 0o600 }));
    assert.equal(mode & 0o077, 0, name);
  }
  const shown = await Promise.all(['status', 'clients', 'topics', 'messages'].map(
    async (name) => (await request(`${server.http}/_/api/${name}`)).text));
  await server.stop();
  const text = shown.join('') + server.process.stdout + server.process.stderr;
  for (const hidden of ['hush', secret, jwt(everything).split('.')[2]]) assert.ok(!text.includes(hidden), hidden);
});
