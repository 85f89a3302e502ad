import { freeBuffer } from "../model/free-buffer.js";
import type { CoreApi } from "../protocol/core.js";
import type { GroupImage, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { browserMayKnow, decodeInBrowser, type Pixels, readPixels } from "./decode.js";
import { loadFile, type PictureTarget } from "./decoders.js";
import { BrokeDown, LoadFailure, SlotFailure } from "./errors.js";
import { lend, readFile, readFiles } from "./read.js";

/** What a task says of the images that it loads. */
type LoadingTask = Pick<Extract<WorkerTask, { kind: "encodeGroup" }>, "settings" | "decoder" | "distrusted">;

/** Files that are read ahead of their turn, and their bytes; one may be larger. */
const MOST_AHEAD = 16;
const MOST_BYTES_AHEAD = 2 ** 24;

/** Files that are read at once, unless fewer than the second number are there. */
const TOGETHER = { files: 8, unless: 2 };

/** Loads images into their slots, and reads the next files while the current picture is being encoded. */
export class ImageLoader {
  readonly #core: CoreApi;
  readonly #target: PictureTarget;
  readonly #task: LoadingTask;
  readonly #context: TaskContext;
  readonly #nextImages: () => Iterable<GroupImage>;
  /** Files that are being read before their turn, or are there. */
  readonly #ahead = new Map<Blob, Promise<Uint8Array<ArrayBuffer>>>();

  /** `nextImages` gives the images that will be loaded next, as far as they are known. */
  constructor(
    core: CoreApi,
    target: PictureTarget,
    task: LoadingTask,
    context: TaskContext,
    nextImages: () => Iterable<GroupImage>,
  ) {
    this.#core = core;
    this.#target = target;
    this.#task = task;
    this.#context = context;
    this.#nextImages = nextImages;
  }

  async load(image: GroupImage): Promise<void> {
    try {
      await this.#load(image);
    } catch (error) {
      throw new SlotFailure(image.slot, new LoadFailure(error));
    }
  }

  async #load({ image, slot, frames }: GroupImage): Promise<void> {
    if (image.kind === "rgba") {
      const { data, width, height } = image;
      return this.#loadPixels(slot, {
        rgba: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
        width,
        height,
      });
    }
    if (image.kind === "bitmap") return this.#loadBitmap(slot, image.bitmap);
    const { blob } = image;
    const distrusted = this.#task.distrusted?.includes(slot);
    const load = (bytes: Uint8Array<ArrayBuffer>): Promise<void> =>
      loadFile(
        { core: this.#core, target: this.#target, settings: this.#task.settings, context: this.#context },
        { bytes, blob },
        slot,
        frames,
      );
    if (frames) {
      if (distrusted) throw new BrokeDown();
      return lend(this.#read(blob), load);
    }
    // Where the browser fails at a file that it was asked to decode, wasm may know the format, and says best what is wrong.
    const byBrowser = distrusted || this.#task.decoder === "browser";
    if (byBrowser && (await this.#loadByBrowser(slot, blob))) return;
    if (distrusted) throw new BrokeDown();
    try {
      await lend(this.#read(blob), load);
    } catch (error) {
      if (byBrowser || !browserMayKnow(error)) throw error;
      if (!(await this.#loadByBrowser(slot, blob))) throw error;
    }
  }

  async #loadByBrowser(slot: number, blob: Blob): Promise<boolean> {
    const bitmap = await decodeInBrowser(blob, this.#task.settings, this.#context);
    this.#context.checkCancelled();
    if (!bitmap) return false;
    this.#loadBitmap(slot, bitmap);
    return true;
  }

  #loadBitmap(slot: number, bitmap: ImageBitmap): void {
    this.#loadPixels(slot, readPixels(bitmap));
  }

  /** Takes pixels that this task alone has: their memory is given back. */
  #loadPixels(slot: number, { rgba, width, height }: Pixels): void {
    try {
      this.#target.loadRgba(slot, rgba, width, height);
    } finally {
      freeBuffer(rgba.buffer as ArrayBuffer);
    }
  }

  #read(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
    const ahead = this.#ahead.get(blob);
    this.#ahead.delete(blob);
    return ahead ?? readFile(blob, this.#task.settings.maxBytes);
  }

  /**
   * Reads the next files, as far as they are known. Several, because a read takes some turns of the event loop, of which there is one
   * for a picture.
   */
  readAhead(): void {
    let bytes = 0;
    const wanted = new Set<Blob>();
    for (const { image, frames } of this.#nextImages()) {
      const isRead = image.kind === "file" && (this.#task.decoder === "wasm" || frames);
      if (!isRead || (wanted.size > 0 && bytes + image.blob.size > MOST_BYTES_AHEAD)) break;
      bytes += image.blob.size;
      wanted.add(image.blob);
      if (wanted.size === MOST_AHEAD) break;
    }
    for (const blob of this.#ahead.keys()) if (!wanted.has(blob)) this.#ahead.delete(blob);
    const missing = [...wanted].filter((blob) => !this.#ahead.has(blob));
    if (missing.length < TOGETHER.files && this.#ahead.size >= TOGETHER.unless) return;
    for (const [at, read] of readFiles(missing, this.#task.settings.maxBytes).entries()) {
      // If the task ends before these bytes are wanted, their failure is nobody's business.
      read.catch(() => {});
      this.#ahead.set(missing[at] as Blob, read);
    }
  }
}
