// Unit tests beside the code: *.test.ts below js/ and www/, bundled for node, which need no build and no browser.
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { build } from "esbuild";
import { inRoot } from "./project.mjs";

const FOLDERS = ["js", "www"];
const out = inRoot("tests", ".work", "unit");

/** Bundles the unit tests whose path contains `word`; gives the files to run, below tests/.work/unit. */
export async function bundleUnitTests(word = "") {
  const entryPoints = FOLDERS.flatMap((folder) =>
    readdirSync(inRoot(folder), { recursive: true })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  ).filter((name) => name.includes(word));
  await rm(out, { recursive: true, force: true });
  if (entryPoints.length === 0) return [];
  await build({
    absWorkingDir: inRoot(),
    entryPoints,
    outdir: out,
    outbase: ".",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    // What the page takes from the package needs no build.
    alias: { framereel: inRoot("js", "api", "exports.ts") },
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "inline",
    logLevel: "warning",
  });
  return entryPoints.map((name) => `tests/.work/unit/${name.replace(/\.ts$/, ".mjs")}`).sort();
}
