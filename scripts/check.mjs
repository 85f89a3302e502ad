// `npm run check`: everything that needs no browser, in under two minutes once it is built.
import { setup } from "./setup.mjs";

await setup({ tests: true });
const { main, run } = await import("./lib/project.mjs");
const { buildWasm } = await import("./build-wasm.mjs");
const { checkTypes, lint, runUnitTests } = await import("./lib/checks.mjs");

await main(async () => {
  lint();
  buildWasm();
  checkTypes();
  await runUnitTests();
  run("cargo", ["test", "--locked", "--workspace", "--lib"]);
  run("node", ["--test", ...["rooms", "option-files", "said-twice"].map((name) => `tests/build/${name}.test.mjs`)]);
});
