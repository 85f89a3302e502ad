import type { ClipOptions } from "framereel";
import type { Size } from "../../shared/placement.ts";
import { LEAST_SIDE, MOST_PIXELS, MOST_SIDE } from "./picture-limits.ts";
import type { Settings } from "./settings.ts";

/** More pixels than these are larger than 4K, for which many players have no decoder. */
const FOUR_K = 3840 * 2160;

/** The shorter side that "As the images" is brought to: where it is larger than 4K, and for chats where it is larger than Full HD. */
const CAPS = { any: { pixels: FOUR_K, side: 2160 }, chat: { pixels: 1920 * 1080, side: 1080 } } as const;

/** What stands in for the shape of images that is not known yet. */
const USUAL: Size = { width: 1920, height: 1080 };

export interface VideoSize extends Size {
  /** For framereel. */
  readonly option: NonNullable<ClipOptions["size"]>;
  /** Name of the size that "As the images" was brought down to, or null. */
  readonly capped: "2160p" | "1080p" | null;
  /** False where it follows the first image and that one's size is not known yet. */
  readonly known: boolean;
}

/** The video's size for these settings, the first image being of size `first` (null: not known). */
export function videoSize(settings: Settings, first: Size | null): VideoSize {
  const fixed = (size: Size, known: boolean, capped: VideoSize["capped"] = null): VideoSize => ({
    ...size,
    ...{ option: size, capped, known },
  });
  const known = first !== null;
  switch (settings.size) {
    case "images": {
      const size = first ?? USUAL;
      const cap = settings.purpose === "chat" && settings.rate === "purpose" ? CAPS.chat : CAPS.any;
      if (size.width * size.height <= cap.pixels) return { ...encodable(size), option: "first", capped: null, known };
      return fixed(withShortSide(size, cap.side), known, `${cap.side}p`);
    }
    case "square":
      return fixed({ width: 1080, height: 1080 }, true);
    case "vertical":
      return fixed({ width: 1080, height: 1920 }, true);
    case "custom":
      return fixed({ width: settings.width, height: settings.height }, true);
    default:
      return fixed(withShortSide(first ?? USUAL, Number(settings.size)), known);
  }
}

/** The shape of `size`, its shorter side `side` long, or less where H.264 does not hold that. */
function withShortSide(size: Size, side: number): Size {
  const scale = side / Math.min(size.width, size.height);
  return encodable({ width: size.width * scale, height: size.height * scale });
}

/** Even sides that H.264 holds, of nearly the same shape. */
function encodable({ width, height }: Size): Size {
  const scale = Math.min(1, MOST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
  const side = (length: number) => Math.max(LEAST_SIDE, 2 * Math.floor((length * scale) / 2 + 1e-6));
  return { width: side(width), height: side(height) };
}
