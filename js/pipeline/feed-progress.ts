import type { Progress } from "../model/options.js";
import { ENCODING_SHARE, tell } from "./progress.js";

/** Progress of an encode whose end is not known: the fraction begins to count when the last frame is in. */
export class FeedProgress {
  readonly #listener: ((progress: Progress) => void) | undefined;
  readonly #begin = performance.now();
  #stage: Progress["stage"] = "loading";
  #done = 0;
  #total = 0;
  /** Frames encoded when the last one came in, and when that was. */
  #closed: { done: number; milliseconds: number } | undefined;

  constructor(listener: ((progress: Progress) => void) | undefined) {
    this.#listener = listener;
    this.#report();
  }

  /** `done` of the `total` frames that were added so far are encoded. */
  encoded(done: number, total: number): void {
    this.#stage = "encoding";
    this.#done = done;
    this.#total = total;
    this.#report();
  }

  /** No frame follows. */
  close(): void {
    this.#closed = { done: this.#done, milliseconds: performance.now() };
  }

  startWriting(): void {
    this.#stage = "writing";
    this.#report();
  }

  finish(): void {
    this.#stage = "done";
    this.#report();
  }

  #report(): void {
    if (!this.#listener) return;
    const now = performance.now();
    const finished = this.#stage === "done";
    const share = this.#closed && this.#total > 0 ? (ENCODING_SHARE * this.#done) / this.#total : 0;
    tell(this.#listener, {
      stage: this.#stage,
      done: this.#done,
      total: this.#total,
      fraction: finished ? 1 : share,
      etaSeconds: finished ? 0 : this.#estimate(now),
      framesPerSecond: (1000 * this.#done) / Math.max(now - this.#begin, 1),
    });
  }

  #estimate(now: number): number | null {
    if (!this.#closed) return null;
    const done = this.#done - this.#closed.done;
    if (done === 0) return null;
    return ((this.#total - this.#done) * (now - this.#closed.milliseconds)) / done / 1000;
  }
}
