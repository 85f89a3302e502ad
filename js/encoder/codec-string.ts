import type { Profile } from "../model/choices.js";

/** `profile_idc` (ITU-T H.264 A.2). */
const PROFILES: Readonly<Record<number, Profile>> = { 66: "baseline", 77: "main", 100: "high" };

/** Most macroblocks of a picture by `level_idc`: MaxFS of ITU-T H.264 table A-1. Level 1b is 9, or 11 with a constraint flag. */
const MOST_MACROBLOCKS: readonly (readonly [level: number, macroblocks: number])[] = [
  [9, 99],
  [10, 99],
  [11, 396],
  [12, 396],
  [13, 396],
  [20, 396],
  [21, 792],
  [22, 1_620],
  [30, 1_620],
  [31, 3_600],
  [32, 5_120],
  [40, 8_192],
  [41, 8_192],
  [42, 8_704],
  [50, 22_080],
  [51, 36_864],
  [52, 36_864],
];

/** What a stream of a higher level may hold, the encoder does not: that of level 5.2. */
const HIGHER_LEVELS = [60, 61, 62];

const MACROBLOCK = 16;

/** What a codec string asks for. */
export interface AvcCodec {
  profile: Profile;
  /** `level_idc`, ten times the level. */
  level: number;
  /** Whether a picture of so many pixels across and down is within the level (A.3.1 e, f and g), and within the encoder's means. */
  holds(width: number, height: number): boolean;
}

/** Reads a `codecs` parameter of RFC 6381; `undefined` where it is none of the encoder's. */
export function parseCodec(codec: string): AvcCodec | undefined {
  const [, profileCode, levelCode] = /^avc1\.([0-9a-fA-F]{2})[0-9a-fA-F]{2}([0-9a-fA-F]{2})$/.exec(codec) ?? [];
  if (profileCode === undefined || levelCode === undefined) return undefined;
  const profile = PROFILES[Number.parseInt(profileCode, 16)];
  const level = Number.parseInt(levelCode, 16);
  const known = HIGHER_LEVELS.includes(level) ? MOST_MACROBLOCKS.at(-1) : MOST_MACROBLOCKS.find(([of]) => of === level);
  if (!profile || !known) return undefined;
  const [, most] = known;
  const holds = (width: number, height: number): boolean => {
    const [across, down] = [Math.ceil(width / MACROBLOCK), Math.ceil(height / MACROBLOCK)];
    return across * down <= most && Math.max(across, down) <= Math.sqrt(8 * most);
  };
  return { profile, level, holds };
}
