/** Bytes read ahead: a few seconds of sound, or all boxes of most files but the samples. */
const WINDOW_BYTES = 2 ** 18;

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
      const bytes = await this.#file.slice(at, at + Math.max(length, WINDOW_BYTES)).arrayBuffer();
      this.#window = new Uint8Array(bytes);
      this.#start = at;
      return this.#window.subarray(0, length);
    }
    return this.#window.subarray(within, within + length);
  }

  /** The bytes at these places, one piece after the other. */
  join(pieces: readonly { at: number; length: number }[]): Blob {
    return new Blob(pieces.map(({ at, length }) => this.#file.slice(at, at + length)));
  }
}

export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
