// mp4-h264: minih264 with wasm SIMD and minimp4, in a worker, fed through a canvas as its README shows.
import { workerCaller } from "../lib/call.js";

const call = workerCaller("./mp4-h264-worker.js", import.meta.url, "module");

export const endToEnd = (files, options) => call({ files, options });
export const encodeOnly = (bytes, options) => call({ bytes, options });
