// Builds the wasm modules into pkg/, by the recipe in wasm-pack.toml, and checks what came out against it:
// `node scripts/build-wasm.mjs`, or with the names of some.
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";
import { CommandError, inRoot, isFresh, main, recipe, run } from "./lib/project.mjs";

const INPUTS = ["src", "crates", "Cargo.toml", "Cargo.lock", "wasm-pack.toml", "scripts/build-wasm.mjs"];

/** The environment that gives rustc the recipe's features. */
export function wasmEnvironment() {
  const features = recipe()
    .rustc["target-features"].map((name) => `+${name}`)
    .join(",");
  return { CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: `-C target-feature=${features}` };
}

/** Where a module of the recipe ends up. */
export const builtModule = (name) => inRoot(recipe()["wasm-pack"]["out-dir"], `${name}_bg.wasm`);

/** Builds and checks the modules in pkg/ that are not up to date: all, or those of the given names. */
export function buildWasm(names = []) {
  for (const module of recipe().module) if (names.length === 0 || names.includes(module.name)) buildModule(module);
}

function buildModule({ name, crate, target, features = [], ...budget }) {
  const { "wasm-pack": pack, "wasm-opt": opt, output } = recipe();
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
  const place = ["--target", target, "--out-dir", inRoot(pack["out-dir"]), "--out-name", name];
  const chosen = features.length > 0 ? ["--no-default-features", "--features", features.join(",")] : [];
  run(
    "wasm-pack",
    ["build", inRoot(crate), "--release", "--no-pack", "--no-opt", "--mode", "no-install", ...place, ...chosen],
    {
      env: wasmEnvironment(),
    },
  );
  run("wasm-opt", [...opt.flags, file, "-o", file]);
  if (target === "bundler") declareGlue(name);
  checkModule(name, readFileSync(file), { ...output, ...budget });
}

/** What is made for bundlers has no declarations for its inner file, which is the one that takes an instance. */
function declareGlue(name) {
  const folder = inRoot(recipe()["wasm-pack"]["out-dir"]);
  const declared = readFileSync(`${folder}/${name}.d.ts`, "utf8");
  const setter = "export function __wbg_set_wasm(exports: WebAssembly.Exports): void;\n";
  writeFileSync(`${folder}/${name}_bg.d.ts`, declared + setter);
}

/** Refuses a module that imports what JavaScript does not provide, or that is larger than its budget. */
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
  const compressed = brotliBytes(bytes);
  console.log(`wasm: ${name} has ${bytes.length} bytes, ${compressed} after brotli`);
  checkBudget(`The module ${name}`, compressed, maxBrotli);
}

/** Refuses more bytes than wasm-pack.toml allows; no budget allows any number. */
export function checkBudget(what, bytes, most = Number.POSITIVE_INFINITY) {
  if (bytes > most) {
    throw new CommandError(`${what} is over its budget of ${most} bytes after brotli: ${bytes} (wasm-pack.toml)`);
  }
}

/** Bytes after brotli at quality 11. */
export function brotliBytes(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

if (process.argv[1] === import.meta.filename) await main(() => buildWasm(process.argv.slice(2)));
