// A soundtrack in every way in which a file can come out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertClicks, facts, playedSound, shiftedSound } from "./support/judge.mjs";
import { CLICKS, SECONDS, sound } from "./support/sounds.mjs";

const browser = harness();
const KINDS = {
  aac: ["out.m4a", ["-c:a", "aac", "-b:a", "128k"]],
  mp3: ["out.mp3", ["-c:a", "libmp3lame", "-b:a", "128k"]],
};

/** The page's half of a test: runs with `source`, the sound as a File. */
async function withSound(kind, run, argument) {
  const [name, args] = KINDS[kind];
  browser.lend(name, sound(name, args));
  const page = await browser.shared();
  await page.evaluate(async (name) => {
    const response = await fetch(`/sound/${name}`);
    globalThis.source = new File([await response.blob()], name);
    globalThis.picture = await kit.file("flat/red.png");
    /** Paints a canvas a frame. */
    globalThis.canvas = () => Object.assign(new OffscreenCanvas(64, 48), {}).getContext("2d");
    globalThis.collector = () => {
      const parts = [];
      return { sink: new WritableStream({ write: (bytes) => void parts.push(bytes) }), parts };
    };
  }, name);
  return page.evaluate(run, argument);
}

for (const kind of Object.keys(KINDS)) {
  test(`${kind} in a fragmented file is heard on time`, async () => {
    await withSound(
      kind,
      async (kind) => {
        const clip = new kit.ImageSequenceClip(Array(50).fill(picture), { fps: 10 });
        const blob = await clip.toBlob({ audio: source, container: "fragmented", keyframeInterval: 1 });
        await kit.upload(blob, `fragmented-${kind}.mp4`);
      },
      kind,
    );
    const file = `fragmented-${kind}.mp4`;
    assertClicks(shiftedSound(file), CLICKS);
    // ffmpeg counts from what lies before the pictures.
    const { start_time: start, duration } = facts(file).format;
    assert.ok(Math.abs(Number(start) + Number(duration) - 5) < 1e-5, `${start} and ${duration}`);
  });

  test(`${kind} goes into a stream while the pictures do`, async () => {
    const stats = await withSound(
      kind,
      async (kind) => {
        const { sink, parts } = collector();
        const clip = new kit.ImageSequenceClip(Array(50).fill(picture), { fps: 10 });
        const stats = await clip.writeTo(sink, { audio: { source, offset: 0.6 }, keyframeInterval: 1 });
        const blob = new Blob(parts);
        await kit.upload(blob, `stream-${kind}.mp4`);
        return { ...stats, isAll: stats.bytes === blob.size };
      },
      kind,
    );
    assert.ok(stats.isAll);
    const file = `stream-${kind}.mp4`;
    assertClicks(
      shiftedSound(file),
      CLICKS.slice(1).map((click) => click - 0.6),
    );
  });

  test(`${kind} beside frames that are made one by one`, async () => {
    await withSound(
      kind,
      async (kind) => {
        for (const streamed of [false, true]) {
          const { sink, parts } = collector();
          const encoder = new kit.SequenceEncoder({
            width: 64,
            height: 48,
            fps: 10,
            audio: source,
            ...(streamed && { sink }),
          });
          const context = canvas();
          for (let frame = 0; frame < 35; frame++) {
            context.fillStyle = `hsl(${frame * 9} 80% 50%)`;
            context.fillRect(0, 0, 64, 48);
            await encoder.add(context.canvas);
          }
          const blob = (await encoder.finish()) ?? new Blob(parts);
          await kit.upload(blob, `frames-${kind}-${streamed ? "sink" : "blob"}.mp4`);
        }
      },
      kind,
    );
    const expected = CLICKS.filter((click) => click < 3.5);
    for (const [way, judge] of [
      ["blob", playedSound],
      ["sink", shiftedSound],
    ]) {
      const file = `frames-${kind}-${way}.mp4`;
      assertClicks(judge(file), expected);
    }
  });
}

test("a loop in a fragmented file stays in time: a seam is late by less than a sample, and nothing adds up", async () => {
  await withSound("aac", async () => {
    const clip = new kit.ImageSequenceClip(Array(20).fill(picture), { fps: 1 });
    const blob = await clip.toBlob({ audio: { source, loop: true }, container: "fragmented", keyframeInterval: 2 });
    await kit.upload(blob, "fragmented-loop.mp4");
  });
  const expected = [0, 1, 2, 3, 4]
    .flatMap((pass) => CLICKS.map((click) => click + pass * SECONDS))
    .filter((click) => click < 19.9);
  assertClicks(shiftedSound("fragmented-loop.mp4"), expected, 1024 / 44_100 + 0.001);
});

test("maxBytes counts the sound", async () => {
  const { sizes, failure } = await withSound("mp3", async () => {
    const frames = await kit.files("jpg", 12);
    const clip = new kit.ImageSequenceClip(frames, { fps: 3, size: { width: 320, height: 180 } });
    const audio = { source, loop: true };
    const sizes = [];
    for (const container of ["faststart", "fragmented"]) {
      for (const maxBytes of [90_000, 140_000]) {
        const { stats } = await clip.encode({ audio, maxBytes, container });
        sizes.push({ maxBytes, bytes: stats.bytes });
      }
    }
    return { sizes, failure: await kit.failureOf(() => clip.toBlob({ audio, maxBytes: 2000 })) };
  });
  for (const { maxBytes, bytes } of sizes) {
    assert.ok(bytes <= maxBytes, `${bytes} of ${maxBytes}`);
    assert.ok(bytes > 0.9 * maxBytes, `${bytes} of ${maxBytes}`);
  }
  assert.equal(failure.code, "invalid-option");
  assert.match(failure.message, /options\.maxBytes must be at least \d+ for these images and their sound/);
});
