// Whether memory stays flat: the page's peak while it encodes 300 and 3,000 pictures of 1080p from files on disk.
import { launch } from "../lib/browser.mjs";
import { content, FPS } from "../lib/content.mjs";
import { summary } from "../lib/stats.mjs";

const LENGTHS = [300, 3000];
/** Pictures made; a sequence goes through them again and again, each time as files of its own. */
const DISTINCT = 60;

/** Pictures that all runs of a length have at least: a peak depends on when garbage is collected, so short ones repeat. */
const LEAST_PICTURES = 900;
const repeats = (length) => Math.ceil(LEAST_PICTURES / length);

/** The two ways out: one Blob, and a stream whose chunks are let go. */
const WAYS = ["toBlob", "writeTo"];

export async function memory(server, { lengths = LENGTHS }) {
  const source = await content("camera", "1080p", DISTINCT);
  const result = { lengths };
  for (const way of WAYS) {
    const peaks = [];
    for (const length of lengths) {
      const runs = [];
      for (let repeat = 0; repeat < repeats(length); repeat++) runs.push(await run(server, source, way, length));
      const peak = summary(runs.map((run) => run.peak));
      peaks.push({ length, peak: peak.median, spread: peak, seconds: runs[0].seconds });
    }
    result[way] = { peaks, ratio: peaks.at(-1).peak / peaks[0].peak };
  }
  return result;
}

/** In a fresh browser each time: what one run leaves behind is not the next one's. */
async function run(server, source, way, length) {
  const browser = await launch(server);
  try {
    const page = await browser.open("framereel");
    const files = Array.from({ length }, (_, at) => source.files[at % DISTINCT]);
    await page.locator("input").setInputFiles(files);
    await page.evaluate(() => bench.useInput());
    const { result, peak } = await browser.withPeakMemory(() =>
      page.evaluate((options) => bench.endToEnd(options), { fps: FPS, way }),
    );
    console.log(`  ${way}, ${length} pictures: ${(peak / 1e6).toFixed(0)} MB at most, ${result.seconds.toFixed(0)} s`);
    return { peak, seconds: result.seconds };
  } finally {
    await browser.close();
  }
}
