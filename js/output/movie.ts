import { FramereelError } from "../model/errors.js";
import type { MovieTags } from "../model/tags.js";
import type { EncodedGroup, MovieSettings, PixelSize } from "../protocol/core.js";
import type { MovieDetails, Times } from "../protocol/messages.js";
import type { Soundtrack } from "../protocol/soundtrack.js";

type ParameterSets = Pick<EncodedGroup, "sps" | "pps">;

/** What the file says of its picture, the size and the parameter sets of the encoded groups, and of what is beside it. */
export class Movie {
  readonly soundtrack: Soundtrack | undefined;
  readonly #size: PixelSize;
  readonly #tags: MovieTags;
  #sets: ParameterSets | undefined;

  constructor({ width, height }: PixelSize, tags: MovieTags = {}, soundtrack?: Soundtrack) {
    this.#size = { width, height };
    this.#tags = tags;
    this.soundtrack = soundtrack;
  }

  /** The tags, and the soundtrack of a file of fragments, beside `seconds` of pictures where that is known. */
  details(seconds: number | undefined): MovieDetails {
    return { ...this.#tags, ...(this.soundtrack && { sound: this.soundtrack.header(seconds) }) };
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

  /** The picture without its times, and the tags. */
  get picture(): Omit<MovieSettings, keyof Times> {
    if (!this.#sets)
      throw new FramereelError("internal", "The file was asked for before any image was encoded. Please report it.");
    return { ...this.#size, ...this.#sets, ...this.#tags };
  }

  /**
   * The `codecs` parameter of RFC 6381: `avc1` and, in hexadecimal, the three bytes behind the header of the sequence
   * parameter set: profile, constraint flags and level (ITU-T H.264 7.3.2.1.1). The soundtrack's follows.
   */
  get codec(): string {
    const bytes = Array.from(this.picture.sps.subarray(1, 4), (byte) => byte.toString(16).padStart(2, "0"));
    return [`avc1.${bytes.join("")}`, ...(this.soundtrack ? [this.soundtrack.codec] : [])].join(",");
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
