// h264-mp4-encoder: minih264 without SIMD, in a worker, fed through a canvas as its README shows.
import { workerCaller } from "../lib/call.js";

const call = workerCaller("./h264-mp4-encoder-worker.js", import.meta.url, "classic");

export const endToEnd = (files, options) => call({ files, options });
export const encodeOnly = (bytes, options) => call({ bytes, options });
