import type { PictureOptions } from "../options/clip-options.js";
import { parseColor } from "../options/color.js";
import type { CheckedEncode } from "../options/encode-options.js";
import { type KnownSource, workerBytes } from "../options/memory.js";
import type { PixelSize } from "../protocol/core.js";
import { pool } from "../workers/pool.js";
import type { Plan } from "./source.js";

/** The one place where options become settings of every group. `frameRate` is for rate control alone, `sources` for memory. */
export function makePlan(
  { width, height }: PixelSize,
  sources: readonly KnownSource[],
  frameRate: number,
  { fit, background, limits, decoder, colors }: PictureOptions,
  { coding }: CheckedEncode,
): Plan {
  const color = Uint8Array.from(parseColor(background, "options.background"));
  const settings = { width, height, fit, background: color, ...limits, colors, frameRate, ...coding };
  return { settings, decoder, workerBytes: workerBytes({ width, height }, sources) };
}

/** The size of the video for one that was wished for: an image's own, which is adapted, or an explicit one, which may be refused. */
export function planSize({ width, height }: PixelSize, explicit: boolean, signal: AbortSignal): Promise<PixelSize> {
  return pool.run({ task: { kind: "planSize", size: { width, height }, explicit }, signal });
}
