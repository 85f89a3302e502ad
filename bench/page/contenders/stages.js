// The shipped module's stages, one after the other in one worker: where a picture's time goes.
import { workerCaller } from "../lib/call.js";

const call = workerCaller("./stages-worker.js", import.meta.url, "module");

/** Gives the seconds of each stage instead of a file, as JSON in a Blob. */
export async function endToEnd(files, options) {
  return new Blob([JSON.stringify(await call({ files, options }))]);
}
