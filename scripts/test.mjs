// `npm test`: installs what is missing, builds, and runs every test. Stops at the first step that fails.
import { readdirSync } from "node:fs";
import { setup } from "./setup.mjs";

await setup({ tests: true });
const { inRoot, main, run } = await import("./lib/project.mjs");
const { buildAll } = await import("./build.mjs");
const { wasmEnvironment } = await import("./build-wasm.mjs");

/** Every *.test.mjs below a folder. node 20's runner takes files, not patterns. */
function testFiles(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith(".test.mjs") && !name.includes("node_modules") && !name.startsWith(".work"))
    .map((name) => `${folder}/${name}`)
    .sort();
}

await main(async () => {
  const wasm = { env: wasmEnvironment() };
  run("cargo", ["fmt", "--all", "--check"]);
  run("cargo", ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
  run(
    "cargo",
    ["clippy", "--locked", "--workspace", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"],
    wasm,
  );
  run("biome", ["ci", "."]);
  await buildAll();
  for (const project of ["js", "www", "www/offline", "www/worker"]) run("tsc", ["--noEmit", "-p", project]);
  run("cargo", ["test", "--locked", "--workspace"]);
  run("node", ["tests/fixtures/make-fixtures.mjs"]);
  const files = ["tests", "crates/openh264-wasm/tests", "bench/lib"].flatMap(testFiles);
  run("node", ["--test", "--test-concurrency=1", ...files]);
});
