import { sortByName } from "framereel";

/** One place in the sequence. Two places may hold the same picture; `id` tells them apart. */
export interface Picked {
  readonly id: number;
  readonly name: string;
  readonly file: File;
}

/**
 * The images the user picked, in the order of the video. Emits a "change" event after every change.
 *
 * The list keeps itself in natural order of name (frame2 before frame10) until the user arranges it by hand;
 * from then on the order is theirs, and new images go to the end.
 */
export class ImageList extends EventTarget {
  #items: readonly Picked[] = [];
  #arranged = false;
  #nextId = 1;

  /** A snapshot: later changes make a new array. */
  get items(): readonly Picked[] {
    return this.#items;
  }

  /** True once the user has moved an image by hand, until {@link sort} or {@link clear}. */
  get arranged(): boolean {
    return this.#arranged;
  }

  indexOf(id: number): number {
    return this.#items.findIndex((item) => item.id === id);
  }

  add(files: Iterable<File>): void {
    const added = Array.from(files, (file) => ({ id: this.#nextId++, name: file.name, file }));
    if (added.length === 0) return;
    this.#set(this.#arranged ? [...this.#items, ...sortByName(added)] : sortByName([...this.#items, ...added]));
  }

  remove(id: number): void {
    this.#set(this.#items.filter((item) => item.id !== id));
  }

  /** Moves one image to `index` (clamped to the list), the others close up. Not a change if it stands there already. */
  move(id: number, index: number): void {
    const from = this.indexOf(id);
    const to = Math.min(Math.max(index, 0), this.#items.length - 1);
    const item = this.#items[from];
    if (item === undefined || from === to) return;
    const rest = this.#items.toSpliced(from, 1);
    this.#arranged = true;
    this.#set(rest.toSpliced(to, 0, item));
  }

  sort(): void {
    this.#arranged = false;
    this.#set(sortByName(this.#items));
  }

  clear(): void {
    this.#arranged = false;
    this.#set([]);
  }

  #set(items: readonly Picked[]): void {
    this.#items = items;
    if (items.length === 0) this.#arranged = false;
    this.dispatchEvent(new Event("change"));
  }
}
