// README.md as npm shows it: npm serves none of the package's other files, so that every link and picture becomes the address of the
// packed file on a content delivery network. npm itself calls this around `npm pack` and `npm publish`:
// `node scripts/npm-readme.mjs pack` before, `node scripts/npm-readme.mjs restore` after.
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { CommandError, inRoot, main } from "./lib/project.mjs";

/** Where the packages of npm lie as files. */
const FILES = "https://cdn.jsdelivr.net/npm";

const readme = inRoot("README.md");
/** The README as it is in the repository, while npm packs the other one. */
const kept = inRoot("build", "README.md");

/** The links and pictures of a Markdown text, those of its HTML included, that name a file beside it. */
const RELATIVE = /(\]\(|src=")(?![a-z]+:|#)([^)"#]+)/g;

/** @param {string} text @returns {string[]} the files that a README names */
export const filesOf = (text) => [...text.matchAll(RELATIVE)].map(([, , file]) => file);

/** The README for the version that package.json names. */
export function npmReadme(text, { name, version }) {
  return text.replace(RELATIVE, (_, start, file) => `${start}${FILES}/${name}@${version}/${file}`);
}

function pack() {
  restore(); // what a pack that was broken off has left
  const text = readFileSync(readme, "utf8");
  const missing = filesOf(text).filter((file) => !existsSync(inRoot(file)));
  if (missing.length > 0) throw new CommandError(`README.md names ${missing.join(", ")}, which there is not`);
  mkdirSync(inRoot("build"), { recursive: true });
  copyFileSync(readme, kept);
  writeFileSync(readme, npmReadme(text, JSON.parse(readFileSync(inRoot("package.json"), "utf8"))));
}

function restore() {
  if (existsSync(kept)) renameSync(kept, readme);
}

const steps = { pack, restore };
if (process.argv[1] === import.meta.filename)
  await main(() => {
    const step = steps[process.argv[2]];
    if (step === undefined) throw new CommandError("node scripts/npm-readme.mjs pack|restore");
    step();
  });
