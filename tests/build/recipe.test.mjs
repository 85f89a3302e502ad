// The build's own promises: one recipe, no foreign imports, size budgets that bite.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { ENTRY_FILES } from "../../scripts/build-js.mjs";
import { brotliBytes, builtModule, checkModule } from "../../scripts/build-wasm.mjs";
import { inRoot, output, recipe } from "../../scripts/lib/project.mjs";

const module = (name = "framereel") => readFileSync(builtModule(name));

test("the build reads every key of wasm.toml", () => {
  const { module: modules, folder, ...tables } = recipe();
  assert.equal(folder, "pkg");
  const known = ["name", "crate", "features", "target", "max-brotli-bytes"];
  assert.deepEqual(
    modules.flatMap((table) => Object.keys(table).filter((key) => !known.includes(key))),
    [],
  );
  assert.deepEqual(Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, Object.keys(table)])), {
    rustc: ["target-features"],
    "wasm-opt": ["flags"],
    entry: ["max-brotli-bytes"],
    output: ["allowed-imports"],
  });
});

for (const { name, ...budget } of recipe().module) {
  test(`${name} imports wasm-bindgen's functions only and keeps its budget`, () => {
    checkModule(name, module(name), { ...recipe().output, ...budget });
  });
}

test("what the main entry downloads keeps its budget", () => {
  const sum = ENTRY_FILES.reduce((bytes, name) => bytes + brotliBytes(readFileSync(inRoot("dist", name))), 0);
  assert.ok(sum <= recipe().entry["max-brotli-bytes"], `${sum} bytes`);
});

test("a module with an undefined C function is refused by that function's name", () => {
  // (module (import "env" "oh264_missing" (func)))
  const text = (value) => [value.length, ...Buffer.from(value)];
  const importSection = [1, ...text("env"), ...text("oh264_missing"), 0, 0];
  const bytes = Buffer.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    1,
    4,
    1,
    0x60,
    0,
    0,
    2,
    importSection.length,
    ...importSection,
  ]);
  assert.throws(() => checkModule("broken", bytes, recipe().output), /env\.oh264_missing/);
});

test("a module that names a folder of this machine is refused by that name", () => {
  const path = join(homedir(), "some", "file.rs");
  // A custom section without a name (WebAssembly core specification 5.5.3).
  const section = [0, ...Buffer.from(path)];
  const bytes = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, section.length, ...section]);
  assert.throws(() => checkModule("broken", bytes, recipe().output), new RegExp(`folder of this machine: ${path}`));
});

test("a module over its budget is refused", () => {
  const tight = { ...recipe().output, "max-brotli-bytes": 1000 };
  assert.throws(() => checkModule("heic", module("heic"), tight), /heic is over its budget/);
});

test("the module uses SIMD", () => {
  // i8x16 and its like are opcodes with the prefix 0xfd; a module that validates without SIMD has none.
  const listing = output("wasm-opt", [
    inRoot("pkg", "framereel_bg.wasm"),
    "--all-features",
    "--metrics",
    "-o",
    "/dev/null",
  ]);
  assert.match(listing ?? "", /SIMD/);
});
