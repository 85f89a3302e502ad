// mediabunny encodes "avc" through framereel where the browser has no VideoEncoder: every container, both kinds of sources, in
// Chromium and in Firefox, with framereel from another origin. ffprobe and ffmpeg judge.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { inRoot } from "../../scripts/lib/project.mjs";
import { serve } from "../../scripts/serve.mjs";
import { launch } from "../support/chromium.mjs";
import { freshFolder, prepareWorkspace, workspace } from "./support/workspace.mjs";

const FIREFOX = "/usr/bin/firefox-esr";
const [WIDTH, HEIGHT, FRAMES, FPS] = [320, 192, 75, 25];
const shadeOf = (index) => 20 + ((index * 67) % 216);
const FORMATS = ["mp4", "fragmented", "mkv", "mov"];

/** Without a VideoEncoder from the start, as a browser that never had one. */
const pageFor = (
  elsewhere,
) => `<!doctype html><meta charset="utf-8"><title>mediabunny</title><link rel="icon" href="data:,">
<script>delete globalThis.VideoEncoder;</script>
<script type="importmap">{ "imports": {
  "framereel/mediabunny": "${elsewhere}mediabunny.js",
  "mediabunny": "./mediabunny/mediabunny.mjs"
} }</script>`;

let folder;
let server;
let elsewhere;

before(async () => {
  await prepareWorkspace();
  folder = freshFolder("mediabunny");
  elsewhere = await serve({
    root: join(workspace, "node_modules", "framereel", "dist"),
    port: 0,
    headers: { "Access-Control-Allow-Origin": "*" },
  });
  mkdirSync(join(folder, "mediabunny"));
  copyFileSync(
    inRoot("node_modules/mediabunny/dist/bundles/mediabunny.mjs"),
    join(folder, "mediabunny", "mediabunny.mjs"),
  );
  copyFileSync(join(import.meta.dirname, "support", "mediabunny-page.mjs"), join(folder, "page.mjs"));
  writeFileSync(join(folder, "index.html"), pageFor(elsewhere.url));
  server = await serve({ root: folder, port: 0 });
});

after(async () => {
  await server?.close();
  await elsewhere?.close();
});

const BROWSERS = [
  {
    name: "Chromium",
    async open() {
      const browser = await launch();
      const page = await browser.newPage();
      return { page, close: () => browser.close() };
    },
  },
  {
    name: "Firefox",
    async open() {
      const browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX, headless: true });
      const page = await browser.newPage();
      return { page, close: () => browser.close() };
    },
  },
];

for (const { name, open } of BROWSERS) {
  test(`${name} without VideoEncoder: mediabunny can encode "avc", and writes every container from canvases and samples`, async (t) => {
    const { page, close } = await open();
    t.after(close);
    await page.goto(server.url);
    assert.equal(await page.evaluate(() => typeof VideoEncoder), "undefined");
    const can = await page.evaluate(async () => (await import("./page.mjs")).canEncode());
    assert.deepEqual(can, { before: false, after: true, others: false });
    for (const format of FORMATS) {
      for (const source of ["canvas", "samples"]) {
        const base64 = await page.evaluate(
          async (args) => (await import("./page.mjs")).makeFile(...args),
          [format, source],
        );
        const path = join(folder, `${name}-${source}.${format === "fragmented" ? "f.mp4" : format}`);
        writeFileSync(path, Buffer.from(base64, "base64"));
        judge(path, `${name}, ${format}, ${source}`);
      }
    }
  });
}

/** The file holds each frame, in order, at its time, and decodes without a word. */
function judge(path, name) {
  const entries = ["-show_entries", "stream=codec_name,width,height,color_space,color_range:packet=pts_time,flags"];
  const probe = execFileSync("ffprobe", ["-v", "error", "-select_streams", "v:0", ...entries, "-of", "json", path]);
  const { packets, streams } = JSON.parse(probe);
  const [{ codec_name, width, height, color_space, color_range }] = streams;
  assert.deepEqual([codec_name, width, height, color_space, color_range], ["h264", WIDTH, HEIGHT, "bt709", "tv"], name);
  assert.equal(packets.length, FRAMES, name);
  for (const [index, { pts_time, flags }] of packets.entries()) {
    // Matroska counts milliseconds.
    assert.ok(Math.abs(Number(pts_time) - index / FPS) <= 0.001, `${name}: frame ${index} at ${pts_time}`);
    if (index % FPS === 0) assert.ok(flags.startsWith("K"), `${name}: frame ${index} is to be a keyframe`);
  }
  const decode = [
    "-v",
    "error",
    "-xerror",
    "-i",
    path,
    "-fps_mode",
    "passthrough",
    "-f",
    "rawvideo",
    "-pix_fmt",
    "yuv420p",
    "-",
  ];
  const raw = execFileSync("ffmpeg", decode, { maxBuffer: 2 ** 28 });
  const size = (WIDTH * HEIGHT * 3) / 2;
  assert.equal(raw.length, FRAMES * size, name);
  for (let index = 0; index < FRAMES; index++) {
    const middle = raw[index * size + (HEIGHT / 2) * WIDTH + WIDTH / 2];
    const expected = 16 + (shadeOf(index) * 219) / 255;
    assert.ok(Math.abs(middle - expected) < 6, `${name}: frame ${index} is ${middle}, not ${expected}`);
  }
}
