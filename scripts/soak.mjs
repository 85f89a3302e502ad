// `npm run soak`: 10,000 frames of 720p in one clip, then 300 encodes in a row in one page. Memory stays flat, and no worker is left.
// Of the encodes, what counts is what the browser's collector leaves: it lets small garbage wait until there are tens of megabytes.
// `npm run soak -- FRAMES ENCODES` for other numbers.
import { withMemorySeries, withPeakMemory } from "../bench/lib/renderer-memory.mjs";
import { startServer } from "../tests/browser/support/server.mjs";
import { launch } from "../tests/support/chromium.mjs";
import { CommandError, main } from "./lib/project.mjs";

const [frames = 10_000, encodes = 300] = process.argv.slice(2).map(Number);

/** Bytes that the last quarter of a run may hold more than the second, by its peaks: what waits for the browser's collector. */
const ALLOWED = 24e6;
/** The same where garbage was collected before: a file of the encodes has 0.1 MB, and 150 of them lie between. */
const ALLOWED_OF_HELD = 8e6;
/** Encodes from one collection to the next, and the milliseconds that the browser has to give freed memory back. */
const ENCODES_AT_ONCE = 15;
const AFTER_COLLECTING = 1000;
/** Seconds after which idle workers are ended (js/workers/pool.ts), and some more. */
const UNTIL_WORKERS_END = 75;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Fails unless the peak of the last quarter is about that of the second; the first is for warming up. */
function mustBeFlat(what, series, allowed = ALLOWED) {
  const quarter = (n) =>
    series
      .slice(Math.floor((series.length * n) / 4), Math.ceil((series.length * (n + 1)) / 4))
      .reduce((most, held) => Math.max(most, held), 0);
  const peaks = [0, 1, 2, 3].map(quarter);
  console.log(`${what}: ${peaks.map(megabytes).join(", ")} (peak of each quarter)`);
  if (peaks[3] - peaks[1] > allowed)
    throw new CommandError(`${what}: memory grew by ${megabytes(peaks[3] - peaks[1])}`);
}

async function inPage(server, body) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(() => import("/support/soak-clip.mjs").then(() => undefined));
    return await body(page, browser);
  } finally {
    await browser.close();
  }
}

async function oneLongClip(page, browser) {
  const { result, series } = await withMemorySeries(browser, () =>
    page.evaluate((frames) => soak.longClip(frames), frames),
  );
  if (result.frames !== frames) throw new CommandError(`${result.frames} of ${frames} frames`);
  console.log(
    `${frames} frames of 720p: ${(result.bytes / 1e6).toFixed(0)} MB written, ${result.elapsedSeconds.toFixed(0)} s, ${result.workers} workers`,
  );
  mustBeFlat(`one clip of ${frames} frames`, series);
}

async function manyEncodes(page, browser) {
  const collector = await page.context().newCDPSession(page);
  const digests = new Set();
  const peaks = [];
  const held = [];
  for (let done = 0; done < encodes; done += ENCODES_AT_ONCE) {
    const count = Math.min(ENCODES_AT_ONCE, encodes - done);
    const { result, peak } = await withPeakMemory(browser, () => page.evaluate((n) => soak.manyEncodes(n), count));
    for (const digest of result) digests.add(digest);
    peaks.push(peak);
    await collector.send("HeapProfiler.collectGarbage");
    await wait(AFTER_COLLECTING);
    held.push((await withMemorySeries(browser, () => {})).series.at(-1));
  }
  console.log(`${encodes} encodes, ${digests.size} different files, ${page.workers().length} workers at the end`);
  if (digests.size !== 1) throw new CommandError("equal encodes gave different files");
  console.log(`at most ${megabytes(Math.max(...peaks))} before garbage was collected`);
  mustBeFlat(`${encodes} encodes, garbage collected`, held, ALLOWED_OF_HELD);
  await wait(UNTIL_WORKERS_END * 1000);
  if (page.workers().length > 0)
    throw new CommandError(`${page.workers().length} workers are left after ${UNTIL_WORKERS_END} s`);
  console.log(`no worker ${UNTIL_WORKERS_END} s later`);
}

await main(async () => {
  const server = await startServer();
  try {
    if (frames > 0) await inPage(server, oneLongClip);
    if (encodes > 0) await inPage(server, manyEncodes);
  } finally {
    await server.close();
  }
});
