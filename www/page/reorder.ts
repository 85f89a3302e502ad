import Sortable from "sortablejs";
import type { ImageList } from "./image-list.ts";
import type { Strip } from "./strip.ts";

/** Milliseconds a finger rests on a tile before it drags: a shorter touch scrolls the page. */
const TOUCH_DELAY = 180;

/** Pixels the pointer travels before a press becomes a drag: a still press selects the tile. */
const DRAG_START = 4;

/** Moves images by dragging (mouse, pen, touch) and by keyboard. */
export function makeReorderable(strip: Strip, list: ImageList): void {
  dragging(strip, list);
  keyboard(strip, list);
}

function dragging(strip: Strip, list: ImageList): void {
  let justDragged = false;
  Sortable.create(strip.root, {
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
    handle: ".tile-face",
    delay: TOUCH_DELAY,
    delayOnTouchOnly: true,
    forceFallback: true, // pointer events instead of the browser's drag and drop: one look everywhere, and no clash with file drops
    fallbackTolerance: DRAG_START,
    ghostClass: "is-gap",
    fallbackClass: "is-dragged",
    onStart: () => strip.unselect(),
    onEnd: ({ item, newIndex }) => {
      justDragged = true;
      setTimeout(() => {
        justDragged = false;
      });
      if (newIndex !== undefined) list.move(Number(item.dataset.id), newIndex);
    },
  });
  // The release of a drag is also a click on the tile, which would select it.
  strip.root.addEventListener("click", (event) => justDragged && event.stopPropagation(), { capture: true });
}

function keyboard(strip: Strip, list: ImageList): void {
  strip.root.addEventListener("focusin", (event) => {
    const id = tileId(event.target);
    if (id !== null) strip.setCurrent(id);
  });

  strip.root.addEventListener("keydown", (event) => {
    const id = tileId(event.target);
    if (id === null || event.ctrlKey || event.altKey || event.metaKey) return;
    const index = list.indexOf(id);
    const target = targetIndex(event.key, index, strip.root);
    if (target !== null) {
      if (strip.selectedId === id) strip.moveTo(id, target);
      else strip.focus(target);
    } else if (event.key === "Delete" || event.key === "Backspace") strip.remove(id);
    else if (event.key === "Escape" && strip.selectedId !== null) strip.putBack();
    else return;
    event.preventDefault();
  });
}

function tileId(target: EventTarget | null): number | null {
  const tile = target instanceof Element ? target.closest<HTMLElement>(".tile") : null;
  return tile === null ? null : Number(tile.dataset.id);
}

/** Where a key leads from `index`, or null if it is not a key that leads anywhere. */
function targetIndex(key: string, index: number, strip: HTMLElement): number | null {
  const last = strip.children.length - 1;
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -index, End: last - index };
  if (key === "ArrowUp" || key === "ArrowDown") {
    const row = columns(strip) * (key === "ArrowUp" ? -1 : 1);
    return index + row < 0 || index + row > last ? index : index + row;
  }
  const step = steps[key];
  return step === undefined ? null : Math.min(Math.max(index + step, 0), last);
}

/** Columns of the grid as it is laid out now. */
function columns(strip: HTMLElement): number {
  return getComputedStyle(strip).gridTemplateColumns.split(" ").length;
}
