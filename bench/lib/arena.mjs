// Contenders side by side: each in a page of its own, taking turns. One that fails is noted and sits out the rest.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { KEYFRAME_INTERVAL } from "./contenders.mjs";
import { FPS, workFolder } from "./content.mjs";

/** What every contender is told about a source. */
export function commonOptions({ width, height }) {
  return { fps: FPS, width, height, keyframeInterval: KEYFRAME_INTERVAL };
}

/** A page with a contender and its image files in memory. */
export async function enter(browser, server, contender, source) {
  const page = await browser.open(contender.page, contender.build);
  await page.evaluate((urls) => bench.load(urls), source.files.map(server.address));
  await page.requestGC();
  return page;
}

/** Encodes in a page; `more` overrides the contender's options. */
export function encodeIn(page, contender, source, more = {}) {
  const options = { ...commonOptions(source), ...contender.options, ...more };
  return page.evaluate((given) => bench.endToEnd(given), options);
}

/** The page's last MP4 as a file. */
export async function takeFile(page, name) {
  const folder = join(workFolder, "out");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.mp4`);
  writeFileSync(file, Buffer.from(await page.evaluate(() => bench.take()), "base64"));
  return file;
}

/**
 * Goes through the contenders `rounds` times, A B C A B C: what else the machine does then weighs on all.
 *
 * @param {{ id: string }[]} contenders
 * @param {(contender, round: number) => Promise<number>} turn - one run, to a number
 * @param {Map<string, string>} failures - by id; those in it are skipped, those that fail are added
 * @returns {Promise<Map<string, number[]>>} numbers by id
 */
export async function alternate(contenders, rounds, turn, failures) {
  const results = new Map(contenders.map(({ id }) => [id, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      await attempt(contender, failures, async () => {
        results.get(contender.id).push(await turn(contender, round));
      });
    }
  }
  return results;
}

/** Runs a contender's part unless it failed before; a failure is kept in its words. */
export async function attempt({ id, label = id }, failures, body) {
  if (failures.has(id)) return;
  try {
    await body();
  } catch (error) {
    const words = String(error?.message ?? error).split("\n")[0];
    console.log(`  ${label}: failed, ${words}`);
    failures.set(id, words);
  }
}
