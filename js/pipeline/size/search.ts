import { RATE_FACTOR_RANGE } from "../../options/defaults.js";
import { Look } from "./look.js";
import { inRange, type SizeModel } from "./model.js";
import { gaveWay } from "./spending.js";
import { bytesOf, type SearchEncoder, type Sized, spread, sum, type Trial } from "./trial.js";

/** What a search found: the best groups that fit, or the fewest bytes that the file can have. */
export type Found<Result> = { groups: Result[] } | { least: number };

/** A file is full when it holds at least this share of its limit. */
const FULL = 0.95;

/** The share that is aimed at: files come out a little above it, and then as far from the limit as from not being full. */
const AIM = 0.97;

/** Passes over everything, after which the best so far is good enough; and where bytes fall in one step, until it is found. */
const MOST_PASSES = { usual: 4, ever: 8 };

/** A correction is of such a share of the groups: with more of them, or of fewer groups than this, another pass over all is better. */
const CORRECTED = { leastShare: 1 / 4, mostShare: 1 / 2, leastGroups: 4 };

/** Groups may be mixed of encodes that differ by so many rate factors: nobody sees it. */
const MIXABLE = 2;

/** Rate factors by which the pictures of a pass may give way to the limit: where bytes hardly fall, the look hardly does. */
const STEERED = { least: 3, ofHalving: 1 / 4 };

/** Rate factors to the next try, at least; and by how much that grows with each pass where only one side is known. */
const LEAST_STEP = 0.1;
const STEP_GROWTH = 4;

/** Times that each picture is usually encoded by a search. */
export const USUAL_PASSES = 2;

/** An encode of every group at one rate factor. */
interface Pass<Result> {
  /** The one that was asked for, and the one that it came to where it gave way. */
  asked: number;
  rateFactor: number;
  groups: Result[];
  /** Bytes of the file. */
  bytes: number;
}

