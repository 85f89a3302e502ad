/**
 * The encoder alone, for pipelines that use WebCodecs: `H264Encoder` has the interface of `VideoEncoder`. It loads its worker and
 * its wasm file from beside itself, as the main entry does. Importing it does nothing by itself.
 *
 * @module
 */
import { setEntryLoader } from "./workers/loader.js";
import { outsideViteCache } from "./workers/vite-cache.js";
import { compileCore } from "./workers/wasm-module.js";
import { workerBeside } from "./workers/worker-address.js";

export { type Configuration, configure } from "./api/configure.js";
export { H264Encoder } from "./encoder/h264-encoder.js";
export type { EncoderFrame, H264EncodeOptions, H264EncoderInit, Orientation, PixelFrame } from "./encoder/types.js";

setEntryLoader({
  createWorker,
  workerUrl: () => workerBeside(outsideViteCache(wasmUrl())),
  compileModule: (name) => compileCore(name, outsideViteCache(wasmUrl())),
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
