// Builds the wasm module into pkg/, by the recipe in wasm-pack.toml, and checks what came out against it.
import { readFileSync } from "node:fs";
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

/** Builds and checks pkg/, or says that it is up to date. */
export function buildWasm() {
  const { "wasm-pack": pack, "wasm-opt": opt, output } = recipe();
  const folder = inRoot(pack["out-dir"]);
  const module = `${folder}/${pack["out-name"]}_bg.wasm`;
  if (
    isFresh(
      [module],
      INPUTS.map((path) => inRoot(path)),
    )
  ) {
    console.log("wasm: up to date");
    return;
  }
  const place = ["--target", pack.target, "--out-dir", folder, "--out-name", pack["out-name"]];
  run("wasm-pack", ["build", "--release", "--no-pack", "--no-opt", "--mode", "no-install", ...place], {
    env: wasmEnvironment(),
  });
  run("wasm-opt", [...opt.flags, module, "-o", module]);
  checkModule(readFileSync(module), output);
}

/** Refuses a module that imports what JavaScript does not provide, or that is larger than the budget. */
export function checkModule(
  bytes,
  { "max-bytes": maxBytes, "max-brotli-bytes": maxBrotli, "allowed-imports": allowed },
) {
  const patterns = allowed.map((pattern) => new RegExp(`^(?:${pattern})$`));
  const foreign = WebAssembly.Module.imports(new WebAssembly.Module(bytes))
    .map(({ module, name }) => `${module}.${name}`)
    .filter((name) => !patterns.some((pattern) => pattern.test(name)));
  if (foreign.length > 0) {
    throw new CommandError(
      `The module imports what nothing provides: ${foreign.join(", ")}.\n` +
        "An env.* name is a C function that crates/openh264-wasm/cpp/libc lacks.",
    );
  }
  const compressed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  console.log(`wasm: ${bytes.length} bytes, ${compressed} after brotli`);
  if (bytes.length > maxBytes || compressed > maxBrotli) {
    throw new CommandError(
      `The module is over its budget of ${maxBytes} bytes, ${maxBrotli} after brotli (wasm-pack.toml)`,
    );
  }
}

if (process.argv[1] === import.meta.filename) await main(buildWasm);
