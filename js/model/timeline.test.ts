import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  durationsTimeline,
  imageAt,
  joinTimelines,
  rateTimeline,
  reverseTimeline,
  sliceTimeline,
  startOf,
  type Timeline,
  totalSeconds,
} from "./timeline.js";

const seconds = fc.double({ min: 1e-4, max: 36_000, noNaN: true });
const timelines: fc.Arbitrary<Timeline> = fc.oneof(
  fc.array(seconds, { minLength: 1, maxLength: 60 }).map(durationsTimeline),
  fc
    .tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 240_000 }), fc.integer({ min: 1, max: 1001 }))
    .map(([length, num, den]) => rateTimeline(length, { num, den })),
);

/** Half a tick of 1/90000 s at either end. */
const TICK = 1 / 90_000;

test("slices of a timeline add up to it", () => {
  fc.assert(
    fc.property(timelines, fc.double({ min: 0, max: 1, noNaN: true }), (timeline, share) => {
      const cut = Math.floor(share * timeline.length);
      const [front, back] = [sliceTimeline(timeline, 0, cut), sliceTimeline(timeline, cut, timeline.length)];
      assert.equal(front.length + back.length, timeline.length);
      const off = Math.abs(totalSeconds(front) + totalSeconds(back) - totalSeconds(timeline));
      // Images shorter than a tick are made a tick long, wherever they stand.
      assert.ok(off <= TICK * (timeline.length + 1), `${off} s`);
    }),
  );
});

test("what was cut and is joined again is what it was", () => {
  fc.assert(
    fc.property(timelines, fc.double({ min: 0, max: 1, noNaN: true }), (timeline, share) => {
      const cut = Math.floor(share * timeline.length);
      const parts = [sliceTimeline(timeline, 0, cut), sliceTimeline(timeline, cut, timeline.length)];
      assert.deepEqual(joinTimelines(parts), timeline);
    }),
  );
});

test("twice reversed is what it was, and as long in between", () => {
  fc.assert(
    fc.property(timelines, (timeline) => {
      const reversed = reverseTimeline(timeline);
      assert.deepEqual(reverseTimeline(reversed), timeline);
      assert.ok(Math.abs(totalSeconds(reversed) - totalSeconds(timeline)) <= TICK * (timeline.length + 1));
    }),
  );
});

test("every image starts after the one before, and is found at its start", () => {
  fc.assert(
    fc.property(timelines, (timeline) => {
      for (let index = 0; index < timeline.length; index++) {
        const start = startOf(timeline, index);
        assert.ok(startOf(timeline, index + 1) > start);
        // Shorter images than a millionth of a second do not exist, see imageAt.
        assert.equal(imageAt(timeline, start), index);
      }
    }),
  );
});

test("times never drift: an hour of sevenths of a second ends at the hour", () => {
  assert.equal(totalSeconds(durationsTimeline(Array(7 * 3600).fill(1 / 7))), 3600);
});
