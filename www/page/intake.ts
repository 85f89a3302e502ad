import { element, showText } from "./dom.ts";
import { filesOfDrop } from "./dropped-files.ts";

/** The name browsers give to every picture pasted from another program. */
const PASTED_NAME = "image.png";

/**
 * Takes images in by the file dialog, by dropping files or folders anywhere on the page, and by paste, and hands them to
 * `accept`. Files of another kind (a text, a video) are left out, and a line says which.
 */
export function takeImagesIn(accept: (files: File[]) => void): void {
  const input = element("files", HTMLInputElement);
  const zone = element("drop", HTMLElement);
  const leftOut = element("left-out", HTMLElement);
  let pasted = 0;

  const take = (files: readonly File[]) => {
    const images = files.filter(mayBeImage);
    const others = files.filter((file) => !mayBeImage(file));
    showText(leftOut, others.length === 0 ? null : `Left out, not an image: ${listNames(others)}.`);
    accept(images);
  };

  input.addEventListener("change", () => {
    const files = Array.from(input.files ?? []);
    input.value = ""; // so that picking the same files again is a change again
    take(files);
  });

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
    filesOfDrop(event.dataTransfer).then(take, (error: unknown) => {
      showText(leftOut, `The dropped files could not be read (${String(error)}). Try the "Choose images" button.`);
    });
  });

  addEventListener("paste", (event) => {
    const files = Array.from(event.clipboardData?.files ?? []);
    if (files.length === 0) return;
    event.preventDefault();
    take(files.map((file) => (file.name === PASTED_NAME ? renamed(file, `pasted-${++pasted}.png`) : file)));
  });
}

/** A file without a known type may still be an image that framereel reads: it gets its chance. */
function mayBeImage(file: File): boolean {
  return file.type.startsWith("image/") || file.type === "";
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

function renamed(file: File, name: string): File {
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}

/** The first three names, and how many more there are. */
function listNames(files: readonly File[]): string {
  const names = files.slice(0, 3).map((file) => file.name);
  const more = files.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${more} more`;
}
