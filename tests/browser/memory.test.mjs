// Memory of the page stays flat: eight times the images take no more of it. Each run has a browser of its own, and the
// renderer is looked at from outside, so that nothing that the page holds escapes: wasm, JavaScript, buffers, Blobs.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { withPeakMemory } from "../../bench/lib/renderer-memory.mjs";
import { launch } from "../page/support/browser.mjs";
import { startServer } from "./support/server.mjs";

const FEW = 40;
const MANY = 8 * FEW;

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

for (const [way, options] of [
  ["toBlob", LARGE_SAMPLES],
  ["writeTo", SMALL_SAMPLES],
  ["SequenceEncoder", SMALL_SAMPLES],
]) {
  test(`${way}: ${MANY} images take no more memory than ${FEW}`, { skip: process.platform !== "linux" }, async (t) => {
    const few = await peakOf(way, options, FEW);
    const many = await peakOf(way, options, MANY);
    const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
    t.diagnostic(
      `${megabytes(few.peak)} and ${megabytes(many.peak)}; files of ${few.fileBytes} bytes, samples of ${few.sampleBytes}`,
    );
    // The images are as heavy as the limit takes them to be.
    assert.ok(few.fileBytes > 150e3, `${few.fileBytes} bytes a file`);
    if (options === LARGE_SAMPLES) assert.ok(few.sampleBytes > 150e3, `${few.sampleBytes} bytes a sample`);
    assert.ok(many.peak - few.peak < ALLOWED, `${megabytes(few.peak)} grew to ${megabytes(many.peak)}`);
  });
}

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
