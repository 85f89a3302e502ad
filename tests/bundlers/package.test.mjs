// What `npm pack` makes, as npm, TypeScript and Node.js see it.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
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
    ...[".", "./inline", "./core", "./encoder", "./mediabunny", "./worker"],
    ...["./framereel.wasm", "./formats.wasm", "./heic.wasm"],
    "./package.json",
  ]);
  const named = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
  assert.deepEqual(
    [...named, main, types].filter((file) => !files.has(file)),
    [],
  );
});

test("the package holds what it needs and its licences, nothing else", () => {
  const documents = [
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "RELIABILITY.md",
    "SECURITY.md",
    "docs",
    "examples",
  ];
  const needed = ["LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-NOTICES", "dist", "package.json"];
  assert.deepEqual(readdirSync(installed).sort(), [...documents, ...needed].sort());
  assert.deepEqual(manifest().dependencies ?? {}, {});
  assert.equal(manifest().sideEffects, false);
});

test("the README's pictures and links lead to files of the package, wherever the README is read", () => {
  const text = readFileSync(join(installed, "README.md"), "utf8");
  const { name, version } = manifest();
  const addresses = [...text.matchAll(/(?:\]\(|src=")([^)"#]+)/g)].map(([, address]) => address);
  const own = `https://cdn.jsdelivr.net/npm/${name}@${version}/`;
  const packed = addresses.filter((address) => address.startsWith(own)).map((address) => address.slice(own.length));
  assert.ok(packed.includes("docs/page.png"), "the picture of the page");
  assert.deepEqual(
    packed.filter((file) => !existsSync(join(installed, file))),
    [],
    "not in the package",
  );
  assert.deepEqual(
    addresses.filter((address) => !/^https:\/\//.test(address)),
    [],
    "addresses that mean nothing outside the repository",
  );
  assert.doesNotMatch(
    readFileSync(inRoot("README.md"), "utf8"),
    /jsdelivr\.net\/npm\/framereel@/,
    "README.md was not put back",
  );
});

test("mediabunny is optional, and stands in no file but the entry of its name", () => {
  const { peerDependencies, peerDependenciesMeta } = manifest();
  assert.deepEqual(Object.keys(peerDependencies), ["mediabunny"]);
  assert.deepEqual(peerDependenciesMeta, { mediabunny: { optional: true } });
  const code = (name) => readFileSync(join(installed, "dist", name), "utf8");
  assert.match(code("mediabunny.js"), /from"mediabunny"/);
  assert.match(code("mediabunny.js"), /from"\.\/encoder\.js"/);
  // Its own code is not part of the package.
  assert.doesNotMatch(code("mediabunny.js"), /matroska|isobmff/i);
  for (const name of ["index.js", "inline.js", "core.js", "encoder.js", "worker.js"])
    assert.doesNotMatch(code(name), /mediabunny/i, name);
});

test("an app that imports neither the encoder nor mediabunny has no byte of them", () => {
  const code = readFileSync(join(installed, "dist", "index.js"), "utf8");
  assert.doesNotMatch(code, /^import|}from"/m);
  assert.doesNotMatch(code, /encodeQueueSize|NotSupportedError|annexb/);
});

test("import.meta.url stands only where bundlers rewrite it", () => {
  // Alone, webpack replaces it by the path of the file on the developer's machine.
  for (const name of ["index.js", "inline.js", "core.js", "encoder.js", "mediabunny.js", "worker.js"]) {
    const code = readFileSync(join(installed, "dist", name), "utf8");
    const alone = code.replaceAll(/new URL\("\.\/[\w.]+",\s*import\.meta\.url\)/g, "");
    assert.ok(!alone.includes("import.meta"), name);
  }
});
