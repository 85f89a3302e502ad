import { WASM_FILES } from "../model/wasm-files.js";
import { checkKeys, invalidOption } from "../options/check.js";
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
  /** Address of `worker.js` (the package's entry `framereel/worker`), of the page's own origin. */
  workerUrl?: string | URL;
  /** Makes the worker, for instance through a bundler's own syntax; it must run `framereel/worker`. */
  createWorker?: () => Worker;
}

const ADDRESSES = ["workerUrl", ...Object.values(WASM_FILES).map(({ option }) => option)] as const;

/**
 * Sets where the worker and the wasm files come from. Holds for encodes that start afterwards; keys that are left out
 * keep their value, and `undefined` brings the default back.
 */
export function configure(configuration: Configuration): void {
  const given = checkKeys(configuration, "configuration", [...ADDRESSES, "createWorker"]);
  for (const key of ADDRESSES) {
    const url = given[key];
    if (url !== undefined && typeof url !== "string" && !(url instanceof URL)) {
      throw invalidOption(`configuration.${key}`, "an address, as a string or URL", url);
    }
  }
  if (given.createWorker !== undefined && typeof given.createWorker !== "function") {
    throw invalidOption("configuration.createWorker", "a function that returns a Worker", given.createWorker);
  }
  overrideLoader(given as LoaderOverrides);
  pool.drop();
}
