// What the benchmark needs beside the project's own tools; each part is made once and skipped from then on.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { wasmEnvironment } from "../../scripts/build-wasm.mjs";
import { CommandError, inRoot, isFresh, output, recipe, run, toolsFolder } from "../../scripts/lib/project.mjs";
import { workFolder } from "./content.mjs";

const folder = inRoot("bench");
/** Cargo's output; below the root's own target folder, which every tool ignores. */
const target = inRoot("target", "bench");

/** The peers from npm, at the lock file's versions. */
export function installPeers() {
  const installed = join(folder, "node_modules", ".package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(folder, "package-lock.json")).mtimeMs)
    return;
  run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
}

/** An ffmpeg with libvmaf comes in this package; Debian's has none. */
const VMAF_PACKAGE = { name: "imageio-ffmpeg", version: "0.8.1" };

/** The ffmpeg that knows VMAF, installed once: the path of its program. */
export function installVmaf() {
  const { name, version } = VMAF_PACKAGE;
  const installed = join(toolsFolder, `${name}-${version}`);
  const programs = join(installed, "imageio_ffmpeg", "binaries");
  if (!existsSync(programs)) {
    run("python3", ["-m", "pip", "install", "-q", "--no-deps", "--target", installed, `${name}==${version}`]);
  }
  const program = readdirSync(programs).find((file) => file.startsWith("ffmpeg"));
  if (!program) throw new CommandError(`${name} ${version} brings no ffmpeg for this system`);
  return join(programs, program);
}

/** A build of framereel of another revision, made once: the name of its copy beside `dist`. */
export function buildRevision(revision) {
  const commit = output("git", ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
  if (!commit) throw new CommandError(`--old=${revision}: git knows no such revision`);
  const name = `dist-${commit.slice(0, 12)}`;
  const copy = join(workFolder, name);
  if (existsSync(copy)) return name;
  const checkout = join(workFolder, "checkouts", commit);
  if (!existsSync(checkout)) run("git", ["worktree", "add", "--detach", checkout, commit]);
  // What npm installs belongs to the revision; the tools are the same, and theirs to check.
  run("npm", ["ci", "--no-audit", "--no-fund"], { cwd: checkout });
  if (!existsSync(join(checkout, ".tools"))) symlinkSync(toolsFolder, join(checkout, ".tools"));
  run("node", ["scripts/build.mjs"], { cwd: checkout, env: { CARGO_TARGET_DIR: join(target, "revisions") } });
  cpSync(join(checkout, "dist"), copy, { recursive: true });
  run("git", ["worktree", "remove", "--force", checkout]);
  return name;
}

/** framereel as users get it, and the module alone, copied so that a build meanwhile does not change who is measured. */
export function copyProduct() {
  for (const name of ["dist", "pkg"]) {
    if (!existsSync(inRoot(name))) {
      throw new CommandError("framereel is not built yet: run `npm start` once, or `node scripts/build.mjs`");
    }
    const copy = join(workFolder, name);
    rmSync(copy, { recursive: true, force: true });
    cpSync(inRoot(name), copy, { recursive: true });
  }
}

/** The native encoder with assembly. Throws where it cannot be had: the benchmark goes on without the limit. */
export function buildNative() {
  installNasm();
  cargo("native", []);
  const program = join(target, "release", "encode-native");
  // openh264-sys2 builds without assembly, and without a word, where nasm fails.
  if (process.arch === "x64" && !readFileSync(program).includes("WelsSampleSad16x16_sse2")) {
    throw new CommandError(
      `${program} has no assembly: it was built without nasm. Delete target/bench and start again.`,
    );
  }
  return program;
}

/** The encode-only loop for the browser, optimised as the product's module is. */
export function buildEncodeOnlyWasm() {
  cargo("wasm", ["--target", "wasm32-unknown-unknown"], wasmEnvironment());
  const built = join(target, "wasm32-unknown-unknown", "release", "framereel_bench_wasm.wasm");
  const optimised = join(target, "encode-only.wasm");
  if (!isFresh([optimised], [built])) run("wasm-opt", [...recipe()["wasm-opt"].flags, built, "-o", optimised]);
  return optimised;
}

function cargo(crate, args, env = {}) {
  mkdirSync(target, { recursive: true });
  run("cargo", ["build", "--locked", "--release", "--quiet", ...args], {
    cwd: join(folder, crate),
    env: { CARGO_TARGET_DIR: target, ...env },
  });
}

function installNasm() {
  if (process.arch !== "x64" || output("nasm", ["--version"])) return;
  const line = ["install", "-y", "--no-install-recommends", "nasm"];
  if (process.getuid?.() !== 0 || !output("apt-get", ["--version"])) {
    throw new CommandError(`nasm is missing; on Debian or Ubuntu run\n  sudo apt-get ${line.join(" ")}`);
  }
  run("apt-get", ["update", "-q"]);
  run("apt-get", line, { env: { DEBIAN_FRONTEND: "noninteractive" } });
}
