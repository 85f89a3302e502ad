import type { Stretch } from "../sound.js";
import type { Samples, SamplesIndex } from "./samples-index.js";

interface Copy extends Samples {
  /** Tick of the track at which it begins. */
  start: number;
}

/**
 * Copies of sound in a row, for files whose one edit cannot leave out anything between them. Each copy ends with the sample
 * that keeps it in time: a seam comes late by less than a sample, and nothing adds up.
 */
export class Series {
  /** Ticks before the first stretch: what its decoder needs to get going. */
  readonly before: number;
  readonly #index: SamplesIndex;
  readonly #stretches: Iterator<Stretch>;
  readonly #copies: Copy[] = [];
  /** The tick of the track at which the last copy ends, and the one at which it should. */
  #end = 0;
  #ideal: number;

  /** `stretches` are to be heard in this order, and may have no end. */
  constructor(index: SamplesIndex, stretches: Iterable<Stretch>) {
    this.#index = index;
    this.#stretches = stretches[Symbol.iterator]();
    const { value, done } = this.#stretches.next();
    const { from, to }: Stretch = done ? { from: 0, to: 0 } : value;
    const first = index.prerolled(index.at(from));
    this.before = from - index.startOf(first);
    this.#ideal = this.before;
    this.#add(first, to - from);
  }

  /** Samples that begin at tick `from` of the track or later, and before `to`; and when the first of them does. */
  between(from: number, to: number): { copies: Samples[]; start: number } {
    while (this.#end < to) {
      const { value, done } = this.#stretches.next();
      if (done) break;
      this.#add(this.#index.at(value.from), value.to - value.from);
    }
    const copies: Samples[] = [];
    let begun: number | undefined;
    for (const { first, end, start } of this.#copies) {
      const shift = this.#index.startOf(first) - start;
      const part = {
        first: Math.max(first, this.#index.firstFrom(from + shift)),
        end: Math.min(end, this.#index.firstFrom(to + shift)),
      };
      if (part.first >= part.end) continue;
      begun ??= this.#index.startOf(part.first) - shift;
      copies.push(part);
    }
    return { copies, start: begun ?? this.#end };
  }

  /** A copy from a sample on, of as many as reach to where it should end. */
  #add(first: number, ticks: number): void {
    const start = this.#end;
    this.#ideal += ticks;
    const wanted = this.#index.startOf(first) + this.#ideal - start;
    const copy = { first, end: Math.max(first, this.#index.at(wanted - 1)) + 1, start };
    this.#copies.push(copy);
    this.#end += this.#index.ticksOf(copy);
  }
}
