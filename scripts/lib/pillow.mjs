// Pillow for the tests: its littlecms judges colour profiles.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inRoot, run, toolsFolder } from "./project.mjs";

/** Where python3 finds it: PYTHONPATH of the tests that run it. */
export const pythonFolder = join(toolsFolder, "python");

/** Installs the version of tests/fixtures/pillow.txt, once. */
export function installPillow() {
  if (existsSync(join(pythonFolder, "PIL"))) return;
  const requirements = inRoot("tests", "fixtures", "pillow.txt");
  run("python3", ["-m", "pip", "install", "-q", "--no-deps", "--target", pythonFolder, "-r", requirements]);
}
