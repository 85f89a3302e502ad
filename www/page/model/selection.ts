import type { ImageList } from "./image-list.ts";

/**
 * Which images are selected, and which one the keyboard is at. Emits "change" after every change of either. Images that leave
 * the list leave the selection.
 */
export class Selection extends EventTarget {
  readonly #list: ImageList;
  #ids: ReadonlySet<number> = new Set();
  #current: number | null = null;
  /** Where a range begins: the image that was last selected by itself. */
  #anchor: number | null = null;

  constructor(list: ImageList) {
    super();
    this.#list = list;
    list.addEventListener("change", () => this.#prune());
  }

  get ids(): ReadonlySet<number> {
    return this.#ids;
  }

  /** The image that the keyboard is at: the first one where nobody has gone anywhere yet. */
  get current(): number | null {
    return this.#current ?? this.#list.items[0]?.id ?? null;
  }

  /** The selected images, or where there are none the current one. */
  get targets(): ReadonlySet<number> {
    if (this.#ids.size > 0) return this.#ids;
    return new Set(this.current === null ? [] : [this.current]);
  }

  setCurrent(id: number): void {
    if (id === this.#current) return;
    this.#current = id;
    this.#changed();
  }

  /** This one alone; a second time: none. */
  only(id: number): void {
    const again = this.#ids.size === 1 && this.#ids.has(id);
    this.#set(again ? [] : [id], id);
  }

  /** This one more, or one less. */
  toggle(id: number): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#set(ids, id);
  }

  /** All from the anchor to this one. */
  extendTo(id: number): void {
    const anchor = this.#anchor ?? this.current ?? id;
    const [from, to] = [this.#list.indexOf(anchor), this.#list.indexOf(id)].sort((a, b) => a - b);
    const range = this.#list.items.slice(Math.max(from ?? 0, 0), (to ?? 0) + 1);
    this.#ids = new Set(range.map((item) => item.id));
    this.#anchor = anchor;
    this.#current = id;
    this.#changed();
  }

  set(ids: ReadonlySet<number>): void {
    const first = [...ids][0];
    this.#set(ids, first ?? this.#current);
  }

  all(): void {
    this.#ids = new Set(this.#list.items.map((item) => item.id));
    this.#changed();
  }

  clear(): void {
    if (this.#ids.size === 0) return;
    this.#ids = new Set();
    this.#changed();
  }

  #set(ids: Iterable<number>, at: number | null): void {
    this.#ids = new Set(ids);
    this.#anchor = at;
    this.#current = at;
    this.#changed();
  }

  #prune(): void {
    const there = new Set(this.#list.items.map((item) => item.id));
    this.#ids = new Set([...this.#ids].filter((id) => there.has(id)));
    if (this.#anchor !== null && !there.has(this.#anchor)) this.#anchor = null;
    if (this.#current !== null && !there.has(this.#current)) this.#current = null;
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}
