// Bytes of files that no well-meaning program writes: numbers in both byte orders, and the chunks of PNG.
import { crc32, deflateSync } from "node:zlib";

export const be16 = (value) => Buffer.from([value >> 8, value & 255]);
export const be32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
export const le16 = (value) => be16(value).reverse();
export const le32 = (value) => be32(value).reverse();
export const le24 = (value) => le32(value).subarray(0, 3);

/** Noise that is the same for a seed (xorshift, Marsaglia 2003). */
export function noise(length, seed) {
  let state = seed * 0x9e3779b1;
  return Buffer.from(
    Array.from({ length }, () => {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 255;
    }),
  );
}

export const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A chunk (PNG 5.3); `crc` may be a wrong one. */
export function chunk(kind, data, crc) {
  const named = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  return Buffer.concat([be32(data.length), named, be32(crc ?? crc32(named))]);
}

/** The header of a PNG (11.2.1): 8 bits, RGB unless said otherwise. */
export const header = (width, height, { depth = 8, colour = 2, interlace = 0 } = {}) =>
  Buffer.concat([be32(width), be32(height), Buffer.from([depth, colour, 0, 0, interlace])]);

/** Rows of a PNG without a filter, all of one byte. */
export const rows = (width, height, { channels = 3, value = 90 } = {}) =>
  Buffer.concat(
    Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width * channels, value)])),
  );

/** A PNG of the given chunks, between its signature and its end. */
export const png = (...chunks) => Buffer.concat([PNG_SIGNATURE, ...chunks, chunk("IEND", Buffer.alloc(0))]);

/** A sound PNG with more chunks between its header and its pixels. */
export function soundPng(width, height, ...more) {
  return png(chunk("IHDR", header(width, height)), ...more, chunk("IDAT", deflateSync(rows(width, height))));
}

/** So many zeros, deflated: a thousandth of their size. */
export const bomb = (bytes) => deflateSync(Buffer.alloc(bytes), { level: 9 });
