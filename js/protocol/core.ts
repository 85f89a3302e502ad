import type { Limits } from "../model/options.js";

/**
 * What the wasm module offers, as `src/wasm.rs` declares it. Its errors are `Error` objects with a string property
 * `code`. Only workers call it.
 */
export interface WasmApi {
  probe(bytes: Uint8Array, limits: Limits): ImageInfo;
  planSize(width: number, height: number, explicit: boolean): PixelSize;
  GroupEncoder: new (settings: GroupSettings) => GroupEncoder;
  movieHeader(movie: MovieSettings, sizes: Uint32Array, sync: Uint8Array): Uint8Array;
  fragmentedHeader(movie: MovieSettings): Uint8Array;
  fragment(
    movie: MovieSettings,
    sequence: number,
    firstSample: number,
    sizes: Uint32Array,
    sync: Uint8Array,
  ): Uint8Array;
  codecString(sps: Uint8Array): string;
}

export interface PixelSize {
  width: number;
  height: number;
}

/** What an image's header says. */
export interface ImageInfo extends PixelSize {
  /** Short name of the format, such as `png`. */
  format: string;
  /** Seconds of each frame of an animated image; absent for a still one. */
  frames?: Float64Array;
}

/** Settings of one group: the same for every group of a file but for `qp`, `bitrate`. */
export interface GroupSettings extends PixelSize {
  fit: "contain" | "cover" | "stretch" | "error";
  /** Red, green, blue. */
  background: Uint8Array;
  maxPixels: number;
  maxBytes: number;
  /** Exactly one of `qp` and `bitrate`. */
  qp?: number;
  bitrate?: number;
  /** Images per second, for rate control alone: the file's times are the muxer's. */
  frameRate: number;
  profile: "baseline" | "main" | "high";
  content: "photo" | "screen";
  speed: "fast" | "balanced" | "small";
}

/** One H.264 encoder with the pictures that it may still need. */
export interface GroupEncoder {
  /** Decodes an image file into a slot: oriented, composited, fitted. */
  load(slot: number, bytes: Uint8Array): void;
  /** Frames `first` to `first + count - 1` of an animated image into slots from `slot` on. */
  loadFrames(slot: number, bytes: Uint8Array, first: number, count: number): void;
  /** Straight (not premultiplied) RGBA, 8 bits a channel. */
  loadRgba(slot: number, rgba: Uint8Array, width: number, height: number): void;
  /** Appends one sample and returns its bytes. */
  encode(slot: number, forceIdr: boolean): number;
  release(slot: number): void;
  /** The data is a copy outside wasm's memory. */
  finish(): Omit<EncodedGroup, "data"> & { data: Uint8Array };
  free(): void;
}

/** The samples of one group, in AVCC form (ISO/IEC 14496-15 5.3.2: 4-byte lengths). */
export interface EncodedGroup {
  data: Uint8Array<ArrayBuffer>;
  /** Bytes of each sample. */
  sizes: Uint32Array;
  /** 1 for keyframes. */
  sync: Uint8Array;
  sps: Uint8Array;
  pps: Uint8Array;
}

/** What the file says beside its samples: either `fpsNum` and `fpsDen`, or `durations` in seconds. */
export interface MovieSettings extends PixelSize {
  sps: Uint8Array;
  pps: Uint8Array;
  fpsNum?: number;
  fpsDen?: number;
  durations?: Float64Array;
  /** How many samples there will be in all, where a fragmented file's header is to say so. */
  samples?: number;
}
