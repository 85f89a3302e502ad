import { element } from "../dom.ts";
import type { ImageList, Item } from "../model/image-list.ts";
import type { Selection } from "../model/selection.ts";
import type { Thumbnails } from "../thumbnails.ts";
import { onLanguage } from "../words/words.ts";
import { BadImage } from "./bad-image.ts";
import { Grid } from "./grid.ts";
import { Tile } from "./tile.ts";

/** Shape of tiles until a picture is known. */
const USUAL_SHAPE = 4 / 3;

/**
 * The thumbnails in the order of the list. Only those near the visible part of the scrolled strip exist as elements. What
 * keys, clicks and drags do is in keys.ts and drag.ts.
 */
export class Strip {
  readonly root = element("strip", HTMLOListElement);
  readonly scroller = element("strip-scroller", HTMLElement);
  readonly badImage: BadImage;
  readonly #list: ImageList;
  readonly #selection: Selection;
  readonly #thumbnails: Thumbnails;
  readonly #tiles = new Map<number, Tile>();
  /** The last shape that was known stays until the next one is: nothing below may move under a finger and back again. */
  #shape = USUAL_SHAPE;
  #grid = new Grid(1, 0, USUAL_SHAPE, null);
  #asked = false;
  /** Images that stay rendered wherever they are: a drag loses its events with its element. */
  #held: ReadonlySet<number> = new Set();

  constructor(list: ImageList, selection: Selection, thumbnails: Thumbnails, leaveOut: (id: number) => void) {
    this.#list = list;
    this.#selection = selection;
    this.#thumbnails = thumbnails;
    this.badImage = new BadImage(() => this.#soon(), leaveOut);
    list.addEventListener("change", () => {
      thumbnails.all = list.items.map((item) => item.file);
      this.render();
    });
    selection.addEventListener("change", () => this.render());
    thumbnails.addEventListener("known", () => this.#soon());
    this.scroller.addEventListener("scroll", () => this.#soon(), { passive: true });
    new ResizeObserver(() => this.#soon()).observe(this.scroller);
    onLanguage(() => this.render());
  }

  get grid(): Grid {
    return this.#grid;
  }

  set held(ids: ReadonlySet<number>) {
    this.#held = ids;
    this.render();
  }

  tile(id: number): Tile | undefined {
    return this.#tiles.get(id);
  }

  /** Makes the tile at `index` (clamped) the current one, brings it into view and gives it the focus. */
  focus(index: number): void {
    const item = this.#list.items[Math.min(Math.max(index, 0), this.#list.items.length - 1)];
    if (item === undefined) return;
    this.#selection.setCurrent(item.id);
    this.reveal(item.id);
    this.#tiles.get(item.id)?.face.focus({ preventScroll: true });
  }

  /** Scrolls the strip as little as is needed to show an image. */
  reveal(id: number): void {
    const { y } = this.#grid.place(this.#list.indexOf(id));
    const bottom = y + this.#grid.rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    if (y < scrollTop) this.scroller.scrollTop = y;
    else if (bottom > scrollTop + clientHeight) this.scroller.scrollTop = bottom - clientHeight;
    this.render();
  }

  /** A point of the window as a point of the strip. */
  toStrip(x: number, y: number): { readonly x: number; readonly y: number } {
    const { left, top } = this.root.getBoundingClientRect();
    return { x: x - left, y: y - top };
  }

  /** For what comes in bursts: scrolling, resizing, thumbnails. What the visitor does is shown at once. */
  #soon(): void {
    if (this.#asked) return;
    this.#asked = true;
    requestAnimationFrame(() => this.render());
  }

  render(): void {
    this.#asked = false;
    const { items } = this.#list;
    const badIndex = this.badImage.id === null ? -1 : this.#list.indexOf(this.badImage.id);
    this.badImage.root.hidden = badIndex < 0;
    const message = badIndex < 0 ? null : { index: badIndex, height: this.badImage.root.offsetHeight };
    this.#shape = this.#firstShape() ?? this.#shape;
    this.#grid = new Grid(this.root.clientWidth, items.length, this.#shape, message);
    this.root.style.height = `${this.#grid.height}px`;
    if (message !== null) this.badImage.place(this.#grid.messageTop(badIndex), this.#grid.place(badIndex).x);

    const { scrollTop, clientHeight } = this.scroller;
    const [first, last] = this.#grid.between(scrollTop - clientHeight / 2, scrollTop + clientHeight * 1.5);
    const [seenFirst, seenLast] = this.#grid.between(scrollTop, scrollTop + clientHeight);
    const focused = document.activeElement?.closest<HTMLElement>(".tile")?.dataset.id;
    const shown = items
      .map((item, index) => ({ item, index }))
      .filter(
        ({ item, index }) => (index >= first && index < last) || this.#held.has(item.id) || String(item.id) === focused,
      );
    this.#keep(shown.map(({ item }) => item));
    for (const { item, index } of shown) this.#show(item, index, badIndex);
    this.#thumbnails.want(items.slice(seenFirst, seenLast).map((item) => item.file));
  }

  /** The elements of these items, in this order; elements that stay are not moved, as moving one takes its focus away. */
  #keep(items: readonly Item[]): void {
    const kept = new Set(items.map((item) => item.id));
    const focused = document.activeElement;
    for (const [id, tile] of this.#tiles) {
      if (kept.has(id)) continue;
      this.#tiles.delete(id);
      tile.root.remove();
    }
    for (const [index, item] of items.entries()) {
      let tile = this.#tiles.get(item.id);
      if (tile !== undefined && tile.item !== item) {
        tile.root.remove(); // the same place with other seconds
        tile = undefined;
      }
      if (tile === undefined) {
        tile = new Tile(item);
        this.#tiles.set(item.id, tile);
      }
      const there = this.root.children[index];
      if (there !== tile.root) this.root.insertBefore(tile.root, there ?? null);
    }
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected)
      focused.focus({ preventScroll: true });
  }

  #show(item: Item, index: number, badIndex: number): void {
    const tile = this.#tiles.get(item.id);
    if (tile === undefined) return;
    const { x, y } = this.#grid.place(index);
    tile.place(x, y, this.#grid.tileWidth, this.#grid.pictureHeight);
    tile.show({
      index,
      count: this.#list.items.length,
      selected: this.#selection.ids.has(item.id),
      current: this.#selection.current === item.id,
      bad: index === badIndex,
    });
    void tile.draw(this.#thumbnails.of(item.file));
  }

  /** All tiles have the shape of the first picture, which is the video's by default. */
  #firstShape(): number | undefined {
    const first = this.#list.items[0];
    const thumbnail = first === undefined ? null : this.#thumbnails.of(first.file);
    return thumbnail == null ? undefined : thumbnail.width / thumbnail.height;
  }
}
