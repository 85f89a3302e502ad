// What `npm test` runs, and in which order it may.
import { readdirSync } from "node:fs";
import { READY_VARIABLE } from "../../tests/bundlers/support/workspace.mjs";
import { CLIPPY, CLIPPY_WASM, FORMAT, TYPES } from "./checks.mjs";
import { inRoot } from "./project.mjs";
import { timedTests } from "./test-times.mjs";

/** @typedef {import("./jobs.mjs").Job} Job */

const FOLDERS = ["tests", "crates/openh264-wasm/tests", "bench/lib"];

/** What takes longest, longest first, is begun first: the run would wait for it at its end. A run's table of slowest jobs says which. */
const LONGEST = [
  "tests/bundlers/matrix.test.mjs",
  "tests/page/many.test.mjs",
  "tests/browser/memory.test.mjs",
  "tests/page/looks.test.mjs",
  "tests/engines/faults.test.mjs",
  "crates/openh264-wasm/tests/kernels.test.mjs",
  "tests/engines/same-bytes.test.mjs",
  "tests/examples/examples.test.mjs",
  "tests/browser/sources.test.mjs",
  "tests/page/make-video.test.mjs",
];

/** What waits for a minute and computes nothing. */
const WAITING = "tests/browser/idle.test.mjs";

/** Tests of the packed package beside the bundlers: in a folder that is prepared once. */
const OF_THE_WORKSPACE = ["tests/bundlers/", "tests/docs/", "tests/examples/", "tests/types/"];

/** Test files that need nothing built. */
const OF_THE_SOURCES = ["crates/", "bench/", "tests/support/"];

const startsWith = (file, starts) => starts.some((start) => file.startsWith(start));
const script = (...args) => ["node", args];

/** Every *.test.mjs below a folder. node 20's runner takes files, not patterns. */
function testFiles(folder) {
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((name) => name.endsWith(".test.mjs") && !name.includes("node_modules") && !name.startsWith(".work"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .sort();
}

const FORMATS = { name: "format", commands: FORMAT };
// What takes minutes waits for what fails within seconds.
const BUILD = { name: "build", commands: [script("scripts/build.mjs")], after: ["format"] };
const NATIVE = {
  name: "native",
  commands: [CLIPPY, ["cargo", ["test", "--locked", "--workspace"]]],
  after: ["format"],
};

/** What test files find ready: each would make it itself, and wait for the others. @type {Job[]} */
const PREPARATIONS = [
  { name: "fixtures", commands: [script("tests/fixtures/make-fixtures.mjs")] },
  { name: "judge", commands: [script("tests/support/judge/programs.mjs")] },
  { name: "workspace", commands: [script("tests/bundlers/support/workspace.mjs")], after: ["build"] },
];

/** Each test file is a job: its browser and its server are its own. @returns {Job[]} */
function testJobs(files) {
  // Those that are not in the list come behind it.
  const place = (file) => (LONGEST.includes(file) ? LONGEST.indexOf(file) : LONGEST.length);
  return files
    .toSorted((one, other) => place(one) - place(other))
    .map((file) => ({
      name: file,
      commands: [timedTests(file, { [READY_VARIABLE]: "1" })],
      after: needs(file),
      goOn: true,
      waits: file === WAITING,
    }));
}

/** Names of the jobs before a test file. */
function needs(file) {
  if (startsWith(file, OF_THE_SOURCES)) return [];
  const needed = ["build", "fixtures", "judge"];
  if (startsWith(file, OF_THE_WORKSPACE)) needed.push("workspace");
  // The Rust tests leave what it compares with.
  if (file === "tests/build/same-bytes.test.mjs") needed.push("native");
  return needed;
}

/** Everything there is, with these commands for the unit tests. @returns {Job[]} */
export function everything(units) {
  // Native code and wasm are compiled beside one another: what links one is on one core.
  const steps = [
    FORMATS,
    BUILD,
    NATIVE,
    ...PREPARATIONS,
    { name: "clippy for wasm", commands: [CLIPPY_WASM], after: ["build"] },
    { name: "types", commands: TYPES, after: ["build"] },
    { name: "unit tests", commands: units },
  ];
  return [...steps, ...testJobs(FOLDERS.flatMap(testFiles))];
}

/** What has the word in its name. @returns {Job[]} */
export function matching(word, units) {
  const files = testJobs(FOLDERS.flatMap(testFiles).filter((name) => name.includes(word)));
  const jobs = [...(units.length > 0 ? [{ name: "unit tests", commands: units }] : []), ...files];
  if (jobs.length === 0) return [{ name: "native", commands: [["cargo", ["test", "--locked", "--workspace", word]]] }];
  const before = [BUILD, ...PREPARATIONS].filter(({ name }) => files.some(({ after }) => after.includes(name)));
  return [...before, ...jobs];
}
