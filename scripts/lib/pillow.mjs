// Pillow for the tests: its littlecms judges colour profiles, its libheif makes and judges HEIC.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inRoot, run, toolsFolder } from "./project.mjs";

/** Where python3 finds it: PYTHONPATH of the tests that run it. */
export const pythonFolder = join(toolsFolder, "python");

/** What tests/fixtures/pillow.txt brings. */
const PACKAGES = ["PIL", "pillow_heif"];

/** Installs the versions of tests/fixtures/pillow.txt, once. */
export function installPillow() {
  if (PACKAGES.every((name) => existsSync(join(pythonFolder, name)))) return;
  const requirements = inRoot("tests", "fixtures", "pillow.txt");
  run("python3", [
    "-m",
    "pip",
    "install",
    "-q",
    "--no-deps",
    "--upgrade",
    "--target",
    pythonFolder,
    "-r",
    requirements,
  ]);
}
