import { RATE_FACTOR_RANGE } from "../options/defaults.js";
import { inRange, SizeModel, usualRateFactor } from "./size-model.js";

/** One encode of a group, of all its pictures or of the first few. */
export interface Trial {
  group: number;
  rateFactor: number;
  pictures?: number;
}

/** An encoded group, as far as the search looks at it. */
export interface Sized {
  /** Bytes of each sample. */
  readonly sizes: ArrayLike<number>;
}

/** What the search works with. */
export interface SearchEncoder<Result extends Sized> {
  /** Pictures of each group. */
  readonly counts: readonly number[];
  /** Pixels of a picture. */
  readonly pixels: number;
  /** Encodes side by side; results in the order of the trials. */
  encode(trials: readonly Trial[]): Promise<Result[]>;
  /** Bytes of the file that are not samples. */
  overhead(groups: readonly Result[]): Promise<number>;
}

/** What a search found: the best groups that fit, or the fewest bytes that the file can have. */
export type Found<Result> = { groups: Result[] } | { least: number };

/** A file is full when it holds at least this share of its limit. */
const FULL = 0.95;

/** The share that is aimed at: as far from the limit as from not being full. */
const AIM = 0.98;

/** Passes over everything, after which the best so far is good enough; and where bytes fall in one step, until it is found. */
const MOST_PASSES = { usual: 4, ever: 8 };

/** A correction of more than this share of the groups is not worth it: another pass over all says more. */
const MOST_CORRECTED = 1 / 2;

/** Groups may be mixed of encodes that differ by so many rate factors: nobody sees it. */
const MIXABLE = 2;

/** Rate factors to the next try, at least; and by how much that grows with each pass where only one side is known. */
const LEAST_STEP = 0.1;
const STEP_GROWTH = 4;

/** Of a look: groups, the share of their pictures, and the least number of those. */
const LOOK = { groups: 4, share: 1 / 6, least: 4 };

/** A look is not worth more than this share of a pass. */
const MOST_LOOK = 1 / 4;

/** A prediction over more rate factors than this is checked by a second look; and over so many, a slope is measured well. */
const FAR = 3;

/** A look and a pass nearer than this say little of the slope: what follows a picture changes its bytes as well. */
const COMPARABLE = 2;

/** How far apart the two candidates of a file of one group are: to find the place, and to hit it. */
const PAIR = { finding: 1.5, hitting: 0.4 };

/** Times that each picture is usually encoded by a search. */
export function usualPasses(groups: number): number {
  return groups === 1 ? 4 : 2;
}

/** An encode of every group at one rate factor. */
interface Pass<Result> {
  rateFactor: number;
  groups: Result[];
  /** Bytes of the file. */
  bytes: number;
}

/**
 * Finds the best file of at most `maxBytes` bytes. A look at a few pictures says where to begin, a pass over everything how
 * far that is off, a second one hits; what is then missing is corrected in some groups. What is tried depends on bytes
 * alone, never on time or on the number of workers, so the same input gives the same file.
 */
export function searchLargestFit<Result extends Sized>(
  encoder: SearchEncoder<Result>,
  maxBytes: number,
): Promise<Found<Result>> {
  return new Search(encoder, maxBytes).run();
}

class Search<Result extends Sized> {
  readonly #encoder: SearchEncoder<Result>;
  readonly #maxBytes: number;
  readonly #passes: Pass<Result>[] = [];
  /** Every whole group that was encoded. */
  readonly #encoded: { rateFactor: number; group: number; result: Result }[] = [];
  #model = new SizeModel();
  /** Bytes of the file that are not samples. */
  #overhead = 0;
  /** The last look, to be compared with the same pictures in the first pass. */
  #looked: { rateFactor: number; sample: readonly { group: number; pictures: number }[]; bytes: number } | undefined;

  constructor(encoder: SearchEncoder<Result>, maxBytes: number) {
    this.#encoder = encoder;
    this.#maxBytes = maxBytes;
  }

