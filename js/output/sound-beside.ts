import { startOf, type Timeline, totalSeconds } from "../model/timeline.js";
import type { SoundPart } from "../protocol/soundtrack.js";
import type { Movie } from "./movie.js";
import type { OutputContext } from "./output.js";

/** What is heard beside samples `first` to `first + count - 1` of a file of fragments. */
export function soundBeside(
  { soundtrack }: Movie,
  timeline: Timeline,
  first: number,
  count: number,
): SoundPart | undefined {
  return soundtrack?.part(startOf(timeline, first), startOf(timeline, first + count));
}

/** Bytes of all sound of a file of fragments. */
export function soundOfFragments({ movie, timeline }: OutputContext): number {
  return movie.soundtrack?.part(0, totalSeconds(timeline())).data.size ?? 0;
}
