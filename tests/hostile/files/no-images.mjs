// What is no image, and drawings that are too much.
import { BROKEN, CORRUPT, file, TOO_MUCH } from "../ends.mjs";

export function noImages() {
  const laughs = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join("");
  return [
    file("zero-bytes.png", Buffer.alloc(0), CORRUPT),
    file("one-byte.jpg", Buffer.from([0xff]), BROKEN),
    file("web-page.png", Buffer.from("<!doctype html><title>Not found</title><p>404"), ["unsupported-image"]),
    file("zeros.png", Buffer.alloc(100_000), BROKEN),
    file(
      "laughs.svg",
      Buffer.from(
        `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&l9;</text></svg>`,
      ),
      [...BROKEN, "picture"],
    ),
    file("huge.svg", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="50000" height="50000"/>'), TOO_MUCH),
  ];
}
