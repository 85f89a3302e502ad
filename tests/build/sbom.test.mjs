// The list of what ships: everything is on it, with a version, a licence that is allowed, and a checksum where it was downloaded.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "smol-toml";
import { inRoot } from "../../scripts/lib/project.mjs";
import { SHIPPED_NPM } from "../../scripts/lib/shipped.mjs";
import { sbom } from "../../scripts/sbom.mjs";

test("the list names the encoder, the decoders and the page's packages, each with version, licence and checksum", () => {
  const { components } = sbom();
  const byName = new Map(components.map((component) => [component.name, component]));
  for (const name of ["openh264", "png", "gif", "mp4", "wasm-bindgen", ...SHIPPED_NPM])
    assert.ok(byName.has(name), name);
  for (const { name, version, hashes, purl } of components) {
    assert.match(version, /^\d+\.\d+/, name);
    if (purl.startsWith("pkg:cargo/")) assert.match(hashes[0].content, /^[0-9a-f]{64}$/, name);
  }
  // OpenH264 is at version 2 since 2019.
  assert.match(byName.get("openh264").version, /^2\.\d+\.\d+$/);
});

test("every licence of what ships is one that deny.toml allows", () => {
  const { allow } = parse(readFileSync(inRoot("deny.toml"), "utf8")).licenses;
  for (const { name, licenses } of sbom().components) {
    const [{ license, expression }] = licenses;
    const choices = (license?.id ?? expression).split(/ OR /).map((choice) => choice.replaceAll(/[()]/g, "").trim());
    const isAllowed = choices.some((choice) => choice.split(" AND ").every((part) => allow.includes(part.trim())));
    assert.ok(isAllowed, `${name}: ${choices.join(" or ")}`);
  }
});

test("the list is the same every time", () => {
  assert.deepEqual(sbom(), sbom());
});
