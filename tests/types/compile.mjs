// TypeScript over files that import the installed package, at its strictest and with no library left out.
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inRoot } from "../../scripts/lib/project.mjs";
import { runTool } from "../bundlers/support/tools.mjs";
import { freshFolder } from "../bundlers/support/workspace.mjs";

const STRICT = {
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  noEmit: true,
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable"],
  types: [],
  module: "ESNext",
  moduleResolution: "bundler",
};

/**
 * Compiles, or rejects with what the compiler says.
 *
 * @param {object} settings compiler options on top of the strict ones
 * @param {(folder: string) => void} writeFiles puts the files into an empty folder
 * @param {string} [compiler] folder of another TypeScript than the project's
 */
export async function compile(settings, writeFiles, compiler = inRoot("node_modules", "typescript")) {
  const folder = freshFolder(`types-of-${basename(process.argv[1])}`);
  writeFiles(folder);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...STRICT, ...settings } }));
  await runTool("node", [join(compiler, "bin", "tsc"), "-p", "."], { cwd: folder });
}
