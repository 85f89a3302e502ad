// Programs whose output is wanted rather than shown.
import { spawnSync } from "node:child_process";
import { CommandError, root, toolEnvironment } from "../../scripts/lib/project.mjs";

/** Bytes of output that are kept: ffmpeg's lines for every frame fit. */
const MOST_OUTPUT = 2 ** 28;

/** Runs a program and gives what it printed; a failure is an error with the end of what it complained about. */
export function capture(command, args, { cwd = root, env = {} } = {}) {
  const result = spawnSync(command, args.map(String), {
    cwd,
    encoding: "utf8",
    env: toolEnvironment(env),
    maxBuffer: MOST_OUTPUT,
  });
  if (result.status !== 0) {
    const complaint = result.error?.message ?? result.stderr.trim().split("\n").slice(-6).join("\n");
    throw new CommandError(`${command} failed: ${complaint}`);
  }
  return { stdout: result.stdout, stderr: result.stderr };
}

/** ffmpeg and its like: overwrite, no questions, errors only. */
export function quietly(command, args) {
  return capture(command, ["-y", "-nostdin", "-v", "error", ...args]);
}
