// The build's own promises: one recipe, no foreign imports, a size budget that bites.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "smol-toml";
import { checkModule } from "../../scripts/build-wasm.mjs";
import { inRoot, lockedVersion, output, recipe } from "../../scripts/lib/project.mjs";

const module = () =>
  readFileSync(inRoot(recipe()["wasm-pack"]["out-dir"], `${recipe()["wasm-pack"]["out-name"]}_bg.wasm`));

test("wasm-pack.toml and Cargo.toml give wasm-opt the same flags", () => {
  const manifest = parse(readFileSync(inRoot("Cargo.toml"), "utf8"));
  assert.deepEqual(manifest.package.metadata["wasm-pack"].profile.release["wasm-opt"], recipe()["wasm-opt"].flags);
});

test("the build reads every key of wasm-pack.toml", () => {
  assert.deepEqual(Object.fromEntries(Object.entries(recipe()).map(([name, table]) => [name, Object.keys(table)])), {
    "wasm-pack": ["target", "out-dir", "out-name"],
    rustc: ["target-features"],
    "wasm-opt": ["flags"],
    output: ["max-bytes", "max-brotli-bytes", "allowed-imports"],
  });
});

test("the module imports wasm-bindgen's functions only and keeps its budget", () => {
  checkModule(module(), recipe().output);
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
  assert.throws(() => checkModule(bytes, recipe().output), /env\.oh264_missing/);
});

test("a module over its budget is refused", () => {
  assert.throws(() => checkModule(module(), { ...recipe().output, "max-bytes": 1000 }), /over its budget/);
  assert.throws(() => checkModule(module(), { ...recipe().output, "max-brotli-bytes": 1000 }), /over its budget/);
});

test("the wasm-bindgen command is the version that Cargo.lock pins", () => {
  assert.equal(output("wasm-bindgen", ["--version"]), `wasm-bindgen ${lockedVersion("wasm-bindgen")}`);
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
