/**
 * Images in, an H.264 MP4 out, entirely inside the browser. This entry loads its worker and its wasm files from beside
 * itself; bundlers find them through the literal `new URL`s below. Importing it does nothing by itself.
 *
 * @module
 */
import { setEntryLoader, type WasmName } from "./workers/loader.js";
import { outsideViteCache } from "./workers/vite-cache.js";
import { compileFrom } from "./workers/wasm-module.js";
import { workerBeside } from "./workers/worker-address.js";

export * from "./api/exports.js";

function createWorker(): Worker {
  const wasm = WASM_URLS.core();
  const moved = outsideViteCache(wasm);
  if (moved !== wasm) return new Worker(new URL("worker.js", moved), { type: "module", name: "framereel" });
  // Bundlers look for this expression as it stands.
  return new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "framereel" });
}

// These too. `import.meta.url` must not stand alone anywhere: webpack would put the developer's folders in its place.
const WASM_URLS: Record<WasmName, () => string> = {
  core: () => new URL("./framereel.wasm", import.meta.url).href,
  formats: () => new URL("./formats.wasm", import.meta.url).href,
  heic: () => new URL("./heic.wasm", import.meta.url).href,
};

setEntryLoader({
  createWorker,
  workerUrl: () => workerBeside(outsideViteCache(WASM_URLS.core())),
  compileModule: (name) => compileFrom(outsideViteCache(WASM_URLS[name]()), name),
});
