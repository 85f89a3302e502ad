import { Changes } from "../concurrency/changes.js";
import type { GroupEnd, PostableImage, Step } from "../protocol/messages.js";
import type { SendSteps } from "../workers/handle.js";

/**
 * Bytes of pixels that may be under way to a worker. A bitmap that is posted is copied, so that a group's at once would be
 * hundreds of megabytes; files are posted as handles and cost nothing.
 */
const MAX_SENT_BYTES = 2 ** 25;

/** Bytes of a pixel on its way. */
export const BYTES_PER_PIXEL = 4;

/** Sends the steps of a group to its worker, no more pixels at once than memory allows. */
export class StepSender {
  readonly #send: SendSteps;
  readonly #move: boolean;
  readonly #changes = new Changes();
  /** Bytes of each step that was sent and not yet taken, in order. */
  readonly #underWay: number[] = [];
  #taken = 0;
  #stopped = false;

  /** @param move whether pixels are moved to the worker rather than copied */
  constructor(send: SendSteps, move: boolean) {
    this.#send = send;
    this.#move = move;
  }

  /** Sends all steps; `end` is called with their number once the last one is known. */
  async sendAll(steps: AsyncIterable<Step>, end: (count: number) => GroupEnd): Promise<void> {
    let count = 0;
    for await (const step of steps) {
      const bytes = step.image ? pixelBytes(step.image.image) : 0;
      await this.#changes.until(() => this.#stopped || this.#hasRoomFor(bytes));
      if (this.#stopped) return;
      count++;
      this.#underWay.push(bytes);
      this.#send({ steps: [step] }, this.#move && step.image ? movable(step.image.image) : []);
    }
    if (!this.#stopped) this.#send({ steps: [], end: end(count) }, []);
  }

  /** The worker has taken in so many steps. */
  taken(count: number): void {
    this.#underWay.splice(0, count - this.#taken);
    this.#taken = count;
    this.#changes.changed();
  }

  /** Nothing more is to be sent. */
  stop(): void {
    this.#stopped = true;
    this.#changes.changed();
  }

  #hasRoomFor(bytes: number): boolean {
    const underWay = this.#underWay.reduce((sum, size) => sum + size, 0);
    return bytes === 0 || underWay === 0 || underWay + bytes <= MAX_SENT_BYTES;
  }
}

/** Bytes of pixels, as they are while they wait or are under way. */
export function pixelBytes(image: PostableImage): number {
  if (image.kind === "file") return 0;
  const { width, height } = image.kind === "bitmap" ? image.bitmap : image;
  return width * height * BYTES_PER_PIXEL;
}

function movable(image: PostableImage): Transferable[] {
  if (image.kind === "bitmap") return [image.bitmap];
  return image.kind === "rgba" ? [image.data.buffer] : [];
}
