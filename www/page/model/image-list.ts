import { sortByName } from "framereel";
import { baseName } from "../../shared/file-kinds.ts";

/** A file that was picked. `path` is its name with the folders it came in. */
export interface Incoming {
  readonly path: string;
  readonly file: File;
  /** Seconds it is shown, where the source says so (an ugoira). */
  readonly seconds?: number;
}

/** One place in the sequence. Two places may hold the same file; `id` tells them apart. */
export interface Item {
  readonly id: number;
  /** The whole path: folders are ordered by it, and it tells alike names apart. */
  readonly name: string;
  /** The name without folders. */
  readonly label: string;
  readonly file: File;
  /** Seconds of its own; null: as long as all. */
  readonly seconds: number | null;
}

export type Order = "name" | "taken" | "date" | "hand";

interface State {
  readonly items: readonly Item[];
  readonly order: Order;
  readonly descending: boolean;
}

const EMPTY: State = { items: [], order: "name", descending: false };

/** Steps that can be undone. Each holds an array of references, no pictures. */
const MAX_STEPS = 200;

/**
 * The images in the order of the video. Emits "change" after every change. Until the user arranges them by hand the list keeps
 * itself in order; from then on the order is theirs and new images go to the end. Every change can be undone.
 */
export class ImageList extends EventTarget {
  #state: State = EMPTY;
  #undo: State[] = [];
  #redo: State[] = [];
  #nextId = 1;
  readonly #takenDate: (file: File) => number;

  /** @param takenDate when a file's photograph was taken, as far as that is known; else the file's own date */
  constructor(takenDate: (file: File) => number) {
    super();
    this.#takenDate = takenDate;
  }

  /** A snapshot: later changes make a new array. */
  get items(): readonly Item[] {
    return this.#state.items;
  }
  get order(): Order {
    return this.#state.order;
  }
  get canUndo(): boolean {
    return this.#undo.length > 0;
  }
  get canRedo(): boolean {
    return this.#redo.length > 0;
  }

  indexOf(id: number): number {
    return this.items.findIndex((item) => item.id === id);
  }

  add(files: readonly Incoming[]): void {
    if (files.length === 0) return;
    const added = files.map(({ path, file, seconds }) => ({
      id: this.#nextId++,
      name: path,
      label: baseName(path),
      file,
      seconds: seconds ?? null,
    }));
    const { items, order, descending } = this.#state;
    if (order === "hand") this.#change({ items: [...items, ...sortByName(added)] });
    else this.#change({ items: this.#sorted([...items, ...added], order, descending) });
  }

  remove(ids: ReadonlySet<number>): void {
    this.#change({ items: this.items.filter((item) => !ids.has(item.id)) });
  }

  /** Moves images together in front of what stands at `index` now (the length: to the end). They keep their order. */
  move(ids: ReadonlySet<number>, index: number): void {
    const moved = this.items.filter((item) => ids.has(item.id));
    const stay = (item: Item) => !ids.has(item.id);
    const items = [...this.items.slice(0, index).filter(stay), ...moved, ...this.items.slice(index).filter(stay)];
    if (items.every((item, at) => item === this.items[at])) return;
    this.#change({ items, order: "hand" });
  }

  /** Puts a copy of each behind the last of them; gives the copies' ids. */
  duplicate(ids: ReadonlySet<number>): ReadonlySet<number> {
    const copies = this.items.filter((item) => ids.has(item.id)).map((item) => ({ ...item, id: this.#nextId++ }));
    const end = this.items.findLastIndex((item) => ids.has(item.id)) + 1;
    this.#change({ items: this.items.toSpliced(end, 0, ...copies), order: "hand" });
    return new Set(copies.map((item) => item.id));
  }

  setSeconds(ids: ReadonlySet<number>, seconds: number | null): void {
    this.#change({ items: this.items.map((item) => (ids.has(item.id) ? { ...item, seconds } : item)) });
  }

  sort(order: Exclude<Order, "hand">): void {
    this.#change({ items: this.#sorted(this.items, order, false), order, descending: false });
  }

  /** Turns the order round, whatever it is. */
  reverse(): void {
    this.#change({ items: this.items.toReversed(), descending: !this.#state.descending });
  }

  clear(): void {
    this.#change(EMPTY);
  }

  undo(): void {
    this.#step(this.#undo, this.#redo);
  }

  redo(): void {
    this.#step(this.#redo, this.#undo);
  }

  #sorted(items: readonly Item[], order: Exclude<Order, "hand">, descending: boolean): Item[] {
    const byName = sortByName(items);
    const date = order === "taken" ? this.#takenDate : (file: File) => file.lastModified;
    // A stable sort: files of the same second stay in order of name.
    const sorted = order === "name" ? byName : byName.sort((a, b) => date(a.file) - date(b.file));
    return descending ? sorted.reverse() : sorted;
  }

  #change(change: Partial<State>): void {
    this.#undo.push(this.#state);
    if (this.#undo.length > MAX_STEPS) this.#undo.shift();
    this.#redo = [];
    this.#set({ ...this.#state, ...change });
  }

  #step(from: State[], to: State[]): void {
    const state = from.pop();
    if (state === undefined) return;
    to.push(this.#state);
    this.#set(state);
  }

  #set(state: State): void {
    // An emptied list starts anew: nothing is left that was arranged.
    this.#state = state.items.length === 0 ? EMPTY : state;
    this.dispatchEvent(new Event("change"));
  }
}
