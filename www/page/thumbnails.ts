/** The box a thumbnail is drawn into, in device pixels: a tile at twice its CSS size. */
const BOX = { width: 320, height: 240 };

/** Pictures decoded at a time: each one is whole in memory for a moment (48 MB for a 12-megapixel photo). */
const AT_ONCE = 2;

/** Pixels of the drawn bitmap: their ratio is the picture's, EXIF orientation included. */
export interface Picture {
  readonly width: number;
  readonly height: number;
}

interface Thumbnail {
  readonly canvas: HTMLCanvasElement;
  readonly file: File;
  readonly onKnown: (picture: Picture | null) => void;
  state: "blank" | "wanted" | "drawn" | "unreadable";
}

/**
 * Draws the thumbnails that are on the screen or near it, and frees those that are far, so that a thousand photos cost no
 * more memory than a screenful. Small bitmaps are drawn, never the files themselves, so there is no object URL to revoke.
 */
export class Thumbnails {
  readonly #known = new Map<Element, Thumbnail>();
  readonly #queue = new Set<Thumbnail>();
  readonly #observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "100% 0px" });
  #running = 0;

  /** Keeps `canvas` showing `file` while it is near the screen. `onKnown` gets each drawn picture, or null if the browser cannot decode it. */
  watch(canvas: HTMLCanvasElement, file: File, onKnown: Thumbnail["onKnown"]): void {
    this.#known.set(canvas, { canvas, file, onKnown, state: "blank" });
    this.#observer.observe(canvas);
  }

  forget(canvas: HTMLCanvasElement): void {
    const thumbnail = this.#known.get(canvas);
    if (thumbnail === undefined) return;
    this.#observer.unobserve(canvas);
    this.#known.delete(canvas);
    this.#blank(thumbnail);
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) {
      const thumbnail = this.#known.get(entry.target);
      if (thumbnail === undefined || thumbnail.state === "unreadable") continue;
      if (!entry.isIntersecting) this.#blank(thumbnail);
      else if (thumbnail.state === "blank") {
        thumbnail.state = "wanted";
        this.#queue.add(thumbnail);
      }
    }
    this.#drawNext();
  }

  #blank(thumbnail: Thumbnail): void {
    this.#queue.delete(thumbnail);
    thumbnail.state = "blank";
    thumbnail.canvas.width = 0;
    thumbnail.canvas.height = 0;
  }

  #drawNext(): void {
    for (const thumbnail of this.#queue) {
      if (this.#running >= AT_ONCE) return;
      this.#queue.delete(thumbnail);
      this.#running += 1;
      this.#draw(thumbnail).finally(() => {
        this.#running -= 1;
        this.#drawNext();
      });
    }
  }

  async #draw(thumbnail: Thumbnail): Promise<void> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(thumbnail.file, { resizeWidth: BOX.width, resizeQuality: "medium" });
    } catch {
      // Not an error yet: framereel reads formats that the browser does not, such as TIFF. The encode will tell.
      thumbnail.state = "unreadable";
      thumbnail.onKnown(null);
      return;
    }
    if (thumbnail.state === "wanted") {
      paint(thumbnail.canvas, bitmap);
      thumbnail.state = "drawn";
      thumbnail.onKnown(bitmap);
    }
    bitmap.close();
  }
}

/** Draws `bitmap` into `canvas`, which becomes as large as the picture is inside {@link BOX}. */
function paint(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  const scale = Math.min(1, BOX.width / bitmap.width, BOX.height / bitmap.height);
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}
