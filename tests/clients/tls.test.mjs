// https and wss as real peers meet them: curl, openssl, Node's own TLS, and the npm clients.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { clientsOf, openSocket, openStream, publish, request, run, sleep, startServer, until } from './lib.mjs';

const exec = promisify(execFile);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pushdeck-tls-'));
const authority = path.join(folder, 'auto', 'ca.crt');
let server;
let ca;

before(async () => {
  server = await startServer('--tls', 'auto', '--tls-dir', path.join(folder, 'auto'));
  ca = fs.readFileSync(authority, 'utf8');
});
after(async () => {
  await server.stop();
  fs.rmSync(folder, { recursive: true });
});

const secure = (at = server) => ({ https: `https://127.0.0.1:${at.port}`, wss: `wss://127.0.0.1:${at.port}` });
const curl = async (...args) => (await exec('curl', ['-sS', '--cacert', authority, ...args], { timeout: 20_000 })).stdout;

/** What a handshake of `openssl s_client` came to. */
async function handshake(at, ...args) {
  const child = spawn('openssl', ['s_client', '-connect', `127.0.0.1:${at.port}`, '-CAfile', authority,
    '-verify_return_error', '-verify_ip', '127.0.0.1', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
  const [code] = await once(child, 'close');
  return { code, said };
}

/** A TLS connection of Node's, open. */
async function connect(at, options = {}) {
  const socket = tls.connect({ port: at.port, host: '127.0.0.1', ca, ...options });
  socket.on('error', () => {});
  await once(socket, 'secureConnect');
  return socket;
}

/** One exchange over https; as lib.mjs's request(). */
async function ask(url, { method = 'GET', headers = {}, body } = {}) {
  const sent = https.request(url, { method, headers, agent: false, ca });
  sent.end(body);
  const [response] = await once(sent, 'response');
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

const metric = async (at, name) => {
  const { text } = await request(`${at.http}/_/metrics`);
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line ? Number(line.slice(name.length + 1)) : undefined;
};

test('says https once it listens', () => {
  assert.equal(server.address, `https://127.0.0.1:${server.port}`);
  assert.equal(server.process.stdout.split('\n').length, 2, 'one line, and no more');
});

test('curl: POST, long-poll and stream', async () => {
  const { https: base } = secure();
  assert.match(await curl('-d', 'hello', `${base}/curl`), /"topic":"\/curl"/);
  assert.equal(await curl(`${base}/curl?since=all`), 'hello');
  const stream = curl('-N', '-m', '3', '-H', 'Accept: text/event-stream', `${base}/curl?since=all`)
    .catch((error) => error.stdout); // ends by its own time limit
  assert.match(await stream, /data: hello\n/);
  const held = curl(`${base}/curl-held`);
  await until(async () => (await clientsOf(server)).some((client) => client.topics.includes('/curl-held')), 'the poll');
  await publish(server, '/curl-held', 'held');
  assert.equal(await held, 'held');
});

test('modern versions and ciphers only', async () => {
  const old = ['-cipher', 'ALL:@SECLEVEL=0'];
  for (const refused of [['-tls1_1', ...old], ['-tls1', ...old],
    ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-SHA256'], ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES256-SHA'],
    ['-tls1_2', '-cipher', 'AES128-GCM-SHA256']]) {
    const { code, said } = await handshake(server, ...refused);
    assert.notEqual(code, 0, `${refused.join(' ')}:\n${said}`);
  }
  for (const [taken, version] of [[['-tls1_3'], 'TLSv1.3'],
    [['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256'], 'TLSv1.2'],
    [['-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'], 'TLSv1.2']]) {
    const { code, said } = await handshake(server, ...taken);
    assert.equal(code, 0, said);
    assert.match(said, new RegExp(version));
    assert.match(said, /Verify return code: 0 \(ok\)/);
  }
});

test('a client that does not know the authority refuses, and the operator is told why', async () => {
  const socket = tls.connect({ port: server.port, host: '127.0.0.1' });
  const [error] = await once(socket, 'error');
  assert.match(error.code, /SELF_SIGNED|UNABLE_TO/);
  const stranger = await handshake(server, '-CAfile', (await ownCertificate('stranger')).crt);
  assert.notEqual(stranger.code, 0);
  await until(async () => await metric(server, 'pushdeck_tls_handshakes_failed_total{reason="untrusted"}') > 0,
    'a handshake refused for the certificate');
});

test('the npm clients over wss and https', async () => {
  const script = `
    import { WebSocket } from 'ws';
    import { EventSource } from 'eventsource';
    const [wss, url] = process.argv.slice(-2);
    const socket = new WebSocket(wss);
    const source = new EventSource(url);
    const got = { ws: [], sse: [] };
    const done = () => {
      if (got.ws.length < 3 || got.sse.length < 3) return;
      console.log(JSON.stringify(got));
      socket.close();
      source.close();
    };
    source.onmessage = (event) => { got.sse.push(event.data); done(); };
    socket.on('message', (data) => { got.ws.push(data.toString()); done(); });
    // Whichever is open first.
    const open = [new Promise((so) => socket.on('open', so)), new Promise((so) => { source.onopen = so; })];
    Promise.all(open).then(() => ['a', 'b', 'c'].forEach((text) => socket.send(text)));
  `;
  const { wss, https: base } = secure();
  const { stdout } = await exec(process.execPath, ['--input-type=module', '-e', script, `${wss}/npm`, `${base}/npm`],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: authority }, cwd: import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), timeout: 20_000 });
  assert.deepEqual(JSON.parse(stdout), { ws: ['a', 'b', 'c'], sse: ['a', 'b', 'c'] });
});

