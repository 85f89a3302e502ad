// Size and background of the video.
import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "./support/harness.mjs";
import { assertColour, colourAt, decodedFrames } from "./support/judge.mjs";

const browser = harness();

const SIZES = [
  { options: {}, expected: [96, 64], why: "the first image's" },
  { options: { size: "first" }, expected: [96, 64], why: "the first image's" },
  { options: { size: "largest" }, expected: [640, 358], why: "that of the image with the most pixels, made even" },
  { options: { size: { width: 201, height: 99 } }, expected: [200, 98], why: "the given one, made even" },
];

for (const { options, expected, why } of SIZES) {
  test(`the size is ${why} with ${JSON.stringify(options)}`, async () => {
    const page = await browser.shared();
    const size = await page.evaluate(async (options) => {
      const files = await Promise.all(["card/rgb.png", "flat/red.png", "size/641x359.png"].map(kit.file));
      const { blob, stats } = await new kit.ImageSequenceClip(files, { fps: 1, ...options }).encode();
      const shown = await kit.shownAt(blob, []);
      if (shown.width !== stats.width || shown.height !== stats.height) throw new Error("the player sees another size");
      return [stats.width, stats.height];
    }, options);
    assert.deepEqual(size, expected);
  });
}

test("an image's orientation counts for the size", async () => {
  const page = await browser.shared();
  const size = await page.evaluate(async () => {
    const clip = new kit.ImageSequenceClip([await kit.file("exif/6.jpg")], { fps: 1 });
    const { width, height } = (await clip.encode()).stats;
    return [width, height];
  });
  assert.deepEqual(size, [96, 64]);
});

const COLOURS = [
  [undefined, [0, 0, 0]],
  ["white", [255, 255, 255]],
  ["#204060", [32, 64, 96]],
  ["#abc", [170, 187, 204]],
  ["rgb(10, 200, 30)", [10, 200, 30]],
  ["hsl(240 100% 50%)", [0, 0, 255]],
  ["RebeccaPurple", [102, 51, 153]],
  ["color(srgb 1 0.5 0)", [255, 128, 0]],
];

for (const [background, expected] of COLOURS) {
  test(`background ${background ?? "by default"} is what shows through`, async () => {
    const page = await browser.shared();
    await page.evaluate(async (background) => {
      const options = background ? { fps: 1, background } : { fps: 1 };
      const clip = new kit.ImageSequenceClip([new ImageData(64, 64)], options);
      await kit.upload(await clip.toBlob({ qp: 10 }), "background.mp4");
    }, background);
    const [frame] = decodedFrames("background.mp4", { width: 64, height: 64 });
    assertColour(colourAt(frame, 64, { x: 32, y: 32 }), expected, 4, String(background));
  });
}

for (const background of ["no colour", "", "#12345", "transparent", "rgb(0 0 0 / 50%)"]) {
  test(`background ${JSON.stringify(background)} is refused when the clip is made`, async () => {
    const page = await browser.shared();
    const failure = await page.evaluate((background) => {
      return kit.failureOf(() => new kit.ImageSequenceClip([new ImageData(8, 8)], { fps: 1, background }));
    }, background);
    assert.equal(failure.code, "invalid-option");
    assert.match(failure.message, /^options\.background must be/);
  });
}
