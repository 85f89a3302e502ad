// Rust, the package and the page cannot import each other's constants: what two of them must say, they say alike.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { build } from "esbuild";
import { inRoot } from "../../scripts/lib/project.mjs";

/** The package's and the page's constants, as modules. */
let model, choices, defaults, limits, settings, kinds;

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
  kinds = await load("www/shared/file-kinds.ts");
});

const read = (file) => readFileSync(inRoot(file), "utf8");
const number = (text) => Number(text.replaceAll("_", ""));

/** A number that a file defines, in Rust or in TypeScript. */
function defined(file, name) {
  const found = new RegExp(`const ${name}(?:: \\w+)? = ([\\d_.]+);`).exec(read(file));
  assert.ok(found, `${file} defines ${name}`);
  return number(found[1]);
}

const ENCODER = "crates/openh264-wasm/src/config.rs";

test("the clock of clips with durations", () => {
  assert.equal(model.DURATION_TIMESCALE, defined("src/timing.rs", "DURATIONS_TIMESCALE"));
});

test("the quantisation parameter's range", () => {
  assert.deepEqual(defaults.QP_RANGE, { min: 0, max: defined(ENCODER, "MAX_QP") });
});

test("the highest bit rate", () => {
  assert.equal(defaults.BITRATE_RANGE.max, defined(ENCODER, "MAX_BITRATE"));
});

for (const [option, list] of [
  ["fit", "FITS"],
  ["profile", "PROFILES"],
  ["content", "CONTENTS"],
  ["speed", "SPEEDS"],
]) {
  test(`the names that ${option} may have, in the boundary's reading and in its declaration`, () => {
    const boundary = read("src/wasm/group.rs");
    const names = (text) => [...text.matchAll(/"(\w+)"/g)].map(([, name]) => name).sort();
    const taken = new RegExp(`one_of\\(\\s*"${option}",\\s*&self\\.\\w+\\(\\),\\s*&\\[([^\\]]*)\\]`).exec(boundary);
    const declared = new RegExp(`^  ${option}: (.*);$`, "m").exec(boundary);
    assert.ok(taken && declared, `src/wasm/group.rs reads and declares ${option}`);
    assert.deepEqual(names(taken[1]), [...choices[list]].sort());
    assert.deepEqual(names(declared[1]), [...choices[list]].sort());
  });
}

test("the rate factor of the default quality", () => {
  const { high } = defaults.QUALITY_RATE_FACTOR;
  assert.equal(defaults.ENCODE_DEFAULTS.quality, "high");
  assert.equal(defined("src/encode/look.rs", "FINE_FACTOR"), high);
  assert.ok(read("tests/native/support/clip.rs").includes(`DEFAULT_QUALITY: Quality = Quality::RateFactor(${high});`));
});

test("the most macroblocks of each level up to 5.2", () => {
  const rows = (file, row) => [...read(file).matchAll(row)].map(([, level, most]) => [number(level), number(most)]);
  const core = rows("src/h264/level.rs", /^ {4}level\((\d+), [\d_]+, ([\d_]+),/gm).filter(([level]) => level <= 52);
  // The codec string knows level 1b as well.
  const strings = rows("js/encoder/codec-string.ts", /^ {2}\[(\d+), ([\d_]+)\],/gm).filter(([level]) => level !== 9);
  assert.ok(core.length > 0);
  assert.deepEqual(strings, core);
});

test("the factors of BT.709 and BT.601", () => {
  const factors = (name) => {
    const [, kr, kb] = new RegExp(`${name}: Factors = \\[([\\d.]+), ([\\d.]+)\\]`).exec(
      read("js/encoder/own-layout.ts"),
    );
    return [Number(kr), Number(kb)];
  };
  const core = (file) => ["KR", "KB"].map((name) => defined(file, name));
  assert.deepEqual(factors("BT709"), core("src/colour/bt709.rs"));
  assert.deepEqual(factors("BT601"), core("crates/jpeg-planes/src/image.rs"));
});

test("what of a file tells its format", () => {
  const formats = "crates/decoding/src/formats.rs";
  const [, footer] = /TGA_FOOTER: &\[u8\] = b"(.*)";/.exec(read(formats));
  assert.equal(defined("js/worker/decoders.ts", "HEAD"), defined(formats, "HEAD"));
  assert.equal(defined("js/worker/decoders.ts", "TAIL"), footer.replace("\\0", "0").length);
});

test("the page takes every kind of file that the README names", () => {
  const [, table] = /<!-- formats: .*-->([\s\S]*?)<!-- end of formats -->/.exec(read("README.md"));
  const extensions = [...table.matchAll(/^\| [^|]+ \| ([\w, ]+) \|/gm)]
    .slice(1)
    .flatMap(([, list]) => list.split(", "));
  assert.ok(extensions.length > 20);
  assert.deepEqual(
    extensions.filter((extension) => kinds.kindOf(`picture.${extension}`) !== "image"),
    [],
  );
});

test("how long a frame is shown that does not say it", () => {
  const page = "www/worker/animation.ts";
  assert.equal(defined(page, "UNSET_DELAY"), defined("crates/decoding/src/info.rs", "UNSET_DELAY"));
  const longest = "LONGEST_UNSET_DELAY";
  assert.equal(defined(page, longest), defined("src/decode/animation/delays.rs", longest));
});

test("level 5.2's pictures", () => {
  assert.equal(limits.MOST_PIXELS, defined(ENCODER, "MAX_MACROBLOCKS") * 256);
  assert.equal(limits.LEAST_SIDE, defined(ENCODER, "MIN_SIDE"));
  assert.equal(defined("js/encoder/config.ts", "MIN_SIDE"), defined(ENCODER, "MIN_SIDE"));
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
