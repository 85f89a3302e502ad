// What every recipe keeps: the same pictures each time, in any order, and two clips that are not alike.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CLIPS, KINDS } from "./index.mjs";
import { Picture } from "./raster.mjs";

const SIZE = { width: 320, height: 180, frames: 40 };

function pictures(kind, clip, numbers) {
  const draw = KINDS[kind].recipe({ ...SIZE, clip });
  const picture = new Picture(SIZE.width, SIZE.height);
  return numbers.map((n) => {
    draw(picture, n);
    return Buffer.from(picture.data);
  });
}

/** Mean difference of two pictures' codes. */
function apart(a, b) {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += Math.abs(a[at] - b[at]);
  return sum / a.length;
}

for (const kind of Object.keys(KINDS)) {
  test(`${kind}: the same pictures again, in another order, into another picture's memory`, () => {
    for (const clip of CLIPS) {
      const [first, second] = pictures(kind, clip, [3, 31]);
      const [secondAgain, firstAgain] = pictures(kind, clip, [31, 3]);
      assert.ok(first.equals(firstAgain) && second.equals(secondAgain));
      assert.ok(apart(first, second) > 0.2, `nothing moves in clip ${clip}`);
    }
  });

  test(`${kind}: the clips are different`, () => {
    const [[a], [b]] = CLIPS.map((clip) => pictures(kind, clip, [10]));
    assert.ok(apart(a, b) > 8, `${apart(a, b)} codes apart`);
  });
}

test("held photographs do not change for fifteen pictures", () => {
  const [first, last, next] = pictures("held", "a", [0, 14, 15]);
  assert.ok(first.equals(last));
  assert.ok(!first.equals(next));
});

test("pixel art is made of squares", () => {
  const zoom = 4;
  const draw = KINDS.pixelart.recipe({ width: 1280, height: 720, frames: 40, clip: "a" });
  const picture = new Picture(1280, 720);
  draw(picture, 7);
  const pixel = (x, y) => picture.data.subarray((y * 1280 + x) * 3, (y * 1280 + x) * 3 + 3).join();
  for (let y = 0; y < 720; y += 1) {
    for (let x = 0; x < 1280; x += 1) assert.equal(pixel(x, y), pixel(x - (x % zoom), y - (y % zoom)));
  }
});

test("the time-lapse's exposures differ by 1.2 %", () => {
  const numbers = Array.from({ length: SIZE.frames }, (_, n) => n);
  // Grass at the bottom, in shadow or not, changes slowly: what differs from one to the next is the exposure.
  const means = pictures("timelapse", "a", numbers).map((data) => {
    const rows = data.subarray(data.length * 0.9);
    return rows.reduce((sum, value) => sum + value, 0) / rows.length;
  });
  const steps = means.slice(1).map((mean, at) => Math.log(mean / means[at]));
  const deviation = Math.sqrt(steps.reduce((sum, step) => sum + step * step, 0) / steps.length) / Math.SQRT2;
  assert.ok(deviation > 0.009 && deviation < 0.016, `${deviation}`);
});
