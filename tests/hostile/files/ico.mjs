// Icons.
import { chunk, header, le16, le32, noise, png, soundPng } from "../bytes.mjs";
import { BROKEN, file, LIMIT, TOO_MUCH } from "../ends.mjs";

export function icos() {
  const entry = (size, bytes, offset) =>
    Buffer.concat([Buffer.from([size, size, 0, 0]), le16(1), le16(32), le32(bytes), le32(offset)]);
  const ico = (...entries) => Buffer.concat([le16(0), le16(1), le16(entries.length), ...entries]);
  let nested = soundPng(16, 16);
  for (let depth = 0; depth < 1000; depth++) nested = Buffer.concat([ico(entry(16, nested.length, 22)), nested]);
  const inside = (bytes) => Buffer.concat([ico(entry(16, bytes.length, 22)), bytes]);
  return [
    file("icon-in-icon-1000.ico", nested, BROKEN),
    file("itself.ico", ico(entry(16, 1000, 0)), BROKEN),
    file("50000-square.ico", inside(png(chunk("IHDR", header(50_000, 50_000)), chunk("IDAT", Buffer.alloc(9)))), LIMIT),
    file("65535-entries.ico", Buffer.concat([le16(0), le16(1), le16(65_535), noise(2000, 31)]), BROKEN),
    file("offset-outside.ico", ico(entry(16, 1000, 0xfffffff0)), BROKEN),
    file("empty.ico", ico(), BROKEN),
    file(
      "bitmap-2-billion.ico",
      inside(Buffer.concat([le32(40), le32(0x7fffffff), le32(0x7fffffff), le16(1), le16(32), Buffer.alloc(24)])),
      TOO_MUCH,
    ),
    file(
      "bitmap-missing.ico",
      inside(Buffer.concat([le32(40), le32(16), le32(32), le16(1), le16(32), Buffer.alloc(24)])),
      BROKEN,
    ),
  ];
}
