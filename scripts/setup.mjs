// Installs what is missing and skips what is there. `node scripts/setup.mjs` for building, `... tests` for testing too.
// Nothing but node's own modules may be imported here before npm's packages are in place.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));

/** npm's packages, at the lock file's versions. */
function installPackages() {
  const installed = `${root}node_modules/.package-lock.json`;
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(`${root}package-lock.json`).mtimeMs) return;
  console.log("\n> npm ci");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed");
    process.exit(1);
  }
}

/**
 * Installs everything, or ends the process with what the user must install.
 *
 * @param {{ tests: boolean }} options - whether the tests' programs are wanted too
 */
export async function setup({ tests }) {
  installPackages();
  const { main } = await import("./lib/project.mjs");
  const { installTools } = await import("./lib/tools.mjs");
  await main(() => installTools({ tests }));
  if (process.exitCode) process.exit();
}

if (process.argv[1] === import.meta.filename) await setup({ tests: process.argv.includes("tests") });
