/**
 * Images in, an H.264 MP4 out, entirely inside the browser. This entry loads its worker and its wasm files from beside
 * itself; bundlers find them through literal `new URL`s. Importing it does nothing by itself.
 *
 * @module
 */
import { besideEntry } from "./workers/beside-entry.js";
import { setEntryLoader } from "./workers/loader.js";

export * from "./api/exports.js";

setEntryLoader(
  besideEntry({
    formats: () => new URL("./formats.wasm", import.meta.url).href,
    heic: () => new URL("./heic.wasm", import.meta.url).href,
  }),
);
