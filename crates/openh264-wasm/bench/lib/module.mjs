// Builds the benchmark's wasm module and opens it.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../../..");
const PACKAGE = "openh264-wasm-bench";

/** How rustc and clang build: with SIMD and their own vectorising, without that, or without SIMD at all. */
export const FLAGS = {
  vectorised: ["-C target-feature=+simd128"],
  "not vectorised": ["-C target-feature=+simd128", "-C no-vectorize-loops", "-C no-vectorize-slp"],
};

/** Compiles the module into a target folder of its own, so that builds of different flags do not undo each other. */
export function build(flags = "vectorised") {
  const base = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
  const folder = join(base, "kernels", flags.replaceAll(" ", "-"));
  execFileSync("cargo", ["build", "--quiet", "--release", "--package", PACKAGE, "--target", "wasm32-unknown-unknown"], {
    cwd: ROOT,
    env: {
      ...process.env,
      CARGO_TARGET_DIR: folder,
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: FLAGS[flags].join(" "),
    },
    stdio: "inherit",
  });
  return join(folder, "wasm32-unknown-unknown/release", `${PACKAGE.replaceAll("-", "_")}.wasm`);
}

/** The module's exports, with names and streams as JavaScript values. It imports nothing. */
export async function open(path) {
  const { instance } = await WebAssembly.instantiate(readFileSync(path), {});
  const exports = instance.exports;
  const bytes = (start, length) => new Uint8Array(exports.memory.buffer, start, length);
  return {
    ...exports,
    /** The cases' names; a case's number is its place. */
    names: Array.from({ length: exports.case_count() }, (_, index) =>
      new TextDecoder().decode(bytes(exports.case_name(index), exports.case_name_length(index))),
    ),
    /** Encodes pictures (I420, one after the other) and gives the Annex B stream and the milliseconds it took. */
    encode(kernels, settings, pictures) {
      const { width, height, qp, profile, complexity } = settings;
      const target = exports.encode_start(kernels, width, height, qp, profile, complexity);
      if (target === 0) throw new Error(`no encoder for ${JSON.stringify(settings)}`);
      let time = 0;
      for (const picture of pictures) {
        bytes(target, picture.length).set(picture);
        const start = performance.now();
        if (!exports.encode_picture(false)) throw new Error(`no picture for ${JSON.stringify(settings)}`);
        time += performance.now() - start;
      }
      return { stream: bytes(exports.stream_data(), exports.stream_length()).slice(), time };
    },
  };
}
