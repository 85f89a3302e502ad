// Gathers the licence texts of everything that the package ships into dist/LICENSES.txt.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandError, inRoot, main, output } from "./lib/project.mjs";

/** File names under which packages keep their licence. */
const LICENCE_FILE = /^(licen[cs]e|copying|unlicense|notice)/i;

/** Licences whose text asks nothing of those who pass the code on, so that a missing file is no gap. */
const FREE_OF_NOTICES = /0BSD|Unlicense/;

/** Who holds the copyright of MIT-licensed crates whose packages lack the text, by the name's start. */
const MIT_HOLDERS = {
  heifer: "the authors of heifer, https://github.com/HarpeLm/Heifer",
  "pulp-wasm-simd-flag": "2021 sarah",
  "zune-inflate": "zune-image developers",
};

/** Writes dist/LICENSES.txt; a package without a licence file is an error, not a silence. */
export function buildLicences() {
  const tree = output("cargo", [
    "metadata",
    "--format-version=1",
    "--locked",
    "--all-features",
    "--filter-platform=wasm32-unknown-unknown",
  ]);
  if (!tree) throw new CommandError("cargo metadata failed, so the licences are not known");
  const parts = [
    ...crates(JSON.parse(tree)),
    ...["fflate", "gifenc"].map((name) => ({ name, licence: "MIT", folder: inRoot("node_modules", name) })),
  ];
  const texts = parts.map(
    ({ name, licence, folder }) => `${"=".repeat(80)}\n${name}: ${licence}\n\n${licenceText(folder, name, licence)}\n`,
  );
  writeFileSync(inRoot("dist", "LICENSES.txt"), texts.join("\n"));
}

/** The crates that end up in a module: reached by normal dependencies, procedural macros and their own left out. */
function* crates({ packages, resolve }) {
  const byId = new Map(packages.map((entry) => [entry.id, entry]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const seen = new Set();
  const queue = [resolve.root, packages.find(({ name }) => name === "decoder-module").id];
  for (const id of queue) {
    const entry = byId.get(id);
    if (seen.has(id) || entry.targets.some(({ kind }) => kind.includes("proc-macro"))) continue;
    seen.add(id);
    if (entry.source)
      yield { name: `${entry.name} ${entry.version}`, licence: entry.license, folder: dirname(entry.manifest_path) };
    const normal = nodes.get(id).deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null));
    queue.push(...normal.map(({ pkg }) => pkg));
  }
}

function licenceText(folder, name, licence) {
  // OpenH264's own licence lies with its source, one folder down.
  const folders = [folder, join(folder, "upstream"), join(folder, "LICENSES")].filter((path) => existsSync(path));
  const files = folders.flatMap((path) =>
    readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && (LICENCE_FILE.test(entry.name) || path.endsWith("LICENSES")))
      .map((entry) => join(path, entry.name)),
  );
  // Where the choice is ours, MIT: it is the shortest to carry along.
  const mit = files.filter((file) => /mit/i.test(file.slice(folder.length)));
  if (mit.length > 0) return readFileSync(mit[0], "utf8").trim();
  if (files.length > 0) return files.map((file) => readFileSync(file, "utf8").trim()).join("\n\n");
  const holder = Object.keys(MIT_HOLDERS).find((start) => name.startsWith(start));
  if (holder) return mitText(MIT_HOLDERS[holder]);
  if (FREE_OF_NOTICES.test(licence)) return "(no text shipped, none required)";
  throw new CommandError(`${name} (${licence}) ships no licence text: say in scripts/build-licences.mjs where it is`);
}

/** The licence as this project's own file has it, of another holder. */
function mitText(holder) {
  return readFileSync(inRoot("LICENSE-MIT"), "utf8")
    .replace(/^Copyright \(c\).*$/m, `Copyright (c) ${holder}`)
    .trim();
}

if (process.argv[1] === import.meta.filename) await main(buildLicences);
