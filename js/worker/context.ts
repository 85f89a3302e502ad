import type { MoreImages } from "../protocol/messages.js";

/** What a task may ask of its surroundings. */
export interface TaskContext {
  /** Throws `Cancelled` when the page gave the task up. */
  checkCancelled(): void;
  /** Tells the page how many samples are encoded. */
  progress(encoded: number): void;
  /** The next images of an open group. */
  nextMore(): Promise<MoreImages>;
  /** A picture of an SVG file, drawn by the page; null where it cannot. */
  rasterize(blob: Blob): Promise<ImageBitmap | null>;
}
