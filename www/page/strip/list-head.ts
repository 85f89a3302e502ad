import { element, showText } from "../dom.ts";
import type { ImageList, Order } from "../model/image-list.ts";
import type { Selection } from "../model/selection.ts";
import { isValid, SECONDS_RANGE } from "../model/settings.ts";
import type { TakenDates } from "../taken-dates.ts";
import { onLanguage, words } from "../words/words.ts";
import type { Arranging } from "./arranging.ts";

const button = (id: string) => element(id, HTMLButtonElement);

/** The line above the strip: how many images, their order, undo; and the bar for the selected ones. */
export class ListHead {
  readonly #list: ImageList;
  readonly #selection: Selection;
  readonly #order = element("order", HTMLSelectElement);
  readonly #seconds = element("tile-seconds", HTMLInputElement);

  constructor(list: ImageList, selection: Selection, arranging: Arranging, dates: TakenDates) {
    this.#list = list;
    this.#selection = selection;
    const onClick = (id: string, action: () => void) => button(id).addEventListener("click", action);
    this.#order.addEventListener("change", () => void this.#sort(this.#order.value as Order, dates));
    onClick("reverse-order", () => list.reverse());
    onClick("undo", () => list.undo());
    onClick("redo", () => list.redo());
    onClick("select-all", () => selection.all());
    onClick("clear", () => {
      list.clear();
      element("files", HTMLInputElement).focus();
    });
    onClick("earlier", () => arranging.moveBy(-1));
    onClick("later", () => arranging.moveBy(1));
    onClick("duplicate", () => arranging.duplicate());
    onClick("remove", () => arranging.remove(selection.ids));
    onClick("deselect", () => selection.clear());
    this.#seconds.addEventListener("change", () => this.#setSeconds());
    list.addEventListener("change", () => this.#show());
    selection.addEventListener("change", () => this.#show());
    onLanguage(() => this.#show());
  }

  async #sort(order: Order, dates: TakenDates): Promise<void> {
    if (order === "hand") return;
    if (order === "taken") {
      const line = element("dates-line", HTMLElement);
      showText(line, words().readingDates);
      await dates.read(this.#list.items.map((item) => item.file)).finally(() => {
        line.hidden = true;
      });
    }
    this.#list.sort(order);
  }

  #setSeconds(): void {
    const value = this.#seconds.valueAsNumber;
    const empty = this.#seconds.value === "" && !this.#seconds.validity.badInput;
    if (!empty && !isValid("seconds", value)) {
      this.#seconds.setCustomValidity(words().numberRange(SECONDS_RANGE.min, SECONDS_RANGE.max));
      this.#seconds.reportValidity();
      return;
    }
    this.#seconds.setCustomValidity("");
    this.#list.setSeconds(this.#selection.ids, empty ? null : value);
  }

  #show(): void {
    const { items, order } = this.#list;
    element("count", HTMLElement).textContent = words().images(items.length);
    element("list-head", HTMLElement).hidden = items.length === 0 && !this.#list.canUndo && !this.#list.canRedo;
    element("order-field", HTMLElement).hidden = items.length < 2;
    element("order-by-hand", HTMLOptionElement).hidden = order !== "hand";
    element("order-by-hand", HTMLOptionElement).disabled = order !== "hand";
    this.#order.value = order;
    for (const id of ["reverse-order", "select-all", "clear"]) button(id).hidden = items.length === 0;
    button("undo").disabled = !this.#list.canUndo;
    button("redo").disabled = !this.#list.canRedo;

    const { ids } = this.#selection;
    element("selection-bar", HTMLElement).hidden = ids.size === 0;
    element("selected-count", HTMLElement).textContent = words().selected(ids.size);
    this.#seconds.placeholder = words().asAll;
    if (document.activeElement === this.#seconds) return;
    const chosen = new Set(items.filter((item) => ids.has(item.id)).map((item) => item.seconds));
    const [only] = chosen;
    this.#seconds.value = chosen.size === 1 && only != null ? String(only) : "";
  }
}
