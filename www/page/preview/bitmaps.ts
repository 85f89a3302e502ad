/** Decoded thumbnails that are kept: 48 of 320 x 240 are 15 MB. */
const KEPT = 48;

/** The thumbnails that the preview plays, decoded a little ahead of their time. */
export class Bitmaps {
  /** In order of use, the oldest first. */
  readonly #decoded = new Map<Blob, ImageBitmap>();
  readonly #running = new Set<Blob>();

  /** The picture if it is there; else it is on its way, and `then` is called when it has come. */
  get(small: Blob, then?: () => void): ImageBitmap | null {
    const bitmap = this.#decoded.get(small);
    if (bitmap !== undefined) {
      this.#decoded.delete(small);
      this.#decoded.set(small, bitmap);
      return bitmap;
    }
    void this.#decode(small, then);
    return null;
  }

  async #decode(small: Blob, then?: () => void): Promise<void> {
    if (this.#running.has(small)) return;
    this.#running.add(small);
    try {
      this.#decoded.set(small, await createImageBitmap(small));
    } finally {
      this.#running.delete(small);
    }
    for (const [oldest, bitmap] of this.#decoded) {
      if (this.#decoded.size <= KEPT) break;
      this.#decoded.delete(oldest);
      bitmap.close();
    }
    then?.();
  }
}
