import type { FrameRate } from "./options.js";
import { durationsTimeline, rateTimeline, startOf, type Timeline, tickAfter } from "./timeline.js";

/** A timeline that grows at its end. */
export class TimelineBuilder {
  readonly #rate: FrameRate | undefined;
  #length = 0;
  /** Once an image has a duration of its own, all have. */
  #durations: Durations | undefined;

  /** @param rate how long an image lasts that brings no duration; without it, every image must */
  constructor(rate: FrameRate | undefined) {
    this.#rate = rate;
    if (!rate) this.#durations = new Durations([]);
  }

  /** The images so far. It grows on with them. */
  get timeline(): Timeline {
    if (this.#rate && !this.#durations) return rateTimeline(this.#length, this.#rate);
    return (this.#durations as Durations).timeline;
  }

  get length(): number {
    return this.#length;
  }

  /** Adds an image, which lasts `seconds` or what the rate says; gives the second at which it begins. */
  add(seconds: number | undefined): number {
    const usual = this.#rate ? this.#rate.den / this.#rate.num : undefined;
    if (seconds !== undefined) this.#durations ??= new Durations(Array(this.#length).fill(usual));
    const start = startOf(this.timeline, this.#length);
    this.#durations?.add((seconds ?? usual) as number);
    this.#length++;
    return start;
  }
}

/** Durations of their own, added in constant time: by the rule of `durationsTimeline`. */
class Durations {
  readonly #seconds: number[];
  readonly #ticks: number[];
  #sum: number;

  constructor(seconds: readonly number[]) {
    const begun = durationsTimeline(seconds);
    this.#seconds = [...seconds];
    this.#ticks = begun.kind === "durations" ? [...begun.ticks] : [0];
    this.#sum = seconds.reduce((sum, duration) => sum + duration, 0);
  }

  get timeline(): Timeline {
    return { kind: "durations", length: this.#seconds.length, seconds: this.#seconds, ticks: this.#ticks };
  }

  add(seconds: number): void {
    this.#sum += seconds;
    this.#seconds.push(seconds);
    this.#ticks.push(tickAfter(this.#ticks.at(-1) as number, this.#sum));
  }
}
