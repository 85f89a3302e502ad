import type { Stretch } from "../sound.js";
import type { Box } from "./boxes.js";

/** Ticks by which the tag and the samples may differ: a block, which some leave out of the padding. */
const MOST_OFF = 1025;

/**
 * What iTunes and its like say is heard, where they say it: the tag `iTunSMPB` has, in hexadecimal, the samples that the encoder put
 * in front, those behind, and those of the sound. It is exact where an edit list is rounded to the movie's clock.
 */
export function gaplessStretch(moov: Box, track: Box, end: number): Stretch[] | undefined {
  for (const holder of [moov, track]) {
    const text = tagIn(holder);
    const numbers = (text?.trim().split(/\s+/) ?? []).map((number) => Number.parseInt(number, 16));
    const [, priming = 0, padding = 0, length = 0] = numbers;
    // A tag that was copied from another file does not add up.
    const off = Math.abs(priming + length + padding - end);
    if (length > 0 && off < MOST_OFF && priming + length <= end) return [{ from: priming, to: priming + length }];
  }
  return undefined;
}

function tagIn(holder: Box): string | undefined {
  const meta = holder.find("udta", "meta");
  // A full box here, a plain one in QuickTime files.
  const ilst = [...(meta?.children(4) ?? []), ...(meta?.children() ?? [])].find((box) => box.kind === "ilst");
  for (const item of ilst?.children() ?? []) {
    const name = item.find("name");
    const data = item.find("data");
    if (name && data && text(name, 4) === "iTunSMPB") return text(data, 8);
  }
  return undefined;
}

function text(box: Box, from: number): string {
  return new TextDecoder().decode(box.slice(from));
}
