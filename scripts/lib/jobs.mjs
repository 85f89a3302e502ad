// Runs commands beside one another, so that no core waits while there is something to do.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { root, toolEnvironment } from "./project.mjs";

/**
 * @typedef {object} Job
 * @property {string} name
 * @property {import("./project.mjs").Command[]} commands - run one after the other, to the first that fails
 * @property {string[]} [after] - names of jobs that must have ended well before, where they are run at all
 * @property {boolean} [goOn] - its failure is told at the end, and the jobs that wait are run all the same
 * @property {boolean} [waits] - it computes next to nothing, and takes no place from others
 *
 * @typedef {{ name: string, ok: boolean, seconds: number, waits?: boolean }} Outcome - of a job that was run
 */

/**
 * Runs jobs: of those that may start, always the first. What a job prints is shown when it ends.
 *
 * @param {Job[]} jobs - in the order in which they should start: the longest first
 * @param {number} atOnce - how many run at once
 * @returns {Promise<Outcome[]>} in the order of their ends
 */
export async function runJobs(jobs, atOnce) {
  const waiting = [...jobs];
  const outcomes = [];
  const running = new Map();
  let stopped = false;
  const names = new Set(jobs.map(({ name }) => name));
  const isDone = (name) => outcomes.some((done) => done.name === name && done.ok);
  const hasPlace = () => [...running.keys()].filter(({ waits }) => !waits).length < atOnce;
  const mayStart = ({ after = [], waits }) =>
    (waits || hasPlace()) && after.every((name) => !names.has(name) || isDone(name));
  const start = (job) => {
    const ends = runJob(job, jobs.length === 1).then((outcome) => {
      running.delete(job);
      outcomes.push(outcome);
      stopped ||= !outcome.ok && !job.goOn;
    });
    running.set(job, ends);
  };
  for (;;) {
    for (let next = 0; !stopped && next >= 0; ) {
      next = waiting.findIndex(mayStart);
      if (next >= 0) start(waiting.splice(next, 1)[0]);
    }
    if (running.size === 0) return outcomes;
    await Promise.race(running.values());
  }
}

async function runJob({ name, commands, waits }, alone) {
  console.log(`started: ${name}`);
  const begun = performance.now();
  const printed = [];
  let ok = true;
  for (const [command, args, env] of commands) {
    printed.push(`\n> ${[command, ...args].join(" ")}\n`);
    ok = await succeeds(command, args, env, alone ? undefined : (piece) => printed.push(piece));
    if (!ok) break;
  }
  const seconds = (performance.now() - begun) / 1000;
  console.log(`${printed.join("")}\n${ok ? "done" : "FAILED"}: ${name}, ${seconds.toFixed(0)} s`);
  return { name, ok, seconds, waits };
}

/** Runs a command, which prints to this terminal or, where `heard` is given, to it. */
async function succeeds(command, args, env, heard) {
  const stdio = ["ignore", ...(heard ? ["pipe", "pipe"] : ["inherit", "inherit"])];
  const child = spawn(command, args, { cwd: root, env: toolEnvironment(env), stdio });
  for (const stream of heard ? [child.stdout, child.stderr] : []) stream.setEncoding("utf8").on("data", heard);
  const [status] = await once(child, "close").catch((error) => {
    heard?.(`${command}: ${error.message}\n`);
    return [1];
  });
  return status === 0;
}
