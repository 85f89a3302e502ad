// Runs other programs: to their end, or as a server for as long as a test needs it.
import { execFile, spawn } from "node:child_process";
import { delimiter } from "node:path";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { freePort } from "../../support/free-port.mjs";

const BIN = inRoot("tests", ".work", "bundlers", "node_modules", ".bin");
const START_SECONDS = 60;

/** No telemetry and no colours; no settings of the npm run that this may be part of. */
function environment() {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_TEST|^NODE_OPTIONS$/i.test(name));
  const quiet = { NEXT_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", NO_COLOR: "1", FORCE_COLOR: "0", BROWSER: "none" };
  return { ...Object.fromEntries(own), ...quiet, PATH: `${BIN}${delimiter}${process.env.PATH}` };
}

/** Runs a program of the workspace to its end. Rejects with all it printed where it fails. */
export function runTool(command, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...environment(), ...env }, maxBuffer: 64 * 2 ** 20 };
    execFile(command, args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(" ")}: ${error.code}\n${stdout}\n${stderr}`));
      else resolve({ stdout, stderr });
    });
  });
}

/**
 * Starts a server of the workspace and waits until it answers.
 *
 * @param {(port: number) => string[]} args its arguments
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` ends in a slash
 */
export async function startTool(command, args, { cwd }) {
  const port = await freePort();
  // A group of its own, so that the server's own children end with it.
  const child = spawn(command, args(port), {
    cwd,
    env: environment(),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
  const ended = new Promise((resolve) => child.on("close", resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid);
    await ended;
  };
  const url = `http://127.0.0.1:${port}/`;
  for (const deadline = Date.now() + START_SECONDS * 1000; ; ) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return { url, stop };
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${command} did not start serving:\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
