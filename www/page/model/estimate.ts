import type { Size } from "../../shared/placement.ts";
import type { Item } from "./image-list.ts";
import { clipOf, type Sequence } from "./sequence.ts";
import { encodeOptions, rateOptions, type Settings } from "./settings.ts";

/** Images of a run, which begins as a keyframe does and goes on as the pictures between keyframes. */
const RUN = 6;

/** Where in the sequence a run is taken, in shares of its length: two, as the end may show something else than the beginning. */
const PLACES = [0.25, 0.75];

/**
 * About how many bytes the video will have, by encoding a few images: the first of a run costs as much as a keyframe, the
 * others as the pictures between keyframes. null: a whole animation would have to be encoded for it.
 *
 * @throws what the encoder throws, and the signal's reason
 */
export async function estimateBytes(
  sequence: Sequence,
  settings: Settings,
  { width, height }: Size,
  signal: AbortSignal,
): Promise<number | null> {
  const rate = rateOptions(settings);
  if (rate.bitrate !== undefined) return (rate.bitrate * sequence.duration) / 8;
  if (sequence.expanded) return null;
  // A size limit is kept by lowering the quality: the guess is what "Balanced" would take, and the limit caps it.
  const quality = rate.maxBytes === undefined ? rate : { quality: "high" as const };
  const once = { ...settings, direction: "forward", times: 1 } as const;
  const { maxBytes: _, ...options } = { ...encodeOptions(settings), ...quality, workers: 1, signal };
  const bytesOf = async (items: readonly Item[]) => (await clipOf(items, once, { width, height }).toBlob(options)).size;

  let key = 0;
  let between = 0;
  const runs = runsOf(sequence.items);
  for (const run of runs) {
    const first = await bytesOf(run.slice(0, 1));
    const whole = run.length === 1 ? first : await bytesOf(run);
    key += first / runs.length;
    between += Math.max(0, whole - first) / Math.max(1, run.length - 1) / runs.length;
  }
  const keys = Math.min(sequence.length, keyframes(sequence.duration, settings.keyframeInterval));
  const bytes = keys * key + (sequence.length - keys) * between;
  return rate.maxBytes === undefined ? bytes : Math.min(bytes, rate.maxBytes);
}

/** The images that are encoded: all of a short sequence. */
function runsOf(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length <= RUN * PLACES.length) return [items];
  return PLACES.map((share) => {
    const from = Math.round(items.length * share - RUN / 2);
    return items.slice(from, from + RUN);
  });
}

/** Keyframes of a video; where no interval is set, as framereel's documentation says. */
function keyframes(seconds: number, interval: number): number {
  if (!Number.isNaN(interval)) return Math.ceil(seconds / interval);
  if (seconds <= 2) return 1;
  if (seconds <= 8) return 2;
  return seconds <= 20 ? 4 : Math.ceil(seconds / 5);
}
