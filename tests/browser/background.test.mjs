// A tab in the background may be frozen, its workers with it: the encode goes on where it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { harness } from "./support/harness.mjs";

const browser = harness();

/** Long enough for a task that is not frozen to get further. */
const FROZEN_MILLISECONDS = 1000;

test("a page that is frozen in the midst of an encode and shown again has the same file", async (t) => {
  const page = await browser.open(t);
  const client = await page.context().newCDPSession(page);
  await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip(await kit.files("jpg", 24), { fps: 24 });
    globalThis.alone = await kit.digest(await clip.toBlob({ keyframeInterval: 0.25 }));
    globalThis.done = 0;
    await new Promise((resolve) => {
      const onProgress = (progress) => {
        globalThis.done = progress.done;
        if (progress.done === 2) resolve();
      };
      globalThis.frozen = clip.toBlob({ keyframeInterval: 0.25, onProgress }).then(kit.digest);
    });
  });
  await client.send("Page.setWebLifecycleState", { state: "frozen" });
  await setTimeout(FROZEN_MILLISECONDS);
  await client.send("Page.setWebLifecycleState", { state: "active" });
  const { alone, frozen } = await page.evaluate(async () => ({
    alone: globalThis.alone,
    frozen: await globalThis.frozen,
  }));
  assert.equal(frozen, alone);
});
