// RFC 6455 as bytes: what a WebSocket client may send, and what it may not. The server's own tests
// (tst_websocket) have the most common of these; websocket.test.mjs has the published `ws` library.
// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openSocket, publish, request, startServer, until } from './lib.mjs';
import { closeFrame, frame, op, openFrames } from './frames.mjs';

const limit = 1024 * 1024; // Limits::frameBytes

let server;
before(async () => { server = await startServer(); });
after(() => server.stop());

let topics = 0;
/** A WebSocket on a topic of its own. */
const open = (fields) => openFrames(server, `/rfc/${topics += 1}`, fields);
const texts = (frames) => frames.map(({ opcode, payload }) => [opcode, payload.toString()]);

/** Sends, and expects to be closed with the code. `ws` bears the frames of a message before it. */
function closedWith(code, name, ...frames) {
  test(`${name}: ${code}`, async () => {
    const client = await open();
    client.send(...frames);
    assert.equal((await client.closed()).code, code);
    assert.deepEqual(client.frames.slice(0, -1), [], 'and nothing of it was passed on');
  });
}

function echoed(name, payload, ...frames) {
  test(name, async () => {
    const client = await open();
    client.send(...frames);
    const [answer] = await client.first(1);
    assert.ok(answer.payload.equals(Buffer.from(payload)), JSON.stringify(answer.payload.toString()));
    client.send(closeFrame(1000));
    assert.equal((await client.closed()).code, 1000);
    assert.equal(client.frames.length, 2);
  });
}

describe('the opening (4.2)', () => {
  test('extensions are not taken up, so a compressed frame is an error', async () => {
    const client = await open('Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n');
    assert.doesNotMatch(client.head, /Sec-WebSocket-Extensions/i);
    client.send(frame(op.text, 'x', { rsv: 4 }));
    assert.equal((await client.closed()).code, 1002);
  });

  test('the library `ws`, which asks for compression, goes without', async () => {
    const client = await openSocket(`${server.ws}/deflate`, [], { perMessageDeflate: true });
    assert.equal(client.socket.extensions, '');
    client.send('a'.repeat(1000));
    assert.equal(await client.next(), 'a'.repeat(1000));
    await client.close();
  });

  for (const [asked, given] of [['pushdeck.v1', 'pushdeck.v1'], ['x, pushdeck.v1', 'pushdeck.v1'], ['x, y', null]]) {
    test(`of the subprotocols “${asked}” it takes ${given ?? 'none'}`, async () => {
      const client = await open(`Sec-WebSocket-Protocol: ${asked}\r\n`);
      const match = /^Sec-WebSocket-Protocol: (.*)\r$/mi.exec(client.head);
      assert.equal(match?.[1] ?? null, given);
      client.raw.destroy();
    });
  }
});

describe('frames (5.2)', () => {
  for (const rsv of [1, 2, 4, 7]) closedWith(1002, `reserved bits ${rsv}`, frame(op.text, 'x', { rsv }));
  closedWith(1002, 'a reserved bit in a ping', frame(op.ping, '', { rsv: 4 }));
  for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) closedWith(1002, `opcode ${opcode}`, frame(opcode, 'x'));
  closedWith(1002, 'without a mask', frame(op.text, 'x', { mask: false }));
  closedWith(1002, 'a ping without a mask', frame(op.ping, 'x', { mask: false }));
  closedWith(1002, 'an empty frame without a mask', frame(op.text, '', { mask: false }));
  closedWith(1002, 'a short length in 16 bits', frame(op.text, 'x', { length: 16 }));
  closedWith(1002, 'a short length in 64 bits', frame(op.text, 'x', { length: 64 }));
  closedWith(1002, 'a length of 16 bits in 64', frame(op.binary, Buffer.alloc(300), { length: 64 }));
  closedWith(1002, 'a length with the highest bit', frame(op.binary, 'x', { length: 2n ** 63n + 1n }));
  closedWith(1009, 'a length nobody can hold, told before it comes', frame(op.binary, 'x', { length: 2n ** 62n }));
  closedWith(1009, 'one byte over the limit, told before it comes', frame(op.binary, 'x', { length: BigInt(limit + 1) }));
  echoed('exactly the limit', Buffer.alloc(limit, 7), frame(op.binary, Buffer.alloc(limit, 7)));
  for (const size of [0, 1, 125, 126, 127, 65535, 65536]) {
    echoed(`${size} bytes`, Buffer.alloc(size, 65), frame(op.binary, Buffer.alloc(size, 65)));
  }

  test('in bytes, one at a time', async () => {
    const client = await open();
    for (const byte of Buffer.concat([frame(op.text, 'grüße'), frame(op.binary, Buffer.alloc(200, 1))])) {
      client.raw.write(Buffer.from([byte]));
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    const [text, binary] = await client.first(2);
    assert.equal(text.payload.toString(), 'grüße');
    assert.equal(binary.payload.length, 200);
    client.raw.destroy();
  });

  test('a hundred in one piece arrive in order', async () => {
    const client = await open();
    client.send(...Array.from({ length: 100 }, (_, n) => frame(op.text, String(n))));
    const frames = await client.first(100);
    assert.deepEqual(frames.map(({ payload }) => Number(payload)), Array.from({ length: 100 }, (_, n) => n));
    client.raw.destroy();
  });
});

