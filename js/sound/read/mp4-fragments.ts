import { damaged } from "../failure.js";
import type { Box } from "./boxes.js";
import type { TrackSamples } from "./pieces.js";

/** What holds for samples of which a fragment says nothing else (ISO/IEC 14496-12 8.8.3). */
export interface FragmentDefaults {
  ticks: number;
  size: number;
}

/** Flags of `tfhd` (8.8.7.1), */
const TFHD = { baseOffset: 0x1, description: 0x2, ticks: 0x8, size: 0x10, flags: 0x20 } as const;
/** and of `trun` (8.8.8.1). */
const TRUN = { offset: 0x1, firstFlags: 0x4, ticks: 0x100, sizes: 0x200, flags: 0x400, composition: 0x800 } as const;

export function fragmentDefaults(moov: Box, trackId: number): FragmentDefaults {
  const trex = moov
    .find("mvex")
    ?.children()
    .find((box) => box.kind === "trex" && box.uint(4, 4) === trackId);
  return { ticks: trex?.uint(12, 4) ?? 0, size: trex?.uint(16, 4) ?? 0 };
}

/** Takes the samples of a track that a fragment lists; `at` is where its `moof` box begins in the file. */
export function addFragment(
  moof: Box,
  at: number,
  trackId: number,
  defaults: FragmentDefaults,
  fileSize: number,
  samples: TrackSamples,
): void {
  for (const traf of moof.children()) {
    const tfhd = traf.kind === "traf" ? traf.find("tfhd") : undefined;
    if (tfhd?.uint(4, 4) !== trackId) continue;
    const { base, ticks, size } = headerOf(tfhd, at, defaults);
    // Without an offset, a run follows the one before it.
    let next = base;
    for (const trun of traf.children()) {
      if (trun.kind === "trun") next = addRun(trun, { base, next, ticks, size, fileSize }, samples);
    }
  }
}

function headerOf(tfhd: Box, at: number, defaults: FragmentDefaults): FragmentDefaults & { base: number } {
  let field = 8;
  const take = (flag: number, bytes: 4 | 8): number | undefined => {
    if (!(tfhd.flags & flag)) return undefined;
    field += bytes;
    return tfhd.uint(field - bytes, bytes);
  };
  const base = take(TFHD.baseOffset, 8) ?? at;
  take(TFHD.description, 4);
  return { base, ticks: take(TFHD.ticks, 4) ?? defaults.ticks, size: take(TFHD.size, 4) ?? defaults.size };
}

interface RunContext extends FragmentDefaults {
  base: number;
  next: number;
  fileSize: number;
}

/** Takes the samples of a run and says where the next one may begin. */
function addRun(trun: Box, { base, next, ticks, size, fileSize }: RunContext, samples: TrackSamples): number {
  const { flags } = trun;
  const count = trun.uint(4, 4);
  let field = 8;
  let at = next;
  if (flags & TRUN.offset) {
    // Signed.
    at = base + (trun.uint(field, 4) | 0);
    field += 4;
  }
  if (flags & TRUN.firstFlags) field += 4;
  const has = (flag: number): number => (flags & flag ? 4 : 0);
  const entry = has(TRUN.ticks) + has(TRUN.sizes) + has(TRUN.flags) + has(TRUN.composition);
  // Where entries are empty, the samples themselves say whether there can be so many.
  const fits = entry > 0 ? field + count * entry <= trun.length : count * Math.max(size, 1) <= fileSize;
  if (!fits) throw damaged("the index of a fragment is shorter than it says");
  for (let index = 0; index < count; index++, field += entry) {
    const own = flags & TRUN.sizes ? trun.uint(field + has(TRUN.ticks), 4) : size;
    if (at < 0 || at + own > fileSize) throw damaged("samples of a fragment lie behind the file's end");
    samples.pieces.add(at, own);
    samples.ticks.push(flags & TRUN.ticks ? trun.uint(field, 4) : ticks);
    at += own;
  }
  return at;
}
