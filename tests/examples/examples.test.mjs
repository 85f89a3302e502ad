// The examples and the README's quick start do what they say, with the packed package.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { installIPython, ipythonFolder } from "../../scripts/lib/ipython.mjs";
import { inRoot } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";
import { runTool } from "../bundlers/support/tools.mjs";
import { installOwnCopy, startVite } from "../bundlers/support/ways.mjs";
import { freshFolder, prepareWorkspace, workspace } from "../bundlers/support/workspace.mjs";
import { brokenPicture, COLOURS, HEIGHT, pictures, WIDTH } from "../page/support/pictures.mjs";
import { assertColour, coloursAt, playToEnd, videoFacts } from "../page/support/video.mjs";
import { sound, soundPath } from "../sound/support/sounds.mjs";
import { launch, openPage } from "../support/chromium.mjs";

let browser;
let folder;
let served;

before(async () => {
  installIPython();
  await prepareWorkspace();
  folder = freshFolder("examples");
  cpSync(inRoot("examples"), folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
  installOwnCopy(folder);
  cpSync(join(workspace, "node_modules", "three", "build"), join(folder, "node_modules", "three", "build"), {
    recursive: true,
  });
  served = await serve({ root: folder, port: 0 });
  browser = await launch({ exactColours: true });
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

/** Opens a page that imports from the content delivery network, which gives the packed package's files here, as it would once it is published. */
async function openFromNetwork(url) {
  const context = await browser.newContext();
  await context.route("https://cdn.jsdelivr.net/**", (route) => {
    const { version } = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));
    const [, asked, file] = /npm\/framereel@([^/]+)\/(.+)$/.exec(route.request().url());
    assert.equal(asked, version, "the example is of another version");
    const body = readFileSync(join(folder, "node_modules", "framereel", file));
    return route.fulfill({ body, contentType: "text/javascript", headers: { "access-control-allow-origin": "*" } });
  });
  const page = await context.newPage();
  await page.goto(url);
  return { page, context };
}

/** The bytes of the video that the page shows. */
async function shownFile(page) {
  const bytes = await page.locator("video").evaluate(async (video) => {
    const buffer = await (await fetch(video.src)).arrayBuffer();
    return [...new Uint8Array(buffer)];
  });
  return Buffer.from(bytes);
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

test("every example is in the gallery, is shorter than 40 lines, and its source can be read there", async (t) => {
  const page = await open(t, `${served.url}`);
  const sources = await page.locator("article").evaluateAll((all) => all.map(({ dataset }) => dataset.source));
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(
    sources.map((source) => source.split("/")[0]).sort(),
    folders
      .map(({ name }) => name)
      .filter((name) => !["node_modules", "readme", ".ipython"].includes(name))
      .sort(),
  );
  for (const source of sources) {
    const text = readFileSync(join(folder, source), "utf8");
    assert.ok(text.split("\n").length <= 40, `${source} has ${text.split("\n").length - 1} lines`);
    const article = page.locator(`[data-source="${source}"]`);
    await article.locator("summary").click();
    await page.waitForFunction((source) => {
      return document.querySelector(`[data-source="${source}"] pre`).textContent.length > 100;
    }, source);
    assert.equal(await article.locator("pre").textContent(), text);
  }
  for (const link of await page.locator("h2 a").evaluateAll((all) => all.map(({ href }) => href))) {
    assert.equal((await fetch(link)).status, 200, link);
  }
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(
    violations.map(({ id }) => id),
    [],
  );
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
  await page.locator("video[src]").waitFor();
  const { videoWidth, videoHeight, duration } = await videoFacts(page);
  assert.deepEqual([videoWidth, videoHeight, duration], [640, 360, 2]);
  assert.deepEqual(probe("canvas.mp4", await shownFile(page)), { width: 640, height: 360, frames: 60, seconds: 2 });

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

test("music: the slide show is as long as its music, and has it", async (t) => {
  sound("example.mp3", ["-c:a", "libmp3lame", "-b:a", "128k"]);
  const page = await open(t, `${served.url}music/`);
  await page.locator("#files").setInputFiles(pictures("jpg").slice(0, 4));
  await page.locator("#sound").setInputFiles(soundPath("example.mp3"));
  await page.locator("#make").click();
  await page.locator("#message", { hasText: /^4 images, 4\.4\d s$/ }).waitFor();
  const file = join(folder, "music.mp4");
  writeFileSync(file, await shownFile(page));
  const args = ["-v", "error", "-show_entries", "stream=codec_name:format_tags=title", "-of", "json", file];
  const { streams, format } = JSON.parse(execFileSync("ffprobe", args, { encoding: "utf8" }));
  assert.deepEqual(
    streams.map(({ codec_name: codec }) => codec),
    ["h264", "mp3"],
  );
  assert.equal(format.tags.title, "example.mp3");
});

test("three.js: every rendered frame is in the video, the first and the last as they were drawn", async (t) => {
  const page = await open(t, `${served.url}three/`);
  await page.locator("#record").click();
  await page.locator("video[src]").waitFor();
  const { videoWidth, videoHeight, duration } = await videoFacts(page);
  assert.deepEqual([videoWidth, videoHeight, duration], [640, 360, 2]);
  assert.equal(probe("three.mp4", await shownFile(page)).frames, 60);
  const [first, middle] = await coloursAt(page, [1 / 60, 0.5]);
  assert.ok(first[0] > first[2] + 60, `the orange box is not in the picture: ${first}`);
  assert.ok(Math.abs(first[0] - middle[0]) > 2, "the box does not turn");
});

test("one HTML file from a content delivery network shows a video, opened from a disk", async (t) => {
  const { page, context } = await openFromNetwork(pathToFileURL(join(folder, "cdn", "index.html")).href);
  t.after(() => context.close());
  await page.locator("#files").setInputFiles(pictures("jpg").slice(0, 6));
  await page.locator("video").waitFor();
  const { duration, cssWidth } = await videoFacts(page);
  assert.deepEqual([duration, cssWidth], [0.25, 360]);
  assert.equal(await page.locator("#message").textContent(), "6 images, 0.25 s");
});

test("Jupyter: what the cell shows is the clip, 360 pixels wide; a broken image is named", async (t) => {
  const cell = (...files) => {
    const script = `
import sys
from IPython.core.interactiveshell import InteractiveShell
source, *files = sys.argv[1:]
shell = InteractiveShell.instance()
outcome = shell.run_cell(open(source).read() + f"\\nshow_clip({files!r}, fps=12, width=360)")
outcome.raise_error()
print(shell.display_formatter.format(outcome.result)[0]["text/html"])
`;
    const args = ["-c", script, join(folder, "jupyter", "show_clip.py"), ...files];
    const env = { ...process.env, PYTHONPATH: ipythonFolder, IPYTHONDIR: join(folder, ".ipython") };
    return execFileSync("python3", args, { encoding: "utf8", maxBuffer: 1e8, env });
  };
  const notebook = join(folder, "jupyter", "notebook.html");
  writeFileSync(notebook, `<link rel="icon" href="data:,">${cell(...pictures("png").slice(0, 6))}`);
  const { page, context } = await openFromNetwork(`${served.url}jupyter/notebook.html`);
  t.after(() => context.close());
  await page.locator("video").waitFor();
  const { duration, cssWidth } = await videoFacts(page);
  assert.deepEqual([duration, cssWidth], [0.5, 360]);
  const shown = await coloursAt(page, [0.04, 0.46]);
  assertColour(shown[0], COLOURS[0], 3, "the first image");
  assertColour(shown[1], COLOURS[5], 3, "the last image");

  writeFileSync(notebook, `<link rel="icon" href="data:,">${cell(pictures("png")[0], brokenPicture())}`);
  await page.reload();
  await page.getByText(`Image 2 (${basename(brokenPicture())}): `).waitFor();
});

test("mediabunny: without VideoEncoder framereel encodes, else the browser", async (t) => {
  for (const [by, prepare] of [
    ["framereel", () => delete globalThis.VideoEncoder],
    ["the browser", () => {}],
  ]) {
    const page = await open(t, `${served.url}mediabunny/`);
    await page.evaluate(prepare);
    await page.locator("#record").click();
    await page.locator("#message", { hasText: `Encoded by ${by}.` }).waitFor();
    const { videoWidth, videoHeight, duration } = await videoFacts(page);
    assert.deepEqual([videoWidth, videoHeight, duration], [640, 360, 2]);
    assert.equal(await playToEnd(page), 2);
  }
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
