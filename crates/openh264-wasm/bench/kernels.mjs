// Prints a row per kernel (plain Rust without and with the compiler's own vectorising, and ours), then whole encodes
// with kernels and without: `node crates/openh264-wasm/bench/kernels.mjs [words of a name]`.
import { readFileSync } from "node:fs";
import { build, open } from "./lib/module.mjs";
import { camera, screen } from "./lib/pictures.mjs";

/** Runs a case is timed over, how long one aims to take (milliseconds), and how often a whole encode is repeated. */
const RUNS = 7;
const RUN_TIME = 8;
const ENCODES = 5;
/** The filling of memory: planes that are nearly equal, coefficients of up to 300. */
const SEED = 27;

const word = process.argv.slice(2).join(" ");
const [plain, vectorised] = [await open(build("not vectorised")), await open(build("vectorised"))];

/** Nanoseconds of one call: the least of several runs, as whatever disturbs a run only adds to it. */
function time(module, kernel, ours) {
  const run = (times) => {
    const start = performance.now();
    module.case_run(kernel, ours, SEED, times);
    return performance.now() - start;
  };
  let times = 1000;
  while (run(times) < RUN_TIME) times *= 2;
  // What a run does besides the call: it restores the coefficients.
  return (Math.min(...Array.from({ length: RUNS }, () => run(times))) / times) * 1e6;
}

const cell = (value, width) => String(value).padStart(width);
console.log(
  `${"kernel".padEnd(42)}${["scalar", "auto", "ours", "against auto"].map((head) => cell(head, 13)).join("")}`,
);
for (const [kernel, name] of vectorised.names.entries()) {
  if (!name.includes(word)) continue;
  const [scalar, automatic, ours] = [
    time(plain, kernel, false),
    time(vectorised, kernel, false),
    time(vectorised, kernel, true),
  ];
  const cells = [scalar, automatic, ours].map((value) => cell(`${value.toFixed(1)} ns`, 13)).join("");
  console.log(`${name.padEnd(42)}${cells}${cell(`${(automatic / ours).toFixed(1)} x`, 13)}`);
}

/** Pictures from a file of I420, 1280 x 720, in the environment's BENCH_I420; generated ones without it. */
function pictures() {
  const file = process.env.BENCH_I420;
  if (!file) return { camera: camera(1280, 720, 30), screen: screen(1280, 720, 30) };
  const [bytes, size] = [readFileSync(file), (1280 * 720 * 3) / 2];
  return {
    [file]: Array.from({ length: Math.floor(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    ),
  };
}

console.log(
  "\nencode only, one thread, 1280 x 720, QP 26, High, medium complexity (frames/s, best of alternating runs)",
);
const settings = { width: 1280, height: 720, qp: 26, profile: 2, complexity: 1 };
for (const [kind, list] of Object.entries(pictures())) {
  const best = [0, 0];
  for (let repeat = 0; repeat < ENCODES; repeat++) {
    for (const kernels of [0, 1]) {
      const { time } = vectorised.encode(kernels === 1, settings, list);
      best[kernels] = Math.max(best[kernels], (list.length / time) * 1000);
    }
  }
  const [without, having] = best;
  console.log(`${kind}: without ${without.toFixed(1)}, with ${having.toFixed(1)}, ${(having / without).toFixed(2)} x`);
}
