import type { ImageList } from "../model/image-list.ts";
import type { Selection } from "../model/selection.ts";
import { words } from "../words/words.ts";
import type { Strip } from "./strip.ts";

/** What is done to the selected images (or the current one), with the focus where it belongs and a word for those who only hear. */
export class Arranging {
  readonly #strip: Strip;
  readonly #list: ImageList;
  readonly #selection: Selection;
  readonly #announce: (text: string) => void;

  constructor(strip: Strip, list: ImageList, selection: Selection, announce: (text: string) => void) {
    this.#strip = strip;
    this.#list = list;
    this.#selection = selection;
    this.#announce = announce;
  }

  /** Moves by so many places, as far as there are any. */
  moveBy(places: number): void {
    if (places === 0) return;
    const ids = this.#selection.targets;
    const indexes = [...ids].map((id) => this.#list.indexOf(id));
    const at = places < 0 ? Math.min(...indexes) + places : Math.max(...indexes) + 1 + places;
    this.moveTo(ids, Math.min(Math.max(at, 0), this.#list.items.length));
  }

  /** Moves images in front of what stands at `index` now. */
  moveTo(ids: ReadonlySet<number>, index: number): void {
    this.#list.move(ids, index);
    const [first] = this.#list.items.filter((item) => ids.has(item.id));
    if (first === undefined) return;
    const current = this.#selection.current;
    this.#strip.reveal(current !== null && ids.has(current) ? current : first.id);
    const place = this.#list.indexOf(first.id) + 1;
    this.#announce(
      ids.size === 1 ? words().moved(first.label, place, this.#list.items.length) : words().movedMany(ids.size, place),
    );
  }

  /** Removes images; the focus goes to the one that takes the place of the first. */
  remove(ids: ReadonlySet<number>): void {
    const gone = this.#list.items.filter((item) => ids.has(item.id));
    const [first] = gone;
    if (first === undefined) return;
    const index = this.#list.indexOf(first.id);
    this.#list.remove(ids);
    this.#strip.focus(index);
    this.#announce(words().removed(gone.length, first.label));
  }

  duplicate(): void {
    const copies = this.#list.duplicate(this.#selection.targets);
    this.#selection.set(copies);
    const [first] = copies;
    if (first !== undefined) this.#strip.focus(this.#list.indexOf(first));
  }
}
