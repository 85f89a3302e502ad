import assert from "node:assert/strict";
import { test } from "node:test";
import { overall, summarise } from "./rd-summary.mjs";

/** Points of an encoder that takes `times` the bytes of the anchor for the same quality. */
const points = (times) =>
  [30, 34, 38, 42].map((psnr, at) => ({ psnr, vmaf: 60 + 10 * at, bytes: 1000 * times * 2 ** at }));
const named = (times) =>
  points(times).map((point, at) => ({ quality: ["low", "medium", "high", "best"][at], ...point }));
const references = Object.fromEntries(named(1).map(({ quality, ...point }) => [quality, point]));

const entry = (kind, { auto, photo = auto, screen = auto }) => {
  const curves = { auto: named(auto), photo: named(photo), screen: named(screen) };
  return { kind, clip: "a", ...summarise({ anchor: points(1), references, curves }) };
};
const near = (actual, wanted) => assert.ok(Math.abs(actual - wanted) < 1e-6, `${actual} is not ${wanted}`);

test("a clip's BD-rates by both measures, and its names beside the references", () => {
  const { bd, names } = entry("camera", { auto: 1.3, photo: 1.25, screen: 3 });
  near(bd.auto.psnr, 0.3);
  near(bd.auto.vmaf, 0.3);
  near(bd.screen.mean, 2);
  near(names.high.ratio, 1.3);
  near(names.high.difference, 0);
});

test("a measure whose range is not shared does not count", () => {
  const better = named(1.3).map((point) => ({ ...point, vmaf: point.vmaf + 50 }));
  const curves = { auto: better, photo: better, screen: better };
  const { bd } = summarise({ anchor: points(1), references, curves });
  assert.equal(bd.auto.vmaf, null);
  near(bd.auto.mean, 0.3);
});

test("mean, worst, worst without flicker, and how far automatic is from the better choice", () => {
  const all = overall([
    entry("camera", { auto: 1.2, photo: 1.2, screen: 2 }),
    entry("plots", { auto: 1.4, photo: 1.6, screen: 1.25 }),
    entry("timelapse", { auto: 2 }),
  ]);
  near(all.mean, (0.2 + 0.4 + 1) / 3);
  assert.equal(all.worst.kind, "timelapse");
  assert.equal(all.worstSteady.kind, "plots");
  near(all.worstSteady.value, 0.4);
  assert.equal(all.beyondManual.kind, "plots");
  near(all.beyondManual.value, 1.4 / 1.25 - 1);
  near(all.names.high.ratio, (1.2 * 1.4 * 2) ** (1 / 3));
});
