// Builds the API reference from the docstrings: `node scripts/build-docs.mjs` -> build/docs/, and beside it llms.txt, which tells
// language models the same in short, with the guides that it names. A warning is an error.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot, main, run } from "./lib/project.mjs";

/**
 * Builds the reference with the settings in typedoc.json.
 *
 * @param {string} [out] folder to write; its old content goes
 */
export function buildDocs(out = inRoot("build", "docs")) {
  run("typedoc", ["--out", out]);
  const guides = [...readFileSync(inRoot("docs", "llms.txt"), "utf8").matchAll(/\]\((\w+\.md)\)/g)];
  for (const name of ["llms.txt", ...guides.map(([, name]) => name)]) cpSync(inRoot("docs", name), join(out, name));
}

if (process.argv[1] === import.meta.filename) await main(() => buildDocs());
