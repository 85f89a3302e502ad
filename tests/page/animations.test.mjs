// Animated files whose every frame is wanted: the preview, the durations, the video, its frame steps and its GIF know all of them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { test } from "node:test";
import { pythonFolder } from "../../scripts/lib/pillow.mjs";
import { inRoot } from "../../scripts/lib/project.mjs";
import { pageHarness } from "./support/harness.mjs";
import { brokenPicture, COLOURS, pictures } from "./support/pictures.mjs";
import { isSharp, pixel } from "./support/preview.mjs";
import { make, pick } from "./support/strip.mjs";
import { assertColour, coloursAt, videoFacts } from "./support/video.mjs";

/** Milliseconds of each frame. The third has none: browsers and framereel show such a one for 100. */
const DELAYS = [120, 300, 0, 500];
const SECONDS = [0.12, 0.3, 0.1, 0.5];

/** Codes that a colour may be off: GIF has a palette of 256 for each frame. */
const TOLERANCE = { gif: 12, png: 3, webp: 5 };

const WRITE = `
import json, sys
from PIL import Image
target, delays, *files = sys.argv[1:]
first, *others = [Image.open(file) for file in files]
first.save(target, save_all=True, append_images=others, duration=json.loads(delays), loop=0, lossless=True)
`;

/** An animation of the first test pictures, by Pillow. */
function animation(extension) {
  const folder = inRoot("tests", ".work", "page");
  mkdirSync(folder, { recursive: true });
  const target = `${folder}/moving.${extension}`;
  const files = pictures("png").slice(0, DELAYS.length);
  const env = { ...process.env, PYTHONPATH: pythonFolder };
  execFileSync("python3", ["-c", WRITE, target, JSON.stringify(DELAYS), ...files], { env });
  return target;
}

const here = pageHarness({ exactColours: true });

for (const extension of ["gif", "png", "webp"]) {
  test(`every frame of an animated ${extension} is previewed and made, backwards too`, async () => {
    const { page, context, complaints } = await here.open();
    const counter = (text) => page.locator("#frame-counter", { hasText: text }).waitFor();
    await pick(page, [animation(extension), pictures("png")[5]]);
    await page.getByLabel("Frames per second").fill("10");
    await page.locator("#animated-note", { hasText: "1 image is animated" }).waitFor();
    assert.equal(await page.locator("#frame-counter").textContent(), "Frame 1 of 2");
    await page.getByRole("button", { name: "Use every frame" }).click();
    assert.ok(await page.locator("#animated-note").isHidden());

    // By name frame6.png comes first: its 0.1 s, then the animation's.
    await counter("Frame 1 of 5");
    await page.locator("#summary", { hasText: /^2 images, 1\.120 s, / }).waitFor();
    await page.locator("#scrub").fill("2");
    assert.equal(await page.locator("#preview-time").textContent(), "0.22 / 1.12 s");
    await isSharp(page);
    assertColour(await pixel(page, 0.5, 0.5), COLOURS[1], TOLERANCE[extension], "frame 3 of the preview");

    await make(page);
    assert.ok(Math.abs((await videoFacts(page)).duration - 1.12) < 1e-3);
    let at = 0.1;
    const middles = SECONDS.map((seconds) => {
      at += seconds;
      return at - seconds / 2;
    });
    for (const [index, colour] of (await coloursAt(page, middles)).entries())
      assertColour(colour, COLOURS[index], TOLERANCE[extension], `frame ${index + 1} of the animation`);
    await page.getByRole("button", { name: "One frame back" }).click();
    assert.ok(Math.abs((await page.locator("video").evaluate((video) => video.currentTime)) - 0.57) < 1e-3);
    const [gif] = await Promise.all([page.waitForEvent("download"), page.click("#gif")]);
    const path = inRoot("tests", ".work", "page", `of-${extension}.gif`);
    await gif.saveAs(path);
    const probe = ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path];
    assert.equal(execFileSync("ffprobe", probe, { encoding: "utf8" }).trim(), "5");

    await page.getByText("More", { exact: true }).click();
    await page.locator("[name=direction]").selectOption("reverse");
    await page.locator("[name=stage][value=preview]").check();
    await page.locator("#scrub").fill("0");
    await isSharp(page);
    assertColour(await pixel(page, 0.5, 0.5), COLOURS[3], TOLERANCE[extension], "the first frame, backwards");
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a broken image behind an animation is blamed itself", async () => {
  const { page, context } = await here.open();

  await pick(page, [animation("gif"), brokenPicture()]);
  await page.getByRole("button", { name: "Use every frame" }).click();
  await page.locator("#order").selectOption("name");
  await page.getByRole("button", { name: "Reverse" }).click();
  await page.click("#make");
  await page.locator("#bad-image").waitFor();
  assert.deepEqual(await page.locator(".tile.is-bad .tile-name").allTextContents(), ["frame5b.png"]);
  await context.close();
});
