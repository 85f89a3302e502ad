import assert from "node:assert/strict";
import { test } from "node:test";
import { imageError, plainError } from "./image-error.js";

test("an image is counted from 1 in the message and from 0 in the field", () => {
  const error = imageError({ code: "corrupt-image", message: "the file is cut off" }, { index: 2, name: "a.png" });
  assert.equal(error.message, "Image 3 (a.png): the file is cut off.");
  assert.deepEqual([error.code, error.imageIndex, error.imageName], ["corrupt-image", 2, "a.png"]);
});

test("an option that the core names is one of options", () => {
  for (const [failure, message] of [
    [{ message: "size: 8x720 is too small", option: "size" }, "options.size: 8x720 is too small."],
    [{ message: "durations[3]: is too long", option: "durations[3]" }, "options.durations[3]: is too long."],
    [{ message: "Two things: this is no option" }, "Two things: this is no option."],
  ] as const) {
    assert.equal(plainError({ code: "invalid-option", ...failure }).message, message);
  }
});

test("a sentence gets its full stop once, and only options are named so", () => {
  assert.equal(plainError({ code: "limit", message: "Too large!" }).message, "Too large!");
  assert.equal(plainError({ code: "internal", message: "wasm: trap" }).message, "wasm: trap.");
});
