import { orAborted } from "../../concurrency/or-aborted.js";
import type { Colors } from "../../model/choices.js";
import { FramereelError } from "../../model/errors.js";
import { imageError } from "../../model/image-error.js";
import type { ImageSource, PixelImage } from "../../model/sources.js";
import { isA, isEncodedImage, nameOf } from "../../options/source-kind.js";
import type { PostableImage } from "../../protocol/messages.js";
import { fetchFile, fileOf, isAddress } from "./source-file.js";

/**
 * The sources of one encode in a form that can be posted. Pixels and bytes are copied when the encode begins, so that
 * the page may go on drawing; files stay handles, and addresses are fetched at their turn.
 */
export class Snapshot {
  readonly #images = new Map<ImageSource, PostableImage | Promise<PostableImage>>();
  readonly #signal: AbortSignal;

  /** Takes the copies now, one per different object; `colors` is for those of `<img>` elements. */
  constructor(sources: Iterable<ImageSource>, colors: Colors, signal: AbortSignal) {
    this.#signal = signal;
    for (const source of sources) {
      if (this.#images.has(source) || isAddress(source)) continue;
      const image = copyOf(source, colors);
      // Reported where the image is used, with its place.
      if (image instanceof Promise) image.catch(() => {});
      this.#images.set(source, image);
    }
  }

  /** The image to post. `imageIndex` is the place to name if it cannot be had. */
  async get(source: ImageSource, imageIndex: number): Promise<PostableImage> {
    let image = this.#images.get(source);
    if (!image) {
      image = fetchImage(String(source), this.#signal);
      image.catch(() => {});
      this.#images.set(source, image);
    }
    try {
      return await orAborted(image, this.#signal);
    } catch (error) {
      if (this.#signal.aborted) throw this.#signal.reason;
      throw imageError(error, { index: imageIndex, name: nameOf(source) });
    }
  }

  /** Gives the copies back to the browser. */
  release(): void {
    for (const image of this.#images.values()) {
      void Promise.resolve(image).then(
        (copied) => copied.kind === "bitmap" && copied.bitmap.close(),
        () => {},
      );
    }
    this.#images.clear();
  }
}

function copyOf(source: Exclude<ImageSource, string | URL>, colors: Colors): PostableImage | Promise<PostableImage> {
  if (isEncodedImage(source)) return { kind: "file", blob: fileOf(source) };
  return copyPixels(source, colors);
}

/** One source, copied or fetched now; failures name the image. */
export async function copySource(
  source: ImageSource,
  imageIndex: number,
  colors: Colors,
  signal: AbortSignal,
): Promise<PostableImage> {
  try {
    return await orAborted(isAddress(source) ? fetchImage(source, signal) : copyOf(source, colors), signal);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw imageError(error, { index: imageIndex, name: nameOf(source) });
  }
}

/** A copy of pixels; the object they come from is left as it is. */
function copyPixels(source: PixelImage, colors: Colors): PostableImage | Promise<PostableImage> {
  // WebKitGTK's ImageData does not name its colour space, which is sRGB then.
  const isSrgb = isA(source, "ImageData") && (source.colorSpace ?? "srgb") === "srgb";
  if (isSrgb && source.data instanceof Uint8ClampedArray) {
    return { kind: "rgba", data: new Uint8ClampedArray(source.data), width: source.width, height: source.height };
  }
  return copyBitmap(source, colors);
}

async function copyBitmap(source: PixelImage, colors: Colors): Promise<PostableImage> {
  const bitmap = await bitmapOf(source, colors);
  if (isReadable(bitmap)) return { kind: "bitmap", bitmap };
  bitmap.close();
  throw new FramereelError(
    "unsupported-image",
    'its pixels come from another site, and the browser hands them to nobody. Have that site allow it (Access-Control-Allow-Origin) and load the image with crossOrigin = "anonymous".',
  );
}

const PREMULTIPLIED = ["HTMLCanvasElement", "OffscreenCanvas", "ImageBitmap"] as const;

async function bitmapOf(source: PixelImage, colors: Colors): Promise<ImageBitmap> {
  try {
    if (isA(source, "HTMLImageElement")) await loaded(source);
    // A canvas and a bitmap hold premultiplied pixels: asked for as they are, their copy costs no memory until one is drawn on.
    const premultiplied = PREMULTIPLIED.some((name) => isA(source, name));
    const premultiplyAlpha = premultiplied ? "default" : "none";
    // Only an <img> has a file, whose profile may be left out; of other pixels the browser knows the colours.
    const ignores = colors === "ignore" && isA(source, "HTMLImageElement");
    return await createImageBitmap(source, {
      premultiplyAlpha,
      colorSpaceConversion: ignores ? "none" : "default",
    });
  } catch (cause) {
    if (isA(source, "HTMLImageElement")) {
      throw new FramereelError(
        "unsupported-image",
        "the <img> holds no picture: its file is missing, broken or of a format this browser cannot read.",
        { cause },
      );
    }
    throw new FramereelError(
      "corrupt-image",
      `its pixels cannot be read: it is empty, closed, or was handed to another thread. ${String(cause)}`,
      { cause },
    );
  }
}

/**
 * Waits until an `<img>` has its file, or is known to have none. `decode()` would wait for a frame to be shown, which a page in the
 * background does not do.
 */
async function loaded(image: HTMLImageElement): Promise<void> {
  if (image.complete) return;
  await new Promise((resolve) => {
    for (const event of ["load", "error"]) image.addEventListener(event, resolve, { once: true });
  });
}

/** One pixel to draw on: a canvas for each bitmap would hold that bitmap until garbage is collected. */
let pixel: OffscreenCanvasRenderingContext2D | null | undefined;

/** Whether the browser lets anybody see the pixels; a bitmap does not say by itself. */
function isReadable(bitmap: ImageBitmap): boolean {
  pixel ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  pixel?.drawImage(bitmap, 0, 0);
  try {
    pixel?.getImageData(0, 0, 1, 1);
    return true;
  } catch {
    // Once tainted, a canvas stays so.
    pixel = undefined;
    return false;
  }
}

/** A TGA is known by its name. */
function named(blob: Blob, name = ""): File {
  return new File([blob], name, { type: blob.type });
}

async function fetchImage(url: string | URL, signal: AbortSignal): Promise<PostableImage> {
  return { kind: "file", blob: named(await fetchFile(url, signal, "corrupt-image"), nameOf(url)) };
}
