import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Progress } from "../model/options.js";
import { ProgressMeter } from "./progress.js";

function metered(
  length: number,
  growing = false,
): { reports: Progress[]; extent: { timeline: { length: number }; growing: boolean }; meter: ProgressMeter } {
  const reports: Progress[] = [];
  const extent = { timeline: { length }, growing };
  return { reports, extent, meter: new ProgressMeter((progress) => reports.push(progress), extent) };
}

/** What is promised of the reports of any encode. */
function assertSound(reports: readonly Progress[]): void {
  const [first, last] = [reports[0], reports.at(-1)];
  assert.deepEqual([first?.stage, first?.fraction, last?.stage, last?.fraction], ["loading", 0, "done", 1]);
  for (const [index, { stage, fraction, done, total }] of reports.entries()) {
    const before = reports[index - 1];
    if (before) assert.ok(fraction >= before.fraction && done >= before.done, "goes back");
    assert.ok(done <= total && (fraction < 1 || stage === "done"));
  }
  assert.equal(last?.done, last?.total);
}

test("groups that advance in any order, and begin anew after a crash, make progress that never goes back", () => {
  const advances = fc.array(fc.tuple(fc.nat(3), fc.nat(10)), { maxLength: 60 });
  fc.assert(
    fc.property(advances, (steps) => {
      const { reports, meter } = metered(40);
      meter.startEncoding();
      const parts = [0, 1, 2, 3].map(() => meter.part());
      for (const [group, encoded] of steps) parts[group]?.(encoded);
      for (const part of parts) part(10);
      assert.equal(reports.at(-1)?.done, 40);
      meter.startWriting();
      meter.finish();
      assertSound(reports);
    }),
  );
});

test("a search of more passes than expected approaches the end and does not reach it", () => {
  for (const passes of [1, 2, 3, 9]) {
    const { reports, meter } = metered(20);
    meter.startEncoding(2);
    for (let pass = 0; pass < passes; pass++) meter.part()(20);
    assert.ok((reports.at(-1)?.fraction as number) < 0.99);
    meter.startWriting();
    meter.finish();
    assertSound(reports);
  }
});

test("while frames are added they are counted, and the fraction begins when the last one is in", () => {
  const { reports, extent, meter } = metered(0, true);
  meter.startEncoding();
  const part = meter.part();
  for (let frame = 1; frame <= 10; frame++) {
    extent.timeline.length = frame + 2;
    part(frame);
    assert.deepEqual([reports.at(-1)?.fraction, reports.at(-1)?.done], [0, frame]);
  }
  extent.growing = false;
  part(11);
  assert.ok((reports.at(-1)?.fraction as number) > 0.8);
  part(12);
  meter.startWriting();
  meter.finish();
  assertSound(reports);
});
