// HTTP requests that two parsers might read differently (RFC 9112, 11.2), as bytes: each must get
// exactly the answer it should, and what hides in it must never be carried out. tests/server/tst_guard
// has the front door alone; this is the program, and every request twice: in one piece and in bytes.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { request, startServer, until } from './lib.mjs';
import { openRaw, responsesOf } from './raw.mjs';

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

/** What hides: carried out, it would be remembered. */
const hidden = 'POST /smuggled HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nevil';
const next = 'GET /_/health HTTP/1.1\r\nHost: x\r\n\r\n';
const post = (fields, body = '') => `POST /t HTTP/1.1\r\nHost: x\r\n${fields}\r\n${body}`;
const chunked = (body) => post('Transfer-Encoding: chunked\r\n', body);
const get = (target, fields = 'Host: x\r\n') => `GET ${target} HTTP/1.1\r\n${fields}\r\n`;

async function smuggled() {
  const answer = await request(`${server.http}/_/api/messages?topic=/smuggled&since=all`);
  assert.equal(answer.status, 200);
  return answer.json.messages;
}

/** The statuses of the answers to `bytes`, after which the server must have closed, or not. */
async function answersTo(bytes, { dripped, count, closes }) {
  const raw = await openRaw(server.port);
  try {
    if (dripped) await raw.drip(bytes);
    else raw.write(Buffer.from(bytes, 'latin1'));
    if (closes) {
      await raw.closed();
      assert.ok(!raw.reset, 'closed, not reset: the answer arrives whatever still came');
    } else {
      await until(() => responsesOf(raw.received).length >= count,
        () => `${count} answers; have ${JSON.stringify(raw.received.toString('latin1'))}`);
      // And it goes on meaning what it says.
      const before = responsesOf(raw.received).length;
      raw.write(next);
      await until(() => responsesOf(raw.received).length > before, 'the next answer');
      const last = responsesOf(raw.received).at(-1);
      assert.deepEqual([last.status, responsesOf(raw.received).length], [200, before + 1]);
    }
    const all = responsesOf(raw.received);
    return closes ? all : all.slice(0, -1);
  } finally {
    raw.destroy();
  }
}

function refused(name, status, bytes) {
  test(`${name}: ${status}`, async () => {
    for (const dripped of [false, true]) {
      const answers = await answersTo(bytes, { dripped, closes: true });
      assert.deepEqual(answers.map((answer) => answer.status), [status], dripped ? 'in bytes' : 'in one piece');
      assert.equal(answers[0].fields.connection, 'close');
      assert.match(answers[0].body, /^[A-Z].*[.)]\n?$/s, 'a sentence for a person');
      assert.deepEqual(await smuggled(), []);
    }
  });
}

function taken(name, statuses, bytes) {
  test(`${name}: ${statuses.join(', ')}`, async () => {
    for (const dripped of [false, true]) {
      const answers = await answersTo(bytes, { dripped, count: statuses.length });
      assert.deepEqual(answers.map((answer) => answer.status), statuses, dripped ? 'in bytes' : 'in one piece');
      assert.deepEqual(await smuggled(), []);
    }
  });
}

describe('where a body ends, said twice', () => {
  refused('CL.TE', 400, post(`Content-Length: ${6 + hidden.length}\r\nTransfer-Encoding: chunked\r\n`, `0\r\n\r\n${hidden}`));
  refused('TE.CL', 400, post('Transfer-Encoding: chunked\r\nContent-Length: 4\r\n', `5\r\nhello\r\n0\r\n\r\n${hidden}`));
  refused('two lengths that differ', 400, post('Content-Length: 0\r\nContent-Length: 66\r\n', hidden));
  refused('two lengths that agree', 400, post('Content-Length: 5\r\nContent-Length: 5\r\n', `hello${hidden}`));
  refused('two lengths in one field', 400, post('Content-Length: 5, 5\r\n', `hello${hidden}`));
  refused('two codings, the last unknown', 400, post('Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n', `0\r\n\r\n${hidden}`));
  refused('chunked twice', 400, post('Transfer-Encoding: chunked, chunked\r\n', `0\r\n\r\n${hidden}`));
  refused('chunked in HTTP/1.0', 400, `POST /t HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`);
});

describe('a length that is no length', () => {
  for (const value of ['', '+5', '-1', '5 5', '0x5', '5a', '5.0', '1e1', '5;', '9223372036854775808',
    '18446744073709551621', '99999999999999999999999']) {
    refused(JSON.stringify(value), 400, post(`Content-Length: ${value}\r\n`, `hello${hidden}`));
  }
  refused('more than is taken', 413, post('Content-Length: 9223372036854775807\r\n', hidden));
  taken('zeros in front', [202, 200], post('Content-Length: 0005\r\n', `hello${next}`));
  taken('space around', [202, 200], post('Content-Length: \t 5 \t\r\n', `hello${next}`));
  taken('of a GET: its body is no request', [200, 200],
    get('/_/health', `Host: x\r\nContent-Length: ${hidden.length}\r\n`) + hidden + next);
});

