import { damaged } from "../failure.js";
import type { FileBytes } from "./file-bytes.js";
import { Pieces } from "./pieces.js";

/** A frame of a stream that has no index: each begins with its own header. */
export interface Frame {
  /** Bytes, with the header. */
  size: number;
  /** Bytes in front that are not part of the sample. */
  skip: number;
  /** What all frames of one stream have in common. */
  kind: string;
}

/** Bytes that reading a header takes. */
export const HEADER_BYTES = 10;

/** Bytes before the first frame, and the share of a file, that may be something else before it counts as damaged. */
const MOST_BEFORE = 2 ** 16;
const MOST_LOST = 1 / 100;

/** A chain of so many frames is no accident. */
const CHAIN = 3;

/**
 * Reads frames one after the other. What is none of them is skipped, as players do; where that is more than a trace, the file is
 * damaged. `parse` reads a header. Gives nothing where no frame is found near the start.
 */
export async function readFrames(
  file: FileBytes,
  { start, end }: { start: number; end: number },
  parse: (header: Uint8Array) => Frame | undefined,
): Promise<{ first: Uint8Array<ArrayBuffer>; pieces: Pieces } | undefined> {
  const scan = new FrameScan(file, end, parse);
  let at = await scan.find(start, start + MOST_BEFORE);
  if (at === undefined) return undefined;
  const head = await file.read(at, HEADER_BYTES);
  const kind = parse(head)?.kind;
  const first = (await file.read(at, parse(head)?.size ?? 0)).slice();
  const pieces = new Pieces();
  const mostLost = (end - start) * MOST_LOST;
  let lost = 0;
  while (at < end) {
    const frame = parse(await file.read(at, HEADER_BYTES));
    if (frame?.kind === kind && frame && at + frame.size <= end) {
      pieces.add(at + frame.skip, frame.size - frame.skip);
      at += frame.size;
      continue;
    }
    // The last frame may be cut off: there is nothing behind it.
    const next = await scan.find(at + 1, end, kind);
    if (next === undefined && end - at <= Math.max(mostLost, frame?.size ?? 0)) break;
    lost += (next ?? end) - at;
    if (next === undefined || lost > mostLost) throw damaged(`it holds no sound from byte ${at} on`);
    at = next;
  }
  return { first, pieces };
}

class FrameScan {
  readonly #file: FileBytes;
  readonly #end: number;
  readonly #parse: (header: Uint8Array) => Frame | undefined;

  constructor(file: FileBytes, end: number, parse: (header: Uint8Array) => Frame | undefined) {
    this.#file = file;
    this.#end = end;
    this.#parse = parse;
  }

  /** Where a chain of frames begins, from `at` on and before `limit`; of a certain kind, where one is given. */
  async find(at: number, limit: number, kind?: string): Promise<number | undefined> {
    const most = Math.min(limit, this.#end);
    for (let place = at; place < most; ) {
      const bytes = await this.#file.read(place, Math.min(MOST_BEFORE, most - place));
      const candidate = bytes.indexOf(0xff);
      if (candidate >= 0 && (await this.#isChain(place + candidate, kind))) return place + candidate;
      place += candidate < 0 ? bytes.length || most : candidate + 1;
    }
    return undefined;
  }

  async #isChain(at: number, wanted: string | undefined): Promise<boolean> {
    let kind = wanted;
    let place = at;
    for (let links = 0; links < CHAIN; links++) {
      // A chain may end with the file.
      if (links > 0 && place === this.#end) return true;
      const frame = this.#parse(await this.#file.read(place, HEADER_BYTES));
      kind ??= frame?.kind;
      if (!frame || frame.kind !== kind || place + frame.size > this.#end) return false;
      place += frame.size;
    }
    return true;
  }
}
