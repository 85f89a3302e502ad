import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { searchLargestFit } from "./search.js";
import { Spending } from "./spending.js";
import type { SearchEncoder, Trial } from "./trial.js";

/** How bytes of a group follow its rate factor. */
interface Group {
  count: number;
  /** Bytes of a picture at rate factor 23. */
  picture: number;
  /** How much larger a keyframe is. */
  keyframe: number;
  /** Rate factors in which bytes halve. */
  halving: number;
  /** Relative noise of a sample's size, the same for the same rate factor. */
  noise: number;
}

const OVERHEAD = 900;
const PIXELS = 320 * 180;

/** An encoder without pictures; `cost` counts the pictures that it encodes, `rounds` the passes if every group has a worker. */
class FakeEncoder implements SearchEncoder<{ sizes: Uint32Array }> {
  readonly counts: number[];
  readonly pixels = PIXELS;
  cost = 0;
  readonly trials: Trial[] = [];
  readonly #groups: Group[];

  constructor(groups: Group[]) {
    this.#groups = groups;
    this.counts = groups.map(({ count }) => count);
  }

  async encode(trials: readonly Trial[]): Promise<{ sizes: Uint32Array }[]> {
    return trials.map((trial) => {
      const { count } = this.#groups[trial.group] as Group;
      assert.ok(trial.rateFactor >= 0 && trial.rateFactor <= 51, `rate factor ${trial.rateFactor}`);
      this.trials.push(trial);
      this.cost += trial.pictures?.count ?? count;
      return { sizes: this.sizes(trial) };
    });
  }

  async overhead(): Promise<number> {
    return OVERHEAD;
  }

  /** Bytes of a picture at a rate factor. */
  size(group: number, index: number, rateFactor: number): number {
    const { picture, keyframe, halving, noise } = this.#groups[group] as Group;
    const exact = picture * (index === 0 ? keyframe : 1) * 2 ** ((23 - rateFactor) / halving);
    const wobble = Math.sin(1e4 * Math.sin(group + 7 * index + 13 * Math.round(100 * rateFactor)));
    return Math.max(9, Math.round(exact * (1 + noise * wobble)));
  }

  /** A rate factor gives way to a budget as in the core. */
  sizes({ group, rateFactor, pictures, budget }: Trial): Uint32Array {
    const spending = budget && new Spending(budget);
    const { count, every } = pictures ?? { count: this.counts[group] as number, every: 1 };
    return Uint32Array.from({ length: count }, (_, at) => {
      const size = this.size(group, at * every, rateFactor + (spending?.correction() ?? 0));
      spending?.spend(size);
      return size;
    });
  }

  /** Bytes of the file with every group at a rate factor. */
  bytesAt(rateFactor: number): number {
    return OVERHEAD + total(this.counts.map((_, group) => ({ sizes: this.sizes({ group, rateFactor }) })));
  }

  /** Encoded pictures, in passes over all. */
  get passes(): number {
    return this.cost / this.counts.reduce((sum, count) => sum + count, 0);
  }
}

function total(groups: readonly { sizes: Uint32Array }[]): number {
  return groups.reduce((sum, { sizes }) => sum + sizes.reduce((bytes, size) => bytes + size, 0), 0);
}

const contents = fc.array(
  fc.record({
    count: fc.integer({ min: 1, max: 150 }),
    picture: fc.integer({ min: 60, max: 20_000 }),
    keyframe: fc.double({ min: 1, max: 25, noNaN: true }),
    halving: fc.double({ min: 3.5, max: 10, noNaN: true }),
    noise: fc.double({ min: 0, max: 0.05, noNaN: true }),
  }),
  { minLength: 1, maxLength: 12 },
);
const shares = fc.double({ min: 0.02, max: 1.2, noNaN: true });

