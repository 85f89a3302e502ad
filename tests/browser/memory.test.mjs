// Memory of the page stays flat: many times the images take no more of it. Each run has a browser of its own, and the
// renderer is looked at from outside, so that nothing that the page holds escapes: wasm, JavaScript, buffers, Blobs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { withPeakMemory } from "../../bench/lib/renderer-memory.mjs";
import { launch } from "../support/chromium.mjs";
import { startServer } from "./support/server.mjs";

const FEW = 40;
/** Frames of a SequenceEncoder may wait for their workers, up to 256 MiB of them: few are three times as many. */
const FEW_FRAMES = 960;
const TIMES = 8;
/** Encodes that are given up: by then every worker has been through one. */
const FEW_ROUNDS = 6;
/** Kept pictures of so many would be 80 MB. */
const MANY_ROUNDS = 60;
/** Bytes that these may be apart: on a busy machine more of what is given up is still under way. */
const ALLOWED_OF_ROUNDS = 48e6;

/**
 * What the difference may be, in bytes: small garbage, a few kB an image, waits for the browser's collector. Files and samples
 * are some 200 kB an image each, so that keeping either takes more than four times as much.
 */
const ALLOWED = 24e6;

let server;
before(async () => {
  server = await startServer();
});
after(() => server?.close());

/** As many bytes for a picture in the file as there were in the image, to see that they do not stay in the page. */
const LARGE_SAMPLES = { qp: 14 };
/** Chunks of a stream are its reader's, and are freed when the browser collects garbage: here they weigh next to nothing. */
const SMALL_SAMPLES = { qp: 51 };

for (const [way, options, few, many] of [
  ["toBlob", LARGE_SAMPLES, FEW, TIMES * FEW],
  ["writeTo", SMALL_SAMPLES, FEW, TIMES * FEW],
  ["SequenceEncoder", SMALL_SAMPLES, FEW_FRAMES, 2 * FEW_FRAMES],
  ["H264Encoder", { ...SMALL_SAMPLES, latencyMode: "realtime" }, FEW, TIMES * FEW],
]) {
  test(`${way}: ${many} images take no more memory than ${few}`, { skip: process.platform !== "linux" }, async (t) => {
    const small = await peakOf(way, options, few);
    const large = await peakOf(way, options, many);
    const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
    t.diagnostic(
      `${megabytes(small.peak)} and ${megabytes(large.peak)}; files of ${small.fileBytes} bytes, samples of ${small.sampleBytes}`,
    );
    // The images are as heavy as the limit takes them to be.
    assert.ok(small.fileBytes > 150e3, `${small.fileBytes} bytes a file`);
    if (options === LARGE_SAMPLES) assert.ok(small.sampleBytes > 150e3, `${small.sampleBytes} bytes a sample`);
    assert.ok(large.peak - small.peak < ALLOWED, `${megabytes(small.peak)} grew to ${megabytes(large.peak)}`);
  });
}

test(`${MANY_ROUNDS} encodes that were given up leave no more than ${FEW_ROUNDS}`, {
  skip: process.platform !== "linux",
}, async (t) => {
  const small = await peakOfGivingUp(FEW_ROUNDS);
  // When the browser's collector runs is its own affair, and the peak with it. What is kept shows in every attempt.
  let large = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && large - small >= ALLOWED_OF_ROUNDS; attempt += 1) {
    large = Math.min(large, await peakOfGivingUp(MANY_ROUNDS));
  }
  t.diagnostic(`${(small / 1e6).toFixed(1)} MB and ${(large / 1e6).toFixed(1)} MB`);
  assert.ok(large - small < ALLOWED_OF_ROUNDS, `${small} bytes grew to ${large}`);
});

/** The renderer's largest memory while it begins a clip of 40 images again and again and gives it up each time. */
async function peakOfGivingUp(rounds) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(() => import("/support/noise-clip.mjs").then(() => undefined));
    await page.evaluate((count) => noise.prepare(count), FEW);
    const { peak } = await withPeakMemory(browser, () => page.evaluate((rounds) => noise.giveUp(rounds), rounds));
    return peak;
  } finally {
    await browser.close();
  }
}

/** Photographs of 12 megapixels, in four groups. */
const PHOTOS = 16;

/** A page with these photographs on a device that is said to be of a kind, and the most it held while they were made. */
async function withPhotos(t, device) {
  const browser = await launch();
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.addInitScript(({ processors, memory }) => {
    Object.defineProperty(navigator, "hardwareConcurrency", { get: () => processors });
    Object.defineProperty(navigator, "deviceMemory", { get: () => memory });
  }, device);
  await page.goto(server.url);
  await page.evaluate(() => import("/support/large-clip.mjs").then(() => undefined));
  const { peak } = await withPeakMemory(browser, () => page.evaluate((count) => large.prepare(count), PHOTOS));
  const encode = (...how) => page.evaluate((how) => large.encode(...how), how);
  return { browser, encode, before: peak };
}

for (const [memory, expected] of [
  [8, 2],
  [4, 1],
]) {
  test(`photographs of 12 megapixels get ${expected} of eight workers of ${memory} GiB, in bounds`, {
    skip: process.platform !== "linux",
  }, async (t) => {
    const { browser, encode, before } = await withPhotos(t, { processors: 8, memory });
    const { result, peak } = await withPeakMemory(browser, () => encode("auto"));
    const budget = memory * 2 ** 27;
    t.diagnostic(`${((peak - before) / 1e6).toFixed(0)} MB of ${(budget / 1e6).toFixed(0)}`);
    assert.deepEqual([result.stats.workers, result.stats.workersLimit], [expected, "memory"]);
    assert.ok(peak - before < budget, `${((peak - before) / 1e6).toFixed(0)} MB more`);
  });
}

test("as many workers as are asked for encode, and the bytes are the same", async (t) => {
  const { encode } = await withPhotos(t, { processors: 8, memory: 0.25 });
  const size = { width: 1280, height: 720 };
  const asked = await encode(4, size);
  const auto = await encode("auto", size);
  assert.deepEqual([asked.stats.workers, asked.stats.workersLimit], [4, "asked"]);
  assert.deepEqual([auto.stats.workers, auto.stats.workersLimit], [1, "memory"]);
  assert.equal(auto.digest, asked.digest);
});

/** The renderer's largest memory while it encodes `count` noisy images. */
async function peakOf(way, options, count) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(() => import("/support/noise-clip.mjs").then(() => undefined));
    const fileBytes = await page.evaluate((count) => noise.prepare(count), count);
    const { result, peak } = await withPeakMemory(browser, () =>
      page.evaluate(([way, options]) => noise.encode(way, options), [way, options]),
    );
    return { peak, fileBytes, sampleBytes: Math.round(result / count) };
  } finally {
    await browser.close();
  }
}
