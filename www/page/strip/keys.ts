import type { ImageList } from "../model/image-list.ts";
import type { Selection } from "../model/selection.ts";
import type { Arranging } from "./arranging.ts";
import type { Strip } from "./strip.ts";
import { tileId } from "./tile.ts";

/** Clicks, taps and keys on the strip. */
export function makeSelectable(strip: Strip, list: ImageList, selection: Selection, arranging: Arranging): void {
  strip.root.addEventListener("click", (event) => {
    const id = tileId(event.target);
    if (id === null || !(event.target instanceof Element)) return;
    if (event.target.closest(".tile-remove") !== null) return arranging.remove(new Set([id]));
    if (event.shiftKey) selection.extendTo(id);
    // Keys (detail 0) and fingers have no ctrl to hold: each of their presses adds to the selection.
    else if (event.ctrlKey || event.metaKey || event.detail === 0 || isTouch(event)) selection.toggle(id);
    else selection.only(id);
  });
  strip.root.addEventListener("focusin", (event) => {
    const id = tileId(event.target);
    if (id !== null) selection.setCurrent(id);
  });
  strip.root.addEventListener("keydown", (event) => {
    const id = tileId(event.target);
    if (id !== null && onTile(event, id, { strip, list, selection, arranging })) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (isTyping(event.target) || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) list.undo();
    else if (key === "y" || key === "z") list.redo();
    else return;
    event.preventDefault();
  });
}

interface Parts {
  readonly strip: Strip;
  readonly list: ImageList;
  readonly selection: Selection;
  readonly arranging: Arranging;
}

/** Whether the key meant something. */
function onTile(event: KeyboardEvent, id: number, { strip, list, selection, arranging }: Parts): boolean {
  const index = list.indexOf(id);
  const target = targetIndex(event.key, index, list.items.length - 1, strip.grid.columns);
  if (target !== null) {
    if (event.ctrlKey || event.metaKey) return false;
    if (event.altKey) arranging.moveBy(target - index);
    else {
      if (event.shiftKey) selection.extendTo(list.items[target]?.id ?? id);
      strip.focus(target);
    }
    return true;
  }
  const withControl = event.ctrlKey || event.metaKey;
  if (event.key === "Delete" || event.key === "Backspace")
    arranging.remove(selection.ids.has(id) ? selection.ids : new Set([id]));
  else if (event.key === "Escape") selection.clear();
  else if (withControl && event.key.toLowerCase() === "a") selection.all();
  else if (withControl && event.key.toLowerCase() === "d") arranging.duplicate();
  else return false;
  return true;
}

/** Where a key leads from `index`, or null if it is not a key that leads anywhere. */
function targetIndex(key: string, index: number, last: number, columns: number): number | null {
  if (key === "ArrowUp" || key === "ArrowDown") {
    const to = index + columns * (key === "ArrowUp" ? -1 : 1);
    return to < 0 || to > last ? index : to;
  }
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -index, End: last - index };
  const step = steps[key];
  return step === undefined ? null : Math.min(Math.max(index + step, 0), last);
}

function isTouch(event: MouseEvent): boolean {
  return event instanceof PointerEvent && event.pointerType === "touch";
}

/** Fields have an undo of their own. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && !["range", "checkbox", "radio", "color"].includes(target.type);
}
