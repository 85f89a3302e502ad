// Whether memory stays flat: the page's peak while it encodes 300 and 3,000 pictures of 1080p from files on disk.
import { launch } from "../lib/browser.mjs";
import { content, FPS } from "../lib/content.mjs";

const LENGTHS = [300, 3000];
/** Pictures made; a sequence goes through them again and again, each time as files of its own. */
const DISTINCT = 60;

/** The two ways out: one Blob, and a stream whose chunks are let go. */
const WAYS = ["toBlob", "writeTo"];

export async function memory(server, { lengths = LENGTHS }) {
  const source = content("camera", "1080p", DISTINCT);
  const result = { lengths };
  for (const way of WAYS) {
    const peaks = [];
    for (const length of lengths) {
      // A fresh browser each time: what one run leaves behind is not the next one's.
      const browser = await launch(server);
      const page = await browser.open("framereel");
      const files = Array.from({ length }, (_, at) => source.files[at % DISTINCT]);
      await page.locator("input").setInputFiles(files);
      await page.evaluate(() => bench.useInput());
      const { result: run, peak } = await browser.withPeakMemory(() =>
        page.evaluate((options) => bench.endToEnd(options), { fps: FPS, way }),
      );
      console.log(`  ${way}, ${length} pictures: ${(peak / 1e6).toFixed(0)} MB at most, ${run.seconds.toFixed(0)} s`);
      peaks.push({ length, peak, seconds: run.seconds, bytes: run.bytes });
      await browser.close();
    }
    result[way] = { peaks, ratio: peaks.at(-1).peak / peaks[0].peak };
  }
  return result;
}
