// The page in Firefox, as a visitor uses it: images in, preview, video, the ways to keep it, and again without a network.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";
import { SINGLE_FILE } from "../../scripts/build-www.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { pictures } from "./support/pictures.mjs";
import { servedPage } from "./support/site.mjs";

const FIREFOX = "/usr/bin/firefox-esr";

let site;
let browser;
const folder = temporaryFolder("firefox");
before(async () => {
  site = await servedPage();
  browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: FIREFOX,
    extraPrefsFirefox: { "browser.download.folderList": 2, "browser.download.dir": folder },
  });
});
after(async () => {
  await browser?.close();
  await site?.stop();
});

async function pick(page, files, count) {
  const input = await page.waitForSelector("#files");
  await input.uploadFile(...files);
  await page.waitForFunction((text) => document.querySelector("#count").textContent === text, {}, `${count} images`);
}

async function make(page) {
  await page.click("#make");
  await page.waitForSelector("#player video");
  return page.$eval("#player video", async (video) => {
    if (video.readyState < HTMLMediaElement.HAVE_METADATA) {
      await new Promise((resolve, reject) => {
        video.onloadedmetadata = resolve;
        video.onerror = () => reject(new Error(video.error.message));
      });
    }
    return [video.videoWidth, video.videoHeight, video.duration];
  });
}

/** Presses a button that gives a file and waits for the file. */
async function keep(page, selector, name) {
  await page.click(selector);
  const path = join(folder, name);
  for (let turn = 0; turn < 100; turn += 1) {
    const [size] = readdirSync(folder).includes(name) ? [readFileSync(path).length] : [0];
    if (size > 0 && !readdirSync(folder).some((other) => other.endsWith(".part"))) return path;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no ${name} came; there are ${readdirSync(folder).join(", ")}`);
}

function frames(path) {
  const entries = ["-count_frames", "-show_entries", "stream=codec_name,nb_read_frames"];
  return execFileSync("ffprobe", ["-v", "error", ...entries, "-of", "csv=p=0", path], { encoding: "utf8" }).trim();
}

test("Firefox: the single-file page works from a disk by file://, with every frame of an animation", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(pathToFileURL(join(site.folder, SINGLE_FILE)).href);
  const moving = join(folder, "moving.gif");
  execFileSync("ffmpeg", [
    "-v",
    "error",
    "-f",
    "lavfi",
    "-i",
    "testsrc2=size=640x360:rate=10",
    "-frames:v",
    "5",
    moving,
  ]);
  await pick(page, [...pictures("png").slice(0, 3), moving], 4);
  await page.waitForSelector("#use-frames", { visible: true });
  await page.click("#use-frames");
  await page.waitForFunction(() => document.querySelector("#frame-counter").textContent === "Frame 1 of 8");
  const [width, height, duration] = await make(page);
  assert.deepEqual([width, height], [640, 360]);
  assert.ok(Math.abs(duration - 3 / 24 - 0.5) < 1e-3, `${duration} s`);
  assert.deepEqual(complaints, []);
  await page.close();
});

test("Firefox: from the images to the files, and again with the server stopped", async () => {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(site.url);
  await pick(page, pictures("png"), 24);
  await page.waitForFunction(() => document.querySelector(".tile canvas").width === 320);
  await page.waitForFunction(() => document.querySelector("#preview-canvas").dataset.sharp !== undefined);
  await page.waitForFunction(() => document.querySelector("#summary").textContent.includes("about"));
  await page.click("#play");
  await page.waitForFunction(() => document.querySelector("#frame-counter").textContent === "Frame 12 of 24");
  await page.click("#play");

  assert.deepEqual(await make(page), [640, 360, 1]);
  const end = await page.$eval("video", async (video) => {
    video.muted = true;
    const ended = new Promise((resolve) => video.addEventListener("ended", resolve));
    await video.play();
    await ended;
    return video.currentTime;
  });
  assert.equal(end, 1);
  await page.click("#step-back");
  assert.equal(frames(await keep(page, "#download", "frame.mp4")), "h264,24");
  assert.equal(frames(await keep(page, "#poster", "frame-23.png")), "png,1");
  assert.equal(frames(await keep(page, "#gif", "frame.gif")), "gif,24");

  await page.waitForFunction(() => !document.querySelector("#offline").hidden);
  await site.down();
  await page.reload();
  await pick(page, pictures("jpg").slice(0, 12), 12);
  assert.deepEqual(await make(page), [640, 360, 0.5]);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("service-worker.js")),
    [],
  );
});
