import { imageError, plainError } from "../model/image-error.js";
import type { GroupRate } from "../options/encode-options.js";
import type { EncodedGroup } from "../protocol/core.js";
import type { MoreImages, PostableImage } from "../protocol/messages.js";
import { TaskFailure } from "../workers/handle.js";
import { pool } from "../workers/pool.js";
import type { Plan } from "./plan.js";

/** A group whose images arrive one by one. The images are moved to the worker, so a crash cannot be made good. */
export class GroupStream {
  /** The samples, once `close` was called and all images are encoded. */
  readonly result: Promise<EncodedGroup>;
  readonly #first: number;
  readonly #names: (string | undefined)[] = [];
  #send: ((more: MoreImages, transfer: Transferable[]) => void) | undefined;
  /** What came before the worker was there. */
  readonly #waiting: { more: MoreImages; transfer: Transferable[] }[] = [];

  /** @param first place of the group's first image in the sequence */
  constructor(
    settings: Plan["settings"],
    rate: GroupRate,
    first: number,
    signal: AbortSignal,
    onProgress: (encoded: number) => void,
  ) {
    this.#first = first;
    this.result = pool
      .run({
        task: {
          kind: "encodeGroup",
          settings: { ...settings, ...rate },
          decoder: "wasm",
          images: [],
          places: [],
          open: true,
        },
        signal,
        listeners: { onProgress, onStarted: (send) => this.#start(send) },
      })
      .catch((error: unknown) => {
        throw this.#explain(error);
      });
    // Whoever awaits the result hears of it; until then nobody must be told of an unhandled rejection.
    this.result.catch(() => {});
  }

  /** Sends one image; its pixels are moved. */
  add(image: PostableImage, name: string | undefined, forceIdr: boolean): void {
    const slot = this.#names.push(name) - 1;
    this.#post({ images: [{ image, slot }], places: [{ slot, forceIdr }], last: false }, movable(image));
  }

  /** No image follows. */
  close(): void {
    this.#post({ images: [], places: [], last: true }, []);
  }

  #start(send: (more: MoreImages, transfer: Transferable[]) => void): void {
    this.#send = send;
    for (const { more, transfer } of this.#waiting.splice(0)) send(more, transfer);
  }

  #post(more: MoreImages, transfer: Transferable[]): void {
    if (this.#send) this.#send(more, transfer);
    else this.#waiting.push({ more, transfer });
  }

  #explain(error: unknown): unknown {
    if (!(error instanceof TaskFailure)) return error;
    if (error.slot === undefined) return plainError(error);
    return imageError(error, this.#first + error.slot, this.#names[error.slot]);
  }
}

function movable(image: PostableImage): Transferable[] {
  if (image.kind === "bitmap") return [image.bitmap];
  return image.kind === "rgba" ? [image.data.buffer] : [];
}
