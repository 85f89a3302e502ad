import { Changes } from "./changes.js";

/** Items that arrive over time, read once and in order. */
export class Queue<Item> implements AsyncIterable<Item> {
  readonly #items: Item[] = [];
  readonly #changes = new Changes();
  #end: { failure?: { reason: unknown } } | undefined;

  push(item: Item): void {
    this.#items.push(item);
    this.#changes.changed();
  }

  /** No item follows. */
  close(): void {
    this.#end ??= {};
    this.#changes.changed();
  }

  /** No item follows, and whoever reads on hears why; gives back what was not read. */
  fail(reason: unknown): Item[] {
    this.#end = { failure: { reason } };
    this.#changes.changed();
    return this.#items.splice(0);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, void> {
    for (;;) {
      await this.#changes.until(() => this.#items.length > 0 || this.#end !== undefined);
      if (this.#end?.failure) throw this.#end.failure.reason;
      if (this.#items.length === 0) return;
      yield this.#items.shift() as Item;
    }
  }
}
