// IPython for the test of the notebook's example: it runs the cell as Jupyter does.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { inRoot, run, toolsFolder } from "./project.mjs";

/** Where python3 finds it: PYTHONPATH of the test that runs it. */
export const ipythonFolder = join(toolsFolder, "ipython");

/** Installs the versions of tests/fixtures/ipython.txt, once. */
export function installIPython() {
  if (existsSync(join(ipythonFolder, "IPython"))) return;
  const requirements = inRoot("tests", "fixtures", "ipython.txt");
  run("python3", ["-m", "pip", "install", "-q", "--no-deps", "--target", ipythonFolder, "-r", requirements]);
}
