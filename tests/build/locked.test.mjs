// What a build or a test downloads from crates' and npm's registries is what it was when it was chosen: lock files hold its checksum.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { parse } from "smol-toml";
import { inRoot, output } from "../../scripts/lib/project.mjs";

const lockFiles = (name) => output("git", ["ls-files", `*${name}`]).split("\n");
const read = (file) => readFileSync(inRoot(file), "utf8");

for (const file of lockFiles("Cargo.lock")) {
  test(`every crate of ${file} that is not of this repository comes from the registry, with a checksum`, () => {
    // Those without a source are folders here.
    const foreign = parse(read(file)).package.filter(({ source }) => source);
    assert.ok(foreign.length > 0);
    for (const { name, source, checksum } of foreign) {
      assert.match(source, /^registry\+/, name);
      assert.match(checksum ?? "", /^[0-9a-f]{64}$/, name);
    }
  });
}

for (const file of lockFiles("Cargo.lock")) {
  // Crates outside the workspace are compiled by commands of their own, which would be the first to find out.
  test(`${file} fits the Cargo.toml files that it is for`, () => {
    const manifest = inRoot(dirname(file), "Cargo.toml");
    const read = ["metadata", "--format-version=1", "--manifest-path", manifest, "--locked"];
    const { status, stderr } = spawnSync("cargo", read, { encoding: "utf8", maxBuffer: 2 ** 26 });
    assert.equal(status, 0, stderr);
  });
}

for (const file of lockFiles("package-lock.json")) {
  test(`every package of ${file} comes from the registry, with a checksum`, () => {
    const { "": _, ...packages } = JSON.parse(read(file)).packages;
    const foreign = Object.entries(packages).filter(([, { link }]) => !link);
    assert.ok(foreign.length > 0);
    for (const [name, { resolved, integrity }] of foreign) {
      // npm leaves the address out where it is told to; it is another one only for git and for files.
      assert.doesNotMatch(resolved ?? "", /^(git|file|http:)/, name);
      assert.match(integrity ?? "", /^sha512-/, name);
    }
  });
}
