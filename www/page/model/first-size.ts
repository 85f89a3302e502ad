import { ImageSequenceClip } from "framereel";
import type { Size } from "../../shared/placement.ts";
import type { Thumbnails } from "../thumbnails.ts";

/**
 * Pixels of an image, which the video's size follows; null where it cannot be read. What the browser cannot decode, such as
 * TIFF, framereel makes a video of one frame of.
 */
export async function firstSize(file: File, thumbnails: Thumbnails): Promise<Size | null> {
  const thumbnail = await thumbnails.whenKnown(file);
  if (thumbnail !== null) return thumbnail;
  try {
    return (await new ImageSequenceClip([file], { fps: 1 }).encode({ quality: "low", workers: 1 })).stats;
  } catch {
    return null; // the encode itself will say what is wrong with it
  }
}
