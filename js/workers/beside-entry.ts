import type { Loader } from "./loader.js";
import { outsideViteCache } from "./vite-cache.js";
import { compileFrom } from "./wasm-module.js";
import { workerBeside } from "./worker-address.js";

/** The worker and the wasm file beside the entry that this module is bundled into. */
export const besideEntry: Loader = {
  createWorker,
  workerUrl: () => workerBeside(outsideViteCache(wasmUrl())),
  compileModule: () => compileFrom(outsideViteCache(wasmUrl())),
};

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
