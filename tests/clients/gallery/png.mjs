// A screen's memory as a PNG.
// SPDX-License-Identifier: GPL-3.0-or-later

import zlib from 'node:zlib';

/** What Xvfb keeps in a file (X Window Dump, 32 bits a pixel), as rows of RGB. */
export function readDump(dump) {
  const field = (n) => dump.readUInt32BE(n * 4);
  const [headSize, width, height, order, bits, lineBytes, colours] =
    [field(0), field(4), field(5), field(7), field(11), field(12), field(19)];
  if (bits !== 32) throw new Error(`${bits} bits a pixel`);
  const start = headSize + colours * 12;
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0, to = 0; y < height; ++y) {
    for (let x = 0; x < width; ++x, to += 3) {
      const at = start + y * lineBytes + x * 4;
      const pixel = order === 0 ? dump.readUInt32LE(at) : dump.readUInt32BE(at);
      rgb.writeUIntBE(pixel & 0xffffff, to, 3);
    }
  }
  return { width, height, rgb };
}

/** A part of an image, in pixels; what lies outside is left away. */
export function crop(image, { x, y, width, height }) {
  const [left, top] = [Math.max(x, 0), Math.max(y, 0)];
  const w = Math.min(x + width, image.width) - left;
  const h = Math.min(y + height, image.height) - top;
  const rgb = Buffer.alloc(w * h * 3);
  for (let row = 0; row < h; ++row) {
    const from = ((top + row) * image.width + left) * 3;
    image.rgb.copy(rgb, row * w * 3, from, from + w * 3);
  }
  return { width: w, height: h, rgb };
}

export function pngOf({ width, height, rgb }) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; ++y) {
    // Each row begins with its filter. 0: none, which suits flat colours and text.
    rgb.copy(rows, y * (1 + width * 3) + 1, y * width * 3, (y + 1) * width * 3);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
    chunk('IDAT', zlib.deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; ++bit) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
