import { FramereelError } from "../model/errors.js";
import type { EncodeStats, FrameOptions, SequenceEncoderOptions } from "../model/options.js";
import type { ImageSource } from "../model/sources.js";
import { checkKeys, invalidOption } from "../options/check.js";
import { checkImageSeconds } from "../options/clip-options.js";
import { checkSequenceOptions } from "../options/sequence-options.js";
import { checkSource } from "../options/source-kind.js";
import { FrameEncode } from "../pipeline/frame-encode.js";

/** What `finish` gives: the file, or nothing where it went into a `sink`. */
export type FinishedSequence<Options extends SequenceEncoderOptions> = Options extends {
  sink: WritableStream<Uint8Array>;
}
  ? undefined
  : Blob;

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
export class SequenceEncoder<Options extends SequenceEncoderOptions = SequenceEncoderOptions> {
  readonly #encode: FrameEncode;
  /** Whether a frame may, and whether it must, have a duration of its own. */
  readonly #durations: "allowed" | "required" | "refused";
  #state: "open" | "finished" | "aborted" = "open";

  /** @throws {FramereelError} `invalid-option` */
  constructor(options: Options) {
    const checked = checkSequenceOptions(options);
    this.#durations = !checked.rate ? "required" : checked.sink ? "refused" : "allowed";
    this.#encode = new FrameEncode(checked);
  }

  /** Frames added so far. */
  get length(): number {
    return this.#encode.length;
  }

  /** What came out, once `finish` has resolved. */
  get stats(): EncodeStats | undefined {
    return this.#encode.stats;
  }

  /**
   * Adds a frame. Its pixels are copied before `add` returns, so that you may go on drawing; the promise resolves when there
   * is room for the next one. Awaiting it keeps the memory bounded.
   */
  async add(frame: ImageSource, options?: FrameOptions): Promise<void> {
    this.#refuseUnlessOpen("add");
    const source = checkSource(frame, "frame", this.length);
    const { duration } = checkKeys(options, "options", ["duration"]);
    return this.#encode.add(source, this.#checkDuration(duration));
  }

  /** Encodes what is left and resolves with the MP4; with a `sink`, closes it and resolves with `undefined`. */
  async finish(): Promise<FinishedSequence<Options>> {
    this.#refuseUnlessOpen("finish");
    if (this.length === 0)
      throw new FramereelError("invalid-option", "There are no frames to finish. Add one at least.");
    this.#state = "finished";
    return (await this.#encode.finish()) as FinishedSequence<Options>;
  }

  /** Gives the encode up and frees its memory. What waits rejects with `reason`, by default a FramereelError `aborted`. */
  abort(reason: unknown = new FramereelError("aborted", "The encode was given up by abort().")): void {
    if (this.#state === "aborted") return;
    this.#state = "aborted";
    this.#encode.abort(reason);
  }

  #checkDuration(duration: unknown): number | undefined {
    if (duration === undefined) {
      if (this.#durations !== "required") return undefined;
      throw invalidOption("options.duration", "given for every frame, as there is no fps", duration);
    }
    if (this.#durations !== "refused") return checkImageSeconds(duration, "options.duration");
    throw new FramereelError(
      "invalid-option",
      "options.duration must be left out where a sink is written at a fixed fps. Leave out fps instead, and give every frame a duration.",
    );
  }

  #refuseUnlessOpen(method: string): void {
    if (this.#state === "open") return;
    throw new FramereelError(
      this.#state === "aborted" ? "aborted" : "invalid-option",
      `${method}() was called on an encoder that is ${this.#state}. Make a new SequenceEncoder.`,
    );
  }
}
