import { freeBuffer } from "../model/free-buffer.js";
import type { EncodedGroup, GroupEncoder, WasmApi } from "../protocol/core.js";
import type { GroupImage, MoreImages, Place, WorkerTask } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";
import { decodeInBrowser, type Pixels, readPixels } from "./decode.js";
import { codeOf, SlotFailure } from "./errors.js";
import { lend, readFile } from "./read.js";

type GroupTask = Extract<WorkerTask, { kind: "encodeGroup" }>;

/** Encodes one group of images with an encoder of its own. */
export async function encodeGroup(api: WasmApi, task: GroupTask, context: TaskContext): Promise<EncodedGroup> {
  const encoder = new api.GroupEncoder(task.settings);
  try {
    let batch: MoreImages = { images: task.images, places: task.places, last: !task.open };
    let encoded = 0;
    for (;;) {
      encoded = await encodeBatch(encoder, batch, encoded, task, context);
      if (batch.last) break;
      batch = await context.nextMore();
    }
    const { data, sizes, sync, sps, pps } = encoder.finish();
    return { data: data as Uint8Array<ArrayBuffer>, sizes, sync, sps, pps };
  } finally {
    freeUnlessTrapped(encoder);
  }
}

/** Encodes images that arrived together; each picture is held from its first place to its last. Returns the new count. */
async function encodeBatch(
  encoder: GroupEncoder,
  { images, places }: MoreImages,
  encodedBefore: number,
  task: GroupTask,
  context: TaskContext,
): Promise<number> {
  const lastPlace = new Map(places.map(({ slot }, index) => [slot, index]));
  const loader = new ImageLoader(encoder, images, task, context);
  for (const [index, { slot, forceIdr }] of places.entries()) {
    context.checkCancelled();
    await loader.need(slot);
    inSlot(slot, () => encoder.encode(slot, forceIdr));
    if (lastPlace.get(slot) === index) encoder.release(slot);
    context.progress(encodedBefore + index + 1);
    // Lets a cancel message in: while this worker computes, none is delivered.
    await nextTask();
  }
  return encodedBefore + places.length;
}

/** Loads images when their first slot is needed, and reads the next file while the current picture is being encoded. */
class ImageLoader {
  readonly #encoder: GroupEncoder;
  readonly #task: GroupTask;
  readonly #context: TaskContext;
  readonly #waiting: GroupImage[];
  readonly #loaded = new Set<number>();
  #ahead: { blob: Blob; bytes: Promise<Uint8Array<ArrayBuffer>> } | undefined;

  constructor(encoder: GroupEncoder, images: readonly GroupImage[], task: GroupTask, context: TaskContext) {
    this.#encoder = encoder;
    this.#task = task;
    this.#context = context;
    this.#waiting = [...images];
  }

  async need(slot: Place["slot"]): Promise<void> {
    while (!this.#loaded.has(slot)) {
      const next = this.#waiting.shift();
      if (!next) throw new Error(`no image was sent for slot ${slot}`);
      for (let frame = 0; frame < (next.frames?.count ?? 1); frame++) this.#loaded.add(next.slot + frame);
      try {
        await this.#load(next);
      } catch (error) {
        throw new SlotFailure(next.slot, error);
      }
      this.#readAhead();
    }
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
    if (frames) {
      const { first, count } = frames;
      return lend(this.#read(image.blob), (bytes) => encoder.loadFrames(slot, bytes, first, count));
    }
    // Where the browser fails at a file that it was asked to decode, wasm may know the format, and says best what is wrong.
    if (this.#task.decoder === "browser" && (await this.#loadByBrowser(slot, image.blob))) return;
    try {
      await lend(this.#read(image.blob), (bytes) => encoder.load(slot, bytes));
    } catch (error) {
      if (codeOf(error) !== "unsupported-image" || this.#task.decoder === "browser") throw error;
      if (!(await this.#loadByBrowser(slot, image.blob))) throw error;
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
    const next = this.#waiting[0]?.image;
    if (next?.kind !== "file" || (this.#task.decoder === "browser" && !this.#waiting[0]?.frames)) return;
    const bytes = readFile(next.blob, this.#task.settings.maxBytes);
    // If the task ends before these bytes are wanted, their failure is nobody's business.
    bytes.catch(() => {});
    this.#ahead = { blob: next.blob, bytes };
  }
}

function inSlot<Result>(slot: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new SlotFailure(slot, error);
  }
}

/** Freeing may fail after a trap, and must not hide it. */
function freeUnlessTrapped(encoder: GroupEncoder): void {
  try {
    encoder.free();
  } catch {
    // The worker is replaced anyway.
  }
}

const { port1, port2 } = new MessageChannel();
const resumers: (() => void)[] = [];
port1.onmessage = () => resumers.shift()?.();

/** Resolves in a new task of the event loop, after messages that are already there. Timers would wait 4 ms each. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    resumers.push(resolve);
    port2.postMessage(null);
  });
}
