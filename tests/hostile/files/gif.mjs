// GIFs.
import { le16, noise } from "../bytes.mjs";
import { ANY, BROKEN, CORRUPT, file, LIMIT, PICTURE, TOO_MUCH } from "../ends.mjs";

export function gifs() {
  const screen = (width, height) =>
    Buffer.concat([
      Buffer.from("GIF89a"),
      le16(width),
      le16(height),
      Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    ]);
  const image = (width, height, data, { x = 0, y = 0, code = 2 } = {}) =>
    Buffer.concat([Buffer.from([0x2c]), ...[x, y, width, height].map(le16), Buffer.from([0, code]), ...data]);
  /** One pixel: clear, 0, end, in codes of three bits. */
  const pixel = [Buffer.from([2, 0x44, 0x01, 0])];
  const control = Buffer.from([0x21, 0xf9, 4, 0, 1, 0, 0, 0]);
  const end = Buffer.from([0x3b]);
  const frames = Array(100_000).fill(Buffer.concat([control, image(1, 1, pixel)]));
  const blocks = (data) =>
    [...Array.from({ length: Math.ceil(data.length / 255) }, (_, at) => data.subarray(at * 255, (at + 1) * 255))]
      .flatMap((part) => [Buffer.from([part.length]), part])
      .concat(Buffer.from([0]));
  return [
    file("100000-frames.gif", Buffer.concat([screen(1, 1), ...frames, end]), PICTURE),
    file("50000-square.gif", Buffer.concat([screen(50_000, 50_000), image(1, 1, pixel), end]), LIMIT),
    file("frame-50000-square.gif", Buffer.concat([screen(9, 9), image(50_000, 50_000, pixel), end]), TOO_MUCH),
    file(
      "frame-far-outside.gif",
      Buffer.concat([screen(9, 9), image(1, 1, pixel, { x: 65_000, y: 65_000 }), end]),
      ANY,
    ),
    file("code-size-255.gif", Buffer.concat([screen(9, 9), image(9, 9, pixel, { code: 255 }), end]), BROKEN),
    file(
      "lzw-noise.gif",
      Buffer.concat([screen(200, 200), image(200, 200, blocks(noise(60_000, 2)), { code: 8 }), end]),
      BROKEN.concat(PICTURE),
    ),
    file("no-screen.gif", Buffer.concat([screen(0, 0), image(1, 1, pixel), end]), ANY),
    file("no-frame.gif", Buffer.concat([screen(9, 9), end]), CORRUPT),
    file(
      "endless-comment.gif",
      Buffer.concat([
        screen(9, 9),
        Buffer.from([0x21, 0xfe]),
        ...Array(20_000).fill(Buffer.concat([Buffer.from([255]), Buffer.alloc(255, 65)])),
      ]),
      CORRUPT,
    ),
  ];
}
