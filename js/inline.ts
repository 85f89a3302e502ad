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
import { workerFromScript } from "./workers/blob-worker.js";
import { inflate } from "./workers/inflate.js";
import { setEntryLoader } from "./workers/loader.js";
import { compileBytes } from "./workers/wasm-module.js";

export * from "./api/exports.js";

const embedded = { core, formats, heic };

setEntryLoader({
  createWorker: async () => workerFromScript(await inflate(worker)),
  workerUrl: () => undefined,
  compileModule: async (name) => compileBytes(await inflate(embedded[name]), name),
});