describe('codings', () => {
  for (const [value, status] of [['identity', 400], ['xchunked', 400], ['chunkedx', 400], ['x-chunked', 400],
    ['chunked, identity', 400], ['chunked;q=1', 400], ['"chunked"', 400], ['chunked,', 400], ['', 400],
    ['\x0bchunked', 400], ['chunked\x00', 400], ['gzip', 400], ['gzip, chunked', 501]]) {
    refused(JSON.stringify(value), status, post(`Transfer-Encoding: ${value}\r\n`, `0\r\n\r\n${hidden}`));
  }
  refused('chunked\\xff', 400, post('Transfer-Encoding: chunked\xff\r\n', `0\r\n\r\n${hidden}`));
  taken('in capitals', [202, 200], post('Transfer-Encoding: CHUNKED\r\n', `5\r\nhello\r\n0\r\n\r\n${next}`));
});

describe('chunks', () => {
  taken('an extension', [202, 200], chunked(`5;a=b;c="d e"\r\nhello\r\n0;x\r\n\r\n${next}`));
  taken('trailers, which count for nothing', [202, 200],
    chunked(`5\r\nhello\r\n0\r\nContent-Length: 50\r\nHost: evil\r\nTransfer-Encoding: x\r\n\r\n${next}`));
  taken('sizes with zeros in front', [202, 200], chunked(`0005\r\nhello\r\n000\r\n\r\n${next}`));
  for (const [name, body] of [
    ['a size beyond 64 bits', `10000000000000005\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['a size of 0x…', `0x5\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['a negative size', `-5\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['a size with a plus', `+5\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['no size', `\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['space before a size', ` 5\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['space behind a size', `5 \r\nhello\r\n0\r\n\r\n${hidden}`],
    ['space before an extension', `5 ;a\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['a line that ends in LF', `5\nhello\r\n0\r\n\r\n${hidden}`],
    ['an extension that ends in LF', `5;a\nhello\r\n0\r\n\r\n${hidden}`],
    ['an extension with a CR', `5;a\rb\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['data that ends in LF', `5\r\nhello\n0\r\n\r\n${hidden}`],
    ['data longer than said', `2\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['data shorter than said', `7\r\nhello\r\n0\r\n\r\n${hidden}`],
    ['a folded trailer', `0\r\nA: b\r\n c\r\n\r\n${hidden}`],
    ['a trailer without a colon', `0\r\nGET / HTTP/1.1\r\n\r\n${hidden}`],
    ['a trailer that ends in LF', `0\r\nA: b\n\r\n${hidden}`],
    ['an end of LF', `0\r\n\n${hidden}`],
  ]) refused(name, 400, chunked(body));
  refused('more than is taken, told before it comes', 413, chunked('fffffff\r\n'));
  refused('extensions without end', 400, chunked(`5;${'a'.repeat(5000)}\r\nhello\r\n0\r\n\r\n`));
});

describe('fields', () => {
  const te = 'Transfer-Encoding: chunked';
  for (const [name, fields] of [
    ['a folded field', `A: b\r\n ${te}\r\n`],
    ['a first field that is folded', ` ${te}\r\n`],
    ['space before the colon', 'Transfer-Encoding : chunked\r\n'],
    ['a tab before the colon', 'Transfer-Encoding\t: chunked\r\n'],
    ['no name', ': chunked\r\n'],
    ['no colon', 'Transfer-Encoding chunked\r\n'],
    ['a name with a space', 'Transfer Encoding: chunked\r\n'],
    ['a bare LF before a field', `A: b\n${te}\r\n`],
    ['a bare CR before a field', `A: b\r${te}\r\n`],
    ['CR CR LF', `A: b\r\r\n${te}\r\n`],
    ['NUL in a value', `A: \0\r\n${te}\r\n`],
    ['a control character in a value', `A: \x01\r\n${te}\r\n`],
    ['NUL in a name', `Transfer\0-Encoding: chunked\r\n`],
    ['a name beyond ASCII', `\xe9: chunked\r\n`],
  ]) refused(name, 400, post(fields, `0\r\n\r\n${hidden}`));
  refused('a head that ends in LF LF', 400, `POST /t HTTP/1.1\nHost: x\n\n${hidden}`);
  refused('an expectation nobody knows', 417, post('Expect: 200-maybe\r\nContent-Length: 5\r\n', `hello${hidden}`));
});

describe('hosts', () => {
  refused('none', 400, get('/', ''));
  refused('two', 400, get('/', 'Host: x\r\nHost: x\r\n'));
  for (const host of ['a b', 'a,b', 'a/b', 'user@a', 'a:b', 'a:65536', '[::1', 'a\\b', 'a#b', 'a?b']) {
    refused(JSON.stringify(host), 400, get('/', `Host: ${host}\r\n`));
  }
  taken('an empty one', [200], get('/_/health', 'Host:\r\n'));
});

describe('targets', () => {
  taken('absolute', [200], get('http://x/_/health'));
  taken('absolute, in capitals', [200], get('HTTP://X:80/_/health'));
  taken('asterisk, of OPTIONS', [204], 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n');
  for (const target of ['*', 'x:80', '_/health', '//x/_/health', 'http:///_/health', 'http://user@x/',
    'ftp://x/', '/a#b', '/a\x7fb', '/\xe9', '/a\tb', '\\_\\health']) {
    refused(JSON.stringify(target), 400, get(target) + hidden);
  }
  refused('a space in it', 400, get('/a b') + hidden);
  refused('two spaces before it', 400, get(' /') + hidden);
  refused('authority', 501, 'CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n');
  refused('too long', 414, get(`/${'a'.repeat(9000)}`));
});

describe('request lines', () => {
  taken('an empty line in front', [200], `\r\n${next}`);
  taken('HTTP/1.9', [200], 'GET /_/health HTTP/1.9\r\nHost: x\r\n\r\n');
  for (const [name, line] of [['space in front', ' GET / HTTP/1.1'], ['space behind', 'GET / HTTP/1.1 '],
    ['a tab', 'GET\t/\tHTTP/1.1'], ['in small letters', 'GET / http/1.1'], ['HTTP/0.9', 'GET /'],
    ['no method', ' / HTTP/1.1'], ['a method with a bracket', 'GE[T / HTTP/1.1'], ['HTTP/1', 'GET / HTTP/1'],
    ['HTTP/1.10', 'GET / HTTP/1.10'], ['HTTP/11.1', 'GET / HTTP/11.1'], ['three empty lines', '\r\n\r\n\r\nGET / HTTP/1.1']]) {
    refused(name, 400, `${line}\r\nHost: x\r\n\r\n${hidden}`);
  }
  refused('HTTP/2', 505, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
  test('TLS, which is off, is answered as TLS does', async () => {
    const raw = await openRaw(server.port);
    raw.write(Buffer.from('160301020001000100fc0303', 'hex'));
    await raw.closed();
    assert.equal(raw.received.toString('latin1'), '\x15\x03\x01\x00\x02\x02\x28'); // handshake_failure
  });
});

describe('what follows a request', () => {
  test('after “Connection: close” nothing is carried out', async () => {
    const raw = await openRaw(server.port);
    raw.write(post('Content-Length: 2\r\nConnection: close\r\n', `hi${hidden}`));
    await raw.closed();
    assert.deepEqual(responsesOf(raw.received).map(({ status }) => status), [202]);
    assert.deepEqual(await smuggled(), []);
  });

  test('HEAD is answered without a body, so the next answer is the next one’s', async () => {
    const raw = await openRaw(server.port);
    raw.write(`HEAD /_/health HTTP/1.1\r\nHost: x\r\n\r\n${next}`);
    await until(() => responsesOf(raw.received, [true]).length === 2, 'two answers');
    const [first, second] = responsesOf(raw.received, [true]);
    assert.deepEqual([first.status, second.status], [200, 200]);
    assert.equal(Number(first.fields['content-length']), second.body.length);
    raw.destroy();
  });

  test('an upgrade with a request behind it is refused, and the request is not carried out', async () => {
    const raw = await openRaw(server.port);
    raw.write('GET /t HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
      + `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n${hidden}`);
    await raw.closed();
    assert.deepEqual(responsesOf(raw.received).map(({ status }) => status), [400]);
    assert.deepEqual(await smuggled(), []);
  });

  test('twenty requests at once are answered in order, a held one among them', async () => {
    const raw = await openRaw(server.port);
    const path = (n) => (n === 7 ? '/held?timeout=1' : `/_/web/none-${n}`);
    raw.write(Array.from({ length: 20 }, (_, n) => get(path(n))).join(''));
    await until(() => responsesOf(raw.received).length === 20, 'twenty answers');
    assert.deepEqual(responsesOf(raw.received).map(({ status }) => status),
      Array.from({ length: 20 }, (_, n) => (n === 7 ? 204 : 404)));
    raw.destroy();
  });
});
