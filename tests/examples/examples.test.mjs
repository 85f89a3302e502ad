// The examples and the README's quick start do what they say, with the packed package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";
import { runTool } from "../bundlers/support/tools.mjs";
import { installOwnCopy, startVite } from "../bundlers/support/ways.mjs";
import { freshFolder, prepareWorkspace } from "../bundlers/support/workspace.mjs";
import { launch, openPage } from "../page/support/browser.mjs";
import { brokenPicture, HEIGHT, pictures, WIDTH } from "../page/support/pictures.mjs";
import { playToEnd, videoFacts } from "../page/support/video.mjs";

let browser;
let folder;
let served;

before(async () => {
  await prepareWorkspace();
  folder = freshFolder("examples");
  cpSync(inRoot("examples", "package.json"), join(folder, "package.json"));
  for (const name of ["plain", "canvas", "save", "vite-react", "webpack"]) {
    freshFolder(join("examples", name), inRoot("examples", name));
  }
  installOwnCopy(folder);
  served = await serve({ root: folder, port: 0 });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await served?.close();
});

/** Opens a page; the test fails at its end if the browser complained about anything. */
async function open(t, url) {
  const { page, context, complaints } = await openPage(browser, url);
  t.after(async () => {
    await context.close();
    const { origin } = new URL(url);
    // The package lies beside the example's own folder.
    assert.deepEqual(
      complaints.filter((complaint) => !complaint.startsWith(`left: ${origin}/`)),
      [],
    );
  });
  return page;
}

/** What ffprobe says of an MP4. */
function probe(name, bytes) {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  const args = ["-v", "error", "-count_frames", "-show_entries", "stream=width,height,nb_read_frames:format=duration"];
  const { streams, format } = JSON.parse(execFileSync("ffprobe", [...args, "-of", "json", file], { encoding: "utf8" }));
  const [{ width, height, nb_read_frames: frames }] = streams;
  return { width, height, frames: Number(frames), seconds: Number(format.duration) };
}

test("the examples use the versions that the bundler tests use", () => {
  const read = (path) => JSON.parse(readFileSync(inRoot(path), "utf8"));
  const { dependencies, devDependencies } = read("examples/package.json");
  const tested = read("tests/bundlers/package.json").devDependencies;
  const { framereel, ...others } = { ...dependencies, ...devDependencies };
  assert.equal(framereel, "file:..");
  for (const [name, version] of Object.entries(others)) assert.equal(version, tested[name], name);
});

test("README: the quick start shows a video", async (t) => {
  const [, html] = /```html\n([\s\S]*?)```/.exec(readFileSync(inRoot("README.md"), "utf8"));
  const map = '<script type="importmap">{"imports":{"framereel":"../node_modules/framereel/dist/index.js"}}</script>';
  mkdirSync(join(folder, "readme"), { recursive: true });
  writeFileSync(join(folder, "readme", "index.html"), `<link rel="icon" href="data:,">${map}${html}`);
  const page = await open(t, `${served.url}readme/`);
  const printed = page.waitForEvent("console", (message) => /images/.test(message.text()));
  await page.locator("input").setInputFiles(pictures("png").slice(0, 6));
  assert.match((await printed).text(), /^6 images, 0\.25 s, \d+ bytes$/);
  const { videoWidth, videoHeight, duration, cssWidth } = await videoFacts(page);
  assert.deepEqual([videoWidth, videoHeight, duration, cssWidth], [WIDTH, HEIGHT, 0.25, 360]);
});

test("plain: shows a video at the given rate, and names the image that is broken", async (t) => {
  const page = await open(t, `${served.url}plain/`);
  await page.locator("#fps").fill("12");
  await page.locator("#files").setInputFiles(pictures("jpg").slice(0, 6));
  await page.locator("video").waitFor();
  assert.equal((await videoFacts(page)).duration, 0.5);
  assert.equal(await playToEnd(page), 0.5);
  assert.equal(await page.locator("#progress").evaluate((bar) => bar.value), 1);
  assert.equal(await page.locator("#message").textContent(), "6 images, 0.5 s");

  await page.locator("#files").setInputFiles([...pictures("png").slice(0, 2), brokenPicture()]);
  await page.locator("#message", { hasText: `(${basename(brokenPicture())}): ` }).waitFor();
});

