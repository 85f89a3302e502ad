// Where a test run's time went: what each test and each job took, longest first.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./project.mjs";

const folder = inRoot("tests", ".work", "times");
/** Lines of each table. */
const SHOWN = 15;

/** Forgets what an earlier run has left. */
export function forgetTimes() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/**
 * A command that runs a test file and notes the time of each test.
 *
 * @param {string} file
 * @param {Record<string, string>} env - more environment
 * @returns {import("./project.mjs").Command}
 */
export function timedTests(file, env) {
  const reporters = [
    ["spec", "stdout"],
    [inRoot("scripts", "lib", "time-reporter.mjs"), join(folder, `${file.replaceAll("/", "-")}.jsonl`)],
  ];
  const told = reporters.flatMap(([reporter, to]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${to}`,
  ]);
  return ["node", ["--test", ...told, file], env];
}

/**
 * Prints the slowest tests and jobs, and how busy the run was.
 *
 * @param {import("./jobs.mjs").Outcome[]} outcomes
 * @param {{ atOnce: number, seconds: number }} run - how many jobs there were at once, and the time of all
 */
export function showTimes(outcomes, { atOnce, seconds }) {
  table("Slowest tests", tests());
  table("Slowest jobs", outcomes);
  const work = outcomes.reduce((sum, job) => sum + (job.waits ? 0 : job.seconds), 0);
  const busy = (100 * work) / (atOnce * seconds);
  console.log(
    `\n${minutes(seconds)}: ${minutes(work)} of jobs, ${atOnce} at once, ${busy.toFixed(0)} % of the places taken`,
  );
}

function table(title, rows) {
  console.log(`\n${title}`);
  const longest = rows.toSorted((one, other) => other.seconds - one.seconds).slice(0, SHOWN);
  for (const { seconds, name } of longest) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
}

function tests() {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const lines = readFileSync(join(folder, name), "utf8").trim().split("\n").filter(Boolean);
    const file = name.replace(/^tests-|\.test\.mjs\.jsonl$/g, "");
    return lines.map((line) => JSON.parse(line)).map(({ name, seconds }) => ({ name: `${file}: ${name}`, seconds }));
  });
}

const minutes = (seconds) => `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