for (const transport of ['websocket', 'eventsource', 'longpoll']) {
  test(`the nchan client over TLS: ${transport}`, async () => {
    const script = `
      import { importNchan } from './lentbrowser.mjs';
      const [url, subscriber] = process.argv.slice(-2);
      const Nchan = await importNchan({ http: new URL(url).origin });
      const client = new Nchan(url, { subscriber });
      const got = [];
      client.on('connect', () => console.log('connected'));
      client.on('message', (data) => {
        if (got.push(data) < 3) return;
        console.log(JSON.stringify(got));
        client.stop();
        process.exit();
      });
      client.start();
    `;
    const topic = `/nchan-tls/${transport}`;
    const { id } = await publish(server, topic, 'before');
    const child = spawn(process.execPath,
      ['--input-type=module', '-e', script, `${secure().https}${topic}?since=${id}`, transport],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: authority }, timeout: 20_000, stdio: ['ignore', 'pipe', 'inherit'],
        cwd: import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname) });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { said += text; });
    await until(() => said.startsWith('connected\n'), 'the nchan client to connect', 20_000);
    const own = await until(
      async () => (await clientsOf(server)).find(({ topics }) => topics.includes(topic)), 'the client in the list');
    assert.deepEqual([own.tls, own.transport],
      [true, { websocket: 'websocket', eventsource: 'sse', longpoll: 'long-poll' }[transport]]);
    for (const text of ['one', 'two\nlines', '{"n":3}']) await publish(server, topic, text);
    await once(child, 'close');
    assert.deepEqual(JSON.parse(said.split('\n')[1]), ['one', 'two\nlines', '{"n":3}']);
  });
}

test('plain and encrypted clients share the port, the topics and the order', async () => {
  const { wss } = secure();
  const sockets = [];
  for (let i = 0; i < 20; i++) {
    sockets.push(await openSocket(`${i % 2 ? wss : server.ws}/shared`, [], { ca }));
  }
  const stream = await openStream(`${server.http}/shared`);
  const wanted = [];
  for (let i = 0; i < 200; i++) {
    wanted.push(`m${i}`);
    sockets[i % sockets.length].send(`m${i}`);
    await until(() => sockets[0].frames.length > i, 'the message');
  }
  await until(() => sockets.every(({ frames }) => frames.length === 200) && stream.events.length === 200, 'all of them');
  for (const { frames } of sockets) assert.deepEqual(frames, wanted);
  assert.deepEqual(stream.events.map(({ data }) => data), wanted);
  stream.close();
  await Promise.all(sockets.map((socket) => socket.close()));
});

