import { element, showText } from "../dom.ts";
import type { Incoming } from "../model/image-list.ts";
import { onLanguage, words } from "../words/words.ts";
import { filesOfDrop } from "./dropped-files.ts";
import { type Sifted, sift } from "./sift.ts";

/** The name browsers give to every picture pasted from another program. */
const PASTED_NAME = "image.png";

/** Names that are listed; what more there is, is counted. */
const MOST_LISTED = 200;

/**
 * Takes images in by the file and folder dialogs, by dropping files, folders or archives anywhere on the page, and by paste, and
 * hands them to `accept`. What is no image is listed below, never fatal.
 */
export function takeImagesIn(accept: (files: readonly Incoming[]) => void): void {
  const report = new Report();
  let turn = Promise.resolve();
  const take = (files: Promise<readonly Incoming[]>) => {
    // One after the other: two picks in a row must not overtake each other.
    turn = turn.then(async () => {
      try {
        const sifted = await sift(await files, (name, images) => report.busy(name, images));
        report.show(sifted);
        accept(sifted.images);
      } catch {
        report.failed();
      }
    });
  };
  byDialog(element("files", HTMLInputElement), take);
  const folder = element("folder", HTMLInputElement);
  byDialog(folder, take);
  element("choose-folder", HTMLButtonElement).addEventListener("click", () => folder.click());
  byDrop(element("drop", HTMLElement), take);
  byPaste(take);
}

function byDialog(input: HTMLInputElement, take: (files: Promise<Incoming[]>) => void): void {
  input.addEventListener("change", () => {
    const files = Array.from(input.files ?? [], (file) => ({ path: file.webkitRelativePath || file.name, file }));
    input.value = ""; // so that picking the same files again is a change again
    take(Promise.resolve(files));
  });
}

function byDrop(zone: HTMLElement, take: (files: Promise<Incoming[]>) => void): void {
  // Leaving one element and entering the next fires both events: only their balance tells whether the drag is still over the page.
  let depth = 0;
  const hover = (change: number) => {
    depth = Math.max(0, depth + change);
    zone.classList.toggle("is-over", depth > 0);
  };
  addEventListener("dragenter", (event) => carriesFiles(event) && hover(1));
  addEventListener("dragleave", (event) => carriesFiles(event) && hover(-1));
  addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
  addEventListener("drop", (event) => {
    if (event.dataTransfer === null || !carriesFiles(event)) return;
    event.preventDefault();
    hover(-depth);
    take(filesOfDrop(event.dataTransfer));
  });
}

function byPaste(take: (files: Promise<Incoming[]>) => void): void {
  let pasted = 0;
  addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    const named = files.map((file) => (file.name === PASTED_NAME ? renamed(file, `pasted-${++pasted}.png`) : file));
    take(Promise.resolve(named.map((file) => ({ path: file.name, file }))));
  });
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function renamed(file: File, name: string): File {
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}

/** What the visitor is told of the last pick. */
class Report {
  readonly #line = element("intake-line", HTMLElement);
  readonly #skipped = element("skipped", HTMLDetailsElement);
  readonly #summary = element("skipped-summary", HTMLElement);
  readonly #list = element("skipped-list", HTMLUListElement);
  #last: Sifted | null = null;

  constructor() {
    onLanguage(() => this.#last !== null && this.show(this.#last));
  }

  busy(name: string, images: number): void {
    showText(this.#line, words().unpacking(name, images));
  }

  failed(): void {
    showText(this.#line, words().dropFailed);
  }

  show(sifted: Sifted): void {
    this.#last = sifted;
    const { skipped, badArchives } = sifted;
    showText(this.#line, badArchives.length === 0 ? null : badArchives.map(words().badArchive).join(" "));
    this.#skipped.hidden = skipped.length === 0;
    this.#summary.textContent = words().skipped(skipped.length);
    const lines = skipped.slice(0, MOST_LISTED);
    if (skipped.length > lines.length) lines.push(`+ ${skipped.length - lines.length}`);
    this.#list.replaceChildren(
      ...lines.map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }),
    );
  }
}
