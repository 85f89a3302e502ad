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

/** Luma's share of red and blue in the matrices that planes may have (ITU-R BT.709-6 3.2, BT.601-7 2.5.1). */
const SHARES: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt709: [0.2126, 0.0722],
  smpte170m: [0.299, 0.114],
  bt470bg: [0.299, 0.114],
};

/** What the samples of planes mean. */
export interface PlaneColours {
  shares: readonly [red: number, blue: number];
  fullRange: boolean;
}

/** What samples mean; nothing for a matrix that is not known. Without a word, planes are BT.709 in limited range. */
export function planeColours({ matrix, fullRange }: VideoColorSpaceInit): PlaneColours | undefined {
  const shares = SHARES[matrix ?? "bt709"];
  return shares && { shares, fullRange: fullRange ?? false };
}

export function areOwnColours({ shares, fullRange }: PlaneColours): boolean {
  return shares === SHARES.bt709 && !fullRange;
}
