// Whatever a sound file's bytes are, reading it ends, and ends in sound or in an error that says who must act.
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { inRoot } from "../../scripts/lib/project.mjs";
import { sound } from "./support/sounds.mjs";

// The room of the package that knows sound, as it is shipped. It needs no browser to read files.
const { openSoundtrack } = await import(inRoot("dist", "sound.js"));

const SHORT = { times: [0.1], seconds: 0.6 };

const FILES = {
  "m4a with its index behind": ["short.m4a", ["-c:a", "aac", "-b:a", "96k"]],
  "m4a with its index in front": ["short-front.m4a", ["-c:a", "aac", "-b:a", "96k", "-movflags", "+faststart"]],
  "mp4 in fragments": [
    "short-fragments.mp4",
    ["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "200000"],
  ],
  "mp4 with MP3": ["short-mp3.mp4", ["-c:a", "libmp3lame", "-b:a", "96k"]],
  mov: ["short.mov", ["-c:a", "aac", "-b:a", "96k"]],
  adts: ["short.aac", ["-c:a", "aac", "-b:a", "96k"]],
  mp3: ["short.mp3", ["-c:a", "libmp3lame", "-b:a", "96k", "-id3v2_version", "3", "-metadata", "title=short"]],
  "mp3 with a variable rate": ["short-vbr.mp3", ["-c:a", "libmp3lame", "-q:a", "5", "-write_id3v1", "1"]],
};

const fileOf = (kind) => sound(FILES[kind][0], FILES[kind][1], SHORT);

/** Reads a file and lays it under pictures; gives the code of the failure, or nothing. */
async function outcome(bytes, laying = { offset: 0, loop: false }) {
  let laid;
  try {
    const soundtrack = await openSoundtrack(new Blob([bytes]), laying);
    laid = [soundtrack.whole(2), soundtrack.part(0, 1), soundtrack.part(1, 2)];
  } catch (error) {
    assert.ok(["corrupt-audio", "unsupported-audio"].includes(error.code), error.stack);
    return error.code;
  }
  for (const { samples, data } of laid) {
    assert.equal(
      samples.sizes.reduce((sum, size) => sum + size, 0),
      data.size,
    );
    assert.ok(samples.ticks.length === 1 || samples.ticks.length === samples.sizes.length);
  }
  return undefined;
}

for (const kind of Object.keys(FILES)) {
  test(`${kind}: read as it is, once and looped`, async () => {
    assert.equal(await outcome(fileOf(kind)), undefined);
    assert.equal(await outcome(fileOf(kind), { offset: 0.2, loop: true }), undefined);
  });

  test(`${kind}: any bytes changed`, async () => {
    const bytes = fileOf(kind);
    const change = fc.record({ at: fc.nat(bytes.length - 1), value: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), fc.boolean(), async (changes, loop) => {
        const changed = Uint8Array.from(bytes);
        for (const { at, value } of changes) changed[at] = value;
        await outcome(changed, { offset: 0, loop });
      }),
      { numRuns: 150, seed: 13 },
    );
  });

  test(`${kind}: the boxes and headers of the first and last kilobytes changed`, async () => {
    const bytes = fileOf(kind);
    const near = Math.min(2000, bytes.length);
    const place = fc.oneof(
      fc.nat(near - 1),
      fc.nat(near - 1).map((back) => bytes.length - 1 - back),
    );
    const number = fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x0fffffff, bytes.length);
    await fc.assert(
      fc.asyncProperty(place, number, async (at, value) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt32BE(value, Math.min(at, bytes.length - 4));
        await outcome(changed);
      }),
      { numRuns: 300, seed: 13 },
    );
  });

  test(`${kind}: cut off anywhere`, async () => {
    const bytes = fileOf(kind);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), async (length) => {
        await outcome(bytes.subarray(0, length));
      }),
      { numRuns: 100, seed: 13 },
    );
  });
}

test("half a file is damaged, not short", async () => {
  for (const kind of ["m4a with its index in front", "m4a with its index behind", "mp4 in fragments", "mp3"]) {
    const bytes = fileOf(kind);
    assert.equal(await outcome(bytes.subarray(0, bytes.length / 2)), "corrupt-audio", kind);
  }
});

test("an empty file, and noise, are no sound", async () => {
  assert.equal(await outcome(new Uint8Array(0)), "corrupt-audio");
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 4000 }), async (bytes) => {
      assert.notEqual(await outcome(bytes), undefined);
    }),
    { numRuns: 200, seed: 13 },
  );
});

test("a file that says it has four thousand million samples takes no memory for them", async () => {
  const bytes = Buffer.from(fileOf("m4a with its index in front"));
  const at = bytes.indexOf("stsz");
  // The count, with sizes of their own and with one size for all.
  for (const size of [0, 1]) {
    bytes.writeUInt32BE(size, at + 8);
    bytes.writeUInt32BE(0xffffffff, at + 12);
    assert.equal(await outcome(bytes), "corrupt-audio");
  }
});
