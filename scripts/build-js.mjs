// Builds the npm package's content from js/ and pkg/: `node scripts/build-js.mjs` -> dist/. TypeScript checks and emits the
// types, esbuild bundles each entry into one file.
import { copyFile, mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { constants, deflateRaw } from "node:zlib";
import { build } from "esbuild";
import { brotliBytes, builtModule, checkBudget } from "./build-wasm.mjs";
import { CommandError, inRoot, isFresh, main, recipe, run } from "./lib/project.mjs";

/** The first versions with wasm SIMD, module workers, OffscreenCanvas in workers and DecompressionStream("deflate-raw"). */
const TARGET = ["chrome103", "firefox114", "safari16.4"];

const INPUTS = ["js", "pkg", "scripts/build-js.mjs", "package.json", "wasm.toml"].map((path) => inRoot(path));
const inDist = (...parts) => inRoot("dist", ...parts);
const ENTRY_TYPES = inDist("types", "index.d.ts");
const MODULES = recipe().module.map(({ name }) => name);
const OUTPUTS = [
  ...["index.js", "inline.js", "core.js", "encoder.js", "mediabunny.js", "sound.js", "worker.js", "worker.d.ts"],
  ...MODULES.flatMap((name) => [`${name}.wasm`, `${name}.wasm.d.ts`]),
].map((name) => inDist(name));

/** What bundlers make of an imported .wasm file that they were told to copy; without it the entry looks broken to TypeScript. */
const WASM_TYPES = "/** Address of the file. */\ndeclare const url: string;\nexport default url;\n";

/** Builds dist/, or says that it is up to date. */
export async function buildJs() {
  if (isFresh([...OUTPUTS, ENTRY_TYPES], INPUTS)) {
    console.log("js: up to date");
    return;
  }
  await emitTypes();
  await bundleEntries();
  await checkEntry();
  console.log("js: built dist/");
}

/** Checks the sources and writes their declarations to dist/types. */
async function emitTypes() {
  await rm(inDist("types"), { recursive: true, force: true });
  const emit = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly", "--outDir", inDist("types")];
  for (const project of ["js", "js/tsconfig.mediabunny.json"]) run("tsc", ["-p", inRoot(project), ...emit]);
  await keepReachable(inDist("types"), ["index.d.ts", "inline.d.ts", "core.d.ts", "encoder.d.ts", "mediabunny.d.ts"]);
  // The worker has no exports, but an entry without types looks broken to TypeScript.
  await writeFile(inDist("worker.d.ts"), "export {};\n");
  for (const name of MODULES) await writeFile(inDist(`${name}.wasm.d.ts`), WASM_TYPES);
}

/** Removes declarations that no entry leads to: some of them import files that are not in the package. */
async function keepReachable(folder, entries) {
  const reached = new Set();
  for (const queue = entries.map((name) => join(folder, name)); queue.length > 0; ) {
    const file = queue.pop();
    if (reached.has(file)) continue;
    reached.add(file);
    const text = await readFile(file, "utf8");
    for (const [, path] of text.matchAll(/(?:from|import\() ?"(\.[^"]+)\.js"/g))
      queue.push(join(dirname(file), `${path}.d.ts`));
  }
  for (const name of await readdir(folder, { recursive: true })) {
    if (name.endsWith(".d.ts") && !reached.has(join(folder, name))) await rm(join(folder, name));
  }
  for (const { name } of await readdir(folder, { withFileTypes: true })) {
    // A folder that holds nothing any more; the others stay.
    await rmdir(join(folder, name)).catch(() => {});
  }
}

async function bundleEntries() {
  await mkdir(inDist(), { recursive: true });
  for (const name of MODULES) {
    await copyFile(builtModule(name), inDist(`${name}.wasm`)).catch((error) => {
      throw new CommandError(`pkg/${name}_bg.wasm is missing (${error.code}): run \`node scripts/build-wasm.mjs\``);
    });
  }
  await build(bundle("js/worker/entry.ts", { outfile: inDist("worker.js") }));
  await build(bundle("js/sound/open.ts", { outfile: inDist("sound.js") }));
  const plugins = [besideEntry("sound/open.js", "sound.js")];
  await build(bundle("js/index.ts", { outfile: inDist("index.js"), plugins }));
  await build(bundle("js/core.ts", { outfile: inDist("core.js"), plugins }));
  await build(bundle("js/encoder.ts", { outfile: inDist("encoder.js") }));
  // One encoder with one pool of workers, whichever of the two entries it is reached by.
  await build(
    bundle("js/mediabunny.ts", { outfile: inDist("mediabunny.js"), external: ["./encoder.js", "mediabunny"] }),
  );
  await build(bundle("js/inline.ts", { outfile: inDist("inline.js"), plugins: [embeddedFiles()] }));
}

/** What the main entry downloads before the first picture is encoded. */
export const ENTRY_FILES = ["index.js", "worker.js", "framereel.wasm"];

/** Refuses an entry that is over its budget. */
async function checkEntry() {
  const contents = await Promise.all(ENTRY_FILES.map((name) => readFile(inDist(name))));
  const sum = contents.reduce((bytes, content) => bytes + brotliBytes(content), 0);
  console.log(`js: the main entry has ${sum} bytes after brotli`);
  checkBudget("The main entry", sum, recipe().entry["max-brotli-bytes"]);
}

function bundle(entry, options) {
  return {
    entryPoints: [inRoot(entry)],
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    charset: "utf8",
    logLevel: "warning",
    ...options,
  };
}

/** Has an entry load a room as the file beside it, when it needs it, instead of holding it. */
function besideEntry(room, file) {
  return {
    name: "beside-entry",
    setup(on) {
      const filter = new RegExp(`/${room.replaceAll(".", "\\.")}$`);
      on.onResolve({ filter }, ({ kind }) =>
        kind === "dynamic-import" ? { path: `./${file}`, external: true } : undefined,
      );
    },
  };
}

/** Resolves `embedded:` imports to a file's bytes, deflated, in base64. */
function embeddedFiles() {
  const contents = {
    ...Object.fromEntries(MODULES.map((name) => [`${name}.wasm`, () => readFile(builtModule(name))])),
    // As a classic script, which needs neither import.meta nor a module's MIME type.
    "worker.js": async () => {
      const result = await build(bundle("js/worker/entry.ts", { format: "iife", write: false }));
      return result.outputFiles[0].contents;
    },
  };
  return {
    name: "embedded-files",
    setup(on) {
      on.onResolve({ filter: /^embedded:/ }, ({ path }) => ({
        path: path.replace("embedded:", ""),
        namespace: "embedded",
      }));
      on.onLoad({ filter: /.*/, namespace: "embedded" }, async ({ path }) => ({
        contents: (await deflated(await contents[path]())).toString("base64"),
        loader: "text",
      }));
    },
  };
}

function deflated(bytes) {
  return promisify(deflateRaw)(bytes, { level: constants.Z_BEST_COMPRESSION });
}

if (process.argv[1] === import.meta.filename) await main(buildJs);
