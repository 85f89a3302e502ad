import { QP_RANGE } from "../options/defaults.js";
import { readConfig, unsupported } from "./config.js";
import { Encoding } from "./encoding.js";
import { holdFrame } from "./hold-frame.js";
import { OutputWriter } from "./output-writer.js";
import { planOf } from "./plan.js";
import type { EncoderFrame, H264EncodeOptions, H264EncoderInit, Orientation } from "./types.js";
import type { HeldFrame } from "./waiting-frame.js";

/** What lives from a reset to the next. */
interface Life {
  over: boolean;
  /** Frames whose turn has not come. */
  readonly held: Set<HeldFrame>;
  /** Rejects the promises of `flush` that are not settled. */
  readonly flushes: Set<(reason: DOMException) => void>;
  encoding: Encoding | undefined;
  readonly writer: OutputWriter;
  /** The work asked for, one after the other. */
  work: Promise<void>;
}

/**
 * WebCodecs' `VideoEncoder` for H.264, in wasm and workers: the same methods, states, events and errors at the same moments.
 *
 * In latency mode `"quality"` (default) groups of frames are encoded side by side, and up to 40 frames wait for what follows them;
 * in `"realtime"` one worker encodes each frame as it comes. Frames are converted to BT.709 in limited range, and scaled where
 * they are of another size than the config's. Call `close` at the end: it gives the workers back.
 *
 * @example
 * const encoder = new H264Encoder({ output: (chunk, metadata) => muxer.add(chunk, metadata), error: console.error });
 * encoder.configure({ codec: "avc1.640028", width: 1920, height: 1080, bitrate: 6_000_000, framerate: 30 });
 * encoder.encode(frame);
 * await encoder.flush();
 * encoder.close();
 */
export class H264Encoder extends EventTarget {
  readonly #init: H264EncoderInit;
  #state: CodecState = "unconfigured";
  #queueSize = 0;
  #dequeueScheduled = false;
  #ondequeue: ((this: H264Encoder, event: Event) => unknown) | null = null;
  /** That of all frames since the last `configure`. */
  #orientation: Required<Orientation> | undefined;
  #life: Life;

