import assert from "node:assert/strict";
import { test } from "node:test";
import { bdRate } from "./bd-rate.mjs";

const points = (pairs) => pairs.map(([psnr, bytes]) => ({ psnr, bytes }));
const anchor = points([
  [30, 1000],
  [33, 1900],
  [37, 4400],
  [41, 12000],
]);
const near = (actual, wanted) => assert.ok(Math.abs(actual - wanted) < 1e-6, `${actual} is not ${wanted}`);

test("an encoder against itself is 0", () => near(bdRate(anchor, anchor), 0));

test("the same curve at 1.3 times the bytes is +30 %", () => {
  near(
    bdRate(
      anchor,
      anchor.map(({ psnr, bytes }) => ({ psnr, bytes: bytes * 1.3 })),
    ),
    0.3,
  );
});

test("where log rate is linear in PSNR, a shift in PSNR costs its slope", () => {
  const linear = (shift) => points([30, 33, 37, 41].map((psnr) => [psnr + shift, Math.exp(psnr / 5)]));
  // One decibel worse: exp(1/5) times the bytes for the same quality.
  near(bdRate(linear(0), linear(-1)), Math.exp(1 / 5) - 1);
});

test("agrees with an independent program", () => {
  const other = points([
    [29.2, 900],
    [32.5, 1700],
    [35.1, 3600],
    [39.9, 9900],
    [42.3, 21000],
  ]);
  // The Python package bjontegaard 1.3.0: bd_rate(..., method="pchip").
  near(bdRate(anchor, other), 0.113_310_147_072_593_9);
});

test("curves that share no quality have no difference", () => {
  assert.equal(
    bdRate(
      anchor,
      anchor.map(({ psnr, bytes }) => ({ psnr: psnr + 50, bytes })),
    ),
    null,
  );
});

test("two points are not a curve, three are", () => {
  assert.equal(bdRate(anchor, anchor.slice(2)), null);
  const three = anchor.slice(1);
  near(
    bdRate(
      three,
      three.map(({ psnr, bytes }) => ({ psnr, bytes: bytes * 1.2 })),
    ),
    0.2,
  );
});

test("any measure will do", () => {
  const vmaf = (times) => [60, 75, 88, 95].map((value, at) => ({ vmaf: value, bytes: 1000 * times * 2 ** at }));
  near(bdRate(vmaf(1), vmaf(0.8), "vmaf"), -0.2);
});

test("points that another beats are left out", () => {
  const saturated = [...anchor, { psnr: 40.9, bytes: 30000 }, { psnr: 41, bytes: 12500 }];
  near(bdRate(anchor, saturated), 0);
});
