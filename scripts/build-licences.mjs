// Gathers the licence texts of everything that the package ships into dist/LICENSES.txt.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError, inRoot, main } from "./lib/project.mjs";
import { npmFolder, SHIPPED_NPM, shippedCrates } from "./lib/shipped.mjs";

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
  const parts = [
    ...shippedCrates().map(({ name, version, ...rest }) => ({ name: `${name} ${version}`, ...rest })),
    ...SHIPPED_NPM.map((name) => ({ name, licence: "MIT", folder: npmFolder(name) })),
  ];
  const texts = parts.map(
    ({ name, licence, folder }) => `${"=".repeat(80)}\n${name}: ${licence}\n\n${licenceText(folder, name, licence)}\n`,
  );
  const file = inRoot("dist", "LICENSES.txt");
  const text = texts.join("\n");
  // Others may read the package while nothing about it changes.
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) writeFileSync(file, text);
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
