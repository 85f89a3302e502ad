// What our own decoder breaks down at the browser decodes if it can; otherwise the image is named.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames } from "./support/judge.mjs";

const browser = harness();

/** Images whose wasm decoder breaks down at every worker, among good ones. */
async function encodeBrokenDown(t, path, options) {
  const page = await browser.open(t);
  return page.evaluate(
    async ({ path, options }) => {
      const [good, bad] = await Promise.all([kit.file("flat/red.png"), kit.file(path)]);
      kit.configure({
        createWorker() {
          const query = `?fault=traps at a file&bytes=${bad.size}`;
          return new Worker(`/support/wrapped-worker.js${query}`, { type: "module" });
        },
      });
      const clip = new kit.ImageSequenceClip([good, bad, good, bad, good], { fps: 4, ...options });
      const failure = await kit.failureOf(async () => {
        const blob = await clip.toBlob({ qp: 10 });
        await kit.upload(blob, "broken-down.mp4");
      });
      const next = await new kit.ImageSequenceClip([good], { fps: 4 }).toBlob();
      return { failure, next: next.size };
    },
    { path, options },
  );
}

test("an image at which the decoder breaks down is decoded by the browser", async (t) => {
  const { failure, next } = await encodeBrokenDown(t, "flat/blue.png", {});
  assert.equal(failure, undefined);
  assert.ok(next > 0);
  const frames = decodedFrames("broken-down.mp4", { width: 64, height: 64 });
  for (const [index, frame] of frames.entries()) {
    assertColour(colourAt(frame, 64, { x: 32, y: 32 }), index % 2 ? [0, 0, 255] : [255, 0, 0], 4, `frame ${index}`);
  }
});

for (const { path, options, what } of [
  { path: "card/rgb.tif", options: {}, what: "an image that the browser does not know" },
  { path: "card/rgb.tif", options: { size: "largest" }, what: "the same when it is probed" },
  { path: "animated/animated.gif", options: { animated: "expand" }, what: "an expanded animation" },
]) {
  test(`${what}, at which the decoder breaks down, is a corrupt image, and the next encode works`, async (t) => {
    const { failure, next } = await encodeBrokenDown(t, path, options);
    assert.deepEqual([failure?.code, failure?.imageIndex], ["corrupt-image", 1]);
    assert.match(failure.message, /^Image 2 \(.*\): the decoder breaks down at it/);
    assert.ok(next > 0);
  });
}
