import { Scope } from "../concurrency/scope.js";
import type { EncodeStats } from "../model/options.js";
import type { ImageSource } from "../model/sources.js";
import type { CheckedSequence } from "../options/sequence-options.js";
import { SinkWriter } from "../output/stream.js";
import { type Encoded, encode } from "./encode.js";
import { FrameSource } from "./frame-source.js";

/** An encode that has begun before its frames are there. */
export class FrameEncode {
  readonly #scope: Scope;
  readonly #source: FrameSource;
  readonly #encoded: Promise<Encoded>;
  #stats: EncodeStats | undefined;

  constructor(checked: CheckedSequence) {
    const { encode: options, sink } = checked;
    this.#scope = new Scope(options.signal);
    const { signal } = this.#scope;
    this.#source = new FrameSource(checked, signal);
    // Nobody waits for the workers any more: whoever adds a frame hears of it at once.
    signal.addEventListener("abort", () => this.#source.release(signal.reason));
    const writer = sink && new SinkWriter(sink);
    this.#encoded = encode({ source: this.#source, options, scope: this.#scope, ...(writer && { writer }) });
    // Told to whoever adds a frame or asks for the file.
    this.#encoded.catch(() => {});
  }

  /** Frames added so far. */
  get length(): number {
    return this.#source.length;
  }

  get stats(): EncodeStats | undefined {
    return this.#stats;
  }

  /** Copies the frame now; resolves when there is room for another. */
  add(source: ImageSource, seconds: number | undefined): Promise<void> {
    return this.#source.add(source, seconds);
  }

  /** Encodes what is left; gives the file where it did not go into a stream. */
  async finish(): Promise<Blob | undefined> {
    this.#source.close();
    const { blob, stats } = await this.#encoded;
    this.#stats = stats;
    return blob;
  }

  abort(reason: unknown): void {
    this.#scope.close(reason);
  }
}
