import assert from "node:assert/strict";
import { test } from "node:test";
import { convertPlanes } from "./convert-planes.js";
import { planeColours } from "./own-layout.js";

/** Codes of red, green and blue as YCbCr (ITU-R BT.601-7 2.5, BT.709-6 3.2 to 3.5). */
function codes([red, green, blue]: number[], [kr, kb]: number[], fullRange: boolean): number[] {
  const [r, g, b, ofRed, ofBlue] = [red, green, blue, kr, kb] as [number, number, number, number, number];
  const luma = ofRed * r + (1 - ofRed - ofBlue) * g + ofBlue * b;
  const [offset, lumaRange, range] = fullRange ? [0, 1, 1] : [16, 219 / 255, 224 / 255];
  const cb = 128 + (range * (b - luma)) / (2 - 2 * ofBlue);
  return [offset + lumaRange * luma, cb, 128 + (range * (r - luma)) / (2 - 2 * ofRed)];
}

const SHARES = { bt709: [0.2126, 0.0722], smpte170m: [0.299, 0.114] };

for (const matrix of ["bt709", "smpte170m"] as const) {
  for (const fullRange of [false, true]) {
    test(`${matrix} in ${fullRange ? "full" : "limited"} range becomes BT.709 in limited range`, () => {
      for (const rgb of [
        [255, 0, 0],
        [0, 255, 0],
        [0, 0, 255],
        [255, 255, 255],
        [0, 0, 0],
        [40, 90, 200],
      ]) {
        const given = codes(rgb, SHARES[matrix], fullRange).map((code) => Math.min(255, Math.round(code)));
        const expected = codes(rgb, SHARES.bt709, false);
        const colours = planeColours({ matrix, fullRange });
        assert.ok(colours);
        // An odd size: the last column and row have chroma of their own.
        const [width, height, chroma] = [5, 3, 6];
        const i420 = Uint8Array.from([
          ...Array(15).fill(given[0]),
          ...Array(chroma).fill(given[1]),
          ...Array(chroma).fill(given[2]),
        ]);
        const nv12 = Uint8Array.from([...Array(15).fill(given[0]), ...Array(chroma).fill([given[1], given[2]]).flat()]);
        convertPlanes(i420, "I420", width, height, colours);
        convertPlanes(nv12, "NV12", width, height, colours);
        for (const [at, sample] of i420.entries()) {
          const exact = expected[at < 15 ? 0 : at < 21 ? 1 : 2] as number;
          // Half a code each from rounding before and after.
          assert.ok(Math.abs(sample - exact) < 1.2, `${rgb}: sample ${at} is ${sample}, not ${exact}`);
        }
        const apart = [...nv12.subarray(15)];
        const even = apart.filter((_, at) => at % 2 === 0);
        const odd = apart.filter((_, at) => at % 2 === 1);
        assert.deepEqual([...nv12.subarray(0, 15), ...even, ...odd], [...i420]);
      }
    });
  }
}
