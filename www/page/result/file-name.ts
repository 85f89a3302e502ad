import type { Item } from "../model/image-list.ts";

/** For images whose names have nothing in common. */
const FALLBACK = "framereel";

/**
 * A name for what is made of these images, without an extension: the folder they came in, or else what their names begin
 * with: "walk" for walk_0001.png to walk_0240.png.
 */
export function fileName(items: readonly Item[]): string {
  const folders = new Set(items.map(({ name, label }) => name.slice(0, -label.length)));
  const [folder] = folders;
  const last = folders.size === 1 ? folder?.split("/").filter(Boolean).at(-1) : undefined;
  return clean(last ?? commonStart(items.map((item) => item.label.replace(/\.[^.]*$/, "")))) || FALLBACK;
}

function commonStart(names: readonly string[]): string {
  const [first = ""] = names;
  let length = first.length;
  for (const name of names) while (!name.startsWith(first.slice(0, length))) length -= 1;
  return names.length === 1 ? first : first.slice(0, length).replace(/\d+$/, "");
}

/** Without what file systems refuse, and without the separator before a number. */
function clean(name: string): string {
  return name
    .replace(/[\\/:*?"<>|]/g, "")
    .replace(/[\s._-]+$/, "")
    .replace(/^[\s.]+/, "");
}
