import { applyPalette, GIFEncoder, quantize } from "gifenc";
import type { Request } from "../shared/messages.ts";
import { placement } from "../shared/placement.ts";
import { PictureReader } from "./pictures.ts";

/** Colours of a frame, the most that GIF holds. */
const COLOURS = 256;

/** GIF counts hundredths of a second; players show less than two of them as ten. */
const LEAST_DELAY = 2;

/** An endless GIF of the frames, each with its own palette and its own time. */
export async function encodeGif(
  { frames, width, height, fit, background, colors }: Extract<Request, { kind: "gif" }>,
  progress: (fraction: number) => void,
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("this browser gives no 2D canvas to workers");
  context.imageSmoothingQuality = "high";
  const gif = GIFEncoder();
  const clock = new Clock();
  const reader = new PictureReader(colors);
  for (const [index, frame] of frames.entries()) {
    const bitmap = await reader.read(frame);
    const { x, y, width: w, height: h } = placement(fit, bitmap, canvas);
    context.fillStyle = background;
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, x, y, w, h);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    const palette = quantize(data, COLOURS);
    gif.writeFrame(applyPalette(data, palette), width, height, { palette, delay: clock.delay(frame.seconds) });
    progress((index + 1) / frames.length);
  }
  reader.close();
  gif.finish();
  return new Blob([gif.bytes()], { type: "image/gif" });
}

/** Rounds each delay so that the sum stays true: 24 fps is 4, 4, 4, 5, ... hundredths, not 4 throughout. */
class Clock {
  #seconds = 0;
  #hundredths = 0;

  /** Milliseconds, a multiple of 10, for a frame shown so long. */
  delay(seconds: number): number {
    this.#seconds += seconds;
    const delay = Math.max(LEAST_DELAY, Math.round(this.#seconds * 100) - this.#hundredths);
    this.#hundredths += delay;
    return delay * 10;
  }
}
