import type { PixelSize } from "../protocol/core.js";
import { pool } from "../workers/pool.js";

/** The size of the video for one that was wished for: an image's own, which is adapted, or an explicit one, which may be refused. */
export function planSize({ width, height }: PixelSize, explicit: boolean, signal: AbortSignal): Promise<PixelSize> {
  return pool.run({ task: { kind: "planSize", size: { width, height }, explicit }, signal });
}
