/**
 * The wasm module without workers: image Blobs in, an MP4 Blob out, in the thread that calls it. For people who run in a worker
 * of their own, and for the smallest set-up. Importing it does nothing by itself.
 *
 * @module
 */
import { serve } from "./worker/main.js";
import { workerInThread } from "./workers/in-thread.js";
import { setEntryLoader } from "./workers/loader.js";
import { outsideViteCache } from "./workers/vite-cache.js";
import { compileFrom, notPartOfEntry } from "./workers/wasm-module.js";

export * from "./api/core.js";
export { init as default } from "./api/core.js";

setEntryLoader({
  inThread: true,
  createWorker: () => workerInThread(serve),
  workerUrl: () => undefined,
  async compileModule(name) {
    if (name !== "core") throw notPartOfEntry(name);
    // Bundlers look for this expression as it stands.
    return compileFrom(outsideViteCache(new URL("./framereel.wasm", import.meta.url).href), name);
  },
});
