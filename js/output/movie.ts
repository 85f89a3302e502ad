import { FramereelError } from "../model/errors.js";
import type { EncodedGroup, MovieSettings, PixelSize } from "../protocol/core.js";
import type { Times } from "../protocol/messages.js";

type ParameterSets = Pick<EncodedGroup, "sps" | "pps">;

/** What the file says of its picture: the size, and the parameter sets of the encoded groups. */
export class Movie {
  readonly #size: PixelSize;
  #sets: ParameterSets | undefined;

  constructor({ width, height }: PixelSize) {
    this.#size = { width, height };
  }

  /** Takes the parameter sets of a group. All groups must have the same: the file holds them once (ISO/IEC 14496-15 5.3.3.1). */
  accept({ sps, pps }: ParameterSets): void {
    const known = this.#sets;
    this.#sets ??= { sps, pps };
    if (known && !(sameBytes(known.sps, sps) && sameBytes(known.pps, pps))) {
      throw new FramereelError(
        "internal",
        "Two groups of the video were encoded with different parameter sets. Please report it.",
      );
    }
  }

  /** Everything but the times. */
  get picture(): Omit<MovieSettings, keyof Times> {
    if (!this.#sets)
      throw new FramereelError("internal", "The file was asked for before any image was encoded. Please report it.");
    return { ...this.#size, ...this.#sets };
  }

  /**
   * The `codecs` parameter of RFC 6381: `avc1` and, in hexadecimal, the three bytes behind the header of the sequence
   * parameter set: profile, constraint flags and level (ITU-T H.264 7.3.2.1.1).
   */
  get codec(): string {
    const bytes = Array.from(this.picture.sps.subarray(1, 4), (byte) => byte.toString(16).padStart(2, "0"));
    return `avc1.${bytes.join("")}`;
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
