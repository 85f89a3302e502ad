import { damaged } from "../failure.js";
import type { Sound, Stretch } from "../sound.js";
import { ascii, type FileBytes } from "./file-bytes.js";
import { type Frame, readFrames } from "./frames.js";
import { mp3 } from "./mp4-codec.js";

/** Kilobits per second of Layer III by index (ISO/IEC 11172-3 2.4.2.3, ISO/IEC 13818-3 2.4.2.3). */
const BITRATES = {
  mpeg1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  mpeg2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;

/** Hertz of MPEG-1 by index; MPEG-2 has half and MPEG-2.5 a quarter. */
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const;

/** Samples by which a decoder is late: 528 of its filter bank and one more (LAME's technical FAQ). */
const DECODER_DELAY = 529;

/** What LAME puts in front by default, which is what most encoders do that do not say. */
const USUAL_ENCODER_DELAY = 576;

/** Frames that may be missing: some writers count the tag's own, and the last one may be cut off. */
const MOST_MISSING = 2;

/** Writers of an info tag whose delays are to be believed. */
const KNOWN_WRITERS = ["LAME", "Lavf", "Lavc"];

interface Header {
  /** 1, 2 or 2.5. */
  version: number;
  sampleRate: number;
  channels: number;
  size: number;
  /** Samples of each channel. */
  samples: number;
  /** Bytes from the frame's start to its main data. */
  sideEnd: number;
}

/** MP3 of MPEG-1, 2 and 2.5 with a constant or a variable bit rate; nothing where the file is none. */
export async function readMp3(file: FileBytes, bounds: { start: number; end: number }): Promise<Sound | undefined> {
  const frames = await readFrames(file, bounds, parseFrame);
  const header = frames && parseHeader(frames.first);
  if (!header) return undefined;
  const info = infoOf(frames.first, header);
  // The frame that holds the tag has no sound.
  const silent = info ? 1 : 0;
  const sizes = frames.pieces.sizes.slice(silent);
  if (sizes.length === 0) throw damaged("it holds no sound");
  if (info?.frames !== undefined && sizes.length < info.frames - MOST_MISSING) {
    throw damaged(`it holds ${sizes.length} of the ${info.frames} frames that it says`);
  }
  return {
    ...mp3(header.channels, header.sampleRate),
    timescale: header.sampleRate,
    sizes,
    ticks: Uint32Array.of(header.samples),
    data: (await file.join(frames.pieces.places)).slice(silent * header.size),
    heard: [heardOf(sizes.length * header.samples, info)],
  };
}

/** Without what encoder and decoder put in front, and what fills the last frames. */
function heardOf(end: number, info: Info | undefined): Stretch {
  const from = (info?.delay ?? USUAL_ENCODER_DELAY) + DECODER_DELAY;
  const to = end - Math.max(0, (info?.padding ?? 0) - DECODER_DELAY);
  // A few frames may be less than that.
  return from < to ? { from, to } : { from: 0, to: end };
}

interface Info {
  frames: number | undefined;
  delay: number | undefined;
  padding: number | undefined;
}

/** The tag in the first frame of files with a variable bit rate (Xing), a constant one (Info) or by Fraunhofer (VBRI). */
function infoOf(frame: Uint8Array, { sideEnd }: Header): Info | undefined {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  // VBRI stands at one place always, and its count of frames 14 bytes on.
  if (frame.length >= 54 && ascii(frame, 36, 4) === "VBRI") {
    return { frames: view.getUint32(50), delay: undefined, padding: undefined };
  }
  if (frame.length < sideEnd + 8 || !["Xing", "Info"].includes(ascii(frame, sideEnd, 4))) return undefined;
  const flags = view.getUint32(sideEnd + 4);
  let at = sideEnd + 8;
  const frames = flags & 1 && at + 4 <= frame.length ? view.getUint32(at) : undefined;
  // Frames, bytes, a table for seeking, and a quality: each where its flag says so.
  at += (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  if (at + 24 > frame.length || !KNOWN_WRITERS.includes(ascii(frame, at, 4))) {
    return { frames, delay: undefined, padding: undefined };
  }
  // Twelve bits each, 21 bytes behind the writer's name.
  const delays = view.getUint32(at + 20) % 2 ** 24;
  return { frames, delay: delays >> 12, padding: delays & 0xfff };
}

function parseFrame(bytes: Uint8Array): Frame | undefined {
  const header = parseHeader(bytes);
  return header && { size: header.size, skip: 0, kind: `${header.version} ${header.sampleRate} ${header.channels}` };
}

/** The header of a Layer III frame (ISO/IEC 11172-3 2.4.1.3); nothing where it is another or has a free bit rate. */
function parseHeader(bytes: Uint8Array): Header | undefined {
  if (bytes.length < 4) return undefined;
  const [sync = 0, kind = 0, rates = 0, mode = 0] = bytes;
  if (sync !== 0xff || (kind & 0xe6) !== 0xe2) return undefined;
  const version = [2.5, 0, 2, 1][(kind >> 3) & 3] as number;
  const rate = SAMPLE_RATES[(rates >> 2) & 3];
  const bitrate = (version === 1 ? BITRATES.mpeg1 : BITRATES.mpeg2)[rates >> 4];
  if (version === 0 || !rate || !bitrate) return undefined;
  const sampleRate = version === 1 ? rate : version === 2 ? rate / 2 : rate / 4;
  const samples = version === 1 ? 1152 : 576;
  const size = Math.floor((samples * 125 * bitrate) / sampleRate) + ((rates >> 1) & 1);
  const channels = mode >> 6 === 3 ? 1 : 2;
  // Side information (2.4.1.7), behind the header and a checksum where there is one.
  const side = version === 1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { version, sampleRate, channels, size, samples, sideEnd: 4 + (kind & 1 ? 0 : 2) + side };
}
