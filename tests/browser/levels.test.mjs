// The level that a file names is kept by its bytes as well: a decoder of that level can count on its buffer (ITU-T H.264 C.1.2), at
// every quality and where the rate is asked for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { judgeFile } from "./support/judge.mjs";

const browser = harness();

const RATES = [
  ...["low", "medium", "high", "best"].map((quality) => ({ quality })),
  { bitrate: 4_000_000 },
  { maxBytes: 300_000 },
  { qp: 0 },
];

for (const rate of RATES) {
  test(`a camera's pictures of 1280 x 720 with ${JSON.stringify(rate)}`, async () => {
    const page = await browser.shared();
    await page.evaluate(async (rate) => {
      const clip = new kit.ImageSequenceClip(await kit.files("jpg", 24), { fps: 24 });
      await kit.upload(await clip.toBlob(rate), "level.mp4");
    }, rate);
    const { level } = await judgeFile("level.mp4");
    assert.equal(level.idc, level.forBytes > 31 ? level.forBytes : 31, "1280 x 720 at 24 a second is level 3.1");
  });
}
