/** Compares digits by their value, and letters whatever their case or accent stands for in the reader's own alphabet. */
let collator: Intl.Collator | undefined;

/** A file in a folder that was picked has its path here; otherwise it is empty or absent. */
interface WithPath {
  readonly webkitRelativePath?: unknown;
}

/** A name taken apart. */
interface Place {
  /** Folders on the way, from the outermost on. */
  folders: readonly string[];
  /** The name without its extension. */
  stem: string;
  extension: string;
  /** All of it. */
  path: string;
}

/**
 * Files in the order a person would put them: folder by folder, frame2 before frame10, frame.png before frame (1).png. Returns a
 * new array; files of one name keep their order.
 *
 * @param files anything with a `name`, such as `input.files`, or plain names. Slashes in a name, and the `webkitRelativePath` of
 *   files from a picked folder, stand for folders
 */
export function sortByName<Item extends { readonly name: string } | string>(
  files: Iterable<Item> | ArrayLike<Item>,
): Item[] {
  const placed = Array.from(files, (item) => ({ item, place: placeOf(item) }));
  return placed.sort((a, b) => comparePlaces(a.place, b.place)).map(({ item }) => item);
}

function placeOf(item: { readonly name: string } | string): Place {
  const path = typeof item === "string" ? item : (item as WithPath).webkitRelativePath || item.name;
  const folders = String(path).split("/");
  const name = folders.pop() as string;
  // A name that begins with its only dot has no extension.
  const [, stem = name, extension = ""] = /^(.+)\.([^.]*)$/s.exec(name) ?? [];
  return { folders, stem, extension, path: String(path) };
}

/** Folders come before names, and a folder's own files before those of folders inside it. */
function comparePlaces(a: Place, b: Place): number {
  collator ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const { compare } = collator;
  const depth = Math.min(a.folders.length, b.folders.length);
  for (let level = 0; level < depth; level++) {
    const [one, other] = [a.folders[level] as string, b.folders[level] as string];
    const order = compare(one, other) || compareCodes(one, other);
    if (order !== 0) return order;
  }
  return (
    a.folders.length - b.folders.length ||
    compare(a.stem, b.stem) ||
    compare(a.extension, b.extension) ||
    compareCodes(a.path, b.path)
  );
}

/** Makes the order complete: A.png and a.png are alike to the collator, and must not depend on where they came from. */
function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
