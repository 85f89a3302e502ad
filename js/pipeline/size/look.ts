import { inRange, SizeModel, usualRateFactor } from "./model.js";
import { bytesOf, type Extract, type SearchEncoder, type Sized, spread, sum } from "./trial.js";

/** Of what is looked at: groups, the share of their pictures, and the least number of those. */
const SAMPLE = { groups: 4, share: 1 / 8, least: 4 };

/** A look is not worth more than this share of a pass. */
const MOST = 1 / 4;

/** Rate factors between two looks, at least: over so many a slope is measured well. */
const FAR = 3;

/** Where pictures after the first take less than this share of it each, nothing moves, and what the others show is still to be seen. */
const STILL = 1 / 50;

/**
 * What is usual of such groups: how many times what the first pictures show comes to, rate factors in which its bytes halve, and how
 * many times more pictures take that stay than where each is looked at once.
 */
const STILL_USUALLY = { comesTo: 3, halving: 6, staying: 1.6 };

/** A look and a pass nearer than this say little of the slope: what follows a picture changes its bytes as well. */
const COMPARABLE = 2;

/** What of a group is looked at. */
interface Sample {
  group: number;
  pictures: Extract;
}

/** Looks at a few pictures before everything is encoded: where to begin, and how bytes follow the rate factor. */
export class Look<Result extends Sized> {
  /** What is known of the file's samples. */
  model = new SizeModel();
  readonly #encoder: SearchEncoder<Result>;
  readonly #budget: number;
  /** The last one, to be compared with the same pictures in the first pass. */
  #last: { rateFactor: number; sample: readonly Sample[]; bytes: number } | undefined;

  /** @param budget bytes that the file is to have */
  constructor(encoder: SearchEncoder<Result>, budget: number) {
    this.#encoder = encoder;
    this.#budget = budget;
  }

  /** A rate factor to begin with, from a few pictures of a few groups. */
  async begin(): Promise<number> {
    const { counts, pixels } = this.#encoder;
    const start = usualRateFactor(this.#budget, pixels * sum(counts));
    const sample = this.#sample(MOST * sum(counts));
    if (!sample) return start;

    const looks = new SizeModel();
    const results = await this.#lookAt(sample, start, looks);
    if (results.every(isStill)) {
      return this.#lookAround(sample, inRange(looks.predict(this.#budget / STILL_USUALLY.comesTo)));
    }
    const first = inRange(looks.predict(this.#budget));
    const further = first < start ? -FAR : FAR;
    await this.#lookAt(sample, Math.abs(first - start) > FAR ? first : inRange(first + further), looks);
    this.model = new SizeModel(looks.factorsPerHalving(this.#budget));
    return inRange(looks.predict(this.#budget));
  }

  /** A rate factor to begin with, by pictures from all over groups of which the first ones say little. */
  async #lookAround(sample: readonly Sample[], rateFactor: number): Promise<number> {
    this.model = new SizeModel(STILL_USUALLY.halving);
    const places = new SizeModel(STILL_USUALLY.halving);
    const around = sample.map((part) => this.#spreadOut(part));
    await this.#lookAt(around, rateFactor, places);
    // In the whole group they stay, and take more: that says nothing of the slope.
    this.#last = undefined;
    return inRange(places.predict(this.#budget / STILL_USUALLY.staying));
  }

  /** Adds what all groups are to be expected to take. */
  async #lookAt(sample: readonly Sample[], rateFactor: number, looks: SizeModel): Promise<Result[]> {
    const { counts } = this.#encoder;
    const results = await this.#encoder.encode(sample.map((part) => ({ ...part, rateFactor })));
    this.#last = { rateFactor, sample, bytes: sum(results.map(bytesOf)) };
    const expected = sample.map(({ group, pictures }, at) =>
      extrapolated((results[at] as Result).sizes, (counts[group] as number) / pictures.every),
    );
    const sampled = sum(sample.map(({ group }) => counts[group] as number));
    looks.add(rateFactor, (sum(expected) * sum(counts)) / sampled);
    return results;
  }

  /** The first pictures of as many groups as are worth a look; nothing where not even one is. */
  #sample(mostPictures: number): Sample[] | undefined {
    const { counts } = this.#encoder;
    for (let groups = Math.min(counts.length, SAMPLE.groups); groups > 0; groups--) {
      const sample = spread(counts.length, groups).map((group) => {
        const all = counts[group] as number;
        const count = Math.min(all, Math.max(SAMPLE.least, Math.ceil(all * SAMPLE.share)));
        return { group, pictures: { count, every: 1 } };
      });
      if (sum(sample.map(({ pictures }) => pictures.count)) <= mostPictures) return sample;
    }
    return undefined;
  }

  /** As many pictures from all over the group. */
  #spreadOut({ group, pictures: { count } }: Sample): Sample {
    return { group, pictures: { count, every: Math.floor((this.#encoder.counts[group] as number) / count) } };
  }

  /** Between a look and a pass the same pictures lost bytes over some rate factors. */
  compare(rateFactor: number, groups: readonly Result[]): void {
    if (!this.#last) return;
    const { rateFactor: before, sample, bytes } = this.#last;
    const same = sample.map(({ group, pictures }) =>
      sum(Array.from((groups[group] as Result).sizes).slice(0, pictures.count)),
    );
    if (Math.abs(rateFactor - before) >= COMPARABLE) this.model.measured(rateFactor - before, bytes, sum(same));
    this.#last = undefined;
  }
}

/** Whether nothing moves in the first pictures of a group. */
function isStill({ sizes }: Sized): boolean {
  const [keyframe = 0, ...others] = Array.from(sizes);
  return others.length > 0 && sum(others) < STILL * keyframe * others.length;
}

/** Bytes of a group of so many pictures, of which the first few are known: a keyframe, and others like those that follow it. */
function extrapolated(sizes: ArrayLike<number>, count: number): number {
  const [keyframe = 0, ...others] = Array.from(sizes);
  const each = others.length > 0 ? sum(others) / others.length : keyframe;
  return keyframe + each * (count - 1);
}
