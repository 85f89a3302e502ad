// What the options promise, in every engine.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertColour, colourAt, decodedFrames, probe } from "../browser/support/judge.mjs";
import { receivedFolder } from "../browser/support/server.mjs";
import { FLAT_COLOURS } from "../fixtures/make-fixtures.mjs";
import { inEachEngine, PLAYED } from "../support/engines/index.mjs";

const PROFILES = { baseline: "Constrained Baseline", main: "Main", high: "High" };
/** Seconds into a picture: GStreamer, which WebKitGTK plays by, skips pictures that last longer than their neighbours when it seeks further. */
const SOON = 0.015;
const CAMERA = { images: 16, size: { width: 320, height: 180 } };

inEachEngine((engine) => {
  /** Encodes 16 camera pictures of 320 x 180 at 16 a second with each list of options; gives ffprobe's facts and the bytes. */
  async function encodeAll(prefix, options) {
    const name = (at) => `${engine.name}-${prefix}-${at}.mp4`;
    const stats = await engine.page.evaluate(
      async ({ options, names, images, size }) => {
        const clip = new kit.ImageSequenceClip(await kit.files("jpg", images), { fps: images, size });
        const stats = [];
        for (const [at, each] of options.entries()) {
          const encoded = await clip.encode(each);
          stats.push(encoded.stats);
          await kit.upload(encoded.blob, names[at]);
        }
        return stats;
      },
      { options, names: options.map((_, at) => name(at)), ...CAMERA },
    );
    return options.map((_, at) => {
      const bytes = statSync(join(receivedFolder, name(at))).size;
      assert.equal(stats[at].bytes, bytes);
      return { ...probe(name(at)), bytes };
    });
  }

  test("a better quality has more bytes, and each keeps all samples and the exact duration", async () => {
    const files = await encodeAll("quality", [
      ...["low", "medium", "high", "best"].map((quality) => ({ quality })),
      { qp: 51 },
      { qp: 0 },
    ]);
    for (const { samples, duration, width, height } of files) {
      assert.deepEqual([samples, duration, width, height], [CAMERA.images, 1, CAMERA.size.width, CAMERA.size.height]);
    }
    const bytes = files.map((file) => file.bytes);
    const [low, medium, high, best, worst, lossless] = bytes;
    assert.ok(worst < low && low < medium && medium < high && high < best && best < lossless, String(bytes));
  });

  test("maxBytes is never passed, and nearly used up", async () => {
    const limits = [12_000, 40_000];
    const files = await encodeAll(
      "max",
      limits.map((maxBytes) => ({ maxBytes })),
    );
    for (const [at, { bytes }] of files.entries()) {
      assert.ok(bytes <= limits[at] && bytes > 0.85 * limits[at], `${bytes} bytes of ${limits[at]}`);
    }
  });

  test("profile, container and keyframeInterval are what the file says", async () => {
    const profiles = Object.keys(PROFILES);
    const files = await encodeAll("kinds", [
      ...profiles.map((profile) => ({ profile })),
      { container: "fragmented", keyframeInterval: 0.25 },
      { keyframeInterval: 0.5, speed: "fast", content: "screen" },
      { speed: "small", content: "photo" },
    ]);
    for (const [at, profile] of profiles.entries()) assert.equal(files[at].profile, PROFILES[profile]);
    const keyframes = files.map((file) => file.keyframes);
    assert.deepEqual(keyframes.slice(3), [[0, 4, 8, 12], [0, 8], [0]]);
  });

  for (const [what, timing, seconds] of [
    ["23.976 a second", { fps: 23.976 }, Array(3).fill(1001 / 24000)],
    ["one in two seconds", { fps: 0.5 }, [2, 2, 2]],
    ["their own durations", { durations: [0.25, 3, 0.04] }, [0.25, 3, 0.04]],
  ]) {
    test(`three images, ${what}, come in order and play so long`, async () => {
      const name = `${engine.name}-timing.mp4`;
      const shown = await engine.page.evaluate(
        async ({ timing, name, times }) => {
          const images = await Promise.all(["red", "green", "blue"].map((colour) => kit.file(`flat/${colour}.png`)));
          const blob = await new kit.ImageSequenceClip(images, timing).toBlob();
          await kit.upload(blob, name);
          return kit.shownAt(blob, times, [{ x: 32, y: 32 }]);
        },
        { timing, name, times: seconds.map((_, at) => sum(seconds.slice(0, at)) + SOON) },
      );
      for (const [at, start] of probe(name).starts.entries()) {
        assert.ok(Math.abs(start - sum(seconds.slice(0, at))) < 1e-6, `image ${at} starts at ${start}`);
      }
      // Engines round a duration to what they count in.
      assert.ok(Math.abs(shown.duration - sum(seconds)) < 0.002, `${shown.duration} s`);
      const decoded = decodedFrames(name, { width: 64, height: 64 });
      for (const [at, colour] of ["red", "green", "blue"].entries()) {
        assertColour(colourAt(decoded[at], 64, { x: 32, y: 32 }), FLAT_COLOURS[colour], 4, `image ${at}, decoded`);
        assertColour(shown.pictures[at][0], FLAT_COLOURS[colour], PLAYED, `image ${at}, played`);
      }
    });
  }

  test("size, fit and background place an image of another shape", async () => {
    const name = `${engine.name}-fit.mp4`;
    await engine.page.evaluate(async (name) => {
      const images = await Promise.all(["flat/white.png", "flat/red.png"].map(kit.file));
      const options = { fps: 2, size: { width: 128, height: 64 }, background: "rgb(0, 0, 255)" };
      await kit.upload(await new kit.ImageSequenceClip(images, options).toBlob({ qp: 10 }), name);
    }, name);
    const [first, second] = decodedFrames(name, { width: 128, height: 64 });
    assertColour(colourAt(first, 128, { x: 16, y: 32 }), FLAT_COLOURS.blue, 4, "beside the image");
    assertColour(colourAt(first, 128, { x: 64, y: 32 }), FLAT_COLOURS.white, 4, "the first image");
    assertColour(colourAt(second, 128, { x: 64, y: 32 }), FLAT_COLOURS.red, 4, "the second image");
  });

  test("display makes an element that plays to its end", async () => {
    const { video, ended } = await engine.page.evaluate(async () => {
      const clip = new kit.ImageSequenceClip(await kit.files("jpg", 4), { fps: 8 });
      const video = await clip.display({ muted: true, controls: false });
      document.body.append(video);
      const { width, videoWidth, videoHeight, duration } = video;
      const end = new Promise((resolve) => video.addEventListener("ended", () => resolve(true), { once: true }));
      await video.play();
      const ended = await end;
      video.remove();
      return { video: { width, videoWidth, videoHeight, duration }, ended };
    });
    assert.deepEqual(video, { width: 360, videoWidth: 1280, videoHeight: 720, duration: 0.5 });
    assert.ok(ended);
  });
});

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
