import { damaged, SoundFailure } from "../failure.js";
import { type Sound, type Stretch, shortened } from "../sound.js";
import { Box, headOf } from "./boxes.js";
import type { FileBytes } from "./file-bytes.js";
import { type Codec, codecOf } from "./mp4-codec.js";
import { addFragment, fragmentDefaults } from "./mp4-fragments.js";
import { gaplessStretch } from "./mp4-gapless.js";
import { readSampleTable } from "./mp4-samples.js";
import { Pieces, type TrackSamples } from "./pieces.js";

/** Bytes of an index. An hour of AAC has less than one million. */
const MAX_INDEX_BYTES = 2 ** 26;

/**
 * The first sound track of an MP4, M4A or MOV file (ISO/IEC 14496-12), with its index in front, behind or in fragments. Nothing
 * where its samples are neither AAC nor MP3.
 */
export async function readMp4(file: FileBytes): Promise<Sound | undefined> {
  const { moov, moofs } = await indexOf(file);
  const track = moov.children().find((box) => box.kind === "trak" && handlerOf(box) === "soun");
  if (!track) throw new SoundFailure("unsupported-audio", "the file has no soundtrack. Choose one that has.");
  const codec = codecOf(track);
  if (!codec) return undefined;

  const mdhd = track.need("mdia", "mdhd");
  const timescale = mdhd.uint(mdhd.version === 1 ? 20 : 12, 4);
  const id = trackIdOf(track);
  const samples: TrackSamples = { pieces: new Pieces(), ticks: [] };
  readSampleTable(track.need("mdia", "minf", "stbl"), file.size, samples);
  const defaults = fragmentDefaults(moov, id);
  for (const { box, at } of moofs) addFragment(box, at, id, defaults, file.size, samples);
  return soundOf(file, moov, track, codec, timescale, samples);
}

async function soundOf(
  file: FileBytes,
  moov: Box,
  track: Box,
  codec: Codec,
  timescale: number,
  { pieces, ticks }: TrackSamples,
): Promise<Sound> {
  const end = ticks.reduce((sum, each) => sum + each, 0);
  if (timescale === 0 || end === 0) throw damaged("the soundtrack is empty");
  const whole = { from: 0, to: end };
  const edited = gaplessStretch(moov, track, end) ?? editedStretches(moov, track, timescale, end);
  return {
    ...codec,
    timescale,
    sizes: pieces.sizes,
    ticks: shortened(Uint32Array.from(ticks)),
    data: await file.join(pieces.places),
    heard: edited.length > 0 ? edited : [whole],
  };
}

/**
 * What the edit list says is heard (ISO/IEC 14496-12 8.6.6). An empty edit delays a track beside others; a soundtrack on its own
 * begins with its sound.
 */
function editedStretches(moov: Box, track: Box, timescale: number, end: number): Stretch[] {
  const elst = track.find("edts", "elst");
  const mvhd = moov.find("mvhd");
  const movieTimescale = mvhd?.uint(mvhd.version === 1 ? 20 : 12, 4) ?? 0;
  if (!elst || movieTimescale === 0) return [];
  const wide = elst.version === 1;
  const [entry, half] = wide ? ([20, 8] as const) : ([12, 4] as const);
  const stretches: Stretch[] = [];
  const count = Math.min(elst.uint(4, 4), Math.floor((elst.length - 8) / entry));
  for (let index = 0; index < count; index++) {
    const at = 8 + index * entry;
    const from = elst.uint(at + half, half);
    // -1 is an empty edit.
    if (from >= 2 ** (8 * half - 1) || from >= end) continue;
    const seconds = elst.uint(at, half) / movieTimescale;
    const to = from + Math.round(seconds * timescale);
    // A length of 0 means up to the end, and one that differs by the movie's rounding means the same.
    const isEnd = seconds === 0 || to > end - timescale / movieTimescale;
    // An edit may be so short that the movie's clock has no tick for it.
    if (isEnd || to > from) stretches.push({ from, to: isEnd ? end : to });
  }
  return stretches;
}

/** The boxes that tell of samples; the samples themselves are not read. */
async function indexOf(file: FileBytes): Promise<{ moov: Box; moofs: { box: Box; at: number }[] }> {
  let moov: Box | undefined;
  const moofs: { box: Box; at: number }[] = [];
  for (let at = 0; at + 8 <= file.size; ) {
    const head = headOf(await file.read(at, 16), 0, Number.POSITIVE_INFINITY);
    if (!head) break;
    const size = Math.min(head.size, file.size - at);
    if (head.kind === "moov" || head.kind === "moof") {
      if (head.size > size || size > MAX_INDEX_BYTES) throw damaged("the index of the file is not complete");
      const contents = (await file.read(at + head.header, size - head.header)).slice();
      const box = new Box(head.kind, contents);
      if (head.kind === "moov") moov ??= box;
      else moofs.push({ box, at });
    }
    at += size;
  }
  if (!moov) throw damaged("the file has no index (moov)");
  return { moov, moofs };
}

function handlerOf(track: Box): string {
  const hdlr = track.find("mdia", "hdlr");
  return hdlr ? String.fromCharCode(...hdlr.slice(8, 12)) : "";
}

function trackIdOf(track: Box): number {
  const tkhd = track.need("tkhd");
  return tkhd.uint(tkhd.version === 1 ? 20 : 12, 4);
}
