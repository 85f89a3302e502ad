/** Coded sound as every reader of a file format hands it over: samples (ISO/IEC 14496-12 3.1), one after the other, and a clock. */
export interface Sound {
  /** The `codecs` parameter of RFC 6381, such as `mp4a.40.2`. */
  codec: string;
  /** `objectTypeIndication` (ISO/IEC 14496-1 table 5). */
  objectType: number;
  /** The decoder's configuration, an `AudioSpecificConfig` for AAC and nothing for MP3. */
  config: Uint8Array<ArrayBuffer>;
  channels: number;
  /** Hertz. */
  sampleRate: number;
  /** Ticks per second of every number of ticks here. */
  timescale: number;
  /** Bytes of each sample. */
  sizes: Uint32Array<ArrayBuffer>;
  /** Ticks of each sample, or one number where all last as long. */
  ticks: Uint32Array<ArrayBuffer>;
  /** The samples' bytes without gaps. */
  data: Blob;
  /** What is to be heard, in this order: without what an encoder put in front and behind. */
  heard: Stretch[];
  preroll: Preroll;
}

/** Ticks `from` up to `to`. */
export interface Stretch {
  from: number;
  to: number;
}

/** What a decoder must have seen before a sample comes out right: so many samples, and so many bytes of samples. */
export interface Preroll {
  samples: number;
  bytes: number;
}

/** AAC overlaps each block with the one before (ISO/IEC 14496-3 4.6.11.3). */
export const AAC_PREROLL: Preroll = { samples: 1, bytes: 0 };

/** MP3 overlaps too, and takes up to 511 bytes from earlier samples (`main_data_begin`, ISO/IEC 11172-3 2.4.2.7). */
export const MP3_PREROLL: Preroll = { samples: 1, bytes: 511 };

/** `objectTypeIndication` (ISO/IEC 14496-1 table 5). */
export const OBJECT_TYPE = { aac: 0x40, mpeg2Aac: [0x66, 0x67, 0x68], mp3Low: 0x69, mp3: 0x6b } as const;

/** What lies before each of `count` samples, and before the end: `each` has a number for all of them, or one each. */
export function startsOf(each: Uint32Array, count: number): Float64Array {
  const starts = new Float64Array(count + 1);
  for (let index = 0; index < count; index++) {
    starts[index + 1] = (starts[index] as number) + (each[each.length === 1 ? 0 : index] as number);
  }
  return starts;
}

/**
 * A list as it is, or its one number where all are the same. The last may be shorter: writers let it end with the sound, but a
 * decoder gives all of it, which matters where another sample follows.
 */
export function shortened(ticks: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const [first = 0] = ticks;
  const last = ticks[ticks.length - 1] ?? 0;
  return last <= first && ticks.subarray(0, -1).every((each) => each === first) ? Uint32Array.of(first) : ticks;
}