describe('fragments (5.4)', () => {
  echoed('empty ones count', 'ab', frame(op.text, '', { fin: false }), frame(op.more, 'a', { fin: false }),
    frame(op.more, '', { fin: false }), frame(op.more, 'b', { fin: false }), frame(op.more, ''));
  echoed('a thousand', 'x'.repeat(1000), frame(op.text, 'x', { fin: false }),
    ...Array.from({ length: 998 }, () => frame(op.more, 'x', { fin: false })), frame(op.more, 'x'));
  closedWith(1002, 'one that continues nothing', frame(op.more, 'x'));
  closedWith(1002, 'one that continues nothing, and goes on', frame(op.more, 'x', { fin: false }));
  closedWith(1002, 'a text within a text', frame(op.text, 'a', { fin: false }), frame(op.text, 'b'));
  closedWith(1002, 'binary within a text', frame(op.text, 'a', { fin: false }), frame(op.binary, 'b'));
  closedWith(1009, 'together over the limit', frame(op.binary, Buffer.alloc(limit / 2 + 1), { fin: false }),
    frame(op.more, Buffer.alloc(limit / 2)));

  test('one that continues what has ended', async () => {
    const client = await open();
    client.send(frame(op.text, 'a', { fin: false }), frame(op.more, 'b'), frame(op.more, 'c'));
    assert.equal((await client.closed()).code, 1002);
    assert.deepEqual(texts(client.frames).slice(0, -1), [[op.text, 'ab']]);
  });

  test('pings between them are answered at once, and change nothing', async () => {
    const client = await open();
    client.send(frame(op.text, 'a', { fin: false }), frame(op.ping, '1'));
    assert.deepEqual(texts(await client.first(1)), [[op.pong, '1']]);
    client.send(frame(op.more, 'b', { fin: false }), frame(op.ping, '2'), frame(op.pong, 'unasked'), frame(op.more, 'c'));
    assert.deepEqual(texts(await client.first(3)), [[op.pong, '1'], [op.pong, '2'], [op.text, 'abc']]);
    client.raw.destroy();
  });

  test('a close between them closes', async () => {
    const client = await open();
    client.send(frame(op.text, 'a', { fin: false }), closeFrame(1001));
    assert.equal((await client.closed()).code, 1001);
    assert.equal(client.frames.length, 1);
  });
});

