import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { durationsTimeline, rateTimeline, startOf } from "./timeline.js";
import { TimelineBuilder } from "./timeline-builder.js";

test("frames at a rate make the timeline of that rate", () => {
  const builder = new TimelineBuilder({ num: 24_000, den: 1001 });
  const starts = Array.from({ length: 50 }, () => builder.add(undefined));
  const timeline = rateTimeline(50, { num: 24_000, den: 1001 });
  assert.deepEqual(builder.timeline, timeline);
  assert.deepEqual(
    starts,
    starts.map((_, index) => startOf(timeline, index)),
  );
});

test("one duration among frames at a rate gives every frame its own", () => {
  const builder = new TimelineBuilder({ num: 10, den: 1 });
  for (const seconds of [undefined, undefined, 2, undefined]) builder.add(seconds);
  assert.deepEqual(builder.timeline, durationsTimeline([0.1, 0.1, 2, 0.1]));
});

test("durations one by one make the timeline of all of them", () => {
  const seconds = fc.double({ min: 1e-7, max: 36_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(seconds, { maxLength: 100 }), (durations) => {
      const builder = new TimelineBuilder(undefined);
      for (const duration of durations) builder.add(duration);
      assert.deepEqual(builder.timeline, durationsTimeline(durations));
    }),
  );
});
