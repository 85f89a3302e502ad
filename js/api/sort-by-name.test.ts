import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sortByName } from "./sort-by-name.js";

/** Names in the order that is expected, which must not depend on the order that they come in. */
const ORDERS = [
  ["frame.png", "frame (1).png", "frame (2).png", "frame (10).png"],
  ["x.png", "x copy.png", "x copy 2.png", "x copy 10.png"],
  ["IMG_1.jpg", "IMG_2.JPG", "img_10.jpg"],
  ["a.gif", "a.png", "a b.png", "a1.png", "a2.png", "a10.png"],
  ["render.0001.exr", "render.0002.exr", "render.0010.exr"],
  ["shot.1", "shot.2", "shot.10"],
  [".png", "a.png", "é.png", "f.png"],
];

const FOLDERS = ["a/2.png", "a/10.png", "a/inner/1.png", "a b/1.png", "a2/1.png", "a10/1.png", "b/a.png"];

for (const names of [...ORDERS, FOLDERS]) {
  test(`${names[0]} to ${names.at(-1)}: the order does not depend on the one before`, () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (shuffled) => {
        assert.deepEqual(sortByName(shuffled), names);
      }),
    );
  });
}

test("files of a picked folder are in order of their paths", () => {
  const files = FOLDERS.map((path) => ({ name: path.slice(path.lastIndexOf("/") + 1), webkitRelativePath: path }));
  const sorted = sortByName(files.toReversed());
  assert.deepEqual(
    sorted.map(({ webkitRelativePath }) => webkitRelativePath),
    FOLDERS,
  );
  const loose = [
    { name: "10.png", webkitRelativePath: "" },
    { name: "2.png", webkitRelativePath: "" },
  ];
  assert.equal(sortByName(loose)[0]?.name, "2.png");
});

test("files of one name keep their order", () => {
  const files = [1, 2, 3].map((nth) => ({ name: "a.png", nth }));
  assert.deepEqual(sortByName(files), files);
});
