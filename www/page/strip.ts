import { element } from "./dom.ts";
import type { ImageList } from "./image-list.ts";
import { type Picture, Thumbnails } from "./thumbnails.ts";
import { Tile } from "./tile.ts";

/** Bounds of a tile's width over height, so that neither panoramas nor tall screenshots spoil the grid. */
const WIDEST = 16 / 9;
const NARROWEST = 3 / 4;

/**
 * The thumbnails, in the order of the list. Knows which tile the keyboard is at (`current`) and which one is selected for
 * moving; what keys and drags do with them is in reorder.ts.
 */
export class Strip {
  readonly root = element("strip", HTMLOListElement);
  readonly #list: ImageList;
  readonly #announce: (text: string) => void;
  readonly #tiles = new Map<number, Tile>();
  readonly #thumbnails = new Thumbnails();
  #currentId: number | null = null;
  /** The selected image and the index it was selected at, to which Escape puts it back. */
  #selected: { id: number; from: number } | null = null;

  constructor(list: ImageList, announce: (text: string) => void) {
    this.#list = list;
    this.#announce = announce;
    list.addEventListener("change", () => this.#render());
  }

  get selectedId(): number | null {
    return this.#selected?.id ?? null;
  }

  /** Makes the tile at `index` (clamped) the current one and gives it the focus. */
  focus(index: number): void {
    const item = this.#list.items[Math.min(Math.max(index, 0), this.#list.items.length - 1)];
    if (item === undefined) return;
    this.setCurrent(item.id);
    this.#tiles.get(item.id)?.face.focus();
  }

  setCurrent(id: number): void {
    this.#currentId = id;
    for (const tile of this.#tiles.values()) tile.current = tile.id === id;
  }

  /** Selects an image for moving, or lets it go where it is now. */
  toggle(id: number): void {
    const tile = this.#tiles.get(id);
    if (tile === undefined) return;
    const letGo = this.selectedId === id;
    this.unselect();
    if (letGo) {
      this.#announce(`${tile.name} stays at ${this.#place(id)}.`);
      return;
    }
    this.#selected = { id, from: this.#list.indexOf(id) };
    tile.selected = true;
    this.setCurrent(id);
    this.#announce(`${tile.name} selected, ${this.#place(id)}. Arrow keys move it, Escape puts it back.`);
  }

  unselect(): void {
    const tile = this.#tiles.get(this.selectedId ?? Number.NaN);
    if (tile !== undefined) tile.selected = false;
    this.#selected = null;
  }

  /** Puts the selected image back to where it was selected, and lets it go. */
  putBack(): void {
    if (this.#selected === null) return;
    const { id, from } = this.#selected;
    this.unselect();
    this.moveTo(id, from);
  }

  /** Moves an image and keeps the focus in its tile: a moved DOM node loses it. */
  moveTo(id: number, index: number): void {
    const tile = this.#tiles.get(id);
    const focused = document.activeElement;
    this.#list.move(id, index);
    if (tile === undefined) return;
    const within = focused instanceof HTMLElement && tile.root.contains(focused) ? focused : tile.face;
    within.focus();
    this.#announce(`${tile.name}, now ${this.#place(id)}.`);
  }

  /** Removes an image; the focus goes to the one that takes its place. */
  remove(id: number): void {
    const index = this.#list.indexOf(id);
    const name = this.#tiles.get(id)?.name;
    this.#list.remove(id);
    this.focus(index);
    this.#announce(`${name} removed.`);
  }

  /** Shows `message` next to the image and brings it into view; false if the image is no longer in the list. */
  showError(id: number, message: string): boolean {
    const tile = this.#tiles.get(id);
    if (tile === undefined) return false;
    tile.error = message;
    tile.root.scrollIntoView({ block: "nearest" });
    return true;
  }

  clearErrors(): void {
    for (const tile of this.#tiles.values()) tile.error = null;
  }

  #place(id: number): string {
    return `${this.#list.indexOf(id) + 1} of ${this.#list.items.length}`;
  }

  #render(): void {
    const items = this.#list.items;
    const kept = new Set(items.map((item) => item.id));
    for (const [id, tile] of this.#tiles) if (!kept.has(id)) this.#drop(tile);

    for (const [index, item] of items.entries()) {
      let tile = this.#tiles.get(item.id);
      if (tile === undefined) {
        const made = new Tile(item, {
          remove: (id) => this.remove(id),
          toggle: (id) => this.toggle(id),
          step: (id, by) => this.moveTo(id, this.#list.indexOf(id) + by),
        });
        this.#tiles.set(item.id, made);
        this.#thumbnails.watch(made.canvas, item.file, (picture) => this.#known(made, picture));
        tile = made;
      }
      const there = this.root.children[index];
      if (there !== tile.root) this.root.insertBefore(tile.root, there ?? null);
    }

    this.#takeShape();
    const first = items[0];
    if (first !== undefined && (this.#currentId === null || !kept.has(this.#currentId))) this.setCurrent(first.id);
  }

  #known(tile: Tile, picture: Picture | null): void {
    if (picture === null) tile.showKind();
    else tile.shape = picture.width / picture.height;
    this.#takeShape();
  }

  /** All tiles have the shape of the first picture, which is the video's by default. */
  #takeShape(): void {
    const shape = this.#tiles.get(this.#list.items[0]?.id ?? Number.NaN)?.shape;
    if (shape == null) return;
    this.root.style.setProperty("--shape", String(Math.min(Math.max(shape, NARROWEST), WIDEST)));
  }

  #drop(tile: Tile): void {
    if (this.selectedId === tile.id) this.#selected = null;
    this.#thumbnails.forget(tile.canvas);
    this.#tiles.delete(tile.id);
    tile.root.remove();
  }
}
