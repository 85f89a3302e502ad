import { FramereelError } from "../model/errors.js";
import { type Timeline, totalSeconds } from "../model/timeline.js";
import { BITRATE_RANGE, QP_RANGE } from "../options/defaults.js";
import type { RateControl } from "../options/encode-options.js";
import type { Movie } from "../output/movie.js";
import type { Output } from "../output/output.js";
import { bytesOf, type GroupSamples, movedToBlob, sizeOf } from "../output/samples.js";
import type { ProgressMeter } from "./progress.js";

/** `maxBytes` is met when the file holds at least this share of it. */
const MAX_BYTES_FILL = 0.9;

/** Encodes some groups, by their numbers, and hands them out in order. */
export type EncodePass = (
  which: readonly number[],
  rateOf: (group: number) => RateControl,
) => AsyncIterable<GroupSamples>;

/** What the search works with. */
export interface SearchContext {
  source: { readonly timeline: Timeline };
  groups: readonly { readonly count: number }[];
  encodePass: EncodePass;
  movie: Movie;
  output: Output;
  meter: ProgressMeter;
}

/** Where the search begins when it knows nothing. */
const FIRST_QP = 28;

/** The bytes of H.264 halve about every so many QP: the step of the quantiser doubles (ITU-T H.264 8.5.9). */
const QP_PER_HALVING = 6;

/** Full enough to stop early. */
const FULL_ENOUGH = 0.96;

/** Groups that stand for all of them in a first estimate. */
const SAMPLE_GROUPS = 3;

/** Encodes of everything that a search usually takes, for the progress. */
const USUAL_PASSES = 3;

/** Attempts at a bit rate, where steps of QP are too coarse. */
const BITRATE_ATTEMPTS = 4;

/**
 * The groups of the best file of at most `maxBytes` bytes. Looks for two neighbouring QPs, one too large and one that
 * fits, and mixes their groups. What it tries depends on bytes alone, never on time, so the same input gives the same file.
 */
export async function searchLargestFit(context: SearchContext, maxBytes: number): Promise<GroupSamples[]> {
  const { groups, meter } = context;
  meter.startEncoding(USUAL_PASSES);
  const search = new Search(context, maxBytes);
  let guess = groups.length > SAMPLE_GROUPS ? await search.estimate() : FIRST_QP;
  let tooLarge: number = QP_RANGE.min - 1;
  let fitting: number = QP_RANGE.max + 1;
  while (fitting - tooLarge > 1) {
    const qp = Math.min(Math.max(guess, tooLarge + 1), fitting - 1);
    const fill = await search.fillAt(qp);
    if (fill > 1) tooLarge = qp;
    else fitting = qp;
    if (fill >= FULL_ENOUGH && fill <= 1) break;
    // At least one step, and towards the limit's own side of it.
    const steps = QP_PER_HALVING * Math.log2(fill);
    guess = qp + (fill > 1 ? Math.max(1, Math.ceil(steps)) : Math.min(-1, Math.ceil(steps)));
  }
  if (fitting > QP_RANGE.max) throw search.impossible();
  const mixed = search.mix(fitting, tooLarge);
  const roomToFill = fitting > QP_RANGE.min && search.fillOf(mixed) < MAX_BYTES_FILL;
  return (roomToFill && (await search.byBitrate())) || mixed;
}

class Search {
  readonly #context: SearchContext;
  readonly #maxBytes: number;
  readonly #passes = new Map<number, GroupSamples[]>();
  /** Bytes of the file that are not samples; the same at every QP. */
  #overhead = 0;

  constructor(context: SearchContext, maxBytes: number) {
    this.#context = context;
    this.#maxBytes = maxBytes;
  }

