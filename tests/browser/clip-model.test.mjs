// What a clip is before anything is encoded: lengths, times, and clips made of clips. Needs no browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { inRoot } from "../../scripts/lib/project.mjs";

const { ImageSequenceClip } = await import(pathToFileURL(inRoot("dist", "index.js")).href);
const sources = Array.from({ length: 5 }, (_, index) => new Blob([String(index)]));

test("duration is exactly the sum, and fps its average", () => {
  const regular = new ImageSequenceClip(sources, { fps: 29.97 });
  assert.deepEqual([regular.length, regular.duration, regular.fps], [5, (5 * 1001) / 30000, 30000 / 1001]);
  const irregular = new ImageSequenceClip(sources, { durations: [1, 3, 0.04, 0.5, 0.46] });
  assert.deepEqual([irregular.length, irregular.duration, irregular.fps], [5, 5, 1]);
  const exact = new ImageSequenceClip(sources, { fps: { num: 10, den: 4 } });
  assert.equal(exact.duration, 2);
});

test("indexAt is the image that is shown then", () => {
  const clip = new ImageSequenceClip(sources, { durations: [1, 3, 0.04, 0.5, 0.46] });
  for (const [seconds, index] of [
    [0, 0],
    [0.999, 0],
    [1, 1],
    [3.999, 1],
    [4, 2],
    [4.04, 3],
    [4.54, 4],
    [5, 4],
    [100, 4],
  ]) {
    assert.equal(clip.indexAt(seconds), index, `at ${seconds} s`);
  }
  assert.throws(() => clip.indexAt(-1), { code: "invalid-option" });
});

test("every image is found at its own start and middle, at every usual rate", () => {
  for (const fps of [0.5, 1, 3, 10, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60, 120]) {
    const clip = new ImageSequenceClip(Array(240).fill(sources[0]), { fps });
    for (let index = 0; index < clip.length; index += 1) {
      assert.equal(clip.indexAt((index * clip.duration) / clip.length), index, `start of ${index} at ${fps}`);
      assert.equal(clip.indexAt((index + 0.5) / clip.fps), index, `middle of ${index} at ${fps}`);
    }
  }
});

test("clips made of clips are as long as what they are made of", () => {
  const clip = new ImageSequenceClip(sources, { fps: 10 });
  assert.equal(clip.reversed().length, 5);
  assert.equal(clip.boomerang().length, 8);
  assert.equal(clip.repeated(3).length, 15);
  assert.equal(clip.repeated(3).duration, 1.5);
  assert.equal(clip.concat(clip, clip.reversed()).length, 15);
  assert.equal(clip.length, 5, "the clip itself stays as it was");
  const single = new ImageSequenceClip([sources[0]], { fps: 10 });
  assert.equal(single.boomerang().length, 1);
});

test("a clip made of clips looks at no source again", () => {
  let looks = 0;
  /** Of another window: only its tag says what it is. */
  const watched = {
    get [Symbol.toStringTag]() {
      looks++;
      return "Blob";
    },
  };
  const clip = new ImageSequenceClip([watched, watched, watched], { fps: 10 });
  const looksAtFirst = looks;
  assert.ok(looksAtFirst >= 3);
  clip.reversed().boomerang().concat(clip).repeated(2);
  assert.equal(looks, looksAtFirst);
});

test("durations go with their images", () => {
  const clip = new ImageSequenceClip(sources, { durations: [1, 2, 3, 4, 5] });
  const reversed = clip.reversed();
  assert.deepEqual([reversed.indexAt(4.9), reversed.indexAt(5), reversed.indexAt(9)], [0, 1, 2]);
  assert.equal(clip.boomerang().duration, 1 + 2 + 3 + 4 + 5 + 4 + 3 + 2);
});

test("clips of different rates keep their own times when joined", () => {
  const slow = new ImageSequenceClip(sources, { fps: 1 });
  const fast = new ImageSequenceClip(sources, { fps: 10 });
  const joined = slow.concat(fast);
  assert.equal(joined.duration, 5.5);
  assert.deepEqual([joined.indexAt(4.5), joined.indexAt(5.05), joined.indexAt(5.45)], [4, 5, 9]);
});
