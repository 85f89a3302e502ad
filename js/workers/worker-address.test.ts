import assert from "node:assert/strict";
import { test } from "node:test";
import { workerBeside } from "./worker-address.js";

test("the worker is beside the wasm file where that has kept its name", () => {
  assert.equal(
    workerBeside("https://cdn.example/framereel@1/dist/framereel.wasm"),
    "https://cdn.example/framereel@1/dist/worker.js",
  );
  assert.equal(workerBeside("file:///app/framereel.wasm"), "file:///app/worker.js");
});

test("where a bundler has renamed the wasm file, it has moved the worker to an address of its own", () => {
  for (const name of ["framereel-Bq3xYz.wasm", "framereel.9f2c.wasm", "4c1d9b.wasm", "framereel.wasm.html"]) {
    assert.equal(workerBeside(`https://example.org/assets/${name}`), undefined);
  }
});
