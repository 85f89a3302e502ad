// A row per kernel: scalar, auto-vectorised, ours. The kernels' crate keeps its own benchmark; this runs it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { CommandError, inRoot, run } from "../../scripts/lib/project.mjs";

const folder = inRoot("crates", "openh264-wasm", "bench");
const ENTRIES = ["run.mjs", "kernels.mjs", "bench.mjs", "index.mjs"];

export function kernels(args) {
  const entry = ENTRIES.map((name) => join(folder, name)).find(existsSync);
  if (!entry) throw new CommandError(`${folder} has no ${ENTRIES.join(" or ")}: the kernels' benchmark is not there yet`);
  run("node", [entry, ...args]);
}
