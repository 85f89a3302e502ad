// What a hostile file may end in: a code of an error, or a picture.

export const CORRUPT = ["corrupt-image"];
export const BROKEN = ["corrupt-image", "unsupported-image"];
/** Broken for us; Chromium, which is asked then, shows grey where data are missing before the end marker. */
export const MISSING = ["corrupt-image", "picture"];
export const LIMIT = ["limit"];
export const TOO_MUCH = ["limit", "corrupt-image", "unsupported-image"];
export const PICTURE = ["picture"];
/** What is broken may lie where nobody looks. */
export const ANY = ["corrupt-image", "unsupported-image", "limit", "picture"];

export const file = (name, bytes, ends) => ({ name, bytes, ends });
