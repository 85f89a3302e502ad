/**
 * The encoder alone, for pipelines that use WebCodecs: `H264Encoder` has the interface of `VideoEncoder`. It loads its worker and
 * its wasm file from beside itself, as the main entry does. Importing it does nothing by itself.
 *
 * @module
 */
import { besideEntry } from "./workers/beside-entry.js";
import { setEntryLoader } from "./workers/loader.js";

export { type Configuration, configure } from "./api/configure.js";
export { H264Encoder } from "./encoder/h264-encoder.js";
export type { EncoderFrame, H264EncodeOptions, H264EncoderInit, Orientation, PixelFrame } from "./encoder/types.js";

setEntryLoader(besideEntry());
