// Commands that go through the clips of every kind, one result each.
import { productHash } from "./cache.mjs";
import { CLIPS, KINDS } from "./content/index.mjs";
import { content, RECIPE } from "./content.mjs";

const SIZE = "720p";

/**
 * Runs `body` for each clip that is wanted. What it keeps is written at once, so that an interrupted run loses one clip.
 *
 * @param {{ frames: number, contents?: string[], clips?: string[], keep: (name: string, entry: object) => void }} options
 * @param {{ lossless?: boolean }} form
 * @param {(source: import("./content.mjs").Source, keep: (entry: object) => void) => Promise<void>} body
 */
export async function eachClip({ frames, contents = Object.keys(KINDS), clips = CLIPS, keep }, form, body) {
  const build = productHash();
  for (const clip of clips) {
    for (const kind of contents) {
      console.log(`\n${kind}, clip ${clip}`);
      const source = await content(kind, SIZE, frames, { clip, ...form });
      await body(source, (entry) => keep(`${kind}-${clip}`, { kind, clip, frames, recipe: RECIPE, build, ...entry }));
    }
  }
}

/** Whether two entries belong into one table: the same pictures, the same build. */
export const belongTogether = (a, b) => ["frames", "recipe", "build"].every((name) => a[name] === b[name]);
