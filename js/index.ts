/**
 * Images in, an H.264 MP4 out, entirely inside the browser. This entry loads its worker and its wasm file from beside
 * itself; bundlers find both through the two literal `new URL`s below. Importing it does nothing by itself.
 *
 * @module
 */
import { setEntryLoader } from "./workers/loader.js";
import { outsideViteCache } from "./workers/vite-cache.js";
import { compileFrom } from "./workers/wasm-module.js";
import { workerBeside } from "./workers/worker-address.js";

export * from "./api/exports.js";

setEntryLoader({
  createWorker,
  workerUrl: () => workerBeside(outsideViteCache(wasmUrl())),
  compileModule: () => compileFrom(outsideViteCache(wasmUrl())),
});

function createWorker(): Worker {
  const wasm = wasmUrl();
  const moved = outsideViteCache(wasm);
  if (moved !== wasm) return new Worker(new URL("worker.js", moved), { type: "module", name: "framereel" });
  // Bundlers look for this expression as it stands.
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "framereel" });
}

// This one too. `import.meta.url` must not stand alone anywhere: webpack would put the developer's folders in its place.
function wasmUrl(): string {
  return new URL("./framereel.wasm", import.meta.url).href;
}
