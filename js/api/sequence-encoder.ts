import { FramereelError } from "../model/errors.js";
import type { FrameOptions, SequenceEncoderOptions } from "../model/options.js";
import type { ImageSource } from "../model/sources.js";
import { checkKeys, invalidOption } from "../options/check.js";
import { checkImageSeconds } from "../options/clip-options.js";
import { checkSequenceOptions } from "../options/sequence-options.js";
import { checkSource } from "../options/source-kind.js";
import { FrameFeed } from "../pipeline/frame-feed.js";

/**
 * Encodes frames as they are made, when there is no list of them: a canvas animation, a simulation.
 *
 * @example
 * const encoder = new SequenceEncoder({ width: 1280, height: 720, fps: 30 });
 * for (let frame = 0; frame < 300; frame++) {
 *   draw(canvas, frame);
 *   await encoder.add(canvas);
 * }
 * const blob = await encoder.finish();
 */
export class SequenceEncoder {
  readonly #feed: FrameFeed;
  readonly #hasRate: boolean;
  #state: "open" | "finished" | "aborted" = "open";

  /** @throws {FramereelError} `invalid-option` */
  constructor(options: SequenceEncoderOptions) {
    const checked = checkSequenceOptions(options);
    this.#hasRate = checked.rate !== undefined;
    this.#feed = new FrameFeed(checked);
  }

  /** Frames added so far. */
  get length(): number {
    return this.#feed.length;
  }

  /**
   * Adds a frame. Its pixels are copied before `add` returns, so that you may go on drawing; the promise resolves when there
   * is room for the next one. Awaiting it keeps the memory bounded.
   */
  async add(frame: ImageSource, options?: FrameOptions): Promise<void> {
    this.#refuseUnlessOpen("add");
    const source = checkSource(frame, "frame", this.length);
    const { duration } = checkKeys(options, "options", ["duration"]);
    if (duration === undefined && !this.#hasRate) {
      throw invalidOption("options.duration", "given for every frame, as there is no fps", duration);
    }
    const seconds = duration === undefined ? undefined : checkImageSeconds(duration, "options.duration");
    return this.#feed.add(source, seconds);
  }

  /** Encodes what is left and resolves with the MP4. */
  async finish(): Promise<Blob> {
    this.#refuseUnlessOpen("finish");
    if (this.length === 0)
      throw new FramereelError("invalid-option", "There are no frames to finish. Add one at least.");
    this.#state = "finished";
    return this.#feed.finish();
  }

  /** Gives the encode up and frees its memory. What waits rejects with `reason`, by default a FramereelError `aborted`. */
  abort(reason: unknown = new FramereelError("aborted", "The encode was given up by abort().")): void {
    if (this.#state === "aborted") return;
    this.#state = "aborted";
    this.#feed.abort(reason);
  }

  #refuseUnlessOpen(method: string): void {
    if (this.#state === "open") return;
    throw new FramereelError(
      this.#state === "aborted" ? "aborted" : "invalid-option",
      `${method}() was called on an encoder that is ${this.#state}. Make a new SequenceEncoder.`,
    );
  }
}
