import type { Progress } from "../model/options.js";

/** Calls a listener; what it throws is its own bug, shown as any uncaught error is, and does not stop the encode. */
export function tell(listener: (progress: Progress) => void, progress: Progress): void {
  try {
    listener(progress);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/** Share of the work that is encoding; putting the file together is quick. */
export const ENCODING_SHARE = 0.99;

/** Seconds of encoding before an estimate means anything. */
const ESTIMATE_AFTER = 0.25;

/** Turns encoded images into `Progress`: monotonic, whatever order the groups advance in. */
export class ProgressMeter {
  readonly #listener: ((progress: Progress) => void) | undefined;
  readonly #begin = performance.now();
  #stage: Progress["stage"] = "loading";
  #total = 0;
  /** Images encoded in the current pass, by group. */
  #groups: number[] = [];
  #pass = 0;
  #expectedPasses = 1;
  #encodedInAll = 0;
  #fraction = 0;
  /** When the first image was done and how far the whole was then: the time before was loading. */
  #first: { seconds: number; fraction: number } | undefined;

  constructor(listener: ((progress: Progress) => void) | undefined, total: number) {
    this.#listener = listener;
    this.#total = total;
    this.#report();
  }

  /** Seconds since the encode was asked for. */
  get elapsedSeconds(): number {
    return (performance.now() - this.#begin) / 1000;
  }

  /** The number of images is known for sure once animations are expanded. `passes` is how often each is probably encoded. */
  startEncoding(total: number, passes = 1): void {
    this.#total = total;
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
    const share = this.#groups.reduce((sum, images) => sum + (images ?? 0), 0) / this.#total;
    // Where more passes turn out to be needed than expected, the rest is stretched over them.
    const passes = Math.max(this.#expectedPasses, this.#pass + 1);
    this.#advance((ENCODING_SHARE * (this.#pass + share)) / passes);
    this.#first ??= { seconds: this.elapsedSeconds, fraction: this.#fraction };
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

  #advance(fraction: number): void {
    this.#fraction = Math.max(this.#fraction, fraction);
  }

  #report(): void {
    if (!this.#listener) return;
    const encoding = Math.min(1, this.#fraction / ENCODING_SHARE);
    tell(this.#listener, {
      stage: this.#stage,
      done: this.#stage === "done" ? this.#total : Math.floor(encoding * this.#total + 1e-6),
      total: this.#total,
      fraction: this.#fraction,
      etaSeconds: this.#estimate(),
      framesPerSecond: this.#encodedInAll / Math.max(this.elapsedSeconds, 1e-3),
    });
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
