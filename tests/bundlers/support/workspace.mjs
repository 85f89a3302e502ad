// A folder as a user has it: the bundlers in node_modules, and framereel installed from the tarball that `npm pack` makes.
// `node tests/bundlers/support/workspace.mjs` makes it ready.
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../../scripts/lib/project.mjs";
import { runTool } from "./tools.mjs";

/** Where all of it happens; ignored by git. */
export const workspace = inRoot("tests", ".work", "bundlers");

const HERE = inRoot("tests", "bundlers");
const MANIFEST = ["package.json", "package-lock.json"];
/** Written last by each step, with the hash of what it was made from. */
const TOOLS_STAMP = join(workspace, "node_modules", ".tools-stamp");
const PACKAGE_STAMP = join(workspace, "node_modules", ".framereel-stamp");

/** Set where it is ready: `npm test` makes it so once, as the test files that use it run beside one another. */
export const READY_VARIABLE = "FRAMEREEL_WORKSPACE_READY";

/** Where the tarball lies, alone. */
const PACK = join(workspace, "pack");

/**
 * Makes the workspace ready and returns the tarball's path. Skips what is done: the tools are installed anew when their lock
 * file changes, framereel when its tarball does.
 */
export async function prepareWorkspace() {
  if (process.env[READY_VARIABLE]) return join(PACK, readdirSync(PACK)[0]);
  mkdirSync(workspace, { recursive: true });
  await installTools();
  const tarball = await packFramereel();
  await installFramereel(tarball);
  return tarball;
}

/** A fresh folder below the workspace with the given folders' content; what it imports is found in the workspace. */
export function freshFolder(name, ...sources) {
  const folder = join(workspace, "apps", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const source of sources) cpSync(source, folder, { recursive: true });
  return folder;
}

async function installTools() {
  const wanted = hashOf(...MANIFEST.map((name) => join(HERE, name)));
  if (stampIs(TOOLS_STAMP, wanted)) return;
  for (const name of MANIFEST) copyFileSync(join(HERE, name), join(workspace, name));
  // No install scripts: what is native comes as a file inside a package.
  await runTool("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: workspace });
  writeFileSync(TOOLS_STAMP, wanted);
}

async function packFramereel() {
  rmSync(PACK, { recursive: true, force: true });
  mkdirSync(PACK, { recursive: true });
  const { stdout } = await runTool("npm", ["pack", "--json", "--pack-destination", PACK], { cwd: inRoot() });
  const [{ filename }] = JSON.parse(stdout);
  return join(PACK, filename);
}

async function installFramereel(tarball) {
  const wanted = hashOf(tarball);
  if (stampIs(PACKAGE_STAMP, wanted)) return;
  rmSync(join(workspace, "node_modules", "framereel"), { recursive: true, force: true });
  const quiet = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
  await runTool("npm", ["install", ...quiet, tarball], { cwd: workspace });
  writeFileSync(PACKAGE_STAMP, wanted);
}

function stampIs(file, wanted) {
  return existsSync(file) && readFileSync(file, "utf8") === wanted;
}

function hashOf(...files) {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename) await prepareWorkspace();
