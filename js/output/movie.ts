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
  #codec: string | undefined;

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
   * Takes the file's boxes before its samples. Their `avcC` has profile, constraint flags and level behind its version (ISO/IEC
   * 14496-15 5.3.3.1.2); the level may be a higher one than the encoder's, as it goes by all times and bytes.
   */
  acceptHeader(header: Uint8Array): void {
    const at = find(header, AVC_CONFIGURATION);
    const bytes = Array.from(header.subarray(at + 5, at + 8), (byte) => byte.toString(16).padStart(2, "0"));
    this.#codec = `avc1.${bytes.join("")}`;
  }

  /** The `codecs` parameter of RFC 6381, of the file whose header was taken. */
  get codec(): string {
    if (!this.#codec)
      throw new FramereelError("internal", "The codec was asked for before the file's header. Please report it.");
    return [this.#codec, ...(this.soundtrack ? [this.soundtrack.codec] : [])].join(",");
  }
}

/** The type of the box with the decoder's configuration: "avcC". */
const AVC_CONFIGURATION = [0x61, 0x76, 0x63, 0x43];

function find(bytes: Uint8Array, wanted: readonly number[]): number {
  const first = wanted[0] as number;
  let at = bytes.indexOf(first);
  while (at >= 0 && !wanted.every((byte, index) => bytes[at + index] === byte)) at = bytes.indexOf(first, at + 1);
  return at;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
