import type { Progress } from "../model/options.js";

/** Calls a listener; what it throws is its own bug, shown as any uncaught error is, and does not stop the encode. */
function tell(listener: (progress: Progress) => void, progress: Progress): void {
  try {
    listener(progress);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Share of the work that is encoding; putting the file together is quick. */
const ENCODING_SHARE = 0.99;

/** Share of a pass that is thought to be left for as long as a search goes on. */
const LAST_OF_SEARCH = 0.25;

/** Seconds of encoding before an estimate means anything. */
const ESTIMATE_AFTER = 0.25;

/** What there is to encode, as far as it is known: asked with every report. */
export interface Extent {
  readonly timeline: { readonly length: number };
  readonly growing: boolean;
}

/** Turns encoded images into `Progress`: monotonic, whatever order the groups advance in. */
export class ProgressMeter {
  readonly #listener: ((progress: Progress) => void) | undefined;
  readonly #begin = performance.now();
  #stage: Progress["stage"] = "loading";
  readonly #extent: Extent;
  /** How often each image is probably encoded. */
  #passes = 1;
  #encodedInAll = 0;
  #fraction = 0;
  /** When there was something to go by, and how far the whole was then: the time before was loading or waiting. */
  #first: { seconds: number; fraction: number } | undefined;

  constructor(listener: ((progress: Progress) => void) | undefined, extent: Extent) {
    this.#listener = listener;
    this.#extent = extent;
    this.#report();
  }

  /** Seconds since the encode was asked for. */
  get elapsedSeconds(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** Encoding begins; `passes` is how often each image is probably encoded. */
  startEncoding(passes = 1): void {
    this.#passes = passes;
    this.#stage = "encoding";
    this.#report();
  }

  /**
   * A part of the images begins. The function is to be called with how many of them are encoded; a part that is redone after
   * a crash reports less again, which is ignored.
   */
  part(): (encoded: number) => void {
    let before = 0;
    return (encoded) => {
      if (encoded <= before) return;
      this.#encodedInAll += encoded - before;
      before = encoded;
      // As long as images are added there is no fraction of them.
      if (!this.#extent.growing) {
        this.#advance(ENCODING_SHARE * this.#encodedShare());
        this.#first ??= { seconds: this.elapsedSeconds, fraction: this.#fraction };
      }
      this.#report();
    };
  }

  startWriting(): void {
    this.#stage = "writing";
    this.#advance(ENCODING_SHARE);
    this.#report();
  }

  finish(): void {
    this.#stage = "done";
    this.#advance(1);
    this.#report();
  }

  get #total(): number {
    return this.#extent.timeline.length;
  }

  #encodedShare(): number {
    const passes = this.#encodedInAll / this.#total;
    // Where it is not known how many passes there will be, the end is approached and never reached.
    return this.#passes === 1 ? passes : passes / Math.max(this.#passes, passes + LAST_OF_SEARCH);
  }

  #advance(fraction: number): void {
    this.#fraction = Math.max(this.#fraction, fraction);
  }

  #report(): void {
    if (!this.#listener) return;
    tell(this.#listener, {
      stage: this.#stage,
      done: this.#done(),
      total: this.#total,
      fraction: this.#fraction,
      etaSeconds: this.#estimate(),
      framesPerSecond: this.#encodedInAll / Math.max(this.elapsedSeconds, 1e-3),
    });
  }

  #done(): number {
    if (this.#stage === "done") return this.#total;
    if (this.#extent.growing) return this.#encodedInAll;
    const encoding = Math.min(1, this.#fraction / ENCODING_SHARE);
    return Math.floor(encoding * this.#total + 1e-6);
  }

  #estimate(): number | null {
    if (this.#stage === "done") return 0;
    if (!this.#first) return null;
    const seconds = this.elapsedSeconds - this.#first.seconds;
    const fraction = this.#fraction - this.#first.fraction;
    if (seconds < ESTIMATE_AFTER || fraction <= 0) return null;
    return ((1 - this.#fraction) * seconds) / fraction;
  }
}
