// Rust, the package and the page cannot import each other's constants: where two of them hold one number, it is the same.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { build } from "esbuild";
import { inRoot } from "../../scripts/lib/project.mjs";

/** The package's and the page's constants, as modules. */
let model, defaults, limits, settings;

before(async () => {
  const load = async (path) => {
    const { outputFiles } = await build({ entryPoints: [inRoot(path)], bundle: true, format: "esm", write: false });
    return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
  };
  model = await load("js/model/constants.ts");
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
