// Files that are to break a decoder, each with what may come of it. Nothing of it is committed: they are made when the tests run.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fixturesFolder } from "../fixtures/make-fixtures.mjs";
import { noise } from "./bytes.mjs";
import { ANY, BROKEN, file } from "./ends.mjs";
import { bmps } from "./files/bmp.mjs";
import { gifs } from "./files/gif.mjs";
import { icos } from "./files/ico.mjs";
import { jpegs } from "./files/jpeg.mjs";
import { noImages } from "./files/no-images.mjs";
import { pngs } from "./files/png.mjs";
import { tiffs } from "./files/tiff.mjs";
import { webps } from "./files/webp.mjs";

/** @returns {{ name: string, bytes: Buffer, ends: string[] }[]} */
export function hostileFiles() {
  return [
    ...noImages(),
    ...pngs(),
    ...jpegs(),
    ...gifs(),
    ...webps(),
    ...tiffs(),
    ...bmps(),
    ...icos(),
    ...truncated(),
    ...noisy(),
  ];
}

/** A sound file of every format, as far as it is wanted here. */
function soundFiles() {
  const card = (name) => readFileSync(join(fixturesFolder, "card", name));
  return [
    ["png", card("rgb16.png")],
    ["jpg", card("baseline.jpg")],
    ["gif", card("rgb.gif")],
    ["webp", card("rgba.webp")],
    ["bmp", card("rgb.bmp")],
    ["tif", card("rgb.tif")],
  ];
}

/** Cut off at the first bytes, at a dozen places and before the last byte; what is behind the pixels may be missing. */
function truncated() {
  return soundFiles().flatMap(([format, whole]) => {
    const cuts = [
      3,
      7,
      11,
      20,
      40,
      whole.length - 1,
      ...Array.from({ length: 10 }, (_, at) => Math.floor((whole.length * (at + 0.5)) / 10)),
    ];
    return cuts.map((cut) => file(`cut-at-${cut}.${format}`, whole.subarray(0, cut), [...BROKEN, "picture"]));
  });
}

/** Each format with noise for a few of its bytes. */
function noisy() {
  return soundFiles().flatMap(([format, whole]) =>
    [1, 2, 3, 4].map((seed) => {
      const copy = Buffer.from(whole);
      const places = noise(60, seed);
      for (let at = 0; at < 20; at++) copy[places.readUInt16BE(3 * at) % copy.length] = places[3 * at + 2];
      return file(`noise-${seed}.${format}`, copy, ANY);
    }),
  );
}
