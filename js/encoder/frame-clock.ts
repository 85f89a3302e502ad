/**
 * The time of frames in seconds, for deciding where keyframes go. Timestamps are the caller's and may mean anything; this clock
 * never goes back, and goes on by the frame rate where they do not move.
 */
export class FrameClock {
  readonly #frameSeconds: number;
  #last: number | undefined;
  #seconds = 0;

  constructor(frameRate: number) {
    this.#frameSeconds = 1 / frameRate;
  }

  /** @param timestamp microseconds of the next frame */
  at(timestamp: number): number {
    if (this.#last !== undefined) {
      const passed = (timestamp - this.#last) / 1e6;
      this.#seconds += passed > 0 ? passed : this.#frameSeconds;
    }
    this.#last = timestamp;
    return this.#seconds;
  }
}
