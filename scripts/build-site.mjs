// Puts together what the project publishes on the web: `node scripts/build-site.mjs` -> build/site/, with the page at its root,
// the API reference and the guides in docs/, and the examples in examples/. Needs `npm run build`, and `npm install` in examples/.
import { cpSync, existsSync, realpathSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { buildDocs } from "./build-docs.mjs";
import { pageFolder } from "./build-www.mjs";
import { CommandError, inRoot, main } from "./lib/project.mjs";

/** Folders that the examples' import maps name. */
const PACKAGES = ["node_modules/framereel/dist", "node_modules/three/build"];

/**
 * Builds the site.
 *
 * @param {string} [out] folder to write; its old content goes
 */
export function buildSite(out = inRoot("build", "site")) {
  if (!existsSync(pageFolder)) throw new CommandError("build/www is missing: run `npm run build`");
  rmSync(out, { recursive: true, force: true });
  cpSync(pageFolder, out, { recursive: true });
  buildDocs(join(out, "docs"));
  cpSync(inRoot("README.md"), join(out, "README.md")); // docs/llms.txt names it
  cpSync(inRoot("examples"), join(out, "examples"), {
    recursive: true,
    filter: (path) => !relative(inRoot("examples"), path).startsWith("node_modules"),
  });
  for (const folder of PACKAGES) {
    const from = inRoot("examples", folder);
    if (!existsSync(from)) throw new CommandError(`examples/${folder} is missing: run \`npm install\` in examples/`);
    cpSync(realpathSync(from), join(out, "examples", folder), { recursive: true });
  }
}

if (process.argv[1] === import.meta.filename) await main(() => buildSite());
