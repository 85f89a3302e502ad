// Where things are, and how commands are run. Every script goes through here.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Tools the project installs for itself, so that none of the system's versions matter. */
export const toolsFolder = join(root, ".tools");

/** An absolute path inside the checkout. */
export const inRoot = (...parts) => join(root, ...parts);

/** The environment for commands: the project's own tools and node's come first. */
export function toolEnvironment(extra = {}) {
  const path = [join(toolsFolder, "bin"), inRoot("node_modules", ".bin"), process.env.PATH].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/**
 * @typedef {[command: string, args: string[], env?: Record<string, string>]} Command - in the checkout, with more environment
 */

/** Runs a command in the checkout, its output shown; a failure ends the script with the command's name. */
export function run(command, args, { env = {}, cwd = root } = {}) {
  console.log(`\n> ${[command, ...args].join(" ")}`);
  const result = spawnSync(command, args, { cwd, stdio: "inherit", env: toolEnvironment(env) });
  if (result.status !== 0) {
    throw new CommandError(`${command} failed${result.error ? `: ${result.error.message}` : ""}`);
  }
}

/** Characters: `cargo metadata` prints a megabyte. */
const MOST_OUTPUT = 2 ** 26;

/** What a command prints, or undefined where it is missing or fails. */
export function output(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    env: toolEnvironment(),
    maxBuffer: MOST_OUTPUT,
  });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** What rustc compiles for where it is not told, such as `x86_64-unknown-linux-gnu`. */
export function hostTarget() {
  const host = output("rustc", ["--print", "host-tuple"]);
  if (!host) throw new CommandError("rustc does not say what it compiles for");
  return host;
}

/** An expected failure, shown without a stack trace. */
export class CommandError extends Error {}

/** Runs a script's main function; a CommandError becomes its message and exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof CommandError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** Whether every output is there and newer than every input (files, or folders walked). */
export function isFresh(outputs, inputs) {
  if (!outputs.every((file) => existsSync(file))) return false;
  const made = Math.min(...outputs.map((file) => statSync(file).mtimeMs));
  return inputs.every((path) => newest(path) < made);
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).map((name) => newest(join(path, name)));
  return Math.max(stat.mtimeMs, ...inside);
}

/** The wasm build's recipe, wasm.toml. */
export const recipe = () => parse(readFileSync(inRoot("wasm.toml"), "utf8"));