test('a large fan-out loses nothing and keeps the order, and large messages arrive whole', async () => {
  const { wss } = secure();
  const sockets = await Promise.all(Array.from({ length: 50 }, () => openSocket(`${wss}/fan`, [], { ca })));
  const sender = await openSocket(`${server.ws}/fan`);
  const count = 2000;
  for (let i = 0; i < count; i++) sender.send(`${i} ${'x'.repeat(i % 300)}`);
  await until(() => sockets.every(({ frames }) => frames.length === count), 'all deliveries', 60_000);
  for (const { frames } of sockets) {
    frames.forEach((text, i) => assert.equal(text, `${i} ${'x'.repeat(i % 300)}`));
  }
  const large = Buffer.alloc(1024 * 1024 - 100);
  for (let i = 0; i < large.length; i++) large[i] = (i * 2654435761) >>> 13;
  const sum = (bytes) => createHash('sha256').update(bytes).digest('hex');
  sockets[7].send(large);
  await until(() => sockets.every(({ frames }) => frames.length === count + 1), 'the large one', 60_000);
  for (const { frames } of sockets) assert.equal(sum(frames[count]), sum(large));
  sockets.forEach(({ socket }) => socket.terminate());
  sender.socket.terminate();
});

test('a client that does not read is closed for its backlog, which stays bounded', async () => {
  const { wss } = secure();
  const slow = await openSocket(`${wss}/slow`, [], { ca });
  const quick = await openSocket(`${wss}/slow`, [], { ca });
  const rss = () => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) * 1024;
  const before = rss();
  slow.socket.pause();
  const before1013 = await metric(server, 'pushdeck_clients_ended_total{reason="slow_client"}');
  const block = 'y'.repeat(512 * 1024);
  let most = 0;
  for (let i = 0; i < 60; i++) {
    await publish(server, '/slow', block);
    most = Math.max(most, rss());
    await until(() => quick.frames.length > i, 'the quick one');
  }
  await until(async () => await metric(server, 'pushdeck_clients_ended_total{reason="slow_client"}') > before1013,
    'the slow one to be closed');
  // The history of the topic (16 MiB) and the log's (64 MiB) are the server's own; of the client's
  // backlog there are 8 MiB, shared with these.
  assert.ok(most - before < 110 * 1024 * 1024, `grew by ${(most - before) / 1e6} MB`);
  slow.socket.resume();
  const { code } = await slow.closed;
  assert.ok(code === 1013 || code === 1006, `closed with ${code}`);
  quick.socket.terminate();
});

test('what is no handshake is refused at once, and in the middle of one nobody is kept waiting for', async () => {
  for (const garbage of ['160301000100', '16030100ff' + 'ff'.repeat(255), '1603010005' + '0100000100']) {
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.end(Buffer.from(garbage, 'hex'));
    socket.resume();
    await once(socket, 'close');
  }
  assert.equal((await request(`${server.http}/_/health`)).status, 200);
});

test('200 handshakes at once', async () => {
  const done = await metric(server, 'pushdeck_tls_handshakes_total');
  const sockets = await Promise.all(Array.from({ length: 200 }, () => connect(server)));
  assert.equal(await metric(server, 'pushdeck_tls_handshakes_total'), done + 200);
  sockets.forEach((socket) => socket.destroy());
});

test('a session is resumed', async () => {
  for (const version of ['TLSv1.2', 'TLSv1.3']) {
    const resumed = await metric(server, 'pushdeck_tls_resumed_total');
    const first = tls.connect({ port: server.port, host: '127.0.0.1', ca, maxVersion: version, minVersion: version });
    const [session] = await once(first, 'session');
    first.destroy();
    const second = await connect(server, { session, maxVersion: version, minVersion: version });
    assert.ok(second.isSessionReused(), version);
    assert.equal(await metric(server, 'pushdeck_tls_resumed_total'), resumed + 1);
    second.destroy();
  }
});

