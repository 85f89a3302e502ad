import type { Colors } from "../model/choices.js";
import { freeBuffer } from "../model/free-buffer.js";
import type { Limits } from "../model/options.js";
import { orNothing } from "../model/patience.js";
import { isSvg, SVG_WINDOW, xmlText } from "../model/svg.js";
import type { PixelSize } from "../protocol/core.js";
import type { TaskContext } from "./context.js";
import { BrokeDown, codeOf, WorkerFailure } from "./errors.js";
import { readFile } from "./read.js";

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
  const bitmap = (await bitmapOf(blob, colors)) ?? (await drawingOf(blob, maxPixels, context));
  if (bitmap && bitmap.width * bitmap.height > maxPixels) {
    bitmap.close();
    throw tooLarge(bitmap, maxPixels);
  }
  return bitmap;
}

function tooLarge({ width, height }: PixelSize, maxPixels: number): WorkerFailure {
  return new WorkerFailure(
    "limit",
    `the image is ${width}x${height}, more than the limit of ${maxPixels} pixels. Use a smaller image or raise options.limits.maxPixels.`,
  );
}

async function bitmapOf(blob: Blob, colors: Colors): Promise<ImageBitmap | null> {
  try {
    const colorSpaceConversion = colors === "ignore" ? "none" : "default";
    const bitmap = await orNothing(createImageBitmap(blob, { premultiplyAlpha: "none", colorSpaceConversion }));
    return bitmap ?? null;
  } catch {
    // The only news is "cannot decode"; the caller has the better error of the wasm decoder.
    return null;
  }
}

/** SVG has no signature: its root element stands somewhere after declarations and comments. */
async function drawingOf(
  blob: Blob,
  maxPixels: number,
  context: Pick<TaskContext, "rasterize">,
): Promise<ImageBitmap | null> {
  const start = await readFile(blob.slice(0, SVG_WINDOW), SVG_WINDOW);
  if (blob.type !== "image/svg+xml" && !isSvg(xmlText(start))) return null;
  const drawing = await context.rasterize(blob, maxPixels);
  if (drawing && "size" in drawing) throw tooLarge(drawing.size, maxPixels);
  return drawing?.bitmap ?? null;
}

/**
 * Whether the browser may decode a file that wasm refused with this error: one of its own formats, or one whose decoder cannot be
 * had or broke down. Not one that is broken: browsers show grey, or what is left, where data are missing or wrong, each in its own way,
 * and a video must not hold half a picture without a word.
 */
export function browserMayKnow(error: unknown): boolean {
  const code = codeOf(error);
  return code === "unsupported-image" || code === "load" || error instanceof BrokeDown;
}

/** Rows that are read at a time: a canvas of a whole large image would be there beside the bitmap and the pixels. */
const ROWS_AT_ONCE = 1024;

/** The pixels of a bitmap, which is closed. */
export function readPixels(bitmap: ImageBitmap): Pixels {
  const { width, height } = bitmap;
  const rows = Math.min(height, ROWS_AT_ONCE);
  const context = new OffscreenCanvas(width, rows).getContext("2d", { willReadFrequently: true });
  if (!context) throw new WorkerFailure("internal", "the browser refused a canvas to read pixels from");
  // Pixels replace those of the rows before, also transparent ones.
  context.globalCompositeOperation = "copy";
  const part = (top: number): Uint8ClampedArray<ArrayBuffer> => {
    context.drawImage(bitmap, 0, -top);
    return context.getImageData(0, 0, width, Math.min(rows, height - top)).data;
  };
  try {
    if (rows === height) return { rgba: new Uint8Array(part(0).buffer), width, height };
    const rgba = new Uint8Array(4 * width * height);
    for (let top = 0; top < height; top += rows) {
      const data = part(top);
      rgba.set(data, 4 * width * top);
      freeBuffer(data.buffer);
    }
    return { rgba, width, height };
  } finally {
    bitmap.close();
  }
}
