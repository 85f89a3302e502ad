import type { Size } from "../../shared/placement.ts";
import type { Item } from "./image-list.ts";
import { clipOf, type Sequence } from "./sequence.ts";
import { encodeOptions, rateOptions, type Settings } from "./settings.ts";

/** Images of the sample: enough for a look at how much changes from one to the next. */
const SAMPLE = 8;

/**
 * About how many bytes the video will have, by encoding a few images from its middle: the first of them costs as much as a
 * keyframe, the others as the pictures between keyframes.
 *
 * @throws what the encoder throws, and the signal's reason
 */
export async function estimateBytes(
  sequence: Sequence,
  settings: Settings,
  { width, height }: Size,
  signal: AbortSignal,
): Promise<number> {
  const rate = rateOptions(settings);
  if (rate.bitrate !== undefined) return (rate.bitrate * sequence.duration) / 8;
  // A size limit is kept by lowering the quality: the guess is what "Balanced" would take, and the limit caps it.
  const quality = rate.maxBytes === undefined ? rate : { quality: "high" as const };
  const once = { ...settings, direction: "forward", times: 1 } as const;
  const { maxBytes: _, ...options } = { ...encodeOptions(settings), ...quality, workers: 1, signal };
  const bytesOf = async (items: readonly Item[]) => (await clipOf(items, once, { width, height }).toBlob(options)).size;

  const { items } = sequence;
  const from = Math.max(0, Math.floor((items.length - SAMPLE) / 2));
  const sample = items.slice(from, from + SAMPLE);
  const whole = await bytesOf(sample);
  let bytes = whole;
  if (sequence.length > sample.length) {
    const key = await bytesOf(sample.slice(0, 1));
    const keys = Math.min(sequence.length, Math.ceil(sequence.duration / settings.keyframeInterval));
    const between = sample.length > 1 ? Math.max(0, whole - key) / (sample.length - 1) : 0;
    bytes = keys * key + (sequence.length - keys) * between;
  }
  return rate.maxBytes === undefined ? bytes : Math.min(bytes, rate.maxBytes);
}
