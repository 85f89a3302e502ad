/**
 * Images in, an H.264 MP4 out, entirely inside the browser. This entry loads its worker and its wasm file from beside
 * itself; bundlers find both through the two literal `new URL`s below. Importing it does nothing by itself.
 *
 * @module
 */
import { setEntryLoader } from "../internal/loader.js";
import { compileFrom } from "../internal/wasm-module.js";

export * from "./exports.js";

setEntryLoader({
  createWorker: () => new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "framereel" }),
  // Not the literal form: bundlers would take it for a second file to copy.
  workerUrl: () => fileBeside(import.meta.url, "worker.js"),
  compileModule: () => compileFrom(new URL("./framereel.wasm", import.meta.url).href),
});

function fileBeside(base: string, name: string): string {
  return new URL(name, base).href;
}
