import { FramereelError } from "../model/errors.js";
import type { Movie } from "../output/movie.js";
import type { Output } from "../output/output.js";
import { type GroupSamples, movedToBlob } from "../output/samples.js";
import type { PixelSize } from "../protocol/core.js";
import type { ClipGroup } from "./clip-group.js";
import type { GroupJob } from "./group-task.js";
import { searchLargestFit } from "./size/search.js";
import type { Trial } from "./size/trial.js";

/** What a search for a file of limited size works with. */
export interface FileSearch {
  groups: readonly ClipGroup[];
  size: PixelSize;
  movie: Movie;
  output: Output;
  /** Encodes side by side and hands out in order. */
  encodeJobs(jobs: readonly GroupJob[]): AsyncIterable<GroupSamples>;
}

/** The groups of the best file of at most `maxBytes` bytes. */
export async function searchFile(
  { groups, size, movie, output, encodeJobs }: FileSearch,
  maxBytes: number,
): Promise<GroupSamples[]> {
  const encode = async (trials: readonly Trial[]): Promise<GroupSamples[]> => {
    const encoded: GroupSamples[] = [];
    for await (const { data, ...samples } of encodeJobs(trials.map((trial) => jobOf(groups, trial)))) {
      movie.accept(samples);
      // Most of them will not be in the file: out of the page's memory with them.
      encoded.push({ ...samples, data: movedToBlob(data) });
    }
    return encoded;
  };
  const sound = output.soundBytes();
  const counts = groups.map(({ count }) => count);
  const found = await searchLargestFit(
    { counts, pixels: size.width * size.height, encode, overhead: (all) => output.overhead(all) },
    Math.max(1, maxBytes - sound),
  );
  if ("groups" in found) return found.groups;
  throw new FramereelError(
    "invalid-option",
    `options.maxBytes must be at least ${found.least + sound} for these images${sound > 0 ? " and their sound" : ""}, but is ${maxBytes}. Raise it, or make the video smaller or shorter.`,
  );
}

function jobOf(groups: readonly ClipGroup[], { group, rateFactor, pictures, budget }: Trial): GroupJob {
  const whole = groups[group] as ClipGroup;
  return { pictures: pictures ? whole.extract(pictures) : whole, rateControl: { rateFactor }, budget };
}
