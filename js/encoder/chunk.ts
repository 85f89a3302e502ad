/** The NAL units that a decoder must have first (ITU-T H.264 7.3.2). */
export interface ParameterSets {
  sps: Uint8Array;
  pps: Uint8Array;
}

/** What a chunk is made of: one sample. */
export interface ChunkInit {
  type: "key" | "delta";
  /** Microseconds, as the frame had them. */
  timestamp: number;
  duration: number | null;
  data: Uint8Array<ArrayBuffer>;
}

/** An `EncodedVideoChunk`, or an object of its shape where the browser has none. */
export function makeChunk({ type, timestamp, duration, data }: ChunkInit): EncodedVideoChunk {
  if (typeof EncodedVideoChunk === "function")
    return new EncodedVideoChunk({ type, timestamp, data, ...(duration !== null && { duration }) });
  const bytes = data.slice();
  return {
    type,
    timestamp,
    duration,
    byteLength: bytes.byteLength,
    copyTo(destination) {
      const view = ArrayBuffer.isView(destination)
        ? new Uint8Array(destination.buffer, destination.byteOffset, destination.byteLength)
        : new Uint8Array(destination);
      if (view.byteLength < bytes.byteLength) throw new TypeError("The destination is smaller than the chunk.");
      view.set(bytes);
    },
  };
}

/** Bytes of the length before each NAL unit of a sample, as the core writes it. */
const LENGTH_BYTES = 4;

/** `AVCDecoderConfigurationRecord` (ISO/IEC 14496-15 5.3.3.1.2), for 4:2:0 with 8 bits. */
export function configurationRecord({ sps, pps }: ParameterSets): Uint8Array<ArrayBuffer> {
  const [, profile = 0, compatibility = 0, level = 0] = sps;
  const sets = [0xe1, ...length16(sps), ...sps, 1, ...length16(pps), ...pps];
  // The High profile says how chroma is sampled and how deep samples are, with reserved bits set.
  const high = profile === 100 ? [0xfc | 1, 0xf8, 0xf8, 0] : [];
  return Uint8Array.from([1, profile, compatibility, level, 0xfc | (LENGTH_BYTES - 1), ...sets, ...high]);
}

/** `constraint_set3_flag`, which makes level 1.1 into 1b in the profiles below High (ITU-T H.264 A.3.1). */
const LEVEL_1B = 0x10;
const HIGH = 100;

/**
 * The parameter sets with the level that the codec string asks for, as the decoder is told both. The encoder's own, which knows the
 * size and rates up to 60, is the least: its vectors may be as long as that one lets them (ITU-T H.264 table A-1).
 */
export function levelled({ sps, pps }: ParameterSets, level: number): ParameterSets {
  const [, profile = 0, constraints = 0, own = 0] = sps;
  const asked = sps.slice();
  asked[2] = profile < HIGH ? constraints & ~LEVEL_1B : constraints;
  asked[3] = Math.max(own, level);
  return { sps: asked, pps };
}

function length16({ length }: Uint8Array): [number, number] {
  return [length >> 8, length & 0xff];
}

/** The code before each NAL unit of a byte stream (ITU-T H.264 B.1.1); with its zero byte it is as long as a length. */
const START_CODE = [0, 0, 0, 1];

/** A sample as a byte stream (ITU-T H.264 annex B), with the parameter sets in front where they are given. */
export function byteStream(sample: Uint8Array, sets: ParameterSets | undefined): Uint8Array<ArrayBuffer> {
  const front = sets ? [...START_CODE, ...sets.sps, ...START_CODE, ...sets.pps] : [];
  const bytes = new Uint8Array(front.length + sample.length);
  bytes.set(front);
  bytes.set(sample, front.length);
  const view = new DataView(bytes.buffer);
  for (let at = front.length; at < bytes.length; ) {
    const length = view.getUint32(at);
    bytes.set(START_CODE, at);
    at += LENGTH_BYTES + length;
  }
  return bytes;
}