test("a file is never larger than its limit, and full where the content allows", async () => {
  let runs = 0;
  let full = 0;
  await fc.assert(
    fc.asyncProperty(contents, shares, async (groups, share) => {
      const encoder = new FakeEncoder(groups);
      const maxBytes = Math.floor(encoder.bytesAt(10) * share);
      const found = await searchLargestFit(encoder, maxBytes);
      if (!("groups" in found)) {
        assert.ok(found.least > maxBytes);
        assert.equal(found.least, encoder.bytesAt(51));
        return;
      }
      const bytes = OVERHEAD + total(found.groups);
      assert.ok(bytes <= maxBytes, `${bytes} of ${maxBytes}`);
      assert.deepEqual(
        found.groups.map(({ sizes }) => sizes.length),
        encoder.counts,
      );
      runs++;
      if (bytes >= 0.95 * maxBytes || encoder.bytesAt(0) <= maxBytes) full++;
      else assert.ok(bytes >= 0.8 * maxBytes, `${bytes} of ${maxBytes}`);
    }),
    { numRuns: 500, seed: 1 },
  );
  assert.ok(full >= 0.98 * runs, `${full} of ${runs} are full`);
});

test("it takes two passes and a bit, but for odd content", async () => {
  const passes: number[] = [];
  await fc.assert(
    fc.asyncProperty(contents, shares, async (groups, share) => {
      const encoder = new FakeEncoder(groups);
      await searchLargestFit(encoder, Math.floor(encoder.bytesAt(10) * share));
      passes.push(encoder.passes);
    }),
    { numRuns: 500, seed: 2 },
  );
  passes.sort((a, b) => a - b);
  const at = (share: number): number => passes[Math.floor(share * passes.length)] as number;
  const spread = [at(0.5), at(0.8), at(0.999)] as const;
  assert.ok(spread[0] <= 2.2 && spread[1] <= 2.4 && spread[2] <= 4.5, `${spread} passes`);
});

test("bytes that collapse within a rate factor are met there, by a mix of groups", async () => {
  class Cliff extends FakeEncoder {
    override size(group: number, index: number, rateFactor: number): number {
      return super.size(group, index, rateFactor) / (rateFactor > 39.4 ? 40 : 1);
    }
  }
  const group = { count: 12, picture: 20_000, keyframe: 1, halving: 20, noise: 0 };
  const encoder = new Cliff([group, group, group, group, group, group, group, group]);
  const maxBytes = Math.round(0.6 * encoder.bytesAt(39.3));
  const found = await searchLargestFit(encoder, maxBytes);
  assert.ok("groups" in found);
  const bytes = OVERHEAD + total(found.groups);
  assert.ok(bytes <= maxBytes && bytes > 0.45 * encoder.bytesAt(39.3), `${bytes} of ${maxBytes}`);
});

test("the same input is searched the same way", async () => {
  const groups = [60, 60, 48].map((count, at) => ({
    count,
    picture: 900 + 300 * at,
    keyframe: 8,
    halving: 5,
    noise: 0.03,
  }));
  const searched = await Promise.all(
    [1, 2].map(async () => {
      const encoder = new FakeEncoder(groups);
      await searchLargestFit(encoder, 150_000);
      return encoder.trials;
    }),
  );
  assert.deepEqual(searched[0], searched[1]);
});

test("a limit beyond the best quality gives the best quality, in one pass more than it takes to see that", async () => {
  const encoder = new FakeEncoder([{ count: 50, picture: 500, keyframe: 5, halving: 6, noise: 0 }]);
  const found = await searchLargestFit(encoder, 1e9);
  assert.ok("groups" in found);
  assert.deepEqual(found.groups[0]?.sizes, encoder.sizes({ group: 0, rateFactor: 0 }));
});

test("a limit that no quality meets is answered with the least that there is", async () => {
  const encoder = new FakeEncoder([{ count: 50, picture: 500, keyframe: 5, halving: 6, noise: 0 }]);
  assert.deepEqual(await searchLargestFit(encoder, 1000), { least: encoder.bytesAt(51) });
});

test("bytes that jump end the search all the same, at what fits", async () => {
  class Stairs extends FakeEncoder {
    override size(group: number, index: number, rateFactor: number): number {
      return super.size(group, index, 8 * Math.round(rateFactor / 8));
    }
  }
  const encoder = new Stairs([{ count: 40, picture: 900, keyframe: 4, halving: 4, noise: 0 }]);
  const maxBytes = Math.round(0.9 * encoder.bytesAt(24));
  const found = await searchLargestFit(encoder, maxBytes);
  assert.ok("groups" in found);
  assert.ok(OVERHEAD + total(found.groups) <= maxBytes);
  assert.ok(encoder.trials.length <= 16, `${encoder.trials.map(({ rateFactor }) => rateFactor)}`);
});
