import type { SoundSamples, SoundTrack } from "../../protocol/core.js";
import type { SoundPart, Soundtrack } from "../../protocol/soundtrack.js";
import { SoundFailure } from "../failure.js";
import type { Sound, Stretch } from "../sound.js";
import { type Samples, SamplesIndex } from "./samples-index.js";
import { Series } from "./series.js";

/** How a sound is laid beside pictures. */
export interface Laying {
  /** Second of the sound that the pictures begin with. */
  offset: number;
  /** Begins again at its end. */
  loop: boolean;
}

/** Samples that are copied for a stretch of sound. */
interface Copy extends Samples {
  /** Ticks of the copy before the stretch begins: what its decoder needs to get going. */
  before: number;
  /** Ticks that are heard. */
  heard: number;
}

/**
 * A sound beside pictures: cut where they end, or repeated. Samples are copied as they are; the edit list says which ticks of
 * them are heard (ISO/IEC 14496-12 8.6.6), so that each repetition follows the one before without a gap.
 */
export class LaidSound implements Soundtrack {
  readonly codec: string;
  readonly #sound: Sound;
  readonly #index: SamplesIndex;
  readonly #stretches: Stretch[];
  readonly #loop: boolean;
  /** The copies of a file of fragments. */
  readonly #series: Series;

  constructor(sound: Sound, { offset, loop }: Laying) {
    this.codec = sound.codec;
    this.#sound = sound;
    this.#index = new SamplesIndex(sound);
    this.#loop = loop;
    this.#stretches = shifted(sound, offset, loop);
    this.#series = new Series(this.#index, this.#repeated());
  }

  whole(seconds: number): SoundPart & { track: SoundTrack } {
    const { timescale } = this.#sound;
    const copies: Copy[] = [];
    const edits: number[] = [];
    const most = seconds * timescale;
    let heard = 0;
    let copied = 0;
    for (const { from, to } of this.#repeated()) {
      const copy = this.#copyOf(from, Math.min(to, from + Math.ceil(most - heard)));
      copies.push(copy);
      heard += copy.heard;
      edits.push(copied + copy.before, Math.min(heard / timescale, seconds));
      copied += this.#index.ticksOf(copy);
      if (heard >= most) break;
    }
    return { track: this.#track(edits), samples: this.#samples(copies, 0), data: this.#data(copies) };
  }

  /** One edit, without a length where that is not known: it then holds for whatever the fragments bring. */
  header(seconds: number | undefined): SoundTrack {
    const most = this.#loop ? Number.POSITIVE_INFINITY : lengthOf(this.#stretches) / this.#sound.timescale;
    return this.#track([this.#series.before, seconds === undefined ? 0 : Math.min(seconds, most)]);
  }

  part(from: number, to: number): SoundPart {
    const { timescale } = this.#sound;
    const before = this.#series.before;
    const tickOf = (second: number): number => (second <= 0 ? 0 : before + second * timescale);
    const { copies, start } = this.#series.between(tickOf(from), tickOf(to));
    return { samples: this.#samples(copies, start), data: this.#data(copies) };
  }

  /** The stretches in the order in which they are heard, without an end where the sound is looped. */
  *#repeated(): Generator<Stretch> {
    yield* this.#stretches;
    while (this.#loop) yield* this.#sound.heard;
  }

  #copyOf(from: number, to: number): Copy {
    const first = this.#index.prerolled(this.#index.at(from));
    return { first, end: this.#index.at(to - 1) + 1, before: from - this.#index.startOf(first), heard: to - from };
  }

  #track(edits: readonly number[]): SoundTrack {
    const { objectType, config, channels, sampleRate, timescale, data, sizes } = this.#sound;
    const seconds = this.#index.startOf(sizes.length) / timescale;
    const bitrate = Math.round((8 * data.size) / seconds);
    return { objectType, config, channels, sampleRate, timescale, bitrate, edits: Float64Array.from(edits) };
  }

  #samples(copies: readonly Samples[], start: number): SoundSamples {
    const { sizes, ticks } = this.#sound;
    return {
      sizes: joined(copies.map(({ first, end }) => sizes.subarray(first, end))),
      ticks: ticks.length === 1 ? ticks : joined(copies.map(({ first, end }) => ticks.subarray(first, end))),
      start,
    };
  }

  #data(copies: readonly Samples[]): Blob {
    const { data } = this.#sound;
    return new Blob(
      copies.map((copy) => {
        const { from, to } = this.#index.bytesOf(copy);
        return data.slice(from, to);
      }),
    );
  }
}

function lengthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** What is heard the first time, from an offset in seconds on. */
function shifted({ heard, timescale }: Sound, offset: number, loop: boolean): Stretch[] {
  const length = lengthOf(heard);
  let left = Math.round(offset * timescale);
  if (left >= length && !loop) {
    const seconds = (length / timescale).toFixed(3);
    throw new SoundFailure(
      "invalid-option",
      `options.audio.offset must be less than the sound's length of ${seconds} seconds, but is ${offset}.`,
    );
  }
  left %= length;
  const stretches: Stretch[] = [];
  for (const { from, to } of heard) {
    const cut = Math.min(left, to - from);
    left -= cut;
    if (from + cut < to) stretches.push({ from: from + cut, to });
  }
  return stretches;
}

function joined(lists: readonly Uint32Array[]): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}
