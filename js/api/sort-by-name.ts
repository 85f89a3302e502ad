/** Compares digits by their value, and letters whatever their case or accent stands for in the reader's own alphabet. */
let collator: Intl.Collator | undefined;

/**
 * Files in the order a person would put them: frame2 before frame10. Returns a new array; files of one name keep their order.
 *
 * @param files anything with a `name`, such as `input.files`, or plain names
 */
export function sortByName<Item extends { readonly name: string } | string>(
  files: Iterable<Item> | ArrayLike<Item>,
): Item[] {
  collator ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const compare = collator.compare;
  return Array.from(files).sort((a, b) => compare(nameOf(a), nameOf(b)) || compareCodes(nameOf(a), nameOf(b)));
}

function nameOf(item: { readonly name: string } | string): string {
  return typeof item === "string" ? item : item.name;
}

/** Makes the order complete: A.png and a.png are alike to the collator, and must not depend on where they came from. */
function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
