import assert from "node:assert/strict";
import { test } from "node:test";
import { baseName, imageType, kindOf } from "./file-kinds.ts";

test("what systems put beside pictures is hidden, wherever it lies", () => {
  for (const path of ["Thumbs.db", "shots/desktop.ini", "__MACOSX/shots/._1.png", ".DS_Store", ".trash/1.png"]) {
    assert.equal(kindOf(path), "hidden", path);
  }
  assert.equal(kindOf("my.folder/Thumbs.dbx.png"), "image");
});

test("a file's type tells where its name does not", () => {
  assert.equal(kindOf("screenshot", "image/png"), "image");
  assert.equal(kindOf("frames", "application/zip"), "archive");
  assert.equal(kindOf("notes.txt", "text/plain"), "other");
  assert.equal(kindOf("animation.json", "application/json"), "delays");
});

test("media types are those that are registered", () => {
  for (const [path, type] of [
    ["a.JPG", "image/jpeg"],
    ["a.svg", "image/svg+xml"],
    ["a.b.tif", "image/tiff"],
    ["a.webp", "image/webp"],
  ] as const) {
    assert.equal(imageType(path), type);
  }
});

test("a name is without its folders", () => {
  assert.deepEqual(["a.png", "x/a.png", "x/y.z/a.png"].map(baseName), ["a.png", "a.png", "a.png"]);
});
