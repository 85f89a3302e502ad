// What goes wrong is said where it went wrong, in the page's words, and the next video works.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { pageHarness } from "./support/harness.mjs";
import { brokenPicture, pictures } from "./support/pictures.mjs";
import { make, pick, waitForImages } from "./support/strip.mjs";
import { tapElement } from "./support/touch.mjs";
import { videoFacts } from "./support/video.mjs";

const here = pageHarness();

test("a broken file has its message below it, and one button leaves it out and goes on", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, [...pictures("png").slice(0, 12), brokenPicture()]);
  await page.click("#make");
  await page.locator("#bad-image").waitFor();

  assert.deepEqual(await page.locator(".tile.is-bad .tile-name").allTextContents(), ["frame5b.png"]);
  const message = await page.locator("#bad-image-text").textContent();
  assert.match(message, /^(This image is damaged|Neither framereel nor this browser)/);
  assert.doesNotMatch(message, /decoder|options|undefined/);
  const [tile, below] = await Promise.all([
    page.locator(".tile.is-bad").boundingBox(),
    page.locator("#bad-image").boundingBox(),
  ]);
  assert.ok(
    below.y >= tile.y + tile.height - 1 && below.y < tile.y + tile.height + 30,
    "the message is not below its image",
  );
  assert.equal(
    await page.locator(".tile.is-bad .tile-kind").textContent(),
    "PNG",
    "a file that cannot be drawn shows its kind",
  );
  assert.match(await page.locator("#problem-text").textContent(), /^Image 6, frame5b\.png, stopped the video\./);
  assert.ok(await page.locator("#make").evaluate((button) => button === document.activeElement), "the focus is lost");
  assert.equal(await page.locator("video").count(), 0);

  await page.getByLabel("Language").selectOption("zh");
  assert.match(await page.locator("#bad-image-text").textContent(), /图片/);
  assert.match(await page.locator("#problem-text").textContent(), /第 6 张图片 frame5b\.png/);
  await page.locator("#leave-out").click();
  await page.waitForSelector("video");
  assert.equal((await videoFacts(page)).duration, 0.5);
  assert.equal(await page.locator(".tile.is-bad").count(), 0);
  assert.ok(await page.locator("#problem").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("on a phone the message about an image far down in the strip is brought onto the screen", async () => {
  const { page, context, complaints } = await here.open({
    viewport: { width: 390, height: 700 },
    hasTouch: true,
    isMobile: true,
  });
  for (let round = 1; round <= 3; round += 1) await pick(page, pictures("png"), 24 * round);
  await pick(page, [brokenPicture()], 73);
  await tapElement(page, page.locator("#make"));
  await page.locator("#bad-image").waitFor();
  const visible = await page.evaluate(() => {
    const { left, top, width, height } = document.querySelector("#leave-out").getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2)?.id;
  });
  assert.equal(visible, "leave-out", "the button is out of sight or behind something");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a wrong setting has its message beside its field, which gets the focus; a right one then works", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png").slice(0, 2));
  const fps = page.getByLabel("Frames per second");
  for (const value of ["0", "", "-3", "1001"]) {
    await fps.fill(value);
    await page.click("#make");
    assert.equal(
      await page.locator("#fps-problem").textContent(),
      "Give a number from 0.001 to 1000.",
      `for "${value}"`,
    );
    assert.equal(await fps.getAttribute("aria-describedby"), "fps-problem");
    assert.ok(await fps.evaluate((field) => field === document.activeElement));
  }
  await fps.fill("2");
  assert.equal(await page.locator("#fps-problem").count(), 0);

  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Times in a row").fill("1.5");
  await page.getByText("More", { exact: true }).click();
  await page.click("#make");
  assert.ok(await page.locator("#times-problem").isVisible(), "the part that the field is in was not opened");
  await page.getByLabel("Times in a row").fill("1");

  // One that only the encoder can judge.
  await page.getByRole("radio", { name: "Chat" }).check();
  await page.getByLabel("At most, in MB").fill("0.01");
  await page.getByLabel("Video size").selectOption("2160");
  await page.click("#make");
  await page.locator("#megabytes-problem").waitFor();
  assert.match(await page.locator("#megabytes-problem").textContent(), /do not fit into so few MB/);
  await page.getByLabel("At most, in MB").fill("5");
  await page.getByLabel("Video size").selectOption("images");
  await make(page);
  assert.equal((await videoFacts(page)).duration, 1);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a file of another kind is listed as skipped, and the rest comes in", async () => {
  const { page, context, complaints } = await here.open();
  const text = inRoot("tests", ".work", "page", "notes.txt");
  writeFileSync(text, "not a picture");
  await page.setInputFiles("#files", [text]);
  await page.locator("#skipped").waitFor();
  assert.equal(await page.locator("#skipped-list").textContent(), "notes.txt");
  assert.ok(await page.locator("#make").isDisabled());
  await pick(page, pictures("png").slice(0, 2));
  assert.ok(await page.locator("#skipped").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("Cancel stops a long work at once, the images stay, and the next video is complete", async () => {
  const { page, context, complaints } = await here.open();
  await pick(page, pictures("png"));
  await page.getByText("More", { exact: true }).click();
  await page.getByLabel("Times in a row").fill("40");
  await page.click("#make");
  await page.waitForFunction(() =>
    /^\d+ of 960 frames, [\d.]+ fps, \d+ (s|min) left$/.test(document.querySelector("#detail").textContent),
  );
  assert.ok(
    await page.locator("#cancel").evaluate((button) => button === document.activeElement),
    "Cancel has not the focus",
  );
  await page.keyboard.press("Enter");
  await page.locator("#cancelled").waitFor();
  assert.ok(await page.locator("#make").isVisible());
  assert.equal(await page.title(), "framereel: images to video");
  assert.equal(await page.locator("video").count(), 0);
  assert.equal(await page.locator("#count").textContent(), "24 images");

  await page.getByLabel("Times in a row").fill("1");
  await make(page);
  assert.equal((await videoFacts(page)).duration, 1);
  assert.ok(await page.locator("#cancelled").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the images may change while a video is made: it is of the images at the press of the button", async () => {
  const { page, context, complaints } = await here.open();
  for (let round = 1; round <= 4; round += 1) await pick(page, pictures("png"), 24 * round);
  await page.click("#make");
  await page.getByRole("button", { name: "Remove all" }).click();
  await page.waitForSelector("video");
  assert.equal((await videoFacts(page)).duration, 4);
  await waitForImages(page, 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
