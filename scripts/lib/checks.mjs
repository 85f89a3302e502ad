// What must hold before anything is run in a browser: format, lint, types, unit tests. Quick once things are built.
import { wasmEnvironment } from "../build-wasm.mjs";
import { run } from "./project.mjs";
import { bundleUnitTests } from "./unit-tests.mjs";

// mediabunny's types bring WebCodecs declarations along that are not TypeScript's own: that entry is checked apart.
const TYPESCRIPT_PROJECTS = [
  "js",
  "js/tsconfig.mediabunny.json",
  "js/tsconfig.test.json",
  "www",
  "www/offline",
  "www/worker",
];

/** Format and lint: need no build. */
export function lint() {
  run("cargo", ["fmt", "--all", "--check"]);
  const clippy = ["clippy", "--locked", "--workspace"];
  const strict = ["--", "-D", "warnings"];
  run("cargo", [...clippy, "--all-targets", ...strict]);
  run("cargo", [...clippy, "--target", "wasm32-unknown-unknown", ...strict], { env: wasmEnvironment() });
  run("biome", ["ci", "."]);
}

/** Types: need the wasm module's declarations in pkg/. */
export function checkTypes() {
  for (const project of TYPESCRIPT_PROJECTS) run("tsc", ["--noEmit", "-p", project]);
}

/** The unit tests beside the code whose path contains `word`. Gives how many files there were. */
export async function runUnitTests(word = "") {
  const files = await bundleUnitTests(word);
  if (files.length > 0) run("node", ["--test", "--enable-source-maps", ...files]);
  return files.length;
}
