// What the video will be is seen before it is made: the preview plays, and the estimate is of the right size.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageHarness } from "./support/harness.mjs";
import { COLOURS, pictures } from "./support/pictures.mjs";
import { isSharp, pixel } from "./support/preview.mjs";
import { face, make, pick } from "./support/strip.mjs";
import { assertColour } from "./support/video.mjs";

/** Codes that a thumbnail's colours may be off: it is a WebP. Where it stands still the picture itself is shown. */
const THUMBNAIL_TOLERANCE = 12;

const here = pageHarness();

test("the preview plays at the video's timing, follows the keyboard, and is sharp where it stands", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png"));
  await isSharp(page);
  assertColour(await pixel(page, 0.5, 0.5), COLOURS[0], 1, "the first image, sharp");
  assert.equal(await page.locator("#preview-time").textContent(), "0.00 / 1.00 s");

  await face(page, "frame7.png").click();
  assert.equal(await page.locator("#frame-counter").textContent(), "Frame 7 of 24");
  await isSharp(page);
  assertColour(await pixel(page, 0.5, 0.5), COLOURS[6], 1, "the chosen image");
  await page.locator("#scrub").focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("#frame-counter").textContent(), "Frame 8 of 24");

  await page.getByLabel("Frames per second").fill("4");
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const seen = await page.evaluate(async () => {
    const counter = document.querySelector("#frame-counter");
    const moments = new Map();
    const from = performance.now();
    while (performance.now() - from < 2000) {
      if (!moments.has(counter.textContent)) moments.set(counter.textContent, performance.now() - from);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    return [...moments];
  });
  const frames = seen.map(([text]) => Number(/\d+/.exec(text)[0]));
  assert.deepEqual(
    frames,
    frames.map((_, index) => frames[0] + index),
    "frames were left out or out of order",
  );
  assert.ok(frames.length >= 7 && frames.length <= 9, `${frames.length} frames in 2 s at 4 fps`);
  const colour = await pixel(page, 0.5, 0.5);
  const at = Number(/\d+/.exec(await page.locator("#frame-counter").textContent())[0]);
  const near = [at - 2, at - 1].map((index) =>
    Math.max(...COLOURS[index].map((value, c) => Math.abs(value - colour[c]))),
  );
  assert.ok(Math.min(...near) <= THUMBNAIL_TOLERANCE, `frame ${at} shows ${colour}`);
  await page.getByRole("button", { name: "Pause" }).click();
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the preview has the video's size, fit and background", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 2));
  await page.getByLabel("Video size").selectOption("vertical");
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Background").fill("#00c040");
  await isSharp(page);
  const { width, height } = await page.locator("#preview-canvas").boundingBox();
  assert.ok(Math.abs(width / height - 9 / 16) < 0.01, `${width} x ${height}`);
  assertColour(await pixel(page, 0.5, 0.1), [0, 192, 64], 1, "the bar above the image");
  assertColour(await pixel(page, 0.5, 0.5), COLOURS[0], 1, "the image");
  await page.getByLabel("Other shapes").selectOption("cover");
  await isSharp(page);
  assertColour(await pixel(page, 0.5, 0.3), COLOURS[0], 1, "where the bar was");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the estimate is within a third of the file, and a size limit caps it", async () => {
  const { page, context, complaints } = await here.open();
  for (let round = 1; round <= 4; round += 1) await pick(page, pictures("png"), 24 * round);
  const estimate = async () => {
    const text = await page.locator("#summary", { hasText: "about" }).textContent();
    const [, number, unit] = /about ([\d.]+) (kB|MB)/.exec(text);
    return Number(number) * (unit === "kB" ? 1e3 : 1e6);
  };
  const expected = await estimate();
  await make(page);
  const [, number, unit] = /([\d.]+) (kB|MB)$/.exec(await page.locator("#stats").textContent());
  const real = Number(number) * (unit === "kB" ? 1e3 : 1e6);
  assert.ok(expected > real * 0.66 && expected < real * 1.5, `estimated ${expected}, made ${real}`);
  await page.getByRole("radio", { name: "Chat" }).check();
  await page.getByLabel("At most, in MB").fill("0.1");
  assert.match(await page.locator("#summary").textContent(), /at most 100 kB/);
  assert.deepEqual(complaints, []);
  await context.close();
});
