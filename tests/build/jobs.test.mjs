// What `npm test` runs by: jobs beside one another, in their order, and what a failure does to the others.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runJobs } from "../../scripts/lib/jobs.mjs";
import { everything } from "../../scripts/lib/test-plan.mjs";
import { temporaryFolder } from "../support/folder.mjs";

const folder = temporaryFolder("jobs");

const shell = (name, line, more = {}) => ({ name, commands: [["sh", ["-c", line]]], ...more });

/** A job that ends when `file` is there, and fails where that takes a minute. */
const until = (name, file, more) =>
  shell(name, `for turn in $(seq 600); do [ -e '${join(folder, file)}' ] && exit 0; sleep 0.1; done; exit 1`, more);
const leaves = (name, file, more) => shell(name, `echo > '${join(folder, file)}'`, more);

const namesOf = (outcomes) => outcomes.map(({ name, ok }) => (ok ? name : `${name} failed`));

test("jobs run beside one another, and one that waits takes no place", async () => {
  // Each needs the one behind it to run at the same time.
  const jobs = [until("first", "second"), until("waiting", "third", { waits: true })];
  jobs.push(shell("second", `echo > '${join(folder, "second")}'; echo > '${join(folder, "third")}'`));
  assert.deepEqual(namesOf(await runJobs(jobs, 2)).sort(), ["first", "second", "waiting"]);
});

test("no more run at once than may", async () => {
  // The second would see the first one's file.
  const file = join(folder, "busy");
  const line = `[ ! -e '${file}' ] && echo > '${file}' && sleep 0.1 && rm '${file}'`;
  const outcomes = await runJobs([shell("one", line), shell("two", line), shell("three", line)], 1);
  assert.deepEqual(namesOf(outcomes), ["one", "two", "three"]);
});

test("a job begins when those before it have ended well; one that is not run is not waited for", async () => {
  const file = join(folder, "made");
  const jobs = [shell("user", `[ -e '${file}' ]`, { after: ["maker", "somebody else"] }), leaves("maker", "made")];
  assert.deepEqual(namesOf(await runJobs(jobs, 3)), ["maker", "user"]);
});

test("a step that fails begins nothing more, a test file that fails does", async () => {
  const jobs = (more) => [shell("first", "exit 3", more), shell("second", "true")];
  assert.deepEqual(namesOf(await runJobs(jobs({ goOn: true }), 1)), ["first failed", "second"]);
  assert.deepEqual(namesOf(await runJobs(jobs({}), 1)), ["first failed"]);
});

test("a job ends at its first command that fails, or that there is not", async () => {
  const file = join(folder, "after-failure");
  const missing = {
    name: "missing",
    commands: [
      ["no-such-program", []],
      ["touch", [file]],
    ],
    goOn: true,
  };
  const failing = {
    name: "failing",
    commands: [
      ["false", []],
      ["touch", [file]],
    ],
    goOn: true,
  };
  assert.deepEqual(namesOf(await runJobs([missing, failing], 1)), ["missing failed", "failing failed"]);
  assert.ok(!existsSync(file));
});

test("every job of npm test may begin some time, and every test file is one", () => {
  const jobs = everything([["true", []]]);
  const names = new Set(jobs.map(({ name }) => name));
  assert.equal(names.size, jobs.length, "no name twice");
  for (const { name, after = [] } of jobs)
    assert.deepEqual(
      after.filter((before) => !names.has(before)),
      [],
      name,
    );
  assert.ok(names.has("tests/build/jobs.test.mjs") && names.has("crates/openh264-wasm/tests/kernels.test.mjs"));
});
