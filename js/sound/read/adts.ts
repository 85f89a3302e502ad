import { AAC_PREROLL, OBJECT_TYPE, type Sound } from "../sound.js";
import { CHANNELS, SAMPLE_RATES } from "./audio-specific-config.js";
import type { FileBytes } from "./file-bytes.js";
import { type Frame, readFrames } from "./frames.js";

/** Samples of each channel in a frame (ISO/IEC 14496-3 4.5.1.1). */
const FRAME_SAMPLES = 1024;

/** AAC as a stream with a header before each frame (ISO/IEC 14496-3 1.A.2.2); nothing where the file is none. */
export async function readAdts(file: FileBytes, bounds: { start: number; end: number }): Promise<Sound | undefined> {
  const frames = await readFrames(file, bounds, parseHeader);
  if (!frames) return undefined;
  const { profile, rateIndex, channelConfig } = fieldsOf(frames.first);
  const { sizes, places, count } = frames.pieces;
  const end = count * FRAME_SAMPLES;
  return {
    codec: `mp4a.40.${profile + 1}`,
    objectType: OBJECT_TYPE.aac,
    // Object type, frequency and channels (1.6.2.1), then three flags of 0 (4.4.1).
    config: Uint8Array.of(((profile + 1) << 3) | (rateIndex >> 1), ((rateIndex & 1) << 7) | (channelConfig << 3)),
    channels: CHANNELS[channelConfig] ?? 0,
    sampleRate: SAMPLE_RATES[rateIndex] ?? 0,
    timescale: SAMPLE_RATES[rateIndex] ?? 0,
    sizes,
    ticks: Uint32Array.of(FRAME_SAMPLES),
    data: await file.join(places),
    // Nothing says what the encoder put in front. The first block overlaps with none before it and cannot be sound.
    heard: [{ from: Math.min(FRAME_SAMPLES, end - 1), to: end }],
    preroll: AAC_PREROLL,
  };
}

function fieldsOf(header: Uint8Array): { profile: number; rateIndex: number; channelConfig: number } {
  const [second = 0, third = 0] = header.subarray(2, 4);
  return { profile: second >> 6, rateIndex: (second >> 2) & 15, channelConfig: ((second & 1) << 2) | (third >> 6) };
}

/** A header of one raw data block, the only form that can be taken apart without decoding. */
function parseHeader(header: Uint8Array): Frame | undefined {
  if (header.length < 7) return undefined;
  const [sync = 0, id = 0, , size0 = 0, size1 = 0, size2 = 0, last = 0] = header;
  // The layer is always 0; what would be one of MPEG audio is not.
  if (sync !== 0xff || (id & 0xf6) !== 0xf0) return undefined;
  const { profile, rateIndex, channelConfig } = fieldsOf(header);
  const size = ((size0 & 3) << 11) | (size1 << 3) | (size2 >> 5);
  const skip = id & 1 ? 7 : 9;
  if (size <= skip || (last & 3) !== 0 || rateIndex >= SAMPLE_RATES.length || channelConfig === 0) return undefined;
  return { size, skip, kind: `${profile} ${rateIndex} ${channelConfig}` };
}
