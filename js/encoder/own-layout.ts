import type { FrameLayout } from "../protocol/core.js";

/** How the core takes samples of a format; nothing where it does not. Planes must have the video's own colours. */
export function ownFormat(format: string | null): FrameLayout["format"] | undefined {
  switch (format) {
    case "RGBA":
    case "RGBX":
      return "RGBX";
    case "BGRA":
    case "BGRX":
      return "BGRX";
    case "I420":
    case "I420A":
      return "I420";
    case "NV12":
      return "NV12";
    default:
      return undefined;
  }
}

const OWN_PRIMARIES = ["bt709", "smpte170m", "bt470bg"];

/** Whether colours need no conversion of their gamut. BT.601's primaries are taken as BT.709's, as players do. */
export function isOwnGamut({ primaries, transfer }: VideoColorSpaceInit): boolean {
  // High dynamic range: newer names than TypeScript's own declarations.
  return OWN_PRIMARIES.includes(primaries ?? "bt709") && !["pq", "hlg"].includes(transfer ?? "");
}

/** Luma's factors Kr and Kb of red and blue, by which Cb and Cr are scaled too. */
type Factors = readonly [kr: number, kb: number];

/** The video's own (ITU-R BT.709-6 3.2), as in src/colour/bt709.rs. */
export const BT709: Factors = [0.2126, 0.0722];

/** A JPEG's and standard television's (ITU-R BT.601-7 2.5.1), as in crates/jpeg-planes. */
const BT601: Factors = [0.299, 0.114];

/** Of the matrices that planes may have. */
const FACTORS: Readonly<Record<string, Factors>> = { bt709: BT709, smpte170m: BT601, bt470bg: BT601 };

/** What the samples of planes mean. */
export interface PlaneColours {
  factors: Factors;
  fullRange: boolean;
}

/** What samples mean; nothing for a matrix that is not known. Without a word, planes are BT.709 in limited range. */
export function planeColours({ matrix, fullRange }: VideoColorSpaceInit): PlaneColours | undefined {
  const factors = FACTORS[matrix ?? "bt709"];
  return factors && { factors, fullRange: fullRange ?? false };
}

export function areOwnColours({ factors, fullRange }: PlaneColours): boolean {
  return factors === BT709 && !fullRange;
}