test('keep-alive, pipelining, HEAD and large bodies work as without', async () => {
  const socket = await connect(server);
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => { said += text; });
  socket.write('GET /_/health HTTP/1.1\r\nHost: a\r\n\r\nHEAD /_/health HTTP/1.1\r\nHost: a\r\n\r\n');
  socket.write('GET /_/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  await once(socket, 'close');
  assert.equal(said.split('HTTP/1.1 200 OK').length, 4);
  assert.equal(said.split('"status"').length, 3);
  const body = 'z'.repeat(900_000);
  assert.equal((await ask(`${secure().https}/bodies`, { method: 'POST', body })).status, 202);
  assert.equal((await ask(`${secure().https}/bodies?since=all`)).text, body);
  assert.equal((await ask(`${secure().https}/bodies`, { method: 'POST', body: 'z'.repeat(2_000_000) }).catch((e) => ({ status: e.code }))).status, 413);
});

test('a bad request under TLS gets its sentence', async () => {
  const socket = await connect(server);
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => { said += text; });
  socket.write('GET / HTTP/1.1\r\nHost : a\r\n\r\n');
  await once(socket, 'end');
  assert.match(said, /^HTTP\/1\.1 400 /);
});

test('a WebSocket is closed properly from either side', async () => {
  const { wss } = secure();
  const one = await openSocket(`${wss}/close`, [], { ca });
  one.socket.close(1000, 'done');
  assert.deepEqual(await one.closed, { code: 1000, reason: 'done' });
  const two = await openSocket(`${wss}/close`, [], { ca });
  const [{ id }] = (await clientsOf(server)).filter((client) => client.topics.includes('/close'));
  await request(`${server.http}/_/api/clients/${id}?code=4001&reason=bye`, { method: 'DELETE' });
  assert.deepEqual(await two.closed, { code: 4001, reason: 'bye' });
});

test('the operator sees who came by TLS', async () => {
  const { wss } = secure();
  const encrypted = await openSocket(`${wss}/seen`, [], { ca });
  const plain = await openSocket(`${server.ws}/seen`);
  const seen = (await clientsOf(server)).filter((client) => client.topics.includes('/seen'));
  assert.deepEqual(seen.map((client) => client.tls), [true, false]);
  assert.deepEqual([seen[0].tls_version, seen[1].tls_version], ['TLS 1.3', null]);
  assert.match(seen[0].tls_cipher, /^TLS_/);
  const status = (await request(`${server.http}/_/api/status`)).json;
  assert.equal(status.tls.on, true);
  assert.ok(status.addresses.every((url) => url.startsWith('https://')));
  assert.ok(status.tls.certificate.names.includes('127.0.0.1'));
  assert.equal(status.tls.authority.sha256, new X509Certificate(ca).fingerprint256);
  await encrypted.close();
  await plain.close();
});

