/** What an `AudioSpecificConfig` says of AAC (ISO/IEC 14496-3 1.6.2.1). */
export interface AacConfig {
  /** The object type of the samples as they are coded: 2 is AAC-LC. */
  objectType: number;
  /** Hertz of what comes out of a decoder that knows no extension. */
  sampleRate: number;
  channels: number;
}

/** Sampling frequencies by index (ISO/IEC 14496-3 table 1.18). */
export const SAMPLE_RATES = [
  96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
] as const;

/** Channels by `channelConfiguration` (ISO/IEC 14496-3 table 1.19); 0 says to look into the samples. */
export const CHANNELS = [0, 1, 2, 3, 4, 5, 6, 8] as const;

/** AAC that browsers decode: main, LC, SSR, LTP, and with spectral band replication (5) and parametric stereo (29). */
const COMMON_TYPES = [1, 2, 3, 4, 5, 29];

/** Reads a configuration; nothing where it is not one of AAC that browsers decode. */
export function readAacConfig(bytes: Uint8Array): AacConfig | undefined {
  const bits = new Bits(bytes);
  const objectType = bits.take(5);
  const index = bits.take(4);
  const sampleRate = index === 15 ? bits.take(24) : SAMPLE_RATES[index];
  const channels = CHANNELS[bits.take(4)];
  if (!COMMON_TYPES.includes(objectType) || !sampleRate || channels === undefined || bits.overrun) return undefined;
  return { objectType, sampleRate, channels };
}

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get overrun(): boolean {
    return this.#at > 8 * this.#bytes.length;
  }

  take(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit++, this.#at++) {
      value = 2 * value + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }
}
