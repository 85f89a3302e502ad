// Images come in by the file dialog, by drop and by paste, and stand in natural order; a thousand are no burden.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { launch, openPage, servedPage } from "./support/browser.mjs";
import { ffmpeg, pictures } from "./support/pictures.mjs";

let site;
let browser;
before(async () => {
  [site, browser] = await Promise.all([servedPage(), launch()]);
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

const names = (page) => page.locator(".tile-name").allTextContents();
const numbers = (...list) => list.map((number) => `frame${number}.png`);

test("thumbnails stand in natural order, whatever the order and number of picks", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const files = pictures("png");
  await page.setInputFiles("#files", [files[9], files[0], files[10]]);
  await page.setInputFiles("#files", [files[1], files[23], files[2]]);
  assert.deepEqual(await names(page), numbers(1, 2, 3, 10, 11, 24));
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".tile canvas")].every((canvas) => canvas.width === 320),
  );
  const shape = await page
    .locator(".tile-face")
    .first()
    .evaluate((tile) => tile.clientWidth / tile.clientHeight);
  assert.ok(Math.abs(shape - 16 / 9) < 0.03, `tiles are not of the images' shape: ${shape}`);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("files and whole folders are dropped anywhere on the page", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const folder = inRoot("tests", ".work", "page", "dropped");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "more"), { recursive: true });
  const [one, two, three] = pictures("png");
  copyFileSync(two, join(folder, "frame2.png"));
  copyFileSync(three, join(folder, "more", "frame3.png"));
  writeFileSync(join(folder, "notes.txt"), "about the frames");

  const client = await context.newCDPSession(page);
  const data = { items: [], files: [folder, one], dragOperationsMask: 1 };
  const drag = (type) => client.send("Input.dispatchDragEvent", { type, x: 900, y: 700, data });
  await drag("dragEnter");
  await drag("dragOver");
  await page.locator(".drop.is-over").waitFor();
  await drag("drop");
  await page.waitForFunction(() => document.querySelectorAll(".tile").length === 3);
  assert.deepEqual(await names(page), numbers(1, 2, 3));
  assert.equal(await page.locator(".drop.is-over").count(), 0);
  assert.ok(await page.locator("#left-out").isHidden(), "a text in the folder is not worth a line");
  assert.deepEqual(complaints, []);
  await context.close();
});

test("pasted pictures get names of their own", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const bytes = readFileSync(pictures("png")[0]).toString("base64");
  await page.evaluate((base64) => {
    const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    for (let round = 0; round < 2; round += 1) {
      const transfer = new DataTransfer();
      transfer.items.add(new File([data], "image.png", { type: "image/png" }));
      document.body.dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
      );
    }
  }, bytes);
  assert.deepEqual(await names(page), ["pasted-1.png", "pasted-2.png"]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("of a thousand large photos only those near the screen are decoded and kept", async () => {
  const { page, context, complaints } = await openPage(browser, site.url);
  const photo = inRoot("tests", ".work", "page", "large.jpg");
  ffmpeg(["-f", "lavfi", "-i", "mandelbrot=size=4000x3000", "-frames:v", "1", "-qscale:v", "4", photo]);
  const base64 = readFileSync(photo).toString("base64");
  const added = await page.evaluate((base64) => {
    const data = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const transfer = new DataTransfer();
    for (let at = 1; at <= 1000; at += 1)
      transfer.items.add(new File([data], `photo${at}.jpg`, { type: "image/jpeg" }));
    const input = document.querySelector("#files");
    input.files = transfer.files;
    const from = performance.now();
    input.dispatchEvent(new Event("change"));
    return performance.now() - from;
  }, base64);
  assert.ok(added < 2000, `adding them held the page up for ${Math.round(added)} ms`);
  const drawn = () =>
    page.evaluate(() => [...document.querySelectorAll(".tile canvas")].filter((canvas) => canvas.width > 0).length);
  const shown = (name) => page.getByRole("button", { name, exact: true }).locator("canvas[width='320']");
  await shown("photo1.jpg").waitFor();
  await page.getByRole("button", { name: "photo1000.jpg", exact: true }).scrollIntoViewIfNeeded();
  await shown("photo1000.jpg").waitFor({ timeout: 30_000 });
  assert.equal(await shown("photo1.jpg").count(), 0, "a thumbnail far from the screen is still there");
  assert.ok((await drawn()) <= 120, `${await drawn()} thumbnails are kept`);
  assert.deepEqual(complaints, []);
  await context.close();
});
