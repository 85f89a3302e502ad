// What the wasm module throws: the code, and the option to blame as a field that nobody has to read out of the message.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import { inRoot } from "../../scripts/lib/project.mjs";

let core;

before(async () => {
  core = await import("../../pkg/framereel.js");
  core.initSync({ module: readFileSync(inRoot("pkg", "framereel_bg.wasm")) });
});

function thrownBy(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof Error && error.stack, "an Error, with a stack");
    return error;
  }
  assert.fail("nothing was thrown");
}

const movie = { width: 64, height: 48, sps: new Uint8Array(), pps: new Uint8Array() };
const header = (times) => core.movieHeader({ ...movie, ...times }, new Uint32Array(4), new Uint8Array(4));
const group = (changes) =>
  new core.GroupEncoder({
    width: 64,
    height: 48,
    fit: "contain",
    background: new Uint8Array(3),
    maxPixels: 1e6,
    maxBytes: 1e6,
    colors: "convert",
    qp: 26,
    frameRate: 24,
    profile: "high",
    content: "auto",
    speed: "balanced",
    ...changes,
  });

const WRONG_OPTIONS = [
  ["durations[3]", () => header({ durations: Float64Array.of(1, 1, 1, -1) })],
  ["fps", () => header({ fpsNum: 0, fpsDen: 1 })],
  ["fps", () => header({ fpsNum: 0.5, fpsDen: 1 })],
  ["fps", () => group({ frameRate: Number.NaN })],
  ["size", () => core.planSize(8, 720, true)],
  ["size", () => group({ width: 15 })],
  ["qp", () => group({ qp: 52 })],
  ["bitrate", () => group({ qp: undefined, bitrate: 0 })],
  ["profile", () => group({ profile: "extended" })],
  ["background", () => group({ background: new Uint8Array(4) })],
];

for (const [option, call] of WRONG_OPTIONS) {
  test(`${call.toString().replace(/^\(\) => /, "")}: ${option} is to blame`, () => {
    const error = thrownBy(call);
    assert.equal(error.code, "invalid-option");
    assert.equal(error.option, option);
    assert.ok(error.message.startsWith(`${option}: `), error.message);
  });
}

test("an image that is to blame is no option", () => {
  const { code, option } = thrownBy(() => core.probe(new Uint8Array(3), { maxPixels: 1e6, maxBytes: 1e6 }));
  assert.deepEqual([code, option], ["unsupported-image", undefined]);
});
