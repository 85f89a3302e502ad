// Workers that have nothing to do. A file of its own, as it waits for a minute: `npm test` runs others beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";

const browser = harness();

test("workers that have nothing to do go away, and new ones come when they are needed", async (t) => {
  const page = await browser.open(t);
  const encode = () =>
    page.evaluate(async () => {
      await new kit.ImageSequenceClip([new ImageData(64, 64)], { fps: 1 }).toBlob();
    });
  const gone = new Promise((resolve) => page.on("worker", (worker) => worker.on("close", resolve)));
  await encode();
  assert.equal(page.workers().length, 1);
  await gone;
  assert.equal(page.workers().length, 0);
  await encode();
  assert.equal(page.workers().length, 1);
});
