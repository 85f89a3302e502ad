// `npm run sanitize`: OpenH264, the bridge and the shim's allocator under AddressSanitizer and UndefinedBehaviorSanitizer, natively, while the
// crate's tests run. Fails at any memory error, at any report about our own C++, and at any about upstream's that is not known.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { CommandError, hostTarget, inRoot, main, output, toolEnvironment } from "./lib/project.mjs";

const SANITIZERS = "address,undefined";
/** Their libraries, as gcc names them. rustc links with `-nodefaultlibs`, so that gcc leaves them out by itself. */
const LIBRARIES = ["asan", "ubsan"];

/** Upstream's own findings, one a line: file, line, what. RELIABILITY.md says why they are harmless. */
const KNOWN = inRoot("crates", "openh264-wasm", "sanitize-known.txt");

/** `file.cpp:12:3: runtime error: what`, with numbers that differ from run to run left out. */
const REPORT = /([\w./-]+\.(?:cpp|h)):(\d+):\d+: runtime error: (.*)/g;
const VARYING = /-?\b(?:0x[0-9a-f]+|\d+)\b/g;

/** The path of a library of gcc's. It must come before all others, which is what LD_PRELOAD is for. */
function libraryPath(name) {
  const path = output("g++", [`-print-file-name=lib${name}.so`]);
  // Where there is none, gcc gives the name back.
  if (!path?.includes("/")) throw new CommandError(`g++ with lib${name} is needed (on Debian: apt-get install g++)`);
  return path;
}

function runTests() {
  const target = hostTarget();
  const variable = `CARGO_TARGET_${target.toUpperCase().replaceAll("-", "_")}`;
  const preload = LIBRARIES.map(libraryPath).join(":");
  const args = [
    ...["test", "--locked", "-p", "openh264-wasm", "--target", target],
    ...["--target-dir", inRoot("target", "sanitize"), "--lib", "--test", "memory", "--", "--nocapture"],
  ];
  console.log(`> cargo ${args.join(" ")}`);
  const result = spawnSync("cargo", args, {
    cwd: inRoot(),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: toolEnvironment({
      CXX: "g++",
      OPENH264_SANITIZE: SANITIZERS,
      [`${variable}_RUSTFLAGS`]: LIBRARIES.map((name) => `-Clink-arg=-l${name}`).join(" "),
      [`${variable}_RUNNER`]: `env LD_PRELOAD=${preload}`,
      ASAN_OPTIONS: "detect_leaks=1:detect_stack_use_after_return=1:strict_string_checks=1",
      UBSAN_OPTIONS: "print_stacktrace=0",
    }),
  });
  return { status: result.status, text: `${result.stdout}${result.stderr}` };
}

/** Each report once, as a line of the list of known ones. */
export function reports(text) {
  const found = new Set();
  for (const [, path, line, what] of text.matchAll(REPORT)) {
    const file = path.replace(/^.*\/(codec|cpp)\//, "$1/");
    found.add(`${file}:${line}: ${what.replaceAll(VARYING, "N")}`);
  }
  return [...found].sort();
}

if (process.argv[1] === import.meta.filename) {
  await main(() => {
    const { status, text } = runTests();
    const found = reports(text);
    console.log(found.join("\n"));
    const memory = /==\d+==ERROR: (AddressSanitizer|LeakSanitizer)[^\n]*/.exec(text);
    if (memory) throw new CommandError(`${text.slice(text.indexOf(memory[0]), text.indexOf(memory[0]) + 4000)}`);
    if (status !== 0) throw new CommandError(`the tests failed:\n${text.slice(-3000)}`);
    const known = readFileSync(KNOWN, "utf8").split("\n");
    const news = found.filter((report) => !known.includes(report));
    if (news.length > 0) throw new CommandError(`Not known yet:\n${news.join("\n")}`);
    console.log(`no memory error; ${found.length} known reports about upstream`);
  });
}
