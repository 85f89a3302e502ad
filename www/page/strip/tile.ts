import type { Thumbnail } from "../../shared/messages.ts";
import { element, part, showText } from "../dom.ts";
import type { Item } from "../model/image-list.ts";
import { words } from "../words/words.ts";

/** Characters at the end of a name that always stay visible: "0007.jpeg" tells frames apart, their common start does not. */
const TAIL = 9;

/** What is to be seen of one image at its place. */
export interface TileState {
  readonly index: number;
  readonly count: number;
  readonly selected: boolean;
  readonly current: boolean;
  readonly bad: boolean;
}

/** One image of the strip: its picture, name and buttons. It exists only while it is near the part of the strip that is seen. */
export class Tile {
  readonly item: Item;
  readonly root: HTMLLIElement;
  readonly face: HTMLButtonElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #number: HTMLElement;
  readonly #kind: HTMLElement;
  readonly #seconds: HTMLElement;
  readonly #remove: HTMLButtonElement;
  #shown: Thumbnail | null | undefined;

  constructor(item: Item) {
    const copy = document.importNode(element("tile", HTMLTemplateElement).content, true);
    this.item = item;
    this.root = part(copy, ".tile", HTMLLIElement);
    this.face = part(copy, ".tile-face", HTMLButtonElement);
    this.#canvas = part(copy, "canvas", HTMLCanvasElement);
    this.#number = part(copy, ".tile-number", HTMLElement);
    this.#kind = part(copy, ".tile-kind", HTMLElement);
    this.#seconds = part(copy, ".tile-seconds-mark", HTMLElement);
    this.#remove = part(copy, ".tile-remove", HTMLButtonElement);
    this.root.dataset.id = String(item.id);
    part(copy, ".tile-name", HTMLElement).title = item.name;
    part(copy, ".tile-head", HTMLElement).textContent = item.label.slice(0, -TAIL);
    part(copy, ".tile-tail", HTMLElement).textContent = item.label.slice(-TAIL);
  }

  show({ index, count, selected, current, bad }: TileState): void {
    const { item } = this;
    this.root.setAttribute("aria-posinset", String(index + 1));
    this.root.setAttribute("aria-setsize", String(count));
    this.root.classList.toggle("is-bad", bad);
    this.face.setAttribute("aria-label", words().tile(item.label, index + 1, count));
    this.face.setAttribute("aria-pressed", String(selected));
    this.#number.textContent = String(index + 1);
    showText(this.#seconds, item.seconds === null ? null : words().tileSeconds(item.seconds));
    this.#remove.setAttribute("aria-label", words().removeOne(item.label));
    // Of all tiles only the current one is a stop of the Tab key; the arrow keys go to the others.
    this.face.tabIndex = current ? 0 : -1;
    this.#remove.tabIndex = current ? 0 : -1;
  }

  place(x: number, y: number, width: number, pictureHeight: number): void {
    this.root.style.transform = `translate(${x}px, ${y}px)`;
    this.root.style.width = `${width}px`;
    this.face.style.height = `${pictureHeight}px`;
  }

  /** Draws the thumbnail; where the browser cannot decode the picture, its kind stands in its place: "TIFF". */
  async draw(thumbnail: Thumbnail | null | undefined): Promise<void> {
    if (thumbnail === this.#shown) return;
    this.#shown = thumbnail;
    this.#canvas.hidden = thumbnail === null;
    if (thumbnail === null) {
      const extension = /\.([^.]{1,5})$/.exec(this.item.label)?.[1];
      showText(this.#kind, extension === undefined ? words().noPreview : extension.toUpperCase());
    } else if (thumbnail !== undefined) {
      const bitmap = await createImageBitmap(thumbnail.small);
      if (this.#shown === thumbnail) {
        this.#canvas.width = bitmap.width;
        this.#canvas.height = bitmap.height;
        this.#canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
      }
      bitmap.close();
    }
  }
}

/** Id of the image whose tile an event came from, or null. */
export function tileId(target: EventTarget | null): number | null {
  const tile = target instanceof Element ? target.closest<HTMLElement>(".tile") : null;
  return tile === null ? null : Number(tile.dataset.id);
}
