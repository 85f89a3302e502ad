import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";

/** A new folder for a test file, removed after its tests. Call at the top of the file. */
export function temporaryFolder(name) {
  const parent = inRoot("tests", ".work", "folders");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name}-`));
  after(() => rmSync(folder, { recursive: true }));
  return folder;
}
