import { damaged } from "../failure.js";
import { ascii } from "./file-bytes.js";

/** A box of an MP4 file (ISO/IEC 14496-12 4.2) that is in memory, with what is in it. */
export class Box {
  readonly kind: string;
  readonly #bytes: Uint8Array;

  constructor(kind: string, contents: Uint8Array) {
    this.kind = kind;
    this.#bytes = contents;
  }

  get length(): number {
    return this.#bytes.length;
  }

  /** The boxes in it, from an offset on. One that would reach beyond its parent ends the list. */
  children(from = 0): Box[] {
    const boxes: Box[] = [];
    for (let at = from; at + 8 <= this.#bytes.length; ) {
      const head = headOf(this.#bytes, at, this.#bytes.length - at);
      if (!head) break;
      boxes.push(new Box(head.kind, this.#bytes.subarray(at + head.header, at + head.size)));
      at += head.size;
    }
    return boxes;
  }

  /** The first box at the end of a path of types. */
  find(...path: string[]): Box | undefined {
    let found: Box | undefined = this;
    for (const kind of path) found = found?.children().find((box) => box.kind === kind);
    return found;
  }

  /** The same, where the file is broken without it. */
  need(...path: string[]): Box {
    const box = this.find(...path);
    if (!box) throw damaged(`the file's index lacks ${path.at(-1)}`);
    return box;
  }

  /** A whole number of 1, 2, 4 or 8 bytes; 0 beyond the end, which whoever counts entries checks first. */
  uint(at: number, bytes: 1 | 2 | 4 | 8): number {
    let value = 0;
    for (let byte = 0; byte < bytes; byte++) value = 256 * value + (this.#bytes[at + byte] ?? 0);
    return value;
  }

  /** The version of a full box. */
  get version(): number {
    return this.uint(0, 1);
  }

  get flags(): number {
    return this.uint(0, 4) % 2 ** 24;
  }

  slice(from: number, to = this.#bytes.length): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(from, to) as Uint8Array<ArrayBuffer>;
  }
}

export interface BoxHead {
  kind: string;
  /** Bytes of the header, and of header and contents. */
  header: number;
  size: number;
}

/** The header of a box, whose size may not be more than `room`; a size of 0 means all that there is. */
export function headOf(bytes: Uint8Array, at: number, room: number): BoxHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 8 > bytes.length) return undefined;
  const short = view.getUint32(at);
  const kind = ascii(bytes, at + 4, 4);
  if (short === 1) {
    if (at + 16 > bytes.length) return undefined;
    const size = Number(view.getBigUint64(at + 8));
    return size >= 16 && size <= room ? { kind, header: 16, size } : undefined;
  }
  const size = short === 0 ? room : short;
  return size >= 8 && size <= room ? { kind, header: 8, size } : undefined;
}
