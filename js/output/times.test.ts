import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { durationsTimeline, rateTimeline } from "../model/timeline.js";
import { headerTimes, partTimes } from "./times.js";

/** How long one sample may be in the core: 32 bits of 1/90000 s, `src/timing.rs`. */
const LONGEST = (2 ** 32 - 2) / 90_000;

/** Ends of samples as the core computes them: the nearest tick to the running sum, a tick later at least. */
function coreTicks(durations: Float64Array): number[] {
  const ticks = [0];
  let sum = 0;
  for (const duration of durations) {
    assert.ok(duration > 0 && duration < LONGEST, `the core refuses ${duration}`);
    sum += duration;
    ticks.push(Math.max((ticks.at(-1) as number) + 1, Math.round(sum * 90_000)));
  }
  return ticks;
}

test("a part's times are the whole's, and as many numbers as the part has samples, but for a few", () => {
  const seconds = fc.oneof(
    fc.double({ min: 1e-6, max: 1, noNaN: true }),
    fc.double({ min: 1, max: 36_000, noNaN: true }),
  );
  fc.assert(
    fc.property(fc.array(seconds, { minLength: 1, maxLength: 300 }), fc.nat(), fc.nat(), (durations, a, b) => {
      const timeline = durationsTimeline(durations);
      assert.ok(timeline.kind === "durations");
      const first = a % durations.length;
      const count = 1 + (b % (durations.length - first));
      const { times, firstSample } = partTimes(timeline, first, count);
      assert.ok(times.durations);
      const ticks = coreTicks(times.durations);
      for (let sample = 0; sample <= count; sample++) {
        assert.equal(ticks[firstSample + sample], timeline.ticks[first + sample]);
      }
      assert.equal(times.durations.length, firstSample + count);
      assert.ok(firstSample <= Math.ceil((timeline.ticks[first] as number) / 90_000 / 36_000));
    }),
  );
});

test("at a rate, a part is told by its first sample alone", () => {
  const timeline = rateTimeline(1000, { num: 30_000, den: 1001 });
  assert.deepEqual(partTimes(timeline, 900, 30), { times: { fpsNum: 30_000, fpsDen: 1001 }, firstSample: 900 });
});

test("a header says how long the file will be where that is known, and always the clock of its fragments", () => {
  const timeline = durationsTimeline([1, 2]);
  assert.deepEqual(headerTimes(timeline, true), { times: { durations: Float64Array.of(1, 2) }, samples: 2 });
  assert.deepEqual(headerTimes(timeline, false), { times: { fpsNum: 90_000, fpsDen: 1 } });
});
