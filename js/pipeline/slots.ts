import type { ImageSource } from "../model/sources.js";

/** One sample of the file to be. */
export interface Shot {
  source: ImageSource;
  /** The clip's image that it belongs to. */
  imageIndex: number;
  /** Frame of an expanded animation. */
  frame?: number;
}

/** A source's part in a group: one picture, or a run of frames. */
export interface Part {
  source: ImageSource;
  /** Where the source stands first. */
  imageIndex: number;
  slot: number;
  /** The frames between the first and the last one used; absent for the picture as a whole. */
  frames?: { first: number; count: number };
}

/** Gives each source of a group its slot or its run of slots; `slots` has one for each shot. */
export function assignSlots(shots: readonly Shot[]): { parts: Map<ImageSource, Part>; slots: number[] } {
  const parts = new Map<ImageSource, Part>();
  for (const { source, imageIndex, frame } of shots) {
    const part = parts.get(source);
    if (!part) {
      parts.set(source, {
        source,
        imageIndex,
        slot: 0,
        ...(frame !== undefined && { frames: { first: frame, count: 1 } }),
      });
    } else if (frame !== undefined && part.frames) {
      const { first, count } = part.frames;
      const [least, most] = [Math.min(first, frame), Math.max(first + count - 1, frame)];
      part.frames = { first: least, count: most - least + 1 };
    }
  }
  let next = 0;
  for (const part of parts.values()) {
    part.slot = next;
    next += part.frames?.count ?? 1;
  }
  const slots = shots.map(({ source, frame = 0 }) => {
    const { slot, frames } = parts.get(source) as Part;
    return slot + frame - (frames?.first ?? 0);
  });
  return { parts, slots };
}
