// What must hold before anything is run in a browser: format, lint, types, unit tests. Quick once things are built.
import { wasmEnvironment } from "../build-wasm.mjs";
import { bundleUnitTests } from "./unit-tests.mjs";

/** @typedef {import("./project.mjs").Command} Command */

// mediabunny's types bring WebCodecs declarations along that are not TypeScript's own: that entry is checked apart.
const TYPESCRIPT_PROJECTS = [
  "js",
  "js/tsconfig.mediabunny.json",
  "js/tsconfig.test.json",
  "www",
  "www/tsconfig.test.json",
  "www/offline",
  "www/worker",
];

const clippy = (target) => ["clippy", "--locked", "--workspace", ...target, "--", "-D", "warnings"];

/** Format and JavaScript's lint: need no build. @type {Command[]} */
export const FORMAT = [
  ["cargo", ["fmt", "--all", "--check"]],
  ["biome", ["ci", "."]],
];

/** Rust's lint of the native half. @type {Command} */
export const CLIPPY = ["cargo", clippy(["--all-targets"])];

/** Rust's lint of what is compiled for browsers alone: as it is built, with the same build scripts and procedural macros. @type {Command} */
export const CLIPPY_WASM = ["cargo", clippy(["--release", "--target", "wasm32-unknown-unknown"]), wasmEnvironment()];

/** Types: need the wasm module's declarations in pkg/. @type {Command[]} */
export const TYPES = TYPESCRIPT_PROJECTS.map((project) => ["tsc", ["--noEmit", "-p", project]]);

/** The unit tests beside the code whose path contains `word`. @returns {Promise<Command[]>} none where there are none */
export async function unitTests(word = "") {
  const files = await bundleUnitTests(word);
  return files.length > 0 ? [["node", ["--test", "--enable-source-maps", ...files]]] : [];
}
