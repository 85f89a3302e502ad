import type { PlaneColours } from "./own-layout.js";

/** Luma's share of red and blue in the video, and codes of its range for one of 255 (ITU-R BT.709-6 3.2 and 5.3). */
const [RED, BLUE] = [0.2126, 0.0722];
const [LUMA, CHROMA] = [219 / 255, 224 / 255];

/** Where a plane's samples begin, and how many bytes there are from one to the next. */
interface Chroma {
  cb: number;
  cr: number;
  step: 1 | 2;
}

/** Brings planes of other colours to BT.709 in limited range, in place: all of it is linear in the samples. */
export function convertPlanes(
  data: Uint8Array,
  format: "I420" | "NV12",
  width: number,
  height: number,
  { shares: [red, blue], fullRange }: PlaneColours,
): void {
  const [across, down] = [Math.ceil(width / 2), Math.ceil(height / 2)];
  const luma = width * height;
  const { cb, cr, step }: Chroma =
    format === "I420" ? { cb: luma, cr: luma + across * down, step: 1 } : { cb: luma, cr: luma + 1, step: 2 };
  const [black, lumaScale, scale] = fullRange ? [0, 1, 1] : [16, 1 / LUMA, 1 / CHROMA];
  const green = 1 - red - blue;
  // Red, green and blue of one code of each difference, and of those the new samples.
  const ofCb = [0, (-2 * blue * (1 - blue)) / green, 2 * (1 - blue)].map((part) => part * scale);
  const ofCr = [2 * (1 - red), (-2 * red * (1 - red)) / green, 0].map((part) => part * scale);
  const newLuma = ([r = 0, g = 0, b = 0]: number[]): number => RED * r + (1 - RED - BLUE) * g + BLUE * b;
  const newCb = (rgb: number[]): number => (CHROMA * ((rgb[2] ?? 0) - newLuma(rgb))) / (2 * (1 - BLUE));
  const newCr = (rgb: number[]): number => (CHROMA * ((rgb[0] ?? 0) - newLuma(rgb))) / (2 * (1 - RED));
  const [yOfCb, yOfCr] = [LUMA * newLuma(ofCb), LUMA * newLuma(ofCr)];
  const [cbOfCb, cbOfCr, crOfCb, crOfCr] = [newCb(ofCb), newCb(ofCr), newCr(ofCb), newCr(ofCr)];
  const yOfY = LUMA * lumaScale;
  const code = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
  for (let row = 0; row < down; row++) {
    for (let column = 0; column < across; column++) {
      const at = step * (row * across + column);
      const u = (data[cb + at] as number) - 128;
      const v = (data[cr + at] as number) - 128;
      const change = 16 + yOfCb * u + yOfCr * v - yOfY * black;
      for (let y = 2 * row; y < Math.min(2 * row + 2, height); y++) {
        for (let x = 2 * column; x < Math.min(2 * column + 2, width); x++) {
          data[y * width + x] = code(yOfY * (data[y * width + x] as number) + change);
        }
      }
      data[cb + at] = code(128 + cbOfCb * u + cbOfCr * v);
      data[cr + at] = code(128 + crOfCb * u + crOfCr * v);
    }
  }
}
