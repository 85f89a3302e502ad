import { WorkerFailure } from "./worker-errors.js";

/** The bytes of a file, whose size is checked before any of it is read. */
export async function readFile(blob: Blob, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (blob.size > maxBytes) {
    throw new WorkerFailure(
      "limit",
      `the file has ${blob.size} bytes, more than the limit of ${maxBytes}. Use a smaller file or raise options.limits.maxBytes.`,
    );
  }
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    throw new WorkerFailure(
      "corrupt-image",
      "the file can no longer be read: it was moved, changed or deleted since it was chosen. Choose it again.",
      error,
    );
  }
}
