import type { Colors } from "../model/choices.js";
import type { Limits } from "../model/options.js";
import type { TaskContext } from "./context.js";
import { WorkerFailure } from "./errors.js";

/** Straight RGBA, 8 bits a channel, rows without gaps. */
export interface Pixels {
  rgba: Uint8Array;
  width: number;
  height: number;
}

/** What the browser is told about an image. */
export interface BrowserSettings extends Pick<Limits, "maxPixels"> {
  colors: Colors;
}

/** An image file as the browser decodes it, oriented by its EXIF tag; null where the browser cannot. */
export async function decodeInBrowser(
  blob: Blob,
  { colors, maxPixels }: BrowserSettings,
  context: Pick<TaskContext, "rasterize">,
): Promise<ImageBitmap | null> {
  const bitmap = (await bitmapOf(blob, colors)) ?? ((await looksLikeSvg(blob)) ? await context.rasterize(blob) : null);
  if (bitmap && bitmap.width * bitmap.height > maxPixels) {
    const { width, height } = bitmap;
    bitmap.close();
    throw new WorkerFailure(
      "limit",
      `the image is ${width}x${height}, more than the limit of ${maxPixels} pixels. Use a smaller image or raise options.limits.maxPixels.`,
    );
  }
  return bitmap;
}

async function bitmapOf(blob: Blob, colors: Colors): Promise<ImageBitmap | null> {
  try {
    const colorSpaceConversion = colors === "ignore" ? "none" : "default";
    return await createImageBitmap(blob, { premultiplyAlpha: "none", colorSpaceConversion });
  } catch {
    // The only news is "cannot decode"; the caller has the better error of the wasm decoder.
    return null;
  }
}

/** SVG has no signature: its root element stands somewhere after declarations and comments. */
async function looksLikeSvg(blob: Blob): Promise<boolean> {
  if (blob.type === "image/svg+xml") return true;
  return /<svg[\s>]/.test(await blob.slice(0, 4096).text());
}

/** The pixels of a bitmap, which is closed. */
export function readPixels(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new WorkerFailure("internal", "the browser refused a canvas to read pixels from");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return { rgba: new Uint8Array(data.buffer), width, height };
}
