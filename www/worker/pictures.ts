import { THUMBNAIL_BOX, type Thumbnail } from "../shared/messages.ts";
import { type Size, within } from "../shared/placement.ts";

/** A thumbnail, or null: framereel reads formats that browsers do not, such as TIFF, so that is no error here. */
export async function thumbnailOf(file: Blob): Promise<Thumbnail | null> {
  const whole = await createImageBitmap(file).catch(() => null);
  if (whole === null) return null;
  const { width, height } = whole;
  const canvas = drawn(whole, within(whole, THUMBNAIL_BOX));
  // Safari makes a PNG of it, which keeps transparency as well.
  return { width, height, small: await canvas.convertToBlob({ type: "image/webp", quality: 0.85 }) };
}

/** The picture scaled down into `box`. */
export async function pictureOf(file: Blob, box: Size): Promise<ImageBitmap> {
  const whole = await createImageBitmap(file);
  return drawn(whole, within(whole, box)).transferToImageBitmap();
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
