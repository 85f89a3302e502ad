// A new encoder option touches few files, and CONTRIBUTING.md names them: an option that is there is found in those alone.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";

/** The option, its type and its list of values. */
const MENTIONS = /\b(speed|Speed|SPEEDS)\b/;

/** What CONTRIBUTING.md counts, a test of what the option does included. */
const MOST_FILES = 9;

/** WebCodecs' config has no such options: js/encoder takes their defaults, and chooses a speed by `latencyMode`. */
const ELSEWHERE = "js/encoder/";

const sources = ["js", "src", "tests/types/app"].flatMap((folder) =>
  readdirSync(inRoot(folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .filter((name) => /\.(ts|rs)$/.test(name) && !name.endsWith(".test.ts") && !name.endsWith("examples.ts"))
    .filter((name) => !name.startsWith(ELSEWHERE)),
);

test("the files that an encoder option touches are those that CONTRIBUTING.md names", () => {
  const chapters = readFileSync(inRoot("CONTRIBUTING.md"), "utf8").split("\n## ");
  const section = chapters.find((chapter) => chapter.startsWith("Add an encoder option"));
  const named = [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, name]) => name).sort();
  const touched = sources.filter((name) => MENTIONS.test(readFileSync(inRoot(name), "utf8"))).sort();
  assert.deepEqual(touched, named);
  assert.ok(named.length + 1 <= MOST_FILES, `${named.length} and a test`);
});