  async run(): Promise<Found<Result>> {
    let rateFactor = await this.#look();
    for (let passes = 1; ; passes++) {
      await this.#pass(this.#candidates(rateFactor, passes));
      const best = this.#best();
      const least = this.#passes.at(-1) as Pass<Result>;
      if (best && (this.#fill(best) >= FULL || this.#fitsAtBest())) return { groups: best };
      if (!best && least.rateFactor >= RATE_FACTOR_RANGE.max) return { least: least.bytes };
      const corrected = await this.#correct();
      if (corrected && this.#fill(corrected) >= FULL) return { groups: corrected };
      const good = corrected ?? best;
      const { low, high } = this.#bracket();
      const enough = high - low <= MIXABLE ? MOST_PASSES.usual : MOST_PASSES.ever;
      if (good && passes >= enough) return { groups: good };
      rateFactor = this.#next(passes);
    }
  }

  /** A rate factor to begin with, from the first pictures of a few groups. */
  async #look(): Promise<number> {
    const { counts, pixels } = this.#encoder;
    const pictures = sum(counts);
    const start = usualRateFactor(this.#maxBytes, pixels * pictures);
    const sample = this.#sample(MOST_LOOK * pictures);
    if (!sample) return start;

    const looks = new SizeModel();
    const lookAt = async (rateFactor: number): Promise<number> => {
      const results = await this.#encoder.encode(sample.map((part) => ({ ...part, rateFactor })));
      this.#looked = { rateFactor, sample, bytes: sum(results.map(bytesOf)) };
      const expected = results.map(({ sizes }, at) =>
        extrapolated(sizes, counts[(sample[at] as { group: number }).group] as number),
      );
      const sampled = sum(sample.map(({ group }) => counts[group] as number));
      looks.add(rateFactor, (sum(expected) * pictures) / sampled);
      return inRange(looks.predict(AIM * this.#maxBytes));
    };
    const first = await lookAt(start);
    if (Math.abs(first - start) <= FAR) return first;
    const second = await lookAt(first);
    this.#model = new SizeModel(looks.factorsPerHalving(this.#maxBytes));
    return second;
  }

  /** The first pictures of as many groups as are worth a look; nothing where not even one is. */
  #sample(mostPictures: number): { group: number; pictures: number }[] | undefined {
    const { counts } = this.#encoder;
    for (let groups = Math.min(counts.length, LOOK.groups); groups > 0; groups--) {
      const sample = spread(counts.length, groups).map((group) => {
        const count = counts[group] as number;
        return { group, pictures: Math.min(count, Math.max(LOOK.least, Math.ceil(count * LOOK.share))) };
      });
      if (sum(sample.map((part) => part.pictures)) <= mostPictures) return sample;
    }
    return undefined;
  }

  /** What a pass tries: a file of one group is tried twice, as there is nothing else for a second worker to do. */
  #candidates(rateFactor: number, passes: number): number[] {
    if (this.#encoder.counts.length > 1) return [inRange(rateFactor)];
    const { low, high } = this.#bracket();
    const apart = passes === 1 ? PAIR.finding : Math.min(PAIR.hitting, (high - low) / 3);
    const lower = inRange(rateFactor - apart / 2);
    return [...new Set([lower, inRange(lower + apart)])];
  }

  /** Encodes everything at some rate factors, the largest last. */
  async #pass(rateFactors: readonly number[]): Promise<void> {
    const groups = [...this.#encoder.counts.keys()];
    const trials = rateFactors.flatMap((rateFactor) => groups.map((group) => ({ group, rateFactor })));
    const results = await this.#encode(trials);
    for (const [at, rateFactor] of rateFactors.entries()) {
      const encoded = results.slice(at * groups.length, (at + 1) * groups.length);
      this.#compareWithLook(rateFactor, encoded);
      this.#overhead = Math.max(this.#overhead, await this.#encoder.overhead(encoded));
      const bytes = this.#overhead + sum(encoded.map(bytesOf));
      this.#passes.push({ rateFactor, groups: encoded, bytes });
      this.#model.add(rateFactor, bytes - this.#overhead);
    }
  }

  /** Between a look and a pass the same pictures lost bytes over some rate factors. */
  #compareWithLook(rateFactor: number, groups: readonly Result[]): void {
    if (!this.#looked) return;
    const { rateFactor: before, sample, bytes } = this.#looked;
    const same = sample.map(({ group, pictures }) =>
      sum(Array.from((groups[group] as Result).sizes).slice(0, pictures)),
    );
    if (Math.abs(rateFactor - before) >= COMPARABLE) this.#model.measured(rateFactor - before, bytes, sum(same));
    this.#looked = undefined;
  }

  async #encode(trials: readonly Trial[]): Promise<Result[]> {
    const results = await this.#encoder.encode(trials);
    for (const [at, { group, rateFactor }] of trials.entries()) {
      this.#encoded.push({ group, rateFactor, result: results[at] as Result });
    }
    return results;
  }

  #fill(groups: readonly Result[]): number {
    return (this.#overhead + sum(groups.map(bytesOf))) / this.#maxBytes;
  }

  /** The best quality of all fits. */
  #fitsAtBest(): boolean {
    return this.#passes.some(({ rateFactor, bytes }) => rateFactor <= RATE_FACTOR_RANGE.min && bytes <= this.#maxBytes);
  }

  /** The largest pass that fits, filled up with better encodes of its groups. */
  #best(): Result[] | undefined {
    const fitting = this.#passes.filter(({ bytes }) => bytes <= this.#maxBytes).sort((a, b) => b.bytes - a.bytes);
    return fitting[0] && this.#filledUp(fitting[0]);
  }

  /** Takes better encodes of groups as long as there is room, the largest gains first. */
  #filledUp({ rateFactor, groups, bytes }: Pass<Result>): Result[] {
    const filled = [...groups];
    let room = this.#maxBytes - bytes;
    const gains = this.#encoded
      .filter((other) => other.rateFactor < rateFactor && rateFactor - other.rateFactor <= MIXABLE)
      .map(({ group, result }) => ({ group, result, bytes: bytesOf(result) - bytesOf(groups[group] as Result) }))
      .sort((a, b) => b.bytes - a.bytes || a.group - b.group);
    const upgraded = new Set<number>();
    for (const gain of gains) {
      if (gain.bytes > room || gain.bytes <= 0 || upgraded.has(gain.group)) continue;
      upgraded.add(gain.group);
      filled[gain.group] = gain.result;
      room -= gain.bytes;
    }
    return filled;
  }

