/** Browsers show a frame whose file says no delay, or up to this many seconds, for {@link UNSET_DELAY} seconds, and so does framereel. */
const LONGEST_UNSET_DELAY = 0.01;
const UNSET_DELAY = 0.1;

/** Bytes of a PNG in which the chunk that announces an animation is looked for; it stands before the pixels. */
const PNG_HEAD = 2 ** 16;

/** Bytes at the start of a file that tell its format. */
const SIGNATURE = 32;

/**
 * The frames of an animated GIF, PNG or WebP, by the browser's ImageDecoder (WebCodecs). Safari has none: there an animation is
 * its first frame to the page's own views, and framereel alone knows the others.
 */
export class Animation {
  readonly #decoder: ImageDecoder;
  readonly length: number;

  private constructor(decoder: ImageDecoder, length: number) {
    this.#decoder = decoder;
    this.length = length;
  }

  /** null: a still image, or no way to tell. */
  static async open(file: Blob, colorSpaceConversion: ColorSpaceConversion = "default"): Promise<Animation | null> {
    const type = typeof ImageDecoder === "undefined" ? null : await movingType(file);
    if (type === null) return null;
    const decoder = new ImageDecoder({ data: await file.arrayBuffer(), type, colorSpaceConversion });
    try {
      await decoder.tracks.ready;
      await decoder.completed; // the count is final
      const length = decoder.tracks.selectedTrack?.frameCount ?? 1;
      if (length > 1) return new Animation(decoder, length);
    } catch {
      // damaged: as any other image that the browser cannot decode
    }
    decoder.close();
    return null;
  }

  /** The frame as it is shown, and for how many seconds. */
  async frame(frameIndex: number): Promise<{ readonly bitmap: ImageBitmap; readonly seconds: number }> {
    const { image } = await this.#decoder.decode({ frameIndex });
    try {
      const seconds = (image.duration ?? 0) / 1e6;
      return {
        bitmap: await createImageBitmap(image),
        seconds: seconds <= LONGEST_UNSET_DELAY ? UNSET_DELAY : seconds,
      };
    } finally {
      image.close();
    }
  }

  close(): void {
    this.#decoder.close();
  }
}

/** The media type of a file that may be animated, by its content; null for every other. */
async function movingType(file: Blob): Promise<string | null> {
  const text = await latin(file.slice(0, SIGNATURE));
  if (text.startsWith("GIF8")) return "image/gif";
  // RFC 9649: "RIFF", size, "WEBP", then the chunk "VP8X" whose first byte has a flag for animation.
  if (/^RIFF.{4}WEBPVP8X/s.test(text)) return (text.charCodeAt(20) & 2) === 0 ? null : "image/webp";
  if (text.slice(1, 4) !== "PNG") return null;
  const [head = ""] = (await latin(file.slice(0, PNG_HEAD))).split("IDAT");
  return head.includes("acTL") ? "image/png" : null;
}

async function latin(bytes: Blob): Promise<string> {
  return new TextDecoder("latin1").decode(await bytes.arrayBuffer());
}
