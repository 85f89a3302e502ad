import { WASM_FILES } from "../model/wasm-files.js";
import { checkKeys, invalidOption } from "../options/check.js";
import { isA } from "../options/source-kind.js";
import { type LoaderOverrides, overrideLoader } from "../workers/loader.js";
import { pool } from "../workers/pool.js";

/** Where framereel's own files are, if not where the bundler or the package put them. */
export interface Configuration {
  /** Address of `framereel.wasm` (the package's entry `framereel/framereel.wasm`). */
  wasmUrl?: string | URL;
  /** Address of `formats.wasm` (`framereel/formats.wasm`), which decodes TIFF, BMP, ICO, TGA, QOI, PNM, OpenEXR, HDR and DDS. */
  formatsUrl?: string | URL;
  /** Address of `heic.wasm` (`framereel/heic.wasm`), which decodes HEIC. */
  heicUrl?: string | URL;
  /** Address of `worker.js` (the package's entry `framereel/worker`). Another origin than the page's must allow it by CORS. */
  workerUrl?: string | URL;
  /** Makes the worker, for instance through a bundler's own syntax; it must run `framereel/worker`. */
  createWorker?: () => Worker;
  /** `framereel.wasm` itself, its bytes or compiled: nothing is fetched then. Bytes are read by the first encode. */
  wasmModule?: WebAssembly.Module | BufferSource;
}

const ADDRESSES = ["workerUrl", ...Object.values(WASM_FILES).map(({ option }) => option)] as const;

/**
 * Sets where the worker and the wasm files come from. Holds for encodes that start afterwards; keys that are left out
 * keep their value, and `undefined` brings the default back.
 */
export function configure(configuration: Configuration): void {
  const given = checkKeys(configuration, "configuration", [...ADDRESSES, "createWorker", "wasmModule"]);
  for (const key of ADDRESSES) {
    const url = given[key];
    if (url !== undefined && typeof url !== "string" && !(url instanceof URL)) {
      throw invalidOption(`configuration.${key}`, "an address, as a string or URL", url);
    }
  }
  if (given.createWorker !== undefined && typeof given.createWorker !== "function") {
    throw invalidOption("configuration.createWorker", "a function that returns a Worker", given.createWorker);
  }
  const { wasmModule } = given;
  if (wasmModule !== undefined && !isWasm(wasmModule)) {
    throw invalidOption("configuration.wasmModule", "a WebAssembly.Module or its bytes", wasmModule);
  }
  overrideLoader(given as LoaderOverrides);
  pool.drop();
}

/** By its tag, as it may come from another window. */
function isWasm(value: unknown): boolean {
  const isModule = Object.prototype.toString.call(value) === "[object WebAssembly.Module]";
  return isModule || isA(value, "ArrayBuffer") || ArrayBuffer.isView(value);
}
