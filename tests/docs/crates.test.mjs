// What crates.io and docs.rs would get: `cargo publish --dry-run -p CRATE` does the rest, with a network.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";

const CRATES = ["jpeg-planes", "openh264-wasm"];

const cargo = (...args) =>
  execFileSync("cargo", args, { cwd: inRoot(), encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

for (const name of CRATES) {
  test(`${name}: README, licences and metadata are in the package, and the README's example is a doctest`, () => {
    const files = cargo("package", "--list", "--allow-dirty", "-p", name).split("\n");
    for (const needed of ["README.md", "LICENSE-MIT", "LICENSE-APACHE", "src/lib.rs"])
      assert.ok(files.includes(needed), `${needed} is not in it`);
    const { packages } = JSON.parse(cargo("metadata", "--no-deps", "--format-version=1"));
    const found = packages.find((each) => each.name === name);
    assert.equal(found.readme, "README.md");
    assert.equal(found.documentation, `https://docs.rs/${name}`);
    assert.equal(found.license, "MIT OR Apache-2.0");
    assert.ok(found.description.length > 20);
    // crates.io takes five of each at most.
    assert.ok(found.keywords.length > 2 && found.keywords.length <= 5);
    assert.ok(found.categories.length > 0 && found.categories.length <= 5);
    assert.ok(found.metadata.docs.rs.targets.length > 0);
    const code = readFileSync(inRoot("crates", name, "src", "lib.rs"), "utf8");
    assert.match(code, /#!\[doc = include_str!\("\.\.\/README\.md"\)\]/);
    assert.match(readFileSync(inRoot("crates", name, "README.md"), "utf8"), /^```rust\n[\s\S]*assert/m);
  });
}
