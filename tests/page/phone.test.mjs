// On a phone, by finger alone: an archive and files in, a look at the preview, settings, the video, and out again.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/folder.mjs";
import { writeZip } from "./support/archive.mjs";
import { pageHarness } from "./support/harness.mjs";
import { COLOURS, pictures } from "./support/pictures.mjs";
import { contextOptions } from "./support/states.mjs";
import { face, waitForImages } from "./support/strip.mjs";
import { tapElement } from "./support/touch.mjs";
import { assertColour, coloursAt, playToEnd, videoFacts } from "./support/video.mjs";

const here = pageHarness({ exactColours: true });
const folder = temporaryFolder("phone");

test("a finger alone brings a zip and files in, plays, sets, makes, steps and downloads", async () => {
  const { page, context, complaints } = await here.open(contextOptions("phone", "en", "light"));
  // Dialogs are handed over from the start: a tap that comes sooner would open one that nobody sees.
  page.on("filechooser", () => {});
  const tap = (name) => tapElement(page, page.getByRole("button", { name, exact: true }));
  const choose = async (files) => {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      tapElement(page, page.locator(".drop .button", { hasText: "Choose images" })),
    ]);
    await chooser.setFiles(files);
  };
  const files = pictures("png");
  const entries = [0, 1, 2].map((index) => [`frame${index + 1}.png`, `@${files[index]}`]);
  await choose([writeZip(join(folder, "walk.zip"), entries)]);
  await waitForImages(page, 3);
  await choose(files.slice(3, 6));
  await waitForImages(page, 6);

  await tap("Play");
  await page.waitForFunction(() => !document.querySelector("#frame-counter").textContent.startsWith("Frame 1 "));
  await tap("Pause");
  await tapElement(page, face(page, "frame5.png"));
  await tapElement(page, page.locator("#remove"));
  await waitForImages(page, 5);
  await tap("Undo");
  await waitForImages(page, 6);

  await tapElement(page, page.locator("label", { hasText: "Slideshow" }));
  await page.getByLabel("Seconds per image").fill("0.4");
  await tapElement(page, page.locator("label", { hasText: /^Best$/ }));
  await tapElement(page, page.getByText("More", { exact: true }));
  await page.getByLabel("Times in a row").fill("2");
  await tap("Make video");
  await page.locator("#player video").waitFor();
  const seen = await page.locator("video").evaluate((video) => {
    const { top, bottom } = video.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  });
  assert.ok(seen, "the video is not on the screen");
  const { videoWidth, videoHeight, duration, cssWidth } = await videoFacts(page);
  assert.ok(Math.abs(duration - 4.8) < 1e-6, `${duration} s`);
  assert.deepEqual([videoWidth, videoHeight], [640, 360]);
  assert.ok(cssWidth <= 360);
  const shown = await coloursAt(page, [0.2, 4.6]);
  // The archive's own folder comes behind the files: 4 5 6 1 2 3.
  assertColour(shown[0], COLOURS[3], 3, "the first image");
  assertColour(shown[1], COLOURS[2], 3, "the last image");
  await page.locator("video").evaluate((video) => {
    video.currentTime = 4;
  });
  assert.ok((await playToEnd(page)) > 4.7);

  await tap("One frame back");
  // The middle of the last frame but one of twelve.
  const stands = await page.locator("video").evaluate((video) => video.currentTime);
  assert.ok(Math.abs(stands - 4.2) < 1e-3, `it stands at ${stands} s`);
  const keep = async (selector) => {
    const [download] = await Promise.all([page.waitForEvent("download"), tapElement(page, page.locator(selector))]);
    return download.suggestedFilename();
  };
  assert.match(await keep("#download"), /\.mp4$/);
  assert.match(await keep("#poster"), /-11\.png$/);
  assert.match(await keep("#gif"), /\.gif$/);
  assert.deepEqual(complaints, []);
  await context.close();
});