  /** The pass that is nearest to the aim, with as few groups encoded anew as bring it there; nothing where that does not help. */
  async #correct(): Promise<Result[] | undefined> {
    const { counts } = this.#encoder;
    if (counts.length < 2) return undefined;
    const aim = AIM * this.#maxBytes;
    const base = this.#passes.reduce((best, pass) =>
      Math.abs(pass.bytes - aim) < Math.abs(best.bytes - aim) ? pass : best,
    );
    const trials = this.#correction(base, aim - base.bytes);
    if (!trials) return undefined;
    const results = await this.#encode(trials);
    const before = sum(trials.map(({ group }) => bytesOf(base.groups[group] as Result)));
    this.#model.measured((trials[0] as Trial).rateFactor - base.rateFactor, before, sum(results.map(bytesOf)));
    const groups = [...base.groups];
    for (const [at, { group }] of trials.entries()) groups[group] = results[at] as Result;
    return this.#fill(groups) <= 1 ? groups : undefined;
  }

  /** The fewest groups that gain `bytes` together, or lose them, without looking different from the others. */
  #correction({ rateFactor, groups, bytes }: Pass<Result>, gain: number): Trial[] | undefined {
    const perHalving = this.#model.factorsPerHalving(bytes - this.#overhead);
    for (let count = Math.ceil(groups.length / LOOK.groups); count <= MOST_CORRECTED * groups.length; count++) {
      const chosen = spread(groups.length, count);
      const own = sum(chosen.map((group) => bytesOf(groups[group] as Result)));
      if (own + gain <= 0) continue;
      const steps = perHalving * Math.log2(own / (own + gain));
      const corrected = inRange(rateFactor + steps);
      if (Math.abs(steps) <= MIXABLE) return chosen.map((group) => ({ group, rateFactor: corrected }));
    }
    return undefined;
  }

  /** The largest rate factor that is too large a file, and the smallest that fits; beyond the range where there is none. */
  #bracket(): { low: number; high: number } {
    const tooLarge = this.#passes.filter(({ bytes }) => bytes > this.#maxBytes).map((pass) => pass.rateFactor);
    const fitting = this.#passes.filter(({ bytes }) => bytes <= this.#maxBytes).map((pass) => pass.rateFactor);
    return {
      low: Math.max(RATE_FACTOR_RANGE.min - 1, ...tooLarge),
      high: Math.min(RATE_FACTOR_RANGE.max + 1, ...fitting),
    };
  }

  /** Where to try next: strictly between what is too large and what fits, as far as both are known. */
  #next(passes: number): number {
    const { low, high } = this.#bracket();
    const known = low >= RATE_FACTOR_RANGE.min && high <= RATE_FACTOR_RANGE.max;
    // A model that has missed so often is wrong: bytes fall in a step, or nothing fits.
    const patient = passes < MOST_PASSES.usual;
    const budget = Math.max(AIM * this.#maxBytes - this.#overhead, 1);
    const wanted = patient || !known ? this.#model.predict(budget) : (low + high) / 2;
    // With nothing known on one side, steps grow: bytes that do not fall must not hold the search up.
    const margin = known ? Math.min(LEAST_STEP, (high - low) / 4) : LEAST_STEP * STEP_GROWTH ** (passes - 1);
    return inRange(Math.max(Math.min(wanted, high - margin), low + margin));
  }
}

/** Bytes of a group of so many pictures, of which the first few are known: a keyframe, and others like those that follow it. */
function extrapolated(sizes: ArrayLike<number>, count: number): number {
  const [keyframe = 0, ...others] = Array.from(sizes);
  const each = others.length > 0 ? sum(others) / others.length : keyframe;
  return keyframe + each * (count - 1);
}

/** `count` of `length` places, or all of them, spread evenly. */
function spread(length: number, count: number): number[] {
  if (count >= length) return Array.from({ length }, (_, at) => at);
  if (count === 1) return [Math.floor((length - 1) / 2)];
  return Array.from({ length: count }, (_, at) => Math.round((at * (length - 1)) / (count - 1)));
}

function bytesOf({ sizes }: Sized): number {
  return sum(Array.from(sizes));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
