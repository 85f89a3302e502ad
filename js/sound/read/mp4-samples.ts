import { damaged } from "../failure.js";
import type { Box } from "./boxes.js";
import type { TrackSamples } from "./pieces.js";

/** Takes the samples that an index lists (ISO/IEC 14496-12 8.6.1, 8.7): sizes, ticks, and where they are. */
export function readSampleTable(stbl: Box, fileSize: number, samples: TrackSamples): void {
  const sizes = sizesOf(stbl, fileSize);
  const ticks = ticksOf(stbl.need("stts"), sizes.length);
  const chunks = chunksOf(stbl);
  const perChunk = samplesPerChunk(stbl.need("stsc"), chunks.length);
  let sample = 0;
  for (const [chunk, start] of chunks.entries()) {
    let at = start;
    for (let last = sample + (perChunk[chunk] as number); sample < last && sample < sizes.length; sample++) {
      const size = sizes[sample] as number;
      if (at + size > fileSize) throw damaged(`sample ${sample + 1} of ${sizes.length} lies behind the file's end`);
      samples.pieces.add(at, size);
      samples.ticks.push(ticks[sample] as number);
      at += size;
    }
  }
  if (sample < sizes.length) throw damaged(`the file's index says where ${sample} of ${sizes.length} samples are`);
}

function sizesOf(stbl: Box, fileSize: number): Uint32Array {
  const stsz = stbl.find("stsz");
  if (stsz) {
    const [every, count] = [stsz.uint(4, 4), stsz.uint(8, 4)];
    if (every === 0) return list(stsz, 12, count, 4);
    // As many as the file has room for: a number alone must not take memory.
    if (every * count > fileSize) throw damaged("the samples are larger than the file");
    return new Uint32Array(count).fill(every);
  }
  const stz2 = stbl.need("stz2");
  const [bits, count] = [stz2.uint(7, 1), stz2.uint(8, 4)];
  if (bits === 8 || bits === 16) return list(stz2, 12, count, bits === 8 ? 1 : 2);
  // Two sizes a byte.
  const bytes = list(stz2, 12, Math.ceil(count / 2), 1);
  return Uint32Array.from({ length: count }, (_, at) => ((bytes[at >> 1] as number) >> (at % 2 === 0 ? 4 : 0)) & 15);
}

function ticksOf(stts: Box, samples: number): Uint32Array {
  const runs = list(stts, 8, 2 * stts.uint(4, 4), 4);
  const ticks = new Uint32Array(samples);
  let filled = 0;
  for (let run = 0; run < runs.length; run += 2) {
    const [count, each] = [runs[run] as number, runs[run + 1] as number];
    ticks.fill(each, filled, Math.min(samples, filled + count));
    filled += count;
  }
  if (filled < samples) throw damaged(`the file's index has times for ${filled} of ${samples} samples`);
  return ticks;
}

function chunksOf(stbl: Box): ArrayLike<number> & Iterable<number> & { entries(): Iterable<[number, number]> } {
  const co64 = stbl.find("co64");
  if (!co64) {
    const stco = stbl.need("stco");
    return list(stco, 8, stco.uint(4, 4), 4);
  }
  const count = co64.uint(4, 4);
  requireRoom(co64, 8, count, 8);
  return Array.from({ length: count }, (_, at) => co64.uint(8 + 8 * at, 8));
}

function samplesPerChunk(stsc: Box, chunks: number): Uint32Array {
  const runs = list(stsc, 8, 3 * stsc.uint(4, 4), 4);
  const counts = new Uint32Array(chunks);
  for (let run = 0; run < runs.length; run += 3) {
    const [first, count, description] = [runs[run] as number, runs[run + 1] as number, runs[run + 2] as number];
    if (description !== 1) throw damaged("the soundtrack changes its coding on the way");
    // Each run holds until the next one begins.
    if (first > 0) counts.fill(count, first - 1);
  }
  return counts;
}

/** Numbers in a row. */
function list(box: Box, at: number, count: number, bytes: 1 | 2 | 4): Uint32Array {
  requireRoom(box, at, count, bytes);
  return Uint32Array.from({ length: count }, (_, index) => box.uint(at + bytes * index, bytes));
}

function requireRoom(box: Box, at: number, count: number, bytes: number): void {
  if (at + count * bytes > box.length) throw damaged(`the file's index (${box.kind}) is shorter than it says`);
}
