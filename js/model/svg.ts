/** Bytes of a file that are looked at to tell an SVG drawing: its root stands behind declarations, entities and comments. */
export const SVG_WINDOW = 65_536;

/** Whether a text is an SVG drawing, or begins as one; its root may have a namespace's prefix. */
export function isSvg(text: string): boolean {
  return /<(?:[\w-]+:)?svg[\s>/]/.test(text);
}

/**
 * The text of an XML file: in UTF-16 where its first bytes say so, else as its declaration says (XML 1.0, 4.3.3 and annex F),
 * else in UTF-8.
 */
export function xmlText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return decode(bytes, "utf-16le");
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return decode(bytes, "utf-16be");
  const start = decode(bytes.subarray(0, 200), "latin1");
  const encoding = /^<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(start.replace(/^\xef\xbb\xbf/, ""))?.[1];
  return decode(bytes, encoding ?? "utf-8");
}

function decode(bytes: Uint8Array, encoding: string): string {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch {
    // No encoding that anybody knows.
    return new TextDecoder().decode(bytes);
  }
}

/** Width and height as attributes of the root say them, or null where it has none. */
export interface SvgSides {
  width: string | null;
  height: string | null;
}

/**
 * Sides for a drawing that does not say both, from its viewBox: browsers disagree about those (SVG 2, 7.2 and 8.12 leave them to
 * the page). Null where they are said, or there is nothing to go by.
 */
export function sidesOf({ width, height, viewBox }: SvgSides & { viewBox: string | null }): SvgSides | null {
  const [wide, high] = [ownLength(width), ownLength(height)];
  if (wide && high) return null;
  const [, , across, down] = (viewBox ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  if (!across || !down || !(across > 0) || !(down > 0)) return null;
  if (wide) return { width, height: `${(wide.number * down) / across}${wide.unit}` };
  if (high) return { width: `${(high.number * across) / down}${high.unit}`, height };
  return { width: String(across), height: String(down) };
}

/** A length that does not depend on where the drawing is shown. */
function ownLength(text: string | null): { number: number; unit: string } | null {
  const [, number, unit] = /^\s*(\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? "") ?? [];
  return number === undefined || unit === undefined ? null : { number: Number(number), unit };
}
