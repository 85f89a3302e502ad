import { damaged } from "../failure.js";
import { AAC_PREROLL, MP3_PREROLL, OBJECT_TYPE, type Sound } from "../sound.js";
import { readAacConfig } from "./audio-specific-config.js";
import { Box } from "./boxes.js";

/** How samples are coded. */
export type Codec = Pick<Sound, "codec" | "objectType" | "config" | "channels" | "sampleRate" | "preroll">;

/** Tags of descriptors (ISO/IEC 14496-1 7.2.2.1). */
const DESCRIPTOR = { elementaryStream: 3, decoderConfig: 4, decoderSpecific: 5 } as const;

/** Bytes of a sample entry before its boxes, by the version of QuickTime's that it follows; ISO/IEC 14496-12 12.2.3 is version 0. */
const ENTRY_BYTES = [28, 44, 64] as const;

/** The coding of a track's first sample entry; nothing where it is neither AAC nor MP3. */
export function codecOf(track: Box): Codec | undefined {
  const entry = track.need("mdia", "minf", "stbl", "stsd").children(8)[0];
  if (!entry) throw damaged("the file does not say how its sound is coded");
  const channels = entry.uint(16, 2);
  const sampleRate = entry.uint(24, 2);
  // QuickTime's own name for MP3.
  if (entry.kind === ".mp3") return mp3(channels, sampleRate);
  if (entry.kind !== "mp4a") return undefined;
  const boxes = entry.children(ENTRY_BYTES[entry.uint(8, 2)] ?? ENTRY_BYTES[0]);
  const inWave = boxes.find((box) => box.kind === "wave")?.find("esds");
  const esds = boxes.find((box) => box.kind === "esds") ?? inWave;
  if (!esds) throw damaged("the file does not say how its AAC is coded (esds)");
  return ofDescriptor(esds, channels, sampleRate);
}

function ofDescriptor(esds: Box, channels: number, sampleRate: number): Codec | undefined {
  const stream = descriptors(esds, 4).find(({ tag }) => tag === DESCRIPTOR.elementaryStream)?.contents;
  if (!stream) throw damaged("the file does not say how its AAC is coded (esds)");
  const flags = stream.uint(2, 1);
  // A stream may depend on another, have an address and a clock of another (ISO/IEC 14496-1 7.2.6.5).
  let at = 3 + (flags & 0x80 ? 2 : 0);
  if (flags & 0x40) at += 1 + stream.uint(at, 1);
  if (flags & 0x20) at += 2;
  const decoder = descriptors(stream, at).find(({ tag }) => tag === DESCRIPTOR.decoderConfig)?.contents;
  const objectType = decoder?.uint(0, 1);
  if (objectType === OBJECT_TYPE.mp3 || objectType === OBJECT_TYPE.mp3Low) return mp3(channels, sampleRate);
  const isAac = objectType === OBJECT_TYPE.aac || OBJECT_TYPE.mpeg2Aac.some((type) => type === objectType);
  if (!decoder || !isAac) return undefined;
  const config = descriptors(decoder, 13)
    .find(({ tag }) => tag === DESCRIPTOR.decoderSpecific)
    ?.contents.slice(0);
  const aac = config && readAacConfig(config);
  if (!aac) return undefined;
  return {
    codec: `mp4a.40.${aac.objectType}`,
    objectType: OBJECT_TYPE.aac,
    config,
    channels: aac.channels || channels,
    sampleRate: aac.sampleRate,
    preroll: AAC_PREROLL,
  };
}

/** MP3 of any rate; those up to 24 kHz are MPEG-2's. */
export function mp3(channels: number, sampleRate: number): Codec {
  const objectType = sampleRate > 24_000 ? OBJECT_TYPE.mp3 : OBJECT_TYPE.mp3Low;
  const codec = `mp4a.${objectType.toString(16).toUpperCase()}`;
  return { codec, objectType, config: new Uint8Array(0), channels, sampleRate, preroll: MP3_PREROLL };
}

/** Descriptors in a row; their lengths are groups of seven bits (ISO/IEC 14496-1 8.3.3). */
function descriptors(box: Box, from: number): { tag: number; contents: Box }[] {
  const found = [];
  for (let at = from; at + 2 <= box.length; ) {
    const tag = box.uint(at++, 1);
    let length = 0;
    for (let more = true, groups = 0; more && groups < 4; groups++) {
      const group = box.uint(at++, 1);
      length = length * 128 + (group & 0x7f);
      more = (group & 0x80) !== 0;
    }
    found.push({ tag, contents: new Box("", box.slice(at, at + length)) });
    at += length;
  }
  return found;
}
