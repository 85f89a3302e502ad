import assert from "node:assert/strict";
import { test } from "node:test";
import { gaveWay, Spending } from "./spending.js";

// The cases of src/encode/budget.rs, which encodes by this law: what a search concludes from it holds while both are the same.
const budgetOf = (...bytes: number[]) => ({
  bytes: Uint32Array.from(bytes),
  factorsPerHalving: 6,
  mostTimes: Math.SQRT2,
});

test("what was expected changes nothing", () => {
  assert.equal(gaveWay(budgetOf(900, 100, 100), [900, 100, 100]), 0);
});

test("what is over is made up for by those to come, and what is left over is theirs", () => {
  for (const [bytes, correction] of [
    [1250, 3],
    [1050, 1.334],
    [900, -2.49],
  ] as const) {
    const spending = new Spending(budgetOf(1000, 500, 500));
    spending.spend(bytes);
    assert.ok(Math.abs(spending.correction() - correction) < 0.001, `${bytes}: ${spending.correction()}`);
  }
});

test("with nothing left, samples are as coarse as allowed", () => {
  const spending = new Spending(budgetOf(100, 100));
  spending.spend(300);
  assert.ok(Math.abs(spending.correction() - 3) < 1e-9);
});

test("how far a group gave way is counted by bytes", () => {
  // The first sample came as expected, the other two, half the bytes of the first together, at 3 rate factors more.
  assert.ok(Math.abs(gaveWay(budgetOf(1000, 10, 10), [2000, 500, 500]) - 1) < 1e-9);
});
