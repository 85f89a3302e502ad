// What goes wrong is said where it went wrong, and the next video works.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, openPage, servedPage } from "./support/browser.mjs";
import { brokenPicture, pictures } from "./support/pictures.mjs";
import { videoFacts } from "./support/video.mjs";

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([servedPage(), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

test("a broken file has its message next to its thumbnail, and without it the video is made", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  await page.setInputFiles("#files", [...pictures("png").slice(0, 12), brokenPicture()]);
  await page.click("#make");
  const bad = page.locator(".tile.is-bad");
  await bad.waitFor();

  assert.equal(await bad.count(), 1);
  assert.equal(await bad.locator(".tile-name").textContent(), "frame5b.png");
  const message = await bad.locator(".tile-error").textContent();
  assert.ok(message.length > 20 && !/error:|undefined|\[object/i.test(message), `not a readable message: "${message}"`);
  assert.ok(await bad.locator(".tile-error").isVisible());
  assert.equal(await bad.locator(".tile-kind").textContent(), "PNG", "a file that cannot be drawn shows its kind");
  assert.match(await page.getByRole("alert").textContent(), /^Image 6, frame5b\.png, stopped the video\./);
  assert.ok(await page.locator("#make").evaluate((button) => button === document.activeElement), "the focus is lost");
  assert.equal(await page.locator("video").count(), 0);

  await bad.getByRole("button", { name: "Remove frame5b.png" }).click();
  await page.click("#make");
  await page.waitForSelector("video");
  assert.equal((await videoFacts(page)).duration, 0.5);
  assert.equal(await page.locator(".tile.is-bad").count(), 0);
  assert.ok(await page.locator("#problem").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

for (const [value, what] of [
  ["0", "zero"],
  ["", "empty"],
  ["-3", "negative"],
]) {
  test(`a frame rate that is ${what} is refused beside the button, and a right one then works`, async () => {
    const { page, context, complaints } = await openPage(browser, site.url);
    await page.setInputFiles("#files", pictures("png").slice(0, 2));
    await page.getByLabel("Frames per second").fill(value);
    await page.click("#make");
    const problem = page.getByRole("alert");
    await problem.waitFor();
    assert.match(await problem.textContent(), /fps/);
    await page.getByLabel("Frames per second").fill("2");
    await page.click("#make");
    await page.waitForSelector("video");
    assert.equal((await videoFacts(page)).duration, 1);
    assert.ok(await problem.isHidden());
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test("a file of another kind is left out by name", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const text = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("not a picture") };
  await page.setInputFiles("#files", text);
  assert.equal(await page.locator("#left-out").textContent(), "Left out, not an image: notes.txt.");
  assert.equal(await page.locator(".tile").count(), 0);
  assert.ok(await page.locator("#make").isDisabled());
  await page.setInputFiles("#files", pictures("png").slice(0, 2));
  assert.ok(await page.locator("#left-out").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a longer work says how long it will take; Cancel stops it at once, and the next video is complete", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  // Many images, so that there is a middle to cancel in.
  for (let round = 0; round < 20; round += 1) await page.setInputFiles("#files", pictures("png"));
  assert.equal(await page.locator(".tile").count(), 480);
  await page.click("#make");
  await page.waitForFunction(() =>
    /^\d+ of 480 frames, \d+ s left$/.test(document.querySelector("#detail").textContent),
  );
  assert.ok(
    await page.locator("#cancel").evaluate((button) => button === document.activeElement),
    "Cancel has not the focus",
  );
  const took = await page.evaluate(async () => {
    const from = performance.now();
    document.querySelector("#cancel").click();
    while (document.querySelector("#make").hidden) await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now() - from;
  });
  assert.ok(took < 500, `it took ${Math.round(took)} ms to stop`);
  assert.ok(await page.locator("#cancelled").isVisible());
  assert.equal(await page.locator("video").count(), 0);
  assert.equal(await page.locator(".tile").count(), 480, "the images are still there");

  await page.getByRole("button", { name: "Remove all" }).click();
  await page.setInputFiles("#files", pictures("png"));
  await page.click("#make");
  await page.waitForSelector("video");
  assert.equal((await videoFacts(page)).duration, 1);
  assert.ok(await page.locator("#cancelled").isHidden());
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the images may change while a video is made: it is of the images at the press of the button", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  for (let round = 0; round < 4; round += 1) await page.setInputFiles("#files", pictures("png"));
  await page.click("#make");
  await page.getByRole("button", { name: "Remove all" }).click();
  await page.waitForSelector("video");
  assert.equal((await videoFacts(page)).duration, 4);
  assert.equal(await page.locator(".tile").count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
});
