import type { DecoderName } from "../protocol/core.js";
import type { GroupProgress, MoreSteps, Rasterized } from "../protocol/messages.js";

/** What a task may ask of its surroundings. */
export interface TaskContext {
  /** Throws `Cancelled` when the page gave the task up. */
  checkCancelled(): void;
  /** Tells the page how far the group is. */
  report(progress: GroupProgress, transfer?: Transferable[]): void;
  /** Steps of the group that have arrived, if any have. */
  takeMore(): MoreSteps | undefined;
  /** Resolves when more steps have arrived; throws `Cancelled`. */
  untilMore(): Promise<void>;
  /** A decoder's module, compiled; throws a `load` error where it cannot be had. */
  loadDecoder(name: DecoderName): Promise<WebAssembly.Module>;
  /** A picture of an SVG file, drawn by the page. */
  rasterize(blob: Blob, maxPixels: number): Promise<Rasterized>;
}
