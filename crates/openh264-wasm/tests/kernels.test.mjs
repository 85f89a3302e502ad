// The SIMD kernels compute what their plain counterparts do, bit for bit, and whole streams do not depend on them.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { build, open } from "../bench/lib/module.mjs";
import { camera, noise, screen } from "../bench/lib/pictures.mjs";

/** Fillings of memory that each kernel is tried on: noise, extremes, slopes and so on in turns. */
const FILLINGS = 600;

let module;
before(async () => {
  module = await open(build());
});

test("every kernel agrees with its plain counterpart, memory around the block included", () => {
  assert.ok(module.names.length > 80);
  const wrong = module.names.filter((_, kernel) => {
    for (let seed = 1; seed <= FILLINGS; seed++) if (!module.case_agrees(kernel, seed)) return true;
    return false;
  });
  assert.deepEqual(wrong, []);
});

describe("a stream is the same with kernels and without", () => {
  const plain = { qp: 26, profile: 2, complexity: 1 };
  const cases = [];
  for (const qp of [0, 10, 22, 30, 38, 51]) cases.push({ ...plain, qp });
  for (const profile of [0, 1, 2]) {
    for (const complexity of [0, 1, 2]) cases.push({ ...plain, profile, complexity });
  }
  cases.push({ ...plain, qp: -600 });

  const sizes = [
    [176, 144],
    [250, 138],
    [66, 50],
    [16, 16],
  ];
  for (const [width, height] of sizes) {
    const pictures = {
      camera: camera(width, height, 12),
      screen: screen(width, height, 12),
      noise: noise(width, height, 3),
    };
    test(`${width} x ${height}`, () => {
      for (const settings of cases) {
        for (const [kind, list] of Object.entries(pictures)) {
          const [without, having] = [false, true].map(
            (kernels) => module.encode(kernels, { ...settings, width, height }, list).stream,
          );
          assert.ok(without.length > 0);
          assert.ok(Buffer.compare(without, having) === 0, `${kind}, ${JSON.stringify(settings)}`);
        }
      }
    });
  }
});
