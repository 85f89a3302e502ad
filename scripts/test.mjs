// `npm test`: installs what is missing, builds, and runs every test. Stops at the first step that fails.
// `npm test -- WORD` runs the test files whose path contains the word, or else the Rust tests whose name does.
import { readdirSync } from "node:fs";
import { setup } from "./setup.mjs";

await setup({ tests: true });
const { inRoot, main, run } = await import("./lib/project.mjs");
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

function runTestFiles(files) {
  run("node", ["tests/fixtures/make-fixtures.mjs"]);
  // One at a time: each has a browser that wants the whole machine.
  run("node", ["--test", "--test-concurrency=1", ...files]);
}

async function testEverything() {
  lint();
  await buildAll();
  checkTypes();
  await runUnitTests();
  run("cargo", ["test", "--locked", "--workspace"]);
  runTestFiles(FOLDERS.flatMap(testFiles));
}

async function testMatching(word) {
  const units = await runUnitTests(word);
  const files = FOLDERS.flatMap(testFiles).filter((name) => name.includes(word));
  if (files.length > 0) {
    await buildAll();
    runTestFiles(files);
  }
  if (units + files.length === 0) run("cargo", ["test", "--locked", "--workspace", word]);
}

const [word] = process.argv.slice(2);
await main(() => (word === undefined ? testEverything() : testMatching(word)));
