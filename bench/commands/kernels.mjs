// A row per kernel: scalar, auto-vectorised, ours. The kernels' crate keeps its own benchmark; this runs it.
import { existsSync } from "node:fs";
import { CommandError, inRoot, run } from "../../scripts/lib/project.mjs";

const ENTRY = inRoot("crates", "openh264-wasm", "bench", "kernels.mjs");

export function kernels(args) {
  if (!existsSync(ENTRY)) throw new CommandError(`${ENTRY} is missing: the kernels' benchmark is not there yet`);
  run("node", [ENTRY, ...args]);
}
