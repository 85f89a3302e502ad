// What a hostile file may end in: a code of an error, or a picture.

export const CORRUPT = ["corrupt-image"];
export const BROKEN = ["corrupt-image", "unsupported-image"];
export const LIMIT = ["limit"];
export const TOO_MUCH = ["limit", "corrupt-image", "unsupported-image"];
export const PICTURE = ["picture"];
/** What is broken may lie where nobody looks. */
export const ANY = ["corrupt-image", "unsupported-image", "limit", "picture"];

export const file = (name, bytes, ends) => ({ name, bytes, ends });
