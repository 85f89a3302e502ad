// PNGs.
import { deflateSync } from "node:zlib";
import { be16, be32, bomb, chunk, header, noise, PNG_SIGNATURE, png, rows, soundPng } from "../bytes.mjs";
import { ANY, BROKEN, CORRUPT, file, LIMIT, PICTURE, TOO_MUCH } from "../ends.mjs";

const MIB = 2 ** 20;

export function pngs() {
  const pixels = chunk("IDAT", deflateSync(rows(32, 32)));
  const start = chunk("IHDR", header(32, 32));
  const text = Buffer.concat([Buffer.from("Comment\0\0"), bomb(300 * MIB)]);
  const profile = Buffer.concat([Buffer.from("icc\0\0"), bomb(300 * MIB)]);
  const many = Array.from({ length: 60_000 }, () => chunk("tEXt", Buffer.from("a\0b")));
  const animation = (frames, plays) => chunk("acTL", Buffer.concat([be32(frames), be32(plays)]));
  const frame = (sequence, width, height, x, y) =>
    chunk(
      "fcTL",
      Buffer.concat([...[sequence, width, height, x, y].map(be32), be16(1), be16(10), Buffer.from([0, 0])]),
    );
  return [
    file("50000-square.png", png(chunk("IHDR", header(50_000, 50_000)), pixels), LIMIT),
    file("4-billion-wide.png", png(chunk("IHDR", header(0xffffffff, 1)), pixels), TOO_MUCH),
    file("2-billion-square.png", png(chunk("IHDR", header(0x7fffffff, 0x7fffffff)), pixels), TOO_MUCH),
    file("no-width.png", png(chunk("IHDR", header(0, 32)), pixels), CORRUPT),
    file("no-pixels.png", png(start), CORRUPT),
    file("pixels-missing.png", png(chunk("IHDR", header(11_000, 11_000)), pixels), CORRUPT),
    file("odd-depth.png", png(chunk("IHDR", header(32, 32, { depth: 7 })), pixels), BROKEN),
    file("odd-colour.png", png(chunk("IHDR", header(32, 32, { colour: 5 })), pixels), BROKEN),
    file("header-crc.png", png(chunk("IHDR", header(32, 32), 1), pixels), CORRUPT),
    file("pixels-crc.png", png(start, chunk("IDAT", deflateSync(rows(32, 32)), 1)), CORRUPT),
    file("palette-missing.png", png(chunk("IHDR", header(32, 32, { colour: 3 })), pixels), CORRUPT),
    file(
      "chunk-4-gib.png",
      Buffer.concat([PNG_SIGNATURE, start, be32(0xfffffff0), Buffer.from("IDAT"), noise(500, 3)]),
      CORRUPT,
    ),
    file("pixels-bomb.png", png(start, chunk("IDAT", bomb(300 * MIB))), [...PICTURE, ...CORRUPT]),
    file("text-bomb.png", soundPng(32, 32, chunk("zTXt", text)), ANY),
    file("profile-bomb.png", soundPng(32, 32, chunk("iCCP", profile)), ANY),
    file(
      "profile-noise.png",
      soundPng(32, 32, chunk("iCCP", Buffer.concat([Buffer.from("icc\0\0"), deflateSync(noise(5000, 5))]))),
      PICTURE,
    ),
    file("60000-chunks.png", soundPng(32, 32, ...many), PICTURE),
    file("exif-noise.png", soundPng(32, 32, chunk("eXIf", noise(3000, 7))), PICTURE),
    file("gamma-zero.png", soundPng(32, 32, chunk("gAMA", be32(0))), PICTURE),
    file("primaries-zero.png", soundPng(32, 32, chunk("gAMA", be32(45455)), chunk("cHRM", Buffer.alloc(32))), PICTURE),
    file("frames-4-billion.png", png(start, animation(0xffffffff, 0), frame(0, 32, 32, 0, 0), pixels), ANY),
    file("frame-outside.png", png(start, animation(1, 0), frame(0, 32, 32, 4_000_000, 9), pixels), ANY),
    file("header-twice.png", png(start, start, pixels), ANY),
  ];
}
