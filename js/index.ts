/**
 * Images in, an H.264 MP4 out, entirely inside the browser. This entry loads its worker and its wasm file from beside
 * itself; bundlers find both through two literal `new URL`s. Importing it does nothing by itself.
 *
 * @module
 */
import { besideEntry } from "./workers/beside-entry.js";
import { setEntryLoader } from "./workers/loader.js";

export * from "./api/exports.js";

setEntryLoader(besideEntry);
