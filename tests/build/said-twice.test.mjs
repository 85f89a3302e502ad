// Rust, the package and the page cannot import each other's constants: what two of them must say, they say alike.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { build } from "esbuild";
import { inRoot } from "../../scripts/lib/project.mjs";

/** The package's and the page's constants, as modules. */
let model, choices, defaults, limits, settings;

before(async () => {
  const load = async (path) => {
    const { outputFiles } = await build({ entryPoints: [inRoot(path)], bundle: true, format: "esm", write: false });
    return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  };
  model = await load("js/model/constants.ts");
  choices = await load("js/model/choices.ts");
  defaults = await load("js/options/defaults.ts");
  limits = await load("www/page/model/picture-limits.ts");
  settings = await load("www/page/model/settings.ts");
});

/** A number that a Rust file defines. */
function rust(file, name) {
  const found = new RegExp(`const ${name}: \\w+ = ([\\d_]+);`).exec(readFileSync(inRoot(file), "utf8"));
  assert.ok(found, `${file} defines ${name}`);
  return Number(found[1].replaceAll("_", ""));
}

const ENCODER = "crates/openh264-wasm/src/config.rs";

test("the clock of clips with durations", () => {
  assert.equal(model.DURATION_TIMESCALE, rust("src/timing.rs", "DURATIONS_TIMESCALE"));
});

test("the quantisation parameter's range", () => {
  assert.deepEqual(defaults.QP_RANGE, { min: 0, max: rust(ENCODER, "MAX_QP") });
});

test("the highest bit rate", () => {
  assert.equal(defaults.BITRATE_RANGE.max, rust(ENCODER, "MAX_BITRATE"));
});

for (const [option, list] of [
  ["fit", "FITS"],
  ["profile", "PROFILES"],
  ["content", "CONTENTS"],
  ["speed", "SPEEDS"],
]) {
  test(`the names that ${option} may have, in the boundary's reading and in its declaration`, () => {
    const boundary = readFileSync(inRoot("src/wasm.rs"), "utf8");
    const names = (text) => [...text.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort();
    const read = new RegExp(`one_of\\(\\s*"${option}",\\s*&self\\.\\w+\\(\\),\\s*&\\[([^\\]]*)\\]`).exec(boundary);
    const declared = new RegExp(`^  ${option}: (.*);$`, "m").exec(boundary);
    assert.ok(read && declared, `src/wasm.rs reads and declares ${option}`);
    assert.deepEqual(names(read[1]), [...choices[list]].sort());
    assert.deepEqual(names(declared[1]), [...choices[list]].sort());
  });
}

test("level 5.2's pictures", () => {
  assert.equal(limits.MOST_PIXELS, rust(ENCODER, "MAX_MACROBLOCKS") * 256);
  assert.equal(limits.LEAST_SIDE, rust(ENCODER, "MIN_SIDE"));
});

test("the page's fields take what the package takes, or less", () => {
  const { RANGES, SECONDS_RANGE } = settings;
  const within = (inner, outer) => assert.ok(inner.min >= outer.min && inner.max <= outer.max, JSON.stringify(inner));
  within(RANGES.qp, defaults.QP_RANGE);
  within(RANGES.fps, { min: 0, max: defaults.MAX_FPS });
  within(RANGES.seconds, { min: 0, max: model.MAX_IMAGE_SECONDS });
  within(SECONDS_RANGE, { min: 0, max: model.MAX_IMAGE_SECONDS });
  within(RANGES.workers, { min: 1, max: defaults.MAX_WORKERS });
  within({ min: RANGES.kilobits.min * 1000, max: RANGES.kilobits.max * 1000 }, defaults.BITRATE_RANGE);
});
