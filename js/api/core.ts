import type { ClipOptions, EncodeOptions } from "../model/options.js";
import { invalidOption } from "../options/check.js";
import { ENCODE_KEYS } from "../options/encode-options.js";
import { isA } from "../options/source-kind.js";
import { overrideLoader, wasmModule } from "../workers/loader.js";
import { ImageSequenceClip } from "./clip.js";

export { FramereelError, type FramereelErrorCode, type FramereelErrorDetails } from "../model/errors.js";

/** Where the module comes from: its address, the answer to a fetch of it, its bytes, or the compiled module. */
export type CoreInput = string | URL | Response | BufferSource | WebAssembly.Module;

/** The options of a clip and of its encode in one object. There are no workers to choose. */
export interface SequenceOptions extends ClipOptions, Omit<EncodeOptions, "workers"> {}

/**
 * Loads the module, once. Without an argument it is fetched from beside this script.
 *
 * @throws {FramereelError} `load` as a rejection where it does not arrive or may not be compiled
 */
export async function init(input?: CoreInput | Promise<CoreInput>): Promise<void> {
  const given = await input;
  if (given === undefined) overrideLoader({ wasmModule: undefined, wasmUrl: undefined });
  else if (typeof given === "string" || isA(given, "URL")) overrideLoader({ wasmModule: undefined, wasmUrl: given });
  else if (given instanceof Response) overrideLoader({ wasmModule: await given.arrayBuffer() });
  else if (typeof given === "object" && given !== null) overrideLoader({ wasmModule: given });
  else throw invalidOption("input", "an address, a Response, bytes or a WebAssembly.Module", given);
  await wasmModule("core");
}

/**
 * Encodes image files into an MP4, in this thread. The file is the same, byte for byte, as the one that
 * `new ImageSequenceClip(blobs, options).toBlob(options)` makes with workers. Encodes that are asked for together take turns.
 *
 * @throws {FramereelError} as a rejection, see its codes; the signal's reason where it was aborted
 *
 * @example
 * await init();
 * const blob = await encodeSequence(blobs, { fps: 24, quality: "high", signal, onProgress: (p) => (bar.value = p.fraction) });
 */
export function encodeSequence(blobs: Iterable<Blob>, options: SequenceOptions): Promise<Blob> {
  const turn = last.then(() => encode(blobs, options));
  last = turn.catch(() => {});
  return turn;
}

/** The module does one thing at a time. */
let last: Promise<unknown> = Promise.resolve();

async function encode(blobs: Iterable<Blob>, options: SequenceOptions): Promise<Blob> {
  const encodeOptions: Record<string, unknown> = { workers: 1 };
  const clipOptions: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(options ?? {})) {
    const isEncode = key !== "workers" && (ENCODE_KEYS as readonly string[]).includes(key);
    (isEncode ? encodeOptions : clipOptions)[key] = value;
  }
  return new ImageSequenceClip(blobs, clipOptions as ClipOptions).toBlob(encodeOptions as EncodeOptions);
}
