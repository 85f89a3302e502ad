// What `npm run reproduce` finds in two builds. The builds themselves take minutes, and are not made here.
import assert from "node:assert/strict";
import { test } from "node:test";
import { differences } from "../../scripts/reproduce.mjs";

const made = (files) => new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));
const found = (first, second) => differences(made(first), made(second), ["/home/somebody/"]);

test("equal files are the same, whatever their order", () => {
  assert.deepEqual(found({ a: "1", b: "2" }, { b: "2", a: "1" }), []);
});

test("a file that differs, or that one build has not, is named", () => {
  const problems = found({ same: "1", other: "2", left: "3" }, { same: "1", other: "20", right: "4" });
  assert.deepEqual(
    problems.map((problem) => problem.split(":")[0]),
    ["other", "left", "right"],
  );
});

test("a file that names a folder of the machine is named with it", () => {
  const leaky = { wasm: "panicked at /home/somebody/png.rs" };
  assert.deepEqual(found(leaky, leaky), ["wasm names /home/somebody/"]);
});
