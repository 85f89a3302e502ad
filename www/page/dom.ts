/**
 * The element with this id, checked to be of the wanted class.
 *
 * @throws Error naming the id when index.html and the script disagree.
 */
export function element<T extends Element>(id: string, kind: new (...args: never[]) => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} with id "${id}"`);
  return found;
}

/** As {@link element}, for the one match of a selector below `root`. */
export function part<T extends Element>(root: ParentNode, selector: string, kind: new (...args: never[]) => T): T {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`index.html has no ${kind.name} that matches "${selector}"`);
  return found;
}

/** Shows `text` in `target`, or hides it when there is none. */
export function showText(target: HTMLElement, text: string | null): void {
  target.textContent = text;
  target.hidden = text === null;
}
