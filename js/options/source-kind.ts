import { FramereelError } from "../model/errors.js";
import type { AudioSource, EncodedImage, ImageSource } from "../model/sources.js";
import { describe } from "./check.js";

/**
 * Whether a value is an instance of a browser class, which may not exist here (on a server, in a worker) and may come
 * from another window, where `instanceof` fails.
 */
export function isA<Name extends keyof KnownClasses>(value: unknown, name: Name): value is KnownClasses[Name] {
  if (typeof value !== "object" || value === null) return false;
  const known = (globalThis as Record<string, unknown>)[name];
  if (typeof known === "function" && value instanceof known) return true;
  return tagOf(value) === name || (name === "Blob" && tagOf(value) === "File");
}

interface KnownClasses {
  Date: Date;
  ArrayBuffer: ArrayBuffer;
  Blob: Blob;
  URL: URL;
  ImageData: ImageData;
  ImageBitmap: ImageBitmap;
  HTMLImageElement: HTMLImageElement;
  HTMLCanvasElement: HTMLCanvasElement;
  OffscreenCanvas: OffscreenCanvas;
  VideoFrame: VideoFrame;
}

function tagOf(value: object): string {
  return Object.prototype.toString.call(value).slice("[object ".length, -1);
}

const ENCODED = ["Blob", "ArrayBuffer", "URL"] as const;
const PIXELS = [
  "ImageData",
  "ImageBitmap",
  "HTMLImageElement",
  "HTMLCanvasElement",
  "OffscreenCanvas",
  "VideoFrame",
] as const;

export function isEncodedImage(value: unknown): value is EncodedImage {
  return typeof value === "string" || ArrayBuffer.isView(value) || ENCODED.some((name) => isA(value, name));
}

/** Checks what a clip is made of; `path` names the list in messages. */
export function checkSources(images: unknown, path: string): ImageSource[] {
  const iterable = typeof images === "object" && images !== null && Symbol.iterator in images;
  // A Uint8Array can be iterated too, but means one image.
  if (!iterable || isEncodedImage(images)) {
    throw new FramereelError(
      "invalid-option",
      `${path} must be a list of images, but is ${describe(images)}. Put a single image into an array.`,
    );
  }
  const sources = [...(images as Iterable<unknown>)];
  if (sources.length === 0) throw new FramereelError("invalid-option", `${path} is empty. Give one image at least.`);
  return sources.map((source, index) => checkSource(source, `${path}[${index}]`, index));
}

/** Checks one image. */
export function checkSource(source: unknown, path: string, imageIndex: number): ImageSource {
  if (isEncodedImage(source) || PIXELS.some((name) => isA(source, name))) return source as ImageSource;
  throw new FramereelError(
    "invalid-option",
    `${path} must be a Blob, an ArrayBuffer or a view of one, a URL or string, or pixels (${PIXELS.join(", ")}), but is ${describe(source)}.`,
    { imageIndex },
  );
}

/** What a person would call an image: its file's name or the last part of its address. */
export function nameOf(source: ImageSource | AudioSource): string | undefined {
  if (isA(source, "Blob")) return (source as File).name || undefined;
  if (isA(source, "HTMLImageElement")) return lastPart(source.currentSrc || source.src);
  if (typeof source === "string" || isA(source, "URL")) return lastPart(String(source));
  return undefined;
}

function lastPart(address: string): string | undefined {
  if (/^(data|blob):/.test(address)) return undefined;
  const part = address
    .replace(/[?#].*$/s, "")
    .split("/")
    .at(-1);
  try {
    return decodeURIComponent(part ?? "") || undefined;
  } catch {
    return part;
  }
}
