// BMPs.
import { le16, le32, noise } from "../bytes.mjs";
import { ANY, BROKEN, CORRUPT, file, LIMIT, TOO_MUCH } from "../ends.mjs";

export function bmps() {
  const bmp = (width, height, { bits = 24, compression = 0, data = Buffer.alloc(0), offset = 54 } = {}) =>
    Buffer.concat([
      Buffer.from("BM"),
      ...[54 + data.length, 0, offset, 40, width, height].map(le32),
      le16(1),
      le16(bits),
      ...[compression, 0, 0, 0, 0, 0].map(le32),
      data,
    ]);
  return [
    file("50000-square.bmp", bmp(50_000, 50_000), LIMIT),
    file("2-billion-square.bmp", bmp(0x7fffffff, 0x7fffffff), TOO_MUCH),
    file("no-width.bmp", bmp(0, 10), BROKEN),
    file("height-least.bmp", bmp(8, 0x80000000), TOO_MUCH),
    file("pixels-missing.bmp", bmp(8000, 8000), CORRUPT),
    file("offset-outside.bmp", bmp(8, 8, { offset: 0xfffffff0, data: Buffer.alloc(300) }), BROKEN),
    file(
      "run-lengths-noise.bmp",
      bmp(64, 64, { bits: 8, compression: 1, data: noise(4000, 21), offset: 54 + 1024 }),
      ANY,
    ),
    file("depth-7.bmp", bmp(8, 8, { bits: 7, data: Buffer.alloc(300) }), BROKEN),
    file("compression-99.bmp", bmp(8, 8, { compression: 99, data: Buffer.alloc(300) }), BROKEN),
  ];
}
