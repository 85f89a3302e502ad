// What `npm pack` makes, as npm, TypeScript and Node.js see it.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { runTool } from "./support/tools.mjs";
import { prepareWorkspace, workspace } from "./support/workspace.mjs";

let tarball;
const installed = join(workspace, "node_modules", "framereel");
const manifest = () => JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));

before(async () => {
  tarball = await prepareWorkspace();
});

test("publint has nothing to report", async () => {
  const { stdout } = await runTool("publint", ["run", tarball, "--strict"], { cwd: workspace });
  assert.match(stdout, /All good!\s*$/);
});

test("@arethetypeswrong/cli has nothing to report", async () => {
  const { stdout } = await runTool("attw", [tarball, "--profile", "esm-only", "--format", "json"], { cwd: workspace });
  const { analysis, problems } = JSON.parse(stdout);
  // The two ways of resolving that an ES module package does not serve, and which the profile leaves out.
  const served = ([, { resolutionKind }]) => !["node10", "node16-cjs"].includes(resolutionKind);
  const found = Object.entries(problems ?? {}).flatMap(([, list]) => list.map((problem) => [problem.kind, problem]));
  assert.deepEqual(found.filter(served), []);
  assert.equal(analysis.types.kind, "included");
});

test("every entry of the exports map is in the package, and its types beside it", () => {
  const files = new Set(readdirSync(installed, { recursive: true }).map((name) => `./${name.replaceAll("\\", "/")}`));
  const { exports, main, types } = manifest();
  assert.deepEqual(Object.keys(exports), [
    ...[".", "./inline", "./worker", "./framereel.wasm", "./formats.wasm", "./heic.wasm"],
    "./package.json",
  ]);
  const named = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  assert.deepEqual(
    [...named, main, types].filter((file) => !files.has(file)),
    [],
  );
});

test("the package holds what it needs and its licences, nothing else", () => {
  const top = readdirSync(installed).sort();
  assert.deepEqual(top, ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "THIRD-PARTY-NOTICES", "dist", "package.json"]);
  assert.deepEqual(manifest().dependencies ?? {}, {});
  assert.equal(manifest().sideEffects, false);
});

test("import.meta.url stands only where bundlers rewrite it", () => {
  // Alone, webpack replaces it by the path of the file on the developer's machine.
  for (const name of ["index.js", "inline.js", "worker.js"]) {
    const code = readFileSync(join(installed, "dist", name), "utf8");
    const alone = code.replaceAll(/new URL\("\.\/[\w.]+",\s*import\.meta\.url\)/g, "");
    assert.ok(!alone.includes("import.meta"), name);
  }
});