describe('control frames (5.5)', () => {
  for (const payload of ['', 'hello', Buffer.alloc(125, 0xff)]) {
    test(`a ping of ${payload.length} bytes comes back`, async () => {
      const client = await open();
      client.send(frame(op.ping, payload));
      const [pong] = await client.first(1);
      assert.equal(pong.opcode, op.pong);
      assert.ok(pong.payload.equals(Buffer.from(payload)));
      client.raw.destroy();
    });
  }
  for (const [name, opcode] of [['ping', op.ping], ['pong', op.pong], ['close', op.close]]) {
    closedWith(1002, `a ${name} of 126 bytes`, frame(opcode, Buffer.alloc(126, 3)));
    closedWith(1002, `a ${name} of 65536 bytes, told before it comes`, frame(opcode, 'x', { length: 65536n }));
    closedWith(1002, `a ${name} in fragments`, frame(opcode, '', { fin: false }));
  }
  test('pongs that nobody asked for are passed over', async () => {
    const client = await open();
    client.send(frame(op.pong, 'x'), frame(op.pong), frame(op.text, 'still here'));
    assert.deepEqual(texts(await client.first(1)), [[op.text, 'still here']]);
    client.raw.destroy();
  });
});

describe('closing (5.5.1, 7.4)', () => {
  for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]) {
    test(`${code} is answered with ${code}`, async () => {
      const client = await open();
      client.send(closeFrame(code, 'grüße'));
      assert.equal((await client.closed()).code, code);
    });
  }
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]) {
    closedWith(1002, `${code} may not be sent`, closeFrame(code));
  }
  closedWith(1002, 'half a code', frame(op.close, Buffer.from([3])));
  closedWith(1007, 'a reason that is not UTF-8', frame(op.close, Buffer.from([3, 0xe8, 0xce, 0xba, 0xe1, 0xbd])));
  test('a reason of 123 bytes is one', async () => {
    const client = await open();
    client.send(closeFrame(1000, 'x'.repeat(123)));
    assert.equal((await client.closed()).code, 1000);
  });
  test('without a code it is answered without, or with 1000', async () => {
    const client = await open();
    client.send(frame(op.close));
    assert.ok([1000, 1005].includes((await client.closed()).code));
  });
  test('what follows a close is not heard', async () => {
    const client = await open();
    const other = await openSocket(`${server.ws}/rfc/${topics}`);
    client.send(closeFrame(1000), frame(op.text, 'too late'), frame(op.ping, 'too late'));
    await client.closed();
    await publish(server, `/rfc/${topics}`, 'the next');
    assert.equal(await other.next(), 'the next');
    await other.close();
  });
});

describe('text is UTF-8 (8.1)', () => {
  const split = (bytes, at) => [frame(op.text, bytes.subarray(0, at), { fin: false }), frame(op.more, bytes.subarray(at))];
  const text = Buffer.from('aµ水🙂z');
  for (let at = 0; at <= text.length; ++at) echoed(`in fragments, cut at byte ${at}`, text, ...split(text, at));
  echoed('each byte a fragment', text, frame(op.text, '', { fin: false }),
    ...[...text].map((byte) => frame(op.more, Buffer.from([byte]), { fin: false })), frame(op.more, ''));
  echoed('a byte order mark is text', '\ufeffx', frame(op.text, '\ufeffx'));
  echoed('NUL is text', 'a\0b', frame(op.text, 'a\0b'));
  echoed('what is no character is text', '\ufffe\uffff\u{10ffff}\ufdd0', frame(op.text, '\ufffe\uffff\u{10ffff}\ufdd0'));
  for (const [name, bytes] of [
    ['a byte alone', [0x80]], ['a character cut short', [0xe6, 0xb0]], ['an overlong slash', [0xc0, 0xaf]],
    ['an overlong NUL', [0xe0, 0x80, 0x80]], ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a pair of surrogates', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]], ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80]],
    ['five bytes', [0xf8, 0x88, 0x80, 0x80, 0x80]], ['0xff', [0x61, 0xff]],
  ]) {
    closedWith(1007, name, frame(op.text, Buffer.from(bytes)));
    closedWith(1007, `${name}, in fragments`, ...split(Buffer.from([0x61, ...bytes]), 2));
  }
});

test('after all that nobody is left, and every end was counted', async () => {
  await until(async () => (await request(`${server.http}/_/api/status`)).json.clients === 0
    || (await request(`${server.http}/_/api/clients`)).json.clients.length === 0, 'no client');
});
