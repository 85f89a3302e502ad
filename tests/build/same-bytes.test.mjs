// The module gives the bytes that the native core gives: every SIMD path of wasm against another processor's and plain C++.
// The groups to encode, and what came out natively, are left by tests/native/same_bytes.rs.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { builtModule } from "../../scripts/build-wasm.mjs";
import { inRoot, recipe } from "../../scripts/lib/project.mjs";

const folder = inRoot("target", "tmp", "same-bytes");
const cases = existsSync(folder) ? readdirSync(folder).sort() : [];

describe("wasm encodes as the native core does", () => {
  let api;
  before(async () => {
    api = await import(inRoot(recipe().folder, "framereel.js"));
    api.initSync({ module: readFileSync(builtModule("framereel")) });
  });

  test("there are groups to compare", () => {
    assert.ok(cases.length >= 14, `run \`cargo test\` first: it leaves them in ${folder}`);
  });

  for (const name of cases) {
    test(name, () => {
      const read = (file) => readFileSync(join(folder, name, file));
      const { background, ...settings } = JSON.parse(read("settings.json"));
      const encoder = new api.GroupEncoder({ ...settings, background: Uint8Array.from(background) });
      const images = readdirSync(join(folder, name)).filter((file) => file.endsWith(".image"));
      for (const [at, image] of images.sort().entries()) {
        encoder.load(0, read(image));
        encoder.encode(0, at === 0);
      }
      const { data } = encoder.finish();
      encoder.free();
      const expected = read("group.h264");
      assert.ok(expected.length > 500, "there is something to compare");
      const first = data.findIndex((byte, at) => byte !== expected[at]);
      assert.ok(
        data.length === expected.length && first < 0,
        `${data.length} bytes for ${expected.length}, unlike from ${first} on`,
      );
    });
  }
});
