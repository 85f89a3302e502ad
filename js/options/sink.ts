import { invalidOption } from "./check.js";

/** A stream of the user's that the file goes into, which nobody else writes to. */
export function checkSink(sink: unknown, path: string): WritableStream<Uint8Array> {
  if (typeof (sink as WritableStream | undefined)?.getWriter !== "function") {
    throw invalidOption(path, "a WritableStream", sink);
  }
  const stream = sink as WritableStream<Uint8Array>;
  if (stream.locked) throw invalidOption(path, "a WritableStream that nobody else writes to", sink);
  return stream;
}

/** Refuses the container that a stream cannot hold. */
export function refuseFaststart(container: unknown): void {
  if (container !== "faststart") return;
  throw invalidOption(
    "options.container",
    '"fragmented" or left out, as a stream cannot go back to write the index',
    container,
  );
}
