// Measures that come out the same every time, kept on disk: a run that was interrupted goes on where it ended.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../../scripts/lib/project.mjs";
import { workFolder } from "./content.mjs";

/** What a user's page loads: results of one build are not taken for another's. */
const PRODUCT = ["index.js", "worker.js", "framereel.wasm"];

/**
 * What `measure` gives, from disk where it was measured before.
 *
 * @param {string} about - the file's name in front
 * @param {object} key - everything that the result depends on
 * @param {() => Promise<object>} measure - a value that JSON holds
 */
export async function cached(about, key, measure) {
  const folder = join(workFolder, "cache");
  const file = join(folder, `${about}-${shortHash(JSON.stringify(key))}.json`);
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")).value;
  const value = await measure();
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}.unfinished`, JSON.stringify({ key, value }));
  renameSync(`${file}.unfinished`, file);
  return value;
}

/** Names a build by its files. */
export function productHash(folder = inRoot("dist")) {
  return shortHash(...PRODUCT.map((name) => readFileSync(join(folder, name))));
}

/** Names the others' versions, for what is measured on them. */
export const peersKey = (browser) => [browser.version, shortHash(readFileSync(inRoot("bench", "package-lock.json")))];

function shortHash(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex").slice(0, 12);
}
