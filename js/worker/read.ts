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

/** Bytes that are read at once and copied: for a moment they are there twice, and of larger files the way is a small part. */
const MOST_JOINED_BYTES = 2 ** 22;

/**
 * The same for several files, in one read where they are small: most of what such a file costs is the browser's way to it. Where
 * that fails, each is read by itself, so that the right one is blamed.
 */
export function readFiles(blobs: readonly Blob[], maxBytes: number): Promise<Uint8Array<ArrayBuffer>>[] {
  const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
  if (blobs.length < 2 || bytes > Math.min(maxBytes, MOST_JOINED_BYTES)) {
    return blobs.map((blob) => readFile(blob, maxBytes));
  }
  const joined = new Blob([...blobs]).arrayBuffer().then((buffer) => {
    let end = 0;
    // Buffers of their own, as each is given back when its file is decoded.
    const parts = blobs.map(({ size }) => {
      end += size;
      return new Uint8Array(buffer.slice(end - size, end));
    });
    freeBuffer(buffer);
    return parts;
  });
  return blobs.map((blob, at) =>
    joined.then(
      (parts) => parts[at] as Uint8Array<ArrayBuffer>,
      () => readFile(blob, maxBytes),
    ),
  );
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
