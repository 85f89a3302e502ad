import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameClock } from "./frame-clock.js";

test("the clock goes with the timestamps, wherever they begin", () => {
  const clock = new FrameClock(30);
  assert.deepEqual(
    [-40_000, 0, 40_000, 1_040_000].map((time) => Number(clock.at(time).toFixed(6))),
    [0, 0.04, 0.08, 1.08],
  );
});

test("it never stands still or goes back, whatever the timestamps are", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 2 }), (timestamps) => {
      const clock = new FrameClock(30);
      const seconds = timestamps.map((timestamp) => clock.at(timestamp));
      for (let index = 1; index < seconds.length; index++)
        assert.ok((seconds[index] as number) > (seconds[index - 1] as number));
    }),
  );
});