test('the page, the certificate and the profile that devices need, and never a key', async () => {
  const page = await request(`${server.http}/_/ca`, { headers: { 'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)' } });
  assert.equal(page.status, 200);
  assert.match(page.headers['content-type'], /^text\/html/);
  assert.ok(page.text.replaceAll('<wbr>', '').includes(new X509Certificate(ca).fingerprint256));
  assert.match(page.text, /<details id="ios" open>/);
  assert.doesNotMatch(page.text, /\{\{|<script|https?:\/\/[a-z]/i);
  const certificate = await request(`${server.http}/_/ca.crt`);
  assert.equal(certificate.headers['content-type'], 'application/x-x509-ca-cert');
  assert.equal(certificate.text, ca);
  const profile = await request(`${server.http}/_/ca.mobileconfig`);
  assert.equal(profile.headers['content-type'], 'application/x-apple-aspen-config');
  const der = Buffer.from(/<data>(.*)<\/data>/s.exec(profile.text)[1], 'base64');
  assert.equal(new X509Certificate(der).fingerprint256, new X509Certificate(ca).fingerprint256);
  for (const name of ['authority.pem', 'server.pem', 'auto/authority.pem', 'ca.key', '../tls/server.pem']) {
    assert.notEqual((await request(`${server.http}/_/${name}`)).status, 200, name);
  }
  for (const { text } of [page, certificate, profile]) assert.doesNotMatch(text, /PRIVATE KEY/);
});

test('without TLS, who tries it is told so, and so is the operator', async () => {
  const plain = await startServer();
  const error = await connect(plain).then(() => null, (failed) => failed) ?? await new Promise((resolve) => {
    const socket = tls.connect({ port: plain.port, host: '127.0.0.1' });
    socket.on('error', resolve);
  });
  assert.match(String(error.code ?? error), /SSL|TLS|EPROTO/);
  await until(async () => await metric(plain, 'pushdeck_tls_handshakes_failed_total{reason="off"}') >= 1, 'it to be counted');
  assert.equal((await request(`${plain.http}/_/ca`)).status, 404);
  await plain.stop();
});

test('--tls-only leads readers over, refuses the rest, and keeps the way to trust open', async () => {
  const only = await startServer('--tls', 'auto', '--tls-dir', path.join(folder, 'auto'), '--tls-only');
  const read = await request(`${only.http}/news?since=all`, { headers: { Host: `desk.local:${only.port}` } });
  assert.equal(read.status, 307);
  assert.equal(read.headers.location, `https://desk.local:${only.port}/news?since=all`);
  assert.equal(read.headers['cache-control'], 'no-store');
  const sent = await request(`${only.http}/news`, { method: 'POST', body: 'x' });
  assert.equal(sent.status, 403);
  assert.match(sent.text, /https:\/\/ or wss:\/\//);
  assert.equal((await request(`${only.http}/_/api/status`)).status, 307);
  const [response] = await once(new WebSocket(`${only.ws}/news`), 'unexpected-response').then(([, answer]) => [answer]);
  assert.equal(response.statusCode, 403);
  for (const open of ['/_/ca', '/_/ca.crt', '/_/ca.mobileconfig', '/_/health']) {
    assert.equal((await request(only.http + open)).status, 200, open);
  }
  // A connection that was let in for these gets nothing else.
  const socket = net.connect(only.port, '127.0.0.1');
  let said = '';
  socket.setEncoding('utf8').on('data', (text) => { said += text; });
  socket.write('GET /_/ca.crt HTTP/1.1\r\nHost: a\r\n\r\nPOST /news HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx');
  await until(() => said.includes(' 403 '), 'the refusal');
  socket.destroy();
  const encrypted = await openSocket(`${secure(only).wss}/news`, [], { ca });
  await encrypted.close();
  assert.equal((await ask(`${secure(only).https}/news`, { method: 'POST', body: 'x' })).status, 202);
  await only.stop();
});

async function ownCertificate(name, days = 30) {
  const [crt, key] = [`${name}.crt`, `${name}.key`].map((file) => path.join(folder, file));
  await exec('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', `${days}`,
    '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', crt]);
  return { crt, key, sha256: new X509Certificate(fs.readFileSync(crt)).fingerprint256 };
}
const shownBy = async (at) => {
  const socket = await connect(at, { rejectUnauthorized: false });
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
};
const put = (from, to) => { fs.copyFileSync(from.crt, to.crt); fs.copyFileSync(from.key, to.key); };

test('own certificates are read again on SIGHUP and when they change; clients stay', async () => {
  const [one, two, three] = [await ownCertificate('one'), await ownCertificate('two'), await ownCertificate('three')];
  const used = { crt: path.join(folder, 'used.crt'), key: path.join(folder, 'used.key') };
  put(one, used);
  const own = await startServer('--tls-cert', used.crt, '--tls-key', used.key);
  const early = await openSocket(`${secure(own).wss}/stay`, [], { rejectUnauthorized: false });
  assert.equal(await shownBy(own), one.sha256);

  put(two, used);
  own.process.child.kill('SIGHUP');
  await until(async () => await shownBy(own) === two.sha256, 'the second certificate');
  // A key that is not the certificate's changes nothing, and is told.
  fs.copyFileSync(three.key, used.key);
  own.process.child.kill('SIGHUP');
  await until(async () => (await request(`${own.http}/_/api/status`)).json.tls.problem, 'the problem');
  assert.equal(await shownBy(own), two.sha256);
  // By itself, once both files are there.
  put(three, used);
  await until(async () => await shownBy(own) === three.sha256, 'the third certificate', 15_000);
  assert.equal((await request(`${own.http}/_/api/status`)).json.tls.problem, null);

  await publish(own, '/stay', 'still here');
  assert.equal(await early.next(), 'still here');
  assert.equal(early.socket._socket.getPeerCertificate().fingerprint256, one.sha256);
  early.send('and back');
  assert.equal(await early.next(), 'and back');
  assert.equal((await request(`${own.http}/_/ca`)).status, 404);
  await early.close();
  assert.equal((await own.stop()).code, 0);
});

test('what cannot be used ends the program with a sentence', async () => {
  const one = await ownCertificate('lone');
  const other = await ownCertificate('other');
  const locked = path.join(folder, 'locked.key');
  await exec('openssl', ['pkey', '-in', one.key, '-aes128', '-passout', 'pass:x', '-out', locked]);
  for (const [args, code, words] of [
    [['--tls-cert', one.crt], 2, /go together/],
    [['--tls', 'yes'], 2, /'auto' or 'off'/],
    [['--tls', 'auto', '--tls-cert', one.crt, '--tls-key', one.key], 2, /one of them/],
    [['--tls-only'], 2, /needs --tls/],
    [['--tls-cert', '/nonexistent', '--tls-key', one.key], 3, /nonexistent: There is no such file/],
    [['--tls-cert', one.crt, '--tls-key', other.key], 3, /other\.key: This key is not the certificate's/],
    [['--tls-cert', one.crt, '--tls-key', locked], 3, /locked\.key: This key is encrypted/],
    [['--tls-cert', one.key, '--tls-key', one.key], 3, /lone\.key: There is no certificate/],
    [['--tls', 'auto', '--tls-dir', '/proc/nothing'], 3, /\/proc\/nothing/],
  ]) {
    const ended = run(['--headless', '--port', '0', '--bind', '127.0.0.1', ...args]);
    assert.equal((await ended.exit).code, code, `${args.join(' ')}: ${ended.stderr}`);
    assert.match(ended.stderr, words);
    assert.equal(ended.stdout, '');
  }
});

test('the authority is found again by the next run', async () => {
  const again = await startServer('--tls', 'auto', '--tls-dir', path.join(folder, 'auto'));
  assert.equal(fs.readFileSync(authority, 'utf8'), ca);
  const socket = await connect(again);
  assert.ok(socket.authorized);
  socket.destroy();
  await again.stop();
  assert.equal(fs.statSync(path.join(folder, 'auto')).mode & 0o777, 0o700);
  assert.equal(fs.statSync(path.join(folder, 'auto', 'authority.pem')).mode & 0o777, 0o600);
});

test('stopping says goodbye to encrypted clients as to all', async () => {
  const last = await startServer('--tls', 'auto', '--tls-dir', path.join(folder, 'auto'));
  const socket = await openSocket(`${secure(last).wss}/last`, [], { ca });
  const held = ask(`${secure(last).https}/last-poll`);
  await until(async () => (await clientsOf(last)).length === 2, 'both');
  const stopped = last.stop();
  assert.equal((await socket.closed).code, 1012);
  assert.equal((await held).status, 503);
  assert.equal((await stopped).code, 0);
  await sleep(0);
});
