// What a picture of nine times the pixels costs: 2160p against 720p, one worker, the same scene.
import { alternate, encodeIn, enter } from "../lib/arena.mjs";
import { launch } from "../lib/browser.mjs";
import { content } from "../lib/content.mjs";
import { ratios, summary } from "../lib/stats.mjs";

/** Pictures of 2160p, enough to weigh little start-up; 720p gets more for a time that can be measured. */
const FRAMES = { "720p": 60, "2160p": 20 };

export async function scale(server, { rounds, frames }) {
  const small = frames < FRAMES["720p"];
  const entries = [];
  for (const [size, count] of Object.entries(FRAMES)) {
    const source = await content("camera", size, small ? Math.max(8, count >> 2) : count);
    entries.push({ id: size, page: "framereel", options: { encode: { workers: 1 } }, source });
  }
  const browser = await launch(server);
  const pages = new Map();
  for (const entry of entries) {
    const page = await enter(browser, server, entry, entry.source);
    await encodeIn(page, entry, entry.source);
    pages.set(entry.id, page);
  }
  const failures = new Map();
  const turn = async (entry) => {
    const { frames: count, seconds } = await encodeIn(pages.get(entry.id), entry, entry.source);
    console.log(`  ${entry.id}  ${((seconds / count) * 1000).toFixed(1)} ms a picture`);
    return seconds / count;
  };
  const costs = await alternate(entries, rounds, turn, failures);
  await browser.close();
  if (failures.size > 0) throw new Error([...failures.values()].join("; "));
  const [hd, uhd] = Object.keys(FRAMES).map((size) => costs.get(size));
  return { "720p": summary(hd), "2160p": summary(uhd), ratio: ratios(uhd, hd) };
}
