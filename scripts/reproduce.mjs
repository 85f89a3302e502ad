// `npm run reproduce`: two clean builds of the last commit give the same files, byte for byte, and none of them names a folder of the
// machine. Each is built from a checkout of its own, with its own target folder and its own sources of the crates, at places, with
// locales and numbers of compilers at work that differ.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CommandError, inRoot, main, output, root, run } from "./lib/project.mjs";

/** What the two builds do not share. Places differ in length and depth. */
const BUILDS = [
  { place: "one", environment: { LC_ALL: "C", TZ: "UTC", CARGO_BUILD_JOBS: "2" } },
  { place: "another/and deeper", environment: { LC_ALL: "C.UTF-8", TZ: "Asia/Shanghai", CARGO_BUILD_JOBS: "1" } },
];

/** What a build makes for others: the package, the page, the modules. */
const MADE = ["pkg", "dist", join("build", "www")];

const cargoHome = process.env.CARGO_HOME ?? join(homedir(), ".cargo");

/** A cargo home at a place of its own that downloads nothing again: crates are unpacked anew there. */
function freshCargoHome(folder) {
  mkdirSync(join(folder, "registry"), { recursive: true });
  for (const name of ["config.toml", join("registry", "index"), join("registry", "cache")])
    if (existsSync(join(cargoHome, name))) symlinkSync(join(cargoHome, name), join(folder, name));
  return folder;
}

/** Builds in a folder that is not there yet; gives what it made, by path. */
function cleanBuild(folder, environment) {
  const checkout = join(folder, "checkout");
  mkdirSync(folder, { recursive: true });
  run("git", ["clone", "-q", root, checkout]);
  for (const shared of ["node_modules", ".tools"]) symlinkSync(inRoot(shared), join(checkout, shared));
  run("node", [join("scripts", "build.mjs")], {
    cwd: checkout,
    env: {
      ...environment,
      CARGO_TARGET_DIR: join(folder, "target"),
      CARGO_HOME: freshCargoHome(join(folder, "cargo")),
    },
  });
  const files = MADE.flatMap((made) =>
    readdirSync(join(checkout, made), { recursive: true }).map((name) => join(made, name)),
  ).filter((name) => statSync(join(checkout, name)).isFile());
  return new Map(files.sort().map((name) => [name, readFileSync(join(checkout, name))]));
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** Where a build happens, and nobody who downloads it needs to know. */
function ownFolders(folder) {
  const sysroot = output("rustc", ["--print", "sysroot"]);
  return [folder, root, `${homedir()}/`, cargoHome, dirname(sysroot)];
}

/**
 * What speaks against two builds being the same, and being nobody's: files that differ or that one has not, and folders of the
 * machine in them.
 *
 * @param {Map<string, Buffer>} first - files by their path
 * @param {Map<string, Buffer>} second
 * @param {string[]} folders - that no file may name
 */
export function differences(first, second, folders) {
  const problems = [];
  for (const name of new Set([...first.keys(), ...second.keys()])) {
    const [one, other] = [first, second].map((made) => (made.has(name) ? sha256(made.get(name)) : "not made"));
    if (one !== other) problems.push(`${name}: ${one} and ${other}`);
    const named = folders.filter((folder) => first.get(name)?.includes(folder));
    if (named.length > 0) problems.push(`${name} names ${named.join(", ")}`);
  }
  return problems;
}

function reproduce() {
  const folder = mkdtempSync(join(tmpdir(), "framereel-"));
  try {
    const [first, second] = BUILDS.map(({ place, environment }) => {
      const made = cleanBuild(join(folder, place), environment);
      rmSync(join(folder, place), { recursive: true, force: true });
      return made;
    });
    for (const [name, bytes] of first)
      if (name.startsWith("dist") && /\.(wasm|js)$/.test(name)) console.log(`${sha256(bytes)}  ${name}`);
    const problems = differences(first, second, ownFolders(folder));
    if (problems.length > 0) throw new CommandError(problems.join("\n"));
    console.log(`commit ${output("git", ["rev-parse", "HEAD"])}: ${first.size} files, the same in two clean builds`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await main(reproduce);
