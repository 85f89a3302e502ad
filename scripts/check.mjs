// `npm run check`: everything that needs no browser, in under two minutes once it is built.
import { setup } from "./setup.mjs";

await setup({ tests: true });
const { main, run } = await import("./lib/project.mjs");
const { buildWasm } = await import("./build-wasm.mjs");
const { CLIPPY, CLIPPY_WASM, FORMAT, TYPES, unitTests } = await import("./lib/checks.mjs");

const runAll = (commands) => {
  for (const [command, args, env] of commands) run(command, args, { env });
};

await main(async () => {
  runAll([...FORMAT, CLIPPY, CLIPPY_WASM]);
  buildWasm();
  runAll([...TYPES, ...(await unitTests())]);
  run("cargo", ["test", "--locked", "--workspace", "--lib"]);
  run("node", ["--test", ...["rooms", "option-files", "said-twice"].map((name) => `tests/build/${name}.test.mjs`)]);
});
