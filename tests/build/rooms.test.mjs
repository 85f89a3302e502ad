// The rooms of js/ keep to their table: the linter refuses an import upwards and a cycle, and no room grows into a heap.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { inRoot, toolEnvironment } from "../../scripts/lib/project.mjs";

/** More files than this in one folder, and nobody finds their way. */
const MOST_FILES = 16;

/** A house of the same rooms, where every room imports every other. */
const scratch = inRoot("tests", ".work", "rooms");

const rooms = readdirSync(inRoot("js"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** Lines such as `js/model/api.ts:1:8 lint/style/noRestrictedImports`. */
let complaints;

before(() => {
  rmSync(scratch, { recursive: true, force: true });
  for (const room of rooms) {
    mkdirSync(join(scratch, "js", room), { recursive: true });
    for (const other of rooms) {
      const address = room === other ? "./cycle.js" : `../${other}/leaf.js`;
      writeFileSync(
        join(scratch, "js", room, `${other}.ts`),
        `import type { X } from "${address}";\nexport type Y = X;\n`,
      );
    }
    writeFileSync(join(scratch, "js", room, "leaf.ts"), "export type X = 1;\n");
    writeFileSync(
      join(scratch, "js", room, "cycle.ts"),
      `import type { Y } from "./${room}.js";\nexport type X = Y | 1;\n`,
    );
  }
  cpSync(inRoot("biome.json"), join(scratch, "biome.json"));
  const args = ["lint", "--colors=off", "--max-diagnostics=none", "."];
  const { stdout, stderr } = spawnSync("biome", args, { cwd: scratch, encoding: "utf8", env: toolEnvironment() });
  complaints = (stdout + stderr).split("\n");
});

const refused = (file, rule) => complaints.some((line) => line.startsWith(`js/${file}:`) && line.includes(rule));

/** The rooms that a room may import, by ARCHITECTURE.md. */
function allowed(room) {
  const row = new RegExp(`^\\| \`${room}/\` \\|.*\\| ([^|]*) \\|$`, "m").exec(
    readFileSync(inRoot("ARCHITECTURE.md"), "utf8"),
  );
  assert.ok(row, `ARCHITECTURE.md has no row for ${room}/`);
  return [...row[1].matchAll(/`(\w+)`/g)].map(([, name]) => name);
}

for (const room of rooms) {
  test(`js/${room} may import what ARCHITECTURE.md says, and nothing else`, () => {
    const may = allowed(room);
    for (const other of rooms.filter((name) => name !== room)) {
      const refusal = refused(`${room}/${other}.ts`, "noRestrictedImports");
      assert.equal(refusal, !may.includes(other), `js/${room} imports js/${other}`);
    }
  });

  test(`js/${room} may hold no cycle`, () => assert.ok(refused(`${room}/cycle.ts`, "noImportCycles")));
}

/** Every folder of js/, itself included. */
const folders = ["", ...readdirSync(inRoot("js"), { recursive: true })].filter((name) =>
  statSync(inRoot("js", name)).isDirectory(),
);

for (const folder of folders) {
  test(`${join("js", folder)} holds at most ${MOST_FILES} files`, () => {
    const files = readdirSync(inRoot("js", folder)).filter(
      (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
    );
    assert.ok(files.length <= MOST_FILES, `${files.length} files: ${files.join(", ")}`);
  });
}
