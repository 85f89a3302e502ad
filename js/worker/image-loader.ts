import { freeBuffer } from "../model/free-buffer.js";
import type { CoreApi, GroupEncoder } from "../protocol/core.js";
import type { GroupImage, Step, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { browserMayKnow, decodeInBrowser, type Pixels, readPixels } from "./decode.js";
import { loadFile } from "./decoders.js";
import { BrokeDown, LoadFailure, SlotFailure } from "./errors.js";
import { lend, readFile } from "./read.js";

/** Loads images into their slots, and reads the next file while the current picture is being encoded. */
export class ImageLoader {
  readonly #core: CoreApi;
  readonly #encoder: GroupEncoder;
  readonly #task: Extract<WorkerTask, { kind: "encodeGroup" }>;
  readonly #context: TaskContext;
  readonly #nextImage: () => GroupImage | undefined;
  #ahead: { blob: Blob; bytes: Promise<Uint8Array<ArrayBuffer>> } | undefined;

  /** `nextImage` gives the image that will be loaded next, as far as it is known. */
  constructor(
    core: CoreApi,
    encoder: GroupEncoder,
    task: Extract<WorkerTask, { kind: "encodeGroup" }>,
    context: TaskContext,
    nextImage: () => GroupImage | undefined,
  ) {
    this.#core = core;
    this.#encoder = encoder;
    this.#task = task;
    this.#context = context;
    this.#nextImage = nextImage;
  }

  /** Loads the image that a step brings, if it brings one. */
  async load({ image }: Step): Promise<void> {
    if (!image) return;
    try {
      await this.#load(image);
    } catch (error) {
      throw new SlotFailure(image.slot, new LoadFailure(error));
    }
    this.#readAhead();
  }

  async #load({ image, slot, frames }: GroupImage): Promise<void> {
    const encoder = this.#encoder;
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
        { core: this.#core, encoder, settings: this.#task.settings, context: this.#context },
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
      this.#encoder.loadRgba(slot, rgba, width, height);
    } finally {
      freeBuffer(rgba.buffer as ArrayBuffer);
    }
  }

  #read(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead?.blob === blob ? ahead.bytes : readFile(blob, this.#task.settings.maxBytes);
  }

  #readAhead(): void {
    const next = this.#nextImage();
    if (next?.image.kind !== "file" || (this.#task.decoder === "browser" && !next.frames)) return;
    const { blob } = next.image;
    if (this.#ahead?.blob === blob) return;
    const bytes = readFile(blob, this.#task.settings.maxBytes);
    // If the task ends before these bytes are wanted, their failure is nobody's business.
    bytes.catch(() => {});
    this.#ahead = { blob, bytes };
  }
}
