/**
 * The same as the main entry, with the worker and the wasm files inside: for single-file pages and wherever serving
 * more files is a nuisance. Larger by a third than the files it replaces, and a Content-Security-Policy must allow `worker-src blob:`.
 *
 * @module
 */
import formats from "embedded:formats.wasm";
import core from "embedded:framereel.wasm";
import heic from "embedded:heic.wasm";
import worker from "embedded:worker.js";
import { inflate } from "./workers/inflate.js";
import { setEntryLoader } from "./workers/loader.js";
import { compileBytes } from "./workers/wasm-module.js";

export * from "./api/exports.js";

const embedded = { core, formats, heic };

setEntryLoader({
  async createWorker() {
    const url = URL.createObjectURL(new Blob([await inflate(worker)], { type: "text/javascript" }));
    try {
      // A classic worker: pages opened from file:// may not start module workers.
      return new Worker(url, { name: "framereel" });
    } finally {
      // The script is fetched by reference before the address goes.
      URL.revokeObjectURL(url);
    }
  },
  workerUrl: () => undefined,
  compileModule: async (name) => compileBytes(await inflate(embedded[name]), name),
});
