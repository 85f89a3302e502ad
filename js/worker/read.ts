import { freeBuffer } from "../model/free-buffer.js";
import { WorkerFailure } from "./errors.js";

const GONE = "the file can no longer be read: it was moved, changed or deleted since it was chosen. Choose it again.";
const SANDBOXED =
  "this browser lets no worker of a sandboxed frame read files. Give the frame allow-same-origin, or pass the picture's pixels, as by createImageBitmap(file).";

/** Whether the page is a frame without an origin: WebKit keeps files from its workers. */
function isSandboxed(): boolean {
  return globalThis.origin === "null";
}

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
    throw new WorkerFailure("corrupt-image", isSandboxed() ? SANDBOXED : GONE, error);
  }
}

/** Lends the bytes of a file to `use`, which must not keep them: their memory is given back when it is done. */
export async function lend<Result>(
  bytes: Promise<Uint8Array<ArrayBuffer>>,
  use: (bytes: Uint8Array<ArrayBuffer>) => Result | Promise<Result>,
): Promise<Result> {
  const lent = await bytes;
  try {
    return await use(lent);
  } finally {
    freeBuffer(lent.buffer);
    remindCollector();
  }
}

/** Files read between two reminders. */
const REMIND_EVERY = 256;
/** Enough for Chromium to begin a collection: 16 MiB are not. */
const REMINDER_BYTES = 2 ** 26;
let reads = 0;

/**
 * Has the browser look for garbage now and then. Reading a file leaves some kB of the browser's own objects; with the file's
 * bytes given back there is so little to see that it would not look for tens of thousands of images. It goes by the size of
 * buffers: this one is never written to, so the system is not asked for its memory.
 */
function remindCollector(): void {
  reads++;
  if (reads % REMIND_EVERY !== 0) return;
  try {
    new ArrayBuffer(REMINDER_BYTES);
  } catch {
    // Where memory is that short, the browser collects by itself.
  }
}
