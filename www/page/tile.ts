import { element, part, showText } from "./dom.ts";
import type { Picked } from "./image-list.ts";

/** Characters at the end of a name that always stay visible: "0007.jpeg" tells frames apart, their common start does not. */
const TAIL = 9;

/** What a tile asks of the strip it stands in. */
export interface TileActions {
  remove(id: number): void;
  toggle(id: number): void;
  step(id: number, by: -1 | 1): void;
}

/** One image of the strip: its picture, name and buttons, and the message about it when the encode failed on it. */
export class Tile {
  readonly id: number;
  readonly name: string;
  readonly root: HTMLLIElement;
  readonly face: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  /** Width over height of the picture, once it is known. */
  shape: number | null = null;
  readonly #remove: HTMLButtonElement;
  readonly #moves: HTMLElement;
  readonly #kind: HTMLElement;
  readonly #error: HTMLElement;

  constructor(item: Picked, actions: TileActions) {
    const copy = document.importNode(element("tile", HTMLTemplateElement).content, true);
    this.id = item.id;
    this.name = item.name;
    this.root = part(copy, ".tile", HTMLLIElement);
    this.face = part(copy, ".tile-face", HTMLButtonElement);
    this.canvas = part(copy, "canvas", HTMLCanvasElement);
    this.#remove = part(copy, ".tile-remove", HTMLButtonElement);
    this.#moves = part(copy, ".tile-moves", HTMLElement);
    this.#kind = part(copy, ".tile-kind", HTMLElement);
    this.#error = part(copy, ".tile-error", HTMLElement);

    this.root.dataset.id = String(item.id);
    this.face.setAttribute("aria-label", this.name);
    this.#remove.setAttribute("aria-label", `Remove ${this.name}`);
    part(copy, ".tile-name", HTMLElement).title = this.name;
    part(copy, ".tile-head", HTMLElement).textContent = this.name.slice(0, -TAIL);
    part(copy, ".tile-tail", HTMLElement).textContent = this.name.slice(-TAIL);

    this.face.addEventListener("click", () => actions.toggle(this.id));
    this.#remove.addEventListener("click", () => actions.remove(this.id));
    part(copy, ".tile-earlier", HTMLButtonElement).addEventListener("click", () => actions.step(this.id, -1));
    part(copy, ".tile-later", HTMLButtonElement).addEventListener("click", () => actions.step(this.id, 1));
  }

  /** Of all tiles only the current one is a stop of the Tab key; the arrow keys go to the others. */
  set current(current: boolean) {
    this.face.tabIndex = current ? 0 : -1;
    this.#remove.tabIndex = current ? 0 : -1;
  }

  /** Selected for moving by arrow keys or by its own arrow buttons. */
  set selected(selected: boolean) {
    this.face.setAttribute("aria-pressed", String(selected));
    this.#moves.hidden = !selected;
  }

  /** Where the browser cannot draw the picture, its kind stands in its place: "TIFF". */
  showKind(): void {
    const extension = /\.([^.]{1,5})$/.exec(this.name)?.[1];
    showText(this.#kind, extension === undefined ? "no preview" : extension.toUpperCase());
    this.canvas.hidden = true;
  }

  /** What went wrong with this image, or null. */
  set error(message: string | null) {
    showText(this.#error, message);
    this.root.classList.toggle("is-bad", message !== null);
  }
}
