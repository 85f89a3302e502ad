import { FramereelError } from "../model/errors.js";
import { describe, invalidOption } from "./check.js";

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Whether colours can be read here; on a server they wait until the encode. */
export function canParseColors(): boolean {
  return typeof OffscreenCanvas !== "undefined" || typeof document !== "undefined";
}

/** An opaque CSS colour as the browser understands it. */
export function parseColor(value: unknown, path: string): Rgb {
  if (typeof value !== "string") throw invalidOption(path, 'a CSS colour such as "black" or "#204060"', value);
  const context = onePixelContext();
  // A canvas ignores what is not a colour, so a colour is what two different starting points agree on.
  const [first, second] = ["#000000", "#ffffff"].map((start) => {
    context.fillStyle = start;
    context.fillStyle = value;
    return context.fillStyle;
  });
  if (first !== second) throw invalidOption(path, 'a CSS colour such as "black" or "#204060"', value);
  // Opaque sRGB colours read back as #rrggbb; reading the pixel instead would be subject to anti-fingerprinting noise.
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(String(first));
  if (hex) return [1, 2, 3].map((part) => Number.parseInt(hex[part] as string, 16)) as unknown as Rgb;
  context.clearRect(0, 0, 1, 1);
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  if (alpha !== 255) {
    throw new FramereelError(
      "invalid-option",
      `${path} must be an opaque colour, but ${describe(value)} lets something through and H.264 video holds no transparency.`,
    );
  }
  return [red, green, blue];
}

function onePixelContext(): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
  const context = onePixelCanvas().getContext("2d", { willReadFrequently: true });
  if (context && "fillStyle" in context) return context;
  throw new FramereelError("load", "This browser refuses a 2D canvas, which framereel needs to read colours.");
}

function onePixelCanvas(): HTMLCanvasElement | OffscreenCanvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(1, 1);
  return Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
}
