// The types of the packed package, as users' compilers see them.
import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";
import { prepareWorkspace, workspace } from "../bundlers/support/workspace.mjs";
import { compile } from "./compile.mjs";

before(prepareWorkspace);

const app = (folder) => cpSync(inRoot("tests", "types", "app"), folder, { recursive: true });

test("the documented interface compiles, and what it rules out does not", () => compile({}, app));

test("the same with exact optional properties", () => compile({ exactOptionalPropertyTypes: true }, app));

test("the same with the module resolution of Node.js", () =>
  compile({ module: "NodeNext", moduleResolution: "NodeNext" }, app));

test("the same with an older compiler, TypeScript 5.6", () =>
  compile({}, app, join(workspace, "node_modules", "typescript")));

test("a wrong use is noticed by these tests", () =>
  assert.rejects(
    compile({}, (folder) => {
      writeFileSync(join(folder, "wrong.ts"), 'import { sortByName } from "framereel";\nsortByName(1);\n');
    }),
    /TS2345/,
  ));
