// TIFFs.
import { execFileSync } from "node:child_process";
import { bomb, le16, le32, noise } from "../bytes.mjs";
import { ANY, BROKEN, CORRUPT, file, LIMIT, PICTURE, TOO_MUCH } from "../ends.mjs";

const MIB = 2 ** 20;

/** Types of fields (TIFF 6.0 page 15). */
const SHORT = 3;
const LONG = 4;

/** A directory of entries [tag, type, count, value], at byte 8, and what follows it. */
function tiff(entries, { next = 0, behind = Buffer.alloc(0) } = {}) {
  const fields = entries.map(([tag, type, count, value]) =>
    Buffer.concat([le16(tag), le16(type), le32(count), le32(value)]),
  );
  return Buffer.concat([Buffer.from("II*\0"), le32(8), le16(entries.length), ...fields, le32(next), behind]);
}

/**
 * Pages that all say the same: strips or tiles whose places are all `data`'s. The places and lengths stand in the file once,
 * behind `data`.
 *
 * @param {Buffer} data
 * @param {number[][]} entries but for the places
 */
function samePlaces(data, count, entries, { pages = 1, tiled = false } = {}) {
  const places = Buffer.concat([...Array(count).fill(le32(8)), ...Array(count).fill(le32(data.length))]);
  const tables = 8 + data.length;
  const all = [
    ...entries,
    [tiled ? 324 : 273, LONG, count, tables],
    [tiled ? 325 : 279, LONG, count, tables + 4 * count],
  ].sort(([one], [other]) => one - other);
  const length = 2 + 12 * all.length + 4;
  const first = tables + places.length;
  const directories = Array.from({ length: pages }, (_, page) =>
    Buffer.concat([
      le16(all.length),
      ...all.map(([tag, type, count, value]) => Buffer.concat([le16(tag), le16(type), le32(count), le32(value)])),
      le32(page + 1 < pages ? first + (page + 1) * length : 0),
    ]),
  );
  return Buffer.concat([Buffer.from("II*\0"), le32(first), data, places, ...directories]);
}

/** A grey image's fields, but for the places. */
const greyFields = (width, height, compression) => [
  [256, LONG, 1, width],
  [257, LONG, 1, height],
  [258, SHORT, 1, 8],
  [259, SHORT, 1, compression],
  [262, SHORT, 1, 1],
  [277, SHORT, 1, 1],
];

/** Little to read and much to do: the same large part for every column or row, the same long table for every page. */
function samePlacesMany() {
  const tall = MIB - 1;
  const tiles = [...greyFields(100_000, 1, 8), [322, LONG, 1, 1], [323, LONG, 1, tall]];
  const jpeg = execFileSync(
    "ffmpeg",
    ["-v", "error", "-f", "lavfi", "-i", "color=c=gray:size=2000x2000", "-frames:v", "1", "-f", "mjpeg", "-"],
    { maxBuffer: 2 ** 24 },
  );
  const strips = [...greyFields(8, 10_000, 7), [278, LONG, 1, 1]];
  return [
    file("100000-tiles-of-a-mebibyte.tif", samePlaces(bomb(tall), 100_000, tiles, { tiled: true }), TOO_MUCH),
    file("large-jpeg-for-each-row.tif", samePlaces(jpeg, 10_000, strips), BROKEN),
    file(
      "20000-pages-of-one-table.tif",
      samePlaces(Buffer.alloc(8, 90), 100_000, [...greyFields(8, 100_000, 1), [278, LONG, 1, 1]], { pages: 20_000 }),
      ANY,
    ),
  ];
}

export function tiffs() {
  /** One strip of grey, from behind the directory on. */
  const grey = (width, height, { compression = 1, bytes = width * height, more = [] } = {}) => {
    const places = [273, LONG, 1, 0];
    const own = [...greyFields(width, height, compression), places, [278, LONG, 1, height], [279, LONG, 1, bytes]];
    const entries = [...own.sort(([one], [other]) => one - other), ...more];
    places[3] = 8 + 2 + 12 * entries.length + 4;
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
    ...samePlacesMany(),
    file("jpeg-noise.tif", tiff(grey(64, 64, { compression: 7, bytes: 3000 }), { behind: noise(3000, 14) }), BROKEN),
  ];
}
