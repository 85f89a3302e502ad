// TIFFs.
import { bomb, le16, le32, noise } from "../bytes.mjs";
import { ANY, BROKEN, CORRUPT, file, LIMIT, PICTURE, TOO_MUCH } from "../ends.mjs";

const MIB = 2 ** 20;

/** A directory of entries [tag, type, count, value], at byte 8, and what follows it. */
function tiff(entries, { next = 0, behind = Buffer.alloc(0) } = {}) {
  const fields = entries.map(([tag, type, count, value]) =>
    Buffer.concat([le16(tag), le16(type), le32(count), le32(value)]),
  );
  return Buffer.concat([Buffer.from("II*\0"), le32(8), le16(entries.length), ...fields, le32(next), behind]);
}

export function tiffs() {
  const [SHORT, LONG] = [3, 4];
  /** One strip of grey, from behind the directory on. */
  const grey = (width, height, { compression = 1, bytes = width * height, more = [] } = {}) => {
    const entries = [
      [256, LONG, 1, width],
      [257, LONG, 1, height],
      [258, SHORT, 1, 8],
      [259, SHORT, 1, compression],
      [262, SHORT, 1, 1],
      [273, LONG, 1, 0],
      [277, SHORT, 1, 1],
      [278, LONG, 1, height],
      [279, LONG, 1, bytes],
      ...more,
    ];
    entries[5][3] = 8 + 2 + 12 * entries.length + 4;
    return entries;
  };
  const packed = bomb(300 * MIB);
  return [
    file("50000-square.tif", tiff(grey(50_000, 50_000)), LIMIT),
    file("4-billion-square.tif", tiff(grey(0xffffffff, 0xffffffff)), TOO_MUCH),
    file("directory-loop.tif", tiff(grey(8, 8), { next: 8, behind: Buffer.alloc(64, 90) }), ANY),
    file("directory-outside.tif", Buffer.concat([Buffer.from("II*\0"), le32(0xfffffff0), Buffer.alloc(99)]), CORRUPT),
    file("65535-entries.tif", Buffer.concat([Buffer.from("II*\0"), le32(8), le16(65_535), noise(3000, 11)]), BROKEN),
    file("deflate-bomb.tif", tiff(grey(8, 8, { compression: 8, bytes: packed.length }), { behind: packed }), ANY),
    file("strip-missing.tif", tiff(grey(8000, 8000)), CORRUPT),
    file("strip-4-gib.tif", tiff(grey(8, 8, { bytes: 0xffffffff }), { behind: Buffer.alloc(64) }), ANY),
    file(
      "strips-4-billion.tif",
      tiff(grey(8, 8).map((entry) => (entry[0] === 273 ? [273, LONG, 0xffffffff, 8] : entry))),
      BROKEN.concat(LIMIT),
    ),
    file(
      "tiles-of-0.tif",
      tiff(
        grey(64, 64, {
          more: [
            [322, LONG, 1, 0],
            [323, LONG, 1, 0],
            [324, LONG, 1, 8],
            [325, LONG, 1, 64],
          ],
        }),
      ),
      ANY,
    ),
    file(
      "depth-65535.tif",
      tiff(grey(8, 8).map((entry) => (entry[0] === 258 ? [258, SHORT, 1, 65_535] : entry))),
      BROKEN.concat(LIMIT),
    ),
    file(
      "samples-65535.tif",
      tiff(grey(8, 8).map((entry) => (entry[0] === 277 ? [277, SHORT, 1, 65_535] : entry))),
      TOO_MUCH,
    ),
    file(
      "lzw-noise.tif",
      tiff(grey(64, 64, { compression: 5, bytes: 3000 }), { behind: noise(3000, 12) }),
      BROKEN.concat(PICTURE),
    ),
    file("fax-noise.tif", tiff(grey(640, 640, { compression: 4, bytes: 3000 }), { behind: noise(3000, 13) }), ANY),
    file("jpeg-noise.tif", tiff(grey(64, 64, { compression: 7, bytes: 3000 }), { behind: noise(3000, 14) }), BROKEN),
  ];
}
