// Images come in by the dialogs, by drop, by paste and out of archives, and stand in the order that was asked for.
import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openPage } from "../support/chromium.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { writeZip } from "./support/archive.mjs";
import { withDateTaken } from "./support/exif-date.mjs";
import { pageHarness } from "./support/harness.mjs";
import { pictures } from "./support/pictures.mjs";
import { make, names, numbers, pick, waitForImages } from "./support/strip.mjs";
import { videoFacts } from "./support/video.mjs";

const here = pageHarness();
const folder = temporaryFolder("take-in");

/** A folder "shots" with pictures in two levels, a text and what systems leave behind. */
function folderOfShots() {
  const shots = join(folder, "shots");
  mkdirSync(join(shots, "b"), { recursive: true });
  mkdirSync(join(shots, ".thumbnails"), { recursive: true });
  const files = pictures("png");
  copyFileSync(files[9], join(shots, "frame10.png"));
  copyFileSync(files[1], join(shots, "frame2.png"));
  copyFileSync(files[0], join(shots, "b", "frame1.png"));
  copyFileSync(files[0], join(shots, ".thumbnails", "frame1.png"));
  for (const hidden of [".DS_Store", "Thumbs.db", "._frame2.png"]) writeFileSync(join(shots, hidden), "hidden");
  writeFileSync(join(shots, "notes.txt"), "about the frames");
  return shots;
}

const paths = (page) => page.locator(".tile-name").evaluateAll((all) => all.map((name) => name.title));
const skipped = (page) => page.locator("#skipped-list li").allTextContents();

test("thumbnails stand in natural order, whatever the order and number of picks", async () => {
  const { page, context, complaints } = await here.open();
  const files = pictures("png");
  await page.setInputFiles("#files", [files[9], files[0], files[10]]);
  await pick(page, [files[1], files[23], files[2]], 6);
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

test("an image that comes in before the others leaves the tiles as they are until its own shape is known", async () => {
  const { page, context } = await here.open();
  const files = pictures("png");
  await pick(page, [files[1]]);
  await page.waitForFunction(() => document.querySelector(".tile canvas").width === 320);
  await page.evaluate(() => {
    const face = document.querySelector(".tile-face");
    globalThis.heights = new Set([face.style.height]);
    new MutationObserver(() => globalThis.heights.add(face.style.height)).observe(face, { attributeFilter: ["style"] });
  });
  await pick(page, [files[0]], 2);
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".tile canvas")].every((canvas) => canvas.width === 320),
  );
  assert.deepEqual(await names(page), numbers(1, 2));
  assert.equal(await page.evaluate(() => globalThis.heights.size), 1, "the tiles' height changed in between");
  await context.close();
});

