import { damaged, SoundFailure } from "../failure.js";

/** Bytes read ahead: a few seconds of sound, or all boxes of most files but the samples. */
const WINDOW_BYTES = 2 ** 18;

/** Bytes that are copied before they are handed to the browser. */
const BLOCK_BYTES = 2 ** 23;

/** A file that is read piece by piece: most of it is never looked at. */
export class FileBytes {
  readonly #file: Blob;
  #start = 0;
  #window: Uint8Array<ArrayBuffer> = new Uint8Array(0);

  constructor(file: Blob) {
    this.#file = file;
  }

  get size(): number {
    return this.#file.size;
  }

  /** `length` bytes from `at` on, fewer where the file ends before. The bytes stay as they are. */
  async read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const within = at - this.#start;
    if (within < 0 || within + length > this.#window.length) {
      this.#window = new Uint8Array(await bytesOf(this.#file.slice(at, at + Math.max(length, WINDOW_BYTES))));
      this.#start = at;
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(within, within + length);
  }

  /**
   * A copy of the bytes at these places, one piece after the other. A copy, because a video that pointed into the file would break
   * when that is moved or changed.
   */
  async join(places: readonly { at: number; length: number }[]): Promise<Blob> {
    const total = places.reduce((sum, { length }) => sum + length, 0);
    if (total > this.#file.size) throw damaged("its samples overlap");
    const blocks: Blob[] = [];
    let block: Uint8Array<ArrayBuffer>[] = [];
    let filled = 0;
    const flush = (): void => {
      // The browser keeps blobs out of the page's memory.
      blocks.push(new Blob(block));
      block = [];
      filled = 0;
    };
    for (const { at, length } of places) {
      for (let done = 0; done < length; ) {
        const bytes = await this.read(at + done, Math.min(WINDOW_BYTES, length - done));
        if (bytes.length === 0) throw damaged("it ends in the middle of a sample");
        block.push(bytes);
        done += bytes.length;
        filled += bytes.length;
        if (filled >= BLOCK_BYTES) flush();
      }
    }
    flush();
    return new Blob(blocks);
  }
}

/** The bytes of a file that may be gone. */
export async function bytesOf(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new SoundFailure(
      "corrupt-audio",
      "the file can no longer be read: it was moved, changed or deleted since it was chosen. Choose it again.",
      cause,
    );
  }
}

export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
