// Builds the API reference from the docstrings: `node scripts/build-docs.mjs` -> build/docs/. A warning is an error.
import { inRoot, main, run } from "./lib/project.mjs";

/**
 * Builds the reference with the settings in typedoc.json.
 *
 * @param {string} [out] folder to write; its old content goes
 */
export function buildDocs(out = inRoot("build", "docs")) {
  run("typedoc", ["--out", out]);
}

if (process.argv[1] === import.meta.filename) await main(() => buildDocs());