/**
 * Finds the best file of at most `maxBytes` bytes. A look at a few pictures says where to begin, a pass over everything what
 * each of them takes, and a second one hits, as its rate factor gives way wherever it takes more or less than that. Of many groups
 * some are enough for that. What is tried depends on bytes alone, never on time or on the number of workers, so the same input
 * gives the same file.
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
  readonly #look: Look<Result>;
  /** Bytes of the file that are not samples. */
  #overhead = 0;

  constructor(encoder: SearchEncoder<Result>, maxBytes: number) {
    this.#encoder = encoder;
    this.#maxBytes = maxBytes;
    this.#look = new Look(encoder, AIM * maxBytes);
  }

  /** What is known of the bytes of all samples. */
  get #model(): SizeModel {
    return this.#look.model;
  }

  async run(): Promise<Found<Result>> {
    let rateFactor = await this.#look.begin();
    for (let passes = 1; ; passes++) {
      await this.#pass(rateFactor);
      const best = this.#best();
      const least = this.#passes.at(-1) as Pass<Result>;
      if (best && (this.#fill(best) >= FULL || this.#fitsAtBest())) return { groups: best };
      if (!best && least.asked >= RATE_FACTOR_RANGE.max) return { least: least.bytes };
      const corrected = await this.#correct();
      if (corrected && this.#fill(corrected) >= FULL) return { groups: corrected };
      const good = corrected ?? best;
      const { low, high } = this.#bracket();
      const enough = high - low <= MIXABLE ? MOST_PASSES.usual : MOST_PASSES.ever;
      if (good && passes >= enough) return { groups: good };
      rateFactor = this.#next(passes);
    }
  }

  /** Encodes everything at a rate factor, from the second time on kept to the limit. */
  async #pass(rateFactor: number): Promise<void> {
    const budgets = this.#budgets(rateFactor);
    const trials = this.#encoder.counts.map((_, group) => this.#trial(group, rateFactor, budgets?.[group]));
    const groups = await this.#encode(trials);
    const cameTo = meanRateFactor(trials, groups);
    this.#look.compare(cameTo, groups);
    this.#overhead = Math.max(this.#overhead, await this.#encoder.overhead(groups));
    const samples = sum(groups.map(bytesOf));
    this.#passes.push({ asked: rateFactor, rateFactor: cameTo, groups, bytes: this.#overhead + samples });
    this.#model.add(cameTo, samples);
  }

  /** Bytes of each sample of each group that come to the limit together, by the pass that was nearest to it. */
  #budgets(rateFactor: number): Uint32Array[] | undefined {
    // At the ends of the range nothing can give way, and its bytes are the least that there are.
    if (this.#passes.length === 0 || rateFactor >= RATE_FACTOR_RANGE.max || rateFactor <= RATE_FACTOR_RANGE.min) {
      return undefined;
    }
    const { groups, bytes } = this.#nearest();
    const scale = (AIM * this.#maxBytes - this.#overhead) / (bytes - this.#overhead);
    return scale > 0 ? groups.map(({ sizes }) => scaled(sizes, scale)) : undefined;
  }

  #trial(group: number, rateFactor: number, bytes: Uint32Array | undefined, most?: number): Trial {
    if (!bytes) return { group, rateFactor };
    const factorsPerHalving = this.#model.factorsPerHalving(AIM * this.#maxBytes - this.#overhead);
    const steered = most ?? Math.max(STEERED.least, STEERED.ofHalving * factorsPerHalving);
    return { group, rateFactor, budget: { bytes, factorsPerHalving, mostTimes: 2 ** (steered / factorsPerHalving) } };
  }

  /** The pass whose bytes are nearest to the aim. */
  #nearest(): Pass<Result> {
    const aim = AIM * this.#maxBytes;
    return this.#passes.reduce((best, pass) => (Math.abs(pass.bytes - aim) < Math.abs(best.bytes - aim) ? pass : best));
  }

  async #encode(trials: readonly Trial[]): Promise<Result[]> {
    const results = await this.#encoder.encode(trials);
    for (const [at, trial] of trials.entries()) {
      const result = results[at] as Result;
      this.#encoded.push({ group: trial.group, rateFactor: meanRateFactor([trial], [result]), result });
    }
    return results;
  }

  #fill(groups: readonly Result[]): number {
    return (this.#overhead + sum(groups.map(bytesOf))) / this.#maxBytes;
  }

  /** The best quality of all fits. */
  #fitsAtBest(): boolean {
    return this.#passes.some(({ asked, bytes }) => asked <= RATE_FACTOR_RANGE.min && bytes <= this.#maxBytes);
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
    if (this.#encoder.counts.length < CORRECTED.leastGroups) return undefined;
    const base = this.#nearest();
    const trials = this.#correction(base, AIM * this.#maxBytes - base.bytes);
    if (!trials) return undefined;
    const results = await this.#encode(trials);
    const before = sum(trials.map(({ group }) => bytesOf(base.groups[group] as Result)));
    this.#model.measured(meanRateFactor(trials, results) - base.rateFactor, before, sum(results.map(bytesOf)));
    const groups = [...base.groups];
    for (const [at, { group }] of trials.entries()) groups[group] = results[at] as Result;
    return this.#fill(groups) <= 1 ? groups : undefined;
  }

  /** The fewest groups that gain `bytes` together, or lose them, without looking different from the others. */
  #correction({ rateFactor, groups, bytes }: Pass<Result>, gain: number): Trial[] | undefined {
    const perHalving = this.#model.factorsPerHalving(bytes - this.#overhead);
    const most = CORRECTED.mostShare * groups.length;
    for (let count = Math.ceil(CORRECTED.leastShare * groups.length); count <= most; count++) {
      const chosen = spread(groups.length, count);
      const own = sum(chosen.map((group) => bytesOf(groups[group] as Result)));
      if (own + gain <= 0) continue;
      const scale = (own + gain) / own;
      const steps = -perHalving * Math.log2(scale);
      if (Math.abs(steps) > MIXABLE) continue;
      const corrected = inRange(rateFactor + steps);
      return chosen.map((group) =>
        this.#trial(group, corrected, scaled((groups[group] as Result).sizes, scale), MIXABLE - Math.abs(steps)),
      );
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

/** The rate factor that trials came to, each counted by its bytes. */
function meanRateFactor(trials: readonly Trial[], results: readonly Sized[]): number {
  const bytes = results.map(bytesOf);
  const factors = trials.map(({ rateFactor, budget }, at) =>
    budget ? inRange(rateFactor + gaveWay(budget, (results[at] as Sized).sizes)) : rateFactor,
  );
  const all = sum(bytes);
  return all > 0 ? sum(factors.map((factor, at) => factor * (bytes[at] as number))) / all : (factors[0] as number);
}

/** Sizes of samples times a factor. */
function scaled(sizes: ArrayLike<number>, factor: number): Uint32Array {
  return Uint32Array.from(sizes, (size) => Math.round(size * factor));
}