test("canvas: every frame drawn is in the video, and cancel stops it", async (t) => {
  const page = await open(t, `${served.url}canvas/`);
  await page.locator("#record").click();
  await page.locator("video").waitFor();
  const { videoWidth, videoHeight, duration } = await videoFacts(page);
  assert.deepEqual([videoWidth, videoHeight, duration], [640, 360, 2]);
  const bytes = await page.locator("video").evaluate(async (video) => {
    const buffer = await (await fetch(video.src)).arrayBuffer();
    return [...new Uint8Array(buffer)];
  });
  assert.deepEqual(probe("canvas.mp4", Buffer.from(bytes)), { width: 640, height: 360, frames: 60, seconds: 2 });

  await page.evaluate(() => {
    const [record, cancel, message] = ["record", "cancel", "message"].map((id) => document.getElementById(id));
    // From inside the page: a click from outside may come when the last frame is done.
    const atFirstFrame = new MutationObserver(() => {
      atFirstFrame.disconnect();
      cancel.click();
    });
    atFirstFrame.observe(message, { childList: true });
    record.click();
  });
  await page.locator("#message", { hasText: "Cancelled." }).waitFor();
});

for (const [name, prepare] of [
  ["the file that the dialog gives", stubDialog],
  ["private storage where there is no dialog", removeDialog],
]) {
  test(`save: writes the video into ${name}`, async (t) => {
    const page = await open(t, `${served.url}save/`);
    await page.evaluate(prepare);
    await page.locator("#files").setInputFiles(pictures("png"));
    await page.locator("#save").click();
    await page.locator("#message", { hasText: "24 frames, 1 s" }).waitFor();
    const bytes = await page.evaluate(async () => {
      const storage = await navigator.storage.getDirectory();
      const file = await (await storage.getFileHandle("video.mp4")).getFile();
      return [...new Uint8Array(await file.arrayBuffer())];
    });
    assert.deepEqual(probe("save.mp4", Buffer.from(bytes)), { width: WIDTH, height: HEIGHT, frames: 24, seconds: 1 });
  });
}

/** A dialog needs a person: this one answers at once, with a real file handle of the page's private storage. */
function stubDialog() {
  window.showSaveFilePicker = async ({ suggestedName }) => {
    const storage = await navigator.storage.getDirectory();
    return storage.getFileHandle(suggestedName, { create: true });
  };
}

function removeDialog() {
  delete window.showSaveFilePicker;
}

test("vite-react: the component shows the video of the files chosen last", async (t) => {
  const server = await startVite("vite", folder, "vite-react");
  t.after(server.stop);
  const page = await open(t, server.url);
  await page.locator("input").setInputFiles(pictures("png"));
  await page.locator("input").setInputFiles(pictures("png").slice(0, 12));
  await page.waitForFunction(() => document.querySelector("video")?.duration === 0.5);
});

test("webpack: the slide show goes there and back and keeps its limit", async (t) => {
  await runTool("webpack", ["build", "--config", "webpack/webpack.config.js"], { cwd: folder });
  const page = await open(t, `${served.url}webpack/public/`);
  await page.locator("#files").setInputFiles(pictures("jpg").slice(0, 3));
  await page.locator("a[download]").waitFor();
  const said = await page.locator("#message").textContent();
  const [, size, seconds, bytes] = /^(\d+ x \d+), (\d+) s, (\d+) bytes, avc1\.64/.exec(said);
  assert.deepEqual([size, seconds], [`${WIDTH} x ${HEIGHT}`, "8"]);
  assert.ok(Number(bytes) <= 1_000_000, said);
});
