// The judge finds what is wrong: it takes a file of x264 and ffmpeg, and none of that file with one thing changed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { judge } from "./index.mjs";

const folder = inRoot("tests", ".work", "judge");
const right = join(folder, "right.mp4");
const BT709 = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"];

/** Encodes two seconds of ffmpeg's test picture. */
function encode(path, { rate = 12, args = [] } = {}) {
  const input = ["-f", "lavfi", "-i", `testsrc2=size=320x180:rate=${rate}:duration=2`];
  const x264 = ["-c:v", "libx264", "-profile:v", "high", "-bf", "0", "-g", "8", "-pix_fmt", "yuv420p", ...BT709];
  const file = ["-movflags", "+faststart+write_colr", "-fflags", "+bitexact"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...input, ...x264, ...args, ...file, path]);
}

before(() => {
  mkdirSync(folder, { recursive: true });
  encode(right);
});

test("a right file is right", async () => {
  const { level } = await judge(right);
  assert.ok(level.forBytes <= level.idc);
});

/** Where a box's contents begin; `after` names the boxes around it. */
function inside(file, kind) {
  const at = file.indexOf(kind, 0, "latin1");
  assert.ok(at > 0, `the file has a ${kind}`);
  return at + 4;
}

const CHANGES = {
  "the level of avcC": [(file) => file.writeUInt8(52, inside(file, "avcC") + 3), /level of avcC/],
  "the matrix of colr": [(file) => file.writeUInt16BE(6, inside(file, "colr") + 8), /colr|ffprobe's colours/],
  "a sync sample that is none": [
    (file) => file.writeUInt32BE(10, inside(file, "stss") + 12),
    /sync|the mp4 crate|ffprobe/,
  ],
  "the size of a sample": [
    (file) => file.writeUInt32BE(file.readUInt32BE(inside(file, "stsz") + 16) - 1, inside(file, "stsz") + 16),
    /ffmpeg|ffprobe|NAL unit|mp4 crate|decoder/,
  ],
  "bits of a slice": [
    (file) => {
      const start = inside(file, "mdat") + 2000;
      for (let at = start; at < start + 40; at++) file[at] ^= 0x5a;
    },
    /error while decoding|decoder/,
  ],
  "bytes behind the last box": [(file) => Buffer.concat([file, Buffer.from("more")]), /boxes end|ffprobe|mp4box/],
};

for (const [what, [change, complaint]] of Object.entries(CHANGES)) {
  test(`${what} is found`, async () => {
    const file = readFileSync(right);
    const changed = change(file);
    const path = join(folder, "wrong.mp4");
    writeFileSync(path, Buffer.isBuffer(changed) ? changed : file);
    await assert.rejects(judge(path), (error) => {
      assert.match(String(error), complaint);
      return true;
    });
  });
}

for (const [what, options, complaint] of [
  ["a level higher than needed", { args: ["-level", "4.0"] }, /level 40, where \d+ is enough/],
  ["a level too low for the rate", { rate: 50, args: ["-level", "1.0"] }, /level 10, where size and rate ask for/],
  ["other colours", { args: ["-colorspace", "smpte170m"] }, /colr|VUI|colours/],
]) {
  test(`${what} is found`, async () => {
    const path = join(folder, "other.mp4");
    encode(path, options);
    await assert.rejects(judge(path), complaint);
  });
}