test("before the encoder has loaded images come in, are seen and previewed; then the video is made", async () => {
  const { page, context } = await openPage(here.browser, "about:blank");
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  await context.route("**/framereel.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(here.site.url);
  await pick(page, pictures("png"));
  await page.waitForFunction(() => document.querySelector(".tile canvas").width === 320);
  await page.waitForFunction(() => document.querySelector("#preview-canvas").dataset.sharp !== undefined);
  await page.click("#make");
  await page.locator("#cancel").waitFor();
  assert.equal(await page.locator("video").count(), 0);
  release();
  await page.locator("#player video").waitFor();
  await context.close();
});

test("a folder comes in by its button and by a drop, with its paths, without hidden files; a text is listed", async () => {
  const { page, context, complaints } = await here.open();
  const shots = folderOfShots();
  const expected = ["shots/frame2.png", "shots/frame10.png", "shots/b/frame1.png"];
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("#choose-folder")]);
  await chooser.setFiles(shots);
  await waitForImages(page, 3);
  assert.deepEqual(await paths(page), expected);
  assert.equal(await page.locator("#skipped-summary").textContent(), "1 file was skipped: no image");
  assert.deepEqual(await skipped(page), ["shots/notes.txt"]);
  await page.getByRole("button", { name: "Remove all" }).click();

  const client = await context.newCDPSession(page);
  const data = { items: [], files: [shots, pictures("png")[4]], dragOperationsMask: 1 };
  const drag = (type) => client.send("Input.dispatchDragEvent", { type, x: 900, y: 600, data });
  await drag("dragEnter");
  await drag("dragOver");
  await page.locator(".drop.is-over").waitFor();
  await drag("drop");
  await waitForImages(page, 4);
  assert.deepEqual(await paths(page), ["frame5.png", ...expected]);
  assert.equal(await page.locator(".drop.is-over").count(), 0);
  assert.deepEqual(await skipped(page), ["shots/notes.txt"]);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("pictures pasted from the clipboard come in, with names of their own", async () => {
  const { page, context, complaints } = await here.open({
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const copy = async (file) => {
    const base64 = readFileSync(file).toString("base64");
    await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const picture = new Blob([bytes], { type: "image/png" });
      await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })]);
    }, base64);
  };
  await copy(pictures("png")[0]);
  await page.keyboard.press("ControlOrMeta+v");
  await waitForImages(page, 1);
  await copy(pictures("png")[1]);
  await page.keyboard.press("ControlOrMeta+v");
  await waitForImages(page, 2);
  assert.deepEqual(await names(page), ["pasted-1.png", "pasted-2.png"]);
  await page.evaluate(() => navigator.clipboard.writeText("24"));
  await page.getByLabel("Frames per second").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
  assert.equal(await page.getByLabel("Frames per second").inputValue(), "24", "a text is pasted where it belongs");
  await make(page);
  assert.ok(Math.abs((await videoFacts(page)).duration - 2 / 24) < 1e-6);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("a zip's images come out, deflated or stored; what else is in it is listed; a damaged zip is named", async () => {
  const { page, context, complaints } = await here.open();
  const files = pictures("png");
  const zip = writeZip(join(folder, "walk.zip"), [
    ["part/frame10.png", `@${files[9]}`],
    ["part/frame9.png", `@${files[8]}`],
    ["__MACOSX/part/._frame9.png", "hidden"],
    ["readme.txt", "text"],
  ]);
  const stored = writeZip(join(folder, "more.zip"), [["frame1.png", `@${files[0]}`]], "ZIP_STORED");
  const lzma = writeZip(join(folder, "odd.zip"), [["frame2.png", `@${files[1]}`]], "ZIP_LZMA");
  const cut = join(folder, "cut.zip");
  writeFileSync(cut, readFileSync(zip).subarray(0, 3000));
  const text = join(folder, "text.zip");
  writeFileSync(text, "This is a text, whatever its name says.");
  await pick(page, [zip, stored, lzma, cut, text], 3);
  assert.deepEqual(await paths(page), ["more/frame1.png", "walk/part/frame9.png", "walk/part/frame10.png"]);
  assert.deepEqual(await skipped(page), ["readme.txt", "frame2.png"]);
  const line = await page.locator("#intake-line").textContent();
  assert.match(line, /cut\.zip could not be unpacked.*text\.zip could not be unpacked/);
  await make(page);
  assert.equal((await videoFacts(page)).duration, 0.125);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("an ugoira, frames and their delays in a zip, keeps its timing", async () => {
  const { page, context, complaints } = await here.open();
  const frames = pictures("jpg").slice(0, 3);
  const delays = [100, 250, 1400].map((delay, index) => ({ file: `00000${index}.jpg`, delay }));
  const zip = writeZip(join(folder, "ugoira.zip"), [
    ...frames.map((path, index) => [`00000${index}.jpg`, `@${path}`]),
    ["animation.json", JSON.stringify({ ugokuIllustData: { mime_type: "image/jpeg", frames: delays } })],
  ]);
  await pick(page, [zip], 3);
  assert.deepEqual(await page.locator(".tile-seconds-mark").allTextContents(), ["0.1 s", "0.25 s", "1.4 s"]);
  assert.ok(await page.locator("#skipped").isHidden());
  await make(page);
  assert.equal((await videoFacts(page)).duration, 1.75);
  assert.deepEqual(complaints, []);
  await context.close();
});

test("the order is by name, by date taken or by file date, either way round, and new images fall into it", async () => {
  const { page, context, complaints } = await here.open();
  // By name 1 2 3 4, by date taken 3 1 2 4 (4 has none but its file's date, which is today's), by file date 2 3 1 4.
  const taken = [null, "2021:05:02 10:00:00", "2021:05:02 10:00:01", "2019:01:01 00:00:00"];
  const written = [null, 3, 1, 2];
  const files = [1, 2, 3, 4].map((number) => {
    const path = join(folder, `frame${number}.jpg`);
    const jpeg = readFileSync(pictures("jpg")[number - 1]);
    writeFileSync(path, taken[number] === undefined ? jpeg : withDateTaken(jpeg, taken[number]));
    if (written[number] !== undefined) utimesSync(path, 1e9 + written[number], 1e9 + written[number]);
    return path;
  });
  const order = (...list) => list.map((number) => `frame${number}.jpg`);
  await pick(page, files.slice(1));
  await page.locator("#order").selectOption("taken");
  await page.waitForFunction(() => document.querySelector(".tile-name").textContent === "frame3.jpg");
  assert.deepEqual(await names(page), order(3, 2, 4));
  await pick(page, files.slice(0, 1), 4);
  assert.deepEqual(await names(page), order(3, 1, 2, 4));
  await page.getByRole("button", { name: "Reverse" }).click();
  assert.deepEqual(await names(page), order(4, 2, 1, 3));
  await page.locator("#order").selectOption("date");
  assert.deepEqual(await names(page), order(2, 3, 1, 4));
  await page.locator("#order").selectOption("name");
  assert.deepEqual(await names(page), order(1, 2, 3, 4));
  assert.deepEqual(complaints, []);
  await context.close();
});
