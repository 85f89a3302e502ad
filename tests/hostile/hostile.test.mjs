// Hostile files: each ends in an error that names it, or in a picture where it may, and the next encode is right. What a page
// holds meanwhile and how long it takes is bounded.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { withPeakMemory } from "../../bench/lib/renderer-memory.mjs";
import { harness } from "../browser/support/harness.mjs";
import { launch } from "../support/chromium.mjs";
import { hostileFiles } from "./files.mjs";

const browser = harness();

/**
 * Seconds that one file may take, many times what any does: a decoder that does not end would take for ever. And bytes of the page,
 * which `limits.maxPixels` allows: its 134 million pixels of four bytes are there three times where Chromium decodes what we call
 * broken, in a bitmap, an array and the module, and garbage of the file before waits for the collector.
 */
const MOST_SECONDS = 60;
const MOST_BYTES = 2.5e9;

let files;
let server;
let address;
before(async () => {
  files = new Map(hostileFiles().map((file) => [file.name, file]));
  server = createServer((request, response) => {
    const { bytes } = files.get(decodeURIComponent(request.url.slice(1)));
    response.writeHead(200, { "access-control-allow-origin": "*" }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${server.address().port}/`;
});
after(() => server?.close());

test("there are files of every kind", () => {
  assert.ok(files.size > 150, `${files.size}`);
});

test("every hostile file ends as it may, named, and the next encode is right", { timeout: 900_000 }, async (t) => {
  const chromium = await launch();
  t.after(() => chromium.close());
  const page = await chromium.newPage();
  await page.goto(browser.server.url);
  await page.evaluate(async (url) => {
    await import("/support/in-page.mjs");
    const sound = await kit.file("card/rgb.png");
    const encode = async (images) =>
      kit.digest(await new kit.ImageSequenceClip(images, { fps: 2 }).toBlob({ workers: 1 }));
    const right = await encode([sound, sound]);
    /** How a file ends between two sound ones, and how an encode after it does. */
    globalThis.endOf = async (name) => {
      const response = await fetch(url + encodeURIComponent(name));
      const bad = new File([await response.blob()], name);
      const failure = await kit.failureOf(() => encode([sound, bad, sound]));
      return { failure, isNextRight: (await encode([sound, sound])) === right };
    };
  }, address);
  const wrong = [];
  const { peak } = await withPeakMemory(chromium, async () => {
    for (const { name, ends } of files.values()) {
      const begin = performance.now();
      const { failure, isNextRight } = await page.evaluate((name) => endOf(name), name);
      const seconds = (performance.now() - begin) / 1000;
      const end = failure?.code ?? "picture";
      if (!ends.includes(end)) wrong.push(`${name}: ${end}, ${failure?.message ?? ""}`);
      if (failure && (failure.imageName !== name || failure.imageIndex !== 1))
        wrong.push(`${name}: blames ${failure.imageName}`);
      if (!isNextRight) wrong.push(`${name}: the next encode is another`);
      if (seconds > MOST_SECONDS) wrong.push(`${name}: took ${seconds.toFixed(0)} s`);
    }
  });
  t.diagnostic(`${files.size} files, ${(peak / 1e6).toFixed(0)} MB at most`);
  assert.deepEqual(wrong, []);
  assert.ok(peak < MOST_BYTES, `${(peak / 1e6).toFixed(0)} MB`);
});

test("all frames of 100,000 are planned, and an abort among them leaves at once", { timeout: 300_000 }, async (t) => {
  const page = await browser.open(t);
  const { total, reason } = await page.evaluate(async (url) => {
    const file = new File([await (await fetch(`${url}100000-frames.gif`)).blob()], "100000-frames.gif");
    const controller = new AbortController();
    let total;
    const onProgress = (progress) => {
      if (progress.done === 0) return;
      total = progress.total;
      controller.abort("enough");
    };
    const clip = new kit.ImageSequenceClip([file], { fps: 24, animated: "expand" });
    const reason = await clip.toBlob({ signal: controller.signal, onProgress }).then(() => "done", String);
    return { total, reason };
  }, address);
  assert.deepEqual({ total, reason }, { total: 100_000, reason: "enough" });
});

test("animations that promise more than they hold end as they may", { timeout: 300_000 }, async (t) => {
  const page = await browser.open(t);
  const ends = await page.evaluate(async (url) => {
    const ends = [];
    for (const name of ["20000-frames.webp", "frames-4-billion.png", "frame-outside.png", "directory-loop.tif"]) {
      const file = new File([await (await fetch(url + name)).blob()], name);
      const clip = new kit.ImageSequenceClip([file], { fps: 24, animated: "expand" });
      const failure = await kit.failureOf(() => clip.toBlob());
      ends.push({ name, code: failure?.code ?? "picture", blamed: failure?.imageName ?? name });
    }
    return ends;
  }, address);
  for (const { name, code, blamed } of ends) {
    assert.match(code, /^(corrupt-image|limit|unsupported-image|picture)$/, name);
    assert.equal(blamed, name);
  }
});
