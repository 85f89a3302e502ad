import type { Colors, Picture, Thumbnail } from "../shared/messages.ts";
import type { Size } from "../shared/placement.ts";
import { Helper } from "./helper.ts";

/** Pictures decoded at a time: each one is whole in memory for a moment (48 MB for a 12-megapixel photo). */
const AT_ONCE = 2;

/** undefined: not known yet; null: the browser cannot decode it. */
type Known = Thumbnail | null | undefined;

/**
 * The thumbnails of all files, made once each in the page's worker: first those that are on the screen, then, one by one, the
 * others, for the preview. Emits "known" after each.
 */
export class Thumbnails extends EventTarget {
  readonly #helper = new Helper();
  readonly #known = new WeakMap<File, Thumbnail | null>();
  readonly #running = new Set<File>();
  #urgent: readonly File[] = [];
  #others: readonly File[] = [];
  /** Index into #others up to which all are known. */
  #next = 0;
  #paused = false;

  of(file: File): Known {
    return this.#known.get(file);
  }

  /** Files whose thumbnails are wanted at once, in this order; what was urgent before no longer is. */
  want(files: readonly File[]): void {
    this.#urgent = files;
    this.#fill();
  }

  /** All files there are. */
  set all(files: readonly File[]) {
    this.#others = files;
    this.#next = 0;
    this.#fill();
  }

  /** While a video is being made the processors are its own, but for what is on the screen. */
  set paused(paused: boolean) {
    this.#paused = paused;
    this.#fill();
  }

  /** Waits for one thumbnail. */
  async whenKnown(file: File): Promise<Thumbnail | null> {
    if (this.of(file) === undefined) await this.#make(file);
    while (this.of(file) === undefined) {
      await new Promise((resolve) => this.addEventListener("known", resolve, { once: true }));
    }
    return this.of(file) ?? null;
  }

  /** A picture as sharp as a size can show; null where the browser cannot decode it. */
  sharp(picture: Picture, { width, height }: Size, colors: Colors): Promise<ImageBitmap | null> {
    return this.#helper.ask({ kind: "picture", picture, width, height, colors }).catch(() => null);
  }

  #fill(): void {
    for (const file of this.#urgent) {
      if (this.#running.size >= AT_ONCE) return;
      void this.#make(file);
    }
    while (!this.#paused && this.#running.size === 0 && this.#next < this.#others.length) {
      const file = this.#others[this.#next++];
      if (file !== undefined) void this.#make(file);
    }
  }

  async #make(file: File): Promise<void> {
    if (this.#known.has(file) || this.#running.has(file)) return;
    this.#running.add(file);
    const thumbnail = await this.#helper.ask({ kind: "thumbnail", file }).catch(() => null);
    this.#running.delete(file);
    this.#known.set(file, thumbnail);
    this.dispatchEvent(new Event("known"));
    this.#fill();
  }
}
