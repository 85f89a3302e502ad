// `npm run fuzz -- TARGET [seconds] [libFuzzer's options]`: one target of fuzz/ under libFuzzer, an hour unless told otherwise.
// A stable compiler will do: all that is instrumented is safe Rust, so that no sanitizer is needed, and cargo-fuzz would add no more.
// What is found lies in target/fuzz/finds; keep it in fuzz/finds, which every `npm test` begins with.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fixturesFolder } from "../tests/fixtures/make-fixtures.mjs";
import { CommandError, hostTarget, inRoot, main, run } from "./lib/project.mjs";

const HOUR = 3600;

/** Seconds and MB that one input may take, and the bytes of one: formats have their headers, and a few blocks, in less. */
const MOST_SECONDS = 20;
const MOST_MB = 2048;
const MOST_BYTES = 32_768;

/** Targets that take image files: those of the tests, made by other programs, are tried as well. */
const IMAGE_TARGETS = ["decode", "frames", "jpeg", "more", "heic"];
const IMAGE_FOLDERS = ["card", "kinds", "animated", "exif"];

/** What cargo-fuzz passes: counters for every edge, and the values that comparisons see. */
const COVERAGE = ["level=4", "inline-8bit-counters", "pc-table", "trace-compares"];
const FLAGS = [
  "--cfg=fuzzing",
  "-Cpasses=sancov-module",
  ...COVERAGE.map((what) => `-Cllvm-args=-sanitizer-coverage-${what}`),
];

const work = (...parts) => inRoot("target", "fuzz", ...parts);

function targets() {
  const list = readFileSync(inRoot("fuzz", "bodies", "src", "lib.rs"), "utf8");
  return [...list.matchAll(/Target \{ name: "(\w+)"/g)].map(([, name]) => name);
}

/** The program, which is all targets in one. */
function build() {
  const host = hostTarget();
  run(
    "cargo",
    [
      ...["build", "--release", "--locked", "--manifest-path", inRoot("fuzz", "coverage", "Cargo.toml")],
      ...["--target", host, "--target-dir", work("build")],
    ],
    { env: { RUSTFLAGS: FLAGS.join(" ") } },
  );
  return work("build", host, "release", "framereel-fuzz");
}

/** Inputs to begin with, beside what earlier runs left there. */
function prepareCorpus(target) {
  const corpus = work("corpus", target);
  run("cargo", ["run", "--locked", "-q", "-p", "fuzz-bodies", "--bin", "seeds", "--", target, corpus]);
  if (!IMAGE_TARGETS.includes(target)) return corpus;
  run("node", ["tests/fixtures/make-fixtures.mjs"]);
  for (const folder of IMAGE_FOLDERS) {
    for (const name of readdirSync(join(fixturesFolder, folder))) {
      const path = join(fixturesFolder, folder, name);
      if (statSync(path).size <= MOST_BYTES) copyFileSync(path, join(corpus, `${folder}-${name}`));
    }
  }
  return corpus;
}

await main(() => {
  const [target, ...rest] = process.argv.slice(2);
  const seconds = /^\d+$/.test(rest[0] ?? "") ? Number(rest.shift()) : HOUR;
  if (!targets().includes(target)) {
    throw new CommandError(`npm run fuzz -- TARGET [seconds], with one of ${targets().join(", ")}`);
  }
  const program = build();
  const finds = work("finds");
  mkdirSync(finds, { recursive: true });
  const limits = [`-timeout=${MOST_SECONDS}`, `-rss_limit_mb=${MOST_MB}`, `-max_len=${MOST_BYTES}`];
  const options = [
    `-max_total_time=${seconds}`,
    ...limits,
    `-artifact_prefix=${finds}/${target}-`,
    "-print_final_stats=1",
  ];
  // Files that are named are tried alone, as when one is minimised.
  const inputs = rest.some((argument) => !argument.startsWith("-")) ? [] : [prepareCorpus(target)];
  run(program, [...options, ...rest, ...inputs], { env: { FUZZ_TARGET: target } });
});
