import assert from "node:assert/strict";
import { test } from "node:test";
import { dialValues, nearest } from "./match.mjs";

test("a dial's values are evenly spaced, both ends among them", () => {
  assert.deepEqual(dialValues({ from: 10, to: 12, step: 0.5 }), [10, 10.5, 11, 11.5, 12]);
});

test("a rate's values shrink by the same factor and end before the last", () => {
  assert.deepEqual(dialValues({ from: 1000, to: 120, factor: 0.5 }), [1000, 500, 250, 125]);
});

test("the first value that is near enough ends the search", async () => {
  const tried = [];
  const measure = async (value) => {
    tried.push(value);
    return 100 - value;
  };
  const found = await nearest(dialValues({ from: 0, to: 100, step: 1 }), 74.8, measure, 0.3);
  assert.deepEqual(found, { value: 25, quality: 75 });
  assert.ok(tried.length < 8, `${tried.length} encodes`);
});

test("where no value is near enough, the nearest counts, be it better or worse", async () => {
  const steps = [10, 20, 30, 40];
  const qualities = new Map([
    [10, 99],
    [20, 95],
    [30, 90],
    [40, 80],
  ]);
  const measure = async (value) => qualities.get(value);
  assert.deepEqual(await nearest(steps, 94, measure), { value: 20, quality: 95 });
  assert.deepEqual(await nearest(steps, 91, measure), { value: 30, quality: 90 });
});

test("a target out of reach gives the end of the dial", async () => {
  const measure = async (value) => 60 - value;
  assert.deepEqual(await nearest([1, 2, 3], 90, measure), { value: 1, quality: 59 });
  assert.deepEqual(await nearest([1, 2, 3], 10, measure), { value: 3, quality: 57 });
});
