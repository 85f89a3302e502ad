import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCodec } from "./codec-string.js";

test("profile and level are read from the string", () => {
  assert.equal(parseCodec("avc1.42001E")?.profile, "baseline");
  assert.equal(parseCodec("avc1.42E01f")?.level, 31);
  assert.equal(parseCodec("avc1.4d0028")?.profile, "main");
  assert.equal(parseCodec("avc1.640034")?.profile, "high");
});

for (const codec of [
  "avc1",
  "avc1.64002",
  "avc1.6400288",
  "AVC1.640028",
  "avc3.640028",
  "avc1.6E0028",
  "avc1.F40028",
  "avc1.640027",
  "avc1.640000",
  " avc1.640028",
  "hvc1.1.6.L93",
]) {
  test(`${JSON.stringify(codec)} is none of the encoder's`, () => assert.equal(parseCodec(codec), undefined));
}

/** The largest usual pictures of each level (ITU-T H.264 table A-6), and what is beyond. */
const HELD: [codec: string, width: number, height: number, holds: boolean][] = [
  ["avc1.42000A", 176, 144, true],
  ["avc1.42000A", 352, 288, false],
  ["avc1.42001E", 720, 576, true],
  ["avc1.42001E", 800, 600, false],
  ["avc1.64001F", 1280, 720, true],
  ["avc1.64001F", 1920, 1080, false],
  ["avc1.640028", 1920, 1088, true],
  ["avc1.640028", 2560, 1440, false],
  ["avc1.640033", 4096, 2304, true],
  ["avc1.640034", 4096, 2304, true],
  ["avc1.640034", 8192, 4320, false],
  ["avc1.64003E", 7680, 4320, false],
  // The sides are bounded too: sqrt(8 * MaxFS) macroblocks.
  ["avc1.640028", 4096, 16, true],
  ["avc1.640028", 4112, 16, false],
];

for (const [codec, width, height, holds] of HELD) {
  test(`${codec} ${holds ? "holds" : "does not hold"} ${width}x${height}`, () =>
    assert.equal(parseCodec(codec)?.holds(width, height), holds));
}
