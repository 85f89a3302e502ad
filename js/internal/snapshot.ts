import { FramereelError } from "../public/errors.js";
import type { ImageSource, PixelImage } from "../public/sources.js";
import { imageError } from "./image-error.js";
import type { PostableImage } from "./protocol.js";
import { isA, isEncodedImage, nameOf } from "./source-kind.js";

/**
 * The sources of one encode in a form that can be posted. Pixels and bytes are copied when the encode begins, so that
 * the page may go on drawing; files stay handles, and addresses are fetched at their turn.
 */
export class Snapshot {
  readonly #images = new Map<ImageSource, PostableImage | Promise<PostableImage>>();
  readonly #signal: AbortSignal;

  /** Takes the copies now, one per different object. */
  constructor(sources: Iterable<ImageSource>, signal: AbortSignal) {
    this.#signal = signal;
    for (const source of sources) {
      if (this.#images.has(source) || isAddress(source)) continue;
      const image = copyOf(source);
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
      return await image;
    } catch (error) {
      if (this.#signal.aborted) throw this.#signal.reason;
      throw imageError(error, imageIndex, nameOf(source));
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

function isAddress(source: ImageSource): source is string | URL {
  return typeof source === "string" || isA(source, "URL");
}

function copyOf(source: Exclude<ImageSource, string | URL>): PostableImage | Promise<PostableImage> {
  if (isA(source, "Blob")) return { kind: "file", blob: source };
  if (isEncodedImage(source)) return { kind: "file", blob: new Blob([source as ArrayBuffer]) };
  return copyPixels(source as PixelImage);
}

/** One source, copied or fetched now; failures name the image. */
export async function copySource(source: ImageSource, imageIndex: number, signal: AbortSignal): Promise<PostableImage> {
  try {
    return await (isAddress(source) ? fetchImage(String(source), signal) : copyOf(source));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw imageError(error, imageIndex, nameOf(source));
  }
}

/** A copy of pixels; the object they come from is left as it is. */
function copyPixels(source: PixelImage): PostableImage | Promise<PostableImage> {
  if (isA(source, "ImageData") && source.colorSpace === "srgb" && source.data instanceof Uint8ClampedArray) {
    return { kind: "rgba", data: new Uint8ClampedArray(source.data), width: source.width, height: source.height };
  }
  return copyBitmap(source);
}

async function copyBitmap(source: PixelImage): Promise<PostableImage> {
  try {
    if (isA(source, "HTMLImageElement")) await source.decode();
    return { kind: "bitmap", bitmap: await createImageBitmap(source, { premultiplyAlpha: "none" }) };
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

async function fetchImage(url: string, signal: AbortSignal): Promise<PostableImage> {
  try {
    const response = await fetch(url, { signal });
    if (response.ok) return { kind: "file", blob: await response.blob() };
    const { status, statusText } = response;
    const answer = statusText ? `${status} ${statusText}` : status;
    throw new FramereelError("corrupt-image", `${url} could not be fetched: the server answered ${answer}.`);
  } catch (cause) {
    if (cause instanceof FramereelError) throw cause;
    throw new FramereelError(
      "corrupt-image",
      `${url} could not be fetched: the network is down, the address is wrong, or CORS or the page's Content-Security-Policy (connect-src) forbids it.`,
      { cause },
    );
  }
}
