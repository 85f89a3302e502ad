import { type Sound, startsOf } from "../sound.js";

/** Consecutive samples: the first, and the one after the last. */
export interface Samples {
  first: number;
  end: number;
}

/** Finds samples of a sound by time and by place. */
export class SamplesIndex {
  readonly #sound: Sound;
  /** Ticks before each sample. */
  readonly #starts: Float64Array;
  /** Bytes before each sample. */
  readonly #offsets: Float64Array;

  constructor(sound: Sound) {
    this.#sound = sound;
    this.#starts = startsOf(sound.ticks, sound.sizes.length);
    this.#offsets = startsOf(sound.sizes, sound.sizes.length);
  }

  /** The tick at which a sample begins. */
  startOf(sample: number): number {
    return this.#starts[sample] as number;
  }

  ticksOf({ first, end }: Samples): number {
    return this.startOf(end) - this.startOf(first);
  }

  bytesOf({ first, end }: Samples): { from: number; to: number } {
    return { from: this.#offsets[first] as number, to: this.#offsets[end] as number };
  }

  /** The sample that a tick lies in. */
  at(tick: number): number {
    return Math.max(0, this.firstFrom(tick + 1) - 1);
  }

  /** The first sample that begins at a tick or later. */
  firstFrom(tick: number): number {
    let low = 0;
    let high = this.#sound.sizes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.startOf(middle) < tick) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The sample to begin with, so that `sample` comes out of a decoder as it should. */
  prerolled(sample: number): number {
    const { samples, bytes } = this.#sound.preroll;
    let first = sample;
    const before = (): number => (this.#offsets[sample] as number) - (this.#offsets[first] as number);
    while (first > 0 && (sample - first < samples || before() < bytes)) first--;
    return first;
  }
}