  /** A QP from a few groups, spread evenly. */
  async estimate(): Promise<number> {
    const { groups, meter, source } = this.#context;
    const step = (groups.length - 1) / (SAMPLE_GROUPS - 1);
    const which = Array.from({ length: SAMPLE_GROUPS }, (_, at) => Math.round(at * step));
    const images = which.reduce((sum, index) => sum + (groups[index] as { count: number }).count, 0);
    let qp = FIRST_QP;
    // Twice: the first look may be far from the answer, where the rule of thumb is too rough.
    for (let look = 0; look < 2; look++) {
      const sampled = bytesOf(await this.#encode(which, () => ({ qp })));
      meter.restartPass();
      const expected = (sampled / images) * source.timeline.length;
      const steps = Math.round(QP_PER_HALVING * Math.log2(expected / this.#maxBytes));
      qp = Math.min(Math.max(qp + steps, QP_RANGE.min), QP_RANGE.max);
      if (Math.abs(steps) <= 2) break;
    }
    return qp;
  }

  /** Encodes everything at a QP; the share of the limit that the file takes, over 1 if it is too large. */
  async fillAt(qp: number): Promise<number> {
    const { groups, meter } = this.#context;
    const samples = await this.#encode([...groups.keys()], () => ({ qp }));
    meter.nextPass();
    this.#passes.set(qp, samples);
    if (this.#overhead === 0) this.#overhead = await this.#context.output.overhead(samples);
    return this.fillOf(samples);
  }

  fillOf(samples: readonly GroupSamples[]): number {
    return (this.#overhead + bytesOf(samples)) / this.#maxBytes;
  }

  /** Groups at `fitting`, and at the better `tooLarge` as many as there is room for, the largest gains first. */
  mix(fitting: number, tooLarge: number): GroupSamples[] {
    const mixed = [...(this.#passes.get(fitting) as GroupSamples[])];
    const better = this.#passes.get(tooLarge);
    if (!better) return mixed;
    let room = this.#maxBytes - this.#overhead - bytesOf(mixed);
    const gains = better
      .map((group, index) => ({ index, group, bytes: sizeOf(group) - sizeOf(mixed[index] as GroupSamples) }))
      .sort((a, b) => b.bytes - a.bytes || a.index - b.index);
    for (const { index, group, bytes } of gains) {
      if (bytes > room) continue;
      mixed[index] = group;
      room -= bytes;
    }
    return mixed;
  }

  /** A file made at a bit rate, where it fills the limit as it should; a clip of one group has no QPs to mix. */
  async byBitrate(): Promise<GroupSamples[] | undefined> {
    const { source, groups } = this.#context;
    const aim = (1 + MAX_BYTES_FILL) / 2;
    const budget = aim * this.#maxBytes - this.#overhead;
    let bitrate = (8 * budget) / totalSeconds(source.timeline);
    for (let attempt = 0; attempt < BITRATE_ATTEMPTS; attempt++) {
      const rate = { bitrate: Math.round(Math.min(Math.max(bitrate, BITRATE_RANGE.min), BITRATE_RANGE.max)) };
      const samples = await this.#encode([...groups.keys()], () => rate);
      this.#context.meter.nextPass();
      const fill = this.fillOf(samples);
      if (fill <= 1 && fill >= MAX_BYTES_FILL) return samples;
      bitrate = (rate.bitrate * budget) / bytesOf(samples);
    }
    return undefined;
  }

  /** The error for a limit that no quality meets. */
  impossible(): FramereelError {
    const least = this.#overhead + bytesOf(this.#passes.get(QP_RANGE.max) as GroupSamples[]);
    return new FramereelError(
      "invalid-option",
      `options.maxBytes must be at least ${least} for these images, but is ${this.#maxBytes}. Raise it, or make the video smaller or shorter.`,
    );
  }

  async #encode(which: readonly number[], rateOf: (group: number) => RateControl): Promise<GroupSamples[]> {
    const samples: GroupSamples[] = [];
    for await (const { data, ...rest } of this.#context.encodePass(which, rateOf)) {
      this.#context.movie.accept(rest);
      samples.push({ data: movedToBlob(data), ...rest });
    }
    return samples;
  }
}
