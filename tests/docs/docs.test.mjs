// The documentation: complete, its links alive, its code compiling.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { buildDocs } from "../../scripts/build-docs.mjs";
import { inRoot } from "../../scripts/lib/project.mjs";
import { prepareWorkspace } from "../bundlers/support/workspace.mjs";
import { compile } from "../types/compile.mjs";

const GUIDES = readdirSync(inRoot("docs")).filter((name) => name.endsWith(".md"));
const PAGES = [
  "README.md",
  "CONTRIBUTING.md",
  "ARCHITECTURE.md",
  "RELIABILITY.md",
  "SECURITY.md",
  "examples/README.md",
  ...GUIDES.map((name) => `docs/${name}`),
  "docs/llms.txt",
];
const text = (page) => readFileSync(inRoot(page), "utf8");

before(prepareWorkspace);

test("the API reference builds without a warning: everything public is described and every link resolves", () => {
  const out = inRoot("tests", ".work", "docs");
  buildDocs(out);
  for (const page of ["classes/index.ImageSequenceClip", "interfaces/index.EncodeOptions", "documents/errors"]) {
    assert.ok(existsSync(join(out, `${page}.html`)), page);
  }
});

test("the links between the pages lead somewhere", () => {
  const dead = PAGES.flatMap((page) =>
    [...text(page).matchAll(/\]\((?![a-z]+:|#)([^)#]+)/g)]
      .map(([, target]) => join(dirname(page), target))
      .filter((target) => !existsSync(inRoot(target)))
      .map((target) => `${page}: ${target}`),
  );
  assert.deepEqual(dead, []);
});

test("llms.txt and the guides that it names stand beside the built reference", () => {
  const out = inRoot("tests", ".work", "docs");
  const named = [...text("docs/llms.txt").matchAll(/\]\((\w+\.md)\)/g)].map(([, name]) => name);
  assert.ok(named.includes("errors.md"));
  for (const name of ["llms.txt", ...named]) assert.ok(existsSync(join(out, name)), name);
});

test("the workflows run commands that there are", () => {
  const { scripts } = JSON.parse(text("package.json"));
  const workflows = readdirSync(inRoot(".github", "workflows"));
  const lines = workflows.flatMap((name) => text(`.github/workflows/${name}`).split("\n"));
  const commands = lines.map((line) => /^\s*- run: (.+)$/.exec(line)?.[1]).filter(Boolean);
  assert.ok(commands.includes("npm test") && commands.includes("npm run build"), commands.join("; "));
  for (const command of commands) {
    const [, script] = /^npm (?:run )?(\w+)/.exec(command) ?? [];
    if (script !== undefined && script !== "install") assert.ok(scripts[script] !== undefined, command);
    const [, file] = /^node (\S+)/.exec(command) ?? [];
    if (file !== undefined) assert.ok(existsSync(inRoot(file)), command);
  }
});

test("what the options say about the browser's decoder is what was measured", () => {
  const rows = [...text("docs/bench.md").matchAll(/^\| framereel, `decoder: "browser"` +\| [^|]+\| +([\d.]+) /gm)];
  const [, said] = /Who decodes\. `"wasm"` \(default\) ([^.]*)\./.exec(
    text("js/model/options.ts").replace(/\s+\*\s+/g, " "),
  );
  assert.ok(rows.length >= 2);
  // How many times as many pictures a second framereel's own decoders give.
  assert.equal(
    rows.every(([, times]) => Number(times) > 1),
    /is faster/.test(said),
  );
  assert.doesNotMatch(said, /slower/);
});

test("every error code has its section", () => {
  const source = text("js/model/errors.ts");
  const codes = [...source.matchAll(/^ \* - `([a-z-]+)`:/gm)].map(([, code]) => code);
  const [, list] = source.match(/ERROR_CODES = \[([^\]]*)\]/);
  assert.deepEqual(JSON.parse(`[${list.trim().replace(/,$/, "")}]`), codes, "each is explained, in the same order");
  assert.deepEqual(
    [...text("docs/errors.md").matchAll(/^## ([a-z-]+):/gm)].map(([, code]) => code),
    codes,
  );
});

test("the TypeScript in the pages compiles under strict", () =>
  compile({}, (folder) => {
    for (const page of PAGES) {
      for (const [index, [, code]] of [...text(page).matchAll(/^```ts\n([\s\S]*?)^```/gm)].entries()) {
        writeFileSync(join(folder, `${page.replaceAll(/\W/g, "-")}-${index}.ts`), code);
      }
    }
  }));