  /** @throws {TypeError} where a callback is missing */
  constructor(init: H264EncoderInit) {
    super();
    if (typeof init?.output !== "function" || typeof init.error !== "function")
      throw new TypeError("H264Encoder needs the functions output and error.");
    this.#init = { output: init.output, error: init.error };
    this.#life = this.#newLife();
    this.addEventListener("dequeue", (event) => this.#ondequeue?.(event));
  }

  /**
   * Whether `configure` will take a config, and the part of it that is known. Says no to other codecs than `avc1` in the Baseline,
   * Main and High profiles, odd sides and sides below 16, pictures beyond the codec string's level (5.2 at the most), alpha
   * "keep", "prefer-hardware" and temporal layers. Nothing is loaded.
   *
   * @throws {TypeError} as a rejection, for a config that is not valid
   */
  static async isConfigSupported(config: VideoEncoderConfig): Promise<VideoEncoderSupport> {
    const known = readConfig(config);
    return { supported: unsupported(known) === undefined, config: known };
  }

  /** Where the encoder is: `"unconfigured"`, `"configured"` or `"closed"`. */
  get state(): CodecState {
    return this.#state;
  }

  /** Frames that wait for room in the encoder; keep it low, by waiting for `dequeue`, to keep memory low. */
  get encodeQueueSize(): number {
    return this.#queueSize;
  }

  /** Called when `encodeQueueSize` has become less. */
  get ondequeue(): ((this: H264Encoder, event: Event) => unknown) | null {
    return this.#ondequeue;
  }

  /** Sets what is called then; `null` takes it away. */
  set ondequeue(listener: ((this: H264Encoder, event: Event) => unknown) | null) {
    this.#ondequeue = typeof listener === "function" ? listener : null;
  }

  /**
   * Sets what the next frames are encoded to. A config that is not supported closes the encoder with a `NotSupportedError`.
   *
   * @throws {TypeError} for a config that is not valid
   * @throws {DOMException} `InvalidStateError` where the encoder is closed
   */
  configure(config: VideoEncoderConfig): void {
    const known = readConfig(config);
    this.#refuseIfClosed();
    this.#state = "configured";
    this.#orientation = undefined;
    const life = this.#life;
    this.#queue(life, async () => {
      const reason = unsupported(known);
      if (reason !== undefined) throw new DOMException(`This config is not supported: ${reason}.`, "NotSupportedError");
      await life.encoding?.finish();
      if (life.over) return;
      life.writer.use(known);
      life.encoding = new Encoding(
        { ...planOf(known), groupsBefore: life.encoding?.groups ?? 0 },
        (sample) => life.writer.write(sample),
        (error) => this.#fail(life, error),
      );
    });
  }

  /**
   * Encodes a frame. Its pixels are the encoder's own from now on: close or change it as you like.
   *
   * @throws {TypeError} for a closed frame, or what is none
   * @throws {DOMException} `InvalidStateError` where the encoder is not configured, `DataError` where the frame is turned
   *   another way than the ones before
   */
  encode(frame: EncoderFrame, options: H264EncodeOptions = {}): void {
    const { keyFrame, qp } = readOptions(options);
    const held = holdFrame(frame);
    try {
      this.#refuseUnlessConfigured();
      this.#acceptOrientation(held.orientation);
    } catch (error) {
      held.close();
      throw error;
    }
    const life = this.#life;
    life.held.add(held);
    this.#queueSize++;
    this.#queue(life, async () => {
      await life.encoding?.room();
      if (life.over) return;
      const image = await held.read();
      held.close();
      life.held.delete(held);
      if (life.over) return;
      this.#dequeue(1);
      const { timestamp, duration, orientation } = held;
      life.writer.orientation = orientation;
      life.encoding?.add({ image, timestamp, duration, keyFrame, qp });
    });
  }

  /**
   * Resolves when all frames so far have come out. Rejects with an `AbortError` where `reset` or `close` is called meanwhile, and with the
   * encoder's error where it fails.
   */
  async flush(): Promise<void> {
    this.#refuseUnlessConfigured();
    const life = this.#life;
    await new Promise<void>((resolve, reject) => {
      life.flushes.add(reject);
      this.#queue(life, async () => {
        await life.encoding?.flush();
        if (life.over) return;
        life.flushes.delete(reject);
        resolve();
      });
    });
  }

  /**
   * Gives up all work, without further output.
   *
   * @throws {DOMException} `InvalidStateError` where the encoder is closed
   */
  reset(): void {
    this.#refuseIfClosed();
    this.#end(new DOMException("The encoder was reset.", "AbortError"));
    this.#state = "unconfigured";
  }

  /**
   * Gives up all work and the encoder itself.
   *
   * @throws {DOMException} `InvalidStateError` where it is closed already
   */
  close(): void {
    this.#refuseIfClosed();
    this.#end(new DOMException("The encoder was closed.", "AbortError"));
    this.#state = "closed";
  }

  #newLife(): Life {
    return {
      over: false,
      held: new Set(),
      flushes: new Set(),
      encoding: undefined,
      writer: new OutputWriter(this.#init.output),
      work: Promise.resolve(),
    };
  }

  /** Does one thing after all that were asked for before. */
  #queue(life: Life, work: () => Promise<void>): void {
    life.work = life.work.then(async () => {
      if (life.over) return;
      try {
        await work();
      } catch (error) {
        this.#fail(life, error);
      }
    });
  }

  #end(reason: DOMException): void {
    const life = this.#life;
    this.#life = this.#newLife();
    life.over = true;
    life.encoding?.abort();
    for (const held of life.held) held.close();
    for (const reject of life.flushes) reject(reason);
    if (this.#queueSize > 0) this.#dequeue(this.#queueSize);
    this.#orientation = undefined;
  }

  #fail(life: Life, error: unknown): void {
    if (life.over) return;
    const exception = asException(error);
    this.#end(exception);
    this.#state = "closed";
    this.#init.error(exception);
  }

  #dequeue(count: number): void {
    this.#queueSize -= count;
    if (this.#dequeueScheduled) return;
    this.#dequeueScheduled = true;
    queueMicrotask(() => {
      this.#dequeueScheduled = false;
      this.dispatchEvent(new Event("dequeue"));
    });
  }

  #acceptOrientation(orientation: Required<Orientation>): void {
    this.#orientation ??= orientation;
    const { rotation, flip } = this.#orientation;
    if (rotation === orientation.rotation && flip === orientation.flip) return;
    throw new DOMException("The frame is turned another way than the ones before.", "DataError");
  }

  #refuseIfClosed(): void {
    if (this.#state === "closed") throw new DOMException("The encoder is closed.", "InvalidStateError");
  }

  #refuseUnlessConfigured(): void {
    if (this.#state !== "configured") throw new DOMException(`The encoder is ${this.#state}.`, "InvalidStateError");
  }
}

function readOptions(options: H264EncodeOptions | null | undefined): { keyFrame: boolean; qp: number | undefined } {
  const { keyFrame = false, avc } = options ?? {};
  const quantizer = avc?.quantizer;
  if (quantizer === undefined || quantizer === null) return { keyFrame: Boolean(keyFrame), qp: undefined };
  if (!Number.isInteger(quantizer) || quantizer < QP_RANGE.min || quantizer > QP_RANGE.max)
    throw new TypeError(`avc.quantizer must be a whole number from ${QP_RANGE.min} to ${QP_RANGE.max}.`);
  return { keyFrame: Boolean(keyFrame), qp: quantizer };
}

/** What an encoder's users expect; `cause` is framereel's own error. */
function asException(error: unknown): DOMException {
  if (error instanceof DOMException) return error;
  const exception = new DOMException(error instanceof Error ? error.message : String(error), "EncodingError");
  return Object.defineProperty(exception, "cause", { value: error });
}
