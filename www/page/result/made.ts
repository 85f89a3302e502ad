import type { EncodeStats } from "framereel";
import type { Sequence } from "../model/sequence.ts";
import type { Settings } from "../model/settings.ts";

/** A finished video and what it was made of. */
export interface Made {
  readonly blob: Blob;
  readonly stats: EncodeStats;
  readonly sequence: Sequence;
  readonly settings: Settings;
  /** Without an extension. */
  readonly name: string;
  /** Name of the file it was saved to while it was made, or null. */
  readonly savedAs: string | null;
}

/** The frame that the video shows at a time, counted from 0. */
export function frameAt({ sequence, stats }: Made, seconds: number): number {
  if (isKnown({ sequence, stats })) return sequence.frameAt(seconds);
  return Math.min(Math.floor((seconds / stats.duration) * stats.frames), stats.frames - 1);
}

/** Seconds of the middle of a frame; of the nearest one there is. */
export function middleOf({ sequence, stats }: Made, wanted: number): number {
  const frame = Math.min(Math.max(wanted, 0), stats.frames - 1);
  if (isKnown({ sequence, stats })) return sequence.startOf(frame) + sequence.secondsOf(frame) / 2;
  return ((frame + 0.5) / stats.frames) * stats.duration;
}

/** Whether the page knows every frame: of animations some browsers tell nothing. Then all frames are taken to be of the same length. */
function isKnown({ sequence, stats }: Pick<Made, "sequence" | "stats">): boolean {
  return sequence.length === stats.frames;
}
