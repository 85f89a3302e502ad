import { type AnimationFrame, type Colors, type Picture, THUMBNAIL_BOX, type Thumbnail } from "../shared/messages.ts";
import { type Size, within } from "../shared/placement.ts";
import { Animation } from "./animation.ts";

/** A thumbnail, or null: framereel reads formats that browsers do not, such as TIFF, so that is no error here. */
export async function thumbnailOf(file: Blob): Promise<Thumbnail | null> {
  const whole = await createImageBitmap(file).catch(() => null);
  if (whole === null) return null;
  const { width, height } = whole;
  const animation = await Animation.open(file);
  animation?.close();
  return { width, height, small: await small(whole), frames: animation?.length ?? 1 };
}

/** Small copies of all frames with their times. */
export async function framesOf(file: Blob): Promise<AnimationFrame[] | null> {
  const animation = await Animation.open(file);
  if (animation === null) return null;
  try {
    const frames: AnimationFrame[] = [];
    for (let index = 0; index < animation.length; index += 1) {
      const { bitmap, seconds } = await animation.frame(index);
      frames.push({ seconds, small: await small(bitmap) });
    }
    return frames;
  } finally {
    animation.close();
  }
}

/** The picture scaled down into `box`. */
export async function pictureOf(picture: Picture, box: Size, colors: Colors): Promise<ImageBitmap> {
  const reader = new PictureReader(colors);
  try {
    const whole = await reader.read(picture);
    return drawn(whole, within(whole, box)).transferToImageBitmap();
  } finally {
    reader.close();
  }
}

/** Decodes pictures one after the other; frames of one file in a row are decoded from the same state. */
export class PictureReader {
  #file: Blob | null = null;
  #animation: Animation | null = null;
  readonly #colorSpaceConversion: ColorSpaceConversion;

  constructor(colors: Colors) {
    this.#colorSpaceConversion = colors === "ignore" ? "none" : "default";
  }

  /** @throws where the browser cannot decode the file */
  async read({ file, frame }: Picture): Promise<ImageBitmap> {
    if (frame === null) return createImageBitmap(file, { colorSpaceConversion: this.#colorSpaceConversion });
    if (this.#file !== file) {
      this.close();
      this.#file = file;
      this.#animation = await Animation.open(file, this.#colorSpaceConversion);
    }
    if (this.#animation === null) throw new Error("this browser gives no frames of it");
    return (await this.#animation.frame(frame)).bitmap;
  }

  close(): void {
    this.#animation?.close();
    this.#animation = null;
    this.#file = null;
  }
}

/** Safari makes a PNG of it, which keeps transparency as well. */
function small(bitmap: ImageBitmap): Promise<Blob> {
  return drawn(bitmap, within(bitmap, THUMBNAIL_BOX)).convertToBlob({ type: "image/webp", quality: 0.85 });
}

function drawn(bitmap: ImageBitmap, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser gives no 2D canvas to workers");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  return canvas;
}
