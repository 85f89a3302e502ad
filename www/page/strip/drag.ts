import { element } from "../dom.ts";
import type { Selection } from "../model/selection.ts";
import type { Arranging } from "./arranging.ts";
import type { Strip } from "./strip.ts";
import { tileId } from "./tile.ts";

/** Milliseconds a finger rests on a tile before it drags: a shorter touch scrolls. */
const TOUCH_DELAY = 220;
/** Pixels the pointer travels before a press becomes a drag: a still press selects the tile. */
const DRAG_START = 5;
/** Within so many pixels of its edges the strip scrolls under a drag, by at most so many a frame. */
const EDGE = 48;
const FASTEST = 18;

/**
 * Moving images by mouse, pen and finger, all selected ones at once. Own code, as libraries that reorder need every element
 * in the document, and of this strip only what is seen is there.
 */
export class Drag {
  readonly #strip: Strip;
  readonly #selection: Selection;
  readonly #arranging: Arranging;
  readonly #mark = element("drop-mark", HTMLElement);
  #press: { id: number; x: number; y: number; touch: boolean; timer: number } | null = null;
  #dragged: { ids: ReadonlySet<number>; ghost: HTMLElement; slot: number } | null = null;
  #pointer = { x: 0, y: 0 };

  constructor(strip: Strip, selection: Selection, arranging: Arranging) {
    this.#strip = strip;
    this.#selection = selection;
    this.#arranging = arranging;
    const { root } = strip;
    root.addEventListener("pointerdown", (event) => this.#down(event));
    addEventListener("pointermove", (event) => this.#move(event));
    addEventListener("pointerup", () => this.#up());
    addEventListener("pointercancel", () => this.#end());
    addEventListener("keydown", (event) => event.key === "Escape" && this.#end(), { capture: true });
    // Only an active listener can keep the browser from scrolling with the finger.
    root.addEventListener("touchmove", (event) => this.#dragged !== null && event.preventDefault(), { passive: false });
    root.addEventListener("contextmenu", (event) => this.#press?.touch && event.preventDefault());
    root.addEventListener("dragstart", (event) => event.preventDefault());
  }

  #down(event: PointerEvent): void {
    const id = tileId(event.target);
    const onFace = event.target instanceof Element && event.target.closest(".tile-face") !== null;
    if (id === null || !onFace || event.button !== 0 || !event.isPrimary) return;
    const touch = event.pointerType === "touch";
    const timer = touch ? setTimeout(() => this.#begin(), TOUCH_DELAY) : 0;
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#press = { id, ...this.#pointer, touch, timer };
  }

  #move(event: PointerEvent): void {
    if (this.#press === null) return;
    this.#pointer = { x: event.clientX, y: event.clientY };
    if (this.#dragged !== null) {
      this.#follow();
      return;
    }
    const { x, y, touch } = this.#press;
    if (Math.hypot(event.clientX - x, event.clientY - y) < DRAG_START) return;
    if (touch) this.#end();
    else this.#begin();
  }

  #begin(): void {
    if (this.#press === null || this.#dragged !== null) return;
    const { id } = this.#press;
    const ids = this.#selection.ids.has(id) ? this.#selection.ids : new Set([id]);
    const face = this.#strip.tile(id)?.face;
    if (face === undefined) return;
    this.#dragged = { ids, ghost: ghostOf(face, ids.size), slot: -1 };
    this.#strip.held = new Set([id]);
    this.#strip.root.classList.add("is-dragging");
    this.#follow();
    this.#scrollAtEdges();
  }

  /** The ghost under the pointer, and the mark where the images would go. */
  #follow(): void {
    if (this.#dragged === null) return;
    const { x, y } = this.#pointer;
    this.#dragged.ghost.style.transform = `translate(${x}px, ${y}px)`;
    const at = this.#strip.toStrip(x, y);
    this.#dragged.slot = this.#strip.grid.slotAt(at.x, at.y);
    const mark = this.#strip.grid.mark(this.#dragged.slot, at.x);
    this.#mark.hidden = false;
    this.#mark.style.transform = `translate(${mark.x}px, ${mark.y}px)`;
    this.#mark.style.height = `${this.#strip.grid.pictureHeight}px`;
  }

  #scrollAtEdges(): void {
    if (this.#dragged === null) return;
    const { scroller } = this.#strip;
    const { top, bottom } = scroller.getBoundingClientRect();
    const above = top + EDGE - this.#pointer.y;
    const below = this.#pointer.y - (bottom - EDGE);
    const by = above > 0 ? -above : Math.max(0, below);
    if (by !== 0) {
      scroller.scrollTop += Math.max(-FASTEST, Math.min(FASTEST, by / 2));
      this.#follow();
    }
    requestAnimationFrame(() => this.#scrollAtEdges());
  }

  #up(): void {
    const dragged = this.#dragged;
    this.#end();
    if (dragged === null) return;
    // The release is also a click, which would select the tile.
    const swallow = (event: Event) => event.stopPropagation();
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }));
    this.#arranging.moveTo(dragged.ids, dragged.slot);
  }

  #end(): void {
    if (this.#press !== null) clearTimeout(this.#press.timer);
    this.#press = null;
    if (this.#dragged === null) return;
    this.#dragged.ghost.remove();
    this.#dragged = null;
    this.#mark.hidden = true;
    this.#strip.root.classList.remove("is-dragging");
    this.#strip.held = new Set();
  }
}

/** A copy of the picture that hangs from the pointer, with the number of images where there are several. */
function ghostOf(face: HTMLElement, count: number): HTMLElement {
  const ghost = document.createElement("div");
  ghost.className = "ghost";
  ghost.ariaHidden = "true";
  const canvas = document.createElement("canvas");
  const source = face.querySelector("canvas");
  canvas.width = source?.width ?? 0;
  canvas.height = source?.height ?? 0;
  if (source !== null && source.width > 0) canvas.getContext("2d")?.drawImage(source, 0, 0);
  ghost.append(canvas);
  if (count > 1) {
    const badge = document.createElement("span");
    badge.textContent = String(count);
    ghost.append(badge);
  }
  ghost.style.width = `${face.clientWidth}px`;
  ghost.style.height = `${face.clientHeight}px`;
  document.body.append(ghost);
  return ghost;
}
