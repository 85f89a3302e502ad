// Builds the wasm modules into pkg/, by the recipe in wasm.toml, and checks what came out against it:
// `node scripts/build-wasm.mjs`, or with the names of some.
import { readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { parse } from "smol-toml";
import { CommandError, inRoot, isFresh, main, output, recipe, root, run } from "./lib/project.mjs";

const TARGET = "wasm32-unknown-unknown";

const INPUTS = ["src", "crates", "Cargo.toml", "Cargo.lock", "wasm.toml", "scripts/build-wasm.mjs", "scripts/bindgen"];

/** The environment that gives rustc the recipe's features, and names for files that are the same on every machine. */
export function wasmEnvironment() {
  const features = recipe()
    .rustc["target-features"].map((name) => `+${name}`)
    .join(",");
  // Places in panics name files. Those of this repository are relative; crates lie where cargo unpacked them.
  const unpacked = crateFolders().map((folder) => `--remap-path-prefix=${folder}=`);
  // As cargo separates flags that may contain spaces.
  return { CARGO_ENCODED_RUSTFLAGS: [`-Ctarget-feature=${features}`, ...unpacked].join("\x1f") };
}

/** The folders that hold the crates which are not of this repository. Downloads what is missing: only then they are there. */
function crateFolders() {
  const metadata = output("cargo", ["metadata", "--format-version=1", "--locked", `--filter-platform=${TARGET}`]);
  if (!metadata) throw new CommandError("cargo does not say where it keeps the crates");
  const downloaded = JSON.parse(metadata).packages.filter(({ source }) => source);
  return [...new Set(downloaded.map(({ manifest_path: manifest }) => dirname(dirname(manifest))))];
}

/** Compiles and runs wasm-bindgen's half of the build. */
const BINDGEN = [
  ...["run", "--quiet", "--release", "--locked"],
  ...["--manifest-path", inRoot("scripts", "bindgen", "Cargo.toml"), "--target-dir", inRoot("target", "bindgen")],
];

/** Where cargo leaves a crate's module. */
function compiled(crate) {
  const { package: about } = parse(readFileSync(inRoot(crate, "Cargo.toml"), "utf8"));
  return inRoot("target", TARGET, "release", `${about.name.replaceAll("-", "_")}.wasm`);
}

/** Where a module of the recipe ends up. */
export const builtModule = (name) => inRoot(recipe().folder, `${name}_bg.wasm`);

/** Builds and checks the modules in pkg/ that are not up to date: all, or those of the given names. */
export function buildWasm(names = []) {
  for (const module of recipe().module) if (names.length === 0 || names.includes(module.name)) buildModule(module);
}

function buildModule({ name, crate, target, features = [], ...budget }) {
  const { folder, "wasm-opt": opt, output: allowed } = recipe();
  const file = builtModule(name);
  if (
    isFresh(
      [file],
      INPUTS.map((path) => inRoot(path)),
    )
  ) {
    console.log(`wasm: ${name} is up to date`);
    return;
  }
  const chosen = features.length > 0 ? ["--no-default-features", "--features", features.join(",")] : [];
  const cargo = [
    "build",
    "--locked",
    "--lib",
    "--release",
    "--target",
    TARGET,
    "--manifest-path",
    inRoot(crate, "Cargo.toml"),
  ];
  run("cargo", [...cargo, ...chosen], { env: wasmEnvironment() });
  run("cargo", [...BINDGEN, "--", compiled(crate), target, inRoot(folder), name]);
  run("wasm-opt", [...opt.flags, file, "-o", file]);
  if (target === "bundler") declareGlue(name);
  checkModule(name, readFileSync(file), { ...allowed, ...budget });
}

/** What is made for bundlers has no declarations for its inner file, which is the one that takes an instance. */
function declareGlue(name) {
  const folder = inRoot(recipe().folder);
  const declared = readFileSync(`${folder}/${name}.d.ts`, "utf8");
  const setter = "export function __wbg_set_wasm(exports: WebAssembly.Exports): void;\n";
  writeFileSync(`${folder}/${name}_bg.d.ts`, declared + setter);
}

/** Refuses a module that imports what JavaScript does not provide, names a folder of this machine, or is larger than its budget. */
export function checkModule(name, bytes, { "max-brotli-bytes": maxBrotli, "allowed-imports": allowed }) {
  const patterns = allowed.map((pattern) => new RegExp(`^(?:${pattern})$`));
  const foreign = WebAssembly.Module.imports(new WebAssembly.Module(bytes))
    .map(({ module, name }) => `${module}.${name}`)
    .filter((name) => !patterns.some((pattern) => pattern.test(name)));
  if (foreign.length > 0) {
    throw new CommandError(
      `The module ${name} imports what nothing provides: ${foreign.join(", ")}.\n` +
        "An env.* name is a C function that crates/openh264-wasm/cpp/libc lacks.",
    );
  }
  const named = [`${homedir()}/`, root].find((folder) => bytes.includes(folder));
  if (named) throw new CommandError(`The module ${name} names a folder of this machine: ${namedFile(bytes, named)}`);
  const compressed = brotliBytes(bytes);
  console.log(`wasm: ${name} has ${bytes.length} bytes, ${compressed} after brotli`);
  checkBudget(`The module ${name}`, compressed, maxBrotli);
}

/** The path in a module that begins with a folder. */
function namedFile(bytes, folder) {
  const at = bytes.indexOf(folder);
  return /^[\w/.@+ -]*/.exec(bytes.subarray(at, at + 200).toString("latin1"))[0];
}

/** Refuses more bytes than wasm.toml allows; no budget allows any number. */
export function checkBudget(what, bytes, most = Number.POSITIVE_INFINITY) {
  if (bytes > most) {
    throw new CommandError(`${what} is over its budget of ${most} bytes after brotli: ${bytes} (wasm.toml)`);
  }
}

/** Bytes after brotli at quality 11. */
export function brotliBytes(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

if (process.argv[1] === import.meta.filename) await main(() => buildWasm(process.argv.slice(2)));
