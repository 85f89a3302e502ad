// The programs that building and testing need. Each function looks first and installs only what it does not find.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPhotos } from "./photos.mjs";
import { installPillow } from "./pillow.mjs";
import { CommandError, inRoot, output, run, toolsFolder } from "./project.mjs";

/** Current when this was written. */
const CARGO_DENY_VERSION = "0.20.2";

/** The clang that is installed where none is found. Any from 15 on serves. */
const CLANG_PACKAGE = "clang-19";
const CLANG_NAMES = ["clang++", ...[24, 23, 22, 21, 20, 19, 18, 17, 16, 15].map((version) => `clang++-${version}`)];

/** Installs the build's tools, and the tests' where they are wanted. */
export function installTools({ tests }) {
  mkdirSync(toolsFolder, { recursive: true });
  installWasmTarget();
  installSystemPackages([
    ...(hasWasmClang() ? [] : [CLANG_PACKAGE]),
    ...(tests ? missingEngines() : []),
    ...(tests && !output("ffmpeg", ["-version"]) ? ["ffmpeg"] : []),
    // It says its version where errors are told, and nothing here.
    ...(tests && output("jpegtran", ["-version"]) === undefined ? ["libjpeg-turbo-progs"] : []),
    ...(tests && !output("python3", ["-m", "pip", "--version"]) ? ["python3-pip"] : []),
    ...(tests && !output("xdotool", ["--version"]) ? ["xdotool"] : []),
  ]);
  if (tests) {
    installPhotos();
    installPillow();
  }
}

/** Debian's packages of the three browsers that are missing, and of what WebKitGTK needs for a screen and for H.264. */
function missingEngines() {
  const programs = {
    chromium: ["chromium", "--version"],
    "firefox-esr": ["firefox-esr", "--version"],
    "webkit2gtk-driver": ["WebKitWebDriver", "--help"],
    xvfb: ["Xvfb", "-help"],
    xauth: ["xauth", "-V"],
  };
  const plugins = {
    "gstreamer1.0-plugins-good": "libgstisomp4.so",
    "gstreamer1.0-plugins-bad": "libgstvideoparsersbad.so",
    "gstreamer1.0-libav": "libgstlibav.so",
  };
  return [
    ...Object.keys(programs).filter((name) => output(programs[name][0], programs[name].slice(1)) === undefined),
    ...Object.keys(plugins).filter((name) => !hasLibrary(join("gstreamer-1.0", plugins[name]))),
  ];
}

/** Whether a file is among the system's libraries. */
function hasLibrary(path) {
  const folders = ["/usr/lib", "/usr/lib64"].filter((folder) => existsSync(folder));
  return folders.some(
    (folder) =>
      readdirSync(folder).some((name) => existsSync(join(folder, name, path))) || existsSync(join(folder, path)),
  );
}

function installWasmTarget() {
  const sysroot = output("rustc", ["--print", "sysroot"]);
  if (!sysroot) throw new CommandError("Rust is missing. Install it from https://rustup.rs and start again.");
  const installed = output("rustc", ["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
  if (installed && output("ls", [installed])) return;
  run("rustup", ["target", "add", "wasm32-unknown-unknown"]);
}

/** Whether a clang compiles for wasm32; crates/openh264-wasm/build/clang.rs looks further, this only decides on installing. */
function hasWasmClang() {
  if (process.env.OPENH264_WASM_CXX) return true;
  const source = join(mkdtempSync(join(tmpdir(), "framereel-")), "check.cpp");
  writeFileSync(source, "int one() { return 1; }\n");
  const args = ["--target=wasm32-unknown-unknown", "-msimd128", "-c", source, "-o", `${source}.o`];
  return CLANG_NAMES.some((name) => spawnSync(name, args).status === 0);
}

/** Debian's packages, all at once; without root, says what to run. */
function installSystemPackages(packages) {
  if (packages.length === 0) return;
  const line = `apt-get install -y --no-install-recommends ${packages.join(" ")}`;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !output("apt-get", ["--version"])) {
    throw new CommandError(
      `Missing on this system: ${packages.join(", ")}. On Debian or Ubuntu run\n  sudo ${line}\n` +
        "elsewhere install the same programs with your package manager; then start again.",
    );
  }
  run("apt-get", ["update", "-q"]);
  run("apt-get", line.split(" ").slice(1), { env: { DEBIAN_FRONTEND: "noninteractive" } });
}

/** What `npm run audit` asks with: minutes to compile, so only there. */
export function installCargoDeny() {
  const found = output(join(toolsFolder, "bin", "cargo-deny"), ["--version"]);
  if (found?.split(" ").includes(CARGO_DENY_VERSION)) return;
  const target = inRoot("target", "tools");
  const version = ["cargo-deny", "--version", CARGO_DENY_VERSION];
  run("cargo", ["install", "--locked", "--force", "--root", toolsFolder, ...version], {
    // It runs for seconds: its own speed matters less than the minutes of compiling it.
    env: { CARGO_TARGET_DIR: target, CARGO_PROFILE_RELEASE_OPT_LEVEL: "1", CARGO_PROFILE_RELEASE_LTO: "off" },
  });
  rmSync(target, { recursive: true, force: true });
}
