import { MEMORY_SHARE, UNTOLD_MEMORY_BUDGET } from "./defaults.js";

/** Bytes of a worker without an image: its thread, its script, the module's own memory. */
const IDLE_BYTES = 12 * 2 ** 20;

/**
 * Bytes for each pixel of the video: the encoder's reference pictures and its output buffers, which hold the worst picture, and
 * the pictures and planes between decoding and encoding.
 */
const BYTES_PER_PICTURE_PIXEL = 28;

/** Bytes of pictures that wait for the look-ahead (`src/encode/group.rs`), which are fewer where pictures are small. */
const WAITING = { bytes: 64 * 2 ** 20, pictures: 17, bytesPerPixel: 1.75 };

/** Bytes for each pixel of an image while it is decoded, by format: pixels, and what the decoder holds besides. */
const BYTES_PER_SOURCE_PIXEL: Readonly<Record<string, number>> = {
  // As planes, row by row; with a colour profile or to be turned, by way of pixels.
  jpg: 10,
  png: 9,
  webp: 14,
  gif: 14,
  bmp: 9,
  tiff: 14,
  ico: 14,
};
/** Pixels that the page or the browser has decoded: in its own memory, in a canvas and in the module's. */
const BYTES_PER_DECODED_PIXEL = 16;

/** Width and height in pixels. */
interface Extent {
  width: number;
  height: number;
}

/** An image to be encoded, as far as it is known. */
export interface KnownSource extends Extent {
  /** As the core names it; absent for pixels. */
  format?: string;
  /** Bytes of the file. */
  bytes?: number;
}

/** Bytes that a worker takes at the most while it encodes pictures of a size from images such as these. */
export function workerBytes({ width, height }: Extent, sources: readonly KnownSource[]): number {
  const pixels = width * height;
  const waiting = Math.min(WAITING.bytes, WAITING.pictures * WAITING.bytesPerPixel * pixels);
  return IDLE_BYTES + BYTES_PER_PICTURE_PIXEL * pixels + waiting + Math.max(0, ...sources.map(sourceBytes));
}

function sourceBytes({ width, height, format, bytes = 0 }: KnownSource): number {
  const perPixel = (format === undefined ? undefined : BYTES_PER_SOURCE_PIXEL[format]) ?? BYTES_PER_DECODED_PIXEL;
  // A file is there twice: as the browser read it, and in the module; the next one is read ahead.
  return perPixel * width * height + 3 * bytes;
}

/** Bytes that the workers of an encode may take together, given the device's memory in GiB as `navigator.deviceMemory` tells it. */
export function memoryBudget(deviceMemory = deviceMemoryTold()): number {
  return deviceMemory === undefined ? UNTOLD_MEMORY_BUDGET : deviceMemory * 2 ** 30 * MEMORY_SHARE;
}

function deviceMemoryTold(): number | undefined {
  const { deviceMemory } = (globalThis.navigator ?? {}) as { deviceMemory?: number };
  return typeof deviceMemory === "number" && deviceMemory > 0 ? deviceMemory : undefined;
}

/** How many workers of so many bytes fit, at least one. */
export function workersWithin(budget: number, bytes: number): number {
  return Math.max(1, Math.floor(budget / bytes));
}
