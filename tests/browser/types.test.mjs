// The package's types, as a user's compiler reads them from package.json's exports.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";

test("the API's snippets compile under strict, and mistakes do not", () => {
  const tsc = inRoot("node_modules", "typescript", "bin", "tsc");
  const project = inRoot("tests", "browser", "types");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", project], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});
