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
  /** Images encoded in the current pass, by group. */
  #groups: number[] = [];
  #pass = 0;
  #expectedPasses = 1;
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
    this.#expectedPasses = passes;
    this.#stage = "encoding";
    this.#report();
  }

  /** Another pass over the images begins, of those that look for a size. */
  nextPass(): void {
    this.#pass++;
    this.#groups = [];
  }

  /** The images encoded since the pass began were a sample, and begin anew. */
  restartPass(): void {
    this.#groups = [];
  }

  /** `count` images of a group are encoded; a group that is redone after a crash reports less again, which is ignored. */
  encoded(group: number, count: number): void {
    const before = this.#groups[group] ?? 0;
    if (count <= before) return;
    this.#groups[group] = count;
    this.#encodedInAll += count - before;
    // As long as images are added there is no fraction of them.
    if (!this.#extent.growing) {
      this.#advance(this.#encodedFraction());
      this.#first ??= { seconds: this.elapsedSeconds, fraction: this.#fraction };
    }
    this.#report();
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

  #encodedFraction(): number {
    const share = this.#groups.reduce((sum, images) => sum + (images ?? 0), 0) / this.#total;
    // Where more passes turn out to be needed than expected, the rest is stretched over them.
    const passes = Math.max(this.#expectedPasses, this.#pass + 1);
    return (ENCODING_SHARE * (this.#pass + share)) / passes;
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
