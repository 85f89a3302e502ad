import type { GroupEnd, GroupImage, Step } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";

/** The steps of a group in order, as the page sends them. */
export class StepReader {
  readonly #context: TaskContext;
  readonly #steps: Step[] = [];
  /** Pictures that another worker makes, by their slots, as far as they have arrived. */
  readonly #helped = new Map<number, Uint8Array<ArrayBuffer> | "awaited">();
  #end: GroupEnd | undefined;

  constructor(context: TaskContext) {
    this.#context = context;
  }

  /** The next step, once it has arrived; nothing after the last one. */
  async next(): Promise<Step | undefined> {
    for (;;) {
      this.#receive();
      const step = this.#steps.shift();
      if (step || this.#end) return step;
      await this.#context.untilMore();
    }
  }

  /** Whether another step is there already. */
  get hasNext(): boolean {
    this.#receive();
    return this.#steps.length > 0;
  }

  /** The images that have arrived, were not asked for yet, and are not made elsewhere, in order. */
  *nextImages(): Generator<GroupImage, void, void> {
    this.#receive();
    for (const { image } of this.#steps) if (image && !this.#helped.has(image.slot)) yield image;
  }

  /** The samples of a slot's picture, once they have arrived; nothing where no other worker makes it. */
  async helped(slot: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    for (;;) {
      this.#receive();
      const samples = this.#helped.get(slot);
      if (samples !== "awaited") {
        this.#helped.delete(slot);
        return samples;
      }
      await this.#context.untilMore();
    }
  }

  /** What the page said with the last step. */
  get end(): GroupEnd {
    return this.#end ?? {};
  }

  #receive(): void {
    for (let more = this.#context.takeMore(); more; more = this.#context.takeMore()) {
      this.#steps.push(...more.steps);
      for (const slot of more.helped ?? []) this.#helped.set(slot, "awaited");
      for (const { slot, samples } of more.pictures ?? []) {
        if (samples) this.#helped.set(slot, samples);
        else this.#helped.delete(slot);
      }
      this.#end ??= more.end;
    }
  }
}
