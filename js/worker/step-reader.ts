import type { GroupEnd, GroupImage, Step } from "../protocol/messages.js";
import type { TaskContext } from "./context.js";

/** The steps of a group in order, as the page sends them. */
export class StepReader {
  readonly #context: TaskContext;
  readonly #steps: Step[] = [];
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

  /** The first image that has arrived and was not asked for yet. */
  nextImage(): GroupImage | undefined {
    this.#receive();
    return this.#steps.find(({ image }) => image)?.image;
  }

  /** What the page said with the last step. */
  get end(): GroupEnd {
    return this.#end ?? {};
  }

  #receive(): void {
    for (let more = this.#context.takeMore(); more; more = this.#context.takeMore()) {
      this.#steps.push(...more.steps);
      this.#end ??= more.end;
    }
  }
}
