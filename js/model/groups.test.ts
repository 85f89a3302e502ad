import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutGroups, evenParts, GroupCutter } from "./groups.js";
import { durationsTimeline, rateTimeline, startOf, type Timeline } from "./timeline.js";

const timelines: fc.Arbitrary<Timeline> = fc.oneof(
  fc.array(fc.double({ min: 0.001, max: 10, noNaN: true }), { minLength: 1, maxLength: 200 }).map(durationsTimeline),
  fc
    .tuple(fc.integer({ min: 1, max: 1500 }), fc.constantFrom(1, 10, 24, 25, 30, 60))
    .map(([length, num]) => rateTimeline(length, { num, den: 1 })),
);
const intervals = fc.option(fc.double({ min: 0.05, max: 20, noNaN: true }), { nil: undefined });

test("groups cover every image once, each begins with a keyframe, and all but the last hold four images", () => {
  fc.assert(
    fc.property(timelines, intervals, (timeline, interval) => {
      const groups = cutGroups(timeline, interval);
      let next = 0;
      for (const { first, count, keyframes } of groups) {
        assert.equal(first, next);
        assert.equal(keyframes.length, count);
        assert.equal(keyframes[0], true);
        next += count;
      }
      assert.equal(next, timeline.length);
      for (const { count } of groups.slice(0, -1)) assert.ok(count >= 4);
    }),
  );
});

test("no image but the one that is a keyframe starts later after a keyframe than the interval says", () => {
  fc.assert(
    fc.property(timelines, intervals, (timeline, given) => {
      const end = startOf(timeline, timeline.length);
      const interval = given ?? end / evenParts(end);
      const keyframes = cutGroups(timeline, given).flatMap((group) => group.keyframes);
      let last = 0;
      for (const [index, keyframe] of keyframes.entries()) {
        const start = startOf(timeline, index);
        if (keyframe) last = start;
        assert.ok(start - last < interval, `image ${index} starts ${start - last} s after its keyframe`);
      }
    }),
  );
});

test("a clip's length alone says how many parts it has", () => {
  for (const [seconds, parts] of [
    [0.04, 1],
    [2, 1],
    [2.04, 2],
    [3.2, 2],
    [8, 2],
    [8.1, 4],
    [10, 4],
    [20, 4],
    [20.1, 8],
    [40, 8],
    [40.1, 16],
    [3600, 720],
  ] as const) {
    assert.equal(evenParts(seconds), parts, `${seconds} s`);
  }
});

test("no part is longer than 5 s, and of clips over 2 s two workers have the same share", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 36_000, noNaN: true }), (seconds) => {
      const parts = evenParts(seconds);
      assert.ok(seconds / parts <= 5 + 1e-6);
      if (seconds > 2.001) assert.equal(parts % 2, 0);
    }),
  );
});

test("parts of a steady clip differ by one image at most", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(24, 25, 30, 50, 60), (length, num) => {
      const counts = cutGroups(rateTimeline(length, { num, den: 1 }), undefined).map(({ count }) => count);
      const inside = counts.slice(0, -1);
      assert.ok(inside.length === 0 || Math.max(...inside) - Math.min(...inside) <= 1, String(counts));
    }),
  );
});

test("frames whose end is not known have a keyframe every two seconds", () => {
  const cutter = new GroupCutter(undefined);
  const keyframes = Array.from({ length: 100 }, (_, index) => cutter.next(index / 10).keyframe);
  assert.deepEqual(
    keyframes.flatMap((keyframe, index) => (keyframe ? [index] : [])),
    [0, 20, 40, 60, 80],
  );
});
