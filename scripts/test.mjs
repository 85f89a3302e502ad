// `npm test`: installs what is missing, builds, and runs every test. Stops at the first step that fails.
// `npm test -- WORD` runs the test files whose path contains the word, or else the Rust tests whose name does.
import { readdirSync } from "node:fs";
import { setup } from "./setup.mjs";

await setup({ tests: true });
const { inRoot, main, run, runBeside } = await import("./lib/project.mjs");
const { buildAll } = await import("./build.mjs");
const { checkTypes, lint, runUnitTests } = await import("./lib/checks.mjs");

const FOLDERS = ["tests", "crates/openh264-wasm/tests", "bench/lib"];

/** Every *.test.mjs below a folder. node 20's runner takes files, not patterns. */
function testFiles(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith(".test.mjs") && !name.includes("node_modules") && !name.startsWith(".work"))
    .map((name) => `${folder}/${name}`)
    .sort();
}

/** What waits much and measures nothing, two by two: each line runs beside the other, its own files one after the other. */
const BESIDE = [
  ["tests/bundlers/", "tests/docs/", "tests/examples/", "tests/types/"],
  ["tests/browser/idle.", "tests/engines/", "tests/sound/"],
];

/** One file at a time: each has a browser that wants the whole machine. */
const testing = (files) => ["--test", "--test-concurrency=1", ...files];

async function runTestFiles(files) {
  run("node", ["tests/fixtures/make-fixtures.mjs"]);
  const lines = BESIDE.map((paths) => files.filter((file) => paths.some((path) => file.startsWith(path))));
  const alone = files.filter((file) => !lines.flat().includes(file));
  await runBeside(lines.filter((line) => line.length > 0).map((line) => ["node", testing(line)]));
  if (alone.length > 0) run("node", testing(alone));
}

async function testEverything() {
  lint();
  await buildAll();
  checkTypes();
  await runUnitTests();
  run("cargo", ["test", "--locked", "--workspace"]);
  await runTestFiles(FOLDERS.flatMap(testFiles));
}

async function testMatching(word) {
  const units = await runUnitTests(word);
  const files = FOLDERS.flatMap(testFiles).filter((name) => name.includes(word));
  if (files.length > 0) {
    await buildAll();
    await runTestFiles(files);
  }
  if (units + files.length === 0) run("cargo", ["test", "--locked", "--workspace", word]);
}

const [word] = process.argv.slice(2);
await main(() => (word === undefined ? testEverything() : testMatching(word)));
