// Builds everything, in the order in which each part needs the one before. `node scripts/build.mjs`.
import { buildJs } from "./build-js.mjs";
import { buildLicences } from "./build-licences.mjs";
import { buildWasm } from "./build-wasm.mjs";
import { buildWww } from "./build-www.mjs";
import { main } from "./lib/project.mjs";

/** pkg/, then dist/, then build/www/. */
export async function buildAll() {
  buildWasm();
  await buildJs();
  buildLicences();
  await buildWww();
}

if (process.argv[1] === import.meta.filename) await main(buildAll);
