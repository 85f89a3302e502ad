import type { WasmName } from "../model/wasm-files.js";
import type { Loader } from "./loader.js";
import { outsideViteCache } from "./vite-cache.js";
import { compileFrom, notPartOfEntry } from "./wasm-module.js";
import { workerBeside } from "./worker-address.js";

/**
 * The worker and the wasm files beside the entry that this module is bundled into. `decoders` are the addresses of those that the
 * entry brings: literal `new URL`s of the entry itself, so that bundlers copy no file for an entry that has no use for it.
 */
export function besideEntry(decoders: Partial<Record<WasmName, () => string>> = {}): Loader {
  const urls: Partial<Record<WasmName, () => string>> = { ...decoders, core: wasmUrl };
  return {
    createWorker,
    workerUrl: () => workerBeside(outsideViteCache(wasmUrl())),
    async compileModule(name) {
      const url = urls[name];
      if (!url) throw notPartOfEntry(name);
      return compileFrom(outsideViteCache(url()), name);
    },
  };
}

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
