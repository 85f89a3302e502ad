import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkFrameRate } from "./frame-rate.js";

test("short names of video standards mean their exact rates", () => {
  for (const [name, num] of [
    [23.976, 24_000],
    [29.97, 30_000],
    [59.94, 60_000],
    [119.88, 120_000],
  ] as const) {
    assert.deepEqual(checkFrameRate(name, "fps"), { num, den: 1001 });
  }
});

test("a fraction comes back in lowest terms, and as a number as the same fraction", () => {
  const parts = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(parts, parts, (num, den) => {
      const { num: n, den: d } = checkFrameRate({ num, den }, "fps");
      assert.equal(n * den, d * num);
      const asNumber = checkFrameRate(num / den, "fps");
      assert.ok(Math.abs(asNumber.num / asNumber.den / (num / den) - 1) <= 1e-9);
      assert.ok(asNumber.den <= d);
    }),
  );
});

test("a rate of a few decimals is exact", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999 }), (thousandths) => {
      const { num, den } = checkFrameRate(thousandths / 1000, "fps");
      if (![23_976, 29_970, 59_940].includes(thousandths)) assert.equal(num * 1000, den * thousandths);
    }),
  );
});

test("what is no rate is refused by name", () => {
  for (const wrong of [0, -1, Number.NaN, 1001, 1e-6, "24", null, {}, { num: 1.5, den: 1 }, { num: 1, den: 0 }]) {
    assert.throws(() => checkFrameRate(wrong, "options.fps"), { code: "invalid-option", message: /^options\.fps/ });
  }
});
