import type { Thumbnails } from "../thumbnails.ts";

/** Decoded thumbnails that are kept: 48 of 320 x 240 are 15 MB. */
const KEPT = 48;

/** The thumbnails that the preview plays, decoded a little ahead of their time. */
export class Bitmaps {
  readonly #thumbnails: Thumbnails;
  /** In order of use, the oldest first. */
  readonly #decoded = new Map<File, ImageBitmap>();
  readonly #running = new Set<File>();

  constructor(thumbnails: Thumbnails) {
    this.#thumbnails = thumbnails;
  }

  /** The picture if it is there; else it is on its way, and `then` is called when it has come. */
  get(file: File, then?: () => void): ImageBitmap | null {
    const bitmap = this.#decoded.get(file);
    if (bitmap !== undefined) {
      this.#decoded.delete(file);
      this.#decoded.set(file, bitmap);
      return bitmap;
    }
    void this.#decode(file, then);
    return null;
  }

  async #decode(file: File, then?: () => void): Promise<void> {
    const thumbnail = this.#thumbnails.of(file);
    if (thumbnail == null || this.#running.has(file)) return;
    this.#running.add(file);
    try {
      this.#decoded.set(file, await createImageBitmap(thumbnail.small));
    } finally {
      this.#running.delete(file);
    }
    for (const [oldest, bitmap] of this.#decoded) {
      if (this.#decoded.size <= KEPT) break;
      this.#decoded.delete(oldest);
      bitmap.close();
    }
    then?.();
  }
}
