// What ends up in the package: crates in the module, and npm packages in the page.
import { dirname } from "node:path";
import { CommandError, inRoot, output } from "./project.mjs";

/** npm packages that are bundled into the page. */
export const SHIPPED_NPM = ["fflate", "gifenc"];

const TARGET = "wasm32-unknown-unknown";

/**
 * The crates that end up in the modules, sorted: what these depend on with the features that they are built with, but for procedural macros.
 *
 * @returns {{ name: string, version: string, licence: string, folder: string }[]}
 */
export function shippedCrates() {
  const edges = [
    "-p",
    "framereel",
    "-p",
    "decoder-module",
    "--features",
    "decoder-module/heic",
    "-e",
    "normal,no-proc-macro",
    "--target",
    TARGET,
    "--prefix",
    "none",
    "-f",
    "{p}",
  ];
  const tree = output("cargo", ["tree", "--locked", ...edges]);
  const metadata = output("cargo", ["metadata", "--format-version=1", "--locked", `--filter-platform=${TARGET}`]);
  if (!tree || !metadata) throw new CommandError("cargo does not say what the module is made of");
  const wanted = new Set(tree.split("\n").map((line) => line.split(" ").slice(0, 2).join(" ")));
  return JSON.parse(metadata)
    .packages.filter(({ name, version, source }) => source && wanted.has(`${name} v${version}`))
    .map(({ name, version, license, manifest_path: manifest }) => ({
      name,
      version,
      licence: license,
      folder: dirname(manifest),
    }));
}

/** Folder of an npm package. */
export const npmFolder = (name) => inRoot("node_modules", name);
