// The whole way without a mouse: images in, looked at, settings, video, and every way to keep it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pageHarness } from "./support/harness.mjs";
import { outOfReach, tabTo } from "./support/keys.mjs";
import { brokenPicture, pictures } from "./support/pictures.mjs";
import { waitForImages } from "./support/strip.mjs";
import { videoFacts } from "./support/video.mjs";

const here = pageHarness();

/** Goes to a button that opens a file dialog, presses it, and chooses. */
async function choose(page, selector, files, key) {
  // Awaited from before the way there: the browser is told to hand the dialog over, which takes a moment.
  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, selector);
  await page.keyboard.press(key);
  await (await chooser).setFiles(files);
}

/** Goes to a button that gives a file, presses it, and tells the file's name. */
async function keep(page, selector) {
  await tabTo(page, selector);
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  return download.suggestedFilename();
}

test("with the keyboard alone images become a video, after one is left out, and it is kept in every form", async () => {
  const { page, context, complaints } = await here.open();
  const { keyboard } = page;
  await choose(page, "#files", [...pictures("png").slice(0, 6), brokenPicture()], "Enter");
  await waitForImages(page, 7);
  await page.locator("#stage").waitFor();

  await tabTo(page, "#play");
  await keyboard.press("Space");
  await page.locator("#play.is-playing").waitFor();
  await keyboard.press("Space");
  await page.locator("#play:not(.is-playing)").waitFor();
  await tabTo(page, "#scrub");
  await keyboard.press("Home");
  await keyboard.press("ArrowRight");
  assert.equal(await page.locator("#frame-counter").textContent(), "Frame 2 of 7");

  await tabTo(page, "[name=timing]");
  await keyboard.press("ArrowRight");
  await tabTo(page, "[name=seconds]");
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("0.5");
  await tabTo(page, "[name=size]");
  await keyboard.type("7"); // 720p
  await tabTo(page, "details:has([name=direction]) > summary");
  await keyboard.press("Enter");
  await tabTo(page, "[name=direction]");
  await keyboard.type("b"); // backwards
  await tabTo(page, "#make");
  await keyboard.press("Enter");

  await page.locator("#bad-image").waitFor();
  await tabTo(page, "#leave-out", { back: true });
  await keyboard.press("Enter");
  await page.locator("#player video").waitFor();
  const { videoWidth, videoHeight, duration } = await videoFacts(page);
  assert.deepEqual([videoWidth, videoHeight, duration], [1280, 720, 3]);

  await tabTo(page, "#step-on");
  await keyboard.press("Enter");
  assert.equal(await page.locator("video").evaluate((video) => video.currentTime), 0.75);
  await tabTo(page, "#loop");
  await keyboard.press("Space");
  assert.ok(await page.locator("video").evaluate((video) => video.loop));
  assert.equal(await keep(page, "#download"), "frame.mp4");
  assert.equal(await keep(page, "#poster"), "frame-2.png");
  assert.equal(await keep(page, "#gif"), "frame.gif");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the folder's button, the language and the settings' reset answer the keyboard", async () => {
  const { page, context, complaints } = await here.open();
  await tabTo(page, "#language");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
  await page.keyboard.press("ArrowUp");
  const chooser = page.waitForEvent("filechooser");
  await tabTo(page, "#choose-folder");
  await page.keyboard.press("Space");
  assert.ok((await chooser).isMultiple());
  await tabTo(page, "[name=fps]");
  await page.keyboard.press("ArrowUp");
  assert.notEqual(await page.locator("[name=fps]").inputValue(), "24");
  await tabTo(page, "details:has(#reset) > summary");
  await page.keyboard.press("Enter");
  await tabTo(page, "#reset");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("[name=fps]").inputValue(), "24");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("everything that can be pressed is a stop of the Tab key: empty, loaded with images selected, and with the video", async () => {
  const { page, context } = await here.open();
  await page.locator("#offline").waitFor();
  assert.deepEqual(await outOfReach(page), [], "empty");
  await page.setInputFiles("#files", pictures("png").slice(0, 3));
  await waitForImages(page, 3);
  for (const part of ["More", "Advanced"]) await page.getByText(part, { exact: true }).click();
  await page.locator("[name=size]").selectOption("custom");
  await page.locator(".tile-face").first().click();
  assert.deepEqual(await outOfReach(page), [], "loaded");
  await page.locator("[name=size]").selectOption("images");
  await page.click("#make");
  await page.locator("#player video").waitFor();
  assert.deepEqual(await outOfReach(page), [], "with the video");
  await context.close();
});
